"""Highlights: marking and unmarking text does what a marker pen would."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.exam.spans import toggle

_strokes = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=12)


def marked(spans) -> set[int]:
    return {n for start, end in spans for n in range(start, end)}


@given(_strokes)
def test_spans_stay_sorted_apart_and_mean_what_was_marked(strokes):
    spans: tuple = ()
    for start, end in strokes:
        before, wanted = marked(spans), set(range(start, end))
        spans = toggle(spans, start, end)
        expected = before if not wanted else (before - wanted if wanted <= before else before | wanted)
        assert marked(spans) == expected
        assert all(start < end for start, end in spans)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
        assert list(spans) == sorted(spans)


def test_marking_the_same_words_twice_takes_the_mark_off():
    assert toggle(toggle((), 3, 9), 3, 9) == ()


def test_unmarking_the_middle_leaves_both_ends():
    assert toggle(((0, 10),), 3, 6) == ((0, 3), (6, 10))

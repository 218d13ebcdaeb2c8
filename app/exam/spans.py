"""Highlights of a text: sorted, never overlapping spans of characters."""

from __future__ import annotations

from collections.abc import Sequence

from app.exam.events import Span


def toggle(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """Return the spans with ``start`` to ``end`` marked, or unmarked if all of it was marked before."""
    if start >= end:
        return tuple(spans)
    if any(first <= start and end <= last for first, last in spans):
        return _without(spans, start, end)
    return _with(spans, start, end)


def _with(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    kept: list[Span] = []
    for first, last in spans:
        if last < start or first > end:
            kept.append((first, last))
        else:
            start, end = min(start, first), max(end, last)
    return tuple(sorted([*kept, (start, end)]))


def _without(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    pieces = [
        piece for first, last in spans for piece in ((first, min(last, start)), (max(first, end), last))
    ]
    return tuple(sorted({(first, last) for first, last in pieces if first < last}))

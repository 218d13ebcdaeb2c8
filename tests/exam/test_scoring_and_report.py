"""Scoring flatters nobody; the report says what happened."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_banks import bank_yaml

from app.bank.model import ItemText
from app.bank.read import read_text
from app.exam import events as ev
from app.exam.blueprint import Passing
from app.exam.forms import Form, FormItem
from app.exam.report import FILTERS, change_of, make_report
from app.exam.report_csv import COLUMNS, report_csv
from app.exam.scoring import is_correct, meets, scaled_score
from app.exam.sitting import fold_all, rules_for

RAW = Passing(kind="raw", cut=70, rule="70 of 100")
SCALED = Passing(kind="scaled", cut=70, rule="300 of 400", low=100, high=400, pass_mark=300)


@pytest.fixture
def paper(cpc, tmp_path):
    """Return bank, form, rules and texts of a whole sample form."""
    bank, _ = read_text(bank_yaml(cpc), tmp_path / "sample.yaml")
    items = tuple(
        FormItem(n, item.id, item.domains["cpc"], ("A", "B", "C", "D"), len(item.key))
        for n, item in enumerate(bank.items)
    )
    form = Form("cpc", "A", 1, items)
    texts = [ItemText(item, bank.bank, 2026, bank.case_of(item)) for item in bank.items]
    return bank, form, rules_for(cpc, form, "rehearsal"), texts


def sat(rules, *events):
    """Return the state after check-in, the events and the end."""
    begin = [ev.Admitted(candidate="Ada"), ev.Agreed(), ev.Started()]
    return fold_all(rules, [*begin, *events, ev.Ended(at_ms=3_600_000)])


def answers(bank, right: int):
    """Return events that answer the first ``right`` items rightly and the rest wrongly."""
    for n, item in enumerate(bank.items):
        wrong = tuple(option.id for option in item.options if option.id not in item.key)[: len(item.key)]
        yield ev.Answered(at_ms=n * 1000, item=n, options=item.key if n < right else wrong)


@pytest.mark.parametrize(("right", "passed"), [(70, True), (69, False), (100, True), (0, False)])
def test_seventy_of_a_hundred_passes_and_sixty_nine_does_not(cpc, paper, right, passed):
    bank, form, rules, texts = paper
    report = make_report(cpc, form, rules, "rehearsal", texts, sat(rules, *answers(bank, right)))
    assert (report.score.earned, report.score.possible, report.score.passed) == (right, 100, passed)
    assert sum(section.earned for section in report.score.sections) == right


def test_an_empty_paper_earns_nothing_and_fails(cpc, paper):
    _, form, rules, texts = paper
    report = make_report(cpc, form, rules, "rehearsal", texts, sat(rules))
    assert (report.score.earned, report.score.passed, report.answered) == (0, False, 0)
    assert all(FILTERS["missed"](item) for item in report.items)


def test_a_share_just_under_the_cut_is_not_rounded_up():
    assert not meets(RAW, 699, 1000)
    assert meets(RAW, 700, 1000)
    assert not meets(RAW, 0, 0)


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_scaled_score_meets_the_pass_mark_exactly_when_the_cut_is_met(points):
    earned, possible = points
    scaled = scaled_score(SCALED, earned, possible)
    assert scaled is not None
    assert 100 <= scaled <= 400
    assert (scaled >= 300) == meets(SCALED, earned, possible)
    more = scaled_score(SCALED, min(possible, earned + 1), possible)
    assert more is not None
    assert more >= scaled


def test_raw_exams_have_no_scaled_score():
    assert scaled_score(RAW, 80, 100) is None


def test_a_multiple_answer_item_is_right_only_with_the_whole_key(paper):
    bank, *_ = paper
    item = bank.items[0]
    assert len(item.key) == 2
    assert is_correct(item, item.key)
    assert not is_correct(item, item.key[:1])
    assert not is_correct(item, ("A", "B", "C"))
    assert not is_correct(item, ())


def test_pretest_items_are_not_scored(cpc, paper):
    bank, form, rules, texts = paper
    items = tuple(
        FormItem(p.revision, p.item, p.section, p.options, p.picks, pretest=n < 10)
        for n, p in enumerate(form.items)
    )
    form = Form("cpc", "A", 1, items)
    report = make_report(cpc, form, rules, "rehearsal", texts, sat(rules, *answers(bank, 10)))
    assert (report.score.earned, report.score.possible) == (0, 90)
    assert [item.pretest for item in report.items[:11]] == [True] * 10 + [False]


@pytest.mark.parametrize(
    ("given_answers", "change"),
    [
        ([], ""),
        ([("A",)], ""),
        ([("A",), ("B",)], "right to wrong"),
        ([("B",), ("A",)], "wrong to right"),
        ([("B",), ("C",)], "wrong to wrong"),
        ([("A",), (), ("A",)], ""),
        ([("A",), ("B",), ("A",)], ""),
        ([("B",), ()], ""),
        ([("B",), (), ("A",)], "wrong to right"),
    ],
)
def test_the_direction_of_a_change_is_from_the_first_answer_to_the_last(given_answers, change):
    assert change_of(("A",), given_answers) == change


def test_time_is_told_per_section_and_per_item_and_interruptions_are_listed(cpc, paper):
    _, form, rules, texts = paper
    state = sat(
        rules,
        ev.Shown(at_ms=400_000, item=1),
        ev.Interrupted(at_ms=410_000, cause="sleep", gap_ms=60_000),
        ev.Flagged(at_ms=420_000, item=1),
        ev.Shown(at_ms=500_000, item=6),
    )
    report = make_report(cpc, form, rules, "rehearsal", texts, state)
    assert report.score.sections[0].time_ms == 500_000
    assert report.slowest[0].number == 7
    assert [item.number for item in report.items if item.slow] == [1, 7]
    assert [(gap.cause, gap.gap_ms) for gap in report.interruptions] == [("sleep", 60_000)]
    assert [item.number for item in report.items if FILTERS["flagged"](item)] == [2]


def test_letters_are_those_that_the_candidate_saw(cpc, paper):
    _, form, rules, texts = paper
    items = tuple(FormItem(p.revision, p.item, p.section, ("D", "C", "B", "A"), p.picks) for p in form.items)
    state = sat(rules, ev.Answered(item=2, options=("D",)))
    report = make_report(cpc, Form("cpc", "A", 1, items), rules, "rehearsal", texts, state)
    assert report.items[2].letters(("D",)) == "A"
    assert report.items[0].letters(()) == "–"


def test_the_csv_has_a_line_per_item_and_no_formula(cpc, paper):
    _, form, rules, texts = paper
    rows = list(
        csv.reader(io.StringIO(report_csv(make_report(cpc, form, rules, "rehearsal", texts, sat(rules)))))
    )
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 101
    assert not any(cell[:1] in "=+@" for row in rows for cell in row if cell)


def test_a_small_form_gets_its_share_of_the_time_and_extended_time_is_a_factor(cpc, paper):
    _, form, *_ = paper
    half = Form("cpc", "x", 1, form.items[:50])
    assert rules_for(cpc, half, "rehearsal").limit_ms == 120 * 60_000
    assert rules_for(cpc, form, "rehearsal", pace=1.5).limit_ms == 360 * 60_000
    assert rules_for(cpc, half, "practice", timed=False).limit_ms == 0

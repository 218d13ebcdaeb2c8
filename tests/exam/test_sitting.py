"""The fold: any log leads to a legal state, and a log cut anywhere leads to what the candidate had then."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.exam import events as ev
from app.exam.sitting import Rules, begin, fold, fold_all

OPTIONS = ("A", "B", "C", "D")
HOUR = 3_600_000


def rules(**changes) -> Rules:
    """Return the rules of a small exam: four items, the last with two answers, one hour."""
    facts = {"options": (OPTIONS,) * 4, "picks": (1, 1, 1, 2), "limit_ms": HOUR} | changes
    return Rules(**facts)


START = [ev.Admitted(candidate="Ada"), ev.Agreed(), ev.Started()]

_at = st.integers(-1000, HOUR + 10_000)
_item = st.integers(-1, 5)
_options = st.lists(st.sampled_from([*OPTIONS, "Z"]), max_size=3).map(tuple)
_spans = st.lists(st.tuples(st.integers(-2, 50), st.integers(-2, 50)), max_size=3).map(tuple)
_events = st.one_of(
    st.builds(ev.Admitted, at_ms=_at, candidate=st.text(max_size=5)),
    st.builds(ev.Agreed, at_ms=_at),
    st.builds(ev.Declined, at_ms=_at),
    st.builds(ev.Started, at_ms=_at),
    st.builds(ev.Shown, at_ms=_at, item=_item),
    st.builds(ev.ReviewOpened, at_ms=_at),
    st.builds(ev.Answered, at_ms=_at, item=_item, options=_options),
    st.builds(ev.Flagged, at_ms=_at, item=_item, on=st.booleans()),
    st.builds(ev.Struck, at_ms=_at, item=_item, option=st.sampled_from([*OPTIONS, "Z"]), on=st.booleans()),
    st.builds(ev.Highlighted, at_ms=_at, item=_item, part=st.sampled_from(["stem", "case"]), spans=_spans),
    st.builds(ev.Noted, at_ms=_at, item=_item, text=st.text(max_size=8)),
    st.builds(ev.Scratched, at_ms=_at, text=st.text(max_size=8)),
    st.builds(ev.Scrolled, at_ms=_at, item=_item),
    st.builds(ev.Checked, at_ms=_at, item=_item),
    st.builds(ev.Warned, at_ms=_at, minutes=st.sampled_from([30, 5])),
    st.builds(ev.Paused, at_ms=_at),
    st.builds(ev.Resumed, at_ms=_at),
    st.builds(ev.Interrupted, at_ms=_at, cause=st.sampled_from(["closed", "crash", "sleep", "stall"])),
    st.builds(ev.Left, at_ms=_at),
    st.builds(ev.Ended, at_ms=_at, by=st.sampled_from(["candidate", "time"])),
    st.builds(ev.Surveyed, at_ms=_at),
)
_started = st.just(START)
_logs = st.tuples(st.one_of(st.just([]), _started, _started), st.lists(_events, max_size=40)).map(
    lambda p: p[0] + p[1]
)
_rules = st.builds(
    rules,
    back=st.booleans(),
    flag=st.booleans(),
    review_screen=st.booleans(),
    practice=st.booleans(),
    limit_ms=st.sampled_from([0, HOUR]),
)


def assert_legal(given_rules: Rules, state) -> None:
    assert len(state.items) == given_rules.count
    assert 0 <= state.current < given_rules.count
    assert state.elapsed_ms >= 0
    if given_rules.limit_ms:
        assert state.elapsed_ms <= given_rules.limit_ms
    assert not (state.paused and not given_rules.practice)
    assert not (state.reviewing and not given_rules.review_screen)
    assert sum(item.time_ms for item in state.items) <= state.elapsed_ms
    for number, item in enumerate(state.items):
        assert len(item.answer) <= given_rules.picks[number]
        assert set(item.answer) <= set(OPTIONS)
        assert not set(item.answer) & item.struck
        assert item.answer == (item.answers[-1] if item.answers else ())
        assert not (item.checked and not (given_rules.practice and item.answer))
        assert not (item.flagged and not given_rules.flag)
    if state.stage in ("check-in", "agreement", "tutorial", "declined"):
        assert state.elapsed_ms == 0
        assert not any(item.answer for item in state.items)


@given(given_rules=_rules, log=_logs)
def test_any_sequence_of_events_folds_to_a_legal_state(given_rules, log):
    assert_legal(given_rules, fold_all(given_rules, log))


@given(given_rules=_rules, log=_logs, cut=st.integers(0, 45))
def test_resuming_after_any_prefix_leads_to_the_live_state(given_rules, log, cut):
    decoded = [ev.decode(ev.encode(event)) for event in log]
    resumed = fold_all(given_rules, decoded[cut:], fold_all(given_rules, decoded[:cut]))
    assert resumed == fold_all(given_rules, log)


@given(given_rules=_rules, log=_logs)
def test_nothing_about_the_answers_changes_after_the_end(given_rules, log):
    ended = fold_all(given_rules, [*START, ev.Answered(item=0, options=("B",)), ev.Ended()])
    assert fold_all(given_rules, log, ended).items == ended.items


@given(log=_logs)
def test_an_illegal_event_leaves_the_very_same_state(log):
    state = fold_all(rules(), log)
    assert fold(rules(), state, ev.Answered(item=99, options=("A",))) is state


def started(**changes):
    return fold_all(rules(**changes), START), rules(**changes)


def test_an_answer_can_be_given_changed_and_cleared():
    state, r = started()
    for options in (("A",), ("C",), ()):
        state = fold(r, state, ev.Answered(at_ms=1, item=0, options=options))
        assert state.items[0].answer == options
    assert state.items[0].answers == (("A",), ("C",), ())


def test_a_single_answer_item_takes_no_second_answer_and_a_double_one_no_third():
    state, r = started()
    assert fold(r, state, ev.Answered(item=0, options=("A", "B"))) is state
    state = fold(r, state, ev.Answered(item=3, options=("A", "B")))
    assert state.items[3].answer == ("A", "B")
    assert fold(r, state, ev.Answered(item=3, options=("A", "B", "C"))) is state


def test_striking_the_chosen_option_clears_it_and_choosing_a_struck_one_unstrikes_it():
    state, r = started()
    state = fold(r, state, ev.Answered(item=0, options=("B",)))
    state = fold(r, state, ev.Struck(item=0, option="B"))
    assert state.items[0].answer == ()
    assert state.items[0].struck == {"B"}
    state = fold(r, state, ev.Answered(item=0, options=("B",)))
    assert state.items[0].struck == frozenset()


def test_forward_only_goes_to_the_next_item_and_never_back():
    state, r = started(back=False)
    assert fold(r, state, ev.Shown(item=2)) is state
    state = fold(r, state, ev.Shown(item=1))
    assert state.current == 1
    assert fold(r, state, ev.Shown(item=0)) is state
    assert fold(r, state, ev.Answered(item=0, options=("A",))) is state


def test_time_goes_to_the_item_on_screen_and_to_none_on_the_review_screen():
    state, r = started()
    for event in (ev.Shown(at_ms=5000, item=1), ev.ReviewOpened(at_ms=8000), ev.Shown(at_ms=20_000, item=2)):
        state = fold(r, state, event)
    assert [item.time_ms for item in state.items] == [5000, 3000, 0, 0]
    assert state.elapsed_ms == 20_000


def test_a_pause_takes_no_time_and_hides_the_item_from_answers():
    state, r = started(practice=True)
    state = fold(r, state, ev.Paused(at_ms=1000))
    assert fold(r, state, ev.Answered(at_ms=2000, item=0, options=("A",))) is state
    state = fold(r, state, ev.Resumed(at_ms=1000))
    assert state.elapsed_ms == 1000
    assert state.pauses == 1


def test_a_rehearsal_knows_no_pause_and_no_check():
    state, r = started()
    state = fold(r, state, ev.Answered(item=0, options=("A",)))
    assert fold(r, state, ev.Paused()) is state
    assert fold(r, state, ev.Checked(item=0)) is state


def test_a_checked_answer_is_final():
    state, r = started(practice=True)
    assert fold(r, state, ev.Checked(item=0)) is state
    state = fold(r, state, ev.Answered(item=0, options=("A",)))
    state = fold(r, state, ev.Checked(item=0))
    assert fold(r, state, ev.Answered(item=0, options=("B",))) is state


def test_an_answer_at_the_moment_the_time_is_up_comes_too_late():
    state, r = started()
    assert fold(r, state, ev.Answered(at_ms=HOUR, item=0, options=("A",))) is state
    assert fold(r, state, ev.Answered(at_ms=HOUR - 1, item=0, options=("A",))).items[0].answer == ("A",)


def test_declining_the_agreement_ends_the_sitting():
    state = fold_all(rules(), [ev.Admitted(candidate="Ada"), ev.Declined(), ev.Started()])
    assert state.stage == "declined"


def test_a_fresh_state_is_the_fold_of_nothing():
    assert fold_all(rules(), []) == begin(rules())
    assert replace(begin(rules()), current=0) == begin(rules())

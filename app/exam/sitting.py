"""The sitting: the state that the event log folds to.

``fold`` is total: an event that is not legal in a state leaves it as it is, so any log folds to a legal
state and a log cut anywhere folds to what the candidate had at that moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import singledispatch
from typing import Literal

import msgspec

from app.exam import events as ev
from app.exam.blueprint import Blueprint
from app.exam.forms import Form, Mode

Stage = Literal["check-in", "agreement", "tutorial", "running", "survey", "done", "declined"]
MAX_NOTE = 20_000
"""Characters kept of a note or the scratch pad."""


class Rules(msgspec.Struct, frozen=True):
    """What is legal in a sitting: from blueprint, form and mode; stored with the sitting."""

    options: tuple[tuple[str, ...], ...]
    """Option ids of every item."""
    picks: tuple[int, ...]
    """How many options may be chosen at most, per item."""
    limit_ms: int
    """Exam time; 0 means untimed."""
    back: bool = True
    flag: bool = True
    review_screen: bool = True
    practice: bool = False

    @property
    def count(self) -> int:
        """Return the number of items."""
        return len(self.options)


def rules_for(
    blueprint: Blueprint, form: Form, mode: Mode, *, timed: bool = True, pace: float = 1.0
) -> Rules:
    """Return the rules of a sitting.

    Args:
        blueprint: the exam.
        form: the paper; a form smaller than the blueprint's gets its share of the time.
        mode: practice always allows going back, flagging and the review screen.
        timed: whether the clock ends the sitting (practice may be untimed).
        pace: factor on the time, for a candidate with extended time (1.5 for time and a half).
    """
    share = len(form.items) / blueprint.items
    practice = mode == "practice"
    return Rules(
        options=tuple(item.options for item in form.items),
        picks=tuple(item.picks for item in form.items),
        limit_ms=round(blueprint.minutes * 60_000 * share * pace) if timed else 0,
        back=practice or blueprint.navigation.back,
        flag=practice or blueprint.navigation.flag,
        review_screen=practice or blueprint.navigation.review_screen,
        practice=practice,
    )


@dataclass(frozen=True, slots=True)
class ItemState:
    """What the candidate did with one item."""

    answer: tuple[str, ...] = ()
    flagged: bool = False
    struck: frozenset[str] = frozenset()
    stem_spans: tuple[ev.Span, ...] = ()
    case_spans: tuple[ev.Span, ...] = ()
    note: str = ""
    seen: bool = False
    scrolled: bool = False
    checked: bool = False
    time_ms: int = 0
    answers: tuple[tuple[str, ...], ...] = ()
    """Every answer given, in order, the present one last."""

    @property
    def status(self) -> Literal["complete", "incomplete", "unseen"]:
        """Return the status that the navigator shows."""
        if self.answer:
            return "complete"
        return "incomplete" if self.seen else "unseen"


@dataclass(frozen=True, slots=True)
class Interruption:
    """A gap in the sitting that did not eat exam time. ``gap_ms`` is -1 if its length is unknown."""

    cause: str
    at_ms: int
    gap_ms: int


@dataclass(frozen=True, slots=True)
class SittingState:
    """Everything about a sitting, folded from its log."""

    items: tuple[ItemState, ...]
    stage: Stage = "check-in"
    candidate: str = ""
    current: int = 0
    reviewing: bool = False
    paused: bool = False
    elapsed_ms: int = 0
    scratch: str = ""
    warned: frozenset[int] = frozenset()
    interruptions: tuple[Interruption, ...] = ()
    pauses: int = 0
    ended_by: str = ""
    survey: ev.Surveyed | None = None
    left: bool = False
    """Whether the candidate closed the program; tells a closed window from a crash on resumption."""
    highest: int = field(default=0)
    """The furthest item shown; forward-only exams never go before the current one."""

    @property
    def running(self) -> bool:
        """Return whether answers can be given."""
        return self.stage == "running" and not self.paused

    def numbers(self, which: Literal["all", "incomplete", "flagged"]) -> list[int]:
        """Return the items (from 0) of a review list."""
        if which == "incomplete":
            return [n for n, item in enumerate(self.items) if not item.answer]
        if which == "flagged":
            return [n for n, item in enumerate(self.items) if item.flagged]
        return list(range(len(self.items)))


def begin(rules: Rules) -> SittingState:
    """Return the state before any event."""
    return SittingState(items=(ItemState(),) * rules.count)


def fold(rules: Rules, state: SittingState, event: ev.Event) -> SittingState:
    """Return the state after the event; the same state if the event is not legal in it."""
    too_late = rules.limit_ms and event.at_ms >= rules.limit_ms and state.stage == "running"
    if too_late and not isinstance(event, ev.Ended | ev.Interrupted | ev.Left | ev.Warned):
        return state
    after = _step(event, rules, state)
    if after is state:
        return state
    return _clocked(rules, state, after, event.at_ms)


def fold_all(rules: Rules, events: Iterable[ev.Event], state: SittingState | None = None) -> SittingState:
    """Return the state after all events, from the beginning or from ``state``."""
    state = state or begin(rules)
    for event in events:
        state = fold(rules, state, event)
    return state


def at_time(rules: Rules, state: SittingState, elapsed_ms: int) -> SittingState:
    """Return the state with the clock moved on to ``elapsed_ms``, the time going to the item on screen."""
    return _clocked(rules, state, state, elapsed_ms)


def remaining_ms(rules: Rules, elapsed_ms: int) -> int:
    """Return the exam time left, never below 0; untimed sittings have no end (-1)."""
    return max(0, rules.limit_ms - elapsed_ms) if rules.limit_ms else -1


def _clocked(rules: Rules, before: SittingState, after: SittingState, at_ms: int) -> SittingState:
    """Move the clock to ``at_ms`` and give the time to the item that was on screen before the event."""
    if before.stage != "running":
        return after
    limit = rules.limit_ms or at_ms
    now = max(before.elapsed_ms, min(at_ms, limit))
    spent = now - before.elapsed_ms
    if before.paused or spent == 0:
        return replace(after, elapsed_ms=before.elapsed_ms) if before.paused else after
    items = after.items
    if not before.reviewing:
        item = items[before.current]
        items = _put(items, before.current, replace(item, time_ms=item.time_ms + spent))
    return replace(after, items=items, elapsed_ms=now)


def _put(items: tuple[ItemState, ...], number: int, item: ItemState) -> tuple[ItemState, ...]:
    return (*items[:number], item, *items[number + 1 :])


def _open_item(rules: Rules, state: SittingState, number: int, *, locked: bool = True) -> ItemState | None:
    """Return the item if the candidate may change it now, else None."""
    if not state.running or not 0 <= number < rules.count:
        return None
    if not rules.back and number != state.current:
        return None
    item = state.items[number]
    return None if locked and item.checked else item


def _with_item(state: SittingState, number: int, item: ItemState) -> SittingState:
    return state if item == state.items[number] else replace(state, items=_put(state.items, number, item))


@singledispatch
def _step(event: ev.Event, rules: Rules, state: SittingState) -> SittingState:
    """Return the state after the event, clock apart. Registered below for every kind."""
    return state


@_step.register
def _(event: ev.Admitted, rules: Rules, state: SittingState) -> SittingState:
    if state.stage != "check-in":
        return state
    return replace(state, stage="agreement", candidate=event.candidate)


@_step.register
def _(event: ev.Agreed, rules: Rules, state: SittingState) -> SittingState:
    return replace(state, stage="tutorial") if state.stage == "agreement" else state


@_step.register
def _(event: ev.Declined, rules: Rules, state: SittingState) -> SittingState:
    return replace(state, stage="declined") if state.stage == "agreement" else state


@_step.register
def _(event: ev.Started, rules: Rules, state: SittingState) -> SittingState:
    if state.stage != "tutorial":
        return state
    first = replace(state.items[0], seen=True)
    return replace(state, stage="running", items=_put(state.items, 0, first))


@_step.register
def _(event: ev.Shown, rules: Rules, state: SittingState) -> SittingState:
    if not state.running or not 0 <= event.item < rules.count:
        return state
    if not rules.back and event.item not in (state.current, state.current + 1):
        return state
    items = _put(state.items, event.item, replace(state.items[event.item], seen=True))
    highest = max(state.highest, event.item)
    return replace(state, items=items, current=event.item, reviewing=False, highest=highest)


@_step.register
def _(event: ev.ReviewOpened, rules: Rules, state: SittingState) -> SittingState:
    if not state.running or not rules.review_screen or state.reviewing:
        return state
    return replace(state, reviewing=True)


@_step.register
def _(event: ev.Answered, rules: Rules, state: SittingState) -> SittingState:
    item = _open_item(rules, state, event.item)
    if item is None or event.options == item.answer:
        return state
    chosen = event.options
    if len(set(chosen)) != len(chosen) or len(chosen) > rules.picks[event.item]:
        return state
    if not set(chosen) <= set(rules.options[event.item]):
        return state
    item = replace(item, answer=chosen, answers=(*item.answers, chosen), struck=item.struck - set(chosen))
    return _with_item(state, event.item, item)


@_step.register
def _(event: ev.Flagged, rules: Rules, state: SittingState) -> SittingState:
    item = _open_item(rules, state, event.item, locked=False)
    if item is None or not rules.flag:
        return state
    return _with_item(state, event.item, replace(item, flagged=event.on))


@_step.register
def _(event: ev.Struck, rules: Rules, state: SittingState) -> SittingState:
    item = _open_item(rules, state, event.item)
    if item is None or event.option not in rules.options[event.item]:
        return state
    struck = item.struck | {event.option} if event.on else item.struck - {event.option}
    answer = tuple(option for option in item.answer if option not in struck)
    answers = item.answers if answer == item.answer else (*item.answers, answer)
    return _with_item(state, event.item, replace(item, struck=struck, answer=answer, answers=answers))


@_step.register
def _(event: ev.Highlighted, rules: Rules, state: SittingState) -> SittingState:
    item = _open_item(rules, state, event.item, locked=False)
    if item is None or any(not 0 <= start < end for start, end in event.spans):
        return state
    if event.part == "stem":
        return _with_item(state, event.item, replace(item, stem_spans=event.spans))
    return _with_item(state, event.item, replace(item, case_spans=event.spans))


@_step.register
def _(event: ev.Noted, rules: Rules, state: SittingState) -> SittingState:
    item = _open_item(rules, state, event.item, locked=False)
    if item is None:
        return state
    return _with_item(state, event.item, replace(item, note=event.text[:MAX_NOTE]))


@_step.register
def _(event: ev.Scratched, rules: Rules, state: SittingState) -> SittingState:
    if not state.running or event.text[:MAX_NOTE] == state.scratch:
        return state
    return replace(state, scratch=event.text[:MAX_NOTE])


@_step.register
def _(event: ev.Scrolled, rules: Rules, state: SittingState) -> SittingState:
    item = _open_item(rules, state, event.item, locked=False)
    return state if item is None else _with_item(state, event.item, replace(item, scrolled=True))


@_step.register
def _(event: ev.Checked, rules: Rules, state: SittingState) -> SittingState:
    item = _open_item(rules, state, event.item)
    if item is None or not rules.practice or not item.answer:
        return state
    return _with_item(state, event.item, replace(item, checked=True))


@_step.register
def _(event: ev.Warned, rules: Rules, state: SittingState) -> SittingState:
    if not state.running or event.minutes in state.warned:
        return state
    return replace(state, warned=state.warned | {event.minutes})


@_step.register
def _(event: ev.Paused, rules: Rules, state: SittingState) -> SittingState:
    if not state.running or not rules.practice:
        return state
    return replace(state, paused=True, pauses=state.pauses + 1)


@_step.register
def _(event: ev.Resumed, rules: Rules, state: SittingState) -> SittingState:
    return replace(state, paused=False) if state.stage == "running" and state.paused else state


@_step.register
def _(event: ev.Interrupted, rules: Rules, state: SittingState) -> SittingState:
    if state.stage != "running":
        return state
    gap = Interruption(event.cause, max(event.at_ms, state.elapsed_ms), event.gap_ms)
    return replace(state, interruptions=(*state.interruptions, gap), left=False)


@_step.register
def _(event: ev.Left, rules: Rules, state: SittingState) -> SittingState:
    return replace(state, left=True) if state.stage == "running" else state


@_step.register
def _(event: ev.Ended, rules: Rules, state: SittingState) -> SittingState:
    if state.stage != "running":
        return state
    return replace(state, stage="survey", reviewing=False, paused=False, ended_by=event.by)


@_step.register
def _(event: ev.Surveyed, rules: Rules, state: SittingState) -> SittingState:
    return replace(state, stage="done", survey=event) if state.stage == "survey" else state

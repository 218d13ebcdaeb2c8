"""The data of the score report: everything it shows, computed once from the sitting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from app.bank.model import ItemText
from app.exam.blueprint import Blueprint
from app.exam.forms import Form
from app.exam.scoring import Score, is_correct, score
from app.exam.sitting import Interruption, ItemState, Rules, SittingState

SLOW_FACTOR = 1.5
"""An item counts as slow when it took so many times the pace that the exam allows per item."""

Change = Literal["", "right to wrong", "wrong to right", "wrong to wrong"]


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One line of the item-by-item review."""

    number: int
    """Place on the form, from 1."""
    text: ItemText
    options: tuple[str, ...]
    """Option ids in the order shown."""
    section: str
    section_title: str
    state: ItemState
    correct: bool
    pretest: bool
    change: Change
    slow: bool

    def letter(self, option_id: str) -> str:
        """Return the letter under which the candidate saw the option."""
        return chr(ord("A") + self.options.index(option_id))

    def letters(self, option_ids: Sequence[str]) -> str:
        """Return the letters of several options, in the order shown (``A, C``); a dash for none."""
        return ", ".join(sorted(self.letter(option) for option in option_ids)) or "–"

    @property
    def outcome(self) -> Literal["right", "wrong", "unanswered"]:
        """Return how the item ended."""
        if not self.state.answer:
            return "unanswered"
        return "right" if self.correct else "wrong"


@dataclass(frozen=True, slots=True)
class Report:
    """The score report."""

    blueprint: Blueprint
    form: Form
    mode: str
    candidate: str
    score: Score
    items: tuple[ItemResult, ...]
    elapsed_ms: int
    limit_ms: int
    pace_ms: int
    """Time per item that the exam allows."""
    interruptions: tuple[Interruption, ...]
    ended_by: str
    full_form: bool
    """Whether the form has the blueprint's size; only then does the result speak for the exam."""

    @property
    def changes(self) -> dict[Change, int]:
        """Return how many items were changed in each direction."""
        kinds: tuple[Change, ...] = ("right to wrong", "wrong to right", "wrong to wrong")
        return {kind: sum(item.change == kind for item in self.items) for kind in kinds}

    @property
    def slowest(self) -> list[ItemResult]:
        """Return the five items that took most time, slowest first."""
        return sorted(self.items, key=lambda item: -item.state.time_ms)[:5]

    @property
    def answered(self) -> int:
        """Return how many items have an answer."""
        return sum(bool(item.state.answer) for item in self.items)


FILTERS: dict[str, Callable[[ItemResult], bool]] = {
    "all": lambda item: True,
    "missed": lambda item: not item.correct,
    "flagged": lambda item: item.state.flagged,
    "changed": lambda item: bool(item.change),
    "slow": lambda item: item.slow,
}
"""The filters of the item-by-item review, by name."""


def change_of(key: Sequence[str], answers: Sequence[tuple[str, ...]]) -> Change:
    """Return the direction in which the answer was changed: first answer given against the last one.

    Clearing an answer in between is no change of mind by itself; an item with one answer has no change.
    """
    given = [answer for answer in answers if answer]
    if len(given) < 2 or not answers[-1]:
        return ""
    first, last = set(given[0]) == set(key), set(given[-1]) == set(key)
    if first == last:
        return "" if first or set(given[0]) == set(given[-1]) else "wrong to wrong"
    return "right to wrong" if first else "wrong to right"


def make_report(
    blueprint: Blueprint, form: Form, rules: Rules, mode: str, texts: Sequence[ItemText], state: SittingState
) -> Report:
    """Return the report of an ended sitting; ``texts`` are the item texts seen, in the order of the form."""
    pace_ms = blueprint.minutes * 60_000 // blueprint.items
    results = []
    for number, (place, text) in enumerate(zip(form.items, texts, strict=True)):
        item = state.items[number]
        results.append(
            ItemResult(
                number=number + 1,
                text=text,
                options=place.options,
                section=place.section,
                section_title=blueprint.section(place.section).title,
                state=item,
                correct=is_correct(text.item, item.answer),
                pretest=place.pretest,
                change=change_of(text.item.key, item.answers),
                slow=item.time_ms > SLOW_FACTOR * pace_ms,
            )
        )
    return Report(
        blueprint=blueprint,
        form=form,
        mode=mode,
        candidate=state.candidate,
        score=score(blueprint, form, [text.item for text in texts], state),
        items=tuple(results),
        elapsed_ms=state.elapsed_ms,
        limit_ms=rules.limit_ms,
        pace_ms=pace_ms,
        interruptions=state.interruptions,
        ended_by=state.ended_by,
        full_form=len(form.items) == blueprint.items,
    )

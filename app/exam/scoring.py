"""Scoring: from a finished sitting to points, share, and pass or fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.bank.model import Item
from app.exam.blueprint import Blueprint, Passing
from app.exam.forms import Form
from app.exam.sitting import SittingState


@dataclass(frozen=True, slots=True)
class SectionScore:
    """Points of one section, earned of possible (pretest items excluded), and the time spent on it."""

    section: str
    title: str
    earned: int
    possible: int
    time_ms: int


@dataclass(frozen=True, slots=True)
class Score:
    """The result of a sitting."""

    earned: int
    possible: int
    percent: int
    """Raw share in whole per cent, rounded down."""
    scaled: int | None
    """Score on the assumed scale, where the exam has one."""
    passed: bool
    sections: tuple[SectionScore, ...]


def is_correct(item: Item, answer: Sequence[str]) -> bool:
    """Return whether the answer earns the item's point: exactly the options of the key (all or nothing)."""
    return bool(item.key) and set(answer) == set(item.key)


def meets(passing: Passing, earned: int, possible: int) -> bool:
    """Return whether the points meet the cut. The share is not rounded up: 69.9 % does not pass at 70 %."""
    return possible > 0 and earned * 100 >= passing.cut * possible


def scaled_score(passing: Passing, earned: int, possible: int) -> int | None:
    """Return the score on the assumed scale (low, pass mark at the cut, high); None for raw exams.

    Rounded down, so that a scaled pass mark always means that the cut was met.
    """
    if passing.kind != "scaled" or possible == 0:
        return None
    share, cut = earned / possible * 100, passing.cut
    if meets(passing, earned, possible):
        above = 0.0 if cut >= 100 else (share - cut) / (100 - cut)
        return passing.pass_mark + int(above * (passing.high - passing.pass_mark) + 1e-9)
    below = int(share / cut * (passing.pass_mark - passing.low))
    return min(passing.low + below, passing.pass_mark - 1)


def score(blueprint: Blueprint, form: Form, items: Sequence[Item], state: SittingState) -> Score:
    """Return the score of a sitting.

    Args:
        blueprint: the exam as it was when the sitting began.
        form: its paper.
        items: the item texts that the candidate saw, in the order of the form.
        state: the folded sitting.
    """
    sections = []
    for section in blueprint.sections:
        places = [n for n, place in enumerate(form.items) if place.section == section.id]
        if not places:
            continue
        scored = [n for n in places if not form.items[n].pretest]
        earned = sum(is_correct(items[n], state.items[n].answer) for n in scored)
        time_ms = sum(state.items[n].time_ms for n in places)
        sections.append(SectionScore(section.id, section.title, earned, len(scored), time_ms))
    earned = sum(part.earned for part in sections)
    possible = sum(part.possible for part in sections)
    return Score(
        earned=earned,
        possible=possible,
        percent=earned * 100 // possible if possible else 0,
        scaled=scaled_score(blueprint.passing, earned, possible),
        passed=meets(blueprint.passing, earned, possible),
        sections=tuple(sections),
    )

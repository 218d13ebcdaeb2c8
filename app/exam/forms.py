"""Form assembly: which items, in which order, with options in which order. Same input and seed, same form."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from app.errors import FormError
from app.exam.blueprint import Blueprint

Mode = Literal["rehearsal", "practice"]


class PoolItem(msgspec.Struct, frozen=True):
    """What assembly needs to know of an item in the store; ``revision`` points to its text."""

    revision: int
    item: str
    section: str
    options: tuple[str, ...]
    picks: int = 1
    case: str = ""
    seen: int = 0
    pretest: bool = False


class FormItem(msgspec.Struct, frozen=True):
    """One place on a form: an item text and the order in which its options are shown.

    ``options`` holds the bank's option ids in the order shown: the first one is shown with the letter A.
    """

    revision: int
    item: str
    section: str
    options: tuple[str, ...]
    picks: int = 1
    pretest: bool = False


class Form(msgspec.Struct, frozen=True):
    """An exam paper for one sitting."""

    exam: str
    name: str
    seed: int
    items: tuple[FormItem, ...]


class Shortage(msgspec.Struct, frozen=True):
    """A section for which the banks hold too few items."""

    section: str
    needed: int
    available: int


def shortages(blueprint: Blueprint, available: Mapping[str, int]) -> list[Shortage]:
    """Return the sections that the banks cannot fill, in blueprint order; empty if a full form can be drawn.

    ``available`` is the number of items by section id.
    """
    return [
        Shortage(section.id, section.items, available.get(section.id, 0))
        for section in blueprint.sections
        if available.get(section.id, 0) < section.items
    ]


def apportion(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Return ``total`` split by weight into whole numbers that sum to it (largest remainders, then order)."""
    whole = sum(weights.values())
    if whole == 0:
        return dict.fromkeys(weights, 0)
    counts = {key: total * weight // whole for key, weight in weights.items()}
    rest = sorted(weights, key=lambda key: -(total * weights[key] % whole))
    for key in rest[: total - sum(counts.values())]:
        counts[key] += 1
    return counts


def largest_counts(blueprint: Blueprint, available: Mapping[str, int]) -> dict[str, int]:
    """Return section counts of the largest form in the blueprint's proportions that the banks can fill.

    All counts are 0 if not even a form of one item can be drawn.
    """
    weights = {section.id: section.items for section in blueprint.sections}
    for total in range(blueprint.items, 0, -1):
        counts = apportion(total, weights)
        if all(count <= available.get(section, 0) for section, count in counts.items()):
            return counts
    return dict.fromkeys(weights, 0)


def draw(
    blueprint: Blueprint,
    pool: Sequence[PoolItem],
    seed: int,
    *,
    counts: Mapping[str, int] | None = None,
    name: str = "",
) -> Form:
    """Return a form drawn by blueprint and seed: exact section counts, no item twice, unseen items first.

    Args:
        blueprint: the exam.
        pool: all items that serve the exam; order does not matter.
        seed: any integer; the same pool and seed give the same form.
        counts: items per section instead of the blueprint's (a smaller form, practice).
        name: what the form is called; by default the seed.

    Raises:
        FormError: naming each section that lacks items, if the pool cannot fill the counts.
    """
    wanted = dict(counts) if counts is not None else {s.id: s.items for s in blueprint.sections}
    by_section = _by_section(pool)
    lacking = [
        f"{blueprint.section(section).title} has {len(by_section[section])} of {count}"
        for section, count in wanted.items()
        if len(by_section[section]) < count
    ]
    if lacking:
        raise FormError(f"The banks cannot fill this {blueprint.name} form: {'; '.join(lacking)}.")
    dice = random.Random(f"{blueprint.id}:{seed}")
    chosen: list[PoolItem] = []
    for section in blueprint.sections:
        items = sorted(by_section[section.id], key=lambda item: item.item)
        dice.shuffle(items)
        items.sort(key=lambda item: item.seen)
        chosen += _cases_together(items[: wanted.get(section.id, 0)])
    unscored = _pretest_places(blueprint, chosen, dice) if counts is None else set()
    return Form(
        blueprint.id,
        name or f"seed {seed}",
        seed,
        tuple(place(item, seed, pretest=number in unscored) for number, item in enumerate(chosen)),
    )


def fixed(blueprint: Blueprint, name: str, items: Iterable[PoolItem], seed: int) -> Form:
    """Return the form that a bank names, in the bank's order, options shuffled by seed.

    Raises FormError if its sections do not have the blueprint's counts.
    """
    chosen = list(items)
    by_section = _by_section(chosen)
    wrong = [
        f"{section.title} has {len(by_section[section.id])} of {section.items}"
        for section in blueprint.sections
        if len(by_section[section.id]) != section.items
    ]
    if wrong:
        raise FormError(f"Form {name} of {blueprint.name} does not fit the blueprint: {'; '.join(wrong)}.")
    return Form(blueprint.id, name, seed, tuple(place(item, seed, pretest=item.pretest) for item in chosen))


def place(item: PoolItem, seed: int, *, pretest: bool) -> FormItem:
    """Return the item as it stands on a form: its options shuffled by seed and item id."""
    order = list(item.options)
    random.Random(f"{seed}:{item.item}").shuffle(order)
    return FormItem(item.revision, item.item, item.section, tuple(order), item.picks, pretest)


def _by_section(pool: Iterable[PoolItem]) -> defaultdict[str, list[PoolItem]]:
    sections: defaultdict[str, list[PoolItem]] = defaultdict(list)
    for item in pool:
        sections[item.section].append(item)
    return sections


def _cases_together(items: list[PoolItem]) -> list[PoolItem]:
    """Return the items with those of one record side by side, where the first of them stands."""
    groups: dict[str, list[PoolItem]] = {}
    for item in items:
        groups.setdefault(item.case or f"item {item.item}", []).append(item)
    return [
        item
        for group in groups.values()
        for item in (sorted(group, key=lambda i: i.item) if len(group) > 1 else group)
    ]


def _pretest_places(blueprint: Blueprint, chosen: list[PoolItem], dice: random.Random) -> set[int]:
    """Return the places of the unscored items: those the bank marks first, then others by lot."""
    places = list(range(len(chosen)))
    dice.shuffle(places)
    places.sort(key=lambda n: not chosen[n].pretest)
    return set(places[: blueprint.pretest])

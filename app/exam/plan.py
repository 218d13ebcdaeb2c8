"""What the candidate asked for on the set-up page: enough to make a form and its rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.errors import FormError
from app.exam.blueprint import Blueprint
from app.exam.forms import Form, Mode, PoolItem, Shortage, draw, fixed, largest_counts, shortages


@dataclass(frozen=True, slots=True)
class SittingPlan:
    """A sitting to be begun."""

    exam: str
    mode: Mode = "rehearsal"
    form: str = ""
    """Name of a fixed form (``A``); empty: drawn by seed."""
    seed: int = 1
    counts: Mapping[str, int] | None = field(default=None)
    """Items per section instead of the blueprint's."""
    timed: bool = True
    pace: float = 1.0
    """Factor on the time (1.5 for time and a half)."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the banks hold for one exam."""

    blueprint: Blueprint
    forms: tuple[str, ...]
    """Names of the fixed forms."""
    available: Mapping[str, int]
    """Items by section id."""

    @property
    def total(self) -> int:
        """Return the number of items for the exam."""
        return sum(self.available.get(section.id, 0) for section in self.blueprint.sections)

    @property
    def shortages(self) -> list[Shortage]:
        """Return the sections that cannot be filled."""
        return shortages(self.blueprint, self.available)

    @property
    def largest(self) -> dict[str, int]:
        """Return the section counts of the largest form that keeps the proportions."""
        return largest_counts(self.blueprint, self.available)


def form_for(
    plan: SittingPlan,
    blueprint: Blueprint,
    pool: Sequence[PoolItem],
    fixed_forms: Mapping[str, Sequence[str]],
) -> Form:
    """Return the form that the plan asks for. Raises FormError if the banks do not hold it."""
    if not plan.form:
        name = (
            f"seed {plan.seed}"
            if plan.counts is None
            else f"{sum(plan.counts.values())} items, seed {plan.seed}"
        )
        return draw(blueprint, pool, plan.seed, counts=plan.counts, name=name)
    if plan.form not in fixed_forms:
        names = ", ".join(sorted(fixed_forms)) or "none"
        raise FormError(
            f"{blueprint.name} has no form {plan.form!r}.",
            todo=f"Forms in the banks: {names}. Or leave the form out.",
        )
    items = {item.item: item for item in pool}
    missing = [item for item in fixed_forms[plan.form] if item not in items]
    if missing:
        raise FormError(
            f"Form {plan.form} of {blueprint.name} names items that no bank holds: {', '.join(missing[:5])}.",
            todo="Run 'openbook bank check'.",
        )
    return fixed(blueprint, plan.form, [items[item] for item in fixed_forms[plan.form]], plan.seed)

"""Blueprints: what an exam consists of and how it is passed. Data in TOML files.

Adding an exam is adding a file.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Literal

import msgspec

from app.errors import BlueprintError


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One part of the exam: how many items of a form come from it (scored and pretest together)."""

    id: str
    title: str
    items: int
    share: str = ""
    """The range that the body publishes, as it publishes it (``39-41 %``)."""


class Passing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The passing rule.

    ``raw``: pass at ``cut`` per cent of the scored points, rounded down to whole per cent. ``scaled``: a
    score from ``low`` to ``high`` with the pass at ``pass_mark``; since the body's scale is secret,
    ``cut`` per cent of the points is assumed to stand at ``pass_mark``, and the report says so.
    """

    kind: Literal["raw", "scaled"]
    cut: float
    rule: str
    low: int = 0
    high: int = 0
    pass_mark: int = 0


class Navigation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the candidate may do besides going forward."""

    back: bool = True
    flag: bool = True
    review_screen: bool = True


class Tutorial(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Tutorial and break rules."""

    timed: bool = False
    breaks: str = ""


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a fact comes from: A the body's own page, B several guides agree, C common knowledge, or ours."""

    what: str
    mark: Literal["A", "B", "C", "ours"]
    checked: str


class Blueprint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One certification exam."""

    id: str
    name: str
    credential: str
    body: str
    code_year: int
    minutes: int
    scored: int
    pretest: int
    sections: tuple[Section, ...]
    passing: Passing
    navigation: Navigation
    books: tuple[str, ...]
    agreement: str
    sources: tuple[Source, ...]
    warnings: tuple[int, ...] = (30, 5)
    """Minutes left at which the candidate is warned."""
    book_notes: bool = True
    """Whether handwritten notes in the books are allowed on the day."""
    tutorial: Tutorial = Tutorial()
    delivery: str = ""
    order: int = 100
    """Place on the home page."""
    variant_of: str = ""
    later: str = ""
    """What this version cannot yet examine (for example coded cases), in words for the candidate."""

    @property
    def items(self) -> int:
        """Return the number of items on a form, scored and pretest."""
        return self.scored + self.pretest

    def section(self, section_id: str) -> Section:
        """Return the section. Raises KeyError if there is none with this id."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)


def _convert(data: dict[str, Any], path: Path) -> Blueprint:
    try:
        return msgspec.convert(data, Blueprint)
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `$")
        missing = re.search(r"missing required field `(\w+)`", message)
        key = where.rstrip("`").lstrip(".")
        if missing:
            key, message = f"{key}.{missing[1]}".lstrip("."), "is missing"
        raise BlueprintError(path, message, key=key or "(top level)") from error


def _check(blueprint: Blueprint, path: Path) -> None:
    def refuse(key: str, problem: str) -> None:
        raise BlueprintError(path, problem, key=key)

    ids = [section.id for section in blueprint.sections]
    if not blueprint.sections:
        refuse("sections", "an exam needs at least one section")
    if len(set(ids)) != len(ids):
        refuse("sections", "a section id stands twice")
    for section in blueprint.sections:
        if section.items < 1:
            refuse(f"sections.{section.id}.items", f"must be at least 1, is {section.items}")
    total = sum(section.items for section in blueprint.sections)
    if total != blueprint.items:
        refuse(
            "sections", f"the items of the sections sum to {total}, but scored + pretest is {blueprint.items}"
        )
    if blueprint.minutes < 1:
        refuse("minutes", f"must be at least 1, is {blueprint.minutes}")
    if blueprint.scored < 1 or blueprint.pretest < 0:
        refuse("scored", "scored must be at least 1 and pretest at least 0")
    if not 0 < blueprint.passing.cut <= 100:
        refuse("passing.cut", f"must be a percentage above 0 and up to 100, is {blueprint.passing.cut}")
    scale = blueprint.passing
    if scale.kind == "scaled" and not scale.low < scale.pass_mark < scale.high:
        refuse("passing.pass_mark", "must lie between low and high")
    if not re.fullmatch(r"[a-z][a-z0-9-]*", blueprint.id):
        refuse("id", f"{blueprint.id!r} must be lower-case letters, digits and hyphens")
    if any(not 0 < minute < blueprint.minutes for minute in blueprint.warnings):
        refuse("warnings", "every warning must lie within the exam's time")


def read_blueprint(path: Path) -> Blueprint:
    """Return the blueprint in the file. Raises BlueprintError with file, key and reason."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BlueprintError(path, f"is not readable TOML: {error}") from error
    except OSError as error:
        raise BlueprintError(path, f"cannot be opened: {error.strerror}") from error
    blueprint = _convert(data, path)
    _check(blueprint, path)
    return blueprint


def read_blueprints(folder: Path) -> tuple[dict[str, Blueprint], list[BlueprintError]]:
    """Return the usable blueprints by id, in home-page order, and the errors of the others."""
    found: list[Blueprint] = []
    errors: list[BlueprintError] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            blueprint = read_blueprint(path)
            if any(other.id == blueprint.id for other in found):
                raise BlueprintError(path, f"another file already has the id {blueprint.id!r}", key="id")
            found.append(blueprint)
        except BlueprintError as error:
            errors.append(error)
    found.sort(key=lambda blueprint: (blueprint.order, blueprint.id))
    return {blueprint.id: blueprint for blueprint in found}, errors

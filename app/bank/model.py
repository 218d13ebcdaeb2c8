"""The types of a bank: items, their options, the shared records, and what was proved about them."""

from __future__ import annotations

from typing import Literal

import msgspec

Difficulty = Literal["easy", "medium", "hard"]
ItemType = Literal["single", "multiple", "coded"]


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer option; a wrong one names the mistake that leads to it."""

    id: str
    text: str
    mistake: str = ""


class CodedAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One code that the candidate must type (coded items; scored by a later version)."""

    code: str
    role: Literal["principal", "secondary", "admitting", "procedure", "cpt"] = "secondary"
    poa: str = ""
    alternatives: tuple[str, ...] = ()
    rationale: str = ""


class CheckRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the item was proved before it went in."""

    blind: Literal["agree", "rewritten", "pending"] = "pending"
    solvers: int = 0
    date: str = ""
    note: str = ""


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record shared by several items (an operative report, a visit note)."""

    id: str
    title: str
    note: str


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question with its key, as the bank file states it.

    ``domains`` maps an exam id (``cpc``) to the section id of its blueprint. ``key`` holds option ids; a
    multiple-answer item has several. ``pretest`` items are never scored.
    """

    id: str
    type: ItemType
    domains: dict[str, str]
    difficulty: Difficulty
    stem: str
    rationale: str
    options: tuple[Option, ...] = ()
    key: tuple[str, ...] = ()
    coded: tuple[CodedAnswer, ...] = ()
    objective: str = ""
    case: str = ""
    references: tuple[str, ...] = ()
    author_note: str = ""
    pretest: bool = False
    checked: CheckRecord = CheckRecord()

    def option(self, option_id: str) -> Option:
        """Return the option with this id. Raises KeyError if there is none."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)


class FixedForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A form that the bank names: these items in this order."""

    exam: str
    form: str
    items: tuple[str, ...]


class Bank(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One bank file."""

    bank: str
    title: str
    code_year: int
    items: tuple[Item, ...]
    author: str = ""
    forms: tuple[FixedForm, ...] = ()
    cases: tuple[Case, ...] = ()

    def case_of(self, item: Item) -> Case | None:
        """Return the record that the item belongs to, or None."""
        return next((case for case in self.cases if case.id == item.case), None)


class ItemText(msgspec.Struct, frozen=True):
    """An item with everything that the candidate sees: what an attempt points to for ever."""

    item: Item
    bank: str
    code_year: int
    case: Case | None = None


def encode(text: ItemText) -> bytes:
    """Return the canonical bytes of an item text: equal texts give equal bytes."""
    return msgspec.json.encode(text, order="sorted")


def decode(body: bytes | str) -> ItemText:
    """Return the item text stored in ``body``. Raises msgspec.DecodeError if it is not one."""
    return msgspec.json.decode(body, type=ItemText)

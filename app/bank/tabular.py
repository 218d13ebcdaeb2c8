"""What the checks ask of the ICD-10-CM tabular list: whether codes are complete and may stand together."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from typing import Protocol

_CODE = r"[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?"
_RANGE = re.compile(rf"\b({_CODE})(?:-({_CODE})|\.?-)?")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")


class TabularList(Protocol):
    """A tabular list of ICD-10-CM."""

    def is_complete(self, code: str) -> bool:
        """Return whether the code exists and has all its characters."""

    def excludes1(self, code: str) -> list[tuple[str, str]]:
        """Return first and last code (prefixes) of the ranges in Excludes1 notes at the code or above."""


class InstalledTabularList:
    """The tabular list of the installed ``simple_icd_10_cm``.

    It is read when first asked (about two seconds).
    """

    @staticmethod
    @lru_cache(maxsize=1)
    def _library() -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import simple_icd_10_cm

        return simple_icd_10_cm

    def is_complete(self, code: str) -> bool:
        """Return whether the code exists and has all its characters."""
        library = self._library()
        return bool(library.is_valid_item(code) and library.is_leaf(code))  # type: ignore[attr-defined]

    def excludes1(self, code: str) -> list[tuple[str, str]]:
        """Return the ranges that Excludes1 notes at the code or above it name."""
        library = self._library()
        places = [code, *library.get_ancestors(code)]  # type: ignore[attr-defined]
        notes = [note for place in places for note in library.get_excludes1(place)]  # type: ignore[attr-defined]
        return [pair for note in notes for pair in ranges(note)]


def ranges(note: str) -> list[tuple[str, str]]:
    """Return the codes in the brackets of a tabular note as first and last of a range.

    A single code is both.
    """
    found = []
    for inside in _IN_BRACKETS.findall(note):
        for match in _RANGE.finditer(inside):
            first = match[1]
            found.append((first, match[2] or first))
    return found


def within(code: str, first: str, last: str) -> bool:
    """Return whether the code lies at or under a range of codes."""
    return first <= code[: len(first)] and code[: len(last)] <= last


def conflicts(codes: list[str], tabular: TabularList) -> list[tuple[str, str]]:
    """Return the pairs of codes of which one is excluded by an Excludes1 note of the other."""
    found = []
    for place, code in enumerate(codes):
        excluded = tabular.excludes1(code)
        for other in codes[:place] + codes[place + 1 :]:
            if any(within(other, first, last) for first, last in excluded) and (other, code) not in found:
                found.append((code, other))
    return found

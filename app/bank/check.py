"""The machine's part of the proof of an item: what ``openbook bank check`` looks for.

The rules are those of ``banks/README.md``. A finding says file, line and item, and what to do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.bank.markup import CODE_LINK, LINK_KINDS, plain
from app.bank.model import Bank, FixedForm, Item
from app.bank.read import SourceLines, read_file
from app.bank.tabular import TabularList, conflicts
from app.errors import BankError

Severity = Literal["error", "warning"]
Sections = Mapping[str, Mapping[str, int]]
"""Items on a form by exam id and section id, as the blueprints say."""

OPTIONS = 4
KEY_SHARE = (15.0, 35.0)
"""Least and most per cent of the keys of a form that may stand at one letter."""
LONGEST_SHARE = 35.0
"""Most per cent of the items of a form whose key may be the one longest option."""
DIFFICULTY = {"easy": (15.0, 35.0), "medium": (35.0, 65.0), "hard": (15.0, 35.0)}
"""Least and most per cent of the items of a form."""
CASE_ITEMS = 10
"""Items on full notes that a whole form must have."""
NEAR = 0.6
"""Share of common word triples from which two stems count as near-duplicates."""
STATISTICS_FROM = 40
"""Items from which the statistics of a form are judged."""
MIN_RATIONALE_WORDS = 25

_FORBIDDEN = re.compile(
    r"\b(all|none|both|neither) of the (above|following)\b|^\s*(both )?[A-F] and [A-F]\s*$", re.I
)
_NEGATIVE = re.compile(r"\b(not|except|least)\b(?=[^?.\n]*\?\s*$)", re.I)
"""A negation in the question itself, the last sentence of the stem; what the record denies is not meant."""
_ICD10CM = re.compile(r"\b[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?\b")
_CPT_LIKE = re.compile(r"^\d{4}[0-9A-Z]$")
_HCPCS_LIKE = re.compile(r"^[A-CE-V]\d{4}$")
_PCS_LIKE = re.compile(r"^[0-9B-DF-HX][0-9A-HJ-NP-Z]{6}$")
_ID = re.compile(r"^[a-z0-9][a-z0-9-]*$")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or that an author should look at."""

    path: Path
    line: int
    item: str
    problem: str
    severity: Severity = "error"

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}: " + (f"item {self.item}: " if self.item else "")
        return f"{where}{self.severity}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the keys and options of a form look like, in per cent of its items."""

    items: int
    keys: dict[str, float]
    longest: float
    difficulty: dict[str, float]
    cases: int
    """Items that belong to a record."""


def check_files(paths: Iterable[Path], sections: Sections, tabular: TabularList | None) -> list[Finding]:
    """Return everything that is wrong with the bank files, file by file.

    Args:
        paths: the bank files.
        sections: what the blueprints know.
        tabular: for the ICD-10-CM codes; None leaves them unchecked.
    """
    findings: list[Finding] = []
    seen: dict[str, str] = {}
    shingles: list[tuple[str, frozenset[str]]] = []
    for path in paths:
        try:
            bank, source = read_file(path)
        except BankError as error:
            findings.append(Finding(path, error.line or 1, error.item, error.problem))
            continue
        check = _BankCheck(path, bank, source, sections, tabular)
        check.run(seen, shingles)
        findings += check.findings
    return findings


def statistics(items: Sequence[Item]) -> Statistics:
    """Return the statistics of the items; letters are those of the bank's order of options."""
    single = [item for item in items if len(item.key) == 1]
    letters = Counter(_letter(item) for item in single)
    longest = sum(_key_is_longest(item) for item in single)
    difficulty: Counter[str] = Counter(item.difficulty for item in items)
    return Statistics(
        items=len(items),
        keys={letter: _share(letters[letter], len(single)) for letter in "ABCD"},
        longest=_share(longest, len(single)),
        difficulty={level: _share(difficulty[level], len(items)) for level in DIFFICULTY},
        cases=sum(bool(item.case) for item in items),
    )


class _BankCheck:
    """The checks of one bank file."""

    def __init__(
        self, path: Path, bank: Bank, source: SourceLines, sections: Sections, tabular: TabularList | None
    ) -> None:
        self.findings: list[Finding] = []
        self._path, self._bank, self._source = path, bank, source
        self._sections, self._tabular = sections, tabular

    def run(self, seen: dict[str, str], shingles: list[tuple[str, frozenset[str]]]) -> None:
        """Do all checks; ``seen`` (item id: bank) and ``shingles`` are carried from file to file."""
        cases = {case.id for case in self._bank.cases}
        if len(cases) != len(self._bank.cases):
            self._add("a case id stands twice", "cases")
        for number, item in enumerate(self._bank.items):
            place = ("items", number)
            if item.id in seen:
                self._add(f"the id is already used in bank '{seen[item.id]}'", *place, "id", item=item)
            seen.setdefault(item.id, self._bank.bank)
            self._item(item, cases, *place)
            self._near_duplicates(item, shingles, *place)
        named = [(form.exam, form.form) for form in self._bank.forms]
        if len(set(named)) != len(named):
            self._add("a form is named twice", "forms")
        for number, form in enumerate(self._bank.forms):
            self._form(form, "forms", number)

    def _add(self, problem: str, *place: str | int, item: Item | None = None, warning: bool = False) -> None:
        severity: Severity = "warning" if warning else "error"
        line = self._source.line(*place)
        self.findings.append(Finding(self._path, line, item.id if item else "", problem, severity))

    def _item(self, item: Item, cases: set[str], *place: str | int) -> None:
        if not _ID.match(item.id):
            self._add("an id is lower-case letters, digits and hyphens", *place, "id", item=item)
        self._domains(item, *place)
        if item.case and item.case not in cases:
            self._add(f"the bank has no case '{item.case}'", *place, "case", item=item)
        if not item.stem.strip():
            self._add("the stem is empty", *place, "stem", item=item)
        if len(item.rationale.split()) < MIN_RATIONALE_WORDS:
            self._add(
                f"the rationale has fewer than {MIN_RATIONALE_WORDS} words", *place, "rationale", item=item
            )
        if item.checked.blind == "pending":
            self._add("has not been solved blind (checked.blind)", *place, item=item, warning=True)
        negative = _NEGATIVE.search(item.stem)
        if negative and "**NOT**" not in item.stem:
            self._add("a negative stem must say **NOT**", *place, "stem", item=item)
        if item.type == "coded":
            if not item.coded:
                self._add("a coded item needs the codes to be typed (coded)", *place, item=item)
        else:
            self._options(item, *place)
        self._links(item, *place)
        self._codes(item, *place)

    def _domains(self, item: Item, *place: str | int) -> None:
        if not item.domains:
            self._add("needs a domain in at least one exam", *place, "domains", item=item)
        for exam, section in item.domains.items():
            if exam not in self._sections:
                self._add(f"there is no exam '{exam}'", *place, "domains", exam, item=item)
            elif section not in self._sections[exam]:
                self._add(
                    f"the {exam} blueprint has no section '{section}'", *place, "domains", exam, item=item
                )

    def _options(self, item: Item, *place: str | int) -> None:
        ids = [option.id for option in item.options]
        if item.type == "single" and len(ids) != OPTIONS:
            self._add(f"has {len(ids)} options, not {OPTIONS}", *place, "options", item=item)
        if item.type == "multiple" and not OPTIONS <= len(ids) <= 6:
            self._add(
                f"has {len(ids)} options; a multiple-answer item has 4 to 6", *place, "options", item=item
            )
        if len(set(ids)) != len(ids):
            self._add("an option id stands twice", *place, "options", item=item)
        if len({_bare(option.text) for option in item.options}) != len(ids):
            self._add("two options say the same", *place, "options", item=item)
        wanted = "exactly one option" if item.type == "single" else "two or more options"
        if (len(item.key) == 1) != (item.type == "single") or not item.key:
            self._add(f"the key of a {item.type} item names {wanted}", *place, "key", item=item)
        if len(item.key) >= len(ids) > 0 or len(set(item.key)) != len(item.key):
            self._add(
                "the key must leave at least one option wrong and name none twice", *place, "key", item=item
            )
        for unknown in set(item.key) - set(ids):
            self._add(f"the key names option '{unknown}', which does not exist", *place, "key", item=item)
        for number, option in enumerate(item.options):
            where = (*place, "options", number)
            if not option.text.strip():
                self._add(f"option {option.id} is empty", *where, item=item)
            if _FORBIDDEN.search(option.text):
                self._add(
                    f"option {option.id} must stand for itself, not for other options", *where, item=item
                )
            if option.id not in item.key and not option.mistake.strip():
                self._add(f"option {option.id} does not say which mistake it stands for", *where, item=item)
            if option.id in item.key and option.mistake.strip():
                self._add(f"option {option.id} is the key and names a mistake", *where, item=item)

    def _links(self, item: Item, *place: str | int) -> None:
        texts = {"stem": item.stem, "rationale": item.rationale}
        texts |= {"references": " ".join(item.references)}
        for field, text in texts.items():
            for kind, code in CODE_LINK.findall(text):
                problem = self._link_problem(kind, code)
                if problem:
                    self._add(problem, *place, field, item=item)

    def _link_problem(self, kind: str, code: str) -> str:
        if kind not in LINK_KINDS:
            return f"there are no links of the kind '{kind}' ({', '.join(LINK_KINDS)})"
        shapes = {"cpt": _CPT_LIKE, "hcpcs": _HCPCS_LIKE, "pcs": _PCS_LIKE}
        if kind in shapes and not shapes[kind].match(code):
            return f"{code} does not look like a code of {LINK_KINDS[kind]}"
        if kind == "cm" and self._tabular and not self._tabular.is_complete(code):
            return f"{code} is not a complete and valid ICD-10-CM code"
        return ""

    def _codes(self, item: Item, *place: str | int) -> None:
        """Check the ICD-10-CM codes among the options.

        A wrong option may be an incomplete code on purpose.
        """
        if self._tabular is None:
            return
        for number, option in enumerate(item.options):
            codes = _ICD10CM.findall(option.text)
            bad = [code for code in codes if not self._tabular.is_complete(code)]
            is_key = option.id in item.key
            for code in bad:
                self._add(
                    f"option {option.id}: {code} is not a complete and valid ICD-10-CM code",
                    *(*place, "options", number),
                    item=item,
                    warning=not is_key,
                )
            if is_key and not bad:
                for one, other in conflicts(codes, self._tabular):
                    self._add(f"Excludes1 at {one} rules out {other} in the key", *place, "key", item=item)

    def _near_duplicates(
        self, item: Item, shingles: list[tuple[str, frozenset[str]]], *place: str | int
    ) -> None:
        case = self._bank.case_of(item)
        mine = _shingles(
            f"{case.id if case else ''} {item.stem} {' '.join(option.text for option in item.options)}"
        )
        for other, theirs in shingles:
            union = len(mine | theirs)
            if union and len(mine & theirs) / union >= NEAR:
                self._add(f"is nearly the same as item {other}", *place, "stem", item=item)
        shingles.append((item.id, mine))

    def _form(self, form: FixedForm, *place: str | int) -> None:
        by_id = {item.id: item for item in self._bank.items}
        missing = [item for item in form.items if item not in by_id]
        if missing:
            self._add(
                f"form {form.form} names items that the bank does not hold: {', '.join(missing[:5])}", *place
            )
        if len(set(form.items)) != len(form.items):
            self._add(f"form {form.form} names an item twice", *place)
        items = [by_id[item] for item in form.items if item in by_id]
        wanted = self._sections.get(form.exam)
        if wanted is None:
            self._add(f"there is no exam '{form.exam}'", *place, "exam")
            return
        counts = Counter(item.domains.get(form.exam, "") for item in items)
        for section, number in wanted.items():
            if counts[section] != number:
                self._add(
                    f"form {form.form}: section {section} has {counts[section]} items, not {number}", *place
                )
        if len(items) >= STATISTICS_FROM:
            self._form_statistics(form, statistics(items), *place)

    def _form_statistics(self, form: FixedForm, found: Statistics, *place: str | int) -> None:
        def judge(what: str, share: float, least: float, most: float) -> None:
            if not least <= share <= most:
                self._add(
                    f"form {form.form}: {what} {share:.0f} %, should be {least:.0f} to {most:.0f} %", *place
                )

        for letter, share in found.keys.items():
            judge(f"the key stands at {letter} in", share, *KEY_SHARE)
        judge("the key is the longest option in", found.longest, 0, LONGEST_SHARE)
        for level, share in found.difficulty.items():
            judge(f"{level} items are", share, *DIFFICULTY[level])
        if form.exam == "cpc" and found.cases < CASE_ITEMS:
            self._add(
                f"form {form.form}: only {found.cases} items on full notes, should be {CASE_ITEMS}", *place
            )


def _letter(item: Item) -> str:
    ids = [option.id for option in item.options]
    return chr(ord("A") + ids.index(item.key[0])) if item.key[0] in ids else "?"


def _key_is_longest(item: Item) -> bool:
    lengths = {option.id: len(plain(option.text)) for option in item.options}
    key = lengths.get(item.key[0], 0)
    return all(length < key for option, length in lengths.items() if option != item.key[0])


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", plain(text).lower()))


def _shingles(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", plain(text).lower())
    return frozenset(" ".join(words[n : n + 3]) for n in range(max(1, len(words) - 2)))

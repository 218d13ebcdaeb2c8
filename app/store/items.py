"""Items in the store: every text a bank ever gave, and which one is current."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from app.bank.model import Bank, Item, ItemText, decode, encode
from app.bank.read import bank_files, cases_by_id, read_text
from app.errors import BankError
from app.exam.forms import PoolItem
from app.store.database import Connection, now

SITTABLE = ("single", "multiple")
"""Item types that this version can examine."""


class ItemStore:
    """Banks and their items."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def load_changed(
        self, folders: Sequence[Path], progress: Callable[[int, int], bool] | None = None
    ) -> list[BankError]:
        """Load every bank file that changed since it was last loaded; return the errors of the others.

        A file with a mistake leaves what was loaded from it before untouched. ``progress`` is told done and
        total and may return False to stop.
        """
        known = self._known()
        errors: list[BankError] = []
        files = bank_files(*folders)
        seen: dict[str, Path] = {}
        for number, path in enumerate(files):
            if progress and not progress(number, len(files)):
                break
            try:
                self._load_if_changed(path, known, seen)
            except BankError as error:
                errors.append(error)
        return errors

    def _known(self) -> dict[str, tuple[str, str]]:
        with self._connection.read() as conn:
            return {
                path: (bank, digest)
                for bank, path, digest in conn.execute("SELECT bank, path, digest FROM bank")
            }

    def _load_if_changed(self, path: Path, known: dict[str, tuple[str, str]], seen: dict[str, Path]) -> None:
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise BankError(path, f"cannot be opened: {error.strerror}") from error
        digest = hashlib.sha256(raw).hexdigest()
        bank_id, old = known.get(str(path), ("", ""))
        if old != digest:
            try:
                text = raw.decode("utf-8")
            except UnicodeDecodeError as error:
                raise BankError(path, f"is not UTF-8 text (byte {error.start})") from error
            bank, _ = read_text(text, path)
            bank_id = bank.bank
            if bank_id not in seen:
                self.load(bank, path, digest)
        if bank_id in seen:
            raise BankError(path, f"the bank id '{bank_id}' is already used by {seen[bank_id]}")
        seen[bank_id] = path

    def load(self, bank: Bank, path: Path, digest: str) -> None:
        """Make the bank's items the current ones. Texts seen in earlier sittings stay. Raises BankError."""
        self._refuse_conflicts(bank, path)
        cases = cases_by_id(bank)
        stamp = now()
        texts = [
            (item, encode(ItemText(item, bank.bank, bank.code_year, cases.get(item.case))))
            for item in bank.items
        ]
        with self._connection.write() as conn:
            conn.execute(
                "INSERT INTO bank VALUES (?,?,?,?,?,?,?) ON CONFLICT (bank) DO UPDATE SET "
                "path=excluded.path, "
                "title=excluded.title, author=excluded.author, code_year=excluded.code_year, "
                "digest=excluded.digest, loaded_at=excluded.loaded_at",
                (bank.bank, str(path), bank.title, bank.author, bank.code_year, digest, stamp),
            )
            conn.execute(
                "DELETE FROM item_domain WHERE item IN (SELECT item FROM bank_item WHERE bank=?)",
                (bank.bank,),
            )
            conn.execute("DELETE FROM bank_item WHERE bank=?", (bank.bank,))
            conn.execute("DELETE FROM fixed_form WHERE bank=?", (bank.bank,))
            conn.executemany(
                "INSERT OR IGNORE INTO item_text (item, bank, digest, body, loaded_at) VALUES (?,?,?,?,?)",
                [
                    (item.id, bank.bank, hashlib.sha256(body).hexdigest(), body.decode(), stamp)
                    for item, body in texts
                ],
            )
            conn.executemany(
                "INSERT INTO bank_item SELECT ?,?,(SELECT id FROM item_text WHERE item=? AND "
                "digest=?),?,?,?,?,?",
                [_bank_item_row(item, bank.bank, body) for item, body in texts],
            )
            conn.executemany(
                "INSERT INTO item_domain (exam, section, item, type) VALUES (?,?,?,?)",
                [
                    (exam, section, item.id, item.type)
                    for item in bank.items
                    for exam, section in item.domains.items()
                ],
            )
            conn.executemany(
                "INSERT INTO fixed_form VALUES (?,?,?,?)",
                [(form.exam, form.form, bank.bank, json.dumps(form.items)) for form in bank.forms],
            )

    def _refuse_conflicts(self, bank: Bank, path: Path) -> None:
        ids: set[str] = set()
        for item in bank.items:
            if item.id in ids:
                raise BankError(path, "the id stands twice in this bank", item=item.id)
            ids.add(item.id)
        with self._connection.read() as conn:
            for item_id, other in conn.execute(
                "SELECT item, bank FROM bank_item WHERE bank<>?", (bank.bank,)
            ):
                if item_id in ids:
                    raise BankError(path, f"the id is already used by bank '{other}'", item=item_id)
            named = {(form.exam, form.form) for form in bank.forms}
            for exam, form, other in conn.execute(
                "SELECT exam, form, bank FROM fixed_form WHERE bank<>?", (bank.bank,)
            ):
                if (exam, form) in named:
                    raise BankError(path, f"form {form} of {exam} is already named by bank '{other}'")

    def pool(self, exam: str, sections: Iterable[str] | None = None) -> list[PoolItem]:
        """Return what form assembly needs of the exam's items, with how often each was shown."""
        sql = (
            "SELECT b.text, b.item, d.section, b.options, b.picks, b.case_id, b.pretest, "
            "(SELECT COUNT(*) FROM sitting_item s WHERE s.item = b.item AND s.shown) "
            "FROM item_domain d JOIN bank_item b ON b.item = d.item WHERE d.exam=? AND d.type IN (?,?)"
        )
        only = None if sections is None else set(sections)
        with self._connection.read() as conn:
            rows = conn.execute(sql, (exam, *SITTABLE)).fetchall()
        return [_pool_item(row) for row in rows if only is None or row[2] in only]

    def fixed_forms(self, exam: str) -> dict[str, tuple[str, ...]]:
        """Return the item ids of the forms that banks name for the exam, by form name."""
        with self._connection.read() as conn:
            rows = conn.execute("SELECT form, items FROM fixed_form WHERE exam=? ORDER BY form", (exam,))
            return {form: tuple(json.loads(items)) for form, items in rows}

    def counts(self) -> dict[str, dict[str, int]]:
        """Return the number of items that can be sat, by exam and section."""
        with self._connection.read() as conn:
            rows = conn.execute(
                "SELECT exam, section, COUNT(*) FROM item_domain WHERE type IN (?,?) GROUP BY 1, 2", SITTABLE
            ).fetchall()
        counts: dict[str, dict[str, int]] = {}
        for exam, section, number in rows:
            counts.setdefault(exam, {})[section] = number
        return counts

    def texts(self, revisions: Sequence[int]) -> list[ItemText]:
        """Return the item texts with these ids, in this order."""
        with self._connection.read() as conn:
            return [
                decode(conn.execute("SELECT body FROM item_text WHERE id=?", (revision,)).fetchone()[0])
                for revision in revisions
            ]

    def banks(self) -> list[dict[str, object]]:
        """Return id, title, path, code year and number of items of every bank loaded."""
        sql = (
            "SELECT bank, title, path, code_year, loaded_at, "
            "(SELECT COUNT(*) FROM bank_item i WHERE i.bank = bank.bank) FROM bank ORDER BY bank"
        )
        names = ("bank", "title", "path", "code_year", "loaded_at", "items")
        with self._connection.read() as conn:
            return [dict(zip(names, row, strict=True)) for row in conn.execute(sql)]


def _bank_item_row(item: Item, bank: str, body: bytes) -> tuple[object, ...]:
    digest = hashlib.sha256(body).hexdigest()
    options = json.dumps([option.id for option in item.options])
    return (
        item.id,
        bank,
        item.id,
        digest,
        item.type,
        options,
        max(1, len(item.key)),
        item.case,
        item.pretest,
    )


def _pool_item(row: Sequence[object]) -> PoolItem:
    revision, item, section, options, picks, case, pretest, seen = row
    return PoolItem(
        revision=int(str(revision)),
        item=str(item),
        section=str(section),
        options=tuple(json.loads(str(options))),
        picks=int(str(picks)),
        case=str(case),
        seen=int(str(seen)),
        pretest=bool(pretest),
    )

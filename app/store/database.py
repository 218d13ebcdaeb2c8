"""Opens the user's database: durable, checked, migrated. Turns SQLite's errors into ours."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import StoreBusyError, StoreDamagedError, StoreError, StoreFullError, StoreNewerError
from app.paths import DataPaths

if TYPE_CHECKING:
    from sqlite_utils import Database

CHECK_ALWAYS_BELOW = 32 * 1024 * 1024
"""Databases up to this size (bytes) are checked at every start; larger ones after an unclean end only."""


def now() -> str:
    """Return the wall time for records (UTC, ISO 8601). Exam time never comes from here."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn the SQLite errors that a user can do something about into StoreErrors."""
    try:
        yield
    except sqlite3.OperationalError as error:
        text = str(error)
        if "full" in text:
            raise StoreFullError(
                "The disk is full; the last action was not written.",
                where=str(path),
                todo="Free some space; everything before it is safe.",
            ) from error
        if "locked" in text or "busy" in text:
            raise StoreBusyError(
                "Another program is using the database.", where=str(path), todo="Close it and try again."
            ) from error
        if "malformed" in text or "disk I/O" in text:
            raise _damaged(path, text) from error
        raise StoreError(
            f"The database refused: {text}.", where=str(path), todo="Nothing was changed."
        ) from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise
        raise _damaged(path, str(error)) from error


def _damaged(path: Path, detail: str) -> StoreDamagedError:
    return StoreDamagedError(
        f"The database is damaged ({detail}).",
        where=str(path),
        todo="It has not been changed. Openbook can set it aside and go on from the last backup.",
    )


def connect(path: Path, *, readonly: bool = False) -> sqlite3.Connection:
    """Return a connection that is durable after every commit (WAL, synchronous=FULL)."""
    source = f"{path.resolve().as_uri()}?mode={'ro' if readonly else 'rwc'}"
    conn = sqlite3.connect(source, uri=True, isolation_level=None, timeout=5.0)
    if not readonly:
        conn.execute("PRAGMA journal_mode=WAL")
        conn.execute("PRAGMA synchronous=FULL")
    conn.execute("PRAGMA foreign_keys=ON")
    return conn


def problems(path: Path) -> str:
    """Return what SQLite's own check finds wrong with the file, or an empty text."""
    try:
        conn = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            rows = conn.execute("PRAGMA integrity_check(3)").fetchall()
        finally:
            conn.close()
    except sqlite3.DatabaseError as error:
        return str(error)
    found = [str(row[0]) for row in rows]
    return "" if found == ["ok"] else "; ".join(found)


def open_database(paths: DataPaths) -> Database:
    """Return the user's database, checked and migrated to this program's schema.

    Raises:
        StoreDamagedError: the file is damaged; it is left as it was.
        StoreNewerError: a newer Openbook wrote it; it is left as it was.
        StoreError: it cannot be opened for another reason.
    """
    from sqlite_utils import Database

    path = paths.make().database
    _refuse_damaged(path)
    with told(path):
        db = Database(connect(path), execute_plugins=False)
        _migrate(db, path)
    return db


def _refuse_damaged(path: Path) -> None:
    if not path.exists():
        return
    wal = path.with_name(f"{path.name}-wal")
    unclean = wal.exists() and wal.stat().st_size > 0
    if path.stat().st_size == 0 and not unclean:
        return
    with path.open("rb") as file:
        if file.read(16) != b"SQLite format 3\0":
            raise _damaged(path, "it does not begin like a database")
    if unclean or path.stat().st_size <= CHECK_ALWAYS_BELOW:
        found = problems(path)
        if found:
            raise _damaged(path, found[:200])


def _migrate(db: Database, path: Path) -> None:
    from app.store.migrations import migrations

    known = {step.name for step in migrations._migrations}
    unknown = [step.name for step in migrations.applied(db) if step.name not in known]
    if unknown:
        db.conn.close()
        raise StoreNewerError(
            "This database was written by a newer Openbook.",
            where=str(path),
            todo="Install the newer version, or choose another data folder with --data-dir. Nothing was "
            "changed.",
        )
    if migrations.pending(db):
        migrations.apply(db)


def set_aside(paths: DataPaths) -> Path:
    """Move the database and its journals into a new folder under ``damaged``; return that folder."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    folder = paths.damaged / stamp
    folder.mkdir(parents=True)
    for ending in ("", "-wal", "-shm"):
        source = paths.database.with_name(paths.database.name + ending)
        if source.exists():
            shutil.move(source, folder / source.name)
    return folder


class Connection:
    """The one connection of the GUI thread to the user's database. Tasks in other threads open their own."""

    def __init__(self, paths: DataPaths) -> None:
        self.paths = paths
        self.db = open_database(paths)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Run the block as one transaction that is on disk when the block ends."""
        with told(self.paths.database), self.db.atomic():
            yield self.db.conn

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Run the block with SQLite's errors told in our words."""
        with told(self.paths.database):
            yield self.db.conn

    def close(self) -> None:
        """Close the connection; SQLite then folds its journal into the file."""
        self.db.conn.close()

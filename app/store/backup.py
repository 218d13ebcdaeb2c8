"""Automatic backups: one a day, verified by opening them, the last ten kept."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from app.errors import StoreDamagedError
from app.paths import DataPaths
from app.store.database import problems, told

KEEP = 10


def backups(paths: DataPaths) -> list[Path]:
    """Return the automatic backups, newest first."""
    return sorted(paths.backups.glob("openbook-*.db"), reverse=True)


def backup_today(paths: DataPaths, day: str | None = None) -> Path | None:
    """Make the day's backup, remove the oldest beyond ten, and return it; None if it existed.

    Safe while a sitting runs: SQLite's backup copies a consistent state. Raises StoreError.
    """
    day = day or datetime.now(UTC).strftime("%Y-%m-%d")
    target = paths.backups / f"openbook-{day}.db"
    if target.exists() or not paths.database.exists():
        return None
    paths.backups.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    with (
        told(paths.database),
        closing(sqlite3.connect(f"{paths.database.resolve().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(part)) as copy,
    ):
        source.backup(copy, pages=4096)
        copy.execute("PRAGMA journal_mode=DELETE")
    found = problems(part)
    if found:
        part.unlink()
        raise StoreDamagedError(
            f"The daily backup did not pass its check ({found[:200]}) and was thrown away.",
            where=str(paths.database),
            todo="Run 'openbook doctor'; earlier backups are kept.",
        )
    os.replace(part, target)
    for old in backups(paths)[KEEP:]:
        old.unlink()
    return target


def last_good_backup(paths: DataPaths) -> Path | None:
    """Return the newest backup that passes SQLite's check, or None."""
    return next((path for path in backups(paths) if not problems(path)), None)


def restore(backup: Path, paths: DataPaths) -> None:
    """Put a copy of the backup in the place of the (already set aside) database."""
    fresh = paths.database.with_suffix(".restoring")
    shutil.copyfile(backup, fresh)
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(fresh, paths.database)

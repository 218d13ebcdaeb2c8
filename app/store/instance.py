"""Only one Openbook at a time works on a data folder.

The lock is SQLite's own file lock on a tiny file: the operating system releases it when the process ends,
however it ends, so a killed program never leaves a stale lock behind.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from app.errors import AlreadyOpenError
from app.paths import DataPaths


class InstanceLock:
    """Held by the program that works on the data folder.

    Use as a context manager or call ``take``/``release``.
    """

    def __init__(self, paths: DataPaths) -> None:
        self._paths = paths
        self._conn: sqlite3.Connection | None = None

    def take(self) -> InstanceLock:
        """Take the lock. Raises AlreadyOpenError, and changes nothing, if another process holds it."""
        self._paths.make()
        conn = sqlite3.connect(self._paths.lock, isolation_level=None, timeout=0)
        try:
            conn.execute("PRAGMA journal_mode=MEMORY")
            conn.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            conn.close()
            raise AlreadyOpenError(
                f"Openbook is already open on this data folder{self._holder()}.",
                where=str(self._paths.root),
                todo="Go on in the window that is open, or close it first. Nothing was changed.",
            ) from error
        except sqlite3.DatabaseError:
            conn.close()
            self._paths.lock.unlink()  # not a lock file of ours: make a new one
            return self.take()
        self._conn = conn
        self._note.write_text(json.dumps({"pid": os.getpid()}), encoding="utf-8")
        return self

    def release(self) -> None:
        """Give the lock back; harmless if it is not held."""
        if self._conn is not None:
            self._note.unlink(missing_ok=True)
            self._conn.close()
            self._conn = None

    @property
    def _note(self) -> Path:
        return self._paths.lock.with_suffix(".json")

    def _holder(self) -> str:
        with suppress(OSError, ValueError, KeyError, TypeError):
            return f" (process {json.loads(self._note.read_text(encoding='utf-8'))['pid']})"
        return ""

    def __enter__(self) -> InstanceLock:
        return self.take()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

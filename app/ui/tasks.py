"""Long work in another thread: with progress, a cancel that cancels, and its own database connection."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from app.errors import OpenbookError

Progress = Callable[[int, int], bool]
"""Told done and total; returns False when the work should stop."""


class Task(QObject):
    """One piece of work. Its signals arrive in the thread that made it."""

    progressed = Signal(int, int)
    done = Signal(object)
    failed = Signal(object)
    """The OpenbookError that ended the work."""

    def __init__(self, work: Callable[[Progress], Any], parent: QObject | None = None) -> None:
        """Keep the work; ``start`` begins it."""
        super().__init__(parent)
        self._work = work
        self._cancelled = threading.Event()

    def start(self) -> None:
        """Begin in the background."""
        QThreadPool.globalInstance().start(_Runnable(self._run))

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled.set()

    def _run(self) -> None:
        try:
            result = self._work(self._progress)
        except OpenbookError as error:
            self.failed.emit(error)
        except Exception as error:  # a bug must reach the user's eyes, not vanish in a thread
            self.failed.emit(
                OpenbookError(f"Something unexpected happened: {error!r}.", todo="Your data is safe.")
            )
        else:
            self.done.emit(result)

    def _progress(self, done: int, total: int) -> bool:
        self.progressed.emit(done, total)
        return not self._cancelled.is_set()


class _Runnable(QRunnable):
    def __init__(self, run: Callable[[], None]) -> None:
        super().__init__()
        self._run = run

    def run(self) -> None:
        self._run()

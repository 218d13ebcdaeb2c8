"""The exam's clock: counts only time in which the candidate could work. Never reads the wall clock."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

SLEEP_MS = 2_000
"""A sleep shorter than this is not worth a line in the report (its time is left out all the same)."""
STALL_MS = 5_000
"""If the clock was not looked at for so long, the program stood still: that is not the candidate's time."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Time that was taken out of the exam: asleep, or the program stood still."""

    cause: Literal["sleep", "stall"]
    gap_ms: int


def awake_seconds() -> float:
    """Return a monotonic clock that stands while the machine sleeps, where the system has one."""
    if sys.platform == "win32":
        import ctypes

        ticks = ctypes.c_ulonglong()
        ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(ticks))
        return ticks.value / 1e7
    return time.monotonic()


def total_seconds() -> float:
    """Return a monotonic clock that also runs while the machine sleeps, where the system has one."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()


class ExamClock:
    """Exam time in milliseconds, from a start value that the event log gave.

    ``poll`` must be called several times a second; it takes gaps out of the time and tells of them.
    """

    def __init__(
        self,
        elapsed_ms: int = 0,
        *,
        awake: Callable[[], float] = awake_seconds,
        total: Callable[[], float] = total_seconds,
    ) -> None:
        self._awake, self._total = awake, total
        self._counted_ms = float(elapsed_ms)
        self._running = False
        self._last_awake = self._last_total = 0.0

    @property
    def running(self) -> bool:
        """Return whether time is being counted."""
        return self._running

    def start(self) -> None:
        """Count from now on."""
        if not self._running:
            self._last_awake, self._last_total = self._awake(), self._total()
            self._running = True

    def stop(self) -> None:
        """Count up to now and no further."""
        self.poll()
        self._running = False

    def elapsed_ms(self) -> int:
        """Return the exam time counted so far, up to this moment."""
        if not self._running:
            return int(self._counted_ms)
        since = self._since_last()
        return int(self._counted_ms + (0 if since >= STALL_MS else since))

    def poll(self) -> Gap | None:
        """Count the time since the last poll.

        Return the gap if the machine slept or the program stood still.
        """
        if not self._running:
            return None
        awake, total = self._awake(), self._total()
        worked = max(0.0, (awake - self._last_awake) * 1000)
        slept = max(0.0, (total - self._last_total) * 1000 - worked)
        self._last_awake, self._last_total = awake, total
        if worked >= STALL_MS:
            return Gap("stall", round(worked + slept))
        self._counted_ms += worked
        return Gap("sleep", round(slept)) if slept >= SLEEP_MS else None

    def _since_last(self) -> float:
        return max(0.0, (self._awake() - self._last_awake) * 1000)

"""A sitting in progress: takes intents, makes events of them, writes each to the log before it counts.

What the candidate sees is always ``state``, the fold of what the log has accepted. If the log refuses an
event (disk full), the state stays as it was and the error goes to the caller.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, Protocol

import msgspec

from app.exam import events as ev
from app.exam.clock import ExamClock
from app.exam.sitting import Rules, SittingState, at_time, fold, fold_all, remaining_ms

PULSE_MS = 600
"""Exam time between two pulses; with the ticks in between, a crash costs less than a second of the clock."""


class EventLog(Protocol):
    """Where events go. ``append`` returns only when the event is durable."""

    def append(self, event: ev.Event, state: SittingState) -> None:
        """Write the event; ``state`` is what it leads to."""

    def pulse(self, elapsed_ms: int) -> None:
        """Write how far the clock has run."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the clock brought about."""

    kind: Literal["warning", "time up", "gap"]
    minutes: int = 0


class LiveSitting:
    """One sitting being sat."""

    def __init__(
        self,
        rules: Rules,
        events: Iterable[ev.Event],
        log: EventLog,
        *,
        warnings: Iterable[int] = (),
        pulse_ms: int = 0,
        clock: ExamClock | None = None,
        last_seen: str = "",
    ) -> None:
        """Take up a sitting where its log stands.

        Args:
            rules: what is legal.
            events: the log so far.
            log: takes the further events.
            warnings: minutes left at which to warn.
            pulse_ms: exam time of the last pulse; the clock goes on from there or from the log,
                whichever is later.
            clock: for tests.
            last_seen: wall time (ISO) of the last sign of life; only to state the length of an interruption.
        """
        self.rules = rules
        self._log = log
        self._warnings = sorted(warnings, reverse=True)
        self.state = fold_all(rules, events)
        elapsed = (
            max(self.state.elapsed_ms, pulse_ms) if self.state.stage == "running" else self.state.elapsed_ms
        )
        if rules.limit_ms:
            elapsed = min(elapsed, rules.limit_ms)
        self.clock = clock or ExamClock(elapsed)
        self._pulsed_ms = elapsed
        if self.state.stage == "running" and not self.state.paused:
            cause: Literal["closed", "crash"] = "closed" if self.state.left else "crash"
            self.do(ev.Interrupted(cause=cause, gap_ms=_wall_gap_ms(last_seen)))
        self._run_clock()

    @property
    def elapsed_ms(self) -> int:
        """Return the exam time that has run."""
        elapsed = self.clock.elapsed_ms()
        return min(elapsed, self.rules.limit_ms) if self.rules.limit_ms else elapsed

    @property
    def remaining_ms(self) -> int:
        """Return the exam time left; -1 in an untimed sitting."""
        return remaining_ms(self.rules, self.elapsed_ms)

    def do(self, event: ev.Event) -> bool:
        """Stamp the event with the exam time, write it, and take it into the state.

        Returns whether it was legal; an event that is not is neither written nor counted. Raises StoreError
        if it could not be written; then nothing has changed.
        """
        event = msgspec.structs.replace(event, at_ms=self.elapsed_ms)
        after = fold(self.rules, self.state, event)
        if after is self.state:
            return False
        self._log.append(event, after)
        self.state = after
        self._run_clock()
        return True

    def tick(self) -> list[Notice]:
        """Let the clock act; call several times a second. Returns what the candidate must be told."""
        if self.state.stage != "running" or self.state.paused:
            return []
        notices: list[Notice] = []
        gap = self.clock.poll()
        if gap:
            self.do(ev.Interrupted(cause=gap.cause, gap_ms=gap.gap_ms))
            notices.append(Notice("gap"))
        elapsed = self.elapsed_ms
        if elapsed - self._pulsed_ms >= PULSE_MS:
            self._log.pulse(elapsed)
            self._pulsed_ms = elapsed
        if self.rules.limit_ms:
            notices += self._time_notices(self.rules.limit_ms - elapsed)
        return notices

    def item_time_ms(self, number: int) -> int:
        """Return the time spent on an item up to this moment."""
        return at_time(self.rules, self.state, self.elapsed_ms).items[number].time_ms

    def leave(self) -> None:
        """Note that the program is being closed; the sitting stays open."""
        self.do(ev.Left())
        self.clock.stop()

    def _time_notices(self, left_ms: int) -> list[Notice]:
        if left_ms <= 0:
            return [Notice("time up")] if self.do(ev.Ended(by="time")) else []
        due = [m for m in self._warnings if left_ms <= m * 60_000 < self.rules.limit_ms]
        fresh = [m for m in due if m not in self.state.warned]
        for minutes in fresh:
            self.do(ev.Warned(minutes=minutes))
        return [Notice("warning", fresh[-1])] if fresh else []

    def _run_clock(self) -> None:
        if self.state.stage == "running" and not self.state.paused:
            self.clock.start()
        else:
            self.clock.stop()


def _wall_gap_ms(last_seen: str) -> int:
    """Return the wall time since ``last_seen`` (ms), or -1 if the wall clock cannot tell."""
    try:
        gap = datetime.now(UTC) - datetime.fromisoformat(last_seen)
    except (ValueError, TypeError):
        return -1
    return round(gap.total_seconds() * 1000) if gap.total_seconds() >= 0 else -1

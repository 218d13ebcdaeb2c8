"""The clock counts only time in which the candidate could work; the live sitting writes before it counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import StoreFullError
from app.exam import events as ev
from app.exam.clock import ExamClock, awake_seconds, total_seconds
from app.exam.live import PULSE_MS, LiveSitting
from app.exam.sitting import Rules, fold_all

OPTIONS = ("A", "B", "C", "D")
HOUR = 3_600_000
START = [ev.Admitted(candidate="Ada"), ev.Agreed(), ev.Started()]


class FakeTime:
    """Two clocks that a test turns by hand."""

    def __init__(self) -> None:
        self.awake = self.total = 100.0

    def work(self, seconds: float) -> None:
        self.awake += seconds
        self.total += seconds

    def sleep(self, seconds: float) -> None:
        self.total += seconds

    def clock(self, elapsed_ms: int = 0) -> ExamClock:
        return ExamClock(elapsed_ms, awake=lambda: self.awake, total=lambda: self.total)


class Log:
    """Keeps what a sitting writes; can be full."""

    def __init__(self) -> None:
        self.events: list[ev.Event] = []
        self.pulses: list[int] = []
        self.full = False

    def append(self, event, state) -> None:
        if self.full:
            raise StoreFullError("full")
        self.events.append(event)

    def pulse(self, elapsed_ms: int) -> None:
        self.pulses.append(elapsed_ms)


def rules(**changes) -> Rules:
    return Rules(**({"options": (OPTIONS,) * 3, "picks": (1, 1, 1), "limit_ms": HOUR} | changes))


def live(log: Log, time: FakeTime, events=START, **how) -> LiveSitting:
    return LiveSitting(rules(), events, log, warnings=(30, 5), clock=time.clock(how.pop("at", 0)), **how)


def run(sitting: LiveSitting, time: FakeTime, seconds: float) -> list:
    """Let the time pass in steps as the window does; return all notices."""
    notices = []
    for _ in range(round(seconds * 5)):
        time.work(0.2)
        notices += sitting.tick()
    return notices


def test_time_counts_while_it_runs_and_not_before_or_after():
    time = FakeTime()
    clock = time.clock(1000)
    time.work(4)
    assert clock.elapsed_ms() == 1000
    clock.start()
    time.work(2)
    assert clock.elapsed_ms() == 3000
    clock.stop()
    time.work(4)
    assert clock.elapsed_ms() == 3000


def test_sleep_is_no_exam_time_and_is_told():
    time = FakeTime()
    clock = time.clock()
    clock.start()
    time.work(1)
    time.sleep(600)
    gap = clock.poll()
    assert gap is not None
    assert (gap.cause, gap.gap_ms) == ("sleep", 600_000)
    assert clock.elapsed_ms() == 1000


def test_a_standstill_of_the_program_is_no_exam_time():
    time = FakeTime()
    clock = time.clock()
    clock.start()
    time.work(60)
    assert clock.elapsed_ms() == 0
    gap = clock.poll()
    assert gap is not None
    assert gap.cause == "stall"
    assert clock.elapsed_ms() == 0


@given(st.lists(st.tuples(st.floats(0, 3), st.sampled_from([0.0, 0.0, 1.0, 50.0])), max_size=40))
def test_the_clock_never_goes_back_and_counts_exactly_the_work(steps):
    time = FakeTime()
    clock = time.clock()
    clock.start()
    before = worked = 0.0
    for work, asleep in steps:
        time.work(work)
        time.sleep(asleep)
        worked += work
        clock.poll()
        assert clock.elapsed_ms() >= before
        before = clock.elapsed_ms()
    assert abs(before - worked * 1000) <= 1 + len(steps) * 0.01


def test_the_real_clocks_never_go_back():
    assert awake_seconds() <= awake_seconds()
    assert total_seconds() <= total_seconds()


def test_an_event_is_written_before_it_counts():
    log, time = Log(), FakeTime()
    sitting = live(log, time)
    log.full = True
    with pytest.raises(StoreFullError):
        sitting.do(ev.Answered(item=0, options=("A",)))
    assert sitting.state.items[0].answer == ()
    log.full = False
    assert sitting.do(ev.Answered(item=0, options=("A",)))
    assert sitting.state.items[0].answer == ("A",)


def test_an_illegal_event_is_not_written():
    log, time = Log(), FakeTime()
    sitting = live(log, time)
    written = len(log.events)
    assert not sitting.do(ev.Answered(item=7, options=("A",)))
    assert len(log.events) == written


def test_the_state_is_always_the_fold_of_the_log():
    log, time = Log(), FakeTime()
    sitting = LiveSitting(rules(), [], log, clock=time.clock())
    for event in (
        *START,
        ev.Shown(item=1),
        ev.Answered(item=1, options=("C",)),
        ev.Flagged(item=1),
        ev.Shown(item=2),
    ):
        sitting.do(event)
        time.work(1)
    assert fold_all(rules(), log.events) == sitting.state


def test_warnings_come_once_at_thirty_and_at_five_minutes_and_zero_ends_the_exam():
    log, time = Log(), FakeTime()
    sitting = live(log, time)
    sitting.do(ev.Answered(item=0, options=("A",)))
    notices = run(sitting, time, 3605)
    assert [(notice.kind, notice.minutes) for notice in notices] == [
        ("warning", 30),
        ("warning", 5),
        ("time up", 0),
    ]
    assert sitting.state.stage == "survey"
    assert sitting.state.ended_by == "time"
    assert sitting.state.items[0].answer == ("A",)
    assert sitting.elapsed_ms == HOUR


def test_the_clock_is_written_so_often_that_a_crash_costs_less_than_a_second():
    log, time = Log(), FakeTime()
    sitting = live(log, time)
    run(sitting, time, 10)
    steps = [b - a for a, b in zip(log.pulses, log.pulses[1:], strict=False)]
    assert max(steps) < 1000
    assert PULSE_MS < 1000


def test_after_a_crash_the_clock_goes_on_from_the_last_pulse_and_the_gap_is_noted():
    log, time = Log(), FakeTime()
    ago = (datetime.now(UTC) - timedelta(minutes=3)).isoformat()
    sitting = live(log, time, at=50_000, pulse_ms=50_000, last_seen=ago)
    assert sitting.elapsed_ms == 50_000
    (gap,) = sitting.state.interruptions
    assert gap.cause == "crash"
    assert 179_000 <= gap.gap_ms <= 181_000


def test_a_closed_window_is_told_from_a_crash():
    log, time = Log(), FakeTime()
    sitting = live(log, time, [*START, ev.Left(at_ms=4000)])
    assert sitting.state.interruptions[0].cause == "closed"


@pytest.mark.parametrize("last_seen", ["", "nonsense", (datetime.now(UTC) + timedelta(days=400)).isoformat()])
def test_a_wall_clock_that_was_changed_only_makes_the_length_of_the_gap_unknown(last_seen):
    log, time = Log(), FakeTime()
    sitting = live(log, time, last_seen=last_seen, pulse_ms=7000, at=7000)
    assert sitting.state.interruptions[0].gap_ms == -1
    assert sitting.elapsed_ms == 7000


def test_sleep_during_the_exam_is_an_interruption_and_no_exam_time():
    log, time = Log(), FakeTime()
    sitting = live(log, time)
    run(sitting, time, 2)
    before = sitting.elapsed_ms
    time.sleep(3600)
    notices = sitting.tick()
    assert [notice.kind for notice in notices] == ["gap"]
    assert sitting.elapsed_ms == before
    assert sitting.state.interruptions[-1].cause == "sleep"


def test_a_paused_practice_does_not_tick():
    log, time = Log(), FakeTime()
    sitting = LiveSitting(rules(practice=True), START, log, clock=time.clock())
    sitting.do(ev.Paused())
    run(sitting, time, 100)
    sitting.do(ev.Resumed())
    assert sitting.elapsed_ms == 0

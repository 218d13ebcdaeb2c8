"""A rehearsal that is killed again and again loses no acknowledged answer and no second of the clock."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time

import pytest
from sample_banks import write_bank

from app.exam import events as ev
from app.exam.sitting import fold_all
from app.store.database import Connection, problems
from app.store.sittings import SittingStore

KILLS = 25
CLOCK_MS = 1000


class Candidate:
    """A robot in a process of its own, whose acknowledged actions are read as they come."""

    def __init__(self, data, *, resume: bool) -> None:
        words = [
            sys.executable,
            "-m",
            "app",
            "--data-dir",
            str(data.root),
            "sit",
            "CPC",
            "--form",
            "T",
            "--robot",
            "0.8",
        ]
        words += ["--seed", "7", "--trace", "--json", *(["--resume"] if resume else [])]
        env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        self.process = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env
        )
        self.seen: list[dict] = []
        self.last_at = 0.0
        self.first = threading.Event()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith("}\n"):
                facts = json.loads(line)
                if "answer" in facts:
                    self.seen.append(facts)
                    self.last_at = time.monotonic()
                    self.first.set()
        self.first.set()

    def kill_after(self, delay: float) -> float:
        """Kill the process some time after its first acknowledged action.

        Return the seconds since its last.
        """
        assert self.first.wait(60)
        self.first.clear()
        threading.Event().wait(delay)
        self.process.send_signal(signal.SIGKILL)
        killed = time.monotonic()
        self.process.wait()
        self.reader.join()
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe:
                pipe.close()
        return killed - self.last_at


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_no_kill_costs_an_acknowledged_answer_or_a_second(data, cpc):
    write_bank(data.banks, cpc, form="T")
    dice = random.Random(5)
    resume, kills, acknowledged = False, 0, 0
    before: list[str] = []
    clock_ms = -1.0
    while kills < KILLS:
        candidate = Candidate(data, resume=resume)
        idle_s = candidate.kill_after(dice.uniform(0.0, 0.12))
        if not candidate.seen:
            pytest.fail("the robot came to nothing: " + str(candidate.process.returncode))
        kills += 1
        assert problems(data.database) == ""
        connection = Connection(data)
        sittings = SittingStore(connection)
        number = candidate.seen[-1]["sitting"]
        record = sittings.record(number)
        log = sittings.events(number)
        state = fold_all(record.rules, log)
        pulse_ms, _ = sittings.last_pulse(number)
        connection.close()
        # what was acknowledged at an event is what the log up to that event says: all of it is there
        for facts in candidate.seen:
            assert facts["events"] <= len(log)
            item = fold_all(record.rules, log[: facts["events"]]).items[facts["item"]]
            acknowledged += 1
            assert list(item.answer) == facts["answer"]
            assert item.flagged == facts["flagged"]
            assert sorted(item.struck) == facts["struck"]
        # and nothing of an earlier life was rewritten by a later one
        assert [ev.encode(event) for event in log[: len(before)]] == before
        before = [ev.encode(event) for event in log]
        last = candidate.seen[-1]
        # the clock: never behind the last sign of life by a second, never ahead of the time really worked
        resumed_ms = max(pulse_ms, state.elapsed_ms)
        assert resumed_ms >= last["elapsed_ms"] - CLOCK_MS
        assert resumed_ms <= last["elapsed_ms"] + max(0.0, idle_s) * 1000 + CLOCK_MS
        if resume:
            assert candidate.seen[0]["elapsed_ms"] >= clock_ms - CLOCK_MS
            assert any(gap.cause == "crash" for gap in state.interruptions)
        clock_ms = resumed_ms
        resume = state.stage == "running"
        if not resume:
            before = []
    assert acknowledged > KILLS

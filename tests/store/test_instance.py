"""Two programs never work on one data folder; a killed one leaves no lock behind."""

from __future__ import annotations

import subprocess
import sys

import pytest

from app.errors import AlreadyOpenError
from app.store.instance import InstanceLock

HOLD = """
import sys
from pathlib import Path
from app.paths import DataPaths
from app.store.instance import InstanceLock
lock = InstanceLock(DataPaths(Path(sys.argv[1]))).take()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_holder_is_refused_and_told_who_holds_it(data):
    with InstanceLock(data), pytest.raises(AlreadyOpenError, match="already open"):
        InstanceLock(data).take()


def test_after_release_another_one_can_take_it(data):
    with InstanceLock(data):
        pass
    with InstanceLock(data):
        pass


def test_a_process_that_is_killed_leaves_no_lock(data):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(data.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "held"
    with pytest.raises(AlreadyOpenError, match=str(process.pid)):
        InstanceLock(data).take()
    process.kill()
    process.wait()
    with InstanceLock(data):
        pass
    process.stdout.close()
    if process.stdin:
        process.stdin.close()


def test_a_lock_file_that_is_no_database_is_made_anew(data):
    data.lock.write_text("nonsense" * 1000, encoding="utf-8")
    with InstanceLock(data):
        pass

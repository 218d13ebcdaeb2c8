"""Prints the figures of packaging/bench/README.md.

    .venv/bin/python packaging/bench/figures.py [--items 100000]

Measures ratios in one run on one machine: the first window against a bare PySide6 window, the turn to the
next item, the durable answer; then all of it again with many items in the store. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from sample_banks import item_yaml, write_bank  # noqa: E402

from app.exam import events as ev  # noqa: E402
from app.exam.blueprint import read_blueprint, read_blueprints  # noqa: E402
from app.exam.plan import SittingPlan  # noqa: E402
from app.paths import DataPaths, blueprint_dir  # noqa: E402
from app.store.workspace import Workspace  # noqa: E402

RUNS = 7
PAINT = """
import sys, time
from PySide6.QtCore import QEvent, QObject
class Eye(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(time.clock_gettime(time.CLOCK_MONOTONIC), flush=True)
            import os
            os._exit(0)
        return False
"""
BARE = (
    PAINT
    + """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
eye = Eye()
window.installEventFilter(eye)
window.resize(1200, 800)
window.show()
app.exec()
"""
)
OURS = (
    PAINT
    + """
from pathlib import Path
from app.ui import main_window
made = main_window.MainWindow.__init__
def watched(self, *words):
    made(self, *words)
    self.eye = Eye()
    self.installEventFilter(self.eye)
main_window.MainWindow.__init__ = watched
from app.paths import DataPaths
from app.ui.app import run
run(DataPaths(Path(sys.argv[1])))
"""
)


def first_window(code: str, folder: Path) -> float:
    """Return the seconds from the start of the process to the first paint of its window."""
    began = time.clock_gettime(time.CLOCK_MONOTONIC)
    words = [sys.executable, "-c", code, str(folder)]
    ran = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=True)
    return float(ran.stdout.split()[0]) - began


def compare_windows(folder: Path) -> tuple[float, float]:
    """Return the median seconds to the first paint: bare window, our window, measured in turns."""
    bare, ours = [], []
    for _ in range(RUNS):
        bare.append(first_window(BARE, folder))
        ours.append(first_window(OURS, folder))
    return statistics.median(bare), statistics.median(ours)


def turns(folder: Path) -> dict[str, float]:
    """Return the robot's spread of milliseconds from Next to the painted next item."""
    words = [
        sys.executable,
        "-m",
        "app",
        "--data-dir",
        str(folder),
        "sit",
        "CPC",
        "--form",
        "T",
        "--robot",
        "0.8",
    ]
    ran = subprocess.run(
        [*words, "--seed", "7", "--json"], capture_output=True, text=True, cwd=ROOT, check=True
    )
    return json.loads(ran.stdout)["turn_ms"]


def durable_answers(folder: Path, count: int = 300) -> list[float]:
    """Return the milliseconds that each of many answers took until it was on disk."""
    workspace = Workspace(DataPaths(folder), read_blueprints(blueprint_dir())[0])
    sitting = workspace.begin(SittingPlan("cpc", form="T"))
    record, live = workspace.take_up(sitting)
    for event in (ev.Admitted(candidate="Bench"), ev.Agreed(), ev.Started()):
        live.do(event)
    times = []
    for n in range(count):
        item = n % 100
        options = record.form.items[item].options
        began = time.perf_counter()
        live.do(ev.Answered(item=item, options=(options[n // 100 % 4],)))
        times.append((time.perf_counter() - began) * 1000)
    workspace.close()
    return times


def fill(folder: Path, items: int) -> float:
    """Put so many items into the store; return the seconds that it took."""
    banks = folder / "banks"
    blueprint = read_blueprint(blueprint_dir() / "cpc.toml")
    sections = [section.id for section in blueprint.sections]
    part = 10_000
    for start in range(0, items, part):
        head = f"bank: bulk-{start}\ntitle: Bulk\ncode_year: 2026\nitems:\n"
        body = "".join(
            item_yaml(f"bulk-{n:06}", {"cpc": sections[n % len(sections)]})
            for n in range(start, min(items, start + part))
        )
        (banks / f"bulk-{start}.yaml").write_text(head + body, encoding="utf-8")
    workspace = Workspace(DataPaths(folder), read_blueprints(blueprint_dir())[0])
    began = time.perf_counter()
    errors = workspace.load_banks()
    took = time.perf_counter() - began
    workspace.close()
    assert not errors, errors
    return took


def report(title: str, folder: Path) -> dict[str, float]:
    """Measure and print one row of figures."""
    bare, ours = compare_windows(folder)
    turn = turns(folder)
    answers = durable_answers(folder)
    figures = {
        "bare window s": bare,
        "first window s": ours,
        "ratio": ours / bare,
        "turn median ms": turn["median"],
        "turn p99 ms": turn["p99"],
        "answer median ms": statistics.median(answers),
        "answer p99 ms": sorted(answers)[int(len(answers) * 0.99)],
    }
    print(f"| {title} | " + " | ".join(f"{value:.2f}" for value in figures.values()) + " |")
    return figures


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100_000)
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_bank(folder / "banks", read_blueprint(blueprint_dir() / "cpc.toml"), form="T")
        fill(folder, 0)
        print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores\n")
        names = [
            "first window, bare (s)",
            "first window, Openbook (s)",
            "ratio",
            "turn, median (ms)",
            "turn, 99 % (ms)",
        ]
        names += ["durable answer, median (ms)", "durable answer, 99 % (ms)"]
        print("| items in the store | " + " | ".join(names) + " |")
        print("|---" * (len(names) + 1) + "|")
        small = report("200", folder)
        took = fill(folder, chosen.items)
        large = report(f"{chosen.items:,}", folder)
        print(f"\nReading {chosen.items:,} items took {took:.1f} s. Against the small store: ", end="")
        print(
            ", ".join(
                f"{name} {large[name] / small[name]:.2f}x"
                for name in ("ratio", "turn p99 ms", "answer median ms")
            )
        )


if __name__ == "__main__":
    main()

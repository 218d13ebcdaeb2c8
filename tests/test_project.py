"""The papers of the project tell the truth: commands run, files exist, nothing forbidden is in the tree."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def tracked() -> list[Path]:
    """Return the files of the project, without those that git leaves out."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_the_readme_begins_with_the_two_commands():
    first = re.search(r"```sh\n(.*?)```", README, re.DOTALL)
    assert first is not None
    assert [line.split("#")[0].strip() for line in first[1].strip().splitlines()] == ["make run", "make test"]
    assert README.index("make run") < 40


def test_every_command_of_the_readme_exists(data):
    commands = re.findall(r"^\| `openbook ([a-z ]+)", README, re.MULTILINE)
    assert {"exams", "bank check", "bank list", "attempts", "doctor"} <= {
        command.strip() for command in commands
    }
    for command in commands:
        words = [word for word in command.split() if word.islower()]
        assert CliRunner().invoke(main, ["--data-dir", str(data.root), *words, "--help"]).exit_code == 0


def test_every_file_that_the_readme_names_is_there():
    named = re.findall(r"\]\(([^)]+)\)", README) + re.findall(
        r"`((?:packaging|banks|app|resources)/[\w./-]*)`", README
    )
    assert named
    assert [name for name in named if not (ROOT / name).exists() and name != "banks/"] == []


def test_every_dependency_has_its_reason_in_the_readme():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = re.findall(r'^    "([A-Za-z0-9_-]+)~=', project, re.MULTILINE)
    assert len(names) > 10
    known = README.lower()
    assert [name for name in names if name.lower() not in known and not name.startswith("types-")] == []


def test_no_file_names_a_package_registry():
    hosts = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "conda" + ".anaconda"]
    found = [
        path.name
        for path in tracked()
        if path.suffix not in (".png", ".svg")
        for host in hosts
        if host in path.read_text(encoding="utf-8", errors="replace")
    ]
    assert found == []


def test_the_lock_pins_every_package_with_hashes():
    lock = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9][\w.-]*(?:\[[\w,]+\])?==", lock, re.MULTILINE | re.IGNORECASE)
    assert len(pins) > 20
    assert lock.count("--hash=sha256:") >= len(pins)

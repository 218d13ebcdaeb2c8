"""The robot candidate sits a whole form through the real program, as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from sample_banks import write_bank


def openbook(data, *words, timeout=180):
    """Run the command offscreen and return what came out."""
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-m", "app", "--data-dir", str(data.root), *words],
        capture_output=True,
        text=True,
        env=env,
        timeout=timeout,
        check=False,
    )


@pytest.mark.parametrize("share", [0.8, 0.0, 1.0])
def test_a_whole_rehearsal_from_the_home_page_to_the_report(data, cpc, tmp_path, share):
    write_bank(data.banks, cpc, form="T")
    shots = tmp_path / "shots"
    ran = openbook(
        data,
        "sit",
        "CPC",
        "--form",
        "T",
        "--robot",
        str(share),
        "--seed",
        "7",
        "--shots",
        str(shots),
        "--json",
    )
    assert ran.returncode == 0, ran.stderr
    result = json.loads(ran.stdout)
    assert (result["exam"], result["form"], result["seed"], result["items"], result["answered"]) == (
        "cpc", "T", 7, 100, 100
    )  # fmt: skip
    assert {"correct", "passed", "score", "events", "elapsed_s", "turn_ms", "attempt"} <= set(result)
    assert result["passed"] == (result["correct"] >= 70)
    assert sum(part["earned"] for part in result["sections"]) == result["correct"]
    if share in (0.0, 1.0):
        assert result["correct"] == 100 * share
    kinds = {path.name[3:-4] for path in shots.glob("*.png")}
    seen = "home setup check-in agreement tutorial item item-case item-multiple item-note-highlight"
    seen += " navigator keys review ask-end survey report report-questions settings about"
    assert set(seen.split()) <= kinds
    assert len(result["shots"]) == len(list(shots.glob("*.png")))
    listed = json.loads(openbook(data, "attempts", "--json").stdout)
    assert (listed[0]["id"], listed[0]["earned"], listed[0]["stage"]) == (
        result["attempt"],
        result["correct"],
        "done",
    )


def test_the_same_seed_and_share_give_the_same_sitting(data, cpc):
    write_bank(data.banks, cpc, form="T")
    words = ("sit", "CPC", "--form", "T", "--robot", "0.7", "--seed", "3", "--json")
    one, two = (json.loads(openbook(data, *words).stdout) for _ in range(2))
    for fact in ("correct", "events", "score", "passed"):
        assert one[fact] == two[fact]


def test_an_exam_that_goes_forward_only_can_be_sat(data, forward):
    write_bank(data.banks, forward, form="T")
    ran = openbook(data, "sit", "cca-forward", "--form", "T", "--robot", "0.9", "--seed", "2", "--json")
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["items"] == 105


def test_the_shipped_form_a_can_be_sat(data):
    ran = openbook(data, "sit", "CPC", "--form", "A", "--robot", "1", "--seed", "1", "--json")
    assert ran.returncode == 0, ran.stderr
    result = json.loads(ran.stdout)
    assert (result["items"], result["correct"], result["passed"]) == (100, 100, True)


def test_a_form_that_does_not_exist_is_told(data, cpc):
    write_bank(data.banks, cpc, form="T")
    ran = openbook(data, "sit", "CPC", "--form", "Q", "--robot", "1")
    assert ran.returncode == 1
    assert "no form 'Q'" in ran.stderr

"""``openbook bank check``: each rule of banks/README.md has a bank that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_banks import bank_yaml, item_yaml

from app.bank.check import check_files, statistics
from app.bank.read import read_text
from app.bank.tabular import InstalledTabularList, conflicts, ranges, within

HEAD = "bank: t\ntitle: T\ncode_year: 2026\nitems:\n"
GOOD = item_yaml("t-001", {"cpc": "hcpcs"})
SECTIONS = {"cpc": {"hcpcs": 1}}


@pytest.fixture(scope="module")
def tabular() -> InstalledTabularList:
    return InstalledTabularList()


def problems(tmp_path: Path, text: str, tabular=None, sections=None) -> list[str]:
    """Return what the check says about a bank, errors and warnings."""
    path = tmp_path / "t.yaml"
    path.write_text(text, encoding="utf-8")
    return [str(found) for found in check_files([path], sections or SECTIONS, tabular)]


def test_a_good_item_passes(tmp_path, tabular):
    assert problems(tmp_path, HEAD + GOOD, tabular) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("id: t-001\n", "id: T 001\n", "an id is"),
        ("cpc: hcpcs", "cpc: dentistry", "no section 'dentistry'"),
        ("cpc: hcpcs", "abc: hcpcs", "no exam 'abc'"),
        ("key: A", "key: Z", "does not exist"),
        ("key: A", "key: [A, B]", "exactly one option"),
        ("text: t-001 answer B", "text: t-001 answer C", "two options say the same"),
        ("text: t-001 answer B", "text: All of the above", "stand for itself"),
        ("text: t-001 answer B", "text: A and C", "stand for itself"),
        ("        mistake: mistake B of t-001\n", "", "which mistake"),
        (
            "text: t-001 answer A\n",
            "text: t-001 answer A\n        mistake: oh\n",
            "is the key and names a mistake",
        ),
        ("reason0 reason1 ", "", None),
        ("[[cpt:11402]]", "[[cpt:114]]", "does not look like a code"),
        ("[[cpt:11402]]", "[[web:11402]]", "no links of the kind 'web'"),
        ("[[cpt:11402]]", "[[cm:E11.4]]", "E11.4 is not a complete"),
        ("[[cpt:11402]]", "[[cm:S52.501]]", "S52.501 is not a complete"),
        ("text: t-001 answer A", "text: 11402, E11.4", "E11.4 is not a complete"),
        ("text: t-001 answer A", "text: E11.9, E10.9", "Excludes1"),
        ("      blind: agree\n", "      blind: pending\n", "not been solved blind"),
        ("t-001word11?", "t-001word11. Which is not true?", "**NOT**"),
        ("    stem:", "    case: nowhere\n    stem:", "no case 'nowhere'"),
        (
            "      - id: D\n        text: t-001 answer D\n        mistake: mistake D of t-001\n",
            "",
            "has 3 options",
        ),
    ],
)
def test_a_broken_rule_is_found(tmp_path, tabular, old, new, says):
    assert old in GOOD
    found = problems(tmp_path, HEAD + GOOD.replace(old, new), tabular)
    if says is None:
        assert found == []
    else:
        assert any(says in line for line in found), found
        assert all("t.yaml:" in line for line in found)


def test_a_short_rationale_is_found(tmp_path):
    text = GOOD.replace(" ".join(f"reason{n}" for n in range(30)), "Because.")
    assert any("rationale" in line for line in problems(tmp_path, HEAD + text))


def test_the_same_id_in_two_banks_is_found(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(
            HEAD.replace("bank: t", f"bank: {name}") + GOOD, encoding="utf-8"
        )
    found = check_files([tmp_path / "a.yaml", tmp_path / "b.yaml"], SECTIONS, None)
    assert any("already used in bank 'a'" in line.problem for line in found)
    assert any("nearly the same" in line.problem for line in found)


def test_a_near_duplicate_stem_is_found(tmp_path):
    twin = GOOD.replace("id: t-001", "id: t-002").replace("t-001word3", "other")
    assert any("nearly the same as item t-001" in line for line in problems(tmp_path, HEAD + GOOD + twin))


def test_a_form_with_wrong_counts_or_items_is_found(tmp_path):
    forms = "forms:\n  - exam: cpc\n    form: A\n    items: [t-001, t-001, ghost]\n"
    found = problems(tmp_path, HEAD.replace("items:\n", forms + "items:\n") + GOOD)
    assert any("does not hold: ghost" in line for line in found)
    assert any("twice" in line for line in found)
    assert any("section hcpcs has 2 items, not 1" in line for line in found)


def test_the_statistics_of_a_whole_form_are_judged(tmp_path, cpc):
    sections = {"cpc": {section.id: section.items for section in cpc.sections}}
    text = bank_yaml(cpc, multiple=0, cases=10)
    one_letter = text.replace("key: B", "key: A").replace("key: C", "key: A").replace("key: D", "key: A")
    assert any("key stands at A in 100 %" in line for line in problems(tmp_path, one_letter, None, sections))
    assert any("easy items are 0 %" in line for line in problems(tmp_path, text, None, sections))
    few = bank_yaml(cpc, multiple=0, cases=3)
    assert any("only 3 items on full notes" in line for line in problems(tmp_path, few, None, sections))


def test_statistics_count_letters_and_longest_keys(cpc):
    bank, _ = read_text(bank_yaml(cpc, multiple=0), Path("x.yaml"))
    found = statistics(bank.items)
    assert found.keys == {"A": 25, "B": 25, "C": 25, "D": 25}
    assert found.longest == 0


def test_unreadable_files_are_findings_too(tmp_path):
    assert any("YAML" in line for line in problems(tmp_path, "bank: ["))


def test_the_ranges_of_a_tabular_note_are_understood():
    assert ranges("chronic (J44.-), acute (J20.0-J21.9, J22)") == [
        ("J44", "J44"),
        ("J20.0", "J21.9"),
        ("J22", "J22"),
    ]
    assert within("J20.8", "J20.0", "J21.9")
    assert within("J21.9", "J20.0", "J21.9")
    assert not within("J22", "J20.0", "J21.9")


def test_excludes1_is_found_in_either_direction_and_above(tabular):
    assert conflicts(["E11.9", "E10.9"], tabular)
    assert conflicts(["I10", "E11.9"], tabular) == []
    assert tabular.is_complete("C44.319")
    assert not tabular.is_complete("C44.31")
    assert not tabular.is_complete("Z99.999")

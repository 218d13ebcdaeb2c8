"""Bank files: what is right is read as written; what is wrong is told with file, line and item."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_banks import bank_yaml, item_yaml

from app.bank.read import read_file, read_text
from app.errors import BankError

PATH = Path("banks/test.yaml")
HEAD = "bank: t\ntitle: T\ncode_year: 2026\nitems:\n"
ONE = HEAD + item_yaml("t-001", {"cpc": "hcpcs"}, key="B")


def test_an_item_is_read_as_its_author_wrote_it():
    bank, source = read_text(ONE.replace("text: t-001 answer A", "text: 0012"), PATH)
    (item,) = bank.items
    assert item.key == ("B",)
    assert item.options[0].text == "0012"
    assert item.option("A").mistake
    assert source.line("items", 0, "stem") == ONE.splitlines().index("    stem: |") + 1


def test_a_whole_sample_bank_is_read(cpc):
    bank, _ = read_text(bank_yaml(cpc), PATH)
    assert len(bank.items) == 100
    assert bank.case_of(bank.items[-10]) is not None


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("bank: [", 2, "YAML"),
        ("", 1, "mapping"),
        ("- a\n- b\n", 1, "mapping"),
        (HEAD.replace("title: T\n", "") + item_yaml("t-001", {"cpc": "hcpcs"}), 1, "title"),
        (ONE.replace("difficulty: medium", "difficulty: middling"), None, "difficulty"),
        (ONE.replace("type: single", "typ: single"), None, "typ"),
        (ONE.replace("code_year: 2026", "code_year: next"), 3, "code_year"),
        (ONE + "bank: again\n", None, "stands twice"),
        (HEAD + "  - &a\n    id: x\n  - *a\n", None, "anchors"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, line: int | None, says: str):
    with pytest.raises(BankError) as caught:
        read_text(text, PATH)
    assert says in str(caught.value)
    assert "test.yaml" in str(caught.value)
    if line is not None:
        assert caught.value.line == line


def test_the_item_with_the_mistake_is_named():
    text = ONE + item_yaml("t-002", {"cpc": "hcpcs"}).replace("type: single", "type: simple")
    with pytest.raises(BankError) as caught:
        read_text(text, PATH)
    assert caught.value.item == "t-002"
    assert caught.value.line == text.splitlines().index("    type: simple") + 1


def test_files_that_are_no_text_or_not_there_are_refused(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"bank: \xff\xfe")
    with pytest.raises(BankError, match="UTF-8"):
        read_file(path)
    with pytest.raises(BankError, match="cannot be opened"):
        read_file(tmp_path / "none.yaml")


def test_a_bank_nested_without_end_is_refused():
    with pytest.raises(BankError):
        read_text("bank: " + "[" * 20_000, PATH)


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_fail_otherwise_than_by_a_bank_error(text):
    with suppress(BankError):
        read_text(text, PATH)


@given(st.integers(0, len(ONE)))
def test_a_bank_cut_off_anywhere_is_read_or_refused_in_words(cut):
    with suppress(BankError):
        read_text(ONE[:cut], PATH)

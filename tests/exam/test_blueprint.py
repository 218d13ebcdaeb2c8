"""Blueprints: the shipped ones are what exams.md says; a wrong one is refused with file, key and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import BlueprintError
from app.exam.blueprint import read_blueprint, read_blueprints
from app.paths import blueprint_dir

CPC = (blueprint_dir() / "cpc.toml").read_text(encoding="utf-8")


def test_the_shipped_blueprints_are_all_usable_and_in_home_page_order():
    found, errors = read_blueprints(blueprint_dir())
    assert errors == []
    assert next(iter(found)) == "cpc"
    assert {"cpc", "cic", "ccs", "cca", "cca-forward"} <= set(found)


@pytest.mark.parametrize(
    ("exam", "items", "scored", "minutes"),
    [("cpc", 100, 100, 240), ("cic", 47, 47, 240), ("ccs", 107, 97, 240), ("cca", 105, 90, 120)],
)
def test_a_shipped_blueprint_has_the_size_of_the_real_exam(exam: str, items: int, scored: int, minutes: int):
    blueprint = read_blueprint(blueprint_dir() / f"{exam}.toml")
    assert (blueprint.items, blueprint.scored, blueprint.minutes) == (items, scored, minutes)
    assert sum(section.items for section in blueprint.sections) == items
    assert blueprint.agreement.strip()
    assert all(source.checked for source in blueprint.sources)


def test_the_cpc_sections_have_the_published_counts(cpc):
    assert [section.items for section in cpc.sections] == [
        6,
        6,
        6,
        6,
        6,
        6,
        6,
        4,
        6,
        6,
        6,
        4,
        4,
        5,
        3,
        7,
        3,
        10,
    ]
    assert cpc.passing.kind == "raw"
    assert cpc.passing.cut == 70


def test_the_forward_only_variant_forbids_going_back_flagging_and_review(forward):
    rules = forward.navigation
    assert (rules.back, rules.flag, rules.review_screen) == (False, False, False)
    assert forward.variant_of == "cca"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("scored = 100", "scored = 99", "sections"),
        ("minutes = 240", "minutes = 0", "minutes"),
        ("cut = 70", "cut = 170", "passing.cut"),
        ('id = "cpc"', 'id = "C P C"', "id"),
        ("warnings = [30, 5]", "warnings = [300]", "warnings"),
        ('id = "surgery-20000"', 'id = "surgery-10000"', "sections"),
        ("minutes = 240", 'minutes = "four hours"', "minutes"),
        ('kind = "raw"', 'kind = "guess"', "passing.kind"),
        ("minutes = 240\n", "", "minutes"),
        ("minutes = 240\n", "minutes = 240\nminuets = 3\n", ""),
    ],
)
def test_a_blueprint_with_a_mistake_is_refused_with_file_and_key(
    tmp_path: Path, old: str, new: str, key: str
):
    path = tmp_path / "wrong.toml"
    assert old in CPC
    path.write_text(CPC.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BlueprintError) as caught:
        read_blueprint(path)
    assert "wrong.toml" in str(caught.value)
    assert key in caught.value.key
    assert caught.value.problem


@pytest.mark.parametrize("content", [b"id = ", b"\xff\xfe", b""])
def test_a_file_that_is_no_blueprint_is_refused(tmp_path: Path, content: bytes):
    path = tmp_path / "torn.toml"
    path.write_bytes(content)
    with pytest.raises(BlueprintError):
        read_blueprint(path)


def test_one_bad_blueprint_does_not_hide_the_others(tmp_path: Path):
    (tmp_path / "good.toml").write_text(CPC, encoding="utf-8")
    (tmp_path / "twin.toml").write_text(CPC, encoding="utf-8")
    (tmp_path / "bad.toml").write_text("id = ", encoding="utf-8")
    found, errors = read_blueprints(tmp_path)
    assert list(found) == ["cpc"]
    assert len(errors) == 2

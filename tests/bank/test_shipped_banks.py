"""The banks that come with the program pass their own check, and the README's examples are real."""

from __future__ import annotations

import re

from app.bank.check import check_files, statistics
from app.bank.read import bank_files, read_file, read_text
from app.bank.tabular import InstalledTabularList
from app.exam.blueprint import read_blueprints
from app.paths import blueprint_dir, shipped_bank_dir


def test_every_shipped_bank_passes_the_check():
    blueprints, _ = read_blueprints(blueprint_dir())
    sections = {exam: {part.id: part.items for part in each.sections} for exam, each in blueprints.items()}
    findings = check_files(bank_files(shipped_bank_dir()), sections, InstalledTabularList())
    assert [str(found) for found in findings if found.severity == "error"] == []


def test_form_a_of_the_cpc_has_a_hundred_items_and_the_quality_page_says_which_await_a_blind_solver():
    bank, _ = read_file(shipped_bank_dir() / "cpc-a.yaml")
    assert len(bank.items) == 100
    assert [form.form for form in bank.forms] == ["A"]
    pending = sum(item.checked.blind == "pending" for item in bank.items)
    quality = (shipped_bank_dir() / "QUALITY.md").read_text(encoding="utf-8")
    assert f"solved blind: {100 - pending} of 100" in quality
    assert all(
        item.checked.solvers >= 1 and item.checked.date
        for item in bank.items
        if item.checked.blind != "pending"
    )
    assert statistics(bank.items).cases >= 10


def test_the_examples_of_the_readme_are_banks_that_pass_the_check(tmp_path):
    blueprints, _ = read_blueprints(blueprint_dir())
    sections = {exam: {part.id: part.items for part in each.sections} for exam, each in blueprints.items()}
    readme = shipped_bank_dir() / "README.md"
    examples = re.findall(r"```yaml\n(.*?)```", readme.read_text(encoding="utf-8"), re.DOTALL)
    kinds = set()
    for number, example in enumerate(examples):
        (tmp_path / f"{number}.yaml").write_text(example, encoding="utf-8")
        bank, _ = read_text(example, readme)
        kinds |= {item.type for item in bank.items} | ({"case"} if bank.cases else set())
    assert kinds == {"single", "multiple", "coded", "case"}
    findings = check_files(bank_files(tmp_path), sections, InstalledTabularList())
    assert [str(found) for found in findings if found.severity == "error"] == []

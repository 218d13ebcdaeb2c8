"""Makes small and large banks for the tests, as text files like an author's."""

from __future__ import annotations

from pathlib import Path

from app.exam.blueprint import Blueprint

LETTERS = "ABCD"


def item_yaml(
    item: str,
    domains: dict[str, str],
    *,
    key: str = "A",
    kind: str = "single",
    case: str = "",
    pretest: bool = False,
) -> str:
    """Return one item as YAML, with a stem that no other item shares."""
    keys = f"[{', '.join(key)}]" if kind == "multiple" else key
    options = "".join(
        f"      - id: {letter}\n        text: {item} answer {letter}\n"
        + ("" if letter in key else f"        mistake: mistake {letter} of {item}\n")
        for letter in LETTERS
    )
    words = " ".join(f"{item}word{n}" for n in range(12))
    return (
        f"  - id: {item}\n    type: {kind}\n    difficulty: medium\n    domains:\n"
        + "".join(f"      {exam}: {section}\n" for exam, section in domains.items())
        + (f"    case: {case}\n" if case else "")
        + ("    pretest: true\n" if pretest else "")
        + f"    stem: |\n      Stem of {item}: {words}?\n    options:\n{options}    key: {keys}\n"
        + f"    rationale: |\n      {' '.join(f'reason{n}' for n in range(30))} [[cpt:11402]]\n"
        + "    checked:\n      blind: agree\n      solvers: 1\n"
    )


def bank_yaml(
    blueprint: Blueprint,
    *,
    bank: str = "sample",
    per_section: dict[str, int] | None = None,
    form: str = "A",
    multiple: int = 2,
    cases: int = 4,
) -> str:
    """Return a bank that fills a whole form of the blueprint (or ``per_section``), with a fixed form."""
    counts = per_section or {section.id: section.items for section in blueprint.sections}
    ids: list[str] = []
    parts: list[str] = []
    for section, count in counts.items():
        for n in range(count):
            item = f"{bank}-{section}-{n + 1:03}"
            number = len(ids)
            key = LETTERS[number % 4]
            several = number < multiple
            in_case = f"{bank}-case" if section == blueprint.sections[-1].id and n < cases else ""
            parts.append(
                item_yaml(
                    item,
                    {blueprint.id: section},
                    key="".join(sorted({key, LETTERS[(number + 1) % 4]})) if several else key,
                    kind="multiple" if several else "single",
                    case=in_case,
                )
            )
            ids.append(item)
    note = "\n".join(f"      Line {n} of a long record with findings and counts." for n in range(60))
    head = f"bank: {bank}\ntitle: Sample\ncode_year: 2026\n"
    if per_section is None and form:
        head += f"forms:\n  - exam: {blueprint.id}\n    form: {form}\n    items:\n"
        head += "".join(f"      - {item}\n" for item in ids)
    head += f"cases:\n  - id: {bank}-case\n    title: Operative report\n    note: |\n{note}\n"
    return f"{head}items:\n{''.join(parts)}"


def write_bank(folder: Path, blueprint: Blueprint, name: str = "sample", **how: object) -> Path:
    """Write a sample bank into the folder and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.yaml"
    path.write_text(bank_yaml(blueprint, bank=name, **how), encoding="utf-8")  # type: ignore[arg-type]
    return path

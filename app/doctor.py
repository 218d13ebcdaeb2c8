"""What ``openbook doctor`` says: places, versions, and whether the data are sound. Changes nothing."""

from __future__ import annotations

import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from app import __version__, settings
from app.bank.read import bank_files, read_file
from app.errors import BankError
from app.exam.blueprint import read_blueprints
from app.paths import DataPaths, blueprint_dir, shipped_bank_dir
from app.store.backup import backups
from app.store.database import problems


def examine(paths: DataPaths) -> tuple[dict[str, Any], list[str]]:
    """Return facts by name, and what is wrong in words for the user (empty: nothing)."""
    troubles: list[str] = []
    blueprints, blueprint_errors = read_blueprints(blueprint_dir())
    troubles += [str(error) for error in blueprint_errors]
    _, settings_error = settings.load(paths.settings)
    if settings_error:
        troubles.append(str(settings_error))
    database = "none yet"
    if paths.database.exists():
        found = problems(paths.database)
        database = found or "sound"
        if found:
            troubles.append(
                f"{paths.database}: the database is damaged ({found}). Open the program; it offers the last "
                f"backup."
            )
    banks = 0
    for path in bank_files(shipped_bank_dir(), paths.banks):
        try:
            banks += len(read_file(path)[0].items)
        except BankError as error:
            troubles.append(str(error))
    facts = {
        "openbook": __version__,
        "python": platform.python_version(),
        "pyside6": _version("PySide6_Essentials"),
        "sqlite": sqlite3.sqlite_version,
        "system": platform.platform(),
        "data folder": str(paths.root),
        "database": f"{paths.database} ({database})",
        "backups": ", ".join(path.name for path in backups(paths)) or "none yet",
        "settings": str(paths.settings),
        "your banks": str(paths.banks),
        "program banks": str(shipped_bank_dir()),
        "exams": ", ".join(blueprints),
        "items in banks": banks,
    }
    return facts, troubles


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"

"""Where things are: the data folder of the user, and the files shipped with the program."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

APP_NAME = "Openbook"


@dataclass(frozen=True, slots=True)
class DataPaths:
    """The places inside one data folder. Nothing is created until ``make`` is called."""

    root: Path

    @property
    def database(self) -> Path:
        """The user's SQLite store."""
        return self.root / "openbook.db"

    @property
    def settings(self) -> Path:
        """The settings file (TOML)."""
        return self.root / "settings.toml"

    @property
    def banks(self) -> Path:
        """The user's own bank files, read beside the shipped ones."""
        return self.root / "banks"

    @property
    def backups(self) -> Path:
        """The automatic backups of the store."""
        return self.root / "backups"

    @property
    def damaged(self) -> Path:
        """Where damaged files are set aside; never emptied by the program."""
        return self.root / "damaged"

    @property
    def lock(self) -> Path:
        """The file whose lock says that an Openbook works on this folder."""
        return self.root / "instance.lock"

    def make(self) -> DataPaths:
        """Return self after creating the folder."""
        self.root.mkdir(parents=True, exist_ok=True)
        return self


def default_data_dir() -> Path:
    """Return the folder for user data that the operating system provides."""
    import appdirs

    return Path(appdirs.user_data_dir(APP_NAME, appauthor=False))


def shipped_root() -> Path:
    """Return the folder that holds ``resources`` and ``banks``: bundle, installed wheel or checkout."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle:
        return Path(bundle)
    package = Path(__file__).resolve().parent
    installed = package / "data"
    return installed if installed.is_dir() else package.parent


def blueprint_dir() -> Path:
    """Return the folder of the blueprints."""
    return shipped_root() / "resources" / "blueprints"


def shipped_bank_dir() -> Path:
    """Return the folder of the banks that come with the program."""
    return shipped_root() / "banks"

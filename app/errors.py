"""The errors that Openbook tells the user: what happened, where, and what to do next."""

from __future__ import annotations

from pathlib import Path


class OpenbookError(Exception):
    """Something the user must hear of, in words made for the user.

    Attributes:
        problem: what happened, one sentence.
        where: the file, item or key concerned, if any.
        todo: what is safe and what to do next, one sentence.
    """

    def __init__(self, problem: str, *, where: str = "", todo: str = "") -> None:
        self.problem = problem
        self.where = where
        self.todo = todo
        super().__init__(self.__str__())

    def __str__(self) -> str:
        text = f"{self.where}: {self.problem}" if self.where else self.problem
        return f"{text} {self.todo}" if self.todo else text


class DataFileError(OpenbookError):
    """A text file of ours or of the user's (bank, blueprint, settings) that cannot be used as it is."""

    def __init__(
        self, path: Path | str, problem: str, *, line: int | None = None, key: str = "", todo: str = ""
    ) -> None:
        self.path = Path(path)
        self.line = line
        self.key = key
        place = f"{path}:{line}" if line is not None else str(path)
        super().__init__(problem, where=f"{place}: {key}" if key else place, todo=todo)


class BankError(DataFileError):
    """A bank file with a mistake; says file, line and item."""

    def __init__(
        self, path: Path | str, problem: str, *, line: int | None = None, item: str = "", todo: str = ""
    ) -> None:
        self.item = item
        super().__init__(path, problem, line=line, key=f"item {item}" if item else "", todo=todo)


class BlueprintError(DataFileError):
    """A blueprint with a mistake; says file, key and reason."""


class SettingsError(DataFileError):
    """A settings file that cannot be read; the program starts with the defaults."""


class StoreError(OpenbookError):
    """The user's database could not do what was asked."""


class StoreDamagedError(StoreError):
    """The database file is damaged. It has not been changed."""


class StoreNewerError(StoreError):
    """The database was written by a newer Openbook."""


class StoreFullError(StoreError):
    """The disk is full: what was just asked was not written."""


class StoreBusyError(StoreError):
    """Another program holds the database."""


class AlreadyOpenError(OpenbookError):
    """Another Openbook works on the same data folder."""


class FormError(OpenbookError):
    """The banks cannot fill the form that was asked for."""

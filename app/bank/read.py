"""Reads bank files (YAML) into banks, with the line of every mistake.

YAML is read with all scalars as text, so that 99213 or NO stay what the author wrote; the model turns them
into numbers where it wants numbers. Anchors and aliases are refused: they let a small file grow without
bounds.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import yaml

from app.bank.model import Bank, Case, Item
from app.errors import BankError

MAX_BYTES = 64 * 1024 * 1024
_PATH_STEP = re.compile(r"\.([A-Za-z_]\w*)|\[(\d+|\.\.\.)\]")
Lines = dict[tuple[str | int, ...], int]
"""Line (1-based) of each place in a document, by its path of keys and positions."""


class SourceLines:
    """Knows at which line of the bank file a place, an item or a case stands."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def line(self, *path: str | int) -> int:
        """Return the line of the nearest known place at or above ``path``."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)


def read_text(text: str, path: Path) -> tuple[Bank, SourceLines]:
    """Return the bank in ``text`` and its line index. Raises BankError with line and item."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    lines: Lines = {}
    try:
        _refuse_aliases(text, path, loader)
        root = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        raise BankError(path, f"is not readable YAML: {error.problem or error}", line=line) from error
    except yaml.YAMLError as error:
        raise BankError(path, f"is not readable YAML: {error}") from error
    except RecursionError as error:
        raise BankError(path, "is nested too deeply to be a bank") from error
    if not isinstance(root, yaml.MappingNode):
        raise BankError(path, "must be a mapping that starts with 'bank:'", line=1)
    data = _plain(root, (), lines, path)
    source = SourceLines(lines)
    _accept_single_key(data)
    try:
        bank = msgspec.convert(data, Bank, strict=False)
    except msgspec.ValidationError as error:
        raise _located(error, data, source, path) from error
    return bank, source


def read_file(path: Path) -> tuple[Bank, SourceLines]:
    """Return the bank in the file and its line index. Raises BankError."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BankError(path, f"is larger than {MAX_BYTES // 2**20} MB, too large for a bank")
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BankError(path, f"is not UTF-8 text (byte {error.start})", todo="Save it as UTF-8.") from error
    except OSError as error:
        raise BankError(path, f"cannot be opened: {error.strerror}") from error
    return read_text(text, path)


def bank_files(*folders: Path) -> list[Path]:
    """Return the bank files in the folders, by name."""
    return sorted(path for folder in folders if folder.is_dir() for path in folder.glob("*.yaml"))


def cases_by_id(bank: Bank) -> dict[str, Case]:
    """Return the bank's shared records by id."""
    return {case.id: case for case in bank.cases}


def items_by_id(bank: Bank) -> dict[str, Item]:
    """Return the bank's items by id."""
    return {item.id: item for item in bank.items}


def _refuse_aliases(text: str, path: Path, loader: Any) -> None:
    if "*" not in text and "&" not in text:
        return
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            mark = event.start_mark
            line = mark.line + 1 if mark else None
            raise BankError(path, "YAML anchors and aliases are not allowed", line=line)


def _plain(node: yaml.Node, place: tuple[str | int, ...], lines: Lines, path: Path) -> Any:
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key, line = key_node.value, key_node.start_mark.line + 1
            if not isinstance(key, str):
                raise BankError(path, "a key must be plain text", line=line)
            if key in mapping:
                raise BankError(path, f"the key '{key}' stands twice", line=line)
            mapping[key] = _plain(value_node, (*place, key), lines, path)
            lines[(*place, key)] = line
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*place, n), lines, path) for n, child in enumerate(node.value)]
    return node.value.strip("\n") if isinstance(node.value, str) else node.value


def _accept_single_key(data: dict[str, Any]) -> None:
    """Let authors write ``key: B`` for ``key: [B]``."""
    items = data.get("items")
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict) and isinstance(item.get("key"), str):
            item["key"] = [item["key"]]


def _located(
    error: msgspec.ValidationError, data: dict[str, Any], source: SourceLines, path: Path
) -> BankError:
    message, _, where = str(error).partition(" - at `$")
    steps: list[str | int] = []
    for name, index in _PATH_STEP.findall(where.rstrip("`")):
        if index == "...":
            break
        steps.append(int(index) if index else name)
    item = ""
    if len(steps) > 1 and steps[0] in ("items", "cases") and isinstance(steps[1], int):
        entry = data[str(steps[0])][steps[1]]
        item = str(entry.get("id", "")) if isinstance(entry, dict) else ""
    inner = steps[2:] if steps[:1] in (["items"], ["cases"], ["forms"]) else steps
    field = ".".join(str(step) for step in inner if isinstance(step, str))
    problem = f"{field}: {message}" if field else message
    return BankError(path, problem, line=source.line(*steps), item=item)

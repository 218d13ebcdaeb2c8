"""Questions and messages over a window. They never block the program: the answer comes as a call."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from app.errors import OpenbookError

Choice = tuple[str, Callable[[], object]]


def ask(
    parent: QWidget,
    title: str,
    text: str,
    choices: list[Choice],
    *,
    detail: str = "",
    name: str = "message",
    escape: int = -1,
) -> QMessageBox:
    """Show a question with one button per choice; the first choice is the default.

    ``escape`` is the place of the choice that Esc and closing stand for: the last, or 0 where the last does
    harm. ``name`` is the object name of the box, so that a driver can find it.
    """
    box = QMessageBox(parent)
    box.setObjectName(name)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(detail)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    actions: dict[object, Callable[[], object]] = {}
    buttons = []
    for place, (caption, action) in enumerate(choices):
        made = box.addButton(caption, QMessageBox.ButtonRole.ActionRole)
        actions[made] = action
        buttons.append(made)
        if place == 0:
            box.setDefaultButton(made)
    box.setEscapeButton(buttons[escape])
    box.buttonClicked.connect(lambda clicked: actions[clicked]())
    box.open()
    return box


def tell(parent: QWidget, title: str, text: str, *, detail: str = "", name: str = "message") -> QMessageBox:
    """Show a message with one button."""
    return ask(parent, title, text, [("&OK", lambda: None)], detail=detail, name=name)


def tell_error(
    parent: QWidget, error: OpenbookError, then: Callable[[], object] = lambda: None
) -> QMessageBox:
    """Show what happened, where, and what to do."""
    detail = "\n".join(part for part in (error.where, error.todo) if part)
    return ask(parent, "Openbook", error.problem, [("&OK", then)], detail=detail, name="error")

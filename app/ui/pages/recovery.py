"""Shown instead of the home page when the data folder cannot be opened: says why, and what can be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from app.errors import OpenbookError
from app.ui.theme import Theme
from app.ui.widgets.bits import button, card, label
from app.ui.widgets.page import Page


class RecoveryPage(Page):
    """An error with the ways out of it; the first is the recommended one."""

    def __init__(
        self, error: OpenbookError, ways: list[tuple[str, str, Callable[[], object]]], theme: Theme
    ) -> None:
        """Show the error; ``ways`` are caption, explanation and action of each button."""
        super().__init__("Openbook could not open your data", theme)
        frame, layout = card()
        layout.addWidget(label(error.problem, "subtitle"))
        for text in (error.where, error.todo):
            if text:
                layout.addWidget(label(text))
        self.column.addWidget(frame)
        self.buttons = []
        for place, (caption, explanation, action) in enumerate(ways):
            frame, layout = card()
            layout.addWidget(label(explanation))
            made = button(caption, action, primary=place == 0)
            layout.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
            self.buttons.append(made)
            self.column.addWidget(frame)
        self.column.addStretch(1)

"""The screens before the first question: name check, candidate agreement, tutorial.

And the pause of a practice.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.exam.blueprint import Blueprint
from app.ui.room.keys import KEYS
from app.ui.theme import Theme
from app.ui.widgets.bits import button, label
from app.ui.widgets.text_view import TextView

SHEET_WIDTH = 820


class Sheet(QFrame):
    """A centred sheet of the exam room with a title, a body, and a row of buttons at its end."""

    def __init__(self, title: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("room_plain")
        frame = QFrame()
        frame.setObjectName("sheet")
        frame.setMaximumWidth(theme.pixels(SHEET_WIDTH))
        self.first: QWidget | None = None
        """What has the focus at first."""
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(32, 24, 32, 24)
        inner.setSpacing(12)
        inner.addWidget(label(title, "title"))
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        inner.addLayout(self.body, 1)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        inner.addLayout(self.buttons)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        centre = QHBoxLayout(holder)
        centre.setContentsMargins(16, 24, 16, 24)
        centre.addStretch(1)
        column = QVBoxLayout()
        column.addWidget(frame)
        column.addStretch(1)
        centre.addLayout(column, 100)
        centre.addStretch(1)
        scroll.setWidget(holder)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the focus where the candidate most likely goes on."""
        super().showEvent(event)
        if self.first is not None:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)


class CheckIn(Sheet):
    """Asks whether the name is right."""

    confirmed = Signal(str)
    left = Signal()

    def __init__(self, blueprint: Blueprint, form: str, candidate: str, theme: Theme) -> None:
        super().__init__("Confirm your name", theme)
        self.body.addWidget(label(f"{blueprint.credential} ({blueprint.name}), form {form}", "subtitle"))
        self.body.addWidget(
            label("The name below stands on the score report. If it is not yours, correct it, then confirm.")
        )
        head = label("&Name", wrap=False)
        self.name = QLineEdit(candidate)
        self.name.setAccessibleName("Candidate name")
        self.name.setMaxLength(80)
        self.name.setPlaceholderText("First and last name")
        head.setBuddy(self.name)
        head.setTextFormat(Qt.TextFormat.AutoText)
        self.body.addWidget(head)
        self.body.addWidget(self.name)
        self.leave = button("&Leave", self.left.emit)
        self.confirm = button("&Confirm", self._confirm, primary=True)
        self.buttons.addWidget(self.leave)
        self.buttons.addWidget(self.confirm)
        self.first = self.name
        self.name.textChanged.connect(self._allow)
        self.name.returnPressed.connect(self._confirm)
        self._allow()

    def _allow(self) -> None:
        self.confirm.setEnabled(bool(self.name.text().strip()))

    def _confirm(self) -> None:
        if self.name.text().strip():
            self.confirmed.emit(" ".join(self.name.text().split()))


class Agreement(Sheet):
    """Shows the candidate agreement; declining ends the sitting."""

    accepted = Signal()
    declined = Signal()

    def __init__(self, blueprint: Blueprint, theme: Theme) -> None:
        super().__init__("Candidate agreement", theme)
        for paragraph in blueprint.agreement.strip().split("\n\n"):
            self.body.addWidget(label(" ".join(paragraph.split())))
        self.decline = button("&Decline and end", self.declined.emit)
        self.accept = button("I &accept", self.accepted.emit, primary=True)
        self.buttons.addWidget(self.decline)
        self.buttons.addWidget(self.accept)
        self.first = self.accept


class Tutorial(Sheet):
    """Explains the room; its time does not count."""

    started = Signal()

    def __init__(
        self, blueprint: Blueprint, count: int, limit_ms: int, *, practice: bool, theme: Theme
    ) -> None:
        super().__init__("How this room works", theme)
        time = f"{limit_ms // 60_000} minutes" if limit_ms else "no time limit"
        self.body.addWidget(
            label(f"{count} questions, {time}. The clock starts when you press Start.", "subtitle")
        )
        text = TextView(theme, "Tutorial", fit=True)
        text.show_html(_tutorial_html(blueprint, practice=practice))
        self.body.addWidget(text)
        self.start = button("&Start the exam", self.started.emit, primary=True)
        self.buttons.addWidget(self.start)
        self.first = self.start


class Pause(Sheet):
    """Covers the question while a practice rests."""

    resumed = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__("Paused", theme)
        self.body.addWidget(label("The clock stands. The question is covered until you go on."))
        self.leave = button("&Leave for now", self.left.emit)
        self.resume = button("&Resume", self.resumed.emit, primary=True)
        self.buttons.addWidget(self.leave)
        self.buttons.addWidget(self.resume)
        self.first = self.resume


def _tutorial_html(blueprint: Blueprint, *, practice: bool) -> str:
    rules = blueprint.navigation
    lines = [
        "Choose an answer with its letter, its number, or a click. It is saved at once. "
        "Every question has a best answer; there is no penalty for a wrong one, so leave none empty.",
        "Right-click an option, or press Shift with its letter, to strike it out.",
        "Select words of the question or the record and press Highlight to mark them.",
        "If a question does not fit the screen, scroll to its end before you go on.",
    ]
    if practice or rules.back:
        lines.append(
            "You may go back to every question until the exam ends. The Navigator jumps to any of them."
        )
    else:
        lines.append("This exam goes forward only: once you press Next, you cannot come back.")
    if practice or rules.flag:
        lines.append("Flag a question to find it again on the review screen.")
    warned = " and ".join(str(minutes) for minutes in blueprint.warnings)
    lines.append(
        f"You are warned when {warned} minutes are left. At zero the exam ends by itself and keeps "
        f"everything."
    )
    if practice:
        lines.append("This is a practice: you may pause, and Check answer shows key and rationale at once.")
    else:
        lines.append(
            "This is a rehearsal: no pause, no feedback. If you leave, the clock waits and the gap is noted."
        )
    if blueprint.tutorial.breaks:
        lines.append(blueprint.tutorial.breaks)
    rows = "".join(f"<tr><td><b>{key}</b></td><td>{what}</td></tr>" for key, what in KEYS)
    listed = "".join(f"<li>{line}</li>" for line in lines)
    return f"<ul>{listed}</ul><h3>Keys</h3><table cellspacing='0'>{rows}</table>"

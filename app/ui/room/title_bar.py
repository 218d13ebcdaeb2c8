"""The title bar of the exam room: exam and candidate; time remaining, n of N, flag for review."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.ui.theme import restyle
from app.ui.widgets.bits import button, clock_text, label, set_text

ALWAYS_SHOWN_MS = 5 * 60_000
"""With so little time left the clock comes back by itself."""


class TitleBar(QFrame):
    """Shows where the candidate stands. Time and number hide and come back by a click, as on the day."""

    flag_toggled = Signal(bool)

    def __init__(self, exam: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("room_title")
        self._time_hidden = self._number_hidden = False
        self._clock = ("", -1)
        self._place = (0, 0)
        self._exam = label(exam, "subtitle", wrap=False)
        self._candidate = label("", wrap=False)
        self.time = button("", self._toggle_time)
        self.number = button("", self._toggle_number)
        self.flag = QPushButton("&Flag for Review")
        self.flag.setCheckable(True)
        self.flag.clicked.connect(self.flag_toggled)
        for each in (self.time, self.number, self.flag):
            each.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        left = QGridLayout()
        left.setSpacing(0)
        left.addWidget(self._exam, 0, 0)
        left.addWidget(self._candidate, 1, 0)
        right = QGridLayout()
        right.setHorizontalSpacing(8)
        right.setVerticalSpacing(0)
        right.addWidget(self.time, 0, 0)
        right.addWidget(self.number, 0, 1)
        right.addWidget(self.flag, 1, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.addLayout(left)
        row.addStretch(1)
        row.addLayout(right)
        self.show_clock(None, "")
        self.show_place(0, 0)
        self.show_flag(None)

    def show_candidate(self, name: str) -> None:
        """Show the candidate's name."""
        set_text(self._candidate, name)

    def show_clock(self, left_ms: int | None, what: str = "Time Remaining") -> None:
        """Show the time left (ms); None: no clock on this screen.

        -1: untimed, ``what`` says what is shown.
        """
        self.time.setVisible(left_ms is not None)
        if left_ms is None:
            return
        urgent = 0 <= left_ms <= ALWAYS_SHOWN_MS
        if urgent:
            self._time_hidden = False
        self._clock = (what, left_ms)
        self._write_clock()
        if self.time.property("urgent") != urgent:
            self.time.setProperty("urgent", urgent)
            restyle(self.time)

    def show_place(self, number: int, count: int) -> None:
        """Show *n of N*; 0 of 0 hides it."""
        self._place = (number, count)
        self.number.setVisible(count > 0)
        set_text(
            self.number, "Show question number" if self._number_hidden else f"Question {number} of {count}"
        )
        self.number.setAccessibleName(f"{self.number.text()}. Press to hide or show.")

    def show_flag(self, on: bool | None) -> None:
        """Show the flag of the item; None: there is nothing to flag on this screen."""
        self.flag.setVisible(on is not None)
        if on is not None:
            self.flag.setChecked(on)
            set_text(self.flag, "⚑ &Flagged for Review" if on else "&Flag for Review")
            self.flag.setAccessibleName("Flagged for review" if on else "Flag for review")

    @property
    def time_hidden(self) -> bool:
        """Return whether the candidate hid the clock."""
        return self._time_hidden

    def _write_clock(self) -> None:
        what, left_ms = self._clock
        text = "Untimed" if left_ms < 0 else f"{what} {clock_text(left_ms)}"
        set_text(self.time, "Show time" if self._time_hidden else text)
        # in minutes, so that a screen reader on this button is not set off every second
        said = "Untimed" if left_ms < 0 else f"{what}: {-(-left_ms // 60_000)} minutes"
        if not self.time.accessibleName().startswith(f"{said}."):
            self.time.setAccessibleName(f"{said}. Press to hide or show.")

    def _toggle_time(self) -> None:
        what, left_ms = self._clock
        self._time_hidden = not self._time_hidden and not 0 <= left_ms <= ALWAYS_SHOWN_MS
        self._clock = (what, left_ms)
        self._write_clock()

    def _toggle_number(self) -> None:
        self._number_hidden = not self._number_hidden
        self.show_place(*self._place)

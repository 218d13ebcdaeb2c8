"""Three optional questions after the exam."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPlainTextEdit, QRadioButton, QVBoxLayout

from app.exam.events import Surveyed
from app.ui.room.gates import Sheet
from app.ui.theme import Theme
from app.ui.widgets.bits import button, label

_HARD = ("Much easier", "Easier", "As expected", "Harder", "Much harder")
_TIME = (("plenty", "Time was left over"), ("enough", "It was just enough"), ("short", "It was too short"))


class Survey(Sheet):
    """Asks how hard it was, whether the time sufficed, and for a note to self."""

    done = Signal(object)
    """A Surveyed event; empty if skipped."""

    def __init__(self, theme: Theme, *, by_time: bool) -> None:
        super().__init__("Your exam has ended", theme)
        if by_time:
            self.body.addWidget(
                label("The time is up. Everything you answered is kept and counts.", "banner")
            )
        self.body.addWidget(
            label("Three short questions before your score report. You may skip them.", "muted")
        )
        self._hard = self._question("How hard was it, against what you expected?", _HARD, across=True)
        self._time = self._question("Did the time suffice?", [text for _, text in _TIME], across=False)
        self.body.addWidget(label("A note to yourself (kept with the report)", "subtitle"))
        self.note = QPlainTextEdit()
        self.note.setAccessibleName("Note to yourself")
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(theme.pixels(90))
        self.body.addWidget(self.note)
        self.skip = button("S&kip", lambda: self.done.emit(Surveyed()))
        self.finish = button("&Show my score report", self._finish, primary=True)
        self.buttons.addWidget(self.skip)
        self.buttons.addWidget(self.finish)

    def _question(self, text: str, answers: list[str] | tuple[str, ...], *, across: bool) -> QButtonGroup:
        self.body.addWidget(label(text, "subtitle"))
        group = QButtonGroup(self)
        box = QHBoxLayout() if across else QVBoxLayout()
        for number, answer in enumerate(answers):
            radio = QRadioButton(answer)
            radio.setAccessibleName(f"{text} {answer}")
            group.addButton(radio, number)
            box.addWidget(radio)
        box.addStretch(1)
        self.body.addLayout(box)
        return group

    def _finish(self) -> None:
        time = self._time.checkedId()
        self.done.emit(
            Surveyed(
                difficulty=self._hard.checkedId() + 1,
                time=_TIME[time][0] if time >= 0 else "",  # type: ignore[arg-type]
                note=self.note.toPlainText().strip()[:2000],
            )
        )

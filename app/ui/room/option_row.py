"""One answer option: letter and button, text, strike-out."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QRadioButton, QSizePolicy, QWidget

from app.bank.markup import inline_html, plain
from app.ui.theme import restyle

Mark = Literal["", "right", "wrong"]


class OptionRow(QFrame):
    """Shows an option and tells when the candidate chooses or strikes it."""

    chosen = Signal()
    struck = Signal()

    def __init__(self, letter: str, *, several: bool, parent: QWidget | None = None) -> None:
        """Make the row for a letter; ``several``: check boxes, for items with more than one answer."""
        super().__init__(parent)
        self.setObjectName("option")
        self.letter = letter
        self.button = QCheckBox(letter) if several else QRadioButton(letter)
        self.button.setAutoExclusive(False)
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.button.clicked.connect(lambda _checked=False: self.chosen.emit())
        self.button.installEventFilter(self)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._text, 1)
        self._shown: tuple[object, ...] = ()

    def show_option(
        self, text: str, *, chosen: bool, struck: bool, mark: Mark = "", locked: bool = False
    ) -> None:
        """Show the option; ``mark`` tells the key from a wrong choice once the answer was checked."""
        wanted = (text, chosen, struck, mark, locked)
        if wanted == self._shown:
            return
        self._shown = wanted
        html = inline_html(text)
        self._text.setText(f"<s>{html}</s>" if struck else html)
        self.button.setChecked(chosen)
        self.button.setEnabled(not locked)
        state = [word for word, on in (("struck out", struck), (f"{mark} answer", bool(mark))) if on]
        self.button.setAccessibleName(", ".join([f"{self.letter}. {plain(text)}", *state]))
        looks = {"chosen": chosen, "struck": struck, "mark": mark}
        if any(self.property(name) != value for name, value in looks.items()):
            for name, value in looks.items():
                self.setProperty(name, value)
            restyle(self)
            for child in (self.button, self._text):
                restyle(child)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on the row chooses it."""
        if event.button() == Qt.MouseButton.LeftButton and self.button.isEnabled():
            self.button.setFocus(Qt.FocusReason.MouseFocusReason)
            self.chosen.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A right click strikes the option out, or takes the strike back."""
        self.struck.emit()
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Frame the row while its button has the focus."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.setProperty("focused", event.type() == QEvent.Type.FocusIn)
            restyle(self)
        return super().eventFilter(watched, event)

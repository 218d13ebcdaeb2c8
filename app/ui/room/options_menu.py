"""The options of the exam room: text size, colours, full screen, keys, leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.settings import Settings

SCHEME_NAMES = {
    "system": "Like the system",
    "light": "Normal",
    "dark": "Dark",
    "contrast-black": "High contrast, white on black",
    "contrast-yellow": "High contrast, yellow on black",
}


class OptionsMenu(QMenu):
    """Made anew each time it opens, so that it always shows what is in force."""

    wanted = Signal(object)
    """The settings that the candidate wants."""
    full_screen = Signal()
    help = Signal()
    leave = Signal()
    clear_wanted = Signal()

    def __init__(self, settings: Callable[[], Settings], parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self.anchor: QWidget | None = None
        self.aboutToShow.connect(self._fill)

    def open_at_button(self) -> None:
        """Open above the button that the menu belongs to."""
        self._fill()
        if self.anchor is not None:
            top = self.anchor.mapToGlobal(QPoint(0, 0))
            self.popup(top - QPoint(0, self.sizeHint().height()))

    def _fill(self) -> None:
        self.clear()
        now = self._settings()
        self.addAction("&Larger text\tCtrl++", lambda: self.wanted.emit(now.stepped(1)))
        self.addAction("&Smaller text\tCtrl+-", lambda: self.wanted.emit(now.stepped(-1)))
        self.addAction(f"&Normal text (now {now.text_size} %)\tCtrl+0", self._normal)
        self.addSeparator()
        group = QActionGroup(self)
        for scheme, name in SCHEME_NAMES.items():
            action = self.addAction(name, partial(self.wanted.emit, replace(now, scheme=scheme)))
            action.setCheckable(True)
            action.setChecked(scheme == now.scheme)
            group.addAction(action)
        self.addSeparator()
        self.addAction("&Clear highlights of this question", self.clear_wanted.emit)
        self.addAction("&Full screen on or off\tF11", self.full_screen.emit)
        self.addAction("&Keys of this room\tF1", self.help.emit)
        self.addSeparator()
        self.addAction("Lea&ve the room…", self.leave.emit)

    def _normal(self) -> None:
        self.wanted.emit(replace(self._settings(), text_size=100))

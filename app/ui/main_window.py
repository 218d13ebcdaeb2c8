"""The window: pages of the study side, the exam room over them, and how things are displayed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.settings import Settings
from app.ui.theme import Theme
from app.ui.widgets.bits import button, label

if TYPE_CHECKING:
    from app.ui.room.room import ExamRoom

NAMES = {"home": "&Home", "settings": "&Settings", "about": "&About"}


class MainWindow(QMainWindow):
    """Shows one page, or the exam room. Knows nothing of the store."""

    page_asked = Signal(str)
    """A key of NAMES."""
    painted = Signal()
    """The window is on screen for the first time."""
    settings_changed = Signal(object)
    """The settings after the candidate changed how things are displayed."""

    def __init__(self, theme: Theme, settings: Settings) -> None:
        super().__init__()
        self.theme = theme
        self.settings = settings
        self.room: ExamRoom | None = None
        self._before: QByteArray | None = None
        self._was_painted = False
        self.setWindowTitle("Openbook")
        self.setMinimumSize(800, 560)
        self.resize(1200, 800)
        self._nav: dict[str, QPushButton] = {}
        self.pages = QStackedWidget()
        self.stack = QStackedWidget()
        self.stack.addWidget(self._study())
        self.setCentralWidget(self.stack)
        for keys, action in (
            ("F1", self._help),
            ("F11", self.toggle_full_screen),
            ("Ctrl++", lambda: self.step_text(1)),
            ("Ctrl+=", lambda: self.step_text(1)),
            ("Ctrl+-", lambda: self.step_text(-1)),
            ("Ctrl+0", lambda: self.change(replace(self.settings, text_size=100))),
        ):
            QShortcut(QKeySequence(keys), self, action)

    def show_page(self, page: QWidget, name: str = "") -> None:
        """Show a page of the study side in place of the present one.

        ``name`` is its place in the navigation.
        """
        old = self.pages.currentWidget()
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        if old is not None and old is not page:
            self.pages.removeWidget(old)
            old.deleteLater()
        for key, entry in self._nav.items():
            entry.setChecked(key == name)

    def page(self) -> QWidget | None:
        """Return the page of the study side that is shown."""
        return self.pages.currentWidget()

    def enter_room(self, room: ExamRoom) -> None:
        """Show the exam room over everything, in full screen if the settings say so."""
        self.room = room
        self._add_options(room)
        self.stack.addWidget(room)
        self.stack.setCurrentWidget(room)
        self._before = self.saveGeometry()
        if self.settings.full_screen:
            self.showFullScreen()

    def leave_room(self) -> None:
        """Bring the study side back."""
        room, self.room = self.room, None
        if room is None:
            return
        self.stack.setCurrentIndex(0)
        self.stack.removeWidget(room)
        room.deleteLater()
        if self.isFullScreen():
            self.showNormal()
            if self._before is not None:
                self.restoreGeometry(self._before)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back to a window."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def step_text(self, step: int) -> None:
        """Make the text larger or smaller."""
        self.change(self.settings.stepped(step))

    def change(self, settings: Settings) -> None:
        """Put other settings in force and tell of them."""
        before, self.settings = self.settings, settings
        if (before.scheme, before.text_size) != (settings.scheme, settings.text_size):
            app = QApplication.instance()
            if isinstance(app, QApplication):
                self.theme.apply(app, settings.scheme, settings.text_size)
            if self.room is not None:
                self.room.restyled()
        self.settings_changed.emit(settings)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first paint: everything that takes time waits for it."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask before an exam is left; everything answered is on disk in any case."""
        room = self.room
        if room is not None and room.state.stage == "running" and not room.departed:
            event.ignore()
            room.leave(self.close)
            return
        if room is not None:
            room.shut()
        super().closeEvent(event)

    def _study(self) -> QWidget:
        study = QWidget()
        study.setObjectName("study")
        nav = QFrame()
        nav.setObjectName("nav")
        column = QVBoxLayout(nav)
        column.setContentsMargins(10, 20, 10, 16)
        column.setSpacing(4)
        name = label("Openbook", "subtitle", wrap=False)
        name.setContentsMargins(12, 0, 12, 12)
        column.addWidget(name)
        for key, caption in NAMES.items():
            entry = button(caption, partial(self.page_asked.emit, key))
            entry.setCheckable(True)
            self._nav[key] = entry
            column.addWidget(entry)
        column.addStretch(1)
        row = QHBoxLayout(study)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(nav)
        row.addWidget(self.pages, 1)
        return study

    def _add_options(self, room: ExamRoom) -> None:
        from app.ui.room.options_menu import OptionsMenu

        menu = OptionsMenu(lambda: self.settings, room)
        menu.wanted.connect(self.change)
        menu.full_screen.connect(self.toggle_full_screen)
        menu.help.connect(room.open_help)
        menu.leave.connect(room.ask_to_leave)
        menu.clear_wanted.connect(room.items.pane.clear_highlights)
        opener: Callable[[], object] = menu.open_at_button
        entry = button("Opt&ions", opener, name="Options: text size, colours, full screen, keys, leave")
        menu.anchor = entry
        room.items.bar_left.addWidget(entry)

    def _help(self) -> None:
        if self.room is not None:
            self.room.open_help()

"""The screen of one item: item pane, notes panel, and the bottom bar."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from app.exam.sitting import Rules
from app.ui.room.item_pane import ItemPane
from app.ui.room.side_panel import SidePanel
from app.ui.theme import Theme
from app.ui.widgets.bits import button, label, set_text

LETTERS = "ABCDEF"


class ItemScreen(QWidget):
    """Puts the parts of the item screen together and owns its keys."""

    previous = Signal()
    next = Signal()
    navigator = Signal()
    review = Signal()
    check = Signal()
    pause = Signal()

    def __init__(self, theme: Theme, rules: Rules, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pane = ItemPane(theme)
        self.panel = SidePanel()
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(self.pane)
        self.split.addWidget(self.panel)
        self.split.setStretchFactor(0, 1)
        self.split.setCollapsible(0, False)
        self.split.setSizes([790, 210])  # shares of the width, whatever it is
        self._message = label("", "banner")
        self._message.hide()
        self.previous_button = button("&Previous", self.previous.emit)
        self.next_button = button("&Next", self.next.emit, primary=True)
        self.navigator_button = button("Na&vigator", self.navigator.emit)
        self.review_button = button("Revie&w", self.review.emit)
        self.check_button = button("Chec&k answer", self.check.emit)
        self.pause_button = button("Pa&use", self.pause.emit)
        self.highlight_button = button("&Highlight", self._highlight)
        self.panel_button = QPushButton("Note&s")
        self.panel_button.setCheckable(True)
        self.panel_button.setChecked(True)
        self.panel_button.setAccessibleName("Notes panel")
        self.panel_button.toggled.connect(self.panel.setVisible)
        self.bar = QFrame()
        self.bar.setObjectName("room_bottom")
        self.bar_left = QHBoxLayout()
        self._lay_out(rules)
        self._add_keys()

    def show_message(self, text: str) -> None:
        """Show a line over the bottom bar until the next item; an empty text takes it away."""
        set_text(self._message, text)
        self._message.setVisible(bool(text))

    def _lay_out(self, rules: Rules) -> None:
        self.bar_left.addWidget(self.highlight_button)
        self.bar_left.addWidget(self.panel_button)
        bar = QHBoxLayout(self.bar)
        bar.setContentsMargins(12, 8, 12, 8)
        bar.setSpacing(8)
        bar.addLayout(self.bar_left)
        bar.addStretch(1)
        for each in (self.check_button, self.pause_button, self.review_button, self.navigator_button):
            bar.addWidget(each)
        bar.addSpacing(12)
        bar.addWidget(self.previous_button)
        bar.addWidget(self.next_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        holder = QVBoxLayout()
        holder.setContentsMargins(8, 8, 8, 8)
        holder.addWidget(self.split, 1)
        holder.addWidget(self._message)
        layout.addLayout(holder, 1)
        layout.addWidget(self.bar)
        # only now that all have their parent: shown before, each would be a window of its own
        self.check_button.setVisible(rules.practice)
        self.pause_button.setVisible(rules.practice)
        self.previous_button.setVisible(rules.back)
        self.review_button.setVisible(rules.review_screen)
        self.navigator_button.setVisible(rules.back)

    def _add_keys(self) -> None:
        for place, letter in enumerate(LETTERS):
            for key in (letter, str(place + 1)):
                self._key(key, lambda place=place: self.pane.choose(place))
            self._key(f"Shift+{letter}", lambda place=place: self.pane.strike(place))

    def _key(self, sequence: str, action: object) -> None:
        shortcut = QShortcut(QKeySequence(sequence), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(action)

    def _highlight(self) -> None:
        if not self.pane.highlight_selection():
            self.show_message("Select words of the question or the record first, then press Highlight.")

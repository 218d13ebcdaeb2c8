"""The navigator: a window over the exam room with all items by section."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.ui.room.item_list import ItemList, ListedItem
from app.ui.theme import Theme
from app.ui.widgets.bits import button, label


class Navigator(QDialog):
    """Lists the items by section; a click or Enter goes there and closes the window."""

    jump = Signal(int)

    def __init__(self, items: Sequence[ListedItem], current: int, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Navigator")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = ItemList(by_section=True)
        self.list.show_items(items, current)
        self.list.jump.connect(self._go)
        close = button("&Close", self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(label("Choose a question to go to it. Click a heading to sort.", "muted"))
        layout.addWidget(self.list, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(min(theme.pixels(680), parent.width() - 80), min(theme.pixels(720), parent.height() - 80))
        self.list.setFocus()

    def _go(self, number: int) -> None:
        self.accept()
        self.jump.emit(number)

"""The help sheet of the exam room: its keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from app.ui.room.keys import KEYS
from app.ui.widgets.bits import button, label


class HelpSheet(QDialog):
    """Lists the keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys of the exam room")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setColumnStretch(1, 1)
        for row, (key, what) in enumerate(KEYS):
            grid.addWidget(label(key, "good", wrap=False), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(what), row, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(grid)
        layout.addWidget(button("&Close", self.reject), 0, Qt.AlignmentFlag.AlignRight)
        self.resize(min(620, parent.width() - 40), 0)

"""The review screen at the end of the exam: every item with its status, three review lists, and the end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.room.item_list import ItemList, ListedItem
from app.ui.widgets.bits import button, label, set_text


class ReviewScreen(QFrame):
    """Lists all items; tells which list the candidate wants to go through, or that the exam should end."""

    review = Signal(str)
    """``all``, ``incomplete`` or ``flagged``."""
    jump = Signal(int)
    end = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self._counts = label("")
        self.list = ItemList(by_section=False)
        self.list.jump.connect(self.jump)
        self.all = button("Review &All", lambda: self.review.emit("all"))
        self.incomplete = button("Review &Incomplete", lambda: self.review.emit("incomplete"))
        self.flagged = button("&Review Flagged", lambda: self.review.emit("flagged"))
        self.end_exam = button("&End Exam", self.end.emit, primary=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.addWidget(label("Review Screen", "title"))
        layout.addWidget(self._counts)
        layout.addWidget(self.list, 1)
        row = QHBoxLayout()
        for each in (self.all, self.incomplete, self.flagged):
            row.addWidget(each)
        row.addStretch(1)
        row.addWidget(self.end_exam)
        layout.addLayout(row)

    def show_items(self, items: Sequence[ListedItem], current: int) -> None:
        """Show the list and its counts; lists that are empty cannot be gone through."""
        open_count = sum(not item.state.answer for item in items)
        flagged = sum(item.state.flagged for item in items)
        set_text(
            self._counts,
            f"{len(items) - open_count} of {len(items)} answered, {open_count} unanswered, {flagged} "
            f"flagged. "
            "Click a line, or press Enter on it, to go to that question.",
        )
        self.incomplete.setEnabled(open_count > 0)
        self.flagged.setEnabled(flagged > 0)
        self.list.show_items(items, current)

"""The list of items with their status: in the navigator by section, on the review screen in one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from app.exam.sitting import ItemState

_NUMBER = Qt.ItemDataRole.UserRole
_STATUS = {"complete": "Complete", "incomplete": "Incomplete", "unseen": "Unseen"}


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One line of the list."""

    number: int
    """From 1."""
    section: str
    state: ItemState


class _Line(QTreeWidgetItem):
    """A line that sorts numbers as numbers."""

    def __lt__(self, other: QTreeWidgetItem) -> bool:
        tree = self.treeWidget()
        column = tree.sortColumn() if tree else 0
        if column == 0:
            return int(self.data(0, _NUMBER) or 0) < int(other.data(0, _NUMBER) or 0)
        mine, theirs = (self.text(column), int(self.data(0, _NUMBER) or 0)), (
            other.text(column), int(other.data(0, _NUMBER) or 0)
        )  # fmt: skip
        return mine < theirs


class ItemList(QTreeWidget):
    """Lists items; tells which one the candidate wants to go to."""

    jump = Signal(int)
    """Number of the item, from 1."""

    def __init__(self, *, by_section: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._by_section = by_section
        self.setAccessibleName("Questions")
        headings = (
            ["Question", "Status", "Flagged"] if by_section else ["Question", "Section", "Status", "Flagged"]
        )
        self.setHeaderLabels(headings)
        self.setRootIsDecorated(by_section)
        self.setUniformRowHeights(True)
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.setAllColumnsShowFocus(True)
        for column in range(len(headings)):
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        stretch = 0 if by_section else 1
        self.header().setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        self.header().setStretchLastSection(False)
        self.itemClicked.connect(self._go)
        self.itemActivated.connect(self._go)

    def show_items(self, items: Sequence[ListedItem], current: int = 0) -> None:
        """Show the lines; ``current`` (from 1) is selected."""
        self.setSortingEnabled(False)
        self.clear()
        bars: dict[str, QTreeWidgetItem] = {}
        for item in items:
            line = self._line(item)
            if self._by_section:
                bar = bars.get(item.section)
                if bar is None:
                    bar = bars[item.section] = self._bar(item)
                bar.addChild(line)
            else:
                self.addTopLevelItem(line)
            if item.number == current:
                self.setCurrentItem(line)
        self._count(bars, items)
        self.expandAll()
        self.setSortingEnabled(True)
        chosen = self.currentItem()
        if chosen is not None:
            self.scrollToItem(chosen)

    def _line(self, item: ListedItem) -> QTreeWidgetItem:
        status, flag = _STATUS[item.state.status], "⚑ Flagged" if item.state.flagged else ""
        texts = (
            [f"{item.number}", status, flag]
            if self._by_section
            else [f"{item.number}", item.section, status, flag]
        )
        line = _Line(texts)
        line.setData(0, _NUMBER, item.number)
        said = f"Question {item.number}, {item.section}, {status}{', flagged' if item.state.flagged else ''}"
        line.setData(0, Qt.ItemDataRole.AccessibleTextRole, said)
        if item.state.status != "complete":
            font = line.font(0)
            font.setBold(True)
            line.setFont(len(texts) - 2, font)
        return line

    def _bar(self, first: ListedItem) -> QTreeWidgetItem:
        bar = _Line([first.section, "", ""])
        bar.setData(0, _NUMBER, first.number)
        bar.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = bar.font(0)
        font.setBold(True)
        bar.setFont(0, font)
        self.addTopLevelItem(bar)
        bar.setFirstColumnSpanned(True)
        return bar

    def _count(self, bars: dict[str, QTreeWidgetItem], items: Sequence[ListedItem]) -> None:
        for section, bar in bars.items():
            states = [item.state for item in items if item.section == section]
            bar.setText(
                0, f"{section}: {sum(bool(state.answer) for state in states)} of {len(states)} answered"
            )

    def _go(self, line: QTreeWidgetItem) -> None:
        if line.childCount() == 0:
            self.jump.emit(int(line.data(0, _NUMBER)))

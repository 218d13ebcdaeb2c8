"""The panel at the right of the item: notes and scratch pad now, the code books with them later."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

SETTLE_MS = 400
"""A note is written to the log when the typing pauses for so long, and before anything else happens."""


class NotesTab(QWidget):
    """A note on the item and a scratch pad for the whole sitting."""

    note_changed = Signal(int, str)
    """Item (from 0) and text."""
    scratch_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item = 0
        self._dirty: set[str] = set()
        self.note = _pad("Your note on this question", "Note on this question")
        self.scratch = _pad("Scratch pad for the whole exam", "Scratch pad")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        for caption, pad in (("N&ote on this question", self.note), ("Scratch pa&d", self.scratch)):
            head = QLabel(caption)
            head.setBuddy(pad)
            head.setWordWrap(True)
            layout.addWidget(head)
            layout.addWidget(pad, 1)
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._timer.timeout.connect(self.flush)
        self.note.textChanged.connect(lambda: self._typed("note"))
        self.scratch.textChanged.connect(lambda: self._typed("scratch"))

    def show_notes(self, item: int, note: str, scratch: str) -> None:
        """Show the note of an item and the scratch pad; what is just being typed is left alone."""
        if item != self._item:
            self.flush()
            self._item = item
        for name, pad, text in (("note", self.note, note), ("scratch", self.scratch, scratch)):
            if name not in self._dirty and pad.toPlainText() != text:
                pad.blockSignals(True)
                pad.setPlainText(text)
                pad.blockSignals(False)

    def flush(self) -> None:
        """Hand on what was typed and not yet told."""
        self._timer.stop()
        dirty, self._dirty = self._dirty, set()
        if "note" in dirty:
            self.note_changed.emit(self._item, self.note.toPlainText())
        if "scratch" in dirty:
            self.scratch_changed.emit(self.scratch.toPlainText())

    def _typed(self, name: str) -> None:
        self._dirty.add(name)
        self._timer.start()


class SidePanel(QFrame):
    """The resizable and collapsible panel; ``add_tab`` is where the code books come in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side_panel")
        self.setMinimumWidth(180)
        self.notes = NotesTab()
        self._tabs = QTabWidget()
        self._tabs.setAccessibleName("Reference panel")
        self._tabs.setDocumentMode(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self._tabs)
        self.add_tab("Notes", self.notes)

    def add_tab(self, title: str, page: QWidget) -> None:
        """Add a page to the panel."""
        self._tabs.addTab(page, title)


def _pad(name: str, hint: str) -> QPlainTextEdit:
    pad = QPlainTextEdit()
    pad.setAccessibleName(name)
    pad.setPlaceholderText(hint)
    pad.setTabChangesFocus(True)
    return pad

"""Shows the text of an item: read only, loads nothing, keeps highlights, grows with its text if asked to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextBrowser, QTextEdit, QWidget

from app.exam.events import Span
from app.exam.spans import toggle
from app.ui.theme import Theme


class TextView(QTextBrowser):
    """A text with links to codes and with highlights that the candidate makes."""

    code_asked = Signal(str, str)
    """Kind (``cm``) and code of a link that was followed."""
    highlights_changed = Signal(object)
    """The spans after the candidate marked or unmarked a selection."""

    def __init__(self, theme: Theme, name: str, *, fit: bool = False, parent: QWidget | None = None) -> None:
        """Make an empty view; ``fit``: as high as its text, without a scroll bar of its own."""
        super().__init__(parent)
        self._theme = theme
        self._fit = fit
        self._spans: tuple[Span, ...] = ()
        self._shown: tuple[str, str, int] = ("", "", 0)
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setTabChangesFocus(True)
        self.anchorClicked.connect(self._follow)
        if fit:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_html(self, html: str, spans: Sequence[Span] = ()) -> None:
        """Show the text with its highlights; the same text again keeps the place and the selection."""
        wanted = (html, self._theme.scheme, self._theme.text_size)
        if wanted != self._shown:
            self._shown = wanted
            self.document().setDefaultFont(self.font())
            self.document().setDefaultStyleSheet(self._theme.document_css())
            self.setHtml(html)
            self._spans = ()
            self.setExtraSelections([])
            if self._fit:
                self._take_height()
        if tuple(spans) != self._spans:
            self._spans = tuple(spans)
            self._paint_spans()

    def refresh(self) -> None:
        """Show the same text again, in the colours and the size now in force."""
        self.show_html(self._shown[0], self._spans)

    def toggle_highlight(self) -> bool:
        """Mark the selected text, or unmark it if all of it is marked.

        Return whether anything was selected.
        """
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return False
        spans = toggle(self._spans, cursor.selectionStart(), cursor.selectionEnd())
        cursor.clearSelection()
        self.setTextCursor(cursor)
        self.highlights_changed.emit(spans)
        return True

    def clear_highlights(self) -> None:
        """Ask for all highlights of this text to be taken off."""
        if self._spans:
            self.highlights_changed.emit(())

    def loadResource(self, kind: int, url: QUrl | str) -> Any:
        """Load nothing: texts have no pictures, and no file or network is ever read for them."""
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the height that the text needs at the new width."""
        super().resizeEvent(event)
        if self._fit and event.size().width() != event.oldSize().width():
            self._take_height()

    def sizeHint(self) -> QSize:
        """Return the size that shows the whole text when fitting."""
        return QSize(400, self.minimumHeight()) if self._fit else super().sizeHint()

    def _take_height(self) -> None:
        document = self.document()
        document.setTextWidth(self.viewport().width())
        bar = (
            self.horizontalScrollBar().sizeHint().height()
            if document.idealWidth() > self.viewport().width()
            else 0
        )
        self.setFixedHeight(round(document.size().height()) + 2 * self.frameWidth() + bar + 2)

    def _paint_spans(self) -> None:
        marker = QTextCharFormat()
        marker.setBackground(self._theme.color("marker"))
        marker.setForeground(self._theme.color("marker_text"))
        last = self.document().characterCount() - 1
        selections = []
        for start, end in self._spans:
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(min(start, last))
            cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor  # type: ignore[attr-defined]
            selection.format = marker  # type: ignore[attr-defined]
            selections.append(selection)
        self.setExtraSelections(selections)

    def _follow(self, url: QUrl) -> None:
        kind, _, code = url.path().partition("/")
        if url.scheme() == "openbook" and code:
            self.code_asked.emit(kind, code)

"""The few small widgets that every page is made of."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget


def label(text: str, role: str = "", *, wrap: bool = True) -> QLabel:
    """Return a plain-text label; ``role`` (title, subtitle, muted, good, bad, big, banner) gives its look."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return made


def button(
    text: str, on_click: Callable[[], object], *, primary: bool = False, name: str = ""
) -> QPushButton:
    """Return a push button.

    ``text`` has its mnemonic, ``name`` what a screen reader says if that is not enough.
    """
    made = QPushButton(text)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked=False: on_click())
    if primary:
        made.setProperty("primary", True)
    made.setAccessibleName(name or text.replace("&", ""))
    return made


def card() -> tuple[QFrame, QVBoxLayout]:
    """Return a card of the study side and its layout."""
    frame = QFrame()
    frame.setObjectName("card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(20, 16, 20, 16)
    layout.setSpacing(8)
    return frame, layout


def clear(layout: QVBoxLayout) -> None:
    """Take everything out of a layout."""
    while layout.count():
        entry = layout.takeAt(0)
        inner = entry.widget() if entry else None
        if isinstance(inner, QWidget):
            inner.hide()
            inner.deleteLater()


def minutes_text(milliseconds: int) -> str:
    """Return a time span for people: ``3 h 05 min``, ``4 min 30 s``, ``12 s``."""
    seconds = milliseconds // 1000
    if seconds >= 3600:
        return f"{seconds // 3600} h {seconds % 3600 // 60:02} min"
    if seconds >= 60:
        return f"{seconds // 60} min {seconds % 60:02} s"
    return f"{seconds} s"


def clock_text(milliseconds: int) -> str:
    """Return a countdown: ``3:05:09``, ``04:59``.

    Part seconds count as whole ones, so that 0 means the end.
    """
    seconds = -(-milliseconds // 1000)
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60:02}:{rest % 60:02}"


def set_text(widget: QLabel | QAbstractButton, text: str) -> None:
    """Set a text only if it differs, so that nothing is laid out again for nothing."""
    if widget.text() != text:
        widget.setText(text)

"""Colours, text size and spacing of the whole program, from one palette file and one stylesheet."""

from __future__ import annotations

import json
from functools import lru_cache
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from app.paths import shipped_root

BASE_POINTS = 10.5
INK_CHANGES = 0.45
"""Lightness of a background from which the small pictures on it are black instead of white."""
_PIXELS = range(1, 33)
_FONTS = (13, 18, 30)


@lru_cache(maxsize=1)
def _palettes() -> dict[str, dict[str, str]]:
    path = shipped_root() / "resources" / "styles" / "palette.json"
    palettes: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return palettes


@lru_cache(maxsize=1)
def _stylesheet() -> Template:
    return Template((shipped_root() / "resources" / "styles" / "openbook.qss").read_text(encoding="utf-8"))


def effective_scheme(scheme: str) -> str:
    """Return the palette that a chosen scheme stands for; ``system`` follows the operating system."""
    if scheme != "system":
        return scheme
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def stylesheet(scheme: str, text_size: int) -> str:
    """Return the stylesheet for a palette and a text size in per cent."""
    scale = text_size / 100
    sizes: dict[str, str] = {f"p{n}": str(max(1, round(n * scale))) for n in _PIXELS}
    sizes |= {f"f{n}": f"{n * scale:.1f}" for n in _FONTS}
    # a radius above half the width would make the round buttons square
    sizes["radio_radius"] = str((int(sizes["p14"]) + 2 * int(sizes["p2"])) // 2)
    palette = _palettes()[scheme]
    icons = (shipped_root() / "resources" / "icons").as_posix()
    on_accent = "white" if QColor(palette["accent"]).lightnessF() < INK_CHANGES else "black"
    on_panel = "white" if QColor(palette["room_panel"]).lightnessF() < INK_CHANGES else "black"
    pictures = {"check": f"{icons}/check-{on_accent}.svg"}
    pictures |= {arrow: f"{icons}/{arrow}-{on_panel}.svg" for arrow in ("up", "down")}
    return _stylesheet().substitute(palette, **pictures, **sizes)


class Theme:
    """What is in force now. Widgets that paint or build HTML ask it for colours.

    Everything else is styled.
    """

    def __init__(self) -> None:
        self.scheme = "light"
        self.text_size = 100

    def apply(self, app: QApplication, scheme: str, text_size: int) -> None:
        """Put scheme and text size (per cent) in force for all windows."""
        self.scheme, self.text_size = effective_scheme(scheme), text_size
        if app.style().objectName() != "fusion":
            app.setStyle("Fusion")
        font = QFont(app.font())
        font.setPointSizeF(BASE_POINTS * text_size / 100)
        app.setFont(font)
        app.setPalette(self._palette())
        app.setStyleSheet(stylesheet(self.scheme, text_size))

    def color(self, name: str) -> QColor:
        """Return a colour of the palette in force."""
        return QColor(_palettes()[self.scheme][name])

    def css(self, name: str) -> str:
        """Return a colour of the palette in force as ``#rrggbb``."""
        return _palettes()[self.scheme][name]

    def pixels(self, size: int) -> int:
        """Return a length in pixels that grows with the text."""
        return max(1, round(size * self.text_size / 100))

    def document_css(self) -> str:
        """Return the style of item texts, records and rationales."""
        line, muted = self.css("line"), self.css("muted")
        return (
            "p { margin-top: 0; margin-bottom: 8px; } h1, h2, h3 { margin-bottom: 4px; } "
            f"table {{ border-collapse: collapse; }} td, th "
            f"{{ border: 1px solid {line}; padding: 4px 8px; }} "
            f"a {{ color: {self.css('accent')}; }} .muted {{ color: {muted}; }} "
            f".good {{ color: {self.css('good')}; }} .bad {{ color: {self.css('bad')}; }}"
        )

    def _palette(self) -> QPalette:
        palette = QPalette()
        roles = {
            QPalette.ColorRole.Window: "study_window",
            QPalette.ColorRole.WindowText: "text",
            QPalette.ColorRole.Base: "room_panel",
            QPalette.ColorRole.AlternateBase: "room_window",
            QPalette.ColorRole.Text: "text",
            QPalette.ColorRole.Button: "button",
            QPalette.ColorRole.ButtonText: "text",
            QPalette.ColorRole.Highlight: "accent",
            QPalette.ColorRole.HighlightedText: "accent_text",
            QPalette.ColorRole.ToolTipBase: "study_card",
            QPalette.ColorRole.ToolTipText: "text",
            QPalette.ColorRole.Link: "accent",
            QPalette.ColorRole.PlaceholderText: "muted",
        }
        for role, name in roles.items():
            palette.setColor(role, self.color(name))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("disabled"))
        return palette


def restyle(widget: QWidget) -> None:
    """Make the stylesheet look again at a widget whose properties changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()

"""The about page: version, independence, licences."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt

from app import __version__
from app.paths import shipped_root
from app.ui.theme import Theme
from app.ui.widgets.bits import card, label
from app.ui.widgets.page import Page
from app.ui.widgets.text_view import TextView

INDEPENDENCE = (
    "Openbook is an independent study aid. It is not affiliated with, sponsored or endorsed by AAPC, AHIMA "
    "or the "
    "American Medical Association. CPC and CIC are registered trademarks of AAPC, CCS and CCA of AHIMA. CPT "
    "is a "
    "registered trademark of the American Medical Association; Openbook contains CPT code numbers with "
    "words of its "
    "own, and none of the text of the CPT book. Its questions are original and come from no real exam."
)


class AboutPage(Page):
    """Says what the program is, and what it is not."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("About Openbook", theme)
        self.column.addWidget(label(f"Version {__version__}", "muted"))
        frame, layout = card()
        layout.addWidget(label("An offline exam simulator for medical-coding certification", "subtitle"))
        layout.addWidget(label(INDEPENDENCE))
        layout.addWidget(
            label(
                "A result in Openbook is an estimate of how ready you are. It is no credential and promises "
                "none. "
                "All patients, providers and records are invented. The program never uses the network."
            )
        )
        self.column.addWidget(frame)
        frame, layout = card()
        text = TextView(theme, "Licences", fit=True)
        text.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        text.show_html(_licences())
        layout.addWidget(text)
        self.column.addWidget(frame)
        self.column.addStretch(1)


def _licences() -> str:
    from app.bank.markup import to_html

    path = shipped_root() / "LICENSES.md"
    try:
        return to_html(path.read_text(encoding="utf-8"))
    except OSError:
        return f"<p>{escape(str(path))} is missing; the licences are listed in the project's repository.</p>"

"""Turns the Markdown subset of the banks into safe HTML, and code links into anchors.

Raw HTML stays text, images are dropped, and no link leads anywhere but to a code (``openbook:cm/E11.40``).
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LINK_KINDS = {
    "cm": "ICD-10-CM",
    "pcs": "ICD-10-PCS",
    "hcpcs": "HCPCS Level II",
    "cpt": "CPT",
    "guide": "Guideline",
}
CODE_LINK = re.compile(r"\[\[(\w+):([^\[\]\s]+)\]\]")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
    return parser.disable(["image", "link", "autolink", "reference", "html_inline", "html_block", "entity"])


def to_html(text: str) -> str:
    """Return the HTML of a stem, note or rationale; any input gives harmless output."""
    return CODE_LINK.sub(_anchor, _parser().render(text))


def inline_html(text: str) -> str:
    """Return the HTML of a short text (an option) without a paragraph around it."""
    return CODE_LINK.sub(_anchor, _parser().renderInline(text))


def plain(text: str) -> str:
    """Return the text without marks, for screen readers and tables."""
    return re.sub(r"\*\*|__|`", "", CODE_LINK.sub(lambda match: match[2], text))


def _anchor(match: re.Match[str]) -> str:
    kind, code = match[1], match[2]
    if kind not in LINK_KINDS:
        return match[0]
    label = code if kind != "guide" else f"guideline {code}"
    return f'<a href="openbook:{escape(kind)}/{escape(code)}">{escape(label)}</a>'

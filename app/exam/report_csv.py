"""The item-by-item review as CSV text."""

from __future__ import annotations

import csv
import io

from app.bank.markup import plain
from app.exam.report import Report

COLUMNS = (
    "number",
    "item",
    "section",
    "your answer",
    "key",
    "result",
    "seconds",
    "flagged",
    "changed",
    "pretest",
    "stem",
)


def report_csv(report: Report) -> str:
    """Return the review with one line per item; cells never begin like a spreadsheet formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for result in report.items:
        item = result.text.item
        cells = (
            result.number,
            item.id,
            result.section_title,
            result.letters(result.state.answer),
            result.letters(item.key),
            result.outcome,
            round(result.state.time_ms / 1000, 1),
            "yes" if result.state.flagged else "",
            result.change,
            "yes" if result.pretest else "",
            " ".join(plain(item.stem).split()),
        )
        writer.writerow([_harmless(cell) for cell in cells])
    return out.getvalue()


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") else cell

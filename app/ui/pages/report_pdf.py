"""The score report as a clean PDF of one or two pages."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from app.errors import OpenbookError
from app.exam.report import Report
from app.ui.pages import report_texts as texts
from app.ui.pages.about import INDEPENDENCE
from app.ui.widgets.bits import minutes_text

BAR_CELLS = 20


def write_pdf(report: Report, created_at: str, path: Path) -> None:
    """Write the report; an existing file is replaced only when the new one is complete.

    Raises OpenbookError.
    """
    part = path.with_name(path.name + ".part")
    writer = QPdfWriter(str(part))
    writer.setTitle(f"Openbook score report, {report.blueprint.name}")
    writer.setCreator("Openbook")
    writer.setResolution(96)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.Letter),
            QPageLayout.Orientation.Portrait,
            QMarginsF(48, 42, 48, 42),
        )
    )
    document = QTextDocument()
    font = QFont()
    font.setPointSizeF(9)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(
        "h1 { font-size: 17pt; margin: 0; } h2 { font-size: 11pt; margin: 12px 0 4px 0; } p "
        "{ margin: 2px 0; } "
        "td { padding: 2px 8px 2px 0; } .muted { color: #555555; } .small "
        "{ font-size: 7.5pt; color: #555555; }"
    )
    document.setHtml(report_html(report, created_at))
    document.setPageSize(QSizeF(writer.width(), writer.height()))
    document.print_(writer)
    del writer
    try:
        part.replace(path)
    except OSError as error:
        raise OpenbookError(
            f"The PDF could not be written: {error.strerror}.", where=str(path), todo="Choose another folder."
        ) from error


def report_html(report: Report, created_at: str) -> str:
    """Return the report as HTML for print."""
    blueprint = report.blueprint
    parts = [
        f"<p class='muted'>Openbook score report · {report.mode}</p>",
        f"<h1>{escape(texts.headline(report))}</h1>",
        f"<p><b>{escape(texts.score_line(report))}</b></p>",
        f"<p>{escape(report.candidate)} · {escape(blueprint.credential)} ({escape(blueprint.name)}) · "
        f"form {escape(report.form.name)} · {created_at[:10]}</p>",
        *(f"<p class='muted'>{escape(line)}</p>" for line in texts.rule_lines(report)),
        "<h2>Score by section</h2><table width='100%'>",
    ]
    for section in report.score.sections:
        share = section.earned / section.possible if section.possible else 0
        parts.append(
            f"<tr><td>{escape(section.title)}</td><td align='right'>{section.earned} of "
            f"{section.possible}</td>"
            f"<td>{_bar(share)}</td><td align='right'>{minutes_text(section.time_ms)}</td></tr>"
        )
    parts += ["</table>", "<h2>Time</h2>", f"<p>{escape(texts.time_line(report))}</p>"]
    parts += [f"<p>{escape(texts.slow_line(item))}</p>" for item in report.slowest if item.state.time_ms]
    parts += [
        "<h2>Changed answers</h2>",
        f"<p>{escape(texts.change_line(report))}</p>",
        "<h2>Interruptions</h2>",
    ]
    parts += [f"<p>{escape(line)}</p>" for line in texts.interruption_lines(report)]
    missed = [f"{item.number} ({escape(item.text.item.id)})" for item in report.items if not item.correct]
    parts += ["<h2>Questions missed</h2>", f"<p>{', '.join(missed) or 'None.'}</p>"]
    parts.append(f"<p class='small'><br>{escape(INDEPENDENCE)}</p>")
    return "".join(parts)


def _bar(share: float) -> str:
    full = round(share * BAR_CELLS)
    rest = BAR_CELLS - full
    return f"<span style='color:#8a4b14'>{'█' * full}</span><span style='color:#d8d0c4'>{'█' * rest}</span>"

"""The score report: result and rule, sections, time, changes, interruptions.

Then every question with its rationale.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QSplitter,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.bank.markup import inline_html, plain, to_html
from app.errors import OpenbookError
from app.exam.report import FILTERS, ItemResult, Report
from app.exam.report_csv import report_csv
from app.ui.feedback import rationale_html, verdict_html
from app.ui.pages import report_texts as texts
from app.ui.theme import Theme
from app.ui.widgets.ask import tell, tell_error
from app.ui.widgets.bits import button, card, label, minutes_text
from app.ui.widgets.page import Page
from app.ui.widgets.text_view import TextView

_NUMBER = Qt.ItemDataRole.UserRole
_FILTER_NAMES = {
    "missed": "Missed",
    "all": "All questions",
    "flagged": "Flagged",
    "changed": "Changed",
    "slow": "Slow",
}


class ReportPage(QWidget):
    """Two tabs: the summary and the review of the questions."""

    done = Signal()

    def __init__(self, report: Report, created_at: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("study")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.report, self._created_at = report, created_at
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("Score report")
        self.summary = _Summary(report, created_at, theme)
        self.review = Review(report, theme)
        self.tabs.addTab(self.summary, "&Summary")
        self.tabs.addTab(self.review, "&Questions")
        bar = QHBoxLayout()
        bar.setContentsMargins(28, 10, 28, 14)
        bar.addWidget(button("Save as &PDF…", lambda: self._save("pdf", "PDF (*.pdf)")))
        bar.addWidget(button("Save as &CSV…", lambda: self._save("csv", "CSV (*.csv)")))
        bar.addStretch(1)
        bar.addWidget(button("Review &missed questions", self.show_missed))
        bar.addWidget(button("&Done", self.done.emit, primary=True))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(bar)

    def show_missed(self) -> None:
        """Show the questions that were missed."""
        self.review.filter.setCurrentIndex(self.review.filter.findData("missed"))
        self.tabs.setCurrentWidget(self.review)
        self.review.list.setFocus()

    def save_as(self, kind: str, path: Path) -> None:
        """Write the report as ``pdf`` or ``csv``. Raises OpenbookError."""
        if kind == "pdf":
            from app.ui.pages.report_pdf import write_pdf

            write_pdf(self.report, self._created_at, path)
            return
        try:
            # the mark at the front lets spreadsheets see that the text is UTF-8
            path.write_text(report_csv(self.report), encoding="utf-8-sig", newline="")
        except OSError as error:
            raise OpenbookError(
                f"The file could not be written: {error.strerror}.",
                where=str(path),
                todo="Choose another folder.",
            ) from error

    def _save(self, kind: str, pattern: str) -> None:
        name = f"openbook-{self.report.blueprint.id}-{self._created_at[:10]}.{kind}"
        chosen, _ = QFileDialog.getSaveFileName(self, "Save the report", name, pattern)
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix else Path(f"{chosen}.{kind}")
        try:
            self.save_as(kind, path)
        except OpenbookError as error:
            tell_error(self, error)
        else:
            tell(self, "Saved", "The report was saved.", detail=str(path))


class _Summary(Page):
    def __init__(self, report: Report, created_at: str, theme: Theme) -> None:
        blueprint = report.blueprint
        super().__init__(f"{blueprint.name} score report", theme)
        who = f"{report.candidate} · {report.mode} · form {report.form.name} · {created_at[:10]}"
        self.column.addWidget(label(who, "muted"))
        self._card("", self._result(report))
        self._card("Score by section", _sections(report, theme))
        time = [label(texts.time_line(report))]
        slow = [item for item in report.slowest if item.state.time_ms]
        if slow:
            time.append(label("Slowest questions", "muted"))
            time += [label(texts.slow_line(item)) for item in slow]
        self._card("Time", _stacked(*time))
        self._card("Changed answers", label(texts.change_line(report)))
        self._card("Interruptions", _stacked(*(label(line) for line in texts.interruption_lines(report))))
        self.column.addStretch(1)

    def _card(self, title: str, body: QWidget) -> None:
        frame, layout = card()
        if title:
            layout.addWidget(label(title, "subtitle"))
        layout.addWidget(body)
        self.column.addWidget(frame)

    def _result(self, report: Report) -> QWidget:
        verdict = report.full_form and report.mode == "rehearsal"
        big = label(texts.headline(report), "big")
        if verdict:
            big.setStyleSheet(f"color: {self.theme.css('good' if report.score.passed else 'bad')};")
        lines = [label(line, "muted") for line in texts.rule_lines(report)]
        return _stacked(big, label(texts.score_line(report), "subtitle"), *lines)


def _stacked(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    for widget in widgets:
        layout.addWidget(widget)
    return holder


def _sections(report: Report, theme: Theme) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 3)
    grid.setColumnStretch(2, 2)
    for row, section in enumerate(report.score.sections):
        share = section.earned * 100 // section.possible if section.possible else 0
        bar = QProgressBar()
        bar.setRange(0, 100)
        bar.setValue(share)
        bar.setTextVisible(False)
        bar.setAccessibleName(f"{section.title}: {share} per cent")
        bar.setMinimumWidth(theme.pixels(120))
        grid.addWidget(label(section.title), row, 0)
        grid.addWidget(label(f"{section.earned} of {section.possible}", wrap=False), row, 1)
        grid.addWidget(bar, row, 2)
        grid.addWidget(label(f"{share} %", wrap=False), row, 3, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(
            label(minutes_text(section.time_ms), "muted", wrap=False), row, 4, Qt.AlignmentFlag.AlignRight
        )
    return holder


class Review(QWidget):
    """The list of questions with filters, and the question that is selected."""

    def __init__(self, report: Report, theme: Theme) -> None:
        super().__init__()
        self._report = report
        self.filter = QComboBox()
        self.filter.setAccessibleName("Which questions")
        for key, name in _FILTER_NAMES.items():
            self.filter.addItem(f"{name} ({sum(map(FILTERS[key], report.items))})", key)
        self.section = QComboBox()
        self.section.setAccessibleName("Section")
        self.section.addItem("All sections", "")
        for section in report.score.sections:
            self.section.addItem(section.title, section.section)
        for box in (self.filter, self.section):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
        self.list = QTreeWidget()
        self.list.setAccessibleName("Questions")
        self.list.setRootIsDecorated(False)
        self.list.setHeaderLabels(["Question", "Section", "Result", "Time", "Marks"])
        self.list.setUniformRowHeights(True)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.list.header().setStretchLastSection(False)
        self.view = TextView(theme, "Question with its rationale")
        filters = QHBoxLayout()
        for caption, box in (("S&how", self.filter), ("S&ection", self.section)):
            head = QLabel(caption)
            head.setBuddy(box)
            filters.addWidget(head)
            filters.addWidget(box)
        filters.addStretch(1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(filters)
        column.addWidget(self.list, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(self.view)
        split.setStretchFactor(0, 4)
        split.setStretchFactor(1, 5)
        split.setChildrenCollapsible(False)
        split.setSizes([440, 560])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 8)
        layout.addWidget(split)
        self.list.currentItemChanged.connect(lambda line, _old: self._show(line))
        self.filter.currentIndexChanged.connect(lambda _index: self._fill())
        self.section.currentIndexChanged.connect(lambda _index: self._fill())
        self._fill()

    def shown(self) -> list[ItemResult]:
        """Return the results that pass the filters."""
        wanted: Callable[[ItemResult], bool] = FILTERS[str(self.filter.currentData())]
        section = str(self.section.currentData())
        return [item for item in self._report.items if wanted(item) and section in ("", item.section)]

    def _fill(self) -> None:
        self.list.clear()
        for item in self.shown():
            marks = [
                word
                for word, on in (
                    ("flagged", item.state.flagged),
                    (item.change, bool(item.change)),
                    ("slow", item.slow),
                    ("pretest, not scored", item.pretest),
                )
                if on
            ]
            cells = [
                str(item.number),
                item.section_title,
                item.outcome.capitalize(),
                minutes_text(item.state.time_ms),
                ", ".join(marks),
            ]
            line = QTreeWidgetItem(cells)
            line.setData(0, _NUMBER, item.number)
            self.list.addTopLevelItem(line)
        first = self.list.topLevelItem(0)
        if first is None:
            self.view.show_html("<p class='muted'>No question here. Choose another filter.</p>")
        else:
            self.list.setCurrentItem(first)

    def _show(self, line: QTreeWidgetItem | None) -> None:
        if line is not None:
            self.view.show_html(review_html(self._report.items[int(line.data(0, _NUMBER)) - 1]))
            self.view.verticalScrollBar().setValue(0)


def review_html(result: ItemResult) -> str:
    """Return the question as it was shown, the answer, the key, and why."""
    text, item = result.text, result.text.item
    parts = [f"<p class='muted'>Question {result.number} · {result.section_title}</p>"]
    parts.append(verdict_html(item, result.options, result.state.answer))
    facts = [minutes_text(result.state.time_ms)]
    facts += ["flagged"] if result.state.flagged else []
    facts += [f"changed from {result.change}"] if result.change else []
    facts += ["pretest, not scored"] if result.pretest else []
    parts.append(f"<p class='muted'>Your time: {', '.join(facts)}</p>")
    if result.state.note:
        parts.append("<p><b>Your note:</b> " + inline_html(plain(result.state.note)) + "</p>")
    if text.case is not None:
        parts.append(f"<h3>{inline_html(text.case.title)}</h3>{to_html(text.case.note)}<hr>")
    parts.append(to_html(item.stem))
    for place, option in enumerate(result.options):
        marks = [
            word
            for word, on in (("key", option in item.key), ("your answer", option in result.state.answer))
            if on
        ]
        kind = "good" if option in item.key else ("bad" if marks else "")
        mark = f" <b class='{kind}'>({', '.join(marks)})</b>" if marks else ""
        parts.append(f"<p><b>{chr(ord('A') + place)}.</b> {inline_html(item.option(option).text)}{mark}</p>")
    parts.append(rationale_html(text, result.options))
    return "".join(parts)

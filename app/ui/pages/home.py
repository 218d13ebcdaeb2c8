"""The home page: open sittings first, then the certifications, then past results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from app.errors import OpenbookError
from app.exam.blueprint import Blueprint
from app.exam.plan import Offer
from app.store.sittings import SittingRow
from app.ui.theme import Theme
from app.ui.widgets.bits import button, card, label, minutes_text
from app.ui.widgets.page import Page

_SITTING = Qt.ItemDataRole.UserRole
SHOWN_RESULTS = 50


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the home page shows."""

    offers: Sequence[Offer]
    open: Sequence[SittingRow]
    past: Sequence[SittingRow]
    notices: Sequence[OpenbookError] = ()
    loading: bool = False
    """Whether the banks are still being read; nothing can be begun until then."""


class HomePage(Page):
    """Where every sitting begins and where every result can be found again."""

    setup_asked = Signal(str)
    resume_asked = Signal(int)
    discard_asked = Signal(int)
    report_asked = Signal(int)
    cancel_asked = Signal()

    def __init__(self, view: HomeView, theme: Theme) -> None:
        super().__init__("Your exams", theme)
        self._blueprints = {offer.blueprint.id: offer.blueprint for offer in view.offers}
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Reading the question banks")
        self.progress.setFormat("Reading the question banks… %v of %m")
        if view.loading:
            row = QHBoxLayout()
            row.addWidget(self.progress, 1)
            row.addWidget(button("&Cancel", self.cancel_asked.emit, name="Stop reading the question banks"))
            self.column.addLayout(row)
        for notice in view.notices:
            self.column.addWidget(label(str(notice), "banner"))
        for sitting in view.open:
            self.column.addWidget(self._open_card(sitting, enabled=not view.loading))
        self.column.addWidget(label("Certifications", "subtitle"))
        grid = QGridLayout()
        grid.setSpacing(14)
        for place, offer in enumerate(view.offers):
            grid.addWidget(self._exam_card(offer, loading=view.loading), place // 2, place % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)
        self.column.addWidget(label("Past results", "subtitle"))
        if view.past:
            self.results = self._results(view.past)
            self.column.addWidget(self.results)
        else:
            self.column.addWidget(label("None yet. Your score reports will stand here.", "muted"))
        self.column.addStretch(1)

    def show_progress(self, done: int, total: int) -> None:
        """Show how many bank files have been read."""
        self.progress.setMaximum(max(1, total))
        self.progress.setValue(done)

    def _name(self, exam: str) -> str:
        blueprint = self._blueprints.get(exam)
        return blueprint.name if blueprint else exam.upper()

    def _open_card(self, sitting: SittingRow, *, enabled: bool) -> QFrame:
        frame, layout = card()
        row = QHBoxLayout()
        texts = QVBoxLayout()
        what = f"{self._name(sitting.exam)} {sitting.mode}, form {sitting.form}"
        texts.addWidget(label(f"Open: {what}", "subtitle"))
        texts.addWidget(label(_progress_text(sitting), "muted"))
        row.addLayout(texts, 1)
        discard = button("&Discard", lambda: self.discard_asked.emit(sitting.id), name=f"Discard {what}")
        resume = button(
            "&Resume", lambda: self.resume_asked.emit(sitting.id), primary=True, name=f"Resume {what}"
        )
        resume.setObjectName("resume")
        for each in (discard, resume):
            each.setEnabled(enabled)
            row.addWidget(each)
        layout.addLayout(row)
        return frame

    def _exam_card(self, offer: Offer, *, loading: bool) -> QFrame:
        blueprint = offer.blueprint
        frame, layout = card()
        layout.addWidget(label(blueprint.name, "subtitle"))
        layout.addWidget(label(f"{blueprint.credential}, {blueprint.body}", "muted"))
        layout.addWidget(label(facts(blueprint)))
        layout.addWidget(label("Reading the banks…" if loading else _stock(offer), "muted"))
        layout.addStretch(1)
        start = button(
            f"Set up {blueprint.name}…",
            lambda: self.setup_asked.emit(blueprint.id),
            primary=not loading and offer.total > 0,
        )
        start.setObjectName(f"setup_{blueprint.id}")
        start.setEnabled(not loading)
        layout.addWidget(start, 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    def _results(self, past: Sequence[SittingRow]) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName("Past results")
        tree.setRootIsDecorated(False)
        tree.setHeaderLabels(["Date", "Exam", "Form", "Mode", "Score", "Result"])
        tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        tree.header().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        tree.header().setStretchLastSection(False)
        tree.setUniformRowHeights(True)
        for sitting in past[:SHOWN_RESULTS]:
            line = QTreeWidgetItem(_result_cells(sitting, self._name(sitting.exam)))
            line.setData(0, _SITTING, sitting.id)
            tree.addTopLevelItem(line)
        tree.itemActivated.connect(lambda line: self.report_asked.emit(int(line.data(0, _SITTING))))
        tree.itemClicked.connect(lambda line: self.report_asked.emit(int(line.data(0, _SITTING))))
        tree.setToolTip("Click a line, or press Enter on it, for its score report")
        tree.setMinimumHeight(self.theme.pixels(44 + 34 * min(8, len(past))))
        return tree


def facts(blueprint: Blueprint) -> str:
    """Return size, time and passing rule in one line."""
    hours, minutes = divmod(blueprint.minutes, 60)
    time = f"{hours} h" if not minutes else f"{hours} h {minutes:02} min"
    unscored = f" ({blueprint.pretest} of them unscored)" if blueprint.pretest else ""
    rule = f"{blueprint.passing.cut:g} %"
    if blueprint.passing.kind == "scaled":
        rule = (
            f"{blueprint.passing.pass_mark} on a scale of {blueprint.passing.low} to {blueprint.passing.high}"
        )
    return f"{blueprint.items} questions{unscored}, {time}. Pass: {rule}."


def _stock(offer: Offer) -> str:
    if not offer.total:
        return "No questions in the banks yet."
    forms = f"Form {', '.join(offer.forms)} · " if offer.forms else ""
    return f"{forms}{offer.total} questions in the banks"


def _progress_text(sitting: SittingRow) -> str:
    if sitting.stage != "running":
        return "Not started yet."
    left = (
        f"{minutes_text(max(0, sitting.limit_ms - sitting.elapsed_ms))} left"
        if sitting.limit_ms
        else "untimed"
    )
    return f"{sitting.answered} of {sitting.items} answered, {left}. Begun {sitting.created_at[:10]}."


def _result_cells(sitting: SittingRow, exam: str) -> list[str]:
    points = sitting.scaled if sitting.scaled is not None else f"{sitting.percent or 0} %"
    score = f"{points} ({sitting.earned} of {sitting.possible})"
    passed = "Pass" if sitting.passed else "Not passed"
    return [sitting.created_at[:10], exam, sitting.form, sitting.mode.capitalize(), score, passed]

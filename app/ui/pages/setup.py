"""The set-up page: which form, which mode, how long."""

from __future__ import annotations

import random
from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.exam.forms import apportion
from app.exam.plan import Offer, SittingPlan
from app.ui.pages.home import facts
from app.ui.theme import Theme
from app.ui.widgets.bits import button, card, label
from app.ui.widgets.page import Page

PACES = (("Standard time", 1.0), ("Time and a quarter", 1.25), ("Time and a half", 1.5), ("Double time", 2.0))
MAX_SEED = 999_999
TWO_COLUMNS_UP_TO = 110
"""Text size in per cent up to which the section titles fit side by side."""


class SetupPage(Page):
    """Makes a SittingPlan of what the candidate chooses; offers nothing that the banks cannot fill."""

    begun = Signal(object)
    """The SittingPlan."""
    cancelled = Signal()

    def __init__(self, offer: Offer, theme: Theme) -> None:
        super().__init__(f"Set up {offer.blueprint.name}", theme)
        self.offer = offer
        blueprint = offer.blueprint
        self.column.addWidget(label(f"{blueprint.credential}, {blueprint.body}. {facts(blueprint)}", "muted"))
        if blueprint.later:
            self.column.addWidget(label(blueprint.later, "banner"))
        if blueprint.passing.kind == "scaled":
            self.column.addWidget(label(f"Passing rule: {blueprint.passing.rule}.", "muted"))
        self.rehearsal = QRadioButton("Re&hearsal: as on the day, no pause, no feedback")
        self.practice = QRadioButton("Prac&tice: pause, check answers at once, choose sections")
        self.rehearsal.setChecked(True)
        self._add_card("Mode", self.rehearsal, self.practice)
        self._form_group = QButtonGroup(self)
        self.forms: dict[str, QRadioButton] = {}
        self.drawn = QRadioButton("&New form drawn from the banks, unseen questions first")
        self.smaller = QRadioButton()
        self.seed = QSpinBox()
        self.seed.setRange(1, MAX_SEED)
        self.seed.setValue(random.randint(1, MAX_SEED))
        self.seed.setAccessibleName("Seed: the same seed draws the same form")
        self._form_card = self._forms()
        self.sections: dict[str, QCheckBox] = {}
        self.number = QSpinBox()
        self.timed = QCheckBox("&Limit the time as the exam does")
        self._practice_card = self._practice()
        self.pace = QComboBox()
        self.pace.setAccessibleName("Time allowed")
        for name, factor in PACES:
            self.pace.addItem(name, factor)
        self._pace_card = self._add_card(
            "Time", label("Only for candidates whose body has granted extended time.", "muted"), self.pace
        )
        self.column.addStretch(1)
        self.start = button("&Begin", self._begin, primary=True)
        self.bar.addStretch(1)
        self.bar.addWidget(button("&Cancel", self.cancelled.emit))
        self.bar.addWidget(self.start)
        for each in (self.rehearsal, self.practice):
            each.toggled.connect(self._update)
        self._update()

    def plan(self) -> SittingPlan:
        """Return the sitting that the choices describe."""
        exam, seed = self.offer.blueprint.id, self.seed.value()
        pace = float(self.pace.currentData())
        if self.practice.isChecked():
            chosen = self._practice_counts()
            return SittingPlan(exam, "practice", "", seed, chosen, timed=self.timed.isChecked(), pace=pace)
        form = next((name for name, entry in self.forms.items() if entry.isChecked()), "")
        counts = self.offer.largest if self.smaller.isChecked() else None
        return SittingPlan(exam, "rehearsal", form, seed, counts, pace=pace)

    def _add_card(self, title: str, *widgets: QWidget) -> QWidget:
        frame, layout = card()
        layout.addWidget(label(title, "subtitle"))
        for widget in widgets:
            layout.addWidget(widget)
        self.column.addWidget(frame)
        return frame

    def _forms(self) -> QWidget:
        offer = self.offer
        entries: list[QWidget] = []
        for name in offer.forms:
            self.forms[name] = QRadioButton(f"Form &{name}: a fixed form, for comparing attempts")
            entries.append(self.forms[name])
        lacking = offer.shortages
        self.drawn.setEnabled(not lacking)
        entries.append(self.drawn)
        if lacking:
            entries.append(label(self._shortage_text(), "muted"))
            total = sum(offer.largest.values())
            self.smaller.setText(
                f"&Largest form that keeps the proportions: {total} questions, time in proportion"
            )
            self.smaller.setEnabled(total > 0)
            if total:
                entries.append(self.smaller)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        head = QLabel("&Seed")
        head.setBuddy(self.seed)
        row.addWidget(head)
        row.addWidget(self.seed)
        row.addWidget(label("The same seed orders a form and its options the same way.", "muted"), 1)
        entries.append(holder)
        for entry in (*self.forms.values(), self.drawn, self.smaller):
            self._form_group.addButton(entry)
        first: QAbstractButton | None = next(
            (entry for entry in (*self.forms.values(), self.drawn, self.smaller) if entry.isEnabled()), None
        )
        if first is not None and (first is not self.smaller or lacking):
            first.setChecked(True)
        return self._add_card("Form", *entries)

    def _shortage_text(self) -> str:
        blueprint = self.offer.blueprint
        lacking = [
            f"{blueprint.section(each.section).title} lacks {each.needed - each.available}"
            for each in self.offer.shortages
        ]
        if not self.offer.total:
            return "The banks hold no question for this exam yet."
        return f"The banks cannot fill a whole form: {'; '.join(lacking)}."

    def _practice(self) -> QWidget:
        grid_holder = QWidget()
        grid = QGridLayout(grid_holder)
        grid.setContentsMargins(0, 0, 0, 0)
        columns = 2 if self.theme.text_size <= TWO_COLUMNS_UP_TO else 1
        for place, section in enumerate(self.offer.blueprint.sections):
            available = self.offer.available.get(section.id, 0)
            box = QCheckBox(f"{section.title} ({available})")
            box.setChecked(available > 0)
            box.setEnabled(available > 0)
            box.toggled.connect(self._update)
            self.sections[section.id] = box
            grid.addWidget(box, place // columns, place % columns)
        chosen = QHBoxLayout()
        chosen.addWidget(button("Choose &all", lambda: self._tick(on=True)))
        chosen.addWidget(button("Choose n&one", lambda: self._tick(on=False)))
        head = QLabel("N&umber of questions")
        head.setBuddy(self.number)
        self.number.setAccessibleName("Number of questions")
        self.number.setRange(0, 0)
        self.number.setValue(20)
        chosen.addSpacing(16)
        chosen.addWidget(head)
        chosen.addWidget(self.number)
        chosen.addStretch(1)
        holder = QWidget()
        box_layout = QVBoxLayout(holder)
        box_layout.setContentsMargins(0, 0, 0, 0)
        box_layout.addLayout(chosen)
        return self._add_card("Sections", grid_holder, holder, self.timed)

    def _tick(self, *, on: bool) -> None:
        for box in self.sections.values():
            box.setChecked(on and box.isEnabled())

    def _chosen(self) -> dict[str, int]:
        return {
            section: self.offer.available.get(section, 0)
            for section, box in self.sections.items()
            if box.isChecked()
        }

    def _practice_counts(self) -> Mapping[str, int]:
        """Return the number split by weight among the chosen sections, none above what the banks hold."""
        available = self._chosen()
        wanted = {
            section: min(self.offer.blueprint.section(section).items, available[section])
            for section in available
        }
        counts = apportion(self.number.value(), wanted)
        spare = 0
        for section, count in counts.items():
            spare += max(0, count - available[section])
            counts[section] = min(count, available[section])
        for section in counts:
            extra = min(spare, available[section] - counts[section])
            counts[section] += extra
            spare -= extra
        return {section: count for section, count in counts.items() if count}

    def _update(self) -> None:
        practice = self.practice.isChecked()
        self._practice_card.setVisible(practice)
        self._form_card.setVisible(not practice)
        self._pace_card.setVisible(not practice or self.timed.isChecked())
        total = sum(self._chosen().values())
        first_time = self.number.maximum() == 0 and total > 0
        self.number.setRange(min(1, total), total)
        if first_time:
            self.number.setValue(min(20, total))
        any_form = any(entry.isEnabled() and entry.isChecked() for entry in self._form_group.buttons())
        self.start.setEnabled(total > 0 if practice else any_form)

    def _begin(self) -> None:
        self.begun.emit(self.plan())

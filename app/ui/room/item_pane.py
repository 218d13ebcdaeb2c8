"""The item on screen: record at the left, stem and options at the right. Shows state and tells intents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSplitter, QVBoxLayout, QWidget

from app.bank.markup import to_html
from app.bank.model import ItemText
from app.exam.sitting import ItemState
from app.ui.feedback import rationale_html, verdict_html
from app.ui.room.option_row import Mark, OptionRow
from app.ui.theme import Theme
from app.ui.widgets.bits import label, set_text
from app.ui.widgets.text_view import TextView


@dataclass(frozen=True, slots=True)
class ItemView:
    """What stands on the form at one place, for showing."""

    number: int
    """From 1."""
    text: ItemText
    options: tuple[str, ...]
    """Option ids in the order shown."""
    picks: int


@lru_cache(maxsize=1024)
def _html(text: str) -> str:
    return to_html(text)


class ItemPane(QSplitter):
    """Shows one item; tells what the candidate wants."""

    answer_chosen = Signal(object)
    """The options (ids) that the answer should now be."""
    too_many = Signal(int)
    """The candidate chose more options than the item allows."""
    strike_toggled = Signal(str, bool)
    highlighted = Signal(str, object)
    """``stem`` or ``case``, and the spans."""
    end_seen = Signal()
    """Record and item have been seen down to the end."""
    code_asked = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setChildrenCollapsible(False)
        self._view: ItemView | None = None
        self._state = ItemState()
        self._unseen: set[str] = set()
        self._rows: list[OptionRow] = []
        self._halved = False
        """Whether record and question have been given half the width each.

        Later the candidate's choice stays.
        """
        self.case_view = TextView(theme, "Record")
        self._case_title = label("", "subtitle")
        self._case = _framed("case_pane", self._case_title, self.case_view)
        self.stem_view = TextView(theme, "Question", fit=True)
        self._choose = QLabel()
        self._feedback = TextView(theme, "Rationale", fit=True)
        self._scroll = self._item_side()
        self.addWidget(self._case)
        self.addWidget(self._scroll)
        self.setStretchFactor(0, 5)
        self.setStretchFactor(1, 6)
        for part, view in (("stem", self.stem_view), ("case", self.case_view)):
            view.highlights_changed.connect(lambda spans, part=part: self.highlighted.emit(part, spans))
            view.code_asked.connect(self.code_asked)
        self._feedback.code_asked.connect(self.code_asked)
        for name, bar in (
            ("item", self._scroll.verticalScrollBar()),
            ("case", self.case_view.verticalScrollBar()),
        ):
            bar.valueChanged.connect(lambda _value, name=name: self._looked(name))

    def show_item(self, view: ItemView, state: ItemState, *, case_known: bool) -> None:
        """Show the item as its state says.

        ``case_known``: the record was seen to its end with an earlier item, so it need not be scrolled again.
        """
        fresh = self._view is None or self._view.number != view.number
        if self._view is None or self._view.options != view.options or self._view.picks != view.picks:
            self._make_rows(view)
        self._view, self._state = view, state
        case = view.text.case
        self._case.setVisible(case is not None)
        if case is not None:
            if not self._halved and self.width() > self.minimumSizeHint().width():
                self._halved = True
                self.setSizes([self.width() // 2] * 2)
            set_text(self._case_title, case.title)
            self.case_view.show_html(_html(case.note), state.case_spans)
        self.stem_view.show_html(_html(view.text.item.stem), state.stem_spans)
        self._choose.setVisible(view.picks > 1)
        if view.picks > 1:
            set_text(self._choose, f"Choose {view.picks}.")
        self._show_options(view, state)
        self._show_feedback(view, state)
        if fresh:
            self._unseen = {"item", "case"} if case is not None and not case_known else {"item"}
            self._scroll.verticalScrollBar().setValue(0)

    def choose(self, place: int) -> None:
        """Choose the option at a place (0 for A), as if it had been clicked."""
        view, state = self._view, self._state
        if view is None or state.checked or not 0 <= place < len(view.options):
            return
        option = view.options[place]
        if view.picks == 1:
            self._ask((option,))
        elif option in state.answer:
            self._ask(tuple(other for other in state.answer if other != option))
        elif len(state.answer) < view.picks:
            self._ask((*state.answer, option))
        else:
            self.too_many.emit(view.picks)
        self._show_options(view, self._state)

    def strike(self, place: int) -> None:
        """Strike the option at a place out, or take the strike back."""
        if self._view is not None and not self._state.checked and 0 <= place < len(self._view.options):
            option = self._view.options[place]
            self.strike_toggled.emit(option, option not in self._state.struck)

    def highlight_selection(self) -> bool:
        """Mark what is selected in stem or record; return whether anything was."""
        return self.stem_view.toggle_highlight() or self.case_view.toggle_highlight()

    def clear_highlights(self) -> None:
        """Take the highlights off stem and record."""
        self.stem_view.clear_highlights()
        self.case_view.clear_highlights()

    def fully_seen(self) -> bool:
        """Return whether record and item need no more scrolling."""
        self._unseen -= {name for name in self._unseen if self._at_end(name)}
        return not self._unseen

    def scroll_on(self) -> None:
        """Scroll down by a page whatever has not been seen to its end."""
        for name, area in (("case", self.case_view), ("item", self._scroll)):
            if name in self._unseen:
                bar = area.verticalScrollBar()
                bar.setValue(bar.value() + bar.pageStep())

    def focus_item(self) -> None:
        """Put the focus on the chosen option, or the first one."""
        rows = [row for row in self._rows if row.button.isChecked()] or self._rows
        if rows:
            rows[0].button.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def rows(self) -> list[OptionRow]:
        """Return the option rows, A first."""
        return list(self._rows)

    def _item_side(self) -> QScrollArea:
        inner = QFrame()
        inner.setObjectName("item_pane")
        self._body = QVBoxLayout(inner)
        self._body.setContentsMargins(20, 16, 20, 16)
        self._body.setSpacing(8)
        self._body.addWidget(self.stem_view)
        self._body.addWidget(self._choose)
        self._option_box = QVBoxLayout()
        self._option_box.setSpacing(6)
        self._body.addLayout(self._option_box)
        self._body.addWidget(self._feedback)
        self._body.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        return scroll

    def _make_rows(self, view: ItemView) -> None:
        several = view.picks > 1
        if (
            self._view is not None
            and len(self._rows) == len(view.options)
            and several == (self._view.picks > 1)
        ):
            return
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = []
        for place in range(len(view.options)):
            row = OptionRow(chr(ord("A") + place), several=several)
            row.chosen.connect(lambda place=place: self.choose(place))
            row.struck.connect(lambda place=place: self.strike(place))
            self._option_box.addWidget(row)
            self._rows.append(row)

    def _show_options(self, view: ItemView, state: ItemState) -> None:
        item = view.text.item
        for row, option in zip(self._rows, view.options, strict=True):
            mark: Mark = ""
            if state.checked and option in item.key:
                mark = "right"
            elif state.checked and option in state.answer:
                mark = "wrong"
            row.show_option(
                item.option(option).text,
                chosen=option in state.answer,
                struck=option in state.struck,
                mark=mark,
                locked=state.checked,
            )

    def _show_feedback(self, view: ItemView, state: ItemState) -> None:
        self._feedback.setVisible(state.checked)
        if state.checked:
            verdict = verdict_html(view.text.item, view.options, state.answer)
            self._feedback.show_html(verdict + rationale_html(view.text, view.options))

    def _ask(self, options: tuple[str, ...]) -> None:
        self.answer_chosen.emit(options)

    def _at_end(self, name: str) -> bool:
        bar = self._scroll.verticalScrollBar() if name == "item" else self.case_view.verticalScrollBar()
        return bar.value() >= bar.maximum() - 4

    def _looked(self, name: str) -> None:
        if name in self._unseen and self._at_end(name):
            self._unseen.discard(name)
            if not self._unseen:
                self.end_seen.emit()


def _framed(name: str, *widgets: QWidget) -> QFrame:
    frame = QFrame()
    frame.setObjectName(name)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(16, 12, 8, 12)
    for widget in widgets:
        layout.addWidget(widget)
    return frame

"""The exam room: leads the candidate from check-in to the survey.

Renders the sitting's state, sends its intents.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.errors import StoreError
from app.exam import events as ev
from app.exam.live import LiveSitting, Notice
from app.exam.sitting import SittingState
from app.store.sittings import SittingRecord
from app.ui.room.gates import Agreement, CheckIn, Pause, Tutorial
from app.ui.room.help_sheet import HelpSheet
from app.ui.room.item_list import ListedItem
from app.ui.room.item_pane import ItemView
from app.ui.room.item_screen import ItemScreen
from app.ui.room.navigator import Navigator
from app.ui.room.review_screen import ReviewScreen
from app.ui.room.survey import Survey
from app.ui.room.title_bar import TitleBar
from app.ui.theme import Theme
from app.ui.widgets.ask import ask, tell, tell_error
from app.ui.widgets.text_view import TextView

TICK_MS = 200
FLUSH_BEFORE_END_MS = 1500
"""In the last moments notes are written at every tick, so that the end of the time cuts nothing off."""


class ExamRoom(QWidget):
    """One sitting on screen. Keeps no truth of its own but which review list is being gone through."""

    finished = Signal(int)
    """Sitting id: the survey is done or skipped, the report can be shown."""
    closed = Signal()
    """The candidate left or declined; the home page should come back."""

    def __init__(
        self,
        record: SittingRecord,
        live: LiveSitting,
        theme: Theme,
        *,
        candidate: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.record, self.live, self._theme = record, live, theme
        self._name = candidate
        self._list: list[int] = []
        self._shown_stage: object = None
        self.departed = False
        practice = record.rules.practice
        kind = "Practice" if practice else "Rehearsal"
        self.title = TitleBar(f"{record.blueprint.name} {kind} · form {record.form.name}")
        self.stack = QStackedWidget()
        self.items = ItemScreen(theme, record.rules)
        self.review = ReviewScreen()
        self.stack.addWidget(self.items)
        self.stack.addWidget(self.review)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.title)
        layout.addWidget(self.stack, 1)
        self._views = self._make_views()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._connect()
        QShortcut(QKeySequence("Alt+T"), self, self.title.time.click)
        QShortcut(QKeySequence("Alt+M"), self, self.title.number.click)
        self.render_state()
        self._timer.start()

    # what the candidate wants

    def do(self, event: ev.Event) -> bool:
        """Ask the sitting for an event and show the outcome; an event that could not be written is told."""
        try:
            accepted = self.live.do(event)
        except StoreError as error:
            self._timer.stop()
            tell_error(self, error, self._timer.start)
            accepted = False
        self.render_state()
        return accepted

    def go_to(self, number: int) -> None:
        """Show the item with this number (from 0)."""
        self.items.panel.notes.flush()
        self.items.show_message("")
        if self.do(ev.Shown(item=number)):
            self.items.pane.focus_item()

    def go_next(self) -> None:
        """Go to the next item, of the review list if one is being gone through.

        At the end to the review screen.
        """
        pane, state = self.items.pane, self.state
        if not state.items[state.current].scrolled and not pane.fully_seen():
            ask(
                self,
                "Scroll to the end",
                "You have not seen this question to its end.",
                [("&Scroll down", pane.scroll_on), ("&Cancel", lambda: None)],
                name="scroll_prompt",
            )
            return
        following = self._neighbour(1)
        if following is not None:
            self.go_to(following)
        elif self.record.rules.review_screen:
            self.open_review()
        else:
            self._confirm_end()

    def go_previous(self) -> None:
        """Go to the item before."""
        before = self._neighbour(-1)
        if before is not None:
            self.go_to(before)

    def open_review(self) -> None:
        """Show the review screen."""
        self._list = []
        self.items.panel.notes.flush()
        self.do(ev.ReviewOpened())

    def open_navigator(self) -> Navigator:
        """Show the navigator over the item."""
        self.items.panel.notes.flush()
        navigator = Navigator(self._listed(), self.state.current + 1, self._theme, self)
        navigator.jump.connect(self._jump)
        navigator.open()
        return navigator

    def open_help(self) -> HelpSheet:
        """Show the list of keys."""
        sheet = HelpSheet(self)
        sheet.open()
        return sheet

    def leave(self, then: Callable[[], object] = lambda: None) -> None:
        """Ask, then leave the room and do ``then``; the sitting stays open and can be gone on with."""
        if self.state.stage != "running":
            self._depart_and(then)
            return
        practice = self.record.rules.practice
        detail = (
            "Everything is saved. You can go on from the home page."
            if practice
            else "Everything is saved and you can go on from the home page, but on the day leaving ends the "
            "exam. "
            "The interruption stands on your report."
        )
        choices: list[tuple[str, Callable[[], object]]] = [
            ("&Stay", lambda: None),
            ("&Leave", lambda: self._depart_and(then)),
        ]
        ask(self, "Leave the room?", "Leave the exam room?", choices, detail=detail, name="leave", escape=0)

    def depart(self) -> None:
        """Leave the room now."""
        self.departed = True
        self.shut()
        self.closed.emit()

    def ask_to_leave(self) -> None:
        """Ask, then leave the room for the home page."""
        self.leave()

    def _depart_and(self, then: Callable[[], object]) -> None:
        self.depart()
        then()

    def restyled(self) -> None:
        """Show everything in the colours and the text size now in force."""
        for view in self.findChildren(TextView):
            view.refresh()
        self.render_state()

    def shut(self) -> None:
        """Write what is not yet written and stop the clock; the sitting stays as it is."""
        if self._timer.isActive():
            self.items.panel.notes.flush()
            self._timer.stop()
            try:
                self.live.leave()
            except StoreError as error:
                tell_error(self, error)

    # what is on screen

    @property
    def state(self) -> SittingState:
        """Return the state of the sitting."""
        return self.live.state

    def render_state(self) -> None:
        """Show the state as it is now."""
        state = self.state
        stage: object = (state.stage, state.paused)
        if stage != self._shown_stage:
            self._shown_stage = stage
            self._enter(state)
        if state.stage == "running" and not state.paused:
            if state.reviewing:
                self.review.show_items(self._listed(), state.current + 1)
                self.stack.setCurrentWidget(self.review)
                self.review.list.setFocus()
            else:
                self._render_item(state)
        self._render_title(state)

    def tick(self) -> None:
        """Let the clock act and show it."""
        if 0 <= self.live.remaining_ms <= FLUSH_BEFORE_END_MS:
            self.items.panel.notes.flush()
        try:
            notices = self.live.tick()
        except StoreError as error:
            self._timer.stop()
            tell_error(self, error, self._timer.start)
            return
        for notice in notices:
            self._tell(notice)
        if notices:
            self.render_state()
        else:
            self._render_clock()

    def _enter(self, state: SittingState) -> None:
        """Bring the screen of a stage up."""
        page = self.items if state.stage == "running" and not state.paused else self._gate(state)
        if page is None:
            return
        old = self.stack.currentWidget()
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        if old not in (self.items, self.review, page) and old is not None:
            self.stack.removeWidget(old)
            old.deleteLater()

    def _gate(self, state: SittingState) -> QWidget | None:
        blueprint, rules = self.record.blueprint, self.record.rules
        if state.paused:
            pause = Pause(self._theme)
            pause.resumed.connect(lambda: self.do(ev.Resumed()))
            pause.left.connect(self.depart)
            return pause
        if state.stage == "check-in":
            check_in = CheckIn(blueprint, self.record.form.name, self._name, self._theme)
            check_in.confirmed.connect(lambda name: self.do(ev.Admitted(candidate=name)))
            check_in.left.connect(self.depart)
            return check_in
        if state.stage == "agreement":
            agreement = Agreement(blueprint, self._theme)
            agreement.accepted.connect(lambda: self.do(ev.Agreed()))
            agreement.declined.connect(self._confirm_decline)
            return agreement
        if state.stage == "tutorial":
            tutorial = Tutorial(
                blueprint, rules.count, rules.limit_ms, practice=rules.practice, theme=self._theme
            )
            tutorial.started.connect(self._start)
            return tutorial
        if state.stage == "survey":
            survey = Survey(self._theme, by_time=state.ended_by == "time")
            survey.done.connect(self._surveyed)
            return survey
        return None

    def _render_item(self, state: SittingState) -> None:
        number, item = state.current, state.items[state.current]
        view = self._views[number]
        case = view.text.case
        known = case is not None and any(
            other.scrolled and self._views[n].text.case == case for n, other in enumerate(state.items)
        )
        self.items.pane.show_item(view, item, case_known=known)
        self.items.panel.notes.show_notes(number, item.note, state.scratch)
        self.items.previous_button.setEnabled(self._neighbour(-1) is not None)
        self.items.check_button.setEnabled(bool(item.answer) and not item.checked)
        self.stack.setCurrentWidget(self.items)

    def _render_title(self, state: SittingState) -> None:
        on_item = state.stage == "running" and not state.paused and not state.reviewing
        self.title.show_candidate(state.candidate)
        self.title.show_place(state.current + 1 if on_item else 0, self.record.rules.count if on_item else 0)
        flag = state.items[state.current].flagged if on_item and self.record.rules.flag else None
        self.title.show_flag(flag)
        self._render_clock()

    def _render_clock(self) -> None:
        self.title.show_clock(self.live.remaining_ms if self.state.stage == "running" else None)

    # steps

    def _connect(self) -> None:
        items, pane, notes = self.items, self.items.pane, self.items.panel.notes
        items.previous.connect(self.go_previous)
        items.next.connect(self.go_next)
        items.navigator.connect(self.open_navigator)
        items.review.connect(self.open_review)
        items.check.connect(self._check)
        items.pause.connect(self._pause)
        pane.answer_chosen.connect(
            lambda options: self.do(ev.Answered(item=self.state.current, options=options))
        )
        pane.strike_toggled.connect(
            lambda option, on: self.do(ev.Struck(item=self.state.current, option=option, on=on))
        )
        pane.highlighted.connect(
            lambda part, spans: self.do(ev.Highlighted(item=self.state.current, part=part, spans=spans))
        )
        pane.end_seen.connect(self._end_seen)
        pane.too_many.connect(
            lambda picks: self.items.show_message(f"Only {picks} answers may be chosen. Take one off first.")
        )
        notes.note_changed.connect(lambda item, text: self.do(ev.Noted(item=item, text=text)))
        notes.scratch_changed.connect(lambda text: self.do(ev.Scratched(text=text)))
        self.title.flag_toggled.connect(lambda on: self.do(ev.Flagged(item=self.state.current, on=on)))
        self.review.jump.connect(self._jump)
        self.review.review.connect(self._review_list)
        self.review.end.connect(self._confirm_end)

    def _start(self) -> None:
        if self.do(ev.Started()):
            self.do(ev.Shown(item=0))
            self.items.pane.focus_item()

    def _check(self) -> None:
        if self.do(ev.Checked(item=self.state.current)):
            self.items.next_button.setFocus()

    def _pause(self) -> None:
        self.items.panel.notes.flush()
        self.do(ev.Paused())

    def _end_seen(self) -> None:
        state = self.state
        if state.running and not state.items[state.current].scrolled:
            self.do(ev.Scrolled(item=state.current))

    def _jump(self, number: int) -> None:
        self._list = []
        self.go_to(number - 1)

    def _review_list(self, which: str) -> None:
        self._list = self.state.numbers(which)  # type: ignore[arg-type]
        if self._list:
            self.go_to(self._list[0])

    def _neighbour(self, step: int) -> int | None:
        if step < 0 and not self.record.rules.back:
            return None
        current = self.state.current
        if self._list:
            later = [n for n in self._list if (n > current if step > 0 else n < current)]
            return (min(later) if step > 0 else max(later)) if later else None
        neighbour = current + step
        return neighbour if 0 <= neighbour < self.record.rules.count else None

    def _confirm_end(self) -> None:
        self.items.panel.notes.flush()
        unanswered = len(self.state.numbers("incomplete"))
        flagged = len(self.state.numbers("flagged"))
        text = f"{_are(unanswered)} unanswered, {_are(flagged)} flagged."
        again = self._confirm_unanswered if unanswered else self._end
        self._ask_end("End the exam?", text, again, "end")

    def _confirm_unanswered(self) -> None:
        unanswered = len(self.state.numbers("incomplete"))
        text = f"Unanswered questions count as wrong ({unanswered}). There is no penalty for a guess."
        self._ask_end("Really end with unanswered questions?", text, self._end, "end_again")

    def _ask_end(self, question: str, detail: str, yes: Callable[[], object], name: str) -> None:
        choices: list[tuple[str, Callable[[], object]]] = [
            ("&Go on with the exam", lambda: None),
            ("&End", yes),
        ]
        ask(self, "End exam", question, choices, detail=detail, name=name, escape=0)

    def _end(self) -> None:
        self.do(ev.Ended(by="candidate"))

    def _confirm_decline(self) -> None:
        ask(
            self,
            "Decline",
            "Decline the agreement?",
            [("&Back to the agreement", lambda: None), ("&Decline and end", self._decline)],
            detail="The sitting then ends without a result, as it would on the day.",
            name="decline",
            escape=0,
        )

    def _decline(self) -> None:
        self.do(ev.Declined())
        self._timer.stop()
        self.closed.emit()

    def _surveyed(self, event: ev.Surveyed) -> None:
        if self.do(event):
            self._timer.stop()
            self.finished.emit(self.record.id)

    def _tell(self, notice: Notice) -> None:
        if notice.kind == "warning":
            unit = "minute" if notice.minutes == 1 else "minutes"
            tell(self, "Time", f"{notice.minutes} {unit} remaining.", name="warning")
        elif notice.kind == "gap":
            self.items.show_message("The computer stood still for a while. That time was not counted.")

    def _listed(self) -> list[ListedItem]:
        blueprint = self.record.blueprint
        return [
            ListedItem(n + 1, blueprint.section(place.section).title, self.state.items[n])
            for n, place in enumerate(self.record.form.items)
        ]

    def _make_views(self) -> list[ItemView]:
        return [
            ItemView(n + 1, text, place.options, place.picks)
            for n, (place, text) in enumerate(zip(self.record.form.items, self.record.texts, strict=True))
        ]


def _are(number: int) -> str:
    return "1 question is" if number == 1 else f"{number} questions are"

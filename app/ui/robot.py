"""The robot candidate: sits an exam through the real widgets and looks at every screen."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox, QPushButton, QRadioButton, QWidget

from app import settings as settings_file
from app.errors import OpenbookError
from app.paths import DataPaths
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.pages.home import HomePage
from app.ui.pages.recovery import RecoveryPage
from app.ui.pages.report import ReportPage
from app.ui.pages.setup import SetupPage
from app.ui.room.gates import Agreement, CheckIn, Tutorial
from app.ui.room.help_sheet import HelpSheet
from app.ui.room.navigator import Navigator
from app.ui.room.room import ExamRoom
from app.ui.room.survey import Survey
from app.ui.theme import Theme

PATIENCE_S = 60.0
NAME = "Robot Candidate"
SKIPPED, FLAGGED, STRUCK, CHANGED = 0.04, 0.10, 0.25, 0.08
"""Shares of the items that the robot skips at first, flags, strikes options of, answers twice."""

T = TypeVar("T", bound=QObject)
Trace = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class RobotTask:
    """What the robot is to do."""

    exam: str
    form: str = ""
    share: float = 0.8
    """Probability of a right answer."""
    seed: int = 1
    shots: Path | None = None
    """Folder for one PNG of every kind of screen."""
    resume: bool = False
    """Go on with the open sitting instead of beginning one."""
    size: tuple[int, int] = (1366, 768)
    scheme: str = "light"
    text_size: int = 100


class _Painted(QObject):
    """Sees when a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return super().eventFilter(watched, event)


class Robot:
    """Sits one exam. Make it, then call ``run``."""

    def __init__(self, window: MainWindow, desk: Desk, task: RobotTask, trace: Trace | None = None) -> None:
        self._window, self._desk, self._task = window, desk, task
        self._trace = trace
        self._shots: dict[str, str] = {}
        self._turns: list[float] = []
        self._pass = 0
        self._flags_reviewed = False
        self._navigated = self._helped = False
        self._painted: _Painted | None = None

    def run(self) -> dict[str, Any]:
        """Sit the exam to the report and return what came out, ready for JSON.

        Raises OpenbookError if stuck.
        """
        began = time.perf_counter()
        self._wait(
            lambda: isinstance(self._window.page(), HomePage | RecoveryPage) and not self._desk.loading,
            "home",
        )
        page = self._window.page()
        if isinstance(page, RecoveryPage):
            self._shot("recovery")
            raise OpenbookError("The robot could not open the data folder.", where=str(self._desk.paths.root))
        self._shot("home")
        room = self._enter()
        while self._window.room is not None:
            self._step(room)
        report_page = self._page(ReportPage)
        self._shot("report")
        report_page.tabs.setCurrentIndex(1)
        self._shot("report-questions")
        report = report_page.report
        result = {
            "exam": report.blueprint.id,
            "form": report.form.name,
            "seed": report.form.seed,
            "items": len(report.items),
            "answered": report.answered,
            "correct": sum(item.correct for item in report.items),
            "passed": report.score.passed,
            "score": report.score.scaled if report.score.scaled is not None else report.score.percent,
            "sections": [
                {
                    "section": part.section,
                    "earned": part.earned,
                    "possible": part.possible,
                    "time_ms": part.time_ms,
                }
                for part in report.score.sections
            ],
            "events": self._desk.event_count(room.record.id),
            "elapsed_s": round(time.perf_counter() - began, 2),
            "turn_ms": _spread(self._turns),
            "attempt": room.record.id,
            "shots": list(self._shots.values()),
        }
        self._press(report_page, "&Done")
        self._page(HomePage)
        self._shot("home-with-results")
        for name in ("settings", "about"):
            self._window.page_asked.emit(name)
            self._shot(name)
        result["shots"] = list(self._shots.values())
        return result

    # ways through the screens

    def _enter(self) -> ExamRoom:
        home = self._page(HomePage)
        if self._task.resume:
            self._click(self._child(home, QPushButton, "resume"))
        else:
            self._click(self._child(home, QPushButton, f"setup_{self._task.exam}"))
            setup = self._page(SetupPage)
            if self._task.form:
                if self._task.form not in setup.forms:
                    known = ", ".join(setup.forms) or "none"
                    raise OpenbookError(
                        f"There is no form {self._task.form!r}.", todo=f"Forms in the banks: {known}."
                    )
                setup.forms[self._task.form].click()
            else:
                setup.drawn.click()
            setup.seed.setValue(self._task.seed)
            self._shot("setup")
            self._click(setup.start)
        self._wait(lambda: self._window.room is not None or self._box() is not None, "the exam room")
        box = self._box()
        if box is not None:
            raise OpenbookError(box.text(), where=box.informativeText())
        room = self._window.room
        assert room is not None
        self._painted = _Painted(room.items.pane.stem_view.viewport())
        return room

    def _step(self, room: ExamRoom) -> None:
        state = room.state
        if state.stage == "running" and state.reviewing:
            self._review(room)
        elif state.stage == "running":
            self._item(room)
        else:
            self._gate(room)

    def _gate(self, room: ExamRoom) -> None:
        stage = room.state.stage
        page = room.stack.currentWidget()
        self._shot(stage)
        if isinstance(page, CheckIn):
            page.name.clear()
            QTest.keyClicks(page.name, NAME)
            self._click(page.confirm)
        elif isinstance(page, Agreement):
            self._click(page.accept)
        elif isinstance(page, Tutorial):
            self._click(page.start)
        elif isinstance(page, Survey):
            for radio in page.findChildren(QRadioButton)[1::4]:
                radio.click()
            QTest.keyClicks(page.note, "Watch the clock on the long records.")
            self._shot("survey-answered")
            self._click(page.finish)
        self._wait(lambda: self._window.room is None or room.state.stage != stage, f"the end of {stage}")

    def _item(self, room: ExamRoom) -> None:
        state, items = room.state, room.items
        number, item = state.current, state.items[state.current]
        dice = random.Random(f"{self._task.seed}:{number}")
        skip, flag, strike, change = (dice.random() < share for share in (SKIPPED, FLAGGED, STRUCK, CHANGED))
        record = room.record
        skip = skip and record.rules.back
        case = record.texts[number].case
        self._shot(
            "item-case" if case else ("item-multiple" if record.form.items[number].picks > 1 else "item")
        )
        if not item.answer and not (skip and self._pass == 0):
            self._answer(room, number, dice, change=change)
        if number == 1 and not item.note:
            items.panel.notes.note.setFocus()
            QTest.keyClicks(items.panel.notes.note, "check the margins again")
            items.panel.notes.flush()
            self._highlight(room)
            self._shot("item-note-highlight")
        if flag and self._pass == 0 and not item.flagged and room.title.flag.isVisible():
            self._click(room.title.flag)
        if strike and not item.struck:
            self._strike(room, number)
        if number == 2 and not self._navigated:
            self._look_around(room)
        self._acknowledge(room)
        self._see_all(room)
        self._turn(room)

    def _answer(self, room: ExamRoom, number: int, dice: random.Random, *, change: bool) -> None:
        place, item = room.record.form.items[number], room.record.texts[number].item
        right = dice.random() < self._task.share
        wrong = [option for option in place.options if option not in item.key]
        chosen = list(item.key) if right else [*item.key[: len(item.key) - 1], dice.choice(wrong)]
        if change and place.picks == 1:
            first = dice.choice([option for option in place.options if option not in chosen])
            self._choose(room, place.options.index(first), by_key=True)
            self._acknowledge(room)
        for option in chosen:
            self._choose(room, place.options.index(option), by_key=dice.random() < 0.5)

    def _choose(self, room: ExamRoom, place: int, *, by_key: bool) -> None:
        row = room.items.pane.rows[place]
        if by_key:
            row.button.setFocus()
            QTest.keyClick(row.button, Qt.Key(Qt.Key.Key_A + place))
        else:
            QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(row.width() - 6, row.height() // 2))

    def _strike(self, room: ExamRoom, number: int) -> None:
        options, key = room.record.form.items[number].options, room.record.texts[number].item.key
        answer = room.state.items[number].answer
        place = next(
            (n for n, option in enumerate(options) if option not in key and option not in answer), None
        )
        if place is not None:
            row = room.items.pane.rows[place].button
            row.setFocus()
            QTest.keyClick(row, Qt.Key(Qt.Key.Key_A + place), Qt.KeyboardModifier.ShiftModifier)

    def _highlight(self, room: ExamRoom) -> None:
        view = room.items.pane.stem_view
        cursor = view.textCursor()
        cursor.setPosition(0)
        cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, 40)
        view.setTextCursor(cursor)
        self._click(room.items.highlight_button)

    def _look_around(self, room: ExamRoom) -> None:
        if room.items.navigator_button.isVisible():
            self._navigated = True
            self._click(room.items.navigator_button)
            self._wait(lambda: room.findChild(Navigator) is not None, "the navigator")
            navigator = self._child(room, Navigator)
            self._shot("navigator", navigator)
            navigator.reject()
        sheet = room.open_help()
        self._shot("keys", sheet)
        self._child(room, HelpSheet).reject()

    def _see_all(self, room: ExamRoom) -> None:
        pane = room.items.pane
        self._settle()
        for _ in range(200):
            if pane.fully_seen():
                return
            pane.scroll_on()
            self._settle()
        raise OpenbookError(f"Question {room.state.current + 1} could not be scrolled to its end.")

    def _turn(self, room: ExamRoom) -> None:
        """Press Next and take the time until the next item has been painted."""
        before, painted = room.state.current, self._painted
        seen = painted.count if painted else 0
        began = time.perf_counter()
        self._click(room.items.next_button, settle=False)
        after = room.state
        if after.reviewing or after.current == before:
            self._settle()
            if self._box() is not None and after.current == before and not after.reviewing:
                self._answer_box(room, "end", "&End")
            return
        while painted is not None and painted.count == seen and time.perf_counter() - began < 1:
            QCoreApplication.processEvents()
        self._turns.append((time.perf_counter() - began) * 1000)
        self._settle()

    def _review(self, room: ExamRoom) -> None:
        screen, state = room.review, room.state
        self._shot("review")
        if state.numbers("incomplete"):
            self._pass += 1
            if self._pass == 1:
                self._click(screen.end_exam)
                self._answer_box(room, "end", "&Go on with the exam")
            self._click(screen.incomplete)
            return
        if state.numbers("flagged") and not self._flags_reviewed:
            self._flags_reviewed = True
            self._pass += 1
            self._click(screen.flagged)
            return
        self._click(screen.end_exam)
        self._answer_box(room, "end", "&End")
        self._wait(lambda: room.state.stage != "running", "the end of the exam")

    def _answer_box(self, room: ExamRoom, name: str, caption: str) -> None:
        self._wait(lambda: self._box() is not None, f"the question {name!r}")
        box = self._box()
        assert box is not None
        self._shot(f"ask-{name}", box)
        self._press(box, caption)
        self._acknowledge(room)

    def _acknowledge(self, room: ExamRoom) -> None:
        """Tell what the screen now shows as given, and at which event of the log."""
        if self._trace is None:
            return
        state = room.state
        item = state.items[state.current]
        self._trace(
            {
                "sitting": room.record.id,
                "item": state.current,
                "answer": list(item.answer),
                "flagged": item.flagged,
                "struck": sorted(item.struck),
                "elapsed_ms": room.live.elapsed_ms,
                "events": self._desk.event_count(room.record.id),
            }
        )

    # eyes and hands

    def _page(self, kind: type[T]) -> T:
        self._wait(lambda: isinstance(self._window.page(), kind), kind.__name__)
        page = self._window.page()
        assert isinstance(page, kind)
        self._settle()
        return page

    def _child(self, parent: QObject, kind: type[T], name: str = "") -> T:
        found: T | None = parent.findChild(kind, name) if name else parent.findChild(kind)
        if found is None:
            raise OpenbookError(f"The robot did not find {name or kind.__name__} on the screen.")
        return found

    def _box(self) -> QMessageBox | None:
        widget = QApplication.activeModalWidget()
        return widget if isinstance(widget, QMessageBox) else None

    def _press(self, parent: QWidget, caption: str) -> None:
        for each in parent.findChildren(QAbstractButton):
            if each.text() == caption:
                self._click(each)
                return
        raise OpenbookError(f"The robot did not find the button {caption!r}.")

    def _click(self, target: QAbstractButton, *, settle: bool = True) -> None:
        if not target.isEnabled() or not target.isVisible():
            raise OpenbookError(f"The robot cannot press {target.text()!r}: it is hidden or disabled.")
        QTest.mouseClick(target, Qt.MouseButton.LeftButton)
        if settle:
            self._settle()

    def _settle(self) -> None:
        for _ in range(3):
            QCoreApplication.sendPostedEvents()
            QCoreApplication.processEvents()
        if QApplication.activeModalWidget() is None and not self._window.isActiveWindow():
            self._window.activateWindow()  # without a window manager nobody else gives the focus back
            QCoreApplication.processEvents()

    def _wait(self, condition: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > deadline:
                raise OpenbookError(f"The robot waited {PATIENCE_S:.0f} s in vain for {what}.")
            QTest.qWait(1)

    def _shot(self, kind: str, widget: QWidget | None = None) -> None:
        folder = self._task.shots
        if folder is None or kind in self._shots:
            return
        self._settle()
        path = folder / f"{len(self._shots) + 1:02}-{kind}.png"
        if not (widget or self._window).grab().save(str(path)):
            raise OpenbookError(
                "The picture could not be written.", where=str(path), todo="Choose another --shots."
            )
        self._shots[kind] = str(path)


def run_robot(paths: DataPaths, task: RobotTask, trace: Trace | None = None) -> dict[str, Any]:
    """Start the program on the data folder, let the robot sit, close it, and return what came out."""
    from app.ui.app import make_application

    app = make_application()
    settings, error = settings_file.load(paths.settings)
    settings = replace(
        settings, full_screen=False, scheme=task.scheme, text_size=task.text_size, candidate=""
    )
    theme = Theme()
    theme.apply(app, settings.scheme, settings.text_size)
    window = MainWindow(theme, settings)
    desk = Desk(window, paths, error)
    window.resize(*task.size)
    window.show()
    window.activateWindow()
    desk.open()
    try:
        return Robot(window, desk, task, trace).run()
    finally:
        window.close()
        desk.close()


def _spread(times: list[float]) -> dict[str, float]:
    if not times:
        return {"median": 0.0, "p99": 0.0, "max": 0.0}
    ordered = sorted(times)
    p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return {
        "median": round(statistics.median(ordered), 2),
        "p99": round(p99, 2),
        "max": round(ordered[-1], 2),
    }

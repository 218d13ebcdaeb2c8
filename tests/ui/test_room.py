"""The exam room, with real widgets on a real store."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTreeWidget

from app.exam import events as ev
from app.ui.pages.home import HomePage
from app.ui.pages.report import ReportPage
from app.ui.room.gates import CheckIn, Pause
from app.ui.room.navigator import Navigator
from app.ui.room.survey import Survey


def logged(screen, room):
    """Return the log of the sitting as it stands in the file."""
    return screen.desk.workspace.sittings.events(room.record.id)


def test_the_way_in_leads_through_name_agreement_and_tutorial(screen):
    room = screen.sit()
    kinds = [type(event) for event in logged(screen, room)]
    assert kinds[:4] == [ev.Admitted, ev.Agreed, ev.Started, ev.Shown]
    assert room.state.candidate == "Ada Coder"


def test_an_empty_name_cannot_be_confirmed(screen):
    from app.exam.plan import SittingPlan

    screen.desk.begin(SittingPlan("cpc", form="T"))
    gate = screen.window.room.stack.currentWidget()
    assert isinstance(gate, CheckIn)
    gate.name.setText("   ")
    assert not gate.confirm.isEnabled()


def test_declining_the_agreement_ends_the_sitting(screen):
    from app.exam.plan import SittingPlan

    screen.desk.begin(SittingPlan("cpc", form="T"))
    room = screen.window.room
    room.stack.currentWidget().name.setText("Ada")
    room.stack.currentWidget().confirm.click()
    room.stack.currentWidget().decline.click()
    screen.answer("decline", "&Decline and end")
    assert screen.window.room is None
    assert isinstance(screen.window.page(), HomePage)
    assert screen.desk.workspace.sittings.rows() == []


def test_nothing_but_the_window_is_ever_on_screen_by_itself(screen):
    screen.sit()
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert shown == [screen.window]


def test_a_letter_a_number_and_a_click_choose_an_option(screen):
    room = screen.sit()
    room.go_to(5)
    options = room.record.form.items[5].options
    for act, place in (
        (lambda: QTest.keyClick(room.items.pane, Qt.Key.Key_B), 1),
        (lambda: QTest.keyClick(room.items.pane, Qt.Key.Key_4), 3),
        (lambda: QTest.mouseClick(room.items.pane.rows[0], Qt.MouseButton.LeftButton), 0),
        (lambda: QTest.mouseClick(room.items.pane.rows[2].button, Qt.MouseButton.LeftButton), 2),
    ):
        act()
        assert room.state.items[5].answer == (options[place],)
        assert [row.button.isChecked() for row in room.items.pane.rows] == [n == place for n in range(4)]
        assert isinstance(logged(screen, room)[-1], ev.Answered)


def test_a_right_click_and_shift_with_the_letter_strike_an_option_out_and_back(screen):
    room = screen.sit()
    room.go_to(5)
    row, option = room.items.pane.rows[1], room.record.form.items[5].options[1]
    QApplication.sendEvent(row, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(3, 3), QPoint(3, 3)))
    assert room.state.items[5].struck == {option}
    assert "struck out" in row.button.accessibleName()
    QTest.keyClick(room.items.pane, Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    assert room.state.items[5].struck == frozenset()


def test_an_item_with_two_answers_takes_two_and_says_so_at_the_third(screen):
    room = screen.sit()
    for key in (Qt.Key.Key_A, Qt.Key.Key_B, Qt.Key.Key_C):
        QTest.keyClick(room.items.pane, key)
    assert len(room.state.items[0].answer) == 2
    assert room.items._message.isVisible()
    QTest.keyClick(room.items.pane, Qt.Key.Key_A)
    assert len(room.state.items[0].answer) == 1


def test_selected_words_are_highlighted_and_stay_so_per_item(screen):
    room = screen.sit()
    view = room.items.pane.stem_view
    cursor = view.textCursor()
    cursor.setPosition(2)
    cursor.setPosition(9, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    room.items.highlight_button.click()
    assert room.state.items[0].stem_spans == ((2, 9),)
    room.go_to(1)
    assert view.extraSelections() == []
    room.go_to(0)
    assert len(view.extraSelections()) == 1


def test_typing_in_the_notes_is_no_answer_and_is_kept_per_item(screen):
    room = screen.sit()
    notes = room.items.panel.notes
    notes.note.setFocus()
    QTest.keyClicks(notes.note, "abcd 1")
    assert room.state.items[0].answer == ()
    room.go_to(1)
    assert room.state.items[0].note == "abcd 1"
    assert notes.note.toPlainText() == ""
    QTest.keyClicks(notes.scratch, "98765")
    room.go_to(0)
    assert notes.note.toPlainText() == "abcd 1"
    assert notes.scratch.toPlainText() == "98765"
    assert room.state.scratch == "98765"


def test_a_note_that_is_being_typed_is_written_when_the_typing_pauses(screen, qtbot):
    room = screen.sit()
    QTest.keyClicks(room.items.panel.notes.note, "later")
    qtbot.waitUntil(lambda: room.state.items[0].note == "later")


def test_next_previous_navigator_and_review_lead_where_they_say(screen):
    room = screen.sit()
    room.items.next_button.click()
    assert room.state.current == 1
    room.items.previous_button.click()
    assert room.state.current == 0
    assert not room.items.previous_button.isEnabled()
    navigator = room.open_navigator()
    assert isinstance(navigator, Navigator)
    navigator._go(42)
    assert room.state.current == 41
    room.items.review_button.click()
    assert room.state.reviewing
    assert room.stack.currentWidget() is room.review


def test_the_keys_of_the_bottom_bar_work(screen):
    room = screen.sit()
    for key, outcome in (
        (Qt.Key.Key_N, lambda: room.state.current == 1),
        (Qt.Key.Key_F, lambda: room.state.items[1].flagged),
        (Qt.Key.Key_T, lambda: room.title.time_hidden),
        (Qt.Key.Key_S, lambda: not room.items.panel.isVisible()),
        (Qt.Key.Key_P, lambda: room.state.current == 0),
        (Qt.Key.Key_W, lambda: room.state.reviewing),
    ):
        QTest.keyClick(room, key, Qt.KeyboardModifier.AltModifier)
        screen.qtbot.waitUntil(outcome)


def test_a_long_record_must_be_seen_to_its_end_before_going_on(screen):
    room = screen.sit()
    room.go_to(90)
    assert room.record.texts[90].case is not None
    screen.qtbot.waitUntil(lambda: not room.items.pane.fully_seen())
    room.items.next_button.click()
    screen.answer("scroll_prompt", "&Scroll down")
    assert room.state.current == 90
    bar = room.items.pane.case_view.verticalScrollBar()
    assert bar.value() > 0
    bar.setValue(bar.maximum())
    assert room.state.items[90].scrolled
    room.items.next_button.click()
    assert room.state.current == 91
    assert room.items.pane.fully_seen()


def test_the_review_lists_go_through_incomplete_and_flagged_items_only(screen):
    room = screen.sit()
    for n in range(100):
        if n not in (3, 50):
            room.do(ev.Answered(item=n, options=(room.record.form.items[n].options[0],)))
    for n in (4, 60, 61):
        room.do(ev.Flagged(item=n))
    room.open_review()
    room.review.incomplete.click()
    assert room.state.current == 3
    room.go_next()
    assert room.state.current == 50
    room.go_next()
    assert room.state.reviewing
    room.review.flagged.click()
    seen = []
    while not room.state.reviewing:
        seen.append(room.state.current)
        room.go_next()
    assert seen == [4, 60, 61]


def test_ending_counts_what_is_unanswered_and_asks_twice(screen):
    room = screen.sit()
    room.do(ev.Answered(item=0, options=(room.record.form.items[0].options[0],)))
    room.open_review()
    room.review.end_exam.click()
    assert "99 questions are unanswered" in screen.box("end").informativeText()
    screen.answer("end", "&Go on with the exam")
    assert room.state.stage == "running"
    room.review.end_exam.click()
    screen.answer("end", "&End")
    assert "99" in screen.box("end_again").informativeText()
    screen.answer("end_again", "&End")
    assert isinstance(room.stack.currentWidget(), Survey)


def test_the_survey_leads_to_the_report_and_is_kept(screen):
    room = screen.sit()
    room.do(ev.Ended())
    survey = room.stack.currentWidget()
    QTest.keyClicks(survey.note, "slower next time")
    survey.finish.click()
    assert isinstance(screen.window.page(), ReportPage)
    (last,) = screen.desk.workspace.sittings.events(room.record.id)[-1:]
    assert last.note == "slower next time"
    assert screen.desk.workspace.sittings.rows(closed_only=True)[0].percent == 0


def test_when_the_time_is_up_the_exam_ends_itself_and_keeps_everything(screen):
    room = screen.sit()
    room.do(ev.Answered(item=4, options=(room.record.form.items[4].options[0],)))
    QTest.keyClicks(room.items.panel.notes.note, "half a")
    room.live.clock._counted_ms = room.record.rules.limit_ms - 200
    screen.qtbot.waitUntil(lambda: room.state.stage == "survey")
    assert room.state.ended_by == "time"
    assert room.state.items[4].answer
    assert room.state.items[0].note == "half a"


def test_the_clock_hides_and_shows_and_comes_back_by_itself_in_the_last_five_minutes(screen):
    room = screen.sit()
    assert "Time Remaining" in room.title.time.text()
    assert room.title.time.accessibleName().startswith("Time Remaining: 240 minutes")
    room.title.time.click()
    room.title.number.click()
    assert room.title.time.text() == "Show time"
    assert room.title.number.text() == "Show question number"
    room.live.clock._counted_ms = room.record.rules.limit_ms - 4 * 60_000
    room.tick()
    screen.answer("warning", "&OK")
    assert "Time Remaining" in room.title.time.text()


def test_a_warning_is_shown_once(screen):
    room = screen.sit()
    room.live.clock._counted_ms = room.record.rules.limit_ms - 30 * 60_000 + 5
    room.tick()
    assert "30 minutes" in screen.box("warning").text()
    screen.answer("warning", "&OK")
    room.tick()
    assert QApplication.activeModalWidget() is None


def test_leaving_keeps_the_sitting_open_and_resuming_shows_it_as_it_was(screen):
    room = screen.sit()
    room.go_to(8)
    QTest.keyClick(room.items.pane, Qt.Key.Key_C)
    room.title.flag.click()
    before = room.state.items
    screen.window.close()
    screen.answer("leave", "&Stay")
    assert screen.window.isVisible()
    room.leave()
    screen.answer("leave", "&Leave")
    home = screen.window.page()
    assert isinstance(home, HomePage)
    home.findChild(QAbstractButton, "resume").click()
    again = screen.window.room
    assert again.state.current == 8
    assert [(i.answer, i.flagged) for i in again.state.items] == [(i.answer, i.flagged) for i in before]
    assert again.items.pane.rows[2].button.isChecked()
    assert again.state.interruptions[0].cause == "closed"


def test_practice_can_pause_and_check_and_a_rehearsal_cannot(screen):
    room = screen.sit()
    assert not room.items.check_button.isVisible()
    assert not room.items.pause_button.isVisible()
    room.depart()
    room = screen.sit(mode="practice", form="", counts={"hcpcs": 3}, timed=False)
    assert room.record.rules.limit_ms == 0
    assert not room.items.check_button.isEnabled()
    QTest.keyClick(room.items.pane, Qt.Key.Key_A)
    room.items.check_button.click()
    assert room.items.pane._feedback.isVisible()
    assert "The key is" in room.items.pane._feedback.toPlainText()
    QTest.keyClick(room.items.pane, Qt.Key.Key_B)
    assert len(room.state.items[0].answers) == 1
    room.items.pause_button.click()
    assert isinstance(room.stack.currentWidget(), Pause)
    room.stack.currentWidget().resume.click()
    assert room.stack.currentWidget() is room.items


def test_an_answer_that_cannot_be_written_is_told_and_not_shown(screen):
    from app.errors import StoreFullError

    room = screen.sit()

    class Full:
        def append(self, event, state):
            raise StoreFullError(
                "The disk is full; the last action was not written.", todo="Free some space."
            )

        def pulse(self, elapsed_ms):
            pass

    good, room.live._log = room.live._log, Full()
    QTest.keyClick(room.items.pane, Qt.Key.Key_A)
    assert "disk is full" in screen.box("error").text()
    assert not any(row.button.isChecked() for row in room.items.pane.rows)
    room.live._log = good
    screen.answer("error", "&OK")
    QTest.keyClick(room.items.pane, Qt.Key.Key_A)
    assert room.state.items[0].answer


def test_text_size_and_colours_change_in_the_room_without_touching_the_sitting(screen):
    room = screen.sit()
    QTest.keyClick(room.items.pane, Qt.Key.Key_A)
    before = room.state.items[0].answer
    height = room.items.pane.stem_view.height()
    for _ in range(4):
        screen.window.step_text(1)
    assert screen.window.settings.text_size == 160
    screen.qtbot.waitUntil(lambda: room.items.pane.stem_view.height() > height)
    for scheme in ("dark", "contrast-black", "contrast-yellow", "light"):
        from dataclasses import replace

        screen.window.change(replace(screen.window.settings, scheme=scheme))
        assert screen.theme.scheme == scheme
    assert room.state.items[0].answer == before


def test_the_panel_hides_and_comes_back(screen):
    room = screen.sit()
    room.items.panel_button.click()
    assert not room.items.panel.isVisible()
    room.items.panel_button.click()
    assert room.items.panel.isVisible()


@pytest.mark.parametrize("where", ["home", "settings", "about", "room", "review", "report"])
def test_every_control_can_be_reached_by_keyboard_and_has_a_name(screen, where):
    if where in ("room", "review", "report"):
        room = screen.sit()
        if where == "review":
            room.open_review()
        if where == "report":
            room.do(ev.Ended())
            room.stack.currentWidget().skip.click()
    else:
        screen.desk.open_page(where)
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QTreeWidget)
    nameless = []
    for kind in kinds:
        for widget in screen.window.findChildren(kind):
            inner = widget.objectName().startswith("qt_") or type(widget).__name__ == "QTableCornerButton"
            if not widget.isVisible() or inner or widget.parent().objectName().startswith("qt_"):
                continue
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            if not (widget.accessibleName() or text):
                nameless.append(widget)
            if widget.focusPolicy() == Qt.FocusPolicy.NoFocus and not isinstance(widget, QAbstractButton):
                nameless.append(widget)
    assert nameless == []

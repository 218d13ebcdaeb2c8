"""The pages and what stands behind them: recovery, set-up, settings, reports, exports."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar
from sample_banks import write_bank
from screen import Screen

from app import settings as settings_file
from app.exam import events as ev
from app.exam.plan import Offer
from app.store.backup import backup_today, backups
from app.store.instance import InstanceLock
from app.ui.pages.about import AboutPage
from app.ui.pages.home import HomePage
from app.ui.pages.recovery import RecoveryPage
from app.ui.pages.report import ReportPage
from app.ui.pages.settings import SettingsPage
from app.ui.pages.setup import SetupPage
from app.ui.theme import Theme


def texts(widget) -> str:
    """Return all the words of a page."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_the_home_page_lists_exams_and_no_result_at_first(screen):
    home = screen.window.page()
    assert isinstance(home, HomePage)
    words = texts(home)
    assert "Certified Professional Coder" in words
    assert "No questions in the banks yet." in words
    assert "None yet." in words


def test_after_the_start_there_is_a_backup_of_today(screen, data):
    screen.qtbot.waitUntil(lambda: len(backups(data)) == 1)


def test_a_bad_bank_file_is_named_on_the_home_page_and_the_rest_works(qtbot, data, cpc):
    write_bank(data.banks, cpc, form="T")
    (data.banks / "torn.yaml").write_text("bank: t\ntitle: [", encoding="utf-8")
    screen = Screen(qtbot, data)
    screen.open()
    assert "torn.yaml:" in texts(screen.window.page())
    assert screen.desk.workspace.offer("cpc").forms[-1] == "T"
    screen.close()


def test_a_bad_settings_file_is_named_and_the_program_starts(qtbot, data):
    data.settings.write_text("scheme = ", encoding="utf-8")
    settings, error = settings_file.load(data.settings)
    screen = Screen(qtbot, data, settings)
    screen.desk._notices.append(error)
    screen.open()
    assert "settings.toml" in texts(screen.window.page())
    screen.close()


def test_a_second_instance_says_so_and_goes_on_when_the_first_is_closed(qtbot, data):
    first = InstanceLock(data).take()
    screen = Screen(qtbot, data)
    screen.desk.open()
    page = screen.window.page()
    assert isinstance(page, RecoveryPage)
    assert "already open" in texts(page)
    first.release()
    with qtbot.waitSignal(screen.desk.ready, timeout=20_000):
        page.buttons[0].click()
    assert isinstance(screen.window.page(), HomePage)
    screen.close()


@pytest.mark.parametrize("with_backup", [True, False])
def test_a_damaged_database_is_offered_to_be_set_aside(qtbot, data, workspace, with_backup):
    if with_backup:
        backup_today(data, "2026-11-20")
    workspace.close()
    data.database.write_bytes(b"broken" * 1000)
    screen = Screen(qtbot, data)
    screen.desk.open()
    page = screen.window.page()
    assert isinstance(page, RecoveryPage)
    assert data.database.read_bytes() == b"broken" * 1000
    assert ("2026-11-20" in page.buttons[0].text()) == with_backup
    with qtbot.waitSignal(screen.desk.ready, timeout=20_000):
        page.buttons[0].click()
    assert "set aside" in texts(screen.window.page())
    (kept,) = data.damaged.rglob("openbook.db")
    assert kept.read_bytes() == b"broken" * 1000
    screen.close()


def test_setting_up_a_rehearsal_of_a_fixed_form_begins_it(screen):
    screen.desk.open_setup("cpc")
    page = screen.window.page()
    assert isinstance(page, SetupPage)
    page.forms["T"].click()
    page.seed.setValue(7)
    plan = page.plan()
    assert (plan.exam, plan.mode, plan.form, plan.seed, plan.counts) == ("cpc", "rehearsal", "T", 7, None)
    page.start.click()
    assert screen.window.room.record.form.name == "T"


def test_setting_up_a_practice_takes_sections_and_number(screen):
    screen.desk.open_setup("cpc")
    page = screen.window.page()
    page.practice.click()
    page._tick(on=False)
    assert not page.start.isEnabled()
    page.sections["em"].click()
    page.sections["cases"].click()
    page.number.setValue(9)
    plan = page.plan()
    assert plan.mode == "practice"
    assert sum(plan.counts.values()) == 9
    assert set(plan.counts) == {"em", "cases"}
    page.start.click()
    assert screen.window.room.record.rules.practice


def test_a_shortage_names_the_sections_and_offers_the_largest_form(qtbot, cpc):
    available = {section.id: section.items for section in cpc.sections} | {"hcpcs": 1, "em": 3}
    page = SetupPage(Offer(cpc, (), available), Theme())
    qtbot.addWidget(page)
    words = texts(page)
    assert "HCPCS Level II lacks 2" in words
    assert "Evaluation and management lacks 3" in words
    assert not page.drawn.isEnabled()
    assert page.smaller.isChecked()
    plan = page.plan()
    assert 30 <= sum(plan.counts.values()) <= 60


def test_an_exam_without_items_cannot_be_begun(qtbot, ccs):
    page = SetupPage(Offer(ccs, (), {}), Theme())
    qtbot.addWidget(page)
    assert not page.start.isEnabled()
    assert "no question" in texts(page)


def test_discarding_asks_first(screen):
    screen.sit().depart()
    screen.window.page().discard_asked.emit(1)
    screen.answer("discard", "&Keep it")
    assert len(screen.desk.workspace.sittings.rows(open_only=True)) == 1
    screen.window.page().discard_asked.emit(1)
    screen.answer("discard", "&Discard")
    assert screen.desk.workspace.sittings.rows(open_only=True) == []


def test_settings_count_at_once_and_are_saved_and_reset_asks(screen, data):
    screen.desk.open_page("settings")
    page = screen.window.page()
    assert isinstance(page, SettingsPage)
    page.name.setText("Ada  Coder")
    page.name.editingFinished.emit()
    assert settings_file.load(data.settings)[0].candidate == "Ada Coder"
    screen.qtbot.waitUntil(lambda: screen.window.page() is not page)
    page = screen.window.page()
    page.scheme.setCurrentIndex(2)
    page.scheme.activated.emit(2)
    assert screen.theme.scheme == "dark"
    screen.desk._confirm_reset()
    screen.answer("reset", "&Reset")
    assert settings_file.load(data.settings)[0] == settings_file.Settings()


def test_the_about_page_says_that_openbook_is_independent(screen):
    screen.desk.open_page("about")
    page = screen.window.page()
    assert isinstance(page, AboutPage)
    words = texts(page)
    for name in ("AAPC", "AHIMA", "American Medical Association", "registered trademark"):
        assert name in words


@pytest.fixture
def report_page(screen) -> ReportPage:
    room = screen.sit()
    for n, text in enumerate(room.record.texts):
        if n % 4:
            room.do(ev.Answered(item=n, options=text.item.key))
    room.do(ev.Flagged(item=3))
    room.do(ev.Ended())
    room.stack.currentWidget().skip.click()
    page = screen.window.page()
    assert isinstance(page, ReportPage)
    return page


def test_the_report_shows_result_rule_and_sections(report_page):
    words = texts(report_page)
    assert "Pass" in words
    assert "75 of 100 points (75 %)" in words
    assert "70 of 100" in words
    assert "25 questions were left unanswered" in words
    assert len(report_page.findChildren(QProgressBar)) == 18


def test_the_review_filters_and_shows_the_rationale(report_page):
    review = report_page.review
    assert review.filter.currentText() == "Missed (25)"
    assert "Unanswered." in review.view.toPlainText()
    assert "Rationale" in review.view.toPlainText()
    assert "mistake" in review.view.toPlainText()
    review.filter.setCurrentIndex(review.filter.findData("flagged"))
    assert [item.number for item in review.shown()] == [4]
    review.filter.setCurrentIndex(review.filter.findData("all"))
    review.section.setCurrentIndex(review.section.findData("hcpcs"))
    assert len(review.shown()) == 3
    review.filter.setCurrentIndex(review.filter.findData("changed"))
    assert "No question here" in review.view.toPlainText()


def test_the_report_is_saved_as_pdf_and_csv(report_page, tmp_path):
    report_page.save_as("pdf", tmp_path / "report.pdf")
    pdf = (tmp_path / "report.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert 1 <= pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") <= 2
    report_page.save_as("csv", tmp_path / "report.csv")
    assert len((tmp_path / "report.csv").read_text(encoding="utf-8-sig").splitlines()) == 101


def test_a_report_that_cannot_be_written_says_so(report_page, tmp_path):
    from app.errors import OpenbookError

    for kind in ("pdf", "csv"):
        with pytest.raises(OpenbookError, match="could not be written"):
            report_page.save_as(kind, tmp_path / "no" / "such" / f"folder.{kind}")


def test_a_past_result_opens_its_report_again(screen, report_page):
    screen.desk.open_home()
    home = screen.window.page()
    home.results.itemActivated.emit(home.results.topLevelItem(0), 0)
    assert isinstance(screen.window.page(), ReportPage)


def test_calls_into_qt_do_not_eat_references_to_none():
    """PySide6 6.12.0 on Python 3.11 did: after some minutes of an exam the program would abort."""
    import sys

    label = QLabel("x")
    before = sys.getrefcount(None)
    for _ in range(2000):
        label.setText("y")
        label.property("nothing")
        QApplication.processEvents()
    assert sys.getrefcount(None) > before - 1000

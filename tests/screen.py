"""A window with its desk on a data folder, as a test sees and touches it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QMessageBox

from app.exam.plan import SittingPlan
from app.settings import Settings
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.room.room import ExamRoom
from app.ui.theme import Theme


class Screen:
    """What a test sees and touches."""

    def __init__(self, qtbot, data, settings=None) -> None:
        self.qtbot, self.data = qtbot, data
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        settings = settings or Settings(full_screen=False, scheme="light")
        self.theme = Theme()
        self.theme.apply(app, settings.scheme, settings.text_size)
        self.window = MainWindow(self.theme, settings)
        self.window.resize(1200, 760)
        self.desk = Desk(self.window, data)
        self.window.show()
        self.window.activateWindow()

    def open(self) -> None:
        with self.qtbot.waitSignal(self.desk.ready, timeout=20_000):
            self.desk.open()

    def sit(self, **plan) -> ExamRoom:
        """Enter the room with a new sitting and go through the gates to the first item."""
        self.desk.begin(SittingPlan(**({"exam": "cpc", "form": "T"} | plan)))
        return self.through_the_gates()

    def through_the_gates(self) -> ExamRoom:
        room = self.window.room
        assert room is not None
        room.stack.currentWidget().name.setText("Ada Coder")
        room.stack.currentWidget().confirm.click()
        room.stack.currentWidget().accept.click()
        room.stack.currentWidget().start.click()
        self.focus()
        return room

    def focus(self) -> None:
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)

    def box(self, name: str) -> QMessageBox:
        """Return the question that is open."""
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert box.objectName() == name
        return box

    def answer(self, name: str, caption: str) -> None:
        """Press the button of an open question."""
        box = self.box(name)
        next(button for button in box.buttons() if button.text() == caption).click()
        self.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not box)

    def close(self) -> None:
        if self.window.room is not None:
            self.window.room.shut()
            self.window.leave_room()
        self.window.close()
        self.desk.close()
        self.window.deleteLater()

"""Starts the program: the empty window first, everything else after its first paint."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from app import settings as settings_file
from app.paths import DataPaths
from app.ui.main_window import MainWindow
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.ui.desk import Desk


def make_application() -> QApplication:
    """Return the one QApplication of this process."""
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Openbook")
    return app


def run(paths: DataPaths, begin: Callable[[Desk], object] | None = None) -> int:
    """Show the window and run until it is closed; return the exit status.

    ``begin`` is called with the Desk once, when the banks have been read.
    """
    app = make_application()
    settings, settings_error = settings_file.load(paths.settings)
    theme = Theme()
    theme.apply(app, settings.scheme, settings.text_size)
    window = MainWindow(theme, settings)
    signal.signal(signal.SIGINT, signal.SIG_DFL)

    def after_first_paint() -> None:
        from app.ui.desk import Desk

        desk = Desk(window, paths, settings_error)
        app.aboutToQuit.connect(desk.close)
        if begin is not None:
            desk.ready.connect(lambda: begin(desk))
        desk.open()

    window.painted.connect(after_first_paint)
    window.show()
    return app.exec()

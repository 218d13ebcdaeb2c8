"""Behind the window: opens the data folder, fills the pages, begins and resumes sittings, shows reports."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app import settings as settings_file
from app.errors import AlreadyOpenError, OpenbookError, StoreDamagedError, StoreError
from app.exam.plan import SittingPlan
from app.paths import DataPaths, blueprint_dir
from app.settings import Settings
from app.store.backup import backup_today, last_good_backup, restore
from app.store.database import set_aside
from app.store.instance import InstanceLock
from app.store.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.room.room import ExamRoom
from app.ui.tasks import Progress, Task
from app.ui.widgets.ask import ask, tell_error


class Desk(QObject):
    """Joins the window to the store. One per program."""

    ready = Signal()
    """The banks have been read; a sitting can begin."""

    def __init__(
        self, window: MainWindow, paths: DataPaths, settings_error: OpenbookError | None = None
    ) -> None:
        super().__init__(window)
        self.window, self.paths = window, paths
        self.workspace: Workspace | None = None
        self._lock = InstanceLock(paths)
        self._notices: list[OpenbookError] = [settings_error] if settings_error else []
        self._bank_errors: list[OpenbookError] = []
        self._tasks: list[Task] = []
        self.loading = False
        window.page_asked.connect(self.open_page)
        window.settings_changed.connect(self._settings_changed)

    def open(self) -> None:
        """Open the data folder; on trouble show what can be done about it instead of the home page."""
        from app.exam.blueprint import read_blueprints

        try:
            self._lock.take()
            blueprints, errors = read_blueprints(blueprint_dir())
            self.workspace = Workspace(self.paths, blueprints)
        except OpenbookError as error:
            self._lock.release()
            self._show_recovery(error)
            return
        self._notices += errors
        self._load_banks()

    def close(self) -> None:
        """Close the data folder."""
        self._cancel_tasks()
        if self.workspace is not None:
            self.workspace.close()
            self.workspace = None
        self._lock.release()

    def _cancel_tasks(self) -> None:
        for task in self._tasks:
            task.cancel()

    def event_count(self, sitting: int) -> int:
        """Return how many events the log of a sitting holds."""
        return self.workspace.sittings.event_count(sitting) if self.workspace else 0

    def open_page(self, name: str) -> None:
        """Show a page of the navigation."""
        if self.workspace is None:
            return
        if name == "settings":
            self._open_settings()
        elif name == "about":
            from app.ui.pages.about import AboutPage

            self.window.show_page(AboutPage(self.window.theme), "about")
        else:
            self.open_home()

    def open_home(self) -> None:
        """Show the home page as things stand."""
        from app.ui.pages.home import HomePage, HomeView

        workspace = self.workspace
        if workspace is None:
            return
        view = HomeView(
            offers=workspace.offers(),
            open=workspace.sittings.rows(open_only=True),
            past=workspace.sittings.rows(closed_only=True),
            notices=[*self._notices, *self._bank_errors],
            loading=self.loading,
        )
        page = HomePage(view, self.window.theme)
        page.setup_asked.connect(self.open_setup)
        page.resume_asked.connect(self.resume)
        page.discard_asked.connect(self._confirm_discard)
        page.report_asked.connect(self.open_report)
        page.cancel_asked.connect(self._cancel_tasks)
        self.window.show_page(page, "home")

    def open_setup(self, exam: str) -> None:
        """Show the set-up page of an exam."""
        from app.ui.pages.setup import SetupPage

        if self.workspace is not None:
            page = SetupPage(self.workspace.offer(exam), self.window.theme)
            page.begun.connect(self.begin)
            page.cancelled.connect(self.open_home)
            self.window.show_page(page)

    def open_report(self, sitting: int) -> None:
        """Show the score report of an ended sitting."""
        from app.ui.pages.report import ReportPage

        workspace = self.workspace
        if workspace is None:
            return
        try:
            report = workspace.report(sitting)
            created_at = workspace.sittings.record(sitting).created_at
        except StoreError as error:
            tell_error(self.window, error)
            return
        page = ReportPage(report, created_at, self.window.theme)
        page.done.connect(self.open_home)
        self.window.show_page(page)

    def begin(self, plan: SittingPlan) -> None:
        """Begin a sitting and enter the room."""
        if self.workspace is None:
            return
        try:
            sitting = self.workspace.begin(plan)
        except OpenbookError as error:
            tell_error(self.window, error)
            return
        self.resume(sitting)

    def resume(self, sitting: int) -> None:
        """Enter the room with a sitting, new or interrupted."""
        if self.workspace is None:
            return
        try:
            record, live = self.workspace.take_up(sitting)
        except OpenbookError as error:
            tell_error(self.window, error)
            return
        room = ExamRoom(record, live, self.window.theme, candidate=self.window.settings.candidate)
        room.finished.connect(self._finished)
        room.closed.connect(self._left)
        self.window.enter_room(room)

    # inside

    def _load_banks(self) -> None:
        self.loading = True
        self.open_home()
        paths, blueprints = self.paths, dict(self.workspace.blueprints) if self.workspace else {}

        def work(progress: Progress) -> list[OpenbookError]:
            workspace = Workspace(paths, blueprints)
            try:
                errors: list[OpenbookError] = list(workspace.load_banks(progress))
                workspace.finish_reports()
            finally:
                workspace.close()
            return errors

        task = self._run(work, self._banks_loaded)
        task.progressed.connect(self._show_progress)
        task.start()

    def _show_progress(self, done: int, total: int) -> None:
        page = self.window.page()
        if page is not None and hasattr(page, "show_progress"):
            page.show_progress(done, total)

    def _banks_loaded(self, result: object) -> None:
        self.loading = False
        self._bank_errors = list(result) if isinstance(result, list) else []
        if self.workspace is None:
            return
        if self.window.room is None:
            self.open_home()
        self.ready.emit()
        self._run(lambda _progress: backup_today(self.paths), lambda _path: None).start()

    def _run(self, work: Callable[[Progress], object], done: Callable[[object], object]) -> Task:
        task = Task(work, self)
        task.done.connect(lambda result: self._task_over(task, lambda: done(result)))
        task.failed.connect(lambda error: self._task_over(task, lambda: self._task_failed(error)))
        self._tasks.append(task)
        return task

    def _task_over(self, task: Task, then: Callable[[], object]) -> None:
        if task in self._tasks:
            self._tasks.remove(task)
        then()

    def _task_failed(self, error: OpenbookError) -> None:
        self._notices.append(error)
        self.loading = False
        if self.workspace is not None and self.window.room is None:
            self.open_home()

    def _finished(self, sitting: int) -> None:
        self.window.leave_room()
        self.open_report(sitting)

    def _left(self) -> None:
        self.window.leave_room()
        self.open_home()

    def _confirm_discard(self, sitting: int) -> None:
        ask(
            self.window,
            "Discard",
            "Discard this open sitting?",
            [("&Keep it", lambda: None), ("&Discard", lambda: self._discard(sitting))],
            detail="It will no longer be offered, and there will be no result. Its log stays in the "
            "database.",
            name="discard",
            escape=0,
        )

    def _discard(self, sitting: int) -> None:
        if self.workspace is not None:
            try:
                self.workspace.sittings.discard(sitting)
            except StoreError as error:
                tell_error(self.window, error)
            self.open_home()

    def _open_settings(self) -> None:
        from app.ui.pages.settings import SettingsPage

        page = SettingsPage(self.window.settings, self.paths.root, self.window.theme)
        page.changed.connect(self.window.change)
        page.reset_asked.connect(self._confirm_reset)
        self.window.show_page(page, "settings")

    def _confirm_reset(self) -> None:
        ask(
            self.window,
            "Reset settings",
            "Put all settings back to how they came?",
            [("&Keep them", lambda: None), ("&Reset", lambda: self.window.change(Settings()))],
            detail="Your sittings and results stay.",
            name="reset",
            escape=0,
        )

    def _settings_changed(self, settings: Settings) -> None:
        try:
            settings_file.save(settings, self.paths.settings)
        except OSError as error:
            tell_error(
                self.window,
                OpenbookError(
                    f"The settings could not be saved: {error.strerror}.",
                    where=str(self.paths.settings),
                    todo="They hold until you close the program.",
                ),
            )
        page = self.window.page()
        if self.window.room is None and page is not None:
            name = type(page).__name__
            if name == "SettingsPage":
                # built anew after the present event, for its own widgets are still at work in it
                QTimer.singleShot(0, self._open_settings)
            elif name in ("HomePage", "AboutPage"):
                QTimer.singleShot(0, lambda: self.open_page("home" if name == "HomePage" else "about"))

    def _show_recovery(self, error: OpenbookError) -> None:
        from app.ui.pages.recovery import RecoveryPage

        ways: list[tuple[str, str, Callable[[], object]]] = []
        if isinstance(error, StoreDamagedError):
            backup = last_good_backup(self.paths)
            if backup is not None:
                day = backup.stem.removeprefix("openbook-")
                ways.append(
                    (
                        f"Go on from the &backup of {day}",
                        f"The damaged file is set aside under {self.paths.damaged}, never deleted. "
                        f"What you did after the backup of {day} will be missing.",
                        lambda: self._recover(with_backup=True),
                    )
                )
            ways.append(
                (
                    "Start &empty",
                    f"The damaged file is set aside under {self.paths.damaged}, never deleted. "
                    "Openbook starts without sittings and results.",
                    lambda: self._recover(with_backup=False),
                )
            )
        elif isinstance(error, AlreadyOpenError):
            ways.append(("&Try again", "When the other window is closed:", self.open))
        else:
            ways.append(("&Try again", "When the cause is gone:", self.open))
        ways.append(("&Quit", "Nothing has been changed.", self.window.close))
        self.window.show_page(RecoveryPage(error, ways, self.window.theme))

    def _recover(self, *, with_backup: bool) -> None:
        try:
            backup = last_good_backup(self.paths) if with_backup else None
            folder = set_aside(self.paths)
            if backup is not None:
                restore(backup, self.paths)
            self._notices.append(
                OpenbookError(
                    "The damaged database was set aside.", where=str(folder), todo="Nothing was deleted."
                )
            )
        except OSError as error:
            tell_error(
                self.window, OpenbookError(f"That did not work: {error}.", todo="Nothing was deleted.")
            )
            return
        self.open()

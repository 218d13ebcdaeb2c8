"""One opened data folder: what the window and the command line both work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.errors import BankError, FormError
from app.exam import events as ev
from app.exam.blueprint import Blueprint
from app.exam.live import LiveSitting
from app.exam.plan import Offer, SittingPlan, form_for
from app.exam.report import Report, make_report
from app.exam.sitting import SittingState, rules_for
from app.paths import DataPaths, shipped_bank_dir
from app.store.database import Connection
from app.store.items import ItemStore
from app.store.sittings import SittingRecord, SittingStore


@dataclass(frozen=True, slots=True)
class _Log:
    """The event log of one sitting, as the live sitting wants it."""

    sittings: SittingStore
    sitting: int

    def append(self, event: ev.Event, state: SittingState) -> None:
        self.sittings.append(self.sitting, event, state)

    def pulse(self, elapsed_ms: int) -> None:
        self.sittings.pulse(self.sitting, elapsed_ms)


class Workspace:
    """The stores of one data folder and the steps that need more than one of them."""

    def __init__(self, paths: DataPaths, blueprints: dict[str, Blueprint]) -> None:
        """Open the database. Raises StoreError (damaged, newer, busy)."""
        self.paths = paths
        self.blueprints = blueprints
        self._connection = Connection(paths)
        self.items = ItemStore(self._connection)
        self.sittings = SittingStore(self._connection)

    def load_banks(self, progress: Callable[[int, int], bool] | None = None) -> list[BankError]:
        """Take in every bank file that changed; return the errors of those that cannot be used."""
        return self.items.load_changed(self.bank_folders(), progress)

    def bank_folders(self) -> list[Path]:
        """Return the folders in which bank files are looked for: the program's and the user's."""
        return [shipped_bank_dir(), self.paths.banks]

    def blueprint(self, exam: str) -> Blueprint:
        """Return the blueprint with this id, upper or lower case. Raises FormError if there is none."""
        found = self.blueprints.get(exam.lower())
        if found is None:
            raise FormError(f"There is no exam {exam!r}.", todo=f"Known: {', '.join(self.blueprints)}.")
        return found

    def offers(self) -> list[Offer]:
        """Return what the banks hold for every exam, in home-page order."""
        counts = self.items.counts()
        return [
            Offer(blueprint, tuple(self.items.fixed_forms(exam)), counts.get(exam, {}))
            for exam, blueprint in self.blueprints.items()
        ]

    def offer(self, exam: str) -> Offer:
        """Return what the banks hold for one exam. Raises FormError if there is no such exam."""
        blueprint = self.blueprint(exam)
        return next(offer for offer in self.offers() if offer.blueprint.id == blueprint.id)

    def finish_reports(self) -> None:
        """Work out the results that a sudden end of the program left out."""
        for row in self.sittings.rows(closed_only=True):
            if row.earned is None:
                self.report(row.id)

    def begin(self, plan: SittingPlan) -> int:
        """Make a form as planned and write a new sitting for it; return its id.

        Raises FormError or StoreError.
        """
        blueprint = self.blueprint(plan.exam)
        pool = self.items.pool(blueprint.id)
        form = form_for(plan, blueprint, pool, self.items.fixed_forms(blueprint.id))
        rules = rules_for(blueprint, form, plan.mode, timed=plan.timed, pace=plan.pace)
        return self.sittings.create(blueprint, form, rules, plan.mode)

    def take_up(self, sitting: int) -> tuple[SittingRecord, LiveSitting]:
        """Return a sitting, new or interrupted, ready to go on where its log stands."""
        record = self.sittings.record(sitting)
        pulse_ms, last_seen = self.sittings.last_pulse(sitting)
        live = LiveSitting(
            record.rules,
            self.sittings.events(sitting),
            _Log(self.sittings, sitting),
            warnings=record.blueprint.warnings,
            pulse_ms=pulse_ms,
            last_seen=last_seen,
        )
        return record, live

    def report(self, sitting: int) -> Report:
        """Return the score report of an ended sitting, from its log and the item texts that were seen."""
        record = self.sittings.record(sitting)
        state = self.sittings.state(record)
        report = make_report(record.blueprint, record.form, record.rules, record.mode, record.texts, state)
        self.sittings.note_score(sitting, report.score)
        return report

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

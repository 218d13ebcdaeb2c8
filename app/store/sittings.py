"""Sittings and their event logs. Every append is durable before it returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from app.bank.model import ItemText, decode
from app.errors import StoreDamagedError
from app.exam import events as ev
from app.exam.blueprint import Blueprint
from app.exam.forms import Form, Mode
from app.exam.scoring import Score
from app.exam.sitting import Rules, SittingState, fold_all
from app.store.database import Connection, now


@dataclass(frozen=True, slots=True)
class SittingRow:
    """One line about a sitting for lists."""

    id: int
    exam: str
    form: str
    mode: str
    candidate: str
    created_at: str
    closed_at: str
    stage: str
    items: int
    answered: int
    elapsed_ms: int
    limit_ms: int
    earned: int | None
    possible: int | None
    percent: int | None
    scaled: int | None
    passed: bool | None


@dataclass(frozen=True, slots=True)
class SittingRecord:
    """A sitting with everything that was fixed when it began."""

    id: int
    blueprint: Blueprint
    form: Form
    mode: Mode
    rules: Rules
    texts: tuple[ItemText, ...]
    created_at: str


class SittingStore:
    """Sittings: created once, then only appended to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(self, blueprint: Blueprint, form: Form, rules: Rules, mode: Mode) -> int:
        """Write a new sitting with its paper and rules; return its id."""
        encode = msgspec.json.encode
        with self._connection.write() as conn:
            cursor = conn.execute(
                "INSERT INTO sitting (exam, form, mode, candidate, blueprint, paper, rules, created_at, "
                "stage) "
                "VALUES (?,?,?,'',?,?,?,?,'check-in')",
                (
                    blueprint.id,
                    form.name,
                    mode,
                    encode(blueprint).decode(),
                    encode(form).decode(),
                    encode(rules).decode(),
                    now(),
                ),
            )
            sitting = int(cursor.lastrowid or 0)
            conn.executemany(
                "INSERT INTO sitting_item (sitting, place, item, text) VALUES (?,?,?,?)",
                [(sitting, n, place.item, place.revision) for n, place in enumerate(form.items)],
            )
        return sitting

    def append(self, sitting: int, event: ev.Event, state: SittingState) -> int:
        """Write one event and return its sequence number (from 1).

        ``state`` is the state after the event; a few of its facts are kept beside the log for the lists.
        Raises StoreFullError, StoreBusyError or StoreDamagedError; then the event was not written.
        """
        with self._connection.write() as conn:
            (seq,) = conn.execute(
                "SELECT COALESCE(MAX(seq), 0) + 1 FROM event WHERE sitting=?", (sitting,)
            ).fetchone()
            conn.execute("INSERT INTO event VALUES (?,?,?,?)", (sitting, seq, ev.encode(event), now()))
            shown = {ev.Shown: getattr(event, "item", None), ev.Started: 0}.get(type(event))
            if shown is not None:
                conn.execute(
                    "UPDATE sitting_item SET shown=1 WHERE sitting=? AND place=? AND NOT shown",
                    (sitting, shown),
                )
            if isinstance(event, ev.Answered | ev.Struck):
                answered = sum(bool(item.answer) for item in state.items)
                conn.execute("UPDATE sitting SET answered=? WHERE id=?", (answered, sitting))
            if isinstance(event, ev.Admitted | ev.Agreed | ev.Declined | ev.Started | ev.Ended | ev.Surveyed):
                closed = now() if state.stage in ("survey", "declined") else None
                conn.execute(
                    "UPDATE sitting SET stage=?, candidate=?, closed_at=COALESCE(closed_at, ?) WHERE id=?",
                    (state.stage, state.candidate, closed, sitting),
                )
        return int(seq)

    def pulse(self, sitting: int, elapsed_ms: int) -> None:
        """Write how far the exam's clock has run: a crash costs no more than the time between two pulses."""
        with self._connection.write() as conn:
            conn.execute("INSERT OR REPLACE INTO pulse VALUES (?,?,?)", (sitting, elapsed_ms, now()))

    def last_pulse(self, sitting: int) -> tuple[int, str]:
        """Return the exam time of the last pulse (ms) and its wall time; (0, '') if there is none."""
        with self._connection.read() as conn:
            row = conn.execute("SELECT elapsed_ms, wall FROM pulse WHERE sitting=?", (sitting,)).fetchone()
        return (int(row[0]), str(row[1])) if row else (0, "")

    def event_count(self, sitting: int) -> int:
        """Return how many events the log holds."""
        with self._connection.read() as conn:
            return int(conn.execute("SELECT COUNT(*) FROM event WHERE sitting=?", (sitting,)).fetchone()[0])

    def events(self, sitting: int) -> list[ev.Event]:
        """Return the log in order. Raises StoreDamagedError if a line of it cannot be read."""
        with self._connection.read() as conn:
            rows = conn.execute(
                "SELECT seq, body FROM event WHERE sitting=? ORDER BY seq", (sitting,)
            ).fetchall()
        log = []
        for seq, body in rows:
            try:
                log.append(ev.decode(body))
            except msgspec.DecodeError as error:
                raise StoreDamagedError(
                    f"Event {seq} of sitting {sitting} cannot be read ({error}).",
                    where=str(self._connection.paths.database),
                    todo="Run 'openbook doctor'. Nothing was changed.",
                ) from error
        return log

    def record(self, sitting: int) -> SittingRecord:
        """Return the sitting with its paper and the item texts that the candidate sees.

        Raises KeyError if unknown.
        """
        with self._connection.read() as conn:
            row = conn.execute(
                "SELECT blueprint, paper, mode, rules, created_at FROM sitting WHERE id=?", (sitting,)
            ).fetchone()
            if row is None:
                raise KeyError(sitting)
            bodies = conn.execute(
                "SELECT t.body FROM sitting_item s JOIN item_text t ON t.id = s.text "
                "WHERE s.sitting=? ORDER BY s.place",
                (sitting,),
            ).fetchall()
        blueprint, paper, mode, rules, created_at = row
        return SittingRecord(
            id=sitting,
            blueprint=msgspec.json.decode(blueprint, type=Blueprint),
            form=msgspec.json.decode(paper, type=Form),
            mode=mode,
            rules=msgspec.json.decode(rules, type=Rules),
            texts=tuple(decode(body) for (body,) in bodies),
            created_at=created_at,
        )

    def state(self, record: SittingRecord) -> SittingState:
        """Return the state that the sitting's log folds to."""
        return fold_all(record.rules, self.events(record.id))

    def note_score(self, sitting: int, score: Score) -> None:
        """Keep the result beside the log for the lists."""
        with self._connection.write() as conn:
            conn.execute(
                "UPDATE sitting SET earned=?, possible=?, percent=?, scaled=?, passed=? WHERE id=?",
                (score.earned, score.possible, score.percent, score.scaled, score.passed, sitting),
            )

    def discard(self, sitting: int) -> None:
        """Take an open sitting out of the lists; its log stays."""
        with self._connection.write() as conn:
            conn.execute(
                "UPDATE sitting SET stage='discarded', closed_at=? WHERE id=? AND closed_at IS NULL",
                (now(), sitting),
            )

    def rows(self, *, open_only: bool = False, closed_only: bool = False) -> list[SittingRow]:
        """Return one line per sitting, newest first; declined and discarded ones are left out."""
        where = "s.stage NOT IN ('declined', 'discarded')"
        if open_only:
            where += " AND s.stage IN ('check-in', 'agreement', 'tutorial', 'running')"
        if closed_only:
            where += " AND s.stage IN ('survey', 'done')"
        sql = (
            "SELECT s.id, s.exam, s.form, s.mode, s.candidate, s.created_at, COALESCE(s.closed_at, ''), "
            "s.stage, "
            "(SELECT COUNT(*) FROM sitting_item i WHERE i.sitting = s.id), s.answered, "
            "MAX(COALESCE((SELECT elapsed_ms FROM pulse p WHERE p.sitting = s.id), 0), "
            "  COALESCE((SELECT json_extract(e.body, '$.at_ms') FROM event e WHERE e.sitting = s.id "
            "            ORDER BY e.seq DESC LIMIT 1), 0)), "
            "json_extract(s.rules, '$.limit_ms'), s.earned, s.possible, s.percent, s.scaled, s.passed "
            f"FROM sitting s WHERE {where} ORDER BY s.id DESC"
        )
        with self._connection.read() as conn:
            return [_row(values) for values in conn.execute(sql).fetchall()]


def _row(values: Sequence[object]) -> SittingRow:
    *head, passed = values
    return SittingRow(*head, None if passed is None else bool(passed))  # type: ignore[arg-type,call-arg]

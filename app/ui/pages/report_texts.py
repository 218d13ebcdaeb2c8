"""The sentences of the score report, shared by the page and the PDF, so that both always say the same."""

from __future__ import annotations

from app.exam.report import ItemResult, Report
from app.ui.widgets.bits import minutes_text

CAUSES = {
    "closed": "The program was closed",
    "crash": "The program ended suddenly",
    "sleep": "The computer slept",
    "stall": "The computer stood still",
}


def headline(report: Report) -> str:
    """Return the result in one word; a short form has none."""
    if not report.full_form or report.mode == "practice":
        return "Practice result" if report.mode == "practice" else "Short form"
    return "Pass" if report.score.passed else "Not passed"


def score_line(report: Report) -> str:
    """Return the points and the share or the scaled score."""
    score = report.score
    points = f"{score.earned} of {score.possible} points ({score.percent} %)"
    if score.scaled is None:
        return points
    passing = report.blueprint.passing
    return f"{score.scaled} on a scale of {passing.low} to {passing.high}: {points}"


def rule_lines(report: Report) -> list[str]:
    """Return the passing rule, and everything that limits what the result says."""
    blueprint, passing = report.blueprint, report.blueprint.passing
    lines = [f"Passing rule of the {blueprint.name}: {passing.rule}."]
    if passing.kind == "scaled":
        lines.append(
            f"The body's scale is secret. Openbook assumes that {passing.cut:g} % of the points stands at "
            f"{passing.pass_mark} and draws straight lines from there; your real score may differ."
        )
    if report.mode == "practice":
        lines.append("A practice gives no verdict: it can be paused and answers can be checked.")
    elif not report.full_form:
        lines.append(
            f"This form has {len(report.items)} of the exam's {blueprint.items} questions, too few for a "
            f"verdict."
        )
    unanswered = len(report.items) - report.answered
    if unanswered:
        plural = "question was" if unanswered == 1 else "questions were"
        lines.append(f"{unanswered} {plural} left unanswered and counted as wrong.")
    if any(item.pretest for item in report.items):
        count = sum(item.pretest for item in report.items)
        lines.append(f"{count} pretest questions were not scored; they are marked in the review.")
    lines.append("An estimate for your study, not a credential.")
    return lines


def time_line(report: Report) -> str:
    """Return how much of the time was used."""
    used = minutes_text(report.elapsed_ms)
    whole = f"of {minutes_text(report.limit_ms)}" if report.limit_ms else "(untimed)"
    end = "The time ran out." if report.ended_by == "time" else "You ended the exam."
    return f"{used} {whole} used; the exam allows {minutes_text(report.pace_ms)} per question. {end}"


def change_line(report: Report) -> str:
    """Return what changing answers did."""
    changes = report.changes
    if not any(changes.values()):
        return "No answer was changed."
    good, bad, same = changes["wrong to right"], changes["right to wrong"], changes["wrong to wrong"]
    return f"{good} from wrong to right, {bad} from right to wrong, {same} from wrong to wrong."


def interruption_lines(report: Report) -> list[str]:
    """Return one line per interruption, or that there was none."""
    lines = []
    for gap in report.interruptions:
        length = minutes_text(gap.gap_ms) if gap.gap_ms >= 0 else "unknown length"
        lines.append(
            f"{CAUSES.get(gap.cause, gap.cause)} at {minutes_text(gap.at_ms)} of exam time ({length})."
        )
    return lines or ["None."]


def slow_line(item: ItemResult) -> str:
    """Return one line about a slow item."""
    return (
        f"Question {item.number}, {item.section_title}: {minutes_text(item.state.time_ms)} ({item.outcome})"
    )

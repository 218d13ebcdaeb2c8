"""The command line. Thin: every command calls functions of the rooms; Qt comes in only with a window.

Exit status: 0 all is well, 1 something is wrong with the data, 2 wrong use.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app import __version__
from app.errors import OpenbookError
from app.paths import DataPaths, blueprint_dir, default_data_dir, shipped_bank_dir

if TYPE_CHECKING:
    from app.exam.blueprint import Blueprint

_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class _Commands(click.Group):
    """Tells the errors made for the user in their words, with exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except OpenbookError as error:
            click.echo(f"openbook: {error}", err=True)
            ctx.exit(1)


@click.group(cls=_Commands, invoke_without_command=True)
@click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for your data, instead of the usual.",
)
@click.version_option(__version__, prog_name="openbook")
@click.pass_context
def main(ctx: click.Context, data_dir: Path | None) -> None:
    """Openbook: an offline exam simulator for medical-coding certification.

    Without a command, opens the window.
    """
    ctx.obj = DataPaths((data_dir or default_data_dir()).absolute())
    if ctx.invoked_subcommand is None:
        _need_display("openbook sit CPC --robot 0.8 --shots DIR")
        from app.ui.app import run

        ctx.exit(run(ctx.obj))


@main.command()
@_as_json
def exams(as_json: bool) -> None:
    """List the exams and what the banks hold for them."""
    rows = []
    known, errors = _blueprints()
    held = _held(known)
    for exam, blueprint in known.items():
        rows.append(
            {
                "exam": exam,
                "name": blueprint.name,
                "credential": blueprint.credential,
                "body": blueprint.body,
                "items": blueprint.items,
                "minutes": blueprint.minutes,
                "passing": blueprint.passing.rule,
                "in_banks": held.get(exam, 0),
            }
        )
    _print(
        rows,
        as_json,
        lambda r: f"{r['name']:14} {r['items']:>3} items {r['minutes']:>3} min  {r['in_banks']:>5} in banks",
    )
    _fail_if(errors)


@main.group()
def bank() -> None:
    """Check or list the question banks."""


@bank.command("list")
@_as_json
@click.pass_obj
def bank_list(paths: DataPaths, as_json: bool) -> None:
    """List the bank files, the program's and your own."""
    from app.bank.read import bank_files, read_file
    from app.errors import BankError

    rows, errors = [], []
    for path in bank_files(shipped_bank_dir(), paths.banks):
        try:
            found, _ = read_file(path)
        except BankError as error:
            errors.append(error)
            continue
        forms = [f"{form.exam} {form.form}" for form in found.forms]
        rows.append(
            {
                "bank": found.bank,
                "title": found.title,
                "items": len(found.items),
                "code_year": found.code_year,
                "forms": forms,
                "path": str(path),
            }
        )
    _print(
        rows,
        as_json,
        lambda r: f"{r['bank']:16} {r['items']:>5} items  {r['code_year']}  {r['title']}  {r['path']}",
    )
    _fail_if(errors)


@bank.command("check")
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
@_as_json
@click.pass_obj
def bank_check(paths: DataPaths, path: Path | None, as_json: bool) -> None:
    """Check bank files: one file, a folder, or by default the program's banks and your own."""
    from app.bank.check import check_files
    from app.bank.read import bank_files
    from app.bank.tabular import InstalledTabularList

    known, blueprint_errors = _blueprints()
    if path is None:
        files = bank_files(shipped_bank_dir(), paths.banks)
    else:
        files = bank_files(path) if path.is_dir() else [path]
    sections = {
        exam: {part.id: part.items for part in blueprint.sections} for exam, blueprint in known.items()
    }
    findings = check_files(files, sections, InstalledTabularList())
    if as_json:
        fields = ("line", "item", "severity", "problem")
        rows = [
            {"path": str(found.path), **{name: getattr(found, name) for name in fields}} for found in findings
        ]
        click.echo(json.dumps(rows, indent=2))
    else:
        for found in findings:
            click.echo(str(found))
        wrong = sum(found.severity == "error" for found in findings)
        click.echo(f"{len(files)} files checked: {wrong} errors, {len(findings) - wrong} warnings.")
    _fail_if(blueprint_errors)
    if any(found.severity == "error" for found in findings):
        sys.exit(1)


@main.command()
@_as_json
@click.pass_obj
def attempts(paths: DataPaths, as_json: bool) -> None:
    """List your sittings, newest first."""
    import msgspec

    rows: list[dict[str, Any]] = []
    if paths.database.exists():
        from app.store.workspace import Workspace

        workspace = Workspace(paths, _blueprints()[0])
        try:
            rows = [msgspec.to_builtins(row) for row in workspace.sittings.rows()]
        finally:
            workspace.close()
    _print(
        rows,
        as_json,
        lambda r: (
            f"{r['id']:>4}  {r['created_at'][:16]}  {r['exam']:12} form {r['form']:12} {r['mode']:9} "
            f"{r['stage']:9} "
            + (
                ""
                if r["percent"] is None
                else f"{r['percent']:>3} %  {'pass' if r['passed'] else 'not passed'}"
            )
        ),
    )


@main.command()
@_as_json
@click.pass_obj
def doctor(paths: DataPaths, as_json: bool) -> None:
    """Say where everything is, which versions run, and whether the data are sound."""
    from app.doctor import examine

    facts, troubles = examine(paths)
    if as_json:
        click.echo(json.dumps({**facts, "troubles": troubles}, indent=2))
    else:
        for name, value in facts.items():
            click.echo(f"{name:16} {value}")
        for trouble in troubles:
            click.echo(f"TROUBLE: {trouble}", err=True)
        click.echo("All is well." if not troubles else f"{len(troubles)} troubles.")
    if troubles:
        sys.exit(1)


@main.command()
@click.argument("exam")
@click.option("--form", default="", help="A fixed form (A, B, C); without it, a form is drawn by seed.")
@click.option(
    "--seed", type=click.IntRange(1, 999_999), help="Draws the same form and the same order of options again."
)
@click.option(
    "--robot", type=click.FloatRange(0, 1), help="Let a robot sit; it answers right with this probability."
)
@click.option(
    "--resume", is_flag=True, help="With --robot: go on with the open sitting at the top of the home page."
)
@click.option(
    "--shots",
    type=click.Path(file_okay=False, path_type=Path),
    help="With --robot: a folder for one picture per screen.",
)
@click.option("--size", default="1366x768", show_default=True, help="With --robot: size of the window.")
@click.option("--scheme", default="light", show_default=True, help="With --robot: colours.")
@click.option(
    "--text-size",
    type=click.IntRange(80, 200),
    default=100,
    show_default=True,
    help="With --robot: per cent.",
)
@click.option("--trace", is_flag=True, help="With --robot: one JSON line per acknowledged action.")
@_as_json
@click.pass_obj
def sit(
    paths: DataPaths,
    exam: str,
    form: str,
    seed: int | None,
    robot: float | None,
    resume: bool,
    shots: Path | None,
    size: str,
    scheme: str,
    text_size: int,
    trace: bool,
    as_json: bool,
) -> None:
    """Sit an EXAM (CPC, CIC, CCS, CCA): opens the exam room, or lets a robot candidate sit without you."""
    known, _ = _blueprints()
    if exam.lower() not in known:
        raise click.BadParameter(f"there is no exam {exam!r}; known: {', '.join(known)}", param_hint="EXAM")
    seed = seed if seed is not None else random.randint(1, 999_999)
    if robot is None:
        _sit_in_window(paths, exam.lower(), form.upper(), seed)
        return
    from app.settings import SCHEMES

    if scheme not in SCHEMES:
        raise click.BadParameter(f"one of {', '.join(SCHEMES)}", param_hint="--scheme")
    try:
        width, height = (int(part) for part in size.lower().split("x"))
    except ValueError:
        raise click.BadParameter("must look like 1366x768", param_hint="--size") from None
    if shots is not None:
        shots.mkdir(parents=True, exist_ok=True)
    _offscreen_if_no_display()
    from app.ui.robot import RobotTask, run_robot

    task = RobotTask(
        exam.lower(),
        form.upper(),
        robot,
        seed,
        shots,
        resume,
        (width, height),
        scheme=scheme,
        text_size=text_size,
    )
    tracer: Callable[[dict[str, Any]], None] | None = None
    if trace:
        tracer = _print_line
    result = run_robot(paths, task, tracer)
    if as_json:
        click.echo(json.dumps(result))
    else:
        verdict = "passed" if result["passed"] else "not passed"
        click.echo(
            f"{exam.upper()} form {result['form']}: {result['correct']} of {result['items']} right, "
            f"{verdict}, "
            f"{result['events']} events in {result['elapsed_s']} s, next question in "
            f"{result['turn_ms']['median']} ms"
        )
        for shot in result["shots"]:
            click.echo(shot)


def _sit_in_window(paths: DataPaths, exam: str, form: str, seed: int) -> None:
    from app.exam.plan import SittingPlan

    _need_display(f"openbook sit {exam.upper()} --robot 0.8 --shots DIR")
    from app.ui.app import run

    sys.exit(run(paths, lambda desk: desk.begin(SittingPlan(exam, form=form, seed=seed))))


def _print_line(facts: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def _blueprints() -> tuple[dict[str, Blueprint], Sequence[OpenbookError]]:
    from app.exam.blueprint import read_blueprints

    return read_blueprints(blueprint_dir())


def _held(known: dict[str, Blueprint]) -> dict[str, int]:
    from app.bank.read import bank_files, read_file
    from app.errors import BankError

    held: dict[str, int] = {}
    for path in bank_files(shipped_bank_dir(), click.get_current_context().obj.banks):
        try:
            found, _ = read_file(path)
        except BankError:
            continue
        for item in found.items:
            for exam in item.domains:
                held[exam] = held.get(exam, 0) + 1
    return {exam: held.get(exam, 0) for exam in known}


def _print(rows: Sequence[dict[str, Any]], as_json: bool, line: Callable[[dict[str, Any]], str]) -> None:
    if as_json:
        click.echo(json.dumps(list(rows), indent=2))
        return
    for row in rows:
        click.echo(line(row))
    if not rows:
        click.echo("Nothing yet.")


def _fail_if(errors: Sequence[OpenbookError]) -> None:
    for error in errors:
        click.echo(f"openbook: {error}", err=True)
    if errors:
        sys.exit(1)


def _has_display() -> bool:
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _need_display(instead: str) -> None:
    if not _has_display():
        click.echo(
            f"openbook: there is no display here, so no window can open. To see it work without one:\n  "
            f"{instead}"
        )
        sys.exit(1)


def _offscreen_if_no_display() -> None:
    if not _has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"

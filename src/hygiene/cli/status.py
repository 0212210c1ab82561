"""`hygiene status`, `findings` and `due`: where the person stands, for people and for scripts."""

from __future__ import annotations

import typer

from hygiene.cli.services import Services
from hygiene.errors import ExitCode, UsageError
from hygiene.language import N_, _

status = typer.Typer(add_completion=False, rich_markup_mode=None)
findings = typer.Typer(add_completion=False, rich_markup_mode=None)
due = typer.Typer(add_completion=False, rich_markup_mode=None)

_FORMAT = typer.Option("text", "--format", help=_("text or json"))


@status.command()
def show_status(context: typer.Context, form: str = _FORMAT) -> int:
    """Show where the person stands."""
    from hygiene.reporting import json_form, text
    from hygiene.usecases.desk import state_of
    from hygiene.usecases.report import report_of

    services: Services = context.obj
    is_json = _is_json(form)
    store = services.open()
    desk = services.desk_for(store)
    state = state_of(store)
    assessment, overdue = desk.assess(state), desk.due(state)
    if is_json:
        services.write(json_form.to_text(json_form.status_json(assessment, overdue)))
    else:
        services.write(
            text.render_status(report_of(store, desk, services.language), overdue, services.width())
        )
    return ExitCode.DONE


@findings.command()
def show_findings(
    context: typer.Context,
    form: str = _FORMAT,
    fail_on: str = typer.Option("", help=_("exit with 10 if something of this severity or worse is open")),
) -> int:
    """Show what needs action, in order."""
    from hygiene.cli.severity import exit_code_for, parse_severity
    from hygiene.reporting import json_form, text
    from hygiene.usecases.desk import state_of
    from hygiene.usecases.report import report_of

    services: Services = context.obj
    is_json = _is_json(form)
    threshold = parse_severity(fail_on)
    store = services.open()
    desk = services.desk_for(store)
    assessment = desk.assess(state_of(store))
    if is_json:
        services.write(json_form.to_text(json_form.findings_json(assessment, services.language)))
    else:
        services.write(text.render_findings(report_of(store, desk, services.language)))
    return exit_code_for(assessment, threshold) if threshold else ExitCode.DONE


@due.command()
def show_due(context: typer.Context, form: str = _FORMAT) -> int:
    """Show what has come due; exit 10 where something has."""
    from hygiene.reporting import json_form, text
    from hygiene.usecases.desk import state_of
    from hygiene.usecases.report import report_of

    services: Services = context.obj
    is_json = _is_json(form)
    store = services.open()
    desk = services.desk_for(store)
    overdue = desk.due(state_of(store))
    if is_json:
        services.write(json_form.to_text(json_form.due_json(overdue)))
    else:
        services.write(text.render_due(report_of(store, desk, services.language), overdue))
    return ExitCode.ACTION_NEEDED if overdue.is_anything else ExitCode.DONE


def _is_json(form: str) -> bool:
    if form not in ("text", "json"):
        raise UsageError(
            N_("there is no format “{form}”"),
            hint=N_("the formats are: {formats}"),
            form=form,
            formats="text, json",
        )
    return form == "json"

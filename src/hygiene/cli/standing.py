"""Where the person stands: `status`, `findings`, `due`. Free of Typer: these three may answer without it."""

from __future__ import annotations

from hygiene.cli.services import Services
from hygiene.errors import ExitCode, UsageError
from hygiene.language import N_


def status(services: Services, form: str) -> ExitCode:
    """Write the score, what is open and what is due."""
    as_json = is_json(form)
    store = services.open()
    desk = services.desk_for(store)
    if as_json:
        from hygiene.reporting.json_form import status_json, to_text
        from hygiene.usecases.desk import state_of

        state = state_of(store)
        assessment = desk.assess(state)
        services.write(to_text(status_json(assessment, desk.due(state, assessment))))
    else:
        from hygiene.reporting.text import render_status
        from hygiene.usecases.report import standing_of

        services.write(render_status(*standing_of(store, desk, services.language), services.width()))
    return ExitCode.DONE


def findings(services: Services, form: str, fail_on: str = "") -> ExitCode:
    """Write what needs action, in order; exit with 10 where something is as bad as `fail_on`."""
    from hygiene.cli.severity import exit_code_for, parse_severity
    from hygiene.usecases.desk import state_of

    as_json = is_json(form)
    threshold = parse_severity(fail_on)
    store = services.open()
    desk = services.desk_for(store)
    if as_json:
        from hygiene.reporting.json_form import findings_json, to_text

        services.write(to_text(findings_json(desk.assess(state_of(store)), services.language)))
    else:
        from hygiene.reporting.text import render_findings
        from hygiene.usecases.report import standing_of

        services.write(render_findings(standing_of(store, desk, services.language)[0]))
    if threshold is None:
        return ExitCode.DONE
    return exit_code_for(desk.assess(state_of(store)), threshold)


def due(services: Services, form: str) -> ExitCode:
    """Write what has come due; exit with 10 where something has."""
    from msgspec.structs import replace

    from hygiene.engine.ages import ABOUT_THE_PASSWORD
    from hygiene.usecases.desk import state_of
    from hygiene.usecases.report import standing_of

    as_json = is_json(form)
    store = services.open()
    desk = services.desk_for(store)
    report, overdue = standing_of(store, desk, services.language, ABOUT_THE_PASSWORD)
    overdue = replace(overdue, checks=desk.due_checks(state_of(store)))
    if as_json:
        from hygiene.reporting.json_form import due_json, to_text

        services.write(to_text(due_json(overdue)))
    else:
        from hygiene.reporting.text import render_due

        services.write(render_due(report, overdue))
    return ExitCode.ACTION_NEEDED if overdue.is_anything else ExitCode.DONE


def is_json(form: str) -> bool:
    """Return whether JSON is asked for, not text.

    Raises:
        UsageError: it is neither.
    """
    if form not in ("text", "json"):
        raise UsageError(
            N_("there is no format “{form}”"),
            hint=N_("the formats are: {formats}"),
            form=form,
            formats="text, json",
        )
    return form == "json"

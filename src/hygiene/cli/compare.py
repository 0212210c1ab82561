"""`hygiene compare`."""

from __future__ import annotations

import typer

from hygiene.cli.services import Services
from hygiene.errors import UsageError
from hygiene.language import N_, _

compare = typer.Typer(add_completion=False, rich_markup_mode=None)

_TWO = 2


@compare.command()
def run(
    context: typer.Context,
    audits: list[str] = typer.Argument(
        None,
        help=_("an audit's day, month, year or id; two of them to compare"),
        metavar=_("[AUDIT [AUDIT]]"),
    ),
    form: str = typer.Option("text", "--format", help=_("text or json")),
) -> None:
    """Show what changed since an audit, or from one to another."""
    from hygiene.cli.standing import is_json
    from hygiene.usecases.history import compare_audits

    services: Services = context.obj
    as_json = is_json(form)
    names = tuple(audits or ())
    if len(names) > _TWO:
        raise UsageError(
            N_("at most two audits can be compared"), hint=N_("`hygiene history` shows the audits there are")
        )
    store = services.open()
    desk = services.desk_for(store)
    found = compare_audits(store, desk, names)
    if as_json:
        from hygiene.reporting.json_form import compare_json, to_text

        services.write(to_text(compare_json(found.changes, found.before, found.after)))
    else:
        from hygiene.usecases.history import render_comparison

        services.write(render_comparison(found, desk, services.language))
        if found.further:
            words = _("`hygiene compare {day}` goes back to the audit before.")
            services.say(words.format(day=found.further.finished_on))

"""`hygiene answers`: the answers file, blank or filled in."""

from __future__ import annotations

import typer

from hygiene.cli.services import Services
from hygiene.language import _

answers = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)


@answers.command("new", help=_("a commented blank to fill in"))
def new(
    context: typer.Context,
    networks: list[str] = typer.Argument(
        None, help=_("for accounts on these networks"), metavar=_("[NETWORK]…")
    ),
) -> None:
    """Write a commented blank."""
    from hygiene.catalog.answers_form import render_blank
    from hygiene.usecases.accounts import blank_accounts
    from hygiene.usecases.desk import state_of

    services: Services = context.obj
    stored = state_of(services.open()).open_accounts if services.has_store and not networks else ()
    accounts = stored or blank_accounts(services.desk.catalogue, tuple(networks or ()))
    services.write(render_blank(services.desk.catalogue, accounts, services.language))


@answers.command("export", help=_("what is stored; readable by anyone who has it"))
def export(context: typer.Context) -> None:
    """Write what is stored, in clear."""
    from hygiene.catalog.answers_form import render_answers
    from hygiene.usecases.desk import state_of

    services: Services = context.obj
    store = services.open()
    catalogue = services.desk_for(store).catalogue
    services.write(render_answers(state_of(store), catalogue, services.day, services.language))
    services.say(_("What was written is no longer encrypted: anyone who has it can read it."))

"""`hygiene account`."""

from __future__ import annotations

import typer

from hygiene.cli.services import Services
from hygiene.cli.standing import is_json
from hygiene.errors import UsageError
from hygiene.language import N_, _, ngettext

account = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)


@account.command("list", help=_("the accounts and their ids"))
def list_accounts(
    context: typer.Context, form: str = typer.Option("text", "--format", help=_("text or json"))
) -> None:
    """Show the accounts and their ids."""
    from hygiene.engine.names import account_name
    from hygiene.reporting.json_form import accounts_json, to_text
    from hygiene.usecases.desk import state_of

    services: Services = context.obj
    accounts = state_of(services.open()).accounts.values()
    if is_json(form):
        services.write(to_text(accounts_json(accounts)))
        return
    for each in accounts:
        name = account_name(each, services.desk.catalogue).to(services.language)
        closed = f" ({_('closed')})" if each.closed_on else ""
        services.write(each.id + _(": ") + name + closed)


@account.command("add", help=_("add an account"))
def add(
    context: typer.Context,
    network: str = typer.Argument(
        "", help=_("such as instagram; asked for when left out"), metavar=_("NETWORK")
    ),
    label: str = typer.Option("", help=_("what you call it")),
    purpose: str = typer.Option("", help=_("personal, work or shared")),
    domain: str = typer.Option(
        "", help=_("the service's domain for “other”; your server or site on Mastodon and Amazon")
    ),
) -> None:
    """Add an account."""
    from hygiene.usecases.accounts import add_account
    from hygiene.usecases.desk import state_of

    services: Services = context.obj
    store = services.open()
    network = network or _asked(services, _("Network (such as instagram): "))
    added = add_account(state_of(store), services.desk.catalogue, network, label, purpose, domain)
    services.desk.seal(services.desk.say(store, added))
    services.write(added.account)


@account.command("rename", help=_("call an account otherwise; its id stays"))
def rename(
    context: typer.Context,
    account_id: str = typer.Argument("", metavar=_("ACCOUNT"), help=_("its id; asked for when left out")),
    label: str = typer.Argument("", metavar=_("NAME"), help=_("asked for when left out")),
) -> None:
    """Call an account otherwise."""
    from hygiene.usecases.accounts import known_account, rename_account
    from hygiene.usecases.desk import state_of

    services: Services = context.obj
    store = services.open()
    state = state_of(store)
    account_id = account_id or _asked(services, _("Account (its id): "))
    known_account(state, account_id)
    label = label or _asked(services, _("New name: "))
    services.desk.seal(services.desk.say(store, rename_account(state, account_id, label)))


@account.command("close", help=_("an account that no longer exists; its history is kept"))
def close(
    context: typer.Context,
    account_id: str = typer.Argument("", metavar=_("ACCOUNT"), help=_("its id; asked for when left out")),
) -> None:
    """Close an account; its history is kept."""
    from hygiene.usecases.accounts import close_account
    from hygiene.usecases.desk import state_of

    services: Services = context.obj
    store = services.open()
    account_id = account_id or _asked(services, _("Account (its id): "))
    services.desk.seal(services.desk.say(store, close_account(state_of(store), account_id)))


@account.command("remove", help=_("an account added by mistake; what you said of it is deleted"))
def remove(
    context: typer.Context,
    account_id: str = typer.Argument("", metavar=_("ACCOUNT"), help=_("its id; asked for when left out")),
    yes: bool = typer.Option(False, "--yes", help=_("do not ask whether I am sure")),
) -> None:
    """Remove an account, and all that was said of it."""
    from hygiene.engine.names import account_name
    from hygiene.safety.cleaning import clean
    from hygiene.usecases.accounts import known_account, remove_account
    from hygiene.usecases.desk import state_of

    services: Services = context.obj
    store = services.open()
    state = state_of(store)
    account_id = known_account(state, account_id or _asked(services, _("Account (its id): "))).id
    if not (yes or services.is_interactive):
        raise UsageError(N_("there is no terminal to ask whether you are sure"), hint=N_("add --yes"))
    name = clean(account_name(state.accounts[account_id], services.desk.catalogue).to(services.language))
    count = sum(account == account_id for account, _check in state.answers)
    if not (yes or _is_sure(services, name, count)):
        services.say(_("Nothing was changed."))
        return
    remove_account(store, services.desk_for(store), account_id)
    services.say(
        _(
            "It is removed. The copy beside the store still holds it until hygiene saves again; backups and "
            "reports made before keep it."
        )
    )


def _is_sure(services: Services, name: str, count: int) -> bool:
    question = ngettext(
        "Removing {account} deletes it and {n} answer here; `hygiene account close` keeps them. Remove it?",
        "Removing {account} deletes it and {n} answers here; `hygiene account close` keeps them. Remove it?",
        count,
    )
    return services.terminal().confirm(question.format(account=name, n=count), default=False)


def _asked(services: Services, question: str) -> str:
    """Ask for what was left out, so that nothing personal need stand in a shell history."""
    if not services.is_interactive:
        raise UsageError(N_("something is missing on the command line"), hint=N_("see the command's --help"))
    return services.ask_line(question)

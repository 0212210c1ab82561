"""`hygiene settings [KEY [VALUE]]`."""

from __future__ import annotations

import typer

from hygiene.cli.services import Services
from hygiene.language import _

settings = typer.Typer(add_completion=False, rich_markup_mode=None)


@settings.command()
def run(
    context: typer.Context,
    key: str = typer.Argument("", metavar=_("KEY"), help=_("which setting")),
    value: str = typer.Argument(None, metavar=_("VALUE"), help=_("what it shall be; empty for the default")),
) -> None:
    """Show settings, or change one."""
    from hygiene.model.record import SettingChosen
    from hygiene.usecases.desk import state_of
    from hygiene.usecases.settings import SETTINGS, checked

    services: Services = context.obj
    if key:
        checked(key, value or "")
    store = services.open()
    if value is not None:
        services.desk.seal(services.desk.say(store, SettingChosen(key, value)))
        return
    chosen = state_of(store).settings
    desk = services.desk_for(store)
    policy = desk.policy
    in_force = {
        "language": services.language,
        "plain": "yes" if services.is_plain else "no",
        "password-months": str(policy.password_months.value),
        "audit-months": str(policy.audit_months.value),
        "reminder-line": "on",
        "organisation-lists": "on",
    }
    if key:
        services.write(chosen.get(key) or in_force.get(key, ""))
        return
    for each in SETTINGS.values():
        words = chosen.get(each.key) or in_force.get(each.key) or _("not known yet")
        services.write(each.key + _(": ") + f"{words} ({_(each.help)}" + _("; ") + f"{each.allowed})")
    if desk.organisations:
        from hygiene.reporting.policy_text import who_set_what

        services.write("\n" + "\n".join(who_set_what(policy, desk.catalogue, services.language)))

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
    if key:
        services.write(chosen.get(key, ""))
        return
    policy = services.desk_for(store).policy
    defaults = {"password-months": policy.password_months.value, "audit-months": policy.audit_months.value}
    for each in SETTINGS.values():
        words = chosen.get(each.key) or defaults.get(each.key, "–")
        services.write(each.key + _(": ") + f"{words} ({_(each.help)}" + _("; ") + f"{each.allowed})")

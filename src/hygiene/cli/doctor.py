"""`hygiene doctor`: whether everything works on this computer, without opening the store."""

from __future__ import annotations

import typer

from hygiene.cli.services import Services
from hygiene.errors import ExitCode
from hygiene.language import _

doctor = typer.Typer(add_completion=False, rich_markup_mode=None)


@doctor.command()
def run(context: typer.Context) -> int:
    """Say whether everything works here."""
    from hygiene.usecases.doctor import Place, examine

    services: Services = context.obj
    place = Place(
        services.store_path,
        services.key_store,
        services.language,
        len(services.desk.catalogue.checklists),
        services.is_interactive,
    )
    symptoms = examine(place)
    for symptom in symptoms:
        verdict = _("fine") if symptom.is_fine else _("look")
        services.write(verdict + _(": ") + symptom.words)
    return ExitCode.DONE if all(symptom.is_fine for symptom in symptoms) else ExitCode.NOT_DONE

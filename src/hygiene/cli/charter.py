"""`hygiene charter`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from hygiene.cli.services import Services
from hygiene.errors import UsageError
from hygiene.language import N_, _

if TYPE_CHECKING:
    from hygiene.catalog.organisation import OrganisationLists

charter = typer.Typer(add_completion=False, rich_markup_mode=None)


@charter.command()
def run(
    context: typer.Context,
    form: str = typer.Option("", "--format", help=_("html or md")),
    output: Path | None = typer.Option(None, "-o", "--output", help=_("write to this file")),
    source: str = typer.Option("", help=_("whose charter, where several hand out lists"), metavar=_("NAME")),
    lists: Path | None = typer.Option(
        None, help=_("draw it up from a folder with policy.yaml and checklists"), metavar=_("FOLDER")
    ),
) -> None:
    """Draw up a charter of good digital conduct; no answer of anybody's is in it."""
    from hygiene.safety.files import write_atomically
    from hygiene.usecases.charter import FORMATS, charter_of, render_charter

    services: Services = context.obj
    form = _format(form, output, FORMATS)
    output = output or (Path(f"hygiene-charter-{services.day}.html") if form == "html" else None)
    path = services.output(output) if output else None
    handed = _lists(services, source, lists)
    text = render_charter(charter_of(handed, services.bundled_desk, services.language), form)
    if path is None:
        services.write(text)
    else:
        write_atomically(path, text.encode())
        services.write(str(path))
    services.say(_about(handed))


def _format(form: str, output: Path | None, allowed: Sequence[str]) -> str:
    """Return the format that was named, else the one that the file's ending names, else the first one."""
    if form and form not in allowed:
        raise UsageError(
            N_("there is no format “{form}”"),
            hint=N_("the formats are: {formats}"),
            form=form,
            formats=", ".join(allowed),
        )
    ending = output.suffix.lower().removeprefix(".") if output else ""
    return form or (ending if ending in allowed else allowed[0])


def _lists(services: Services, source: str, folder: Path | None) -> OrganisationLists | None:
    """Return what the charter is drawn up from, after saying what of it cannot be used."""
    from hygiene.cli.run import say_error
    from hygiene.usecases.charter import choose_lists, load_lists

    if folder is None:
        for problem in services.handed.problems:
            say_error(_(problem.message).format(**problem.values), _(problem.hint).format(**problem.values))
        return choose_lists(services.handed.lists, source)
    if source:
        raise UsageError(
            N_("{one} and {other} do not go together"),
            hint=N_("policy.yaml in the folder says whose lists they are: leave out {one}"),
            one="--source",
            other="--lists",
        )
    lists = load_lists(folder, services.bundled_desk.catalogue)
    for skipped in lists.skipped:
        services.say(_("{file} cannot be used and is left out.").format(file=skipped.file))
        for each in skipped.problems:
            services.say(str(each))
    return lists


def _about(lists: OrganisationLists | None) -> str:
    """Return what is still to be done before anybody is handed the charter."""
    if lists is None:
        return _("This is a draft for any organisation: replace what stands in square brackets.")
    return _(
        "Before you hand it out, show it to those who represent the staff and to whoever answers for data"
        " protection."
    )

"""`hygiene trust`: whose lists are believed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from hygiene.cli.services import Services
from hygiene.cli.standing import is_json
from hygiene.errors import UsageError
from hygiene.language import N_, _, ngettext

if TYPE_CHECKING:
    from hygiene.usecases.sources import Kept

trust = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)


@trust.command("add", help=_("use the lists of an organisation, once you have compared its fingerprint"))
def add(
    context: typer.Context,
    source: str = typer.Argument(metavar=_("SOURCE"), help=_("an https address, a folder or a zip")),
    fingerprint: str = typer.Option(
        "", help=_("the whole fingerprint, for scripts; otherwise it is asked for"), metavar=_("FINGERPRINT")
    ),
) -> None:
    """Agree to an organisation's keys, and use its lists."""
    from hygiene.distribution import client
    from hygiene.distribution.fetching import reaching
    from hygiene.usecases.sources import Offer
    from hygiene.usecases.sources import add as add_source
    from hygiene.usecases.sources_words import say_taken

    services: Services = context.obj
    now = services.real_time()
    terminal = services.terminal_or_none()
    if not fingerprint and terminal is None:
        raise UsageError(
            N_("there is no terminal to compare the fingerprint on"),
            hint=N_("give it whole with --fingerprint, as your organisation made it known"),
        )
    with reaching(source) as fetcher:
        roots = client.fetch_roots(source, fetcher=fetcher)
        typed = fingerprint or _typed(services, roots[-1])
        if not typed:
            services.say(_("Nothing was changed."))
            return
        root = client.chosen_root(roots, typed)
        offer = Offer(source, root, fetcher=fetcher)
        taken, lists = add_source(services.places, offer, now, services.bundled_desk.catalogue)
    for line in say_taken(taken, lists, services.language):
        services.say(line)


def _typed(services: Services, root: bytes) -> str:
    """Show the beginning of a fingerprint, and ask for its end, which only the real publisher made known."""
    from hygiene.distribution.source import TYPED_GROUPS, fingerprint_of, grouped

    groups = grouped(fingerprint_of(root)).split()
    terminal = services.terminal()
    terminal.show(
        _(
            "Your organisation shows a fingerprint on its own pages, or hands it out on paper. "
            "This one begins with:"
        )
    )
    terminal.show(" ".join(groups[:-TYPED_GROUPS]))
    question = ngettext(
        "If yours begins so too, type its last group; otherwise leave this empty:",
        "If yours begins so too, type its last {n} groups; otherwise leave this empty:",
        TYPED_GROUPS,
    )
    return terminal.line(question.format(n=TYPED_GROUPS)).strip()


@trust.command("list", help=_("whose lists are in use, and what each of them sets"))
def list_all(
    context: typer.Context, form: str = typer.Option("text", "--format", help=_("text or json"))
) -> None:
    """Show whose lists are in use."""
    from hygiene.cli.notices import problems_of
    from hygiene.usecases.sources import kept
    from hygiene.usecases.sources_words import say_problem, source_json

    services: Services = context.obj
    sources = kept(services.places, services.real_time())
    services.leave_out({each.source.name for each in sources if each.problem})
    if is_json(form):
        from hygiene.reporting.json_form import to_text

        rows = [source_json(each) for each in sources]
        services.write(to_text({"schema": "hygiene.trust/1", "sources": rows}))
    else:
        services.write("\n".join(_in_use(services, sources)))
    for problem in problems_of(services, sources):
        services.say(say_problem(problem))


def _in_use(services: Services, sources: tuple[Kept, ...]) -> Iterator[str]:
    from hygiene.reporting.policy_text import who_set_what
    from hygiene.usecases.sources_words import say_kept, say_managed

    desk = services.desk
    lines = [
        *say_managed(services.handed.lists),
        *(line for each in sources for line in say_kept(each, services.language)),
    ]
    yield from lines or [_("No organisation's lists are in use here.")]
    if desk.organisations:
        yield ""
        yield from who_set_what(desk.policy, desk.catalogue, services.language)


@trust.command("remove", help=_("use the lists of an organisation no more; your answers stay"))
def remove(context: typer.Context, name: str = typer.Argument(metavar=_("NAME"))) -> None:
    """Remove a source and what is kept of it."""
    from hygiene.distribution import client
    from hygiene.usecases.sources import managed_roots

    services: Services = context.obj
    services.real_time()
    client.remove(services.places.sources, name)
    services.say(
        _("The lists of “{name}” are not used any more. Your answers to them stay.").format(name=name)
    )
    if name in {each.name for each in managed_roots(services.places)[0]}:
        services.say(
            _(
                "The administrators of this computer set it up, so that `hygiene update` fetches it again; "
                "`hygiene settings organisation-lists off` leaves out what organisations hand out."
            )
        )

"""What all commands of `hygiene publish` need: a workshop, the real time, a yes before anything goes out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from hygiene.cli.services import Services
from hygiene.errors import UsageError
from hygiene.language import N_, _

if TYPE_CHECKING:
    from hygiene.distribution.publishing.repository import Published
    from hygiene.distribution.publishing.workshop import Workshop
    from hygiene.usecases.publishing.keys import Bench, Carried

FOLDER = typer.Option(Path(), "--folder", metavar="DIR", help=_("the workshop; else the current folder"))
AS = typer.Option("", "--as", metavar="NAME", help=_("who you are, where this computer has several keys"))
NAME = typer.Argument(metavar=_("NAME"))
SPARE = typer.Option(None, "--spare", metavar="FILE", help=_("the spare key, for a safe"))
SPARE_WORDS = typer.Option(
    None,
    "--spare-passphrase-file",
    metavar="FILE",
    help=_("read the passphrase of the spare key from a file"),
)
YES = typer.Option(False, "--yes", help=_("do not ask"))


def bench_of(services: Services, folder: Path, who: str) -> Bench:
    """Return where somebody publishes, and how they may be asked.

    Raises:
        UsageError: another day was asked for.
    """
    from hygiene.usecases.publishing.keys import Bench

    means = services.means(services.terminal_or_none(), services.path("passphrase_file"))
    return Bench(folder, services.home, services.real_time(), means, services.ways_in, who)


def confirmed(services: Services, question: str, *, yes: bool) -> bool:
    """Return whether the person wants what was shown.

    Raises:
        UsageError: there is nobody to ask, and `--yes` was not given.
    """
    if yes:
        return True
    if not services.is_interactive:
        raise UsageError(N_("there is no terminal to ask whether you are sure"), hint=N_("add --yes"))
    if services.plain_terminal().confirm(question, default=False):
        return True
    services.say(_("Not signed, not published."))
    return False


def say_all(services: Services, lines: Iterable[str]) -> None:
    """Say lines to the person."""
    for line in lines:
        services.say(line)


def say_fingerprint(services: Services, root: bytes, number: int, workshop: Workshop) -> None:
    """Say what employees compare: on one line, whatever the width, and the sentence for the intranet."""
    from hygiene.distribution.source import fingerprint_of, grouped
    from hygiene.usecases.publishing.words import for_the_intranet

    services.say(_("Fingerprint of root {number}:").format(number=number))
    services.write(grouped(fingerprint_of(root)))
    services.say(for_the_intranet(root, workshop))


def say_new_root(
    services: Services, before: Published | None, published: Published, workshop: Workshop
) -> None:
    """Say the fingerprint of a root that was published just now, and what it asks of those who publish."""
    from hygiene.distribution.publishing.roles import TIMESTAMP
    from hygiene.distribution.publishing.workshop import Level

    if before and before.root_bytes == published.root_bytes:
        return
    say_fingerprint(services, published.root_bytes, published.root.signed.version, workshop)
    if before is None:
        return
    services.say(
        _(
            "It takes the place of the one before, on the intranet and wherever the root is handed out: a "
            "new computer that begins with an old root could be led astray by whoever has the old keys."
        )
    )
    keys = [each.root.signed.roles[TIMESTAMP].keyids for each in (before, published)]
    if keys[0] != keys[1] and workshop.level is Level.FULL:
        services.say(
            _(
                "The freshness key is a new one. Hand it on to whoever else releases, and to the computer "
                "that renews: `hygiene publish freshness --to FILE`. Until then, they cannot."
            )
        )


def say_waiting_fingerprint(services: Services, folder: Path) -> None:
    """Say the fingerprint of a root that has all its signatures, and so stays as it is."""
    from hygiene.usecases.publishing.waiting import waiting

    found = waiting(folder)
    if found.root and not found.root_lacks:
        say_fingerprint(services, found.root.to_bytes(), found.root.signed.version, found.workshop)


def say_next(services: Services, workshop: Workshop) -> None:
    """Say who has what to do next."""
    from hygiene.distribution.publishing.workshop import Level

    for name in workshop.awaited:
        words = _("{name} now runs `hygiene publish join {name}` in this folder, on their own computer.")
        services.say(words.format(name=name))
    if not workshop.awaited and workshop.level is Level.YEARLY:
        services.say(_("Next: `hygiene publish add FILE…`, then `hygiene publish release`."))


def carried(bench: Bench, path: Path, words: Path | None) -> Carried:
    """Return where a key file that leaves this computer goes, and how its passphrase is chosen."""
    from hygiene.usecases.publishing.keys import Carried, for_somebody_else

    return Carried(path, for_somebody_else(bench.means, words))

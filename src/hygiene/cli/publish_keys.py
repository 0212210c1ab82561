"""`hygiene publish`: who may sign. Every command here changes keys or the root; see `cli.publish`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer
from msgspec.structs import replace

from hygiene.cli.publish_desk import (
    AS,
    FOLDER,
    NAME,
    SPARE,
    SPARE_WORDS,
    YES,
    bench_of,
    carried,
    confirmed,
    say_all,
    say_next,
    say_waiting_fingerprint,
)
from hygiene.cli.services import Services
from hygiene.errors import UsageError
from hygiene.language import N_, _

if TYPE_CHECKING:
    from hygiene.distribution.publishing.ring import KeyFile
    from hygiene.distribution.publishing.workshop import Workshop
    from hygiene.usecases.publishing.keys import Bench
    from hygiene.usecases.publishing.opening import Opener
    from hygiene.usecases.publishing.waiting import Waiting


def join(
    context: typer.Context,
    name: str = NAME,
    new: bool = typer.Option(False, "--new", help=_("also if nobody expects me yet")),
    folder: Path = FOLDER,
    yes: bool = YES,
) -> None:
    """Make the key of the second person."""
    from hygiene.usecases.publishing.people import join as do

    services: Services = context.obj
    bench = bench_of(services, folder, name)
    workshop = do(bench, name, is_new=new)
    services.say(_("{name} has joined.").format(name=name))
    say_next(services, workshop)
    _look_and_sign(services, bench, yes=yes)


def countersign(
    context: typer.Context,
    folder: Path = FOLDER,
    who: str = AS,
    spare: Path | None = SPARE,
    spare_words: Path | None = SPARE_WORDS,
    yes: bool = YES,
) -> None:
    """Look at what waits, and sign it."""
    from hygiene.usecases.publishing import waiting
    from hygiene.usecases.publishing.words import lack_lines

    services: Services = context.obj
    bench = bench_of(services, folder, who)
    seen = _shown(services, folder)
    if (seen.root or seen.lists) and not confirmed(services, _("Sign this?"), yes=yes):
        return
    found, opener = _opened_spare(bench, seen.workshop, spare, spare_words)
    waiting.countersign(bench, seen, found, opener)
    say_all(services, lack_lines(waiting.waiting(folder)))
    say_waiting_fingerprint(services, folder)


def rotate(
    context: typer.Context,
    name: str = typer.Argument(
        "", metavar=_("[NAME]"), help=_("yourself, freshness or spare; else the root")
    ),
    folder: Path = FOLDER,
    who: str = AS,
    spare: Path | None = SPARE,
    spare_words: Path | None = SPARE_WORDS,
    yes: bool = YES,
) -> None:
    """Replace the own key, the freshness key or the spare, or renew the root."""
    from hygiene.usecases.publishing import roots

    services: Services = context.obj
    bench = bench_of(services, folder, who)
    roots.rotate(bench, name, carried(bench, spare, spare_words) if spare else None)
    _look_and_sign(services, bench, yes=yes)


def revoke(
    context: typer.Context,
    name: str = NAME,
    instead: str = typer.Option("", "--instead", metavar="NAME", help=_("who is to join in their place")),
    folder: Path = FOLDER,
    who: str = AS,
    yes: bool = YES,
) -> None:
    """Take a person's key away."""
    from hygiene.distribution.publishing.workshop import check_person
    from hygiene.usecases.publishing import roots

    services: Services = context.obj
    if instead:
        check_person(instead)
    bench = bench_of(services, folder, who)
    workshop = roots.revoke(bench, name, instead)
    services.say(
        _("Until the new root is published, what {name} signs still counts: do not wait.").format(name=name)
    )
    _look_and_sign(services, bench, yes=yes)
    say_next(services, workshop)


def freshness(
    context: typer.Context,
    to: Path | None = typer.Option(
        None, "--to", metavar="FILE", help=_("write a copy with its own passphrase")
    ),
    source: Path | None = typer.Option(None, "--from", metavar="FILE", help=_("take a copy in")),
    words: Path | None = typer.Option(
        None, "--new-passphrase-file", metavar="FILE", help=_("read the passphrase of the copy from a file")
    ),
    folder: Path = FOLDER,
) -> None:
    """Hand the freshness key on, or take it in."""
    from hygiene.usecases.publishing import people

    services: Services = context.obj
    bench = bench_of(services, folder, "")
    if (to is None) == (source is None):
        raise UsageError(
            N_("the freshness key is either handed on or taken in"), hint=N_("add --to FILE, or --from FILE")
        )
    if to:
        people.give_freshness(bench, carried(bench, to, words))
        services.write(str(to))
        services.say(_("It signs no lists, but keep it safe all the same, and delete this copy afterwards."))
    elif source:
        people.take_freshness(bench, source)
        services.say(_("This computer can renew and release now; you may delete {path}.").format(path=source))


def _opened_spare(
    bench: Bench, workshop: Workshop, path: Path | None, words: Path | None
) -> tuple[KeyFile | None, Opener | None]:
    if path is None:
        return None, None
    from hygiene.usecases.publishing.opening import Opener
    from hygiene.usecases.publishing.waiting import load_spare

    ways = replace(bench.ways, passphrase_file=words, key_store=None)
    return load_spare(path, workshop), Opener(ways)


def _changes(folder: Path, seen: Waiting) -> tuple[str, ...]:
    from hygiene.usecases.publishing.changes import changes
    from hygiene.usecases.publishing.release import released, waiting_release

    after = waiting_release(seen)
    return changes(released(folder), after) if after else ()


def _shown(services: Services, folder: Path) -> Waiting:
    """Return what waits, after showing it."""
    from hygiene.usecases.publishing.waiting import waiting
    from hygiene.usecases.publishing.words import root_lines

    seen = waiting(folder)
    say_all(services, (*root_lines(seen), *_changes(folder, seen)))
    if seen.change and seen.change.added:
        words = _(
            "Before you sign: let whoever made a key that comes read you its beginning over the telephone; "
            "it stands in brackets."
        )
        services.say(words)
    return seen


def _look_and_sign(services: Services, bench: Bench, *, yes: bool) -> None:
    """Sign the root that waits after the person has seen it; without anybody to ask it waits for them."""
    from hygiene.usecases.publishing import waiting
    from hygiene.usecases.publishing.words import lack_lines

    seen = _shown(services, bench.folder)
    if seen.root is None:
        return
    can_ask = yes or services.is_interactive
    if can_ask and confirmed(services, _("Sign this?"), yes=yes):
        waiting.countersign(bench, seen, None, None)
    say_all(services, lack_lines(waiting.waiting(bench.folder)))

"""`hygiene publish`: for the two people who hand out lists. Keys and roots are in `cli.publish_keys`.

The clock is the real one: no `--on` reaches what expires.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from hygiene.cli import publish_begin, publish_keys
from hygiene.cli.publish_desk import (
    AS,
    FOLDER,
    YES,
    bench_of,
    confirmed,
    say_all,
    say_fingerprint,
    say_new_root,
)
from hygiene.cli.services import Services
from hygiene.errors import ExitCode
from hygiene.language import _

if TYPE_CHECKING:
    from hygiene.distribution.publishing.repository import Published
    from hygiene.distribution.publishing.workshop import Workshop
    from hygiene.usecases.publishing.lists import Collected

publish = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)

# In the order in which they are needed, which is the order of the help.
publish.command("init", help=_("begin: a workshop, and the key of the person who sits here"))(
    publish_begin.init
)
publish.command("join", help=_("make the key of the second person, on their own computer"))(publish_keys.join)

_FILES = typer.Argument(metavar=_("FILE…"))


@publish.command("add", help=_("take checklists, the policy or a logo into the next release"))
def add(context: typer.Context, files: list[Path] = _FILES, folder: Path = FOLDER) -> None:
    """Take files into the next release, if nothing is wrong in them."""
    from hygiene.distribution.publishing.workshop import load_workshop
    from hygiene.usecases.publishing import lists

    services: Services = context.obj
    day = services.real_time().date()
    for name in lists.add(folder, load_workshop(folder), files, day):
        services.write(name)
    services.say(_("`hygiene publish preview` shows what employees will see changed."))


@publish.command("remove", help=_("leave files out of the next release"))
def remove(
    context: typer.Context, names: list[str] = typer.Argument(metavar=_("NAME…")), folder: Path = FOLDER
) -> None:
    """Leave files out of the next release."""
    from hygiene.distribution.publishing.workshop import load_workshop
    from hygiene.usecases.publishing import lists

    services: Services = context.obj
    services.real_time()
    load_workshop(folder)
    for name in lists.remove(folder, names):
        services.write(name)


@publish.command("preview", help=_("what employees will see changed against the last release"))
def preview(context: typer.Context, folder: Path = FOLDER) -> None:
    """Show what employees will see changed."""
    services: Services = context.obj
    _workshop, collected = _collected(services, folder)
    for line in _changes(services, folder, collected):
        services.write(line)
    say_all(services, _remarks(collected))


@publish.command("sign", help=_("sign the lists, for another person to countersign and release"))
def sign(context: typer.Context, folder: Path = FOLDER, who: str = AS, yes: bool = YES) -> None:
    """Sign the lists and let them wait."""
    from hygiene.usecases.publishing import release

    services: Services = context.obj
    _workshop, collected = _collected(services, folder)
    say_all(services, (*_remarks(collected), *_changes(services, folder, collected)))
    if not confirmed(services, _("Sign this?"), yes=yes):
        return
    if release.sign(bench_of(services, folder, who), collected):
        services.say(_("Signed. Another person signs with `hygiene publish countersign`."))
    else:
        services.say(_("Signed. `hygiene publish release` publishes it."))


@publish.command("release", help=_("publish the lists, and a root that all have signed"))
def release(context: typer.Context, folder: Path = FOLDER, who: str = AS, yes: bool = YES) -> None:
    """Publish the lists."""
    from hygiene.distribution.publishing.repository import load_published
    from hygiene.distribution.publishing.workshop import REPOSITORY
    from hygiene.usecases.publishing import release, words
    from hygiene.usecases.publishing.waiting import waiting

    services: Services = context.obj
    workshop, collected = _collected(services, folder)
    bench = bench_of(services, folder, who)
    say_all(services, _remarks(collected))
    say_all(services, _changes(services, folder, collected))
    say_all(services, words.root_lines(waiting(folder)))
    if confirmed(services, _("Publish this?"), yes=yes):
        before = load_published(folder / REPOSITORY)
        published = release.release(bench, collected)
        _say_published(services, folder, published, workshop)
        say_new_root(services, before, published, workshop)


@publish.command("renew", help=_("say that the lists are still current; for a monthly job"))
def renew(context: typer.Context, folder: Path = FOLDER, who: str = AS) -> None:
    """Publish a new snapshot and timestamp."""
    from hygiene.distribution.publishing.workshop import load_workshop
    from hygiene.usecases.publishing import release

    services: Services = context.obj
    published = release.renew(bench_of(services, folder, who))
    _say_published(services, folder, published, load_workshop(folder))


@publish.command("zip", help=_("pack what is published as one file, to be sent or carried"))
def pack(
    context: typer.Context,
    output: Path = typer.Option(..., "-o", "--output", metavar="FILE.zip", help=_("write to this file")),
    folder: Path = FOLDER,
) -> None:
    """Pack what is published."""
    from hygiene.distribution.publishing.archive import make_zip
    from hygiene.distribution.publishing.placing import put
    from hygiene.distribution.publishing.repository import load_published
    from hygiene.distribution.publishing.workshop import REPOSITORY, load_workshop

    services: Services = context.obj
    services.real_time()
    load_workshop(folder)
    path = services.output(output)
    put(path, make_zip(folder / REPOSITORY, load_published(folder / REPOSITORY)))
    services.write(str(path))


@publish.command("verify", help=_("fetch a published copy as an employee's computer would, and check it"))
def verify(
    context: typer.Context,
    address: str = typer.Argument("", metavar=_("[ADDRESS]"), help=_("https, a folder or a zip")),
    folder: Path = FOLDER,
) -> None:
    """Check a published copy with the code that employees' computers use."""
    from hygiene.usecases.publishing.check import verify as check

    services: Services = context.obj
    for line in check(folder, address, services.real_time()):
        services.write(line)


@publish.command("doctor", help=_("what ends when, which keys are here, whose signatures are missing"))
def doctor(context: typer.Context, folder: Path = FOLDER) -> int:
    """Say how the workshop stands; exit code 10 when something ends soon or waits."""
    from hygiene.distribution.publishing.repository import load_published
    from hygiene.distribution.publishing.workshop import REPOSITORY, load_workshop
    from hygiene.usecases.publishing import words
    from hygiene.usecases.publishing.waiting import waiting

    services: Services = context.obj
    symptoms = words.examine(bench_of(services, folder, ""), waiting(folder))
    for symptom in symptoms:
        verdict = _("fine") if symptom.is_fine else _("look")
        services.write(verdict + _(": ") + symptom.words)
    if published := load_published(folder / REPOSITORY):
        workshop = load_workshop(folder)
        say_fingerprint(services, published.root_bytes, published.root.signed.version, workshop)
    return ExitCode.DONE if all(symptom.is_fine for symptom in symptoms) else ExitCode.ACTION_NEEDED


def _collected(services: Services, folder: Path) -> tuple[Workshop, Collected]:
    from hygiene.distribution.publishing.workshop import load_workshop
    from hygiene.usecases.publishing.lists import collect

    workshop = load_workshop(folder)
    return workshop, collect(folder, workshop, services.real_time().date())


def _changes(services: Services, folder: Path, collected: Collected) -> tuple[str, ...]:
    from hygiene.usecases.publishing.changes import changes
    from hygiene.usecases.publishing.release import next_release, released

    return changes(released(folder), next_release(folder, collected, services.real_time().date()))


def _remarks(collected: Collected) -> Iterable[str]:
    for warning in collected.warnings:
        yield f"{warning} ({_(warning.level)})"
    for name in collected.passed_over:
        yield _("{file} stays behind: a release holds .yaml and .png files.").format(file=name)


def _say_published(services: Services, folder: Path, published: Published, workshop: Workshop) -> None:
    from hygiene.distribution.publishing.workshop import REPOSITORY
    from hygiene.usecases.publishing.words import warned

    services.say(_("Published. Everything that employees fetch is in this folder:"))
    services.write(str(folder / REPOSITORY))
    say_all(services, warned(published, workshop.level, services.real_time()))


publish.command("countersign", help=_("look at what waits, and sign it too"))(publish_keys.countersign)
publish.command("rotate", help=_("replace a key, or renew the root"))(publish_keys.rotate)
publish.command("revoke", help=_("take a person's key away, as after a theft"))(publish_keys.revoke)
publish.command("freshness", help=_("hand the freshness key on, or take it in"))(publish_keys.freshness)

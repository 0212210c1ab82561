"""`hygiene evidence`: what the exports that one holds already answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from hygiene.cli.services import Services
from hygiene.errors import NotDoneError, UsageError
from hygiene.language import N_, _, ngettext

if TYPE_CHECKING:
    from hygiene.engine.questions import Terminal
    from hygiene.engine.state import State
    from hygiene.model.evidence import Export
    from hygiene.store.file import OpenStore
    from hygiene.usecases.desk import Desk
    from hygiene.usecases.evidence import Findings, Line

evidence = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)

PROGRESS_EVERY = 1000
STANDARD_INPUT = Path("-")
LARGEST_INPUT = 256 * 1024 * 1024  # bytes; it is kept in memory, so that nothing touches the disk


@evidence.command("formats", help=_("what can be read, what it proves, how to get it"))
def formats(context: typer.Context) -> None:
    """List what can be read."""
    from hygiene.evidence.formats import READERS
    from hygiene.usecases.evidence_words import say_format

    services: Services = context.obj
    for reader in READERS:
        services.write("\n".join(say_format(reader)))


@evidence.command("import", help=_("read exports of password managers, browsers and networks, offline"))
def import_(
    context: typer.Context,
    files: list[Path] = typer.Argument(
        ..., help=_("a file, a ZIP, a folder, several parts; - reads standard input"), metavar=_("FILE…")
    ),
    dry_run: bool = typer.Option(False, "--dry-run", help=_("show what it answers, and store nothing")),
    yes: bool = typer.Option(False, "--yes", help=_("store it without asking")),
    add_all: bool = typer.Option(
        False, "--add-all", help=_("also add accounts with services that have no checklist")
    ),
    weak: bool = typer.Option(
        False, "--weak", help=_("also look whether passwords would be guessed; slower")
    ),
    known_passwords: Path = typer.Option(
        None,
        "--known-passwords",
        metavar=_("FILE"),
        help=_("also look passwords up in this copy of the list of known ones, a file or a folder"),
    ),
) -> None:
    """Read exports, show what they answer, and store that."""
    from hygiene.usecases.desk import state_of
    from hygiene.usecases.evidence import findings_of

    services: Services = context.obj
    terminal = _terminal(services, files, is_asked=not (yes or dry_run))
    exports = _read(services, files, _Looks(weak, known_passwords))
    store = services.open() if services.has_store else None
    state = state_of(store) if store else _no_state()
    desk = services.desk_for(store) if store else services.desk_with_sites
    findings = findings_of(exports, state, desk)
    if terminal and findings.unclear:
        findings = _settled(findings, state, desk, services)
    _show(services, findings, state, desk)
    if dry_run:
        services.say(_("This was a trial: nothing was stored."))
        return
    lines = _wanted(findings, terminal, add_all=add_all)
    _keep(services, store, lines)
    if STANDARD_INPUT not in files:
        services.say(
            _("What you exported is readable by anyone who has it: delete it now, from the bin too.")
        )


class _Looks(NamedTuple):
    """What is looked at in passwords besides their being used twice."""

    weak: bool
    known_passwords: Path | None


def _terminal(services: Services, files: list[Path], *, is_asked: bool) -> Terminal | None:
    """Return the terminal to ask on; None where the person wants to be asked nothing.

    Raises:
        UsageError: there is none.
    """
    if not is_asked:
        return None
    terminal = None if STANDARD_INPUT in files else services.terminal_or_none()
    if terminal is None:
        raise UsageError(
            N_("there is no terminal to ask on"),
            hint=N_("--dry-run shows what the export answers, --yes stores it"),
        )
    return terminal


def _read(services: Services, files: list[Path], looks: _Looks) -> tuple[Export, ...]:
    from hygiene.evidence.examining import Examiner
    from hygiene.evidence.known_passwords import open_known_passwords
    from hygiene.evidence.reading import Desk
    from hygiene.usecases.exports import read_exports

    known = open_known_passwords(looks.known_passwords) if looks.known_passwords else None
    progress = _progress(services) if looks.weak or known else _no_progress
    examiner = Examiner(strength=looks.weak, known=known, progress=progress)
    return read_exports(files, _standard_input, Desk(services.day, examiner, _secret(services)))


def _progress(services: Services) -> Callable[[int], None]:
    def say(count: int) -> None:
        if count % PROGRESS_EVERY == 0:
            services.say(
                ngettext("{n} password looked at …", "{n} passwords looked at …", count).format(n=count)
            )

    return say


def _no_progress(_count: int) -> None:
    """Say nothing: without looking closer, a hundred thousand passwords take a second."""


def _secret(services: Services) -> Callable[[str], str | None]:
    def ask(name: str) -> str | None:
        if not services.is_interactive:
            return None
        words = _("Passphrase of the {name} file (it is not kept): ").format(name=name)
        return services.plain_terminal().secret(words)

    return ask


def _standard_input() -> bytes:
    data = sys.stdin.buffer.read(LARGEST_INPUT + 1)
    if len(data) > LARGEST_INPUT:
        raise NotDoneError(
            N_("more than {size} MB came in on standard input"),
            hint=N_("name the file instead: of an archive only what matters is read"),
            size=LARGEST_INPUT // 1024**2,
        )
    return data


def _no_state() -> State:
    from hygiene.engine.state import State

    return State()


def _settled(findings: Findings, state: State, desk: Desk, services: Services) -> Findings:
    """Return the findings after asking which accounts the unclear sign-ins are."""
    from hygiene.engine.recognition import is_there
    from hygiene.usecases.evidence import settled
    from hygiene.usecases.evidence_words import say_unclear, voice_for

    terminal, voice = services.terminal(), voice_for(findings, state, desk, services.language)
    which: dict[int, str | None] = {}
    for place, presence in enumerate(findings.unclear):
        taken = {each for each in which.values() if each}
        accounts = [each.id for each in state.open_accounts if is_there(each, presence)]
        rows: dict[str | None, str] = {
            each: str(voice.account(each)) for each in accounts if each not in taken
        }
        rows |= {"": _("Another account: add it"), None: _("Leave it out")}
        chosen = terminal.choose(say_unclear(presence, voice), tuple(rows.values()))
        which[place] = tuple(rows)[chosen]
    return settled(findings, which, state, desk)


def _show(services: Services, findings: Findings, state: State, desk: Desk) -> None:
    from hygiene.usecases.evidence_words import say_exports, say_findings, voice_for
    from hygiene.usecases.exports import PRODUCTS

    voice = voice_for(findings, state, desk, services.language)
    lines = (
        *say_exports(findings.exports, PRODUCTS, services.language),
        *say_findings(findings, voice, desk.catalogue.sites),
    )
    services.write("\n".join(lines))


def _wanted(findings: Findings, terminal: Terminal | None, *, add_all: bool) -> tuple[Line, ...]:
    """Return the accounts whose answers are to be stored."""
    listed, others = findings.listed, findings.others
    if terminal is None:
        return (*findings.known, *listed, *(others if add_all else ()))
    if listed and not terminal.confirm(_add_question(len(listed)), default=True):
        listed = ()
    if others and not add_all:
        words = ngettext(
            "Add the other service too? It is then part of every audit.",
            "Add the {n} other services too? They are then part of every audit.",
            len(others),
        )
        others = others if terminal.confirm(words.format(n=len(others)), default=False) else ()
    lines = (*findings.known, *listed, *others)
    return lines if terminal.confirm(_("Store what is shown above?"), default=True) else ()


def _add_question(count: int) -> str:
    words = ngettext(
        "Add the account that is not in your audit yet?",
        "Add the {n} accounts that are not in your audit yet?",
        count,
    )
    return words.format(n=count)


def _keep(services: Services, store: OpenStore | None, lines: tuple[Line, ...]) -> None:
    """Seal what the person wants kept, in one save."""
    from hygiene.usecases.desk import state_of
    from hygiene.usecases.evidence import events_of
    from hygiene.usecases.evidence_words import news_in

    if not lines:
        services.say(_("Nothing was stored."))
        return
    if store is None:
        store = services.begin(services.terminal() if services.is_interactive else None)
    desk = services.desk
    events = tuple(events_of(lines, state_of(store), desk))
    if events:
        desk.seal(desk.say(store, *events))
    for words in _stored(sum(line.is_new for line in lines), news_in(lines)):
        services.say(words)


def _stored(accounts: int, answers: int) -> Iterator[str]:
    """Yield what the record has learnt."""
    if accounts:
        yield ngettext("{n} account added.", "{n} accounts added.", accounts).format(n=accounts)
    if answers:
        yield ngettext("{n} answer stored.", "{n} answers stored.", answers).format(n=answers)
    if not accounts and not answers:
        yield _("Nothing new.")

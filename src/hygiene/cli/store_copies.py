"""`hygiene store backup|restore|export|erase`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from msgspec.structs import replace

from hygiene.cli.opening import no_store
from hygiene.cli.services import Services
from hygiene.errors import AlteredError, HygieneError, UsageError
from hygiene.language import N_, _, ngettext

if TYPE_CHECKING:
    from hygiene.model.record import Record
    from hygiene.safety.secrets import Secret
    from hygiene.store.file import OpenStore
    from hygiene.usecases.erase import Written

_FILE = typer.Argument(None, metavar=_("FILE"), help=_("asked for when left out"))
NEW_FILE = typer.Option(None, "--new-passphrase-file", help=_("read the new passphrase from a file"))


def backup(
    context: typer.Context,
    file: Path | None = typer.Argument(
        None, metavar=_("FILE"), help=_("by default hygiene-backup-DATE.hygiene in this folder")
    ),
) -> None:
    """Write a sealed copy, to be kept elsewhere."""
    from hygiene.usecases.new_secrets import free_name

    services: Services = context.obj
    path = services.output(file or free_name(Path(f"hygiene-backup-{services.day}.hygiene")))
    ways = write_backup(services, services.open(), path)
    services.write(str(path))
    services.say(ways)


def write_backup(services: Services, opened: OpenStore, path: Path) -> str:
    """Write a sealed copy, remember where, and return in words what opens it."""
    from hygiene.model.record import BackupWritten
    from hygiene.usecases import copies
    from hygiene.usecases.inventory import ways_in_words

    slots = copies.write_backup(opened, path)
    services.desk.seal(services.desk.say(opened, BackupWritten(str(path.absolute()))))
    words = _("The backup is encrypted and opens with: {ways}. Keep it away from this computer.")
    return words.format(ways=ways_in_words(slots))


def restore(
    context: typer.Context,
    file: Path | None = _FILE,
    previous: bool = typer.Option(False, "--previous", help=_("the copy that lies beside the store")),
    goes_back: bool = typer.Option(
        False, "--replace", help=_("go back to it; the store of today is kept under another name")
    ),
    new_file: Path | None = NEW_FILE,
) -> None:
    """Take a backup or another copy back in."""
    services: Services = context.obj
    if previous and file:
        raise UsageError(
            N_("--previous and a file do not go together"),
            hint=N_("see `{command} --help`"),
            command="hygiene store restore",
        )
    source = _source(services, file, previous=previous)
    if services.has_store and not goes_back:
        _join(services, source)
    else:
        _put_in_place(services, source, new_file)


def export(
    context: typer.Context,
    output: Path | None = typer.Option(None, "-o", "--output", help=_("write to this file")),
) -> None:
    """Write everything as readable JSON."""
    from hygiene.model.record import ReportWritten
    from hygiene.reporting.json_form import to_exact_text
    from hygiene.safety.files import write_atomically
    from hygiene.usecases.copies import export_of

    services: Services = context.obj
    opened = services.open()
    text = to_exact_text(export_of(opened, services.day))
    if output is None:
        services.write(text)
    else:
        # A path that is no text is written as JSON's own escape.
        write_atomically(services.output(output), text.encode(errors="backslashreplace"))
        services.desk.seal(services.desk.say(opened, ReportWritten(str(output.absolute()))))
        services.write(str(output))
    services.say(_("What was written is no longer encrypted: anyone who has it can read it."))


def erase(context: typer.Context, yes: bool = typer.Option(False, "--yes", help=_("do not ask"))) -> None:
    """Delete everything that hygiene keeps here."""
    from hygiene.usecases import erase as erasing

    services: Services = context.obj
    path = services.store_path
    erasing.check_ordinary(path)
    files = erasing.files_to_erase(path)
    if not files:
        raise no_store(services)
    if not (yes or services.is_interactive):
        raise UsageError(N_("there is no terminal to ask whether you are sure"), hint=N_("add --yes"))
    record = _record_to_erase(services, asks=not yes)
    services.say(_list(_("These files are about to be deleted:"), files))
    if not yes and not services.plain_terminal().confirm(
        _("Delete all your answers for good?"), default=False
    ):
        services.say(_("Nothing was deleted."))
        return
    slots = erasing.keyring_slots(files)
    erasing.erase(path, files)
    erasing.forget_lists(services.home)
    services.watch = None
    reason = erasing.forget_keys(services.key_store, slots)
    services.say(_("Deleted."))
    if reason:
        services.say(
            _("An entry “hygiene” is still in the keyring ({reason}); it opens nothing any more.").format(
                reason=_(reason)
            )
        )
    _say_what_remains(services, erasing.written_files(record) if record else None)


def _source(services: Services, file: Path | None, *, previous: bool) -> Path:
    from hygiene.store.beside import previous_of

    if previous:
        return previous_of(services.store_path)
    if file:
        return file
    terminal = services.terminal_or_none()
    named = terminal.line(_("The backup's file: ")) if terminal else ""
    if not named:
        raise UsageError(
            N_("no backup was named"),
            hint=N_("`hygiene store restore FILE`, or --previous for the copy beside the store"),
        )
    return Path(os.path.expanduser(named))  # noqa: PTH111 - Path's raises where there is no such person


def _join(services: Services, source: Path) -> None:
    """Take in everything that a copy of the store holds; nothing is lost."""
    from hygiene.usecases.copies import check_same, joined_with

    check_same(services.store_path, source)
    opened = services.open()
    joined, added = joined_with(opened, source, lambda path: _open_copy(services, path)[0])
    if not added:
        services.say(_("Everything in it is here already. To undo what came since, add --replace."))
        return
    services.desk.seal(joined)
    words = ngettext(
        "{count} entry was missing here and is back.",
        "{count} entries were missing here and are back.",
        added,
    )
    services.say(words.format(count=added))


def _open_copy(services: Services, path: Path) -> tuple[OpenStore, Secret]:
    """Open a file that the person named; its faults are not the store's."""
    from hygiene.usecases.unlock import open_sealed

    try:
        return open_sealed(path, services.ways_in)
    except AlteredError as error:
        raise AlteredError(
            N_("{path} is damaged or was altered"),
            hint=N_("nothing was changed; try another copy"),
            path=path,
        ) from error


def _put_in_place(services: Services, source: Path, new_file: Path | None) -> None:
    """Make a copy the store of this computer."""
    from hygiene.cli.opening import watched
    from hygiene.store.beside import free_aside
    from hygiene.usecases.restore import restore as put

    path = services.store_path
    aside = free_aside(path)
    copy, secret = _open_copy(services, source)
    restored, events = put(path, copy, secret, services.means(services.terminal_or_none(), new_file))
    services.note(restored)
    watched(services, restored)
    if events:
        services.desk.seal(services.desk.say(restored, *events))
    services.say(_what_is_back(restored))
    if aside.exists():
        services.say(_("What was there before is kept in {path}").format(path=aside))
    services.write(str(path))


def _what_is_back(restored: OpenStore) -> str:
    from hygiene.usecases.desk import state_of

    state = state_of(restored)
    accounts, answers = len(state.open_accounts), len(state.answers)
    return _("Your answers are back: {accounts}, {answers}.").format(
        accounts=ngettext("{count} account", "{count} accounts", accounts).format(count=accounts),
        answers=ngettext("{count} answer", "{count} answers", answers).format(count=answers),
    )


def _record_to_erase(services: Services, *, asks: bool) -> Record | None:
    """Return what is about to be erased, or None where the store was not opened."""
    from hygiene.usecases.unlock import open_sealed

    question = _("To name the reports that you wrote, the store has to be opened. Open it?")
    if asks and not services.plain_terminal().confirm(question, default=True):
        return None
    ways = services.ways_in if asks else replace(services.ways_in, terminal=None)
    try:
        return open_sealed(services.store_path, ways)[0].record
    except HygieneError:
        return None


def _list(words: str, paths: Iterable[Path]) -> str:
    return "\n".join([words, *map(str, paths)])


def _say_what_remains(services: Services, written: Written | None) -> None:
    if written is None:
        services.say(
            _("The store was not opened, so the reports and backups that you wrote cannot be named.")
        )
    if written and written.reports:
        services.say(_list(_("These files are readable by anyone; delete them yourself:"), written.reports))
    if written and written.backups:
        services.say(_list(_("These backups are sealed, and still there:"), written.backups))
    services.say(
        _(
            "Beyond reach: copies on other disks and computers, snapshots, printed pages, and your "
            "recovery code. What was deleted may stay on a solid-state disk for a while; its locks were "
            "overwritten first."
        )
    )

"""Opening the store for a command: unlocked, joined with copies beside it, compared with the last save."""

from __future__ import annotations

from pathlib import Path

from hygiene.cli.services import Services
from hygiene.errors import NotDoneError
from hygiene.language import N_, _, ngettext
from hygiene.safety.container import Slot, SlotType
from hygiene.store.beside import find_copies, find_set_aside, previous_of
from hygiene.store.file import OpenStore, joined, save
from hygiene.usecases.unlock import unlock


def open_for_command(services: Services) -> OpenStore:
    """Return the person's store.

    Raises:
        NotDoneError: there is none yet, or the person does not want an older one that was put in its place.
        LockedError, AlteredError: it does not open.
    """
    if not services.has_store:
        raise no_store(services)
    store = unlock(services.store_path, services.ways_in)
    newest = store.header.counter
    copies = find_copies(store.path, store.header.store_id)
    if copies:
        store, newest = _with_copies(services, store, copies)
    slot = store.opened_with
    if slot and slot.type is SlotType.RECOVERY and services.is_interactive:
        services.say(_("The recovery code opened it; `hygiene store passphrase` chooses a new passphrase."))
    if slot is None:  # the person has just gone back to the copy beside a damaged store
        watched(services, store)
    elif slot.type is SlotType.KEYRING:
        _compare(services, store, slot, newest)
    return store


def no_store(services: Services) -> NotDoneError:
    """Return the error of somebody who has no store yet, with the way to what is left of an earlier one."""
    aside = find_set_aside(services.store_path)
    hint = N_("run `hygiene audit` to begin, or `hygiene demo` to look around")
    if previous_of(services.store_path).exists():
        hint = N_("they were here: `hygiene store restore --previous` takes the copy that is left")
    elif aside:
        hint = N_("run `hygiene audit` to begin; `hygiene store restore {path}` takes that one back")
    return NotDoneError(N_("there are no answers yet"), hint=hint, path=aside[-1] if aside else "")


def watched(services: Services, store: OpenStore) -> None:
    """Let this computer's keyring remember the saves of a store that it opens now."""
    from hygiene.usecases.counter import Watch
    from hygiene.usecases.slots import own_keyring_slot

    own = own_keyring_slot(store, services.key_store)
    if own and services.key_store:
        services.watch = Watch(services.key_store, own.id)
        services.note(store)


def _with_copies(services: Services, store: OpenStore, copies: tuple[Path, ...]) -> tuple[OpenStore, int]:
    """Return the store, joined on a yes with the copies beside it, and the highest counter among them all."""
    from hygiene.usecases.copies import look_into, missing_in

    beside = look_into(store, copies)
    for path in beside.sealed_otherwise:
        words = _(
            "{file} is another copy of your store, with other secrets: "
            "`hygiene store restore FILE` joins the two."
        )
        services.say(words.format(file=path.name))
    for copy in beside.other_ways:
        words = _(
            "{file} is another copy of your store, with other ways in: if you changed the passphrase or "
            "the code on another computer, change it here too, then delete that copy."
        )
        services.say(words.format(file=copy.path.name))
    for copy in beside.open:
        # Another copy, joined just now, may have held the same.
        if missing_in(store, copy) and _is_wanted(services, copy.path.name, missing_in(store, copy)):
            store = save(joined(store, copy))
            services.say(_("Joined: nothing of that copy is missing here any more."))
    return store, max(store.header.counter, beside.newest)


def _is_wanted(services: Services, name: str, count: int) -> bool:
    """Return whether the person wants a copy joined; without a terminal it is only told of."""
    if not services.is_interactive:
        words = _(
            "{file} is another copy of your store and holds more: `hygiene store restore FILE` joins the two."
        )
        services.say(words.format(file=name))
        return False
    question = ngettext(
        "{file} lies beside your store: a copy that a synced folder or another computer made. It has "
        "{count} entry that is missing here. Join it? (Nothing is lost.)",
        "{file} lies beside your store: a copy that a synced folder or another computer made. It has "
        "{count} entries that are missing here. Join them? (Nothing is lost.)",
        count,
    )
    return services.plain_terminal().confirm(question.format(file=name, count=count), default=True)


def _compare(services: Services, store: OpenStore, slot: Slot, newest: int) -> None:
    """Say so where an older file was put in the place of the store; go on at the person's word.

    Raises:
        NotDoneError: they do not want it.
    """
    from hygiene.usecases.counter import Watch

    if services.key_store is None:
        return
    watch = Watch(services.key_store, slot.id)
    if not watch.is_older(newest):
        services.watch = watch
        services.note(store)
        return
    services.say(
        _(
            "These answers are older than those last used on this computer: the latest changes are missing. "
            "Perhaps a backup was copied back; if it was not you, somebody may have exchanged the file. "
            "(This is save {here}; the last one was {last}.)"
        ).format(here=store.header.counter, last=watch.remembered)
    )
    if not services.is_interactive:
        watch.dispute()
        services.watch = watch
        return
    if not services.plain_terminal().confirm(_("Go on with the older ones?"), default=False):
        raise NotDoneError(
            N_("the older answers were left alone"),
            hint=N_(
                "`hygiene store status` shows what lies beside it; `hygiene store restore FILE` joins a copy"
            ),
        )
    services.watch = watch
    services.note(store)

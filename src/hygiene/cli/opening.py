"""Opening the store for a command: unlocked, joined with copies beside it, compared with the last save."""

from __future__ import annotations

from hygiene.cli.services import Services
from hygiene.errors import NotDoneError
from hygiene.language import N_, _, ngettext
from hygiene.safety.container import SlotType
from hygiene.store.beside import find_copies
from hygiene.store.file import OpenStore, joined, save
from hygiene.usecases.unlock import unlock


def open_for_command(services: Services) -> OpenStore:
    """Return the person's store.

    Raises:
        NotDoneError: there is none yet, or the person does not want an older one that was put in its place.
        LockedError, AlteredError: it does not open.
    """
    if not services.has_store:
        raise services.no_store()
    store = unlock(services.store_path, services.ways_in)
    newest = store.header.counter
    if find_copies(store.path, store.header.store_id):
        store, newest = _with_copies(services, store)
    slot = store.opened_with
    if slot and slot.type is SlotType.RECOVERY and services.is_interactive:
        services.say(_("The recovery code opened it; `hygiene store passphrase` chooses a new passphrase."))
    if slot is None:  # the person has just gone back to the copy beside a damaged store
        watched(services, store)
    elif slot.type is SlotType.KEYRING:
        _compare(services, store, newest)
    return store


def watched(services: Services, store: OpenStore) -> None:
    """Let this computer's keyring remember the saves of a store that it opens now."""
    from hygiene.usecases.counter import Watch
    from hygiene.usecases.slots import own_keyring_slot

    own = own_keyring_slot(store, services.key_store)
    if own and services.key_store:
        services.watch = Watch(services.key_store, own.id)
        services.note(store)


def _with_copies(services: Services, store: OpenStore) -> tuple[OpenStore, int]:
    """Return the store, joined on a yes with the copies beside it, and the highest counter among them all."""
    from hygiene.usecases.copies import find_beside, missing_in

    beside = find_beside(store)
    for path in beside.sealed_otherwise:
        services.say(
            _(
                "{file} is another copy of your store, with other secrets: "
                "`hygiene store restore FILE` joins the two."
            ).format(file=path.name)
        )
    for copy in beside.other_ways:
        services.say(
            _(
                "{file} is another copy of your store, with other ways in: if you changed the passphrase or "
                "the code on another computer, change it here too, then delete that copy."
            ).format(file=copy.path.name)
        )
    for copy in beside.open:
        name, count = copy.path.name, missing_in(store, copy)
        if not count:  # another copy, joined just now, held the same
            continue
        if not services.is_interactive:
            services.say(
                _(
                    "{file} is another copy of your store and holds more: "
                    "`hygiene store restore FILE` joins the two."
                ).format(file=name)
            )
            continue
        question = ngettext(
            "{file} lies beside your store: a copy that a synced folder or another computer made. It has "
            "{count} entry that is missing here. Join it? (Nothing is lost.)",
            "{file} lies beside your store: a copy that a synced folder or another computer made. It has "
            "{count} entries that are missing here. Join them? (Nothing is lost.)",
            count,
        )
        if services.plain_terminal().confirm(question.format(file=name, count=count), default=True):
            store = save(joined(store, copy))
            services.say(_("Joined: nothing of that copy is missing here any more."))
    return store, max(store.header.counter, beside.newest)


def _compare(services: Services, store: OpenStore, newest: int) -> None:
    """Say so where an older file was put in the place of the store; go on at the person's word.

    Raises:
        NotDoneError: they do not want it.
    """
    from hygiene.usecases.counter import Watch

    if services.key_store is None:
        return
    slot = store.opened_with
    watch = Watch(services.key_store, slot.id if slot else b"")
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

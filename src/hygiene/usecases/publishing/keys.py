"""The keys of those who publish: made, opened, handed on."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from hygiene.distribution.publishing.keys import (
    PrivateKey,
    container_id,
    render_key,
    wrap,
)
from hygiene.distribution.publishing.ring import FOLDER, KeyFile, Ring
from hygiene.distribution.publishing.roles import member
from hygiene.distribution.publishing.workshop import SPARE, Level, Member, Workshop
from hygiene.errors import NotDoneError, UsageError
from hygiene.language import N_, _
from hygiene.safety.container import Slot
from hygiene.safety.files import write_atomically
from hygiene.safety.keyring_slot import Unavailable
from hygiene.safety.sealing import KEY_BYTES
from hygiene.safety.secrets import Passphrase
from hygiene.usecases.new_secrets import Means, new_keyring_slot, new_passphrase, offered_keyring_slot
from hygiene.usecases.unlock import WaysIn


class Bench(Struct, frozen=True):
    """Where somebody publishes, and how this run may ask them.

    Attributes:
        folder: the workshop.
        home: the folder of this person; the keys lie in it.
        now: the time, UTC; expiries count from it.
        means: how new secrets are made.
        ways: how keys are opened.
        who: the name of the person, where this computer has the keys of several.
    """

    folder: Path
    home: Path
    now: datetime
    means: Means
    ways: WaysIn
    who: str = ""

    def ring(self, source: str) -> Ring:
        """Return the keys for a source that this computer has."""
        return Ring(self.home / FOLDER, source)


class Carried(Struct, frozen=True):
    """A key file that leaves this computer, and how its own passphrase is chosen."""

    path: Path
    means: Means


class NewKey(Struct, frozen=True):
    """A key and what opens it; no file holds it yet."""

    key: PrivateKey
    slots: tuple[Slot, ...]

    def rendered(self, source: str, holder: str) -> bytes:
        """Return its file."""
        return render_key(source, holder, self.key, self.slots)


def new_key() -> PrivateKey:
    """Return a fresh key."""
    return PrivateKey(secrets.token_bytes(KEY_BYTES))


def sealed_keys(means: Means, keys: Mapping[str, PrivateKey]) -> tuple[Passphrase, tuple[NewKey, ...]]:
    """Return keys that one new passphrase opens and, where the person wants it, this computer's keyring.

    Args:
        means: how the passphrase is chosen.
        keys: by their holders.

    Raises:
        UsageError: there is neither a terminal nor a file to take the passphrase from.
        NotDoneError: the file holds none.
    """
    holder, *others = keys
    words = _("A passphrase for the key “{holder}”.")
    if others:
        words = _("A passphrase for the key “{holder}”; it opens the key “{others}” too.")
    passphrase = _chosen(means, words.format(holder=holder, others=", ".join(others)))
    first = keys[holder]
    question = _("Shall this computer's own keyring open your key too, so that you need not type each time?")
    offered = offered_keyring_slot(means, first.seed, container_id(first.public), question)
    new = []
    for key in keys.values():
        by_keyring = offered if key is first else _also_by_keyring(means, key) if offered else None
        slots = (wrap(key, passphrase, means.costs), *([by_keyring] if by_keyring else []))
        new.append(NewKey(key, slots))
    return passphrase, tuple(new)


def sealed_apart(means: Means, key: PrivateKey, source: str, holder: str) -> tuple[Passphrase, bytes]:
    """Return a key file to be carried elsewhere: opened by a passphrase of its own and by no keyring."""
    words = _("A passphrase for the key “{holder}”, another one than yours, since it leaves this computer.")
    passphrase = _chosen(means, words.format(holder=holder))
    return passphrase, render_key(source, holder, key, (wrap(key, passphrase, means.costs),))


def new_spare(carried: Carried, source: str, level: Level, others: Passphrase | None = None) -> Member:
    """Write a new spare key, and return what the workshop is to say of it.

    Args:
        carried: where it goes.
        source: the name of the source.
        level: of the source.
        others: a passphrase that it must not have, since whoever knew that could sign twice.

    Raises:
        UsageError: it has that one.
        NotDoneError: the file is there already, or cannot be written.
    """
    check_free(carried.path)
    key = new_key()
    passphrase, data = sealed_apart(carried.means, key, source, SPARE)
    if passphrase == others:
        raise UsageError(
            N_("the spare key needs a passphrase of its own"),
            hint=N_("choose other words, and keep them apart from yours"),
        )
    write_atomically(carried.path, data)
    return member(SPARE, level, key.public)


def check_free(path: Path) -> None:
    """Make sure that nothing is written over.

    Raises:
        NotDoneError: something is there already.
    """
    if os.path.lexists(path):
        raise NotDoneError(
            N_("{path} is there already"), hint=N_("name another place; nothing is written over"), path=path
        )


def me(bench: Bench, workshop: Workshop) -> str:
    """Return who sits here: the person whose key this computer has.

    Raises:
        UsageError: it has the keys of several, and nobody said which is meant.
        NotDoneError: it has none, or not that one.
    """
    people = {each.name.casefold(): each.name for each in workshop.people}
    held = {file.key.holder.casefold() for file in bench.ring(workshop.name).files()} & people.keys()
    if bench.who:
        held &= {bench.who.casefold()}
    if not held:
        raise NotDoneError(
            N_("this computer has no key of yours for “{source}”"),
            hint=N_("`hygiene publish join NAME` makes one for somebody whom the workshop expects"),
            source=workshop.name,
        )
    if len(held) > 1:
        raise UsageError(
            N_("this computer has the keys of several people"), hint=N_("say who you are with --as NAME")
        )
    return people[held.pop()]


def own_keys(bench: Bench, workshop: Workshop) -> tuple[KeyFile, ...]:
    """Return the keys of the person who sits here, the one before a change too."""
    name = me(bench, workshop).casefold()
    files = bench.ring(workshop.name).files()
    return tuple(file for file in files if file.key.holder.casefold() == name)


def for_somebody_else(means: Means, passphrase_file: Path | None) -> Means:
    """Return the means for a key that leaves this computer: another passphrase, and no keyring."""
    return replace(means, passphrase_file=passphrase_file, key_store=None)


def _chosen(means: Means, words: str) -> Passphrase:
    """Return a new passphrase; whoever is to type it is told first what for."""
    if means.terminal and not means.passphrase_file:
        means.tell(words)
    return new_passphrase(means)


def _also_by_keyring(means: Means, key: PrivateKey) -> Slot | None:
    if means.key_store is None:
        return None
    try:
        return new_keyring_slot(means.key_store, key.seed, container_id(key.public))
    except Unavailable:
        return None

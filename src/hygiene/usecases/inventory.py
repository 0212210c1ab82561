"""What there is of a store, seen from outside: nothing is opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from hygiene.language import N_, _
from hygiene.safety.cleaning import clean
from hygiene.safety.container import Slot, SlotType
from hygiene.safety.sealing import needs_upgrade, parse_whole
from hygiene.store.beside import find_copies, find_set_aside, previous_of
from hygiene.store.file import read_store

_KIBIBYTE = 1024
_WAYS = {
    SlotType.PASSPHRASE: N_("passphrase"),
    SlotType.KEYRING: N_("system keyring"),
    SlotType.RECOVERY: N_("recovery code"),
}


class Inventory(Struct, frozen=True):
    """A store and what lies beside it.

    Attributes:
        size: of the file, in bytes.
        saves: its save counter.
        is_kept: whether the generation before lies beside it.
        copies: other files in the folder that say they are this store.
        set_aside: earlier stores.
    """

    path: Path
    size: int
    saves: int
    slots: tuple[Slot, ...]
    is_kept: bool
    copies: tuple[Path, ...]
    set_aside: tuple[Path, ...]

    @property
    def can_be_recovered(self) -> bool:
        """Whether there is a recovery code."""
        return any(slot.type is SlotType.RECOVERY for slot in self.slots)

    @property
    def is_weak(self) -> bool:
        """Whether the passphrase is checked at less cost than is recommended today."""
        return any(needs_upgrade(slot) for slot in self.slots)


def take_inventory(path: Path) -> Inventory:
    """Look at a store from outside.

    Raises:
        MissingFileError: there is none.
        NotDoneError, AlteredError: what is there is no store, or its header is damaged.
    """
    sealed = read_store(path)
    header, _length = parse_whole(sealed)
    return Inventory(
        path,
        len(sealed),
        header.counter,
        header.slots,
        previous_of(path).exists(),
        find_copies(path, header.store_id),
        find_set_aside(path),
    )


def ways_in_words(slots: tuple[Slot, ...]) -> str:
    """Return the kinds of secret that open slots, in words."""
    return ", ".join(
        _(words) for slot_type, words in _WAYS.items() if slot_type in {slot.type for slot in slots}
    )


def describe(inventory: Inventory) -> Iterator[str]:
    """Say it, a line each."""
    yield _("Store: {path} ({size} KiB, save number {count})").format(
        path=clean(str(inventory.path)), size=-(-inventory.size // _KIBIBYTE), count=inventory.saves
    )
    yield _("Ways in: {ways}").format(ways=ways_in_words(inventory.slots))
    if not inventory.can_be_recovered:
        yield _("No recovery code: `hygiene store recovery` makes one.")
    if inventory.is_weak:
        yield _("The passphrase will be checked more strongly from the next time it is typed.")
    if inventory.is_kept:
        yield _("A copy from before the last change is kept beside it.")
    for copy in inventory.copies:
        yield _("Another copy: {file}; `hygiene store restore FILE` joins the two").format(
            file=clean(str(copy))
        )
    for aside in inventory.set_aside:
        yield _("Set aside: {file}").format(file=clean(str(aside)))

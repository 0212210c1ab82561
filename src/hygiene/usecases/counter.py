"""Whether an older file was put in the place of the store: the keyring remembers the last save seen.

The counter is kept where the keyring opens the store. It is read when that happens and written once, at the
end of a command, after the file: a crash in between leaves it lower than the file's, which means nothing.
"""

from __future__ import annotations

from hygiene.safety.keyring_slot import Item, KeyStore, Unavailable

_COUNTER_BYTES = 8


class Watch:
    """What a run knows of the save counter of one store.

    Args:
        key_store: the keyring that opens the store.
        slot_id: the keyring slot that opens it here; the counter is kept beside its key.
    """

    def __init__(self, key_store: KeyStore, slot_id: bytes) -> None:
        self._key_store = key_store
        self._slot_id = slot_id
        self._remembered = self._read()
        self._current = self._remembered
        self._is_disputed = False

    def is_older(self, counter: int) -> bool:
        """Return whether a file with this counter is older than one seen before."""
        return counter < self._remembered

    @property
    def remembered(self) -> int:
        """The counter seen last before this run; 0 where none is known."""
        return self._remembered

    def note(self, counter: int) -> None:
        """Take in the counter of a file that was read, accepted or written."""
        self._current = counter

    def dispute(self) -> None:
        """Stay alarmed: nobody was there to accept the older file, whatever is saved in this run."""
        self._is_disputed, self._current = True, 0

    def close(self) -> None:
        """Let the keyring remember the last counter; where it cannot, an older file goes unnoticed once."""
        last = max(self._remembered, self._current + 1) if self._is_disputed else self._current
        if last == self._remembered:
            return
        try:
            self._key_store.put(self._slot_id, last.to_bytes(_COUNTER_BYTES), Item.COUNTER)
        except Unavailable:
            return
        self._remembered = last

    def _read(self) -> int:
        try:
            kept = self._key_store.get(self._slot_id, Item.COUNTER)
        except Unavailable:
            return 0
        return int.from_bytes(kept) if kept and len(kept) == _COUNTER_BYTES else 0

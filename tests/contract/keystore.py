"""What every `KeyStore` does, and a double that does it in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hygiene.safety.keyring_slot import Item, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from hygiene.safety.keyring_slot import KeyStore, Reason

STORE_ID = bytes(range(16))
OTHER_STORE_ID = bytes(range(1, 17))
KEY = bytes(range(32))
OTHER_KEY = bytes(range(224, 256))


def reason_of(call: Callable[[], object]) -> Reason | None:
    """Return why the call was not possible, or None if it was."""
    try:
        call()
    except Unavailable as error:
        return error.reason
    return None


class MemoryKeyStore:
    """A `KeyStore` that lives as long as its test."""

    def __init__(self) -> None:
        self.kept: dict[tuple[bytes, Item], bytes] = {}

    def get(self, store_id: bytes, item: Item = Item.KEY) -> bytes | None:
        return self.kept.get((store_id, item))

    def put(self, store_id: bytes, value: bytes, item: Item = Item.KEY) -> None:
        self.kept[store_id, item] = value

    def delete(self, store_id: bytes, item: Item = Item.KEY) -> None:
        self.kept.pop((store_id, item), None)


class KeyStoreContract:
    """Inherited by the tests of each implementation, which give the fixture `key_store`: an empty one."""

    def test_nothing_is_kept_at_first(self, key_store: KeyStore) -> None:
        """What was never put is None, not an error."""
        assert key_store.get(STORE_ID) is None
        assert key_store.get(STORE_ID, Item.COUNTER) is None

    def test_what_was_put_comes_back(self, key_store: KeyStore) -> None:
        """Any 32 bytes come back as a key, and any bytes as a counter."""
        for value in (KEY, OTHER_KEY):
            key_store.put(STORE_ID, value)
            assert key_store.get(STORE_ID) == value
        for value in (b"\x00\xff\n", b""):
            key_store.put(STORE_ID, value, Item.COUNTER)
            assert key_store.get(STORE_ID, Item.COUNTER) == value

    def test_putting_again_replaces(self, key_store: KeyStore) -> None:
        """There is one value at a time."""
        key_store.put(STORE_ID, OTHER_KEY)
        key_store.put(STORE_ID, KEY)
        assert key_store.get(STORE_ID) == KEY
        key_store.delete(STORE_ID)
        assert key_store.get(STORE_ID) is None

    def test_stores_and_items_are_apart(self, key_store: KeyStore) -> None:
        """Two stores, and the key and the counter of one, do not touch each other."""
        key_store.put(STORE_ID, KEY)
        key_store.put(STORE_ID, b"7", Item.COUNTER)
        key_store.put(OTHER_STORE_ID, OTHER_KEY)
        key_store.delete(STORE_ID, Item.COUNTER)
        assert key_store.get(STORE_ID) == KEY
        assert key_store.get(STORE_ID, Item.COUNTER) is None
        assert key_store.get(OTHER_STORE_ID) == OTHER_KEY

    def test_deleting_twice_is_fine(self, key_store: KeyStore) -> None:
        """Whoever cleans up need not know what is there."""
        key_store.delete(STORE_ID)
        key_store.put(STORE_ID, KEY)
        key_store.delete(STORE_ID)
        key_store.delete(STORE_ID)
        assert key_store.get(STORE_ID) is None

"""The keyring library's own backends for Windows and macOS, above doubles of what those systems answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from keyring.backends import Windows, kwallet, macOS
from tests.contract import macos_keychain, windows_credentials
from tests.contract.keystore import KEY, OTHER_KEY, STORE_ID, KeyStoreContract, reason_of

from hygiene.safety.keyring_slot import Item, Reason, SystemKeyring

if TYPE_CHECKING:
    from tests.contract.macos_keychain import Keychain
    from tests.contract.windows_credentials import Credentials

    from hygiene.safety.keyring_slot import KeyStore

NAME = f"{STORE_ID.hex()}/key"


def reasons_of(key_store: KeyStore) -> list[Reason | None]:
    """Return what getting, putting and deleting the key come to; None for what works."""
    return [
        reason_of(lambda: key_store.get(STORE_ID)),
        reason_of(lambda: key_store.put(STORE_ID, KEY)),
        reason_of(lambda: key_store.delete(STORE_ID)),
    ]


class TestWindows(KeyStoreContract):
    @pytest.fixture
    def credentials(self, monkeypatch: pytest.MonkeyPatch) -> Credentials:
        return windows_credentials.put_beneath(monkeypatch)

    @pytest.fixture
    def key_store(self, credentials: Credentials) -> KeyStore:
        assert credentials.kept == {}
        return SystemKeyring(Windows.WinVaultKeyring)

    def test_nothing_roams(self, key_store: KeyStore, credentials: Credentials) -> None:
        """Whatever is stored stays here; by default it would follow the person through a domain."""
        key_store.put(STORE_ID, KEY)
        key_store.put(STORE_ID, b"7", Item.COUNTER)
        here = credentials.CRED_PERSIST_LOCAL_MACHINE
        assert [each["Persist"] for each in credentials.kept.values()] == [here, here]

    def test_no_copy_is_left(self, key_store: KeyStore, credentials: Credentials) -> None:
        """Replacing keeps the old key under a second name; deleting finds that one too."""
        key_store.put(STORE_ID, KEY)
        key_store.put(STORE_ID, OTHER_KEY)
        assert len(credentials.kept) == 2
        key_store.delete(STORE_ID)
        assert credentials.kept == {}

    def test_too_long_a_value(self, key_store: KeyStore) -> None:
        """A credential holds 2560 bytes, of which a key takes 88."""
        fitting, too_long = bytes(960), bytes(961)
        key_store.put(STORE_ID, fitting, Item.COUNTER)
        assert reason_of(lambda: key_store.put(STORE_ID, too_long, Item.COUNTER)) is Reason.FAILED
        assert key_store.get(STORE_ID, Item.COUNTER) == fitting

    @pytest.mark.parametrize(
        ("function", "error", "expected"),
        [
            ("CredRead", 5, [Reason.FAILED, Reason.FAILED, Reason.FAILED]),
            ("CredRead", 1312, [Reason.NONE_HERE, Reason.NONE_HERE, Reason.NONE_HERE]),
            ("CredWrite", 5, [None, Reason.FAILED, None]),
            ("CredWrite", 1312, [None, Reason.NONE_HERE, None]),
            ("CredDelete", 5, [None, None, Reason.FAILED]),
            # Taken for removed by the library.
            ("CredDelete", 1168, [None, None, Reason.NOT_REMOVED]),
        ],
    )
    def test_what_fails_is_a_reason(
        self,
        key_store: KeyStore,
        credentials: Credentials,
        function: str,
        error: int,
        expected: list[Reason | None],
    ) -> None:
        """Over ssh there is no Credential Manager; any other error is a failure."""
        key_store.put(STORE_ID, KEY)
        credentials.failures[function] = error
        assert reasons_of(key_store) == expected

    def test_foreign_bytes_are_unreadable(self, key_store: KeyStore, credentials: Credentials) -> None:
        """A credential of our name that is not even text is not taken for a failure of the keyring."""
        key_store.put(STORE_ID, KEY)
        credentials.kept["hygiene"]["CredentialBlob"] = b"\xff\xff\xff"
        assert reason_of(lambda: key_store.get(STORE_ID)) is Reason.UNREADABLE


class TestMacOS(KeyStoreContract):
    @pytest.fixture
    def keychain(self, monkeypatch: pytest.MonkeyPatch) -> Keychain:
        return macos_keychain.put_beneath(monkeypatch)

    @pytest.fixture
    def key_store(self, keychain: Keychain) -> KeyStore:
        assert keychain.kept == {}
        return SystemKeyring(macOS.Keyring)

    @pytest.mark.parametrize(
        ("status", "reason"),
        [
            pytest.param(-128, Reason.LOCKED, id="errSecUserCanceled"),
            pytest.param(-25293, Reason.LOCKED, id="errSecAuthFailed"),
            pytest.param(-25308, Reason.LOCKED, id="errSecInteractionNotAllowed"),
            pytest.param(-25291, Reason.NONE_HERE, id="errSecNotAvailable"),
            pytest.param(-25294, Reason.NONE_HERE, id="errSecNoSuchKeychain"),
            pytest.param(-25307, Reason.NONE_HERE, id="errSecNoDefaultKeychain"),
            pytest.param(-67030, Reason.FAILED, id="errSecCSInfoPlistFailed"),
            pytest.param(-25244, Reason.FAILED, id="errSecInvalidOwnerEdit"),
            pytest.param(-34018, Reason.FAILED, id="errSecMissingEntitlement"),
        ],
    )
    def test_what_fails_is_a_reason(
        self, key_store: KeyStore, keychain: Keychain, status: int, reason: Reason
    ) -> None:
        """Refused or not asked is locked, no keychain is none here, and the rest is a failure."""
        key_store.put(STORE_ID, KEY)
        keychain.failures = {"SecItemCopyMatching": status}
        assert reason_of(lambda: key_store.get(STORE_ID)) is reason
        # The library deletes before it stores.
        keychain.failures = {"SecItemDelete": status}
        assert reasons_of(key_store) == [None, reason, reason]
        keychain.failures = {"SecItemAdd": status}
        assert reason_of(lambda: key_store.put(STORE_ID, KEY)) is reason

    def test_deleted_by_somebody_else(self, key_store: KeyStore, keychain: Keychain) -> None:
        """A key that is gone between looking and deleting is a failure; the next look finds nothing."""
        key_store.put(STORE_ID, KEY)
        keychain.failures["SecItemDelete"] = macos_keychain.NOT_FOUND
        assert reason_of(lambda: key_store.delete(STORE_ID)) is Reason.FAILED
        keychain.kept.clear()
        assert reason_of(lambda: key_store.delete(STORE_ID)) is None

    def test_stored_but_not_shown(self, key_store: KeyStore, keychain: Keychain) -> None:
        """A keychain that takes the key and then does not find it has not kept it."""
        keychain.failures["SecItemCopyMatching"] = macos_keychain.NOT_FOUND
        assert reason_of(lambda: key_store.put(STORE_ID, KEY)) is Reason.NOT_KEPT

    def test_foreign_bytes_are_unreadable(self, key_store: KeyStore, keychain: Keychain) -> None:
        """A password of our name that is not even text is not taken for a failure of the keyring."""
        keychain.kept["hygiene", NAME] = b"\xff"
        assert reason_of(lambda: key_store.get(STORE_ID)) is Reason.UNREADABLE


def test_a_wallet_that_was_not_opened_is_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    """KWallet has another error for each call that follows a cancelled prompt."""
    monkeypatch.setattr(kwallet.DBusKeyring, "connected", lambda *_: False)
    assert reasons_of(SystemKeyring(kwallet.DBusKeyring)) == [Reason.LOCKED, Reason.LOCKED, Reason.LOCKED]

from __future__ import annotations

import threading
import time
import traceback
from typing import TYPE_CHECKING, Any

import pytest
from tests.contract.keystore import KEY, STORE_ID, KeyStoreContract, reason_of

from hygiene.safety import keyring_slot
from hygiene.safety.keyring_slot import Item, Reason, SystemKeyring, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hygiene.safety.keyring_slot import KeyStore

    Install = Callable[[dict[str, float]], "Installed"]


class Backend:
    """Like a backend of the keyring library: strings by service and user name, strict about deleting."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, password: str) -> None:
        self.kept[service, name] = password

    def delete_password(self, service: str, name: str) -> None:
        del self.kept[service, name]


def from_module(module: str, base: type = Backend, **more: object) -> Any:
    """Make a backend that claims to come from this module of the keyring library."""
    return type("Keyring", (base,), {"__module__": module, **more})()


def keyring_with(backend: object) -> SystemKeyring:
    return SystemKeyring(lambda: backend, timeout=2)


class TestSystemKeyring(KeyStoreContract):
    @pytest.fixture
    def key_store(self) -> KeyStore:
        return keyring_with(from_module("keyring.backends.macOS"))


@pytest.mark.parametrize("name", ["SecretService", "libsecret", "kwallet", "macOS", "Windows"])
def test_keyrings_of_a_desktop_or_system_are_used(name: str) -> None:
    """Only these keep a secret encrypted under the person's login."""
    store = keyring_with(from_module(f"keyring.backends.{name}"))
    store.put(STORE_ID, KEY)
    assert store.get(STORE_ID) == KEY


@pytest.mark.parametrize(
    ("module", "reason"),
    [
        ("keyring.backends.fail", Reason.NONE_HERE),
        ("keyring.backends.null", Reason.NOT_TRUSTED),
        ("keyrings.alt.file", Reason.NOT_TRUSTED),
        ("somebody.elses", Reason.NOT_TRUSTED),
    ],
)
def test_other_backends_are_given_nothing(module: str, reason: Reason) -> None:
    """A backend that writes to a file or loses the key is never handed one."""
    backend = from_module(module)
    store = keyring_with(backend)
    assert reason_of(lambda: store.put(STORE_ID, KEY)) is reason
    assert reason_of(lambda: store.get(STORE_ID)) is reason
    assert reason_of(lambda: store.delete(STORE_ID)) is reason
    assert backend.kept == {}


def test_a_chain_is_looked_into() -> None:
    """Of several keyrings the first one on the list is used, and no other sees the key."""
    plain, good = from_module("keyrings.alt.file"), from_module("keyring.backends.kwallet")
    chain = from_module("keyring.backends.chainer", backends=[plain, good])
    keyring_with(chain).put(STORE_ID, KEY)
    assert plain.kept == {}
    assert len(good.kept) == 1
    bad_chain = from_module("keyring.backends.chainer", backends=[plain])
    assert reason_of(lambda: keyring_with(bad_chain).put(STORE_ID, KEY)) is Reason.NOT_TRUSTED


def test_on_windows_the_key_stays_on_this_computer() -> None:
    """The default there lets credentials roam to other computers of a domain."""
    backend = from_module("keyring.backends.Windows", persist="enterprise")
    keyring_with(backend).put(STORE_ID, KEY)
    assert backend.persist == "local machine"
    other = from_module("keyring.backends.macOS")
    keyring_with(other).put(STORE_ID, KEY)
    assert not hasattr(other, "persist")


class Forgetful(Backend):
    def set_password(self, service: str, name: str, password: str) -> None:
        """Say nothing and keep nothing, like the null backend."""


class Altering(Backend):
    def get_password(self, service: str, name: str) -> str | None:
        return "A" * 43 + "=" if (service, name) in self.kept else None


class Clinging(Backend):
    def delete_password(self, service: str, name: str) -> None:
        """Say nothing and remove nothing."""


@pytest.mark.parametrize("base", [Forgetful, Altering])
def test_what_does_not_read_back_was_not_kept(base: type) -> None:
    """A keyring that takes a key without a word is only believed after reading it back."""
    store = keyring_with(from_module("keyring.backends.macOS", base))
    assert reason_of(lambda: store.put(STORE_ID, KEY)) is Reason.NOT_KEPT


def test_what_is_still_there_was_not_removed() -> None:
    """Erasing is believed only after looking."""
    store = keyring_with(from_module("keyring.backends.macOS", Clinging))
    store.put(STORE_ID, KEY)
    assert reason_of(lambda: store.delete(STORE_ID)) is Reason.NOT_REMOVED


@pytest.mark.parametrize(
    "text", ["not base 64!", "é", b"AAAA\xff", "AAAA"], ids=["signs", "accent", "bytes", "length"]
)
def test_what_hygiene_did_not_write_is_unreadable(text: Any) -> None:
    """Something else under our name is a reason to fall back, not a crash."""
    backend = from_module("keyring.backends.macOS")
    backend.kept["hygiene", f"{STORE_ID.hex()}/key"] = text
    assert reason_of(lambda: keyring_with(backend).get(STORE_ID)) is Reason.UNREADABLE


def failing_with(error: Exception) -> SystemKeyring:
    def raise_it(*_: object) -> None:
        raise error

    return keyring_with(
        from_module("keyring.backends.SecretService", get_password=raise_it, set_password=raise_it)
    )


@pytest.mark.parametrize(
    ("name", "reason"),
    [("KeyringLocked", Reason.LOCKED), ("NoKeyringError", Reason.NONE_HERE), ("InitError", Reason.FAILED)],
)
def test_errors_of_the_library_become_reasons(name: str, reason: Reason) -> None:
    """Each failure is a typed reason, whichever call met it."""
    import keyring.errors

    error = type("More", (getattr(keyring.errors, name),), {})
    store = failing_with(error("some text"))
    assert reason_of(lambda: store.get(STORE_ID)) is reason
    assert reason_of(lambda: store.put(STORE_ID, KEY)) is reason
    assert reason_of(lambda: store.delete(STORE_ID)) is reason


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("PromptDismissedException", Reason.LOCKED),
        ("LockedException", Reason.LOCKED),
        ("SecretServiceNotAvailableException", Reason.NONE_HERE),
        ("ItemNotFoundException", Reason.FAILED),
    ],
)
def test_causes_become_reasons(name: str, reason: Reason) -> None:
    """What the Secret Service said counts, whether or not the library raised its own error from it."""
    import keyring.errors
    import secretstorage.exceptions

    cause = getattr(secretstorage.exceptions, name)("some text")
    assert reason_of(lambda: failing_with(cause).get(STORE_ID)) is reason
    error = keyring.errors.InitError("some text")
    error.__cause__ = cause
    assert reason_of(lambda: failing_with(error).get(STORE_ID)) is reason


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("macOS required"),
        FileNotFoundError(2, "no such socket"),
        ConnectionResetError(104, "gone"),
    ],
)
def test_a_keyring_that_is_out_of_reach_is_none_here(error: Exception) -> None:
    """No bus, a bus that went away, or a backend made for another computer."""
    assert reason_of(lambda: failing_with(error).get(STORE_ID)) is Reason.NONE_HERE


@pytest.mark.parametrize("error", [OSError(), OSError(["some"], "text"), ValueError(13), KeyError(b"key")])
def test_any_other_error_is_a_failure(error: Exception) -> None:
    """Whatever a platform raises, with whatever it says, it is not taken for something else."""
    assert reason_of(lambda: failing_with(error).get(STORE_ID)) is Reason.FAILED


def test_an_error_quotes_nothing_of_the_key() -> None:
    """A foreign error that repeats what it was given goes no further."""
    store = failing_with(OSError("could not store " + "marker-7731"))
    with pytest.raises(Unavailable) as caught:
        store.put(STORE_ID, KEY)
    assert caught.value.reason is Reason.FAILED
    assert "marker-7731" not in "".join(traceback.format_exception(caught.value))


def test_a_missing_library_is_no_keyring() -> None:
    """Without the keyring library, or with a broken one, the passphrase still works."""

    def find() -> object:
        raise ImportError

    assert reason_of(lambda: SystemKeyring(find).get(STORE_ID)) is Reason.NONE_HERE


def test_a_keyring_that_hangs_is_left_alone() -> None:
    """After one call without an answer in time no other is made, so that a command waits once."""
    released = threading.Event()
    calls: list[str] = []

    def find() -> object:
        calls.append("find")
        released.wait(10)
        return None

    store = SystemKeyring(find, timeout=0.1)
    start = time.monotonic()
    assert reason_of(lambda: store.get(STORE_ID)) is Reason.NO_REPLY
    assert reason_of(lambda: store.put(STORE_ID, KEY)) is Reason.NO_REPLY
    assert reason_of(lambda: store.delete(STORE_ID, Item.COUNTER)) is Reason.NO_REPLY
    assert time.monotonic() - start < 5
    assert calls == ["find"]
    released.set()


def test_turned_off_means_nothing_is_asked() -> None:
    """With the keyring turned off every call falls back, with that reason."""
    store = SystemKeyring(keyring_slot.turned_off)
    assert reason_of(lambda: store.get(STORE_ID)) is Reason.TURNED_OFF
    assert reason_of(lambda: store.put(STORE_ID, KEY)) is Reason.TURNED_OFF
    assert reason_of(lambda: store.delete(STORE_ID)) is Reason.TURNED_OFF


class Installed:
    """Stands for `keyring.core.load_keyring`: backends by name; no other is for this computer."""

    def __init__(self, priorities: dict[str, float]) -> None:
        self.backends = {
            name: from_module(f"keyring.backends.{name.rpartition('.')[0]}", priority=priority)
            for name, priority in priorities.items()
        }

    def load(self, name: str) -> object:
        if name.removeprefix("keyring.backends.") not in self.backends:
            raise RuntimeError("neither running nor activatable")
        return self.backends[name.removeprefix("keyring.backends.")]

    def used(self) -> list[str]:
        """Put a key by default means, and return the names of the backends that have it."""
        SystemKeyring().put(STORE_ID, KEY)
        return [name for name, backend in self.backends.items() if backend.kept]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    from keyring import core

    def with_priorities(priorities: dict[str, float]) -> Installed:
        installed = Installed(priorities)
        monkeypatch.setattr(core, "load_keyring", installed.load)
        return installed

    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    monkeypatch.setattr(core, "_config_path", lambda: tmp_path / "keyringrc.cfg")
    return with_priorities


@pytest.mark.parametrize(
    ("platform", "name"),
    [
        ("linux", "SecretService.Keyring"),
        ("linux", "kwallet.DBusKeyring"),
        ("linux", "kwallet.DBusKeyringKWallet4"),
        ("linux", "libsecret.Keyring"),
        ("freebsd14", "SecretService.Keyring"),
        ("darwin", "macOS.Keyring"),
        ("win32", "Windows.WinVaultKeyring"),
    ],
)
def test_the_keyring_of_this_system_is_found(
    platform: str,
    name: str,
    install: Install,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody has to configure anything."""
    monkeypatch.setattr("sys.platform", platform)
    assert install({name: 4.9}).used() == [name]


@pytest.mark.parametrize(
    ("on_kde", "expected"), [(5.1, "kwallet.DBusKeyring"), (4.9, "SecretService.Keyring")]
)
def test_the_library_ranks_what_is_found(
    on_kde: float,
    expected: str,
    install: Install,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """KWallet comes first on its own desktop only."""
    monkeypatch.setattr("sys.platform", "linux")
    installed = install({"SecretService.Keyring": 5, "kwallet.DBusKeyring": on_kde, "libsecret.Keyring": 4.8})
    assert installed.used() == [expected]


def test_no_keyring_for_this_system(install: Install) -> None:
    """Where nothing answers, that is the reason."""
    install({})
    assert reason_of(lambda: SystemKeyring().get(STORE_ID)) is Reason.NONE_HERE


def test_what_is_configured_comes_first(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The backend in keyring's own variable or file is used, whatever else is there."""
    monkeypatch.setattr("sys.platform", "linux")
    names = ["SecretService.Keyring", "kwallet.DBusKeyring", "libsecret.Keyring"]
    priorities = {name: 5.0 - index for index, name in enumerate(names)}
    configured = "[backend]\ndefault-keyring = keyring.backends.kwallet.DBusKeyring\n"
    (tmp_path / "keyringrc.cfg").write_text(configured, encoding="utf-8")
    assert install(priorities).used() == ["kwallet.DBusKeyring"]
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.libsecret.Keyring")
    assert install(priorities).used() == ["libsecret.Keyring"]


def test_reasons_are_lines_to_show() -> None:
    """Every reason is one line that begins in lower case and has no full stop."""
    for reason in Reason:
        assert reason.value == reason.value.strip().rstrip(".")
        assert reason.value[0].islower()

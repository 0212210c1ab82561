from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.contract.keystore import KEY, STORE_ID, KeyStoreContract, MemoryKeyStore

from hygiene.safety.keyring_slot import Reason, SystemKeyring, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hygiene.safety.keyring_slot import KeyStore

NEEDED = ["dbus-run-session", "gnome-keyring-daemon", "secret-tool"]
needs_secret_service = pytest.mark.skipif(
    not all(shutil.which(program) for program in NEEDED),
    reason="a real Secret Service needs gnome-keyring, dbus-daemon and libsecret-tools",
)
UNLOCK = "printf %s {password} | gnome-keyring-daemon --unlock --components=secrets >/dev/null"
SAY_ADDRESS = 'echo "$DBUS_SESSION_BUS_ADDRESS"; read -r _'
SILENT = f"exec {sys.executable} {Path(__file__).parent / 'silent_service.py'}"
# A process of its own, since the keyring library remembers the backend that it found first.
ASK_AS_USERS_DO = """
from hygiene.safety.keyring_slot import SystemKeyring, Unavailable
store_id = bytes(range(16))
try:
    SystemKeyring().put(store_id, bytes(range(32)))
except Unavailable as error:
    print(error.reason.name)
else:
    print("KEPT")
"""


def secret_service() -> object:
    from keyring.backends.SecretService import Keyring

    return Keyring()  # type: ignore[no-untyped-call]


@contextmanager
def session(folder: Path, script: str) -> Iterator[dict[str, str]]:
    """Run a session bus of its own with the script on it; give the environment that leads there."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    environment = {
        name: value for name, value in os.environ.items() if name not in {"DISPLAY", "PYTHON_KEYRING_BACKEND"}
    } | {
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_RUNTIME_DIR": str(runtime),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    with subprocess.Popen(
        ["dbus-run-session", "--", "bash", "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address
        # Leaving the block closes the script's input, which ends it and then the bus.
        yield environment | {"DBUS_SESSION_BUS_ADDRESS": address}


@contextmanager
def unlocked_keyring(folder: Path, password: str = "test-password") -> Iterator[dict[str, str]]:  # noqa: S107
    with session(folder, f"{UNLOCK.format(password=password)}; {SAY_ADDRESS}") as environment:
        yield environment


def ask_as_users_do(environment: dict[str, str]) -> str:
    return subprocess.run(
        [sys.executable, "-c", ASK_AS_USERS_DO], env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()


class TestMemoryKeyStore(KeyStoreContract):
    @pytest.fixture
    def key_store(self) -> KeyStore:
        return MemoryKeyStore()


@needs_secret_service
class TestSecretService(KeyStoreContract):
    @pytest.fixture
    def environment(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
        with unlocked_keyring(tmp_path) as environment:
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", environment["DBUS_SESSION_BUS_ADDRESS"])
            yield environment

    @pytest.fixture
    def key_store(self, environment: dict[str, str]) -> KeyStore:
        assert environment
        return SystemKeyring(secret_service)

    def test_other_programs_see_what_is_documented(
        self, key_store: KeyStore, environment: dict[str, str]
    ) -> None:
        """The key lies in base 64 under the service and the user name of docs/store-format.md."""
        key_store.put(STORE_ID, KEY)
        name = f"{STORE_ID.hex()}/key"
        seen = subprocess.run(
            ["secret-tool", "lookup", "service", "hygiene", "username", name],
            env=environment,
            capture_output=True,
            check=True,
        )
        assert seen.stdout == b"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

    def test_is_found_without_being_named(self, environment: dict[str, str]) -> None:
        """The keyring library chooses it by itself, and hygiene accepts the choice."""
        assert ask_as_users_do(environment) == "KEPT"


@needs_secret_service
class TestKeyringThatCannotBeUsed:
    def test_locked(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A keyring that did not open at login says so, at once."""
        with unlocked_keyring(tmp_path) as environment:
            assert ask_as_users_do(environment) == "KEPT"
        with unlocked_keyring(tmp_path, "another-password") as environment:
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", environment["DBUS_SESSION_BUS_ADDRESS"])
            with pytest.raises(Unavailable) as caught:
                SystemKeyring(secret_service).get(STORE_ID)
        assert caught.value.reason is Reason.LOCKED

    def test_never_answering(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A service that hangs costs three seconds once, and nothing the second time."""
        with session(tmp_path, SILENT) as environment:
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", environment["DBUS_SESSION_BUS_ADDRESS"])
            store = SystemKeyring(secret_service)
            start = time.monotonic()
            for _ in range(2):
                with pytest.raises(Unavailable) as caught:
                    store.get(STORE_ID)
                assert caught.value.reason is Reason.NO_REPLY
            assert 3 <= time.monotonic() - start < 4

    def test_never_answering_does_not_hold_the_program(self, tmp_path: Path) -> None:
        """Finding the backend is under the limit too, and the process ends while the thread hangs."""
        with session(tmp_path, SILENT) as environment:
            start = time.monotonic()
            assert ask_as_users_do(environment) == "NO_REPLY"
            assert time.monotonic() - start < 6

    def test_no_bus_at_all(self, tmp_path: Path) -> None:
        """On a machine without a session there is no keyring, whatever else is installed."""
        environment = os.environ | {
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/none",
            "XDG_CONFIG_HOME": str(tmp_path),
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        assert ask_as_users_do(environment) == "NONE_HERE"

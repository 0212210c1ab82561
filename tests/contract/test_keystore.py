from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.contract import plaintext_keyring
from tests.contract.keystore import (
    KEY,
    OTHER_KEY,
    OTHER_STORE_ID,
    STORE_ID,
    KeyStoreContract,
    MemoryKeyStore,
    reason_of,
)

from hygiene.safety.keyring_slot import Reason, SystemKeyring

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hygiene.safety.keyring_slot import KeyStore

NEEDED = ["dbus-run-session", "gnome-keyring-daemon", "secret-tool"]
MISSING = [program for program in NEEDED if shutil.which(program) is None]
# What is missing on CI fails there, since nobody reads what was skipped.
needs_secret_service = pytest.mark.skipif(
    bool(MISSING) and not os.environ.get("CI"),
    reason="a real Secret Service needs gnome-keyring, dbus-daemon and libsecret-tools",
)
# The second command returns when the service is on the bus. Without it the bus would start another one, and
# the one that was unlocked might outlive its test.
UNLOCK = """
printf %s {password} | gnome-keyring-daemon --unlock --components=secrets >/dev/null
gnome-keyring-daemon --start --components=secrets >/dev/null
"""
SAY_ADDRESS = 'echo "$DBUS_SESSION_BUS_ADDRESS"; read -r _'
NO_SERVICES = """
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default"><allow send_destination="*"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
"""
SILENT = f"exec {sys.executable} {Path(__file__).parent / 'silent_service.py'}"
NAMED = {"PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring"}
NULL = "keyring.backends.null.Keyring"
PLAINTEXT = "keyrings.alt.file.PlaintextKeyring"
STARTS_A_PROGRAM = ("subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system")
WATCH = f"""
import sys
sys.addaudithook(lambda event, of: print(event, of) if event.startswith({STARTS_A_PROGRAM}) else None)
"""
# In a process of its own, since the environment chooses the backend and a hanging thread stays.
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


def lead_to(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process use that session bus."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", environment["DBUS_SESSION_BUS_ADDRESS"])


def environment_in(folder: Path) -> dict[str, str]:
    """Return the environment of somebody whose folders are all in this one, and who has no session bus."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    left_out = {"DISPLAY", "WAYLAND_DISPLAY", "PYTHON_KEYRING_BACKEND"}
    return {name: value for name, value in os.environ.items() if name not in left_out} | {
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_RUNTIME_DIR": str(runtime),
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/none",
        "PYTHONPATH": os.pathsep.join([str(folder / "packages"), *sys.path]),
    }


@contextmanager
def session(folder: Path, script: str, *options: str) -> Iterator[dict[str, str]]:
    """Run a session bus of its own with the script on it; give the environment that leads there."""
    assert MISSING == []
    environment = environment_in(folder)
    with subprocess.Popen(
        ["dbus-run-session", *options, "--", "bash", "-c", script],
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
    with session(folder, UNLOCK.format(password=password) + SAY_ADDRESS) as environment:
        yield environment


def run(script: str, environment: dict[str, str]) -> str:
    """Return what the Python script prints."""
    return subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout.strip()


def secret_tool(environment: dict[str, str], *arguments: str) -> bytes:
    return subprocess.run(
        ["secret-tool", *arguments], env=environment, capture_output=True, check=False
    ).stdout


def lookup(environment: dict[str, str]) -> bytes:
    """Return what another program finds under the name of docs/store-format.md."""
    return secret_tool(environment, "lookup", "service", "hygiene", "username", f"{STORE_ID.hex()}/key")


class TestMemoryKeyStore(KeyStoreContract):
    @pytest.fixture
    def key_store(self) -> KeyStore:
        return MemoryKeyStore()


@needs_secret_service
class TestSecretService(KeyStoreContract):
    @pytest.fixture
    def environment(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
        with unlocked_keyring(tmp_path) as environment:
            lead_to(environment, monkeypatch)
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
        assert lookup(environment) == b"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

    def test_two_stores_share_it(self, key_store: KeyStore, environment: dict[str, str]) -> None:
        """What one process kept for one store, another reads beside its own."""
        assert run(ASK_AS_USERS_DO, environment) == "KEPT"
        key_store.put(OTHER_STORE_ID, OTHER_KEY)
        assert key_store.get(STORE_ID) == KEY
        key_store.delete(STORE_ID)
        assert key_store.get(OTHER_STORE_ID) == OTHER_KEY

    def test_is_found_without_being_named(self, environment: dict[str, str]) -> None:
        """It is found by itself, and no program is started to find it."""
        assert run(WATCH + ASK_AS_USERS_DO, environment) == "KEPT"

    def test_is_what_the_library_would_choose(self, environment: dict[str, str]) -> None:
        """The short way to a backend leads to the same one."""
        script = """
import keyring
from hygiene.safety.keyring_slot import chosen_backend
print(type(keyring.get_keyring()) is type(chosen_backend()))
"""
        assert run(script, environment) == "True"

    def test_removed_by_another_program(self, key_store: KeyStore, environment: dict[str, str]) -> None:
        """Somebody who tidies up the keyring has not broken it."""
        key_store.put(STORE_ID, KEY)
        secret_tool(environment, "clear", "service", "hygiene")
        assert key_store.get(STORE_ID) is None
        key_store.put(STORE_ID, KEY)
        assert key_store.get(STORE_ID) == KEY

    @pytest.mark.parametrize("change", ["lock", "delete"])
    def test_locked_or_deleted_meanwhile(self, key_store: KeyStore, change: str) -> None:
        """A keyring locked or deleted after it took the key counts as locked: nobody opens a new one."""
        import secretstorage

        key_store.put(STORE_ID, KEY)
        with closing(secretstorage.dbus_init()) as connection:
            getattr(secretstorage.get_default_collection(connection), change)()
        assert reason_of(lambda: key_store.get(STORE_ID)) is Reason.LOCKED
        assert reason_of(lambda: key_store.put(STORE_ID, KEY)) is Reason.LOCKED
        assert reason_of(lambda: key_store.delete(STORE_ID)) is Reason.LOCKED

    @pytest.mark.parametrize("is_in_file", [False, True])
    def test_null_backend_is_respected(self, environment: dict[str, str], *, is_in_file: bool) -> None:
        """Who turned keyrings off for Python is not given one, and the null backend is not believed."""
        if is_in_file:
            run("import keyring.core; keyring.core.disable()", environment)
        else:
            environment = environment | {"PYTHON_KEYRING_BACKEND": NULL}
        assert run(ASK_AS_USERS_DO, environment) == "NOT_TRUSTED"
        assert lookup(environment) == b""


@needs_secret_service
class TestKeyringThatCannotBeUsed:
    def test_wrong_password(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A keyring that another password opens is locked, and keeps what it has."""
        with unlocked_keyring(tmp_path) as environment:
            assert run(ASK_AS_USERS_DO, environment) == "KEPT"
        with unlocked_keyring(tmp_path, "another-password") as environment:
            lead_to(environment, monkeypatch)
            assert reason_of(lambda: SystemKeyring(secret_service).get(STORE_ID)) is Reason.LOCKED
        with unlocked_keyring(tmp_path) as environment:
            lead_to(environment, monkeypatch)
            assert SystemKeyring(secret_service).get(STORE_ID) == KEY

    def test_not_opened(self, tmp_path: Path) -> None:
        """A keyring that did not open at login says so."""
        with unlocked_keyring(tmp_path) as environment:
            assert run(ASK_AS_USERS_DO, environment) == "KEPT"
        with session(tmp_path, SAY_ADDRESS) as environment:
            assert run(ASK_AS_USERS_DO, environment) == "LOCKED"

    def test_never_made(self, tmp_path: Path) -> None:
        """Where the service is there but no keyring yet, nobody answers its question for a password."""
        with session(tmp_path, SAY_ADDRESS) as environment:
            assert run(ASK_AS_USERS_DO, environment) == "LOCKED"

    def test_never_answering(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A service that hangs costs three seconds once, and nothing the second time."""
        with session(tmp_path, SILENT) as environment:
            lead_to(environment, monkeypatch)
            store = SystemKeyring(secret_service)
            start = time.monotonic()
            assert reason_of(lambda: store.get(STORE_ID)) is Reason.NO_REPLY
            assert reason_of(lambda: store.get(STORE_ID)) is Reason.NO_REPLY
            assert 3 <= time.monotonic() - start < 6

    def test_never_answering_does_not_hold_the_program(self, tmp_path: Path) -> None:
        """Finding the backend is under the limit too, and the process ends while the thread hangs."""
        with session(tmp_path, SILENT) as environment:
            assert run(ASK_AS_USERS_DO, environment) == "NO_REPLY"

    def test_no_service_on_the_bus(self, tmp_path: Path) -> None:
        """A session without any Secret Service has no keyring."""
        config = tmp_path / "bus.conf"
        config.write_text(NO_SERVICES, encoding="utf-8")
        with session(tmp_path, SAY_ADDRESS, f"--config-file={config}") as environment:
            assert run(ASK_AS_USERS_DO, environment) == "NONE_HERE"
            assert run(ASK_AS_USERS_DO, environment | NAMED) == "NONE_HERE"


def test_no_bus_at_all(tmp_path: Path) -> None:
    """On a machine without a session there is no keyring, even for somebody who named one."""
    environment = environment_in(tmp_path)
    assert run(ASK_AS_USERS_DO, environment) == "NONE_HERE"
    assert run(ASK_AS_USERS_DO, environment | NAMED) == "NONE_HERE"


class TestPlaintextBackend:
    @pytest.fixture
    def environment(self, tmp_path: Path) -> dict[str, str]:
        """Install the backend, which the library knows by its entry point."""
        packages = tmp_path / "packages"
        module = packages / "keyrings" / "alt" / "file.py"
        module.parent.mkdir(parents=True)
        shutil.copy(plaintext_keyring.__file__, module)
        about = packages / "keyrings_alt-5.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text("Metadata-Version: 2.1\nName: keyrings.alt\nVersion: 5.0\n")
        (about / "entry_points.txt").write_text("[keyring.backends]\nfile = keyrings.alt.file\n")
        return environment_in(tmp_path)

    def test_is_installed(self, environment: dict[str, str], tmp_path: Path) -> None:
        """Without hygiene's list the library would use it: what the other tests rest on."""
        run("import keyring; keyring.set_password('any', 'one', 'marker-7731')", environment)
        assert "bWFya2VyLTc3MzE=" in next((tmp_path / "data").rglob("keyring_pass.cfg")).read_text()

    def test_is_not_found(self, environment: dict[str, str], tmp_path: Path) -> None:
        """Where it is the only one, there is no keyring, and it is asked nothing."""
        assert run(ASK_AS_USERS_DO, environment) == "NONE_HERE"
        assert not (tmp_path / "data").exists()

    def test_is_refused(self, environment: dict[str, str], tmp_path: Path) -> None:
        """Even somebody who configured it gets no key into a file; it is asked nothing."""
        chosen = environment | {"PYTHON_KEYRING_BACKEND": PLAINTEXT}
        assert run(ASK_AS_USERS_DO, chosen) == "NOT_TRUSTED"
        assert not (tmp_path / "data").exists()

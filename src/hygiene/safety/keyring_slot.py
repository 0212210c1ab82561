"""The system keyring, as a place for one 32-byte key: asked carefully, and never the only way in.

Some keyrings never answer, one loses what it is given without a word, another writes it to a file in base64.
So only backends on a list are asked, each call has three seconds, and what was stored is read back. Whatever
goes wrong is a typed reason to fall back to the passphrase, not an error to show.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import sys
import threading
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NoReturn, Protocol, TypeVar

from hygiene.language import N_
from hygiene.safety.secrets import KEYRING_KEY_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_T = TypeVar("_T")

TIMEOUT_SECONDS: Final = 3.0

_SERVICE: Final = "hygiene"
_ALLOWED_MODULES: Final = frozenset(
    {
        "keyring.backends.SecretService",
        "keyring.backends.libsecret",
        "keyring.backends.kwallet",
        "keyring.backends.macOS",
        "keyring.backends.Windows",
    }
)
_BACKENDS: Final = {"darwin": ("macOS.Keyring",), "win32": ("Windows.WinVaultKeyring",)}
_DESKTOP_BACKENDS: Final = (
    "SecretService.Keyring",
    "kwallet.DBusKeyring",
    "kwallet.DBusKeyringKWallet4",
    "libsecret.Keyring",
)
_WINDOWS: Final = "keyring.backends.Windows"
_CHAINER: Final = "keyring.backends.chainer"


class Item(StrEnum):
    """What is kept for a store: the 32 bytes of its keyring key, and the highest save counter seen."""

    KEY = "key"
    COUNTER = "counter"


class Reason(StrEnum):
    """Why the keyring was not used; each value is one line for the person, to be translated."""

    TURNED_OFF = N_("the system keyring is turned off for hygiene")
    NONE_HERE = N_("this computer has no system keyring that answers")
    NOT_TRUSTED = N_("the keyring set up for Python is not one that keeps secrets safely")
    LOCKED = N_("the system keyring is locked")
    NO_REPLY = N_("the system keyring does not answer")
    NOT_KEPT = N_("the system keyring did not keep what it was given")
    NOT_REMOVED = N_("the system keyring did not remove what it was asked to")
    UNREADABLE = N_("the system keyring returned something that hygiene did not store")
    FAILED = N_("the system keyring failed")


# By the class, the number or the text of a backend's error or of its cause. Whatever is not here is FAILED.
_REASONS: Final[dict[str | int, Reason]] = {
    "ImportError": Reason.NONE_HERE,
    "RuntimeError": Reason.NONE_HERE,  # how a backend says that it is not for this computer
    "FileNotFoundError": Reason.NONE_HERE,  # no session bus
    "ConnectionError": Reason.NONE_HERE,
    "SecretServiceNotAvailableException": Reason.NONE_HERE,
    1312: Reason.NONE_HERE,  # Windows, no such logon session: over ssh there are no credentials
    -25291: Reason.NONE_HERE,  # macOS, errSecNotAvailable
    -25294: Reason.NONE_HERE,  # macOS, errSecNoSuchKeychain
    -25307: Reason.NONE_HERE,  # macOS, errSecNoDefaultKeychain
    "KeyringLocked": Reason.LOCKED,
    "LockedException": Reason.LOCKED,
    "PromptDismissedException": Reason.LOCKED,
    "Cancelled by user": Reason.LOCKED,  # KWallet, when asked to store
    -128: Reason.LOCKED,  # macOS, errSecUserCanceled
    -25293: Reason.LOCKED,  # macOS, errSecAuthFailed: as after a wrong password
    -25308: Reason.LOCKED,  # macOS, errSecInteractionNotAllowed: locked, and no screen to ask on
    "UnicodeDecodeError": Reason.UNREADABLE,
}


class Unavailable(Exception):  # noqa: N818 - a reason to take another way, not an error that is shown
    """The keyring cannot be used now. The caller falls back and may say the reason in one line."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class KeyStore(Protocol):
    """A place that keeps a few bytes for a store, for this person on this computer.

    Every method raises `Unavailable`, with the reason, where the place cannot be used.
    """

    def get(self, store_id: bytes, item: Item = Item.KEY) -> bytes | None:
        """Return what is kept, or None."""
        ...

    def put(self, store_id: bytes, value: bytes, item: Item = Item.KEY) -> None:
        """Keep the value in place of an earlier one. When this returns, it was read back."""
        ...

    def delete(self, store_id: bytes, item: Item = Item.KEY) -> None:
        """Keep it no longer; nothing happens where nothing is kept."""
        ...


def turned_off() -> NoReturn:
    """Be the backend of somebody who turned the keyring off: `SystemKeyring(turned_off)`.

    Raises:
        Unavailable: always.
    """
    raise Unavailable(Reason.TURNED_OFF)


def chosen_backend() -> object:
    """Return the backend that the keyring library's user configured, or else the best one for this system.

    The library itself would look through those of all systems and of every plug-in. The one for macOS has
    Python run a C compiler wherever Apple's libraries are missing.

    Raises:
        Unavailable: nothing is configured and nothing answers.
    """
    from keyring import core

    return core.load_env() or core.load_config() or _best_backend()


def _best_backend() -> object:
    from keyring import core

    found = []
    for name in _BACKENDS.get(sys.platform, _DESKTOP_BACKENDS):
        # Each says in its own way that it is not for this computer.
        with suppress(Exception):
            found.append(core.load_keyring(f"keyring.backends.{name}"))
    if not found:
        raise Unavailable(Reason.NONE_HERE)
    return max(found, key=lambda backend: backend.priority)


class SystemKeyring:
    """The `KeyStore` in the keyring of the desktop or of the system.

    Args:
        find_backend: returns a backend of the keyring library.
        timeout: seconds that one call may take. After one that took longer no further call is made, so that a
            command waits once only.
    """

    def __init__(
        self, find_backend: Callable[[], object] = chosen_backend, *, timeout: float = TIMEOUT_SECONDS
    ) -> None:
        self._find_backend = find_backend
        self._timeout = timeout
        self._is_silent = False

    def get(self, store_id: bytes, item: Item = Item.KEY) -> bytes | None:
        """Return what is kept, or None."""
        kept: str | None = self._ask(lambda backend: backend.get_password(_SERVICE, _name(store_id, item)))
        if kept is None:
            return None
        try:
            value = base64.b64decode(kept, validate=True)
        except (binascii.Error, ValueError, TypeError):
            raise Unavailable(Reason.UNREADABLE) from None
        if item is Item.KEY and len(value) != KEYRING_KEY_BYTES:
            raise Unavailable(Reason.UNREADABLE)
        return value

    def put(self, store_id: bytes, value: bytes, item: Item = Item.KEY) -> None:
        """Keep the value in place of an earlier one, and read it back.

        After `Unavailable` the value may still be there: it opens nothing unless a slot was written for it.
        """
        text = base64.b64encode(value).decode()
        self._ask(lambda backend: backend.set_password(_SERVICE, _name(store_id, item), text))
        kept = self.get(store_id, item)
        # The null backend takes everything and keeps nothing, without a word.
        if kept is None or not hmac.compare_digest(kept, value):
            raise Unavailable(Reason.NOT_KEPT)

    def delete(self, store_id: bytes, item: Item = Item.KEY) -> None:
        """Keep it no longer; nothing happens where nothing is kept."""
        name = _name(store_id, item)

        def remove(backend: Any) -> bool:
            if backend.get_password(_SERVICE, name) is None:
                return True
            backend.delete_password(_SERVICE, name)
            return backend.get_password(_SERVICE, name) is None

        if not self._ask(remove):
            raise Unavailable(Reason.NOT_REMOVED)

    def _ask(self, call: Callable[[Any], _T]) -> _T:
        if self._is_silent:
            raise Unavailable(Reason.NO_REPLY)
        # Finding a backend talks to it already, so it belongs under the time limit too.
        try:
            return _within(self._timeout, lambda: call(_trusted(self._find_backend())))
        except TimeoutError:
            self._is_silent = True
            raise Unavailable(Reason.NO_REPLY) from None


def _name(store_id: bytes, item: Item) -> str:
    return f"{store_id.hex()}/{item}"


def _trusted(backend: Any) -> Any:
    module = type(backend).__module__
    if module == _CHAINER:
        # Two keyrings at once (KWallet and Secret Service) come as a chain, which may hold others besides.
        found = [each for each in backend.backends if type(each).__module__ in _ALLOWED_MODULES]
        if not found:
            raise Unavailable(Reason.NOT_TRUSTED)
        backend = found[0]
        module = type(backend).__module__
    if module == "keyring.backends.fail":
        raise Unavailable(Reason.NONE_HERE)
    if module not in _ALLOWED_MODULES:
        raise Unavailable(Reason.NOT_TRUSTED)
    if module == _WINDOWS:
        # Its default lets the key travel to the other computers of a domain.
        backend.persist = "local machine"
    return backend


def _within(seconds: float, work: Callable[[], _T]) -> _T:
    # A thread that is left behind, since a call that hangs in a library cannot be ended; as a daemon it does
    # not keep the program alive either.
    results: list[_T] = []
    failures: list[Reason] = []

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:  # noqa: BLE001 - backends raise whatever their platform does
            # Only a reason leaves this thread: the text of a foreign error might quote what was stored.
            failures.append(_reason(error))

    thread = threading.Thread(target=run, name="hygiene-keyring", daemon=True)
    thread.start()
    thread.join(seconds)
    if failures:
        raise Unavailable(failures[0])
    if not results:
        raise TimeoutError
    return results[0]


def _reason(error: Exception) -> Reason:
    if isinstance(error, Unavailable):
        return error.reason
    signs = [*_signs(error), *_signs(error.__cause__)]
    return next((_REASONS[sign] for sign in signs if sign in _REASONS), Reason.FAILED)


def _signs(error: BaseException | None) -> Iterator[str | int]:
    # By name, since most of the libraries that raise them are not installed here.
    yield from (kind.__name__ for kind in type(error).__mro__)
    if error and error.args and isinstance(error.args[0], str | int):
        yield error.args[0]

"""A Windows Credential Manager in memory, beneath the keyring library's own backend for Windows.

It stands in for the two modules of pywin32-ctypes that the backend imports, whose shapes and errors it keeps.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, NoReturn

from keyring.backends import Windows

if TYPE_CHECKING:
    import pytest

TEXTS = {
    5: "Access is denied.",
    1168: "Element not found.",
    1312: "A specified logon session does not exist. It may already have been terminated.",
    1783: "The stub received bad data.",
}
FIELDS = {"Type", "TargetName", "UserName", "CredentialBlob", "Comment", "Persist"}
MOST_BYTES = 2560


class Error(Exception):
    """`pywintypes.error`: a number, the function that met it, and the system's text for it."""

    def __init__(self, winerror: int, funcname: str, strerror: str) -> None:
        super().__init__(winerror, funcname, strerror)
        self.winerror = winerror
        self.funcname = funcname
        self.strerror = strerror


def fail(winerror: int, function: str) -> NoReturn:
    raise Error(winerror, function, TEXTS[winerror])


class Credentials:
    """`win32cred`: credentials by target name, with a blob in UTF-16 of at most 2560 bytes."""

    CRED_TYPE_GENERIC = 1
    CRED_PERSIST_SESSION = 1
    CRED_PERSIST_LOCAL_MACHINE = 2
    CRED_PERSIST_ENTERPRISE = 3

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, object]] = {}
        # What a function is to fail with, by its name.
        self.failures: dict[str, int] = {}

    def CredRead(self, TargetName: str, Type: int, Flags: int = 0) -> dict[str, object]:  # noqa: N802, N803
        self._begin("CredRead", Type, Flags)
        if TargetName not in self.kept:
            fail(1168, "CredRead")
        return dict(self.kept[TargetName])

    def CredWrite(self, Credential: dict[str, object], Flags: int = 0) -> None:  # noqa: N802, N803
        self._begin("CredWrite", Credential["Type"], Flags)
        assert set(Credential) <= FIELDS
        blob = str(Credential["CredentialBlob"]).encode("utf-16-le")
        if len(blob) > MOST_BYTES:
            fail(1783, "CredWrite")
        self.kept[str(Credential["TargetName"])] = Credential | {"CredentialBlob": blob}

    def CredDelete(self, TargetName: str, Type: int, Flags: int = 0) -> None:  # noqa: N802, N803
        self._begin("CredDelete", Type, Flags)
        if TargetName not in self.kept:
            fail(1168, "CredDelete")
        del self.kept[TargetName]

    def _begin(self, function: str, kind: object, flags: int) -> None:
        assert kind == self.CRED_TYPE_GENERIC
        assert flags == 0
        if function in self.failures:
            fail(self.failures[function], function)


def put_beneath(monkeypatch: pytest.MonkeyPatch) -> Credentials:
    """Let the library's backend for Windows find this one instead of the system's."""
    credentials = Credentials()
    monkeypatch.setattr(Windows, "win32cred", credentials, raising=False)
    monkeypatch.setattr(Windows, "pywintypes", SimpleNamespace(error=Error), raising=False)
    # Not an import error any more.
    monkeypatch.setattr(Windows, "missing_deps", None)
    return credentials

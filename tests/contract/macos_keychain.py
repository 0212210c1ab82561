"""A macOS Keychain in memory, beneath the keyring library's own backend for macOS.

What is doubled is the lowest layer: the C functions of Apple's libraries that `keyring.backends.macOS.api`
calls through ctypes. So that module runs as it is, with the numbers that Apple's functions return.
"""

from __future__ import annotations

import ctypes
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keyring.backends import macOS

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

NOT_FOUND = -25300
DUPLICATE = -25299

Query = dict[object, object]


class Reference(ctypes.c_void_p):
    """`c_void_p`, except that a constant of a library is looked up in the double."""

    @classmethod
    def in_dll(cls, library: Any, name: str) -> Reference:
        return cls(library.keychain.refer_to(name))


class Library:
    """What `ctypes.CDLL` returns: functions by name, to which a prototype can be given."""

    def __init__(self, functions: list[Callable[..., object]], keychain: Keychain) -> None:
        self.keychain = keychain
        # Callbacks of a dictionary; only handed back.
        self.kCFTypeDictionaryKeyCallBacks = self.kCFTypeDictionaryValueCallBacks = None
        for function in functions:
            setattr(self, function.__name__, Function(function))


class Function:
    """One C function; `restype` and `argtypes` can be set on it."""

    def __init__(self, function: Callable[..., object]) -> None:
        self._function = function

    def __call__(self, *arguments: object) -> object:
        return self._function(*arguments)


class Keychain:
    """Generic passwords by service and account, behind the part of Apple's interface that is used."""

    def __init__(self) -> None:
        self.kept: dict[tuple[object, object], object] = {}
        # What a function is to return instead of doing anything, by its name.
        self.failures: dict[str, int] = {}
        self._objects: list[Any] = [None]
        self._buffers: list[ctypes.Array[ctypes.c_char]] = []

    def refer_to(self, value: object) -> int:
        """Return what stands for the value in C: a number other than 0."""
        self._objects.append(value)
        return len(self._objects) - 1

    def library(self, name: str) -> Library:
        """Return one of Apple's libraries."""
        functions: dict[str, list[Callable[..., object]]] = {
            "Security": [self.SecItemAdd, self.SecItemCopyMatching, self.SecItemDelete],
            "CoreServices": [],
            "Foundation": [
                self.CFDictionaryCreate,
                self.CFStringCreateWithCString,
                self.CFNumberCreate,
                self.CFDataGetBytePtr,
                self.CFDataGetLength,
            ],
        }
        return Library(functions[name], self)

    def CFStringCreateWithCString(self, _: None, text: bytes, encoding: int) -> int:  # noqa: N802
        assert encoding == 0x08000100, "UTF-8"
        return self.refer_to(text.decode())

    def CFNumberCreate(self, _: None, kind: int, number: Any) -> int:  # noqa: N802
        assert kind == 9, "a 32-bit int"
        return self.refer_to(number._obj.value)

    def CFDictionaryCreate(self, _: None, *arguments: Any) -> int:  # noqa: N802
        keys, values, length = arguments[:3]
        pairs = zip(keys, values, strict=True)
        query = {self._objects[key.value]: self._objects[value.value] for key, value in pairs}
        assert len(query) == length
        return self.refer_to(query)

    def CFDataGetBytePtr(self, data: Reference) -> int:  # noqa: N802
        # Freed with the test, since the caller reads it after this returns.
        self._buffers.append(ctypes.create_string_buffer(self._objects[data.value or 0]))
        return ctypes.addressof(self._buffers[-1])

    def CFDataGetLength(self, data: Reference) -> int:  # noqa: N802
        return len(self._objects[data.value or 0])

    def SecItemCopyMatching(self, reference: int, result: Any) -> int:  # noqa: N802
        query, name = self._query(reference)
        assert query["kSecMatchLimit"] == "kSecMatchLimitOne"
        assert query["kSecReturnData"] == 1
        status = self._status("SecItemCopyMatching", NOT_FOUND if name not in self.kept else 0)
        if status == 0:
            result._obj.value = self.refer_to(self.kept[name])
        return status

    def SecItemAdd(self, reference: int, result: None) -> int:  # noqa: N802
        assert result is None
        query, name = self._query(reference)
        status = self._status("SecItemAdd", DUPLICATE if name in self.kept else 0)
        if status == 0:
            self.kept[name] = str(query["kSecValueData"]).encode()
        return status

    def SecItemDelete(self, reference: int) -> int:  # noqa: N802
        _, name = self._query(reference)
        status = self._status("SecItemDelete", NOT_FOUND if name not in self.kept else 0)
        if status == 0:
            del self.kept[name]
        return status

    def _query(self, reference: int) -> tuple[Query, tuple[object, object]]:
        query: Query = self._objects[reference]
        assert query["kSecClass"] == "kSecClassGenericPassword"
        return query, (query["kSecAttrService"], query["kSecAttrAccount"])

    def _status(self, function: str, otherwise: int) -> int:
        return self.failures.get(function, otherwise)


def put_beneath(monkeypatch: pytest.MonkeyPatch) -> Keychain:
    """Let the library's backend for macOS find this one instead of the system's."""
    keychain = Keychain()
    spec = importlib.util.spec_from_file_location(
        "keyring.backends.macOS.api", Path(macOS.__file__).with_name("api.py")
    )
    assert spec is not None
    assert spec.loader is not None
    api = importlib.util.module_from_spec(spec)
    with monkeypatch.context() as while_it_loads:
        while_it_loads.setattr("ctypes.util.find_library", lambda name: name)
        while_it_loads.setattr(ctypes, "CDLL", keychain.library)
        while_it_loads.setattr(ctypes, "c_void_p", Reference)
        spec.loader.exec_module(api)
    monkeypatch.setattr(macOS, "api", api, raising=False)
    return keychain

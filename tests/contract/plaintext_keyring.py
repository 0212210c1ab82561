"""Like `keyrings.alt.file`: a backend that keeps passwords in base64 in a file, and writes down each call.

A test copies it to where it is found under that name.
"""

from __future__ import annotations

import base64
import configparser
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.util.platform_ import data_root

FILE = Path(data_root()) / "keyring_pass.cfg"


class PlaintextKeyring(KeyringBackend):
    # Enough to be chosen where there is nothing better.
    priority = 0.5

    def get_password(self, service: str, username: str) -> str | None:
        self._note("get")
        text = self._read().get(service, username, fallback=None)
        return None if text is None else base64.b64decode(text).decode()

    def set_password(self, service: str, username: str, password: str) -> None:
        self._note("set")
        config = self._read()
        config.read_dict({service: {username: base64.b64encode(password.encode()).decode()}})
        with FILE.open("w", encoding="utf-8") as file:
            config.write(file)

    def delete_password(self, service: str, username: str) -> None:
        self._note("delete")
        config = self._read()
        config.remove_option(service, username)
        with FILE.open("w", encoding="utf-8") as file:
            config.write(file)

    def _note(self, call: str) -> None:
        FILE.parent.mkdir(parents=True, exist_ok=True)
        with FILE.with_name("calls").open("a", encoding="utf-8") as file:
            file.write(call + "\n")

    def _read(self) -> configparser.RawConfigParser:
        config = configparser.RawConfigParser()
        config.read(FILE, encoding="utf-8")
        return config

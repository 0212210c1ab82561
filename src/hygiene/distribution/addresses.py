"""What the address of a source may look like, and the host that is there."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from hygiene.distribution.failures import UnreachableError, unreachable
from hygiene.distribution.hosts import ArchiveHost, FolderHost, Host
from hygiene.distribution.web import WebHost
from hygiene.language import N_
from hygiene.safety.cleaning import clean

_SCHEMES: Final = frozenset({"https", "http"})
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def host_at(address: str, *, ca_file: Path | None = None, plain_loopback: bool = False) -> Host:
    """Return the host at an address.

    Args:
        address: `https://…`, a path, or `file://…`.
        ca_file: certificates to trust in place of the system's, PEM.
        plain_loopback: also take `http://` on this computer itself, for tests of the protocol.

    Raises:
        UnreachableError: nothing is there, or the address is of a kind that is not taken.
        NotDoneError: the file there is no archive that can be read.
    """
    if is_web(address):
        return WebHost(checked_url(address, plain_loopback=plain_loopback), ca_file)
    path = path_of(address)
    if path.is_dir():
        return FolderHost(path)
    if path.is_file():
        return ArchiveHost(path)
    raise unreachable(clean(address))


def is_web(address: str) -> bool:
    """Return whether an address is not that of a file or a folder."""
    return "://" in address and not address.startswith("file://")


def path_of(address: str) -> Path:
    """Return the absolute path that an address names, also one that is written `file://…`."""
    from urllib.request import url2pathname

    parts = urlsplit(address)
    if parts.scheme == "file":
        return Path(url2pathname(f"//{parts.netloc}{parts.path}" if parts.netloc else parts.path)).absolute()
    return Path(address).absolute()


def checked_url(address: str, *, plain_loopback: bool = False) -> str:
    """Return an address of the web without a slash at its end.

    Raises:
        UnreachableError: it is not protected, or has a password or a query, which no file name can follow.
    """
    parts = urlsplit(address)
    if parts.scheme == "http" and not (plain_loopback and parts.hostname in _LOOPBACK):
        raise UnreachableError(
            N_("an address that begins with http:// lets others read along"),
            hint=N_("use the one that begins with https://"),
        )
    if (
        parts.scheme not in _SCHEMES
        or not parts.hostname
        or "@" in parts.netloc
        or parts.query
        or parts.fragment
    ):
        raise UnreachableError(
            N_("this address cannot be used"),
            hint=N_("it has to be of the form https://lists.example.org/acme, without a password or “?”"),
        )
    return address.rstrip("/")

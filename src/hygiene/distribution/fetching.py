"""What TUF fetches with, over any host. Importing this loads the library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tuf.api.exceptions import DownloadHTTPError
from tuf.ngclient.fetcher import FetcherInterface

from hygiene.distribution.addresses import host_at
from hygiene.distribution.hosts import METADATA, Host, MissingError

_ROOT = ".root.json"


class Fetcher(FetcherInterface):
    """Fetches from a host, for the length of one command.

    It asks for each numbered root once: who agrees to a root and updates at once walks over them twice.

    Attributes:
        host: where from.
        latest: the name that was asked for last.
        fetched: what came whole, by name; only metadata, which is small.
    """

    def __init__(self, host: Host) -> None:
        self.host = host
        self.latest = ""
        self.fetched: dict[str, bytes] = {}
        self._missing: dict[str, int] = {}

    def close(self) -> None:
        """Let go of the host."""
        self.host.close()

    def _fetch(self, url: str) -> Iterator[bytes]:
        self.latest = url
        if url in self._missing:
            raise DownloadHTTPError(url, self._missing[url])
        if url in self.fetched and url.endswith(_ROOT):
            return iter((self.fetched[url],))
        try:
            return self._kept(url, self.host.open(url))
        except MissingError as error:
            if url.endswith(_ROOT):
                self._missing[url] = error.status
            raise DownloadHTTPError(url, error.status) from error

    def _kept(self, url: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
        if not url.startswith(METADATA):
            yield from pieces
            return
        whole = bytearray()
        for piece in pieces:
            whole += piece
            yield piece
        self.fetched[url] = bytes(whole)


def fetcher_for(address: str, *, ca_file: Path | None = None, plain_loopback: bool = False) -> Fetcher:
    """Return what fetches from an address; the parameters and errors are those of `addresses.host_at`."""
    return Fetcher(host_at(address, ca_file=ca_file, plain_loopback=plain_loopback))


@contextmanager
def reaching(address: str, fetcher: Fetcher | None = None) -> Iterator[Fetcher]:
    """Lend the fetcher that there is, else one for the address, which is closed afterwards."""
    if fetcher:
        yield fetcher
        return
    own = fetcher_for(address)
    try:
        yield own
    finally:
        own.close()

"""An employee's computer: where sources are kept, and what it does with them."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

from tests.attacks.publisher import NOW
from tests.attacks.transports import Transport

from hygiene.distribution.client import adopt, chosen_root, fetch_roots, refresh, verified
from hygiene.distribution.source import Source, fingerprint_of, load_source, tail
from hygiene.distribution.updating import Taken, Verified


class Employee:
    """Knows one source, acme, over one transport."""

    def __init__(self, folder: Path, transport: Transport) -> None:
        self.folder = folder
        self.transport = transport

    @property
    def source(self) -> Source:
        return load_source(self.folder, "acme")

    @property
    def place(self) -> Path:
        return self.folder / "acme"

    def join(self, shown: bytes, now: datetime = NOW) -> Taken:
        """Add the source, typing what the intranet shows of the fingerprint of a root."""
        with closing(self.transport.fetcher()) as fetcher:
            roots = fetch_roots(self.transport.address, fetcher=fetcher)
            root = chosen_root(roots, tail(fingerprint_of(shown)))
            return adopt(self.folder, self.transport.address, root, now, fetcher=fetcher)

    def update(self, now: datetime = NOW) -> Taken:
        with closing(self.transport.fetcher()) as fetcher:
            return refresh(self.folder, self.source, now, fetcher=fetcher)

    def lists(self, now: datetime | None = None) -> Verified:
        return verified(self.folder, self.source, now)

"""All readers. No file is recognised by two of them."""

from __future__ import annotations

from hygiene.evidence import (
    bitwarden,
    csv_table,
    enpass,
    firefox,
    kdbx,
    keepass_xml,
    keeper,
    onepux,
    protonpass,
)
from hygiene.evidence.network_archives import NETWORK_READERS
from hygiene.evidence.reading import Reader

_VAULTS = (firefox, bitwarden, onepux, kdbx, keepass_xml, enpass, protonpass, keeper)

READERS: tuple[Reader, ...] = (
    *csv_table.READERS,
    *(each.READER for each in _VAULTS),
    *NETWORK_READERS,
)
"""Password managers and browsers first, then networks."""

"""All readers of networks' archives, one a network."""

from __future__ import annotations

from hygiene.evidence import (
    apple,
    discord,
    facebook,
    instagram,
    linkedin,
    mastodon,
    reddit,
    snapchat,
    takeout,
    tiktok,
    x,
)
from hygiene.evidence.reading import Reader

NETWORK_READERS: tuple[Reader, ...] = tuple(
    module.READER
    for module in (
        instagram,
        facebook,
        takeout,
        tiktok,
        x,
        snapchat,
        linkedin,
        mastodon,
        discord,
        reddit,
        apple,
    )
)

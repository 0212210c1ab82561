"""Mastodon archives: the actor says it all."""

from __future__ import annotations

from typing import Any

from tests.evidence.archives.sample import MARKER, TODAY, ArchiveSample, Members, as_json, facts

USER, HOST = MARKER.split("@")


def actor(**changes: Any) -> bytes:
    base = {
        "@context": ["https://www.w3.org/ns/activitystreams", {"toot": "http://joinmastodon.org/ns#"}],
        "id": f"https://{HOST}/users/{USER}",
        "type": "Person",
        "preferredUsername": USER,
        "name": MARKER,
        "inbox": f"https://{HOST}/users/{USER}/inbox",
        "url": f"https://elsewhere.example/@{USER}",
        "manuallyApprovesFollowers": False,
        "discoverable": None,
        "indexable": False,
        "published": "2017-04-03T00:00:00Z",
        "outbox": "outbox.json",
        "likes": "likes.json",
    }
    return as_json(base | changes)


def archive(**changes: Any) -> Members:
    empty = as_json({"type": "OrderedCollection", "orderedItems": []})
    return {
        "actor.json": actor(**changes),
        "outbox.json": empty,
        "likes.json": empty,
        "avatar.png": b"\x89PNG\r\n\x1a\n",
        "media_attachments/files/1/original.jpg": b"\xff\xd8\xff",
    }


def _sample(name: str, members: Members, **words: str) -> ArchiveSample:
    return ArchiveSample(f"mastodon {name}", "mastodon", members, TODAY, facts(words), user=MARKER)


SAMPLES = (
    _sample(
        "locked",
        archive(manuallyApprovesFollowers=True, discoverable=False),
        private="yes",
        discoverable="no",
    ),
    _sample("open", archive(discoverable=True), private="no", discoverable="yes"),
    _sample("not said", archive(), private="no"),
    _sample("only the actor", {"actor.json": actor(manuallyApprovesFollowers=True)}, private="yes"),
    _sample("wrong types", archive(manuallyApprovesFollowers="true", discoverable=[1])),
)

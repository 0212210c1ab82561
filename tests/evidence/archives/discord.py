"""Discord packages: the account in a folder of the person's language, among others that look alike."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.evidence.archives.sample import MARKER, TODAY, ArchiveSample, Members, as_json, facts

USER = "planted.marker"


def session(last_used: str, **data: Any) -> dict[str, Any]:
    """A session as it lies in packages: what matters is one level down."""
    return {"id_hash": "ab", "user_data": _used(last_used) | data, "is_soft_deleted": False}


def flat_session(last_used: str, **data: Any) -> dict[str, Any]:
    return {"id_hash": "ab"} | _used(last_used) | data


def _used(last_used: str) -> dict[str, Any]:
    return {
        "version": 1,
        "creation_time": last_used,
        "approx_last_used_time": last_used,
        "client_info": {"os": "Windows", "platform": "Chrome", "ip": "192.0.2.1"},
    }


def person(email: Any, **more: Any) -> dict[str, Any]:
    base = {
        "id": "100000000000000000",
        "username": USER,
        "discriminator": 0,
        "global_name": MARKER,
        "email": email,
        "verified": True,
        "has_mobile": False,
        "phone": None,
        "ip": "192.0.2.1",
        "settings": {"settings": {"privacy": {}}, "frecency": {}},
    }
    return base | more


def connections(*kinds: str) -> list[dict[str, Any]]:
    return [{"type": kind, "id": "1", "name": MARKER, "visibility": 1, "verified": True} for kind in kinds]


def package(folder: str, content: dict[str, Any], root: str = "") -> Members:
    """The account beside an activity that has a user of its own, with other answers."""
    decoy = person("decoy@gmail.com", username="decoy", connections=[], user_sessions=[])
    members = {
        "README.txt": b"Your Discord data package",
        "Activities/880218394199220334/user.json": as_json(decoy),
        "Messages/index.json": as_json({"1": f"Direct Message with {MARKER}"}),
        "Servers/index.json": as_json({"2": "A server"}),
        f"{folder}/user.json": as_json(content),
    }
    return {root + name: data for name, data in members.items()}


def newest_with_second_step() -> dict[str, Any]:
    sessions = [
        session("2026-10-01T10:00:00.123456+00:00", is_mfa=False),
        session("2026-11-20T10:00:00.123456+00:00", is_mfa=True),
        session("2025-11-20T10:00:00+00:00", is_mfa=False),
    ]
    return person("one@proton.me", connections=connections("steam", "spotify"), user_sessions=sessions)


def newest_without_second_step() -> dict[str, Any]:
    sessions = [
        session("2026-11-20T10:00:00+00:00", is_mfa=False),
        session("2024-10-01T10:00:00+00:00", is_mfa=True),
    ]
    return person(MARKER, connections=[], user_sessions=sessions)


def flat_sessions() -> dict[str, Any]:
    sessions = [flat_session("2026-11-20T10:00:00+00:00", is_mfa=True)]
    return person(MARKER, user_sessions=sessions)


def wrong_types() -> dict[str, Any]:
    return person([MARKER], connections={"type": "steam"}, user_sessions="none")


def second_step_as_text() -> dict[str, Any]:
    sessions = [session("2026-11-20T10:00:00+00:00", is_mfa="true"), {"user_data": None}]
    return person(None, connections=None, user_sessions=sessions)


def _sample(name: str, members: Members, words: dict[str, str | int | date], **more: Any) -> ArchiveSample:
    return ArchiveSample(f"discord {name}", "discord", members, TODAY, facts(words), user=USER, **more)


SAMPLES = (
    _sample(
        "english",
        package("Account", newest_with_second_step()),
        {"attached-to": "public", "second-step": "on", "connected-apps": 2, "sessions": 3},
    ),
    _sample(
        "french",
        package("Compte", newest_without_second_step(), "package/"),
        {"attached-to": "elsewhere", "connected-apps": 0, "sessions": 2},
    ),
    _sample(
        "older",
        package("account", flat_sessions()),
        {"attached-to": "elsewhere", "second-step": "on", "sessions": 1},
    ),
    _sample("only the user", {"user.json": as_json(person(MARKER))}, {"attached-to": "elsewhere"}),
    _sample("wrong types", package("Cuenta", wrong_types()), {}),
    _sample("second step as a text", package("Konto", second_step_as_text()), {"sessions": 2}),
)

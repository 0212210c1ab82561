"""Reddit archives: one flat folder of CSV files."""

from __future__ import annotations

import codecs
from datetime import date

from tests.evidence.archives.sample import MARKER, TODAY, ArchiveSample, Members, csv_lines, facts


def statistics(email: str) -> bytes:
    return csv_lines(
        "statistic,value",
        "account name,planted_marker",
        "export time,2026-11-20 10:00:00 UTC",
        "is deleted,False",
        f"email,{email}",
        "registration date,2016-01-01 10:00:00 UTC",
    )


def preferences(*rows: str) -> bytes:
    return csv_lines("preference,value", "accept_pms,everyone", *rows, "public_votes,False")


def identities(count: int) -> bytes:
    return csv_lines("issuer_id,subject_id", *["https://accounts.google.com,1234567890"] * count)


def around() -> Members:
    return {
        "account_gender.csv": csv_lines("account_gender", ""),
        "checkfile.csv": csv_lines("filename,sha256", f"statistics.csv,{'0' * 64}"),
        "comments.csv": csv_lines("id,permalink,date,body", f'a,/r/x,2026-01-01 10:00:00 UTC,"Ask {MARKER}"'),
        "ip_logs.csv": csv_lines("date,ip", "registration ip,192.0.2.1", "2026-11-01 10:00:00 UTC,192.0.2.1"),
        "linked_phone_number.csv": csv_lines("phone_number", "+33600000000"),
        "subscribed_subreddits.csv": csv_lines("subreddit", "privacy"),
        "twitter.csv": csv_lines("username"),
    }


def whole() -> Members:
    return around() | {
        "statistics.csv": statistics("one@gmail.com"),
        "user_preferences.csv": preferences("hide_from_robots,True"),
        "linked_identities.csv": identities(2),
    }


def rewritten() -> Members:
    """As a spreadsheet saves them: a mark before the first header, and Windows line ends."""
    members = around() | {
        "statistics.csv": statistics(MARKER),
        "user_preferences.csv": preferences("hide_from_robots,false"),
        "linked_identities.csv": identities(0),
    }
    root = "export_planted_marker_20261120/"
    return {root + name: codecs.BOM_UTF8 + data.replace(b"\n", b"\r\n") for name, data in members.items()}


def other_words() -> Members:
    return around() | {
        "statistics.csv": statistics(""),
        "user_preferences.csv": preferences("hide_from_robots,sometimes"),
    }


def short_rows() -> Members:
    return around() | {
        "statistics.csv": csv_lines("statistic,value", "email", "", "account name,x,y"),
        "user_preferences.csv": csv_lines("preference,value", "hide_from_robots"),
    }


def _sample(name: str, members: Members, words: dict[str, str | int | date]) -> ArchiveSample:
    return ArchiveSample(f"reddit {name}", "reddit", members, TODAY, facts(words))


SAMPLES = (
    _sample("whole", whole(), {"attached-to": "public", "search-engines": "no", "connected-apps": 2}),
    _sample(
        "rewritten", rewritten(), {"attached-to": "elsewhere", "search-engines": "yes", "connected-apps": 0}
    ),
    _sample("other words", other_words(), {}),
    _sample("short rows", short_rows(), {}),
    _sample(
        "no preferences", around() | {"statistics.csv": statistics(MARKER)}, {"attached-to": "elsewhere"}
    ),
)

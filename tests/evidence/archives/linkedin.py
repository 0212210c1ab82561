"""LinkedIn archives: flat folders of CSV whose names drift, one of them in UTF-16 with tabs."""

from __future__ import annotations

import codecs
from typing import Any

from tests.evidence.archives.sample import MARKER, TODAY, ArchiveSample, Members, csv_lines, facts

EMAIL_HEADER = "Email Address,Confirmed,Primary,Updated On"


def emails(*rows: tuple[str, str]) -> bytes:
    lines = (f'{address},{confirmed},No,"12/22/19, 10:06 AM"' for address, confirmed in rows)
    return csv_lines(EMAIL_HEADER, *lines)


def emails_with_tabs(*rows: tuple[str, str]) -> bytes:
    lines = [EMAIL_HEADER.split(","), *([*row, "Yes", "12/22/19, 10:06 AM"] for row in rows)]
    return codecs.BOM_UTF16_LE + "".join("\t".join(line) + "\r\n" for line in lines).encode("utf-16-le")


def others() -> Members:
    """What lies beside it in every archive, each with its own peculiarity."""
    history = 'Time\tEvent\r\n"12/22/19, 10:06 AM"\tAccount created\r\n'
    return {
        "Connections.csv": csv_lines(
            "Notes:",
            '"When exporting your connection data, some addresses may be missing."',
            "",
            "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
            f"Marker,Planted,https://www.linkedin.com/in/marker,{MARKER},Planted,Marker,22 Dec 2019",
        ),
        "PhoneNumbers.csv": csv_lines("Extension,Number,Type", ",,", ",+33600000000,Mobile", ",,"),
        "Registration.csv": csv_lines(
            "Registered At,Registration Ip,Subscription Types", "12/22/19 10:06 AM,,"
        ),
        "Ad_Targeting.csv": csv_lines("Member Age,Company Names", "25-34,Planted"),
        "Account Status History.csv": codecs.BOM_UTF16_LE + history.encode("utf-16-le"),
    }


def complete(*rows: tuple[str, str]) -> Members:
    login = "Fri Sep 24 12:35:41 UTC 2021,192.0.2.1,Browser,WEB"
    return others() | {
        "Email Addresses.csv": emails(*rows),
        "Logins.csv": csv_lines("Login Date,IP Address,User Agent,Login Type", login),
        "Security Challenges.csv": csv_lines("Challenge Date,IP Address,User Agent,Country,Challenge Type"),
    }


def basic(name: str, content: bytes) -> Members:
    root = "Basic_LinkedInDataExport_11-20-2026/"
    return {root + each: data for each, data in (others() | {name: content}).items()}


def _sample(name: str, members: Members, **words: str) -> ArchiveSample:
    known: dict[str, Any] = {key.replace("_", "-"): word for key, word in words.items()}
    return ArchiveSample(f"linkedin {name}", "linkedin", members, TODAY, facts(known))


_PREAMBLE = csv_lines("Notes:", '"Some addresses may be missing."', "")

SAMPLES = (
    _sample("complete", complete(("one@gmail.com", "Yes"), (MARKER, "No")), attached_to="public"),
    _sample("two addresses", complete(("one@fastmail.com", "Yes"), (MARKER, "Yes")), attached_to="mixed"),
    _sample("none confirmed", complete((MARKER, "No"), ("", ""))),
    _sample("underscore", basic("Email_Addresses.csv", emails((MARKER, "Yes"))), attached_to="elsewhere"),
    _sample(
        "number in the name",
        basic("Email Addresses_8817.csv", emails(("one@hotmail.fr", "yes"))),
        attached_to="public",
    ),
    _sample("tabs", basic("Email Addresses.csv", emails_with_tabs((MARKER, "Yes"))), attached_to="elsewhere"),
    _sample(
        "lines before the header",
        basic("Email Addresses.csv", _PREAMBLE + emails(("one@sfr.fr", "Yes"))),
        attached_to="public",
    ),
    _sample("no addresses", others()),
    _sample(
        "no such column", complete() | {"Email Addresses.csv": csv_lines("Address,Since", f"{MARKER},1")}
    ),
)

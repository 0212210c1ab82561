"""Apple's “Data and Privacy”: CSV files, in ZIPs that lie in another."""

from __future__ import annotations

from datetime import date

from tests.evidence.archives.sample import MARKER, TODAY, ArchiveSample, Members, csv_lines, facts, zipped

FOLDER = "Apple ID account and device information"


def account(header: str, value: str) -> bytes:
    """One line of the account; another date in it is later, and of something else."""
    return csv_lines(
        f"Apple ID Number,First Name,Last Name,Account Email,Last Update Date,{header},Trusted Phone Numbers",
        f"1234567890,Marker,Planted,{MARKER},2026-10-10 10:00:00,{value},+33600000000",
    )


def devices(count: int) -> bytes:
    header = (
        "Device Name,Device Added Date,Device Serial Number,Device Last Heartbeat Timestamp,"
        "Device Last Heartbeat IP"
    )
    row = '"Phone, of Marker",2020-01-01 10:00:00,X1,2026-11-10 10:00:00,192.0.2.1'
    return csv_lines(header, *[row] * count)


def sign_ons() -> bytes:
    row = "iCloud,2026-11-10 10:00:00,192.0.2.1"
    return csv_lines("Application,Logged In Date,IP Address", *[row] * 6)


def files(header: str, value: str, count: int) -> Members:
    return {
        "Apple ID Account Information.csv": account(header, value),
        "Apple ID Device Information.csv": devices(count),
        "Apple ID SignOn Information.csv": sign_ons(),
        "Hide My Email Information.csv": csv_lines("Address,Created", f"{MARKER},2026-01-01 10:00:00"),
    }


def nested() -> Members:
    """As downloaded: a ZIP for each category."""
    return {
        f"{FOLDER}.zip": zipped(files("Last Password Change Date", "2026-05-11 23:20:33", 4)),
        "Marketing communications.zip": zipped({"Marketing.csv": csv_lines("Sent", "2026-01-01 10:00:00")}),
    }


def unzipped() -> Members:
    """Another spelling of the header, and everything in one folder."""
    content = files("Password Last Updated", "2024-02-29 00:00:01", 1)
    return {f"{FOLDER}/{name}": data for name, data in content.items()}


def without_day(value: str) -> Members:
    content = files("Last Password Change Date", value, 0)
    return {f"{FOLDER}/{name}": data for name, data in content.items()}


def only_account() -> Members:
    return {
        f"{FOLDER}/Apple ID Account Information.csv": account("Date of Birth", "1990-01-01 00:00:00"),
        f"{FOLDER}/Apple ID SignOn Information.csv": sign_ons(),
    }


def _sample(name: str, members: Members, words: dict[str, str | int | date]) -> ArchiveSample:
    return ArchiveSample(f"apple {name}", "apple", members, TODAY, facts(words))


SAMPLES = (
    _sample("nested", nested(), {"password-changed": date(2026, 5, 11), "sessions": 4}),
    _sample("unzipped", unzipped(), {"password-changed": date(2024, 2, 29), "sessions": 1}),
    _sample("no day", without_day(""), {"sessions": 0}),
    _sample("other words", without_day("never"), {"sessions": 0}),
    _sample("impossible day", without_day("2031-01-01 10:00:00"), {"sessions": 0}),
    _sample("only the account", only_account(), {}),
)

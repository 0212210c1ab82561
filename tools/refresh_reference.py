"""Rewrite the files of `reference_data/` from checkouts of the public directories that they come from.

python tools/refresh_reference.py --as-of 2026-08 --close jdm/_data/sites.json

Each option names one directory's file, or folder; what is not named stays as it is. Nothing is downloaded,
and the same input gives the same bytes. What is dropped is counted: docs/reference-data.md says why.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hygiene.catalog.reference import CHANGE_PASSWORD, CLOSE, SECOND_STEPS, SIGN_IN_GROUPS

FOLDER = Path(__file__).resolve().parents[1] / "reference_data"
LONGEST_URL = 300

_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
_HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
# A suffix under which strangers register: what is known of it would be said of all of them.
_SHARED_SUFFIX = re.compile(r"(?:ac|co|com|edu|gov|net|org)\.[a-z]{2}")
_PRINTABLE = re.compile(r"[!-~]+")
# In the words of the core question `two-factor`: the weak, the good, those that resist false sites.
_STEPS = {"sms": "sms", "call": "sms", "email": "sms", "totp": "app", "custom-software": "app"}
_STEPS |= {"u2f": "passkey", "custom-hardware": "passkey"}

Dropped = Counter[str]


class FaultyInputError(Exception):
    """A file is not what its option says."""


def change_passwords(tree: Any, dropped: Dropped) -> dict[str, str]:
    """Return the pages where passwords are changed, from Apple's `change-password-URLs.json`."""
    pairs = ((str(domain), str(url)) for domain, url in _mapping(tree).items())
    return dict(sorted(_links(((url, [domain]) for domain, url in pairs), dropped).items()))


def closings(tree: Any, dropped: Dropped) -> dict[str, str]:
    """Return the pages where accounts are closed, from JustDeleteMe's `sites.json`.

    Accounts that cannot be closed are left out: a link would promise what it does not keep.
    """
    entries = [_mapping(entry) for entry in _sequence(tree)]
    possible = [entry for entry in entries if entry["difficulty"] != "impossible"]
    dropped["the account cannot be closed"] += len(entries) - len(possible)
    links = _links(((entry["url"], _sequence(entry["domains"])) for entry in possible), dropped)
    return dict(sorted(_without_repeats(links).items()))


def second_steps(entries: Iterable[Any], dropped: Dropped) -> dict[str, dict[str, Any]]:
    """Return the second steps that websites offer, from the entries of 2factorauth, one tree an entry."""
    found: dict[str, dict[str, Any]] = {}
    for tree in entries:
        for entry in map(_mapping, _mapping(tree).values()):
            domains = [entry["domain"], *_sequence(entry.get("additional-domains", []))]
            offered = sorted({_STEPS[each] for each in _sequence(entry.get("tfa", []))})
            page = safe_link(entry.get("documentation", ""), domains)
            dropped["no page of the website's own"] += "documentation" in entry and page is None
            steps = {"offered": offered} | ({"url": page} if page else {})
            found.update((domain, steps) for domain in domains if _is_host(domain, dropped))
    return dict(sorted(found.items()))


def sign_in_groups(tree: Any, dropped: Dropped) -> list[list[str]]:
    """Return the groups of domains that share a sign-in, in any of the three forms in which they circulate.

    Apple's `shared-credentials.json` and its older list of lists, and the copy that a browser carries.
    """
    if isinstance(tree, dict):
        tree = [group for record in _sequence(tree["data"]) for group in record["relatedRealms"]]
    groups = []
    for entry in _sequence(tree):
        parts = entry if isinstance(entry, list) else _group(_mapping(entry))
        group = sorted({domain for domain in parts if _is_host(domain, dropped)})
        if len(group) > 1:
            groups.append(group)
    return sorted(groups)


def safe_link(url: Any, domains: Iterable[str]) -> str | None:
    """Return a link that may be shown, or None: https, plain characters, and on one of the domains.

    A link elsewhere may be right, but nobody could tell it from one that was put there by a stranger. A home
    page says no more than the domain does.
    """
    if not isinstance(url, str) or not _PRINTABLE.fullmatch(url) or len(url) > LONGEST_URL:
        return None
    url = url.partition("#:~:")[0]
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme != "https" or parts.netloc != host or port:
        return None
    is_home = parts.path in {"", "/"} and not parts.query and not parts.fragment
    is_own = any(host == domain or host.endswith(f".{domain}") for domain in domains)
    return url if is_own and not is_home else None


def render(source: str, as_of: str, entries: Any) -> str:
    """Return the bytes of a file: one entry a line, so that a change can be read."""
    lines = json.dumps(entries, separators=(",", ":"))
    if isinstance(entries, dict):
        pairs = (f"{json.dumps(key)}: {json.dumps(value)}" for key, value in entries.items())
        lines = "{\n" + ",\n".join(pairs) + "\n}"
    else:
        lines = "[\n" + ",\n".join(json.dumps(entry) for entry in entries) + "\n]"
    return f'{{"source": {json.dumps(source)}, "as_of": {json.dumps(as_of)}, "entries": {lines}}}\n'


def _links(entries: Iterable[tuple[Any, list[Any]]], dropped: Dropped) -> dict[str, str]:
    found: dict[str, str] = {}
    disputed = set()
    for url, names in entries:
        domains = [name for name in names if _is_host(name, dropped)]
        link = safe_link(url, domains)
        dropped["not a safe link on the website itself"] += link is None
        for domain in domains if link else ():
            if found.setdefault(domain, str(link)) != link:
                disputed.add(domain)
    dropped["two links for one domain"] += len(disputed)
    return {domain: link for domain, link in found.items() if domain not in disputed}


def _without_repeats(links: Mapping[str, str]) -> dict[str, str]:
    """Leave out a subdomain whose domain has the same link: it is found without."""

    def above(domain: str) -> Iterator[str]:
        while domain := domain.partition(".")[2]:
            yield domain

    def says_more(domain: str) -> bool:
        nearest = next((links[each] for each in above(domain) if each in links), None)
        return nearest != links[domain]

    return {domain: link for domain, link in links.items() if says_more(domain)}


def _is_host(name: Any, dropped: Dropped) -> bool:
    is_host = isinstance(name, str) and _HOST.fullmatch(name) and not _SHARED_SUFFIX.fullmatch(name)
    dropped["not a website's domain"] += not is_host
    return bool(is_host)


def _group(entry: Mapping[str, Any]) -> list[Any]:
    return (
        _sequence(entry["shared"]) if "shared" in entry else _sequence(entry["from"]) + _sequence(entry["to"])
    )


def _mapping(tree: Any) -> Mapping[str, Any]:
    if not isinstance(tree, dict):
        raise FaultyInputError("an object was expected")
    return tree


def _sequence(tree: Any) -> list[Any]:
    if not isinstance(tree, list):
        raise FaultyInputError("a list was expected")
    return tree


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _read_all(folder: Path) -> list[Any]:
    files = sorted(folder.rglob("*.json"))
    if not files:
        raise FaultyInputError("no entry in this folder")
    return [_read(file) for file in files]


_Take = Callable[[Any, Dropped], Any]
_SOURCES: dict[str, tuple[str, str, Callable[[Path], Any], _Take]] = {
    "change_password": (
        CHANGE_PASSWORD,
        "apple/password-manager-resources, quirks/change-password-URLs.json",
        _read,
        change_passwords,
    ),
    "close": (CLOSE, "jdm-contrib/jdm, _data/sites.json", _read, closings),
    "second_steps": (SECOND_STEPS, "2factorauth/twofactorauth, entries", _read_all, second_steps),
    "sign_in_groups": (
        SIGN_IN_GROUPS,
        "apple/password-manager-resources, quirks/shared-credentials.json",
        _read,
        sign_in_groups,
    ),
}


def refresh(name: str, path: Path, as_of: str, folder: Path = FOLDER) -> str:
    """Rewrite one file and return what was taken and what was dropped.

    Raises:
        FaultyInputError: the input is not what the option says; the file stays as it was.
    """
    file, source, read, take = _SOURCES[name]
    if not _MONTH.fullmatch(as_of):
        raise FaultyInputError(f"{as_of}: a month is written as 2026-08")
    dropped = Dropped()
    try:
        entries = take(read(path), dropped)
    except FaultyInputError as error:
        raise FaultyInputError(f"{path}: {error}") from error
    except (OSError, ValueError) as error:
        raise FaultyInputError(f"{path}: it cannot be read as JSON: {error}") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise FaultyInputError(f"{path}: this is not the form of {source}: {error}") from error
    if not entries:
        raise FaultyInputError(f"{path}: nothing in it can be used")
    (folder / file).write_text(render(source, as_of, entries), encoding="utf-8")
    left = "; ".join(f"{count} {why}" for why, count in sorted(dropped.items()) if count)
    return f"{file}: {len(entries)} entries" + (f" (dropped: {left})" if left else "")


def main(arguments: list[str] | None = None) -> int:
    """Refresh what the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--as-of", required=True, metavar="YYYY-MM", help="the month of the checkouts")
    for name, (file, source, _, _) in _SOURCES.items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=Path, help=f"{file}, from {source}")
    options = vars(parser.parse_args(arguments))
    named = [(name, options[name]) for name in _SOURCES if options[name]]
    if not named:
        parser.error("name at least one file to take")
    try:
        for name, path in named:
            print(refresh(name, path, options["as_of"]))
    except FaultyInputError as error:
        print(f"refresh_reference: error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

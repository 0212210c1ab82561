"""Every export of a password manager or browser is recognised by one reader, and proves what it should."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.evidence.managers import (
    bitwarden,
    bitwarden_csv,
    chromium,
    dashlane,
    enpass,
    firefox,
    kdbx,
    keepass,
    keepass_csv,
    keeper,
    onepassword,
    others,
    proton,
)
from tests.evidence.sample import MARKER_PASSWORD, MARKER_USER, ExpectedLogin, Sample

from hygiene.evidence.formats import READERS
from hygiene.evidence.reading import Desk, Reader, UnreadableExportError
from hygiene.model.dates import Interval
from hygiene.model.evidence import PASSWORD_CHANGED, SECOND_STEP, Export, Fact, Found, Mark
from hygiene.safety.archives import Bundle, bundle_of, open_bundle

_FAMILIES = (
    *(bitwarden, bitwarden_csv, chromium, dashlane, enpass, firefox, kdbx),
    *(keepass, keepass_csv, keeper, onepassword, others, proton),
)
SAMPLES: tuple[Sample, ...] = tuple(sample for family in _FAMILIES for sample in family.SAMPLES)
READABLE = [sample for sample in SAMPLES if not sample.refused]
REFUSED = [sample for sample in SAMPLES if sample.refused]
_IDS = {
    *(
        "chrome-csv",
        "apple-csv",
        "firefox-csv",
        "bitwarden-csv",
        "1password-csv",
        "lastpass-csv",
        "dashlane-csv",
    ),
    *(
        "protonpass-csv",
        "nordpass-csv",
        "keepassxc-csv",
        "keepass-csv",
        "roboform-csv",
        "keeper-csv",
        "zoho-csv",
    ),
    *("synology-csv", "safeincloud-csv", "enpass-csv", "firefox-json", "bitwarden-json", "1pux", "kdbx"),
    *("keepass-xml", "enpass-json", "protonpass-json", "keeper-json"),
}
_MISLEADING = "facebook-holiday.csv.zip.jpg"
_NOISE = {
    "nothing": b"",
    "a word": b"hello",
    "a table of something else": b"date,amount,label\n2026-01-02,12.50,Bread\n",
    "a table of people": b"name,username,email\nAda,ada,ada@mail.example\n",
    "rows without a header or an address": b'"a","b","c","d","e"\n"f","g","h","i","j"\n',
    "an empty object": b"{}",
    "an empty list": b"[]",
    "items of something else": b'{"items": [{"id": 1, "price": 2}], "records": []}',
    "a web page": b"<!DOCTYPE html><html><body><p>Passwords</p></body></html>",
    "other XML": b'<?xml version="1.0"?><feed><entry>KeePassFile</entry></feed>',
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
}


class Read(NamedTuple):
    """A login, in a form that can be compared."""

    address: str
    user: str
    digest: bytes
    changed: Interval | None
    steps: frozenset[str]
    last_used: date | None


def _mark(password: str) -> Mark:
    return Mark(blake2b(password.encode("utf-8", "surrogatepass"), key=b"of this run").digest())


def _desk(sample: Sample) -> Desk:
    return Desk(sample.today, _mark, lambda _name: sample.secret)


def _bundle(sample: Sample, directory: Path) -> Bundle:
    if isinstance(sample.data, bytes):
        return bundle_of(sample.data)
    for name, data in sample.data.items():
        (directory / name).write_bytes(data)
    return open_bundle(directory)


def _who_recognises(bundle: Bundle) -> list[str]:
    return [reader.id for reader in READERS if reader.recognises(bundle)]


def _reader(sample: Sample) -> Reader:
    return next(reader for reader in READERS if reader.id == sample.reader)


def _export(sample: Sample, directory: Path) -> Export:
    with _bundle(sample, directory) as bundle:
        return _reader(sample).read(bundle, _desk(sample))


def _came_out(found: Found) -> Read:
    changed = next((fact.value for fact in found.facts if fact.name == PASSWORD_CHANGED), None)
    steps = frozenset(str(fact.value) for fact in found.facts if fact.name == SECOND_STEP)
    assert isinstance(changed, Interval | None)
    digest = found.mark.digest if found.mark else b""
    return Read(found.address, found.user, digest, changed, steps, found.last_used)


def _should(login: ExpectedLogin) -> Read:
    digest = _mark(login.password).digest if login.has_password else b""
    return Read(login.address, login.user, digest, login.changed, login.second_step, login.last_used)


def _sorted(logins: Iterator[Read]) -> list[Read]:
    return sorted(logins, key=repr)


_named = attrgetter("name")


@pytest.fixture(autouse=True)
def _far_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Days are those of UTC wherever the machine stands."""
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("sample", SAMPLES, ids=_named)
def test_exactly_one_reader_recognises_it(sample: Sample, tmp_path: Path) -> None:
    with _bundle(sample, tmp_path) as bundle:
        assert _who_recognises(bundle) == [sample.reader]


@pytest.mark.parametrize("sample", READABLE, ids=_named)
def test_it_holds_these_logins_and_no_others(sample: Sample, tmp_path: Path) -> None:
    export = _export(sample, tmp_path)
    assert _sorted(map(_came_out, export.accounts)) == _sorted(map(_should, sample.expected))
    assert export.format == sample.reader


@pytest.mark.parametrize("sample", READABLE, ids=_named)
def test_it_proves_nothing_else(sample: Sample, tmp_path: Path) -> None:
    """Each fact stands once, is one that the reader announces, and no network is guessed."""
    provable = {PASSWORD_CHANGED, SECOND_STEP} & set(_reader(sample).proves)
    for found in _export(sample, tmp_path).accounts:
        assert len({*map(_key, found.facts)}) == len(found.facts)
        assert {fact.name for fact in found.facts} <= provable
        assert found.network == ""


def _key(fact: Fact) -> tuple[str, object]:
    """What may stand once: the change of the password, and each kind of second step."""
    return (fact.name, fact.value if fact.name == SECOND_STEP else None)


@pytest.mark.parametrize("sample", READABLE, ids=_named)
def test_it_was_made_on_the_day_that_it_says(sample: Sample, tmp_path: Path) -> None:
    is_dated_by_the_test = isinstance(sample.data, dict) and sample.made_on is None
    assert is_dated_by_the_test or _export(sample, tmp_path).made_on == (sample.made_on or sample.today)


@pytest.mark.parametrize("sample", READABLE, ids=_named)
def test_its_reader_remarks_on_it_where_it_should(sample: Sample, tmp_path: Path) -> None:
    remarks = _export(sample, tmp_path).remarks
    assert bool(remarks) or not sample.remarked
    for remark in remarks:
        said = remark.message.format(**dict(remark.values))
        assert MARKER_USER not in said
        assert MARKER_PASSWORD not in said


@pytest.mark.parametrize("sample", READABLE, ids=_named)
def test_no_password_stays_in_what_was_read(sample: Sample, tmp_path: Path) -> None:
    kept = repr(_export(sample, tmp_path))
    assert MARKER_PASSWORD not in kept
    assert [
        login.user for login in sample.expected if len(login.password) > 3 and login.password in kept
    ] == []


@pytest.mark.parametrize("sample", REFUSED, ids=_named)
def test_it_is_refused_with_a_hint_and_without_its_content(sample: Sample, tmp_path: Path) -> None:
    with pytest.raises(UnreadableExportError) as refusal:
        _export(sample, tmp_path)
    error = refusal.value
    said = f"{error} {error.hint.format(**error.values)} {error.values}"
    assert error.hint
    assert [
        secret for secret in (MARKER_USER, MARKER_PASSWORD, sample.secret) if secret and secret in said
    ] == []


@pytest.mark.parametrize("sample", [s for s in SAMPLES if isinstance(s.data, bytes)], ids=_named)
def test_its_file_name_tells_nothing(sample: Sample, tmp_path: Path) -> None:
    """The same content in a file, under a name of something else, is recognised and read the same."""
    assert isinstance(sample.data, bytes)
    path = tmp_path / _MISLEADING
    path.write_bytes(sample.data)
    midnight = datetime(sample.today.year, sample.today.month, sample.today.day, tzinfo=UTC).timestamp()
    os.utime(path, (midnight, midnight))
    with open_bundle(path) as bundle:
        assert _who_recognises(bundle) == [sample.reader]
        if not sample.refused:
            export = _reader(sample).read(bundle, _desk(sample))
            assert _sorted(map(_came_out, export.accounts)) == _sorted(map(_should, sample.expected))
            assert export.made_on == (sample.made_on or sample.today)


@pytest.mark.parametrize("data", _NOISE.values(), ids=_NOISE)
def test_nobody_recognises_anything_else(data: bytes) -> None:
    with bundle_of(data) as bundle:
        assert _who_recognises(bundle) == []


def test_every_format_has_a_reader_and_fixtures() -> None:
    assert {reader.id for reader in READERS} >= _IDS
    assert {sample.reader for sample in READABLE} == _IDS
    assert len({sample.name for sample in SAMPLES}) == len(SAMPLES)


def test_the_marker_is_planted_in_every_format_that_is_not_sealed() -> None:
    planted = {
        s.reader for s in READABLE for login in s.expected if login[1:3] == (MARKER_USER, MARKER_PASSWORD)
    }
    assert planted == _IDS - {"firefox-json"}

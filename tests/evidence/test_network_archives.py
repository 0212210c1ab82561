"""What the readers of network archives recognise, find and refuse, in every form that people hold them in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest
from tests.evidence.archives import (
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
from tests.evidence.archives.sample import MARKER, ArchiveSample, rewrapped, tarred, unpacked, zipped

from hygiene.errors import NotDoneError
from hygiene.evidence.formats import READERS
from hygiene.evidence.reading import Desk, Reader, UnreadableExportError
from hygiene.model.dates import Interval
from hygiene.model.evidence import COUNTS, DATES, FACTS, Export, Fact, Mark
from hygiene.safety.archives import Bundle, bundle_of, joined, open_bundle

NETWORKS = (instagram, facebook, x, tiktok, takeout, linkedin, snapchat, discord, reddit, apple, mastodon)
SAMPLES = tuple(sample for network in NETWORKS for sample in network.SAMPLES)
READ = tuple(sample for sample in SAMPLES if not sample.refused)
REFUSED = tuple(sample for sample in SAMPLES if sample.refused)
ALONE = tuple(sample for sample in READ if len(sample.members) == 1)
FIRST = tuple(network.SAMPLES[0] for network in NETWORKS)
TELLING = frozenset({"instagram", "x", "tiktok", "discord", "mastodon"})
"""The networks whose single file is known by what is in it, whatever it is called."""

Form = Callable[[ArchiveSample, Path], Bundle]


def _kept(content: bytes, folder: Path, sample: ArchiveSample) -> Bundle:
    return open_bundle(unpacked({"export": content}, folder, sample.today) / "export")


FORMS: dict[str, Form] = {
    "ZIP": lambda sample, folder: _kept(zipped(sample.members, sample.today), folder, sample),
    "ZIP made by hand": lambda sample, folder: _kept(
        zipped(rewrapped(sample.members), sample.today), folder, sample
    ),
    "tar.gz": lambda sample, folder: _kept(tarred(sample.members, sample.today), folder, sample),
    "folder": lambda sample, folder: open_bundle(unpacked(sample.members, folder / "export", sample.today)),
    "standard input": lambda sample, _folder: bundle_of(zipped(sample.members, sample.today)),
}
in_every_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())


def _of(samples: tuple[ArchiveSample, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("sample", samples, ids=[sample.name for sample in samples])


def _no_passwords(_password: str) -> Mark:
    raise AssertionError("no archive of a network holds a password")


def _desk(sample: ArchiveSample) -> Desk:
    return Desk(today=sample.today, mark=_no_passwords)


def _reader(bundle: Bundle) -> Reader:
    """Return the one reader that recognises it."""
    recognising = [reader for reader in READERS if reader.recognises(bundle)]
    assert len(recognising) == 1, [reader.id for reader in recognising]
    return recognising[0]


def _read(bundle: Bundle, sample: ArchiveSample) -> Export:
    with bundle:
        reader = _reader(bundle)
        assert reader.id == sample.reader
        return reader.read(bundle, _desk(sample))


def _assert_as_expected(export: Export, sample: ArchiveSample) -> None:
    (found,) = export.accounts
    assert found.network == sample.reader
    assert frozenset(found.facts) == sample.facts
    assert len(found.facts) == len(sample.facts)
    assert found.mark is None
    assert found.user == (sample.user or found.user)


@_of(READ)
@in_every_form
def test_one_account_is_found_with_exactly_what_the_archive_proves(
    form: Form, sample: ArchiveSample, tmp_path: Path
) -> None:
    export = _read(form(sample, tmp_path), sample)
    _assert_as_expected(export, sample)
    assert export.format == sample.reader


@_of(ALONE)
def test_a_single_file_of_an_archive_is_read_under_its_own_name(
    sample: ArchiveSample, tmp_path: Path
) -> None:
    ((name, content),) = sample.members.items()
    own = PurePosixPath(name).name
    folder = unpacked({own: content}, tmp_path, sample.today)
    _assert_as_expected(_read(open_bundle(folder / own), sample), sample)


@_of(tuple(sample for sample in ALONE if sample.reader in TELLING))
def test_a_single_file_that_says_what_it_is_is_read_whatever_it_is_called(
    sample: ArchiveSample, tmp_path: Path
) -> None:
    (content,) = sample.members.values()
    folder = unpacked({"passwords.csv": content}, tmp_path, sample.today)
    _assert_as_expected(_read(open_bundle(folder / "passwords.csv"), sample), sample)
    _assert_as_expected(_read(bundle_of(content), sample), sample)


@_of(FIRST)
def test_an_archive_in_two_parts_is_read_as_one(sample: ArchiveSample) -> None:
    names = list(sample.members)
    parts = [{name: sample.members[name] for name in half} for half in (names[::2], names[1::2])]
    bundles = [bundle_of(zipped(part, sample.today)) for part in parts if part]
    _assert_as_expected(_read(joined(bundles), sample), sample)


@_of(tuple(sample for sample in SAMPLES if sample.made_on))
@in_every_form
def test_the_day_that_an_archive_tells_is_its_day(form: Form, sample: ArchiveSample, tmp_path: Path) -> None:
    assert _read(form(sample, tmp_path), sample).made_on == sample.made_on


@_of(READ)
def test_no_archive_is_of_tomorrow(sample: ArchiveSample) -> None:
    later = sample.today.replace(year=sample.today.year + 1)
    bundle = bundle_of(zipped(sample.members, later))
    assert _read(bundle, sample).made_on <= sample.today


@_of(REFUSED)
@in_every_form
def test_an_archive_of_pages_or_texts_is_refused_with_how_to_ask_for_json(
    form: Form, sample: ArchiveSample, tmp_path: Path
) -> None:
    bundle = form(sample, tmp_path)
    with pytest.raises(UnreadableExportError) as refusal, bundle:
        _reader(bundle).read(bundle, _desk(sample))
    error = refusal.value
    assert _reader(bundle).id == sample.reader
    assert "JSON" in error.hint.format(**error.values)
    assert MARKER not in f"{error}{error.hint}{error.values}"


@_of(READ)
def test_a_reader_says_beforehand_what_it_can_prove(sample: ArchiveSample) -> None:
    (reader,) = (reader for reader in READERS if reader.id == sample.reader)
    assert {fact.name for fact in sample.facts} <= set(reader.proves)
    assert set(reader.proves) <= FACTS.keys() | DATES | COUNTS


@_of(READ)
def test_neither_remarks_nor_the_log_tell_a_user(
    sample: ArchiveSample, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    export = _read(bundle_of(zipped(sample.members, sample.today)), sample)
    for remark in export.remarks:
        assert MARKER not in remark.message.format(**dict(remark.values))
    assert MARKER not in caplog.text + "".join(capfd.readouterr())


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda content: content[: len(content) // 2],
    "empty": lambda _content: b"",
    "null": lambda _content: b"null",
    "a list": lambda _content: b"[]",
    "deep": lambda _content: b'{"a":' * 100_000,
    "zeros": lambda _content: b"\x00" * 4096,
    "no text": lambda _content: b"\xff\xfe\xd8\xd8\x00" * 500,
    "another network's": lambda _content: instagram.english()[instagram.PERSONAL],
}


@_of(FIRST)
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_member_is_no_traceback_and_proves_nothing_else(
    damage: Callable[[bytes], bytes], sample: ArchiveSample
) -> None:
    for name, content in sample.members.items():
        bundle = bundle_of(zipped(sample.members | {name: damage(content)}, sample.today))
        for reader in [each for each in READERS if each.recognises(bundle)]:
            said, proved = _outcome(reader, bundle, sample)
            assert MARKER not in said
            assert reader.id != sample.reader or proved <= {fact.name for fact in sample.facts}


def _outcome(reader: Reader, bundle: Bundle, sample: ArchiveSample) -> tuple[str, set[str]]:
    """Return what a person is told, and the names of what is proved."""
    try:
        export = reader.read(bundle, _desk(sample))
    except NotDoneError as error:
        return f"{error}{error.hint}{error.values}", set()
    return repr(export.remarks), {fact.name for found in export.accounts for fact in found.facts}


@_of(SAMPLES)
def test_what_is_expected_can_be_said(sample: ArchiveSample) -> None:
    """The samples themselves: a misspelt fact would never be found."""
    for fact in sample.facts:
        assert _can_be_said(fact), fact
    assert (
        any(MARKER.encode() in content for content in sample.members.values())
        or sample.name == "apple nested"
    )
    assert not (sample.refused and sample.facts)


def _can_be_said(fact: Fact) -> bool:
    match fact.value:
        case str():
            return fact.value in FACTS.get(fact.name, frozenset())
        case Interval():
            return fact.name in DATES
        case _:
            return fact.name in COUNTS

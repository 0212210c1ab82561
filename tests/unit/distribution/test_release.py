from __future__ import annotations

import base64
import json
from datetime import date

import pytest
from tests.attacks.publisher import release_bytes

from hygiene.distribution.failures import SourceNameError, TooNewError, UnusableReleaseError
from hygiene.distribution.release import RELEASE_BYTES, parse_release
from hygiene.errors import NotDoneError

PICTURE = b"\x89PNG\r\n\x1a\n"


def test_a_release_has_text_and_pictures_as_bytes() -> None:
    release = parse_release(
        release_bytes(
            {"acme-phones.yaml": "title: Téléphones\n", "logo.png": base64.b64encode(PICTURE).decode()}
        )
    )
    assert (release.source, release.title, release.contact, release.released_on) == (
        "acme",
        "ACME security team",
        "security@acme.example",
        date(2026, 11, 22),
    )
    assert release.files == {"acme-phones.yaml": "title: Téléphones\n".encode(), "logo.png": PICTURE}


def test_what_would_harm_a_terminal_is_harmless() -> None:
    release = parse_release(release_bytes({}, title="AC\x1b[2JME", contact="a\u202eb" + "c" * 500))
    assert release.title == "AC\ufffd[2JME"
    assert release.contact.startswith("a\ufffdb")
    assert len(release.contact) == 200


@pytest.mark.parametrize("name", ["acme-a.yaml", "policy.yaml", "notice.yaml", "acme-logo.png", "logo.png"])
def test_a_file_is_named_after_the_source_or_is_one_of_the_known(name: str) -> None:
    assert name in parse_release(release_bytes({name: ""})).files


@pytest.mark.parametrize(
    "name",
    [
        "instagram.yaml",
        "other-a.yaml",
        "acme.yaml",
        "../acme-a.yaml",
        "/acme-a.yaml",
        "acme-a.YAML",
        "acme-a.py",
        "acme-a.yaml\n",
        "acme-" + "a" * 40 + ".yaml",
        "",
    ],
)
def test_any_other_file_is_refused(name: str) -> None:
    with pytest.raises(UnusableReleaseError, match="does not carry the name of the source"):
        parse_release(release_bytes({name: ""}))


@pytest.mark.parametrize("text", ["no base64", "AAA", "AAAA\n", "ÀAAA"])
def test_a_picture_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UnusableReleaseError, match="a picture in the release cannot be read"):
        parse_release(release_bytes({"logo.png": text}))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        b"{" * 100_000,
        b"[" * 100_000,
        b'{"format": "1"}',
        b'{"format": 1, "source": "acme"}',
        release_bytes({}, released_on="soon"),
        release_bytes({"acme-a.yaml": ""}).replace(b'""', b"1"),
        release_bytes({}).replace(b'"files": {}', b'"files": []'),
        release_bytes({}, title=None),
        release_bytes({"acme-a.yaml": "X"}).replace(b"X", b"\\ud800"),
    ],
)
def test_what_is_no_release_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnusableReleaseError, match="not in a form that hygiene knows") as caught:
        parse_release(data)
    assert "your lists stay as they are" in caught.value.hint
    assert isinstance(caught.value, NotDoneError)


def test_one_of_a_later_form_asks_for_a_newer_hygiene() -> None:
    """Whatever else it may hold by then."""
    with pytest.raises(TooNewError) as caught:
        parse_release(json.dumps({"format": 2, "source": "acme", "parts": []}).encode())
    assert str(caught.value) == "“acme” needs a newer hygiene than this one"


@pytest.mark.parametrize("name", ["my", "hygiene", "Acme", "../acme"])
def test_a_name_that_no_source_may_have_is_refused(name: str) -> None:
    with pytest.raises(SourceNameError):
        parse_release(release_bytes({}, source=name))


def test_five_mebibytes_are_enough() -> None:
    """One byte more, and it is not even looked at."""
    release = release_bytes({})
    assert parse_release(release + b" " * (RELEASE_BYTES - len(release))).source == "acme"
    with pytest.raises(UnusableReleaseError, match="the release is larger than 5 MiB"):
        parse_release(b" " * (RELEASE_BYTES + 1))

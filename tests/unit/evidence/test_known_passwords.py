from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from hashlib import sha1
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.errors import NotDoneError
from hygiene.evidence.known_passwords import KnownPasswords, open_known_passwords

MARKER = "Zx9-MARKER-pass-7Qv"
PADDED = "padded-and-never-seen"
ABSENT = "not-in-any-list"

Form = Callable[[Iterable[str]], Path]


def _hash(password: str) -> str:
    return sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


def _listed(hashes: Iterable[str], line_break: str = "\n") -> bytes:
    return "".join(f"{each}:{n + 1}{line_break}" for n, each in enumerate(sorted(hashes))).encode()


def _file(folder: Path, data: bytes) -> Path:
    path = folder / "known.txt"
    path.write_bytes(data)
    return path


def _range(folder: Path, password: str, name: str = "{}.txt", line: str = "{}:7\n") -> Path:
    """Write the range file of a password, and nothing else in it than its line and padding."""
    digest = _hash(password)
    path = folder / name.format(digest[:5])
    path.write_text(f"{'0' * 35}:0\n{line.format(digest[5:])}{'F' * 35}:0\n", newline="")
    return path


def _refusal(path: Path) -> str:
    with pytest.raises(NotDoneError) as caught:
        open_known_passwords(path)
    assert caught.value.hint
    return str(caught.value)


# One file


@pytest.fixture(scope="module")
def passwords() -> list[str]:
    """20,000 passwords in the order of their hashes: more than is looked at when a list is opened."""
    return sorted((f"password-{n}" for n in range(20_000)), key=_hash)


@pytest.fixture(scope="module")
def big(passwords: list[str], tmp_path_factory: pytest.TempPathFactory) -> KnownPasswords:
    folder = tmp_path_factory.mktemp("known")
    return open_known_passwords(_file(folder, _listed(map(_hash, passwords[1:-1]))))


def test_the_first_the_last_and_those_between_are_found(big: KnownPasswords, passwords: list[str]) -> None:
    """No place of the file is out of reach of the search."""
    listed = passwords[1:-1]
    assert big.has(listed[0])
    assert big.has(listed[-1])
    assert all(big.has(each) for each in listed[::97])


def test_what_is_not_listed_is_not_found(big: KnownPasswords, passwords: list[str]) -> None:
    """Before the first line, after the last, and between two lines."""
    assert not big.has(passwords[0])
    assert not big.has(passwords[-1])
    assert not any(big.has(f"{ABSENT}-{n}") for n in range(200))


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("has_last_break", [True, False], ids=["ended", "not-ended"])
@pytest.mark.parametrize("written", [str.upper, str.lower], ids=["capitals", "small"])
def test_small_files_of_every_spelling(
    tmp_path: Path,
    count: int,
    line_break: str,
    has_last_break: bool,  # noqa: FBT001
    written: Callable[[str], str],
) -> None:
    """One line or some, with or without a break at the end, in capitals or not."""
    listed = [f"one-of-{n}" for n in range(count)]
    data = _listed((written(_hash(each)) for each in listed), line_break)
    known = open_known_passwords(_file(tmp_path, data if has_last_break else data.rstrip()))
    assert all(known.has(each) for each in listed)
    assert not known.has(ABSENT)


def test_lines_of_many_lengths(tmp_path: Path) -> None:
    """A count of one digit stands beside one of eight, and small letters beside capitals."""
    listed = [f"many-{n}" for n in range(300)]
    lines = [f"{_hash(each)}:{10 ** (n % 8)}\n" for n, each in enumerate(sorted(listed, key=_hash))]
    lines[::3] = [line.lower() for line in lines[::3]]
    known = open_known_passwords(_file(tmp_path, "".join(lines).encode()))
    assert all(known.has(each) for each in listed)


@given(st.sets(st.text()), st.sets(st.text()), st.sampled_from(["\n", "\r\n"]))
def test_the_file_is_the_set(
    tmp_path_factory: pytest.TempPathFactory, listed: set[str], others: set[str], line_break: str
) -> None:
    """Whatever is listed is found, and nothing else."""
    path = _file(tmp_path_factory.mktemp("set"), _listed(map(_hash, listed | {"x"}), line_break))
    known = open_known_passwords(path)
    assert {each for each in listed | others if known.has(each)} == listed | (others & {"x"})


def test_a_count_of_nought_is_padding_in_a_file_too(tmp_path: Path) -> None:
    """Who glues ranges together keeps their padding."""
    lines = sorted([f"{_hash(PADDED)}:0", f"{_hash(MARKER)}:10"])
    known = open_known_passwords(_file(tmp_path, "\n".join(lines).encode()))
    assert known.has(MARKER)
    assert not known.has(PADDED)


def test_a_lone_surrogate_is_looked_up(big: KnownPasswords) -> None:
    """JSON can hold half a pair; that is no reason to stop."""
    assert not big.has("\ud800")


def test_a_list_that_is_not_sorted_is_refused(tmp_path: Path, passwords: list[str]) -> None:
    """At its beginning, in its middle or at its end: nothing would be found in it."""
    lines = _listed(map(_hash, passwords)).splitlines(keepends=True)
    half = len(lines) // 2
    for wrong in (lines[::-1], lines[half:] + lines[:half], lines[1:] + lines[:1], [lines[-1], *lines[:-1]]):
        assert "not sorted" in _refusal(_file(tmp_path, b"".join(wrong)))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\n\n\n", id="line-breaks"),
        pytest.param(b"url,username,password\n", id="csv"),
        pytest.param(b"<html><body>Not found</body></html>", id="html"),
        pytest.param(b"8846F7EAEE8FB117AD06BDD830B7586C:8\n", id="ntlm"),
        pytest.param(b"1E4C9B93F3F0682250B6CF8331B7EE68FD8:8\n", id="one-range"),
        pytest.param(b"5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8\n", id="no-count"),
        pytest.param(b"PK\x03\x04" + bytes(100), id="zip"),
        pytest.param(bytes(500_000), id="big-and-empty"),
    ],
)
def test_a_foreign_file_is_refused(tmp_path: Path, data: bytes) -> None:
    """What is not in that form is not searched; it would answer “not known” to everything."""
    assert "not a list" in _refusal(_file(tmp_path, data))


@pytest.mark.parametrize("place", [0.0, 0.5, 0.99])
def test_a_hole_in_a_big_file_is_seen_when_it_is_opened(
    tmp_path: Path, passwords: list[str], place: float
) -> None:
    """A download that broke off leaves zeros."""
    data = bytearray(_listed(map(_hash, passwords)))
    at = int(len(data) * place)
    data[at : at + len(data) // 50] = bytes(len(data[at : at + len(data) // 50]))
    assert "not a list" in _refusal(_file(tmp_path, bytes(data)))


@pytest.mark.parametrize("spoilt", [b"?" * 30, bytes(3000)], ids=["letters", "zeros"])
def test_a_hole_that_a_search_falls_into_stops_it(
    tmp_path: Path, passwords: list[str], spoilt: bytes
) -> None:
    """What lies between the places that were looked at is seen when it is needed."""
    data = _listed(map(_hash, passwords))
    known, missed = next(_opened_in_spite_of(tmp_path, data, passwords, spoilt))
    with pytest.raises(NotDoneError, match="damaged"):
        known.has(missed)


def _opened_in_spite_of(
    folder: Path, data: bytes, passwords: list[str], spoilt: bytes
) -> Iterator[tuple[KnownPasswords, str]]:
    """Yield lists that open although the line of a password is spoilt, and that password."""
    for missed in passwords[1000::20]:
        at = data.index(_hash(missed).encode())
        with suppress(NotDoneError):
            path = _file(folder, data[:at] + spoilt + data[at + len(spoilt) :])
            yield open_known_passwords(path), missed


@pytest.mark.parametrize("shrunk", [0, 43, 100, 430])
def test_a_file_cut_while_it_is_used_is_noticed(tmp_path: Path, shrunk: int) -> None:
    """Whether it ends with a line or within one."""
    path = _file(tmp_path, _listed(_hash(f"cut-{n}") for n in range(50)))
    known = open_known_passwords(path)
    os.truncate(path, shrunk)
    with pytest.raises(NotDoneError, match="damaged"):
        known.has(MARKER)


def test_a_file_that_grows_while_it_is_used_is_noticed(tmp_path: Path) -> None:
    """A download is still under way."""
    path = _file(tmp_path, _listed(_hash(f"more-{n}") for n in range(50)))
    known = open_known_passwords(path)
    with path.open("ab") as file:
        file.write(b"F" * 40 + b":1\n")
    with pytest.raises(NotDoneError, match="changed"):
        known.has(MARKER)


def test_a_file_that_goes_away_is_noticed(tmp_path: Path) -> None:
    """A disk can be unplugged."""
    path = _file(tmp_path, _listed([_hash("gone")]))
    known = open_known_passwords(path)
    path.unlink()
    with pytest.raises(NotDoneError, match="cannot be read"):
        known.has(MARKER)


# A folder of ranges


@pytest.mark.parametrize("name", ["{}", "{}.txt"])
@pytest.mark.parametrize("spelt", [str.upper, str.lower], ids=["capitals", "small"])
@pytest.mark.parametrize("line", ["{}:7\n", "{}:7\r\n", "{}:10\n"])
def test_a_range_is_found_under_each_of_its_names(
    tmp_path: Path, name: str, spelt: Callable[[str], str], line: str
) -> None:
    """Capitals or not, with an ending or without, LF or CRLF."""
    path = _range(tmp_path, MARKER, name, line)
    path.write_bytes(spelt(path.read_bytes().decode()).encode())
    prefix = _hash(MARKER)[:5]
    path.rename(tmp_path / path.name.replace(prefix, spelt(prefix)))
    known = open_known_passwords(tmp_path)
    assert known.has(MARKER)
    assert not known.has(ABSENT)


@pytest.mark.parametrize("line", ["{}:0\n", "{}:0\r\n", "{}:000\n"])
def test_padding_is_no_hit(tmp_path: Path, line: str) -> None:
    """A line with a count of 0 hides how long the range is, and names nobody's password."""
    _range(tmp_path, PADDED, line=line)
    assert not open_known_passwords(tmp_path).has(PADDED)


def test_the_rest_of_a_hash_counts_only_as_a_whole(tmp_path: Path) -> None:
    """Neither another rest in the same range nor the same rest in another range is a hit."""
    digest = _hash(MARKER)
    other = digest[5:-1] + ("0" if digest[-1] != "0" else "1")
    (tmp_path / f"{digest[:5]}.txt").write_text(f"{other}:9\n")
    (tmp_path / "00000.txt").write_text(f"{digest[5:]}:9\n")
    assert not open_known_passwords(tmp_path).has(MARKER)


def test_other_things_in_the_folder_do_not_matter(tmp_path: Path) -> None:
    """Downloaders leave notes beside the ranges."""
    (tmp_path / "README.md").write_text("notes")
    (tmp_path / ".etag").mkdir()
    _range(tmp_path, MARKER)
    assert open_known_passwords(tmp_path).has(MARKER)


@given(st.sets(st.text()), st.sets(st.text()))
def test_the_folder_is_the_set(
    tmp_path_factory: pytest.TempPathFactory, listed: set[str], others: set[str]
) -> None:
    """Whatever is listed is found, and nothing else."""
    folder = tmp_path_factory.mktemp("ranges")
    for each in {_hash(password) for password in listed | {"x"}}:
        with (folder / each[:5]).open("a") as file:
            file.write(f"{each[5:]}:3\n")
    known = open_known_passwords(folder)
    assert {each for each in listed | others if known.has(each)} == listed | (others & {"x"})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("README.md", b"nothing here", id="no-range"),
        pytest.param("5BAA6.gz", b"\x1f\x8b", id="packed"),
        pytest.param("5BAA6", b"", id="empty-range"),
        pytest.param("5BAA6", b"7EAEE8FB117AD06BDD830B7586C:8\n", id="ntlm"),
        pytest.param("5BAA6", b"<html></html>", id="html"),
        pytest.param("5BAA6", b"0" * 35 + b":1\nmore\n", id="spoilt"),
    ],
)
def test_a_foreign_folder_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    """A folder without ranges, or with ranges of another list, would answer “not known” to everything."""
    (tmp_path / name).write_bytes(data)
    assert "not a list" in _refusal(tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    """There is nothing to look in."""
    assert "not a list" in _refusal(tmp_path)


@pytest.mark.parametrize(
    "data", [b"", b"<html></html>", (b"0" * 35 + b":1\n") * 2**19], ids=["empty", "html", "huge"]
)
def test_a_spoilt_range_is_noticed_when_it_is_needed(tmp_path: Path, data: bytes) -> None:
    """An error page saved under the name of a range is no “not known”."""
    for n in range(8):
        (tmp_path / f"0000{n}").write_bytes(b"0" * 35 + b":1\n")
    known = open_known_passwords(tmp_path)
    (tmp_path / _hash(MARKER)[:5]).write_bytes(data)
    with pytest.raises(NotDoneError, match="damaged"):
        known.has(MARKER)


def test_a_range_that_cannot_be_read_is_not_named(tmp_path: Path) -> None:
    """Its name is the beginning of the password's hash."""
    _range(tmp_path, "another")
    known = open_known_passwords(tmp_path)
    prefix = _hash(MARKER)[:5]
    (tmp_path / f"{prefix}.txt").mkdir()
    with pytest.raises(NotDoneError, match="cannot be read") as caught:
        known.has(MARKER)
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value.values)
    assert prefix not in shown
    assert prefix.lower() not in shown
    assert MARKER not in shown


# Neither


def test_a_path_without_anything_is_refused(tmp_path: Path) -> None:
    """A slip of the pen in its name."""
    assert "cannot be read" in _refusal(tmp_path / "missing")


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    """Reading it would wait for ever."""
    os.mkfifo(tmp_path / "pipe")
    assert "not a list" in _refusal(tmp_path / "pipe")


def test_an_endless_device_is_refused_at_once() -> None:
    """It has no end to look at."""
    assert "not a list" in _refusal(Path("/dev/zero"))

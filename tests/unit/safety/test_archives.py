from __future__ import annotations

import csv
import gzip
import io
import os
import re
import tarfile
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.faults.packing import Entry, packed, packed_tar, packed_zip, plain_zip, tar_header

from hygiene.safety.archives import (
    Limits,
    RefusedArchiveError,
    bundle_of,
    joined,
    open_bundle,
)
from hygiene.safety.files import MissingFileError

DAY = date(2026, 3, 11)
CONTENT = {"export/security/logins.json": b'{"a": 1}', "export/start.csv": b"url,name\nx,y\n"}


def as_zip(folder: Path) -> Path:
    (folder / "export.bin").write_bytes(plain_zip(CONTENT))
    return folder / "export.bin"


def as_tar(folder: Path) -> Path:
    (folder / "export.bin").write_bytes(packed_tar(CONTENT))
    return folder / "export.bin"


def as_folder(folder: Path) -> Path:
    for name, data in CONTENT.items():
        (folder / "given" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "given" / name).write_bytes(data)
    return folder / "given"


every_form = pytest.mark.parametrize("form", [as_zip, as_tar, as_folder])


def last_changed(path: Path, year: int, month: int, day: int) -> date:
    """Set the time of a file to noon of that day, local."""
    noon = datetime(year, month, day, 12).astimezone().timestamp()
    os.utime(path, (noon, noon))
    return date(year, month, day)


def refused(words: str, work: Callable[[], object]) -> None:
    with pytest.raises(RefusedArchiveError, match=words) as caught:
        work()
    assert caught.value.hint


@every_form
def test_every_form_gives_the_same_members(form: Callable[[Path], Path], tmp_path: Path) -> None:
    """A ZIP and a tar are known by their first bytes, whatever the file is called."""
    with open_bundle(form(tmp_path)) as bundle:
        assert {name: bundle.read(name) for name in bundle.names} == CONTENT


@every_form
def test_a_member_is_read_piece_by_piece(form: Callable[[Path], Path], tmp_path: Path) -> None:
    with open_bundle(form(tmp_path)) as bundle, bundle.open("export/start.csv") as stream:
        assert list(csv.reader(io.TextIOWrapper(stream))) == [["url", "name"], ["x", "y"]]


@every_form
def test_two_members_are_read_by_turns(form: Callable[[Path], Path], tmp_path: Path) -> None:
    limits = Limits(small_bytes=0)
    with (
        open_bundle(form(tmp_path), limits) as bundle,
        bundle.open("export/start.csv") as one,
        bundle.open("export/security/logins.json") as other,
    ):
        assert (one.read(3), other.read(4), one.read(3), other.read()) == (b"url", b'{"a"', b",na", b": 1}")


@every_form
def test_what_was_read_is_closed(form: Callable[[Path], Path], tmp_path: Path) -> None:
    """Also while somebody still holds it, and where reading was refused."""
    path = form(tmp_path)
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - the number of them is enough
    bundle = open_bundle(path, Limits(small_bytes=0))
    held = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    stream = bundle.open("export/start.csv", 5)
    refused("larger", stream.read)
    stream.close()
    assert len(os.listdir("/proc/self/fd")) == held  # noqa: PTH208
    bundle.close()
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208
    assert stream.closed


@every_form
def test_more_than_what_was_asked_for_is_refused(form: Callable[[Path], Path], tmp_path: Path) -> None:
    """By `read` and by `open` alike; exactly as much is read."""
    with open_bundle(form(tmp_path), Limits(small_bytes=0)) as bundle:
        assert bundle.read("export/start.csv", 13) == CONTENT["export/start.csv"]
        refused("larger than 1 MiB", lambda: bundle.read("export/start.csv", 12))
        refused("larger than 1 MiB", lambda: bundle.read("export/start.csv", 0))
        refused("larger than 1 MiB", lambda: bundle.open("export/start.csv", 12).read())


@every_form
def test_the_first_bytes_are_given_also_of_a_member_that_is_too_large(
    form: Callable[[Path], Path], tmp_path: Path
) -> None:
    with open_bundle(form(tmp_path), Limits(member_bytes=3, stream_bytes=20)) as bundle:
        assert bundle.head("export/start.csv", 3) == b"url"
        assert bundle.head("export/start.csv") == CONTENT["export/start.csv"]
        refused("larger", lambda: bundle.read("export/start.csv"))


@every_form
def test_what_is_unpacked_in_one_run_is_limited(form: Callable[[Path], Path], tmp_path: Path) -> None:
    """Everything counts: whole members, streams and first bytes; afterwards there are no first bytes."""
    with open_bundle(form(tmp_path), Limits(total_bytes=30, kept_bytes=0, ratio=10**9)) as bundle:
        bundle.read("export/start.csv")
        bundle.head("export/start.csv")
        refused("unpacked, this is more than 1 MiB", lambda: bundle.read("export/start.csv"))
        assert bundle.head("export/start.csv") == b""


def test_a_file_that_is_no_archive_is_one_member(tmp_path: Path) -> None:
    (tmp_path / "Chrome\u00a0Passwords\x1b.csv").write_bytes(b"name,url\n")
    day = last_changed(tmp_path / "Chrome\u00a0Passwords\x1b.csv", 2026, 2, 1)
    with open_bundle(tmp_path / "Chrome\u00a0Passwords\x1b.csv") as bundle:
        assert bundle.names == ("Chrome Passwords\ufffd.csv",)
        assert bundle.read(bundle.names[0]) == b"name,url\n"
        assert (bundle.label, bundle.made_on) == ("file", day)


@pytest.mark.parametrize(
    "data", [b"", b"P", b"name,url\n", packed(b"no tar"), b"\x1f\x8b", b"\x1f\x8bno gzip"]
)
def test_bytes_that_are_no_archive_are_one_member(data: bytes) -> None:
    bundle = bundle_of(data)
    assert (bundle.names, bundle.read("-"), bundle.label, bundle.made_on) == (("-",), data, "file", None)


@pytest.mark.parametrize(("data", "label"), [(plain_zip(CONTENT), "zip"), (packed_tar(CONTENT), "tar")])
def test_bytes_that_are_an_archive_are_looked_into(data: bytes, label: str) -> None:
    bundle = bundle_of(data)
    assert {name: bundle.read(name) for name in bundle.names} == CONTENT
    assert bundle.label == label


def test_an_empty_archive_has_no_members() -> None:
    assert bundle_of(plain_zip({})).names == ()


@pytest.mark.parametrize("length", [1, 40_000, 65_535])
def test_a_zip_may_end_with_a_comment(length: int) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.json", bytes(50_000))
        archive.comment = b"x" * length
    assert bundle_of(file.getvalue()).read("a.json") == bytes(50_000)


def test_a_zip64_is_read_within_the_same_limits() -> None:
    """What has more than 65,535 members is one."""
    data = plain_zip(dict.fromkeys(map(str, range(65_600)), b""), zipfile.ZIP_STORED)
    assert b"PK\6\6" in data
    assert bundle_of(data, Limits(members=65_600)).read("65599") == b""
    refused("more than 65599 files", lambda: bundle_of(data, Limits(members=65_599)))
    refused("contents is larger than 1 MiB", lambda: bundle_of(data, Limits(directory_bytes=1024 * 1024)))


def test_a_path_with_nothing_is_missing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "gone", tmp_path / "file" / "below"):
        with pytest.raises(MissingFileError, match="does not exist"):
            open_bundle(path)


def test_a_closed_bundle_is_not_read() -> None:
    bundle = bundle_of(plain_zip(CONTENT))
    bundle.close()
    refused("damaged", lambda: bundle.read("export/start.csv"))


class TestNames:
    def test_they_are_composed_and_have_plain_spaces(self) -> None:
        """Flag bit 11 says UTF-8; without it, they are in code page 437."""
        decomposed = unicodedata.normalize("NFD", "Activité\u00a0du\u202fcompte.json")
        utf8 = Entry(decomposed.encode(), flags=1 << 11)
        old = Entry("Bücher.json".encode("cp437"))
        assert bundle_of(packed_zip([utf8, old])).names == ("Activité du compte.json", "Bücher.json")

    def test_control_characters_do_not_reach_a_terminal(self) -> None:
        names = bundle_of(
            packed_zip([Entry(b"a\x1b[2J.json"), Entry(b"b\nc\xe2\x80\xae", flags=1 << 11)])
        ).names
        assert names == ("a\ufffd[2J.json", "b\ufffdc\ufffd")

    def test_names_in_no_encoding_are_shown_all_the_same(self, tmp_path: Path) -> None:
        """A tar and a folder may hold them; they can be read."""
        (tmp_path / "given").mkdir()
        (tmp_path / "given" / os.fsdecode(b"\xe9.json")).write_bytes(b"{}")
        with open_bundle(tmp_path / "given") as bundle:
            assert {name: bundle.read(name) for name in bundle.names} == {"\ufffd.json": b"{}"}

    def test_what_a_system_left_there_is_no_member(self, tmp_path: Path) -> None:
        """Folders neither."""
        left = [
            "__MACOSX/a.json",
            "x/__MACOSX/a.json",
            "._a.json",
            "x/._a",
            ".DS_Store",
            "x/Thumbs.db",
            "Desktop.ini",
        ]
        kept = ["x/MACOSX.json", "_a.json", "x/.a.json", "thumbs.db.json"]
        members = dict.fromkeys([*left, *kept, "empty/", "./"], b"")
        assert sorted(bundle_of(plain_zip(members)).names) == sorted(kept)
        assert sorted(bundle_of(packed_tar(members)).names) == sorted(kept)
        for name in [*left, *kept]:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).touch()
        assert sorted(open_bundle(tmp_path).names) == sorted(kept)

    def test_parts_that_say_nothing_are_left_out(self) -> None:
        assert bundle_of(packed_tar({"./a/.//b.json": b""})).names == ("a/b.json",)
        assert bundle_of(packed_zip([Entry(b"./a/./b.json"), Entry(b"a//"), Entry(b"")])).names == (
            "a/b.json",
        )

    def test_a_namesake_goes_into_a_folder_and_both_are_read(self) -> None:
        """Its own name and the folder above stay, so that readers know both."""
        data = packed_zip(
            [Entry(b"a/b", b"1"), Entry(b"(2)/a/b", b"2"), Entry(b"a/b", b"3"), Entry(b"a/b", b"4")]
        )
        bundle = bundle_of(data)
        assert bundle.names == ("a/b", "(2)/a/b", "(3)/a/b", "(4)/a/b")
        assert [bundle.read(name) for name in bundle.names] == [b"1", b"2", b"3", b"4"]
        assert bundle.find("b", "a") == bundle.names

    def test_a_member_is_found_by_its_own_name_and_the_folder_above(self) -> None:
        bundle = bundle_of(
            plain_zip(dict.fromkeys(["Security/Logins.json", "x/y/logins.json", "logins.json"], b""))
        )
        assert bundle.find("LOGINS.json") == bundle.names
        assert bundle.find("logins.json", "security") == ("Security/Logins.json",)
        assert bundle.find("logins.json", "Y") == ("x/y/logins.json",)
        assert bundle.find("logins.json", "x") == ()
        assert bundle.find("Logins") == ()

    def test_a_name_is_found_however_its_accents_are_written(self) -> None:
        bundle = bundle_of(plain_zip({"été/Activité.json": b""}))
        assert bundle.find(unicodedata.normalize("NFD", "ACTIVITÉ.json"), "Été") == bundle.names

    def test_a_member_matches_as_a_whole(self) -> None:
        bundle = bundle_of(plain_zip(dict.fromkeys(["a/b.json", "a/b.json.bak", "xa/b.json"], b"")))
        assert bundle.matching(re.compile(r"a/.\.json")) == ("a/b.json",)


class TestDays:
    def test_the_newest_member_tells_when_it_was_made(self, tmp_path: Path) -> None:
        path = tmp_path / "export.zip"
        path.write_bytes(
            packed_zip([Entry(b"a", day=(2026, 3, 9)), Entry(b"b"), Entry(b"c", day=(2025, 1, 1))])
        )
        last_changed(path, 2026, 4, 1)
        assert open_bundle(path).made_on == DAY
        path.write_bytes(packed_tar(CONTENT))
        last_changed(path, 2026, 4, 1)
        assert open_bundle(path).made_on == DAY

    @pytest.mark.parametrize(
        "day", [(1980, 0, 0), (1980, 1, 1), (2026, 13, 1), (2107, 12, 31), (2003, 12, 31)]
    )
    def test_days_that_no_export_bears_are_passed_over(
        self, day: tuple[int, int, int], tmp_path: Path
    ) -> None:
        """A member is not newer than the file; where no day is left, it is the file's."""
        path = tmp_path / "export.zip"
        path.write_bytes(packed_zip([Entry(b"a", day=day), Entry(b"b")]))
        last_changed(path, 2026, 4, 1)
        assert open_bundle(path).made_on == DAY
        path.write_bytes(packed_zip([Entry(b"a", day=day)]))
        last_changed(path, 2026, 4, 1)
        assert open_bundle(path).made_on == date(2026, 4, 1)

    def test_a_day_more_than_the_file_s_is_believed(self, tmp_path: Path) -> None:
        """The members' days may be those of another part of the world."""
        path = tmp_path / "export.zip"
        path.write_bytes(packed_zip([Entry(b"a", day=(2026, 3, 12)), Entry(b"b", day=(2026, 3, 13))]))
        last_changed(path, 2026, 3, 11)
        assert open_bundle(path).made_on == date(2026, 3, 12)

    def test_a_file_from_the_end_of_time_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "export.zip"
        path.write_bytes(packed_zip([Entry(b"a")]))
        last_changed(path, 9999, 12, 31)
        assert open_bundle(path).made_on == DAY

    def test_a_file_without_a_plausible_day_does_not_limit_its_members(self, tmp_path: Path) -> None:
        path = tmp_path / "export.zip"
        path.write_bytes(packed_zip([Entry(b"a")]))
        os.utime(path, (0, 0))
        assert open_bundle(path).made_on == DAY
        path.write_bytes(b"name,url\n")
        os.utime(path, (0, 0))
        assert open_bundle(path).made_on is None

    def test_standard_input_has_the_members_days(self) -> None:
        assert bundle_of(packed_zip([Entry(b"a")])).made_on == DAY
        assert bundle_of(packed_zip([Entry(b"a", day=(1980, 0, 0))])).made_on is None

    def test_a_tar_s_absurd_time_is_no_day(self) -> None:
        about = tarfile.TarInfo("a")
        about.mtime = 2**60
        assert bundle_of(packed_tar({}, [about])).made_on is None

    def test_a_folder_is_as_old_as_its_newest_file(self, tmp_path: Path) -> None:
        folder = as_folder(tmp_path)
        last_changed(folder / "export" / "start.csv", 2026, 2, 1)
        last_changed(folder / "export" / "security" / "logins.json", 2026, 1, 31)
        assert open_bundle(folder).made_on == date(2026, 2, 1)
        assert open_bundle(folder).label == "folder"


class TestArchiveInAnArchive:
    INNER = plain_zip({"in/a.json": b'{"a": 1}'})

    def test_its_members_follow(self) -> None:
        bundle = bundle_of(plain_zip({"Part One.ZIP": self.INNER, "b.json": b"{}"}))
        assert bundle.names == ("Part One.ZIP", "b.json", "Part One.ZIP/in/a.json")
        assert bundle.read("Part One.ZIP/in/a.json") == b'{"a": 1}'
        assert bundle.read("Part One.ZIP") == self.INNER
        assert bundle.find("a.json", "in") == ("Part One.ZIP/in/a.json",)

    @every_form
    def test_it_may_lie_in_anything(
        self, form: Callable[[Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(CONTENT, "p.zip", self.INNER)
        with open_bundle(form(tmp_path)) as bundle:
            assert bundle.read("p.zip/in/a.json") == b'{"a": 1}'

    def test_one_in_that_is_a_plain_member(self) -> None:
        outer = plain_zip({"two.zip": plain_zip({"three.zip": self.INNER})})
        assert bundle_of(outer).names == ("two.zip", "two.zip/three.zip")
        assert bundle_of(outer).read("two.zip/three.zip") == self.INNER

    @pytest.mark.parametrize(
        "inner",
        [
            b"",
            b"PK",
            b"no archive",
            b"#!/bin/sh\n" + INNER,
            INNER[:-5],
            plain_zip({}),
            plain_zip({"../a": b""}),
            packed_tar({}),
        ],
    )
    def test_one_that_cannot_be_read_is_a_plain_member(self, inner: bytes) -> None:
        bundle = bundle_of(plain_zip({"p.zip": inner, "b.json": b"{}"}))
        assert bundle.names == ("p.zip", "b.json")
        assert bundle.read("p.zip") == inner

    def test_only_a_member_of_that_name_is_opened(self) -> None:
        """Else a listing would unpack everything; here, two of them may be unpacked and not three."""
        outer = plain_zip({"p.zip.json": self.INNER, "p.zip": self.INNER})
        bundle = bundle_of(outer, Limits(total_bytes=3 * len(self.INNER) - 1))
        assert bundle.names == ("p.zip.json", "p.zip", "p.zip/in/a.json")
        assert bundle.read("p.zip.json") == self.INNER
        refused("unpacked", lambda: bundle.read("p.zip.json"))

    def test_a_member_of_the_outer_archive_is_read_without_looking_into_them(self) -> None:
        bundle = bundle_of(plain_zip({"p.zip": self.INNER, "b.json": b"{}"}), Limits(total_bytes=2))
        assert bundle.read("b.json") == b"{}"

    def test_they_are_kept_in_memory_up_to_a_limit_together(self) -> None:
        """The smallest first: photos are of no use here."""
        large = plain_zip({"photo": bytes(1000)}, zipfile.ZIP_STORED)
        outer = plain_zip({"large.zip": large, "one.zip": self.INNER, "two.zip": self.INNER})
        room = 2 * len(self.INNER)
        for limits, inside in (
            (Limits(nested_bytes=room), {"one.zip/in/a.json", "two.zip/in/a.json"}),
            (Limits(nested_bytes=room - 1), {"one.zip/in/a.json"}),
            (Limits(nested=2), {"one.zip/in/a.json", "two.zip/in/a.json"}),
            (Limits(nested=0), set()),
        ):
            assert set(bundle_of(outer, limits).names) == {"large.zip", "one.zip", "two.zip"} | inside

    def test_its_members_are_counted(self) -> None:
        many = plain_zip({str(number): b"" for number in range(5)})
        outer = plain_zip({"p.zip": many})
        assert len(bundle_of(outer, Limits(members=6)).names) == 6
        assert len(bundle_of(outer, Limits(members=4)).names) == 1

    def test_what_is_unpacked_counts_with_the_outer_one(self) -> None:
        inner = plain_zip({"a": bytes(1000)})
        outer = plain_zip({"p.zip": inner})
        room = len(inner) + 1000
        assert bundle_of(outer, Limits(total_bytes=room)).read("p.zip/a") == bytes(1000)
        refused("unpacked", lambda: bundle_of(outer, Limits(total_bytes=room - 1)).read("p.zip/a"))

    def test_one_that_is_too_large_is_not_unpacked(self) -> None:
        """Nothing of what may be unpacked is spent on it."""
        outer = plain_zip({"p.zip": plain_zip({"a": bytes(50_000)}, zipfile.ZIP_STORED), "b": bytes(100)})
        bundle = bundle_of(outer, Limits(nested_bytes=20_000, total_bytes=100))
        assert bundle.names == ("p.zip", "b")
        assert bundle.read("b") == bytes(100)


class TestParts:
    def test_all_members_are_read_and_the_newest_day_counts(self) -> None:
        parts = [
            bundle_of(packed_zip([Entry(b"x/a.json", b"1"), Entry(b"b.json", b"2")])),
            bundle_of(packed_zip([Entry(b"x/a.json", b"3", day=(2026, 3, 12))])),
            bundle_of(b"csv"),
            bundle_of(b"other"),
        ]
        bundle = joined(parts)
        assert bundle.names == ("x/a.json", "b.json", "(2)/x/a.json", "-", "(2)/-")
        assert [bundle.read(name) for name in bundle.names] == [b"1", b"2", b"3", b"csv", b"other"]
        assert bundle.find("a.json", "x") == ("x/a.json", "(2)/x/a.json")
        assert (bundle.made_on, bundle.label) == (date(2026, 3, 12), "parts")

    def test_one_part_stays_what_it_is(self) -> None:
        bundle = bundle_of(b"csv")
        assert joined([bundle]) is bundle

    def test_no_part_has_no_members(self) -> None:
        assert (joined([]).names, joined([]).made_on) == ((), None)

    def test_an_archive_in_a_part_is_looked_into_once(self) -> None:
        part = plain_zip({"p.zip": TestArchiveInAnArchive.INNER})
        names = joined([bundle_of(part), bundle_of(b"")]).names
        assert names == ("p.zip", "p.zip/in/a.json", "-")

    def test_each_part_has_its_own_limits(self) -> None:
        limits = Limits(total_bytes=10)
        bundle = joined([bundle_of(plain_zip({name: bytes(8)}), limits) for name in "ab"])
        assert bundle.read("a") == bundle.read("b") == bytes(8)
        refused("unpacked", lambda: bundle.read("a"))

    def test_there_may_be_as_many_members_as_the_parts_have(self) -> None:
        limits = Limits(members=2)
        bundle = joined([bundle_of(plain_zip(dict.fromkeys("ab", b"")), limits) for _ in range(3)])
        assert len(bundle.names) == 6

    def test_they_are_closed_together(self) -> None:
        parts = [bundle_of(plain_zip(CONTENT)) for _ in range(2)]
        with joined(parts):
            pass
        for part in parts:
            refused("damaged", lambda part=part: part.read("export/start.csv"))  # type: ignore[misc]


class TestTar:
    LONG = "/".join(["folder" * 10] * 6) + "/wanted.json"

    @pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
    def test_long_and_accented_names_are_read(self, form: int) -> None:
        names = {self.LONG: b"1", "é.json": b"2", "plain.json": b"3"}
        bundle = bundle_of(packed_tar(names, form=form))
        assert {name: bundle.read(name) for name in bundle.names} == names

    def test_a_long_name_belongs_to_the_next_member_only(self) -> None:
        """Also where that is a folder."""
        about = tarfile.TarInfo(self.LONG)
        about.type = tarfile.DIRTYPE
        assert bundle_of(packed_tar({}, [about, tarfile.TarInfo("a")])).names == ("a",)

    def test_a_size_of_its_own_is_believed(self) -> None:
        """A pax header may give it where the ordinary field has too few digits."""
        ahead = tar_header("x", tarfile.XHDTYPE, 9) + b"9 size=3\n".ljust(512, b"\0")
        bundle = bundle_of(packed(ahead + tar_header("a") + b"abc".ljust(512, b"\0") + tar_header("b")))
        assert {name: bundle.read(name) for name in bundle.names} == {"a": b"abc", "b": b""}

    def test_a_large_member_is_unpacked_when_it_is_read(self) -> None:
        members = {"small": b"s", "large": bytes(range(256)) * 8192, "last": b"l"}
        bundle = bundle_of(packed_tar(members), Limits(kept_bytes=1))
        assert {name: bundle.read(name) for name in bundle.names} == members
        assert bundle.head("large", 3) == b"\0\1\2"

    def test_it_may_end_without_saying_so(self) -> None:
        whole = packed_tar({"a": b"1"})
        assert bundle_of(packed(gzip.decompress(whole)[:1024])).names == ("a",)

"""Archives and folders that are damaged or set up to do harm: refused in words, and never followed."""

from __future__ import annotations

import gzip
import io
import os
import random
import stat
import struct
import tarfile
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.faults.growing import without_hanging
from tests.faults.packing import (
    DEFLATED,
    GIBIBYTE,
    Entry,
    deflated,
    deflated_zeros,
    packed,
    packed_tar,
    packed_zip,
    plain_zip,
    tar_header,
)
from tests.unit.safety.nobody import open_folder, run_as_nobody

from hygiene.safety.archives import (
    LIMITS,
    Bundle,
    Limits,
    RefusedArchiveError,
    bundle_of,
    joined,
    open_bundle,
)
from hygiene.safety.members import Budget, Listing, Member
from hygiene.safety.refusals import MEBIBYTE

WHAT_LIBRARIES_RAISE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    tarfile.ReadError,
    gzip.BadGzipFile,
    zlib.error,
    struct.error,
    EOFError,
    RuntimeError,
    RecursionError,
    ValueError,
    OverflowError,
    OSError,
)
MARKER = "marker.user@planted.example"


def refused(words: str, work: Callable[[], object]) -> None:
    """It is said what is wrong and what to do, and nothing of what lies in it."""
    with pytest.raises(RefusedArchiveError, match=words) as caught:
        work()
    assert caught.value.hint
    assert "marker" not in str(caught.value) + repr(caught.value.values)
    is_alone = caught.value.__context__ is None or caught.value.__suppress_context__
    assert (caught.value.__cause__ is None and is_alone) or "path" in caught.value.values


@contextmanager
def memory_below(most: int) -> Iterator[None]:
    """Fail if more bytes than that are held at any time."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < most
    finally:
        tracemalloc.stop()


class TestBombs:
    SIZE = 10 * GIBIBYTE

    @pytest.fixture(scope="class")
    @staticmethod
    def zeros() -> bytes:
        return deflated_zeros(TestBombs.SIZE)

    def test_a_flat_one_that_says_so_is_left_at_the_limit(self, zeros: bytes) -> None:
        data = packed_zip([Entry(b"a.json", zeros, DEFLATED, size=self.SIZE)])
        with memory_below(80 * MEBIBYTE):
            bundle = bundle_of(data)
            assert bundle.head("a.json") == bytes(4096)
            refused("a file is larger than 32 MiB", lambda: bundle.read("a.json"))

    def test_its_stream_ends_at_the_limit(self, zeros: bytes) -> None:
        data = packed_zip([Entry(b"a.csv", zeros, DEFLATED, size=self.SIZE)])
        count = 0

        def work() -> None:
            nonlocal count
            with bundle_of(data).open("a.csv") as stream:
                while piece := stream.read(MEBIBYTE):
                    count += len(piece)

        with memory_below(16 * MEBIBYTE):
            refused("a file is larger than 512 MiB", work)
        assert count <= 512 * MEBIBYTE

    @pytest.mark.parametrize("said", [0, 2, 5000])
    def test_a_flat_one_that_lies_is_damaged(self, zeros: bytes, said: int) -> None:
        """No more comes out than it says."""
        data = packed_zip([Entry(f"{MARKER}.json".encode(), zeros, DEFLATED, size=said, crc=1)])
        with memory_below(4 * MEBIBYTE):
            bundle = bundle_of(data)
            refused("damaged", lambda: bundle.read(bundle.names[0]))
            assert len(bundle.head(bundle.names[0])) <= 4096

    def test_a_nested_one_is_left_at_the_limit(self, zeros: bytes) -> None:
        """It is neither kept in memory nor looked into further than one level."""
        inner = packed_zip([Entry(b"a.json", zeros, DEFLATED, size=self.SIZE)])
        huge = packed_zip([Entry(b"bomb.zip", zeros, DEFLATED, size=self.SIZE)])
        liar = packed_zip([Entry(b"bomb.zip", zeros, DEFLATED, size=9)])
        with memory_below(160 * MEBIBYTE):
            bundle = bundle_of(plain_zip({"1.zip": inner, "2.zip": plain_zip({"3.zip": inner})}))
            assert bundle.names == ("1.zip", "2.zip", "2.zip/3.zip", "1.zip/a.json")
            refused("a file is larger than 32 MiB", lambda: bundle.read("1.zip/a.json"))
            assert bundle_of(huge).names == bundle_of(liar).names == ("bomb.zip",)

    def test_a_member_that_unpacks_to_an_archive_without_end_is_not_kept(self) -> None:
        start = plain_zip({"a": b""})
        packer = zlib.compressobj(wbits=-15)
        packed_start = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
        endless = Entry(b"b.zip", packed_start + deflated_zeros(GIBIBYTE), DEFLATED, size=1000)
        with memory_below(4 * MEBIBYTE):
            assert bundle_of(packed_zip([endless])).names == ("b.zip",)

    def test_a_large_honest_member_is_streamed_in_little_memory(self) -> None:
        crc = 0
        for _ in range(16):
            crc = zlib.crc32(bytes(64 * MEBIBYTE), crc)
        data = packed_zip([Entry(b"a", deflated_zeros(GIBIBYTE), DEFLATED, size=GIBIBYTE, crc=crc)])
        count = 0
        with memory_below(2 * MEBIBYTE), bundle_of(data).open("a", GIBIBYTE) as stream:
            while piece := stream.read(65536):
                count += len(piece)
        assert count == GIBIBYTE

    def test_members_that_share_their_bytes_are_damaged(self) -> None:
        """The same ones for all, or each begins within the one before."""
        entry = Entry(b"aaaa", deflated(bytes(9_000)), DEFLATED, size=9_000, crc=zlib.crc32(bytes(9_000)))
        bundle = bundle_of(packed_zip([entry, *(entry._replace(starts_at=0) for _ in range(9))]))
        for name in bundle.names:
            refused("damaged", lambda name=name: bundle.read(name))  # type: ignore[misc]
        inside = Entry(b"b", b"inner")
        whole = packed_zip([inside])
        local = whole[: whole.index(b"PK\1\2")]
        outside = Entry(b"a", local)
        bundle = bundle_of(packed_zip([outside, inside._replace(starts_at=31)]))
        assert bundle.read("b") == b"inner"
        refused("damaged", lambda: bundle.read("a"))

    @pytest.mark.parametrize("method", [12, 14])
    def test_packers_that_python_unpacks_at_once_are_not_used(self, method: int) -> None:
        """A few hundred bytes of bzip2 may unpack to a gibibyte in one step."""
        bundle = bundle_of(plain_zip({"a": bytes(MEBIBYTE)}, method))
        refused("packed in a way", lambda: bundle.read("a"))
        assert bundle.head("a") == b""

    def test_a_tar_of_zeros_is_left_at_the_limit(self) -> None:
        start = tar_header("a.json", size=self.SIZE)
        packer = zlib.compressobj(wbits=31)
        data = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH) + deflated_zeros(self.SIZE)
        with memory_below(4 * MEBIBYTE):
            limits = Limits(total_bytes=MEBIBYTE, ratio=10)
            refused("unpacked, this is more than 99 MiB", lambda: bundle_of(data, limits))

    def test_so_are_zeros_after_a_tar(self) -> None:
        data = packed(bytes(2 * MEBIBYTE))
        start = gzip.decompress(packed_tar({"a": b"1"}))
        with pytest.raises(RefusedArchiveError, match="unpacked, this is more than 1 MiB"):
            bundle_of(packed(start) + data, Limits(total_bytes=MEBIBYTE, ratio=1))


class TestNames:
    @pytest.mark.parametrize(
        "name",
        [
            "../a",
            "a/../../b",
            "a/..",
            "..",
            "/etc/passwd",
            "//a/b",
            "a\\b",
            "..\\a",
            "C:/a",
            "c:a",
            "a\0.json",
            "\\\\a\\b",
        ],
    )
    def test_one_that_leads_out_is_refused_with_the_whole_archive(self, name: str) -> None:
        written = name.encode()
        refused(
            "lead out", lambda: bundle_of(packed_zip([Entry(b"a.json"), Entry(written), Entry(b"b.json")]))
        )
        if "\0" not in name:
            refused("could lead out", lambda: bundle_of(packed_tar({"a.json": b"", name: b""})))

    @pytest.mark.parametrize("name", ["..a", "a..b/c..", "a/...", "ab:c", "1:2", "a/C:/x"])
    def test_one_that_only_looks_like_it_is_read(self, name: str) -> None:
        assert bundle_of(packed_zip([Entry(name.encode())])).names == (name,)

    def test_a_long_one_is_refused(self) -> None:
        limits = Limits(name_length=20)
        assert bundle_of(packed_zip([Entry(b"a" * 20)]), limits).names == ("a" * 20,)
        refused("longer than 20", lambda: bundle_of(packed_zip([Entry(b"a" * 21)]), limits))
        refused("longer than 1024", lambda: bundle_of(packed_tar({"a/" * 600: b""})))

    def test_one_that_is_not_utf8_although_it_says_so_is_damage(self) -> None:
        refused("damaged", lambda: bundle_of(packed_zip([Entry(b"\xff", flags=1 << 11)])))


class TestLinks:
    def test_one_in_an_archive_is_no_member(self) -> None:
        """Whatever it points to; a hard link, a device and a pipe in a tar neither."""
        link = Entry(b"link", b"/etc/passwd", mode=stat.S_IFLNK | 0o777)
        assert bundle_of(packed_zip([link, Entry(b"a.json", mode=stat.S_IFREG | 0o600)])).names == ("a.json",)
        others = []
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE):
            others.append(tarfile.TarInfo(f"other-{kind!r}"))
            others[-1].type, others[-1].linkname = kind, "../../etc/passwd"
        assert bundle_of(packed_tar({"a.json": b""}, others)).names == ("a.json",)

    def test_one_in_a_folder_is_not_followed(self, tmp_path: Path) -> None:
        """To a file, to a folder outside, to the folder itself, to nothing."""
        (tmp_path / "outside").mkdir()
        (tmp_path / "outside" / "secret.json").write_bytes(b"secret")
        given = tmp_path / "given"
        given.mkdir()
        (given / "a.json").write_bytes(b"{}")
        for number, target in enumerate(("../outside/secret.json", "../outside", ".", "gone")):
            (given / f"link{number}").symlink_to(target)
        assert without_hanging(lambda: open_bundle(given).close()) == 0
        assert open_bundle(given).names == ("a.json",)

    def test_the_link_that_a_person_names_is_followed(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_bytes(b"url\n")
        (tmp_path / "link.csv").symlink_to("a.csv")
        (tmp_path / "folder").symlink_to(".")
        assert open_bundle(tmp_path / "link.csv").read("link.csv") == b"url\n"
        assert open_bundle(tmp_path / "folder").names == ("a.csv",)

    def test_a_file_that_becomes_a_link_is_not_followed(self, tmp_path: Path) -> None:
        """Between listing it and reading it."""
        (tmp_path / "given").mkdir()
        file = tmp_path / "given" / f"{MARKER}.json"
        file.write_bytes(b"{}")
        (tmp_path / "secret").write_bytes(b"secret")
        bundle = open_bundle(tmp_path / "given")
        file.unlink()
        file.symlink_to("../secret")
        refused("damaged", lambda: bundle.read(file.name))
        assert bundle.head(file.name) == b""

    def test_also_not_when_it_is_exchanged_while_it_is_opened(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "given").mkdir()
        file = tmp_path / "given" / "a.json"
        file.write_bytes(b"{}")
        ordinary = file.stat()
        bundle = open_bundle(tmp_path / "given")
        file.unlink()
        file.symlink_to("../secret")
        (tmp_path / "secret").write_bytes(b"!!")
        monkeypatch.setattr(Path, "stat", lambda *_, **__: ordinary)
        refused("damaged", lambda: bundle.read("a.json"))

    def test_a_link_to_itself_is_no_file(self, tmp_path: Path) -> None:
        (tmp_path / "loop").symlink_to("loop")
        refused("could not be read", lambda: open_bundle(tmp_path / "loop"))


class TestStrangeFiles:
    def test_a_pipe_is_refused_and_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")

        def work() -> None:
            refused("is not an ordinary file", lambda: open_bundle(tmp_path / "pipe"))

        assert without_hanging(work) == 0
        work()

    def test_a_pipe_that_takes_a_file_s_place_is_not_waited_for(self, tmp_path: Path) -> None:
        (tmp_path / "ordinary").touch()
        os.mkfifo(tmp_path / "pipe")
        ordinary = (tmp_path / "ordinary").stat()

        def work() -> None:
            before = os.listdir("/proc/self/fd")  # noqa: PTH208 - nothing stays open
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(Path, "stat", lambda *_, **__: ordinary)
                refused("is not an ordinary file", lambda: open_bundle(tmp_path / "pipe"))
            assert os.listdir("/proc/self/fd") == before  # noqa: PTH208

        assert without_hanging(work) == 0
        work()

    def test_a_pipe_in_a_folder_is_no_member(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        (tmp_path / "a.json").write_bytes(b"{}")

        def work() -> None:
            assert [open_bundle(tmp_path).head(name) for name in open_bundle(tmp_path).names] == [b"{}"]

        assert without_hanging(work) == 0

    @pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/full"])
    def test_a_device_is_refused_and_not_opened(self, device: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Opening it may already set it going."""
        monkeypatch.setattr(os, "open", lambda *_: pytest.fail("it was opened"))
        refused("is not an ordinary file", lambda: open_bundle(Path(device)))

    def test_an_archive_in_a_folder_that_grows_is_not_kept(self, tmp_path: Path) -> None:
        (tmp_path / "p.zip").write_bytes(plain_zip({"a": b""}))
        bundle = open_bundle(tmp_path, Limits(nested_bytes=MEBIBYTE))
        with (tmp_path / "p.zip").open("r+b") as file:
            file.truncate(64 * MEBIBYTE)
        with memory_below(4 * MEBIBYTE):
            assert bundle.names == ("p.zip",)

    def test_a_file_that_grows_while_it_is_read_is_incomplete(self, tmp_path: Path) -> None:
        """A download that has not finished."""
        (tmp_path / "a.json").write_bytes(b"{}")
        bundle = open_bundle(tmp_path)
        (tmp_path / "a.json").write_bytes(b"{    }")
        refused("incomplete", lambda: bundle.read("a.json"))


class TestPermissions:
    def test_what_may_not_be_read_is_told(self) -> None:
        """A file, a folder, a file in a folder; a folder inside that may not be looked into is left out."""
        with open_folder() as top:
            for name in ("given/inside/a.json", "given/open/b.json", "given/closed.json", "closed/a.json"):
                (top / name).parent.mkdir(parents=True, exist_ok=True)
                (top / name).write_bytes(b"{}")
            for name in ("given/inside", "given/closed.json", "closed"):
                (top / name).chmod(0)

            def work() -> None:
                with pytest.raises(PermissionError):
                    os.listdir(top / "closed")  # noqa: PTH208 - the refusal itself is looked at
                refused("could not be read: Permission denied", lambda: open_bundle(top / "closed"))
                refused(
                    "could not be read: Permission denied", lambda: open_bundle(top / "given" / "closed.json")
                )
                bundle = open_bundle(top / "given")
                assert bundle.names == ("closed.json", "open/b.json")
                assert bundle.read("open/b.json") == b"{}"
                refused("may not be read", lambda: bundle.read("closed.json"))
                assert bundle.head("closed.json") == b""

            run_as_nobody(work)

    def test_a_folder_that_cannot_be_looked_into_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The same without another user, so that it is seen where it is measured."""
        (tmp_path / "inside").mkdir()
        (tmp_path / "a.json").write_bytes(b"{}")
        real = os.scandir

        def closed(path: str) -> Iterator[os.DirEntry[str]]:
            if path.endswith("inside"):
                raise PermissionError(13, "Permission denied")
            return real(path)

        monkeypatch.setattr(os, "scandir", closed)
        assert open_bundle(tmp_path).names == ("a.json",)
        refused("Permission denied", lambda: open_bundle(tmp_path / "inside"))
        bundle = open_bundle(tmp_path)

        def not_allowed(*_: object) -> int:
            raise PermissionError(13, "Permission denied", MARKER)

        monkeypatch.setattr(os, "open", not_allowed)
        refused("may not be read", lambda: bundle.read("a.json"))


class TestEncryption:
    @pytest.mark.parametrize("method", [0, DEFLATED, 99])
    def test_it_is_told_when_a_member_is_read(self, method: int) -> None:
        """The names can be seen; 99 is AES as WinZip writes it."""
        bundle = bundle_of(packed_zip([Entry(b"a.json", bytes(20), method, flags=1), Entry(b"b.json")]))
        assert bundle.names == ("a.json", "b.json")
        refused("has a passphrase", lambda: bundle.read("a.json"))
        refused("has a passphrase", lambda: bundle.open("a.json"))
        assert bundle.head("a.json") == b""
        assert bundle.read("b.json") == b"{}"

    def test_an_encrypted_archive_in_an_archive_is_a_plain_member(self) -> None:
        bundle = bundle_of(packed_zip([Entry(b"p.zip", plain_zip({"a": b""}), flags=1)]))
        assert bundle.names == ("p.zip",)


class TestCrowds:
    def test_a_hundred_thousand_members_are_accepted(self) -> None:
        bundle = bundle_of(packed_zip([Entry(b"a/%d.json" % number) for number in range(100_000)]))
        assert len(bundle.names) == 100_000
        assert bundle.read(bundle.find("99999.json", "a")[0]) == b"{}"

    def test_one_more_than_allowed_is_refused(self, tmp_path: Path) -> None:
        """In a ZIP before they are looked at: a folder or a link counts there, too."""
        limits = Limits(members=3)
        names = ["a", "b", "c", "d"]
        for build in (lambda names: packed_zip([Entry(name.encode()) for name in names]), as_tar):
            assert len(bundle_of(build(names[:3]), limits).names) == 3
            refused("more than 3 files", lambda build=build: bundle_of(build(names), limits))  # type: ignore[misc]
        with_folder = packed_zip([*(Entry(name.encode()) for name in names[:3]), Entry(b"d/")])
        refused("more than 3 files", lambda: bundle_of(with_folder, limits))
        for name in names[:3]:
            (tmp_path / name).touch()
        assert len(open_bundle(tmp_path, limits).names) == 3
        (tmp_path / "d").mkdir()
        refused("more than 3 files", lambda: open_bundle(tmp_path, limits))

    def test_what_a_zip_says_of_their_number_is_not_believed(self) -> None:
        data = packed_zip([Entry(b"%d" % number) for number in range(10)])
        liar = data[:-14] + struct.pack("<2H", 1, 1) + data[-10:]
        refused("more than 9 files", lambda: bundle_of(liar, Limits(members=9)))

    def test_a_tar_of_headers_without_members_ends(self) -> None:
        folders = b"".join(tar_header("a/", tarfile.DIRTYPE) for _ in range(20))
        assert bundle_of(packed(folders), Limits(members=7)).names == ()
        refused("more than 6 files", lambda: bundle_of(packed(folders), Limits(members=6)))

    def test_a_large_table_of_contents_is_refused_before_it_is_read(self) -> None:
        data = packed_zip([Entry(b"a" * 1000), Entry(b"b" * 1000)])
        size = 2 * 1046
        assert len(bundle_of(data, Limits(directory_bytes=size)).names) == 2
        refused("contents is larger", lambda: bundle_of(data, Limits(directory_bytes=size - 1)))
        large = packed_zip([Entry(b"a", bytes(20_000))])
        assert bundle_of(large, Limits(directory_bytes=100)).read("a") == bytes(20_000)

    def test_a_table_of_contents_that_takes_long_to_read_is_damage(self) -> None:
        empty_fields = struct.pack("<2H", 0xABCD, 0) * 1024
        assert bundle_of(packed_zip([Entry(b"a", extra=empty_fields)])).names == ("a",)
        longer = empty_fields + struct.pack("<2H", 0xABCD, 0)
        refused("damaged", lambda: bundle_of(packed_zip([Entry(b"a", extra=longer)])))

    def test_folders_are_entered_to_a_depth_and_hidden_ones_not_at_all(self, tmp_path: Path) -> None:
        folder = tmp_path
        for number in range(18):
            (folder / f"{number}.json").write_bytes(b"{}")
            folder /= "f"
            folder.mkdir()
        (tmp_path / ".hidden").mkdir()
        (tmp_path / ".hidden" / "a.json").touch()
        names = open_bundle(tmp_path).names
        assert max(names, key=len) == "f/" * 16 + "16.json"
        assert len(names) == 17
        assert open_bundle(tmp_path, Limits(depth=0)).names == ("0.json",)


def as_tar(names: list[str]) -> bytes:
    return packed_tar(dict.fromkeys(names, b""))


class TestDamage:
    ZIP = plain_zip({"a.json": b'{"a": 1}' * 100, "b.json": b"{}"})
    TAR = packed_tar({"a.json": b'{"a": 1}' * 100, "b.json": b"{}"})

    @pytest.mark.parametrize("share", [0.02, 0.3, 0.5, 0.9, 0.99])
    def test_a_file_that_is_cut_off_is_to_be_downloaded_again(self, share: float, tmp_path: Path) -> None:
        (tmp_path / "a.zip").write_bytes(self.ZIP[: max(4, int(share * len(self.ZIP)))])
        with pytest.raises(RefusedArchiveError, match="damaged or incomplete") as caught:
            open_bundle(tmp_path / "a.zip")
        assert "download" in caught.value.hint
        whole = packed_tar({"a.mp4": random.Random(1).randbytes(300_000)})  # noqa: S311 - no secret
        refused("damaged or incomplete", lambda: bundle_of(whole[: int(share * len(whole))]))

    @pytest.mark.parametrize("data", [b"PK\3\4", b"PK\5\6", b"PK\7\x08", b"PK\3\4" + bytes(100)])
    def test_the_start_alone_is_damage(self, data: bytes) -> None:
        refused("damaged or incomplete", lambda: bundle_of(data))

    def test_a_wrong_checksum_is_damage(self) -> None:
        """A member that was altered is not believed; the others can be read."""
        bundle = bundle_of(packed_zip([Entry(f"{MARKER}.json".encode(), crc=1), Entry(b"b.json")]))
        refused("damaged", lambda: bundle.read(f"{MARKER}.json"))
        refused("damaged", lambda: bundle.open(f"{MARKER}.json").read())
        assert bundle.head(f"{MARKER}.json") == b""
        assert bundle.read("b.json") == b"{}"
        altered = bytearray(self.TAR)
        altered[-8] ^= 1
        refused("damaged", lambda: bundle_of(bytes(altered)))

    @pytest.mark.parametrize("size", [1, 3, 50])
    def test_a_size_that_lies_is_damage(self, size: int) -> None:
        stored = bundle_of(packed_zip([Entry(b"a", b"{}", size=size)]))
        refused("damaged", lambda: stored.read("a"))
        small = bundle_of(
            packed_zip([Entry(b"a", deflated(b"{}"), DEFLATED, size=size, crc=zlib.crc32(b"{}"))])
        )
        refused("damaged", lambda: small.read("a"))

    def test_a_body_that_does_not_unpack_is_damage(self) -> None:
        bundle = bundle_of(packed_zip([Entry(b"a", b"\xff" * 50, DEFLATED)]))
        refused("damaged", lambda: bundle.read("a"))

    def test_a_member_that_is_somewhere_else_is_damage(self) -> None:
        entry = Entry(b"a")
        for start in (3, 10**6, 0xFFFFFFFE):
            bundle = bundle_of(packed_zip([entry, entry._replace(starts_at=start, name=b"b")]))
            refused("damaged", lambda bundle=bundle: bundle.read("b"))  # type: ignore[misc]

    def test_a_member_beyond_the_largest_file_is_damage(self) -> None:
        """A ZIP64 field has room for a number that no file knows as a place."""
        far = Entry(b"b", extra=struct.pack("<2HQ", 1, 8, 2**64 - 1), starts_at=0xFFFFFFFF)
        bundle = bundle_of(packed_zip([Entry(b"a"), far]))
        refused("damaged", lambda: bundle.read("b"))
        assert bundle.read("a") == b"{}"

    @pytest.mark.parametrize("error", WHAT_LIBRARIES_RAISE, ids=str)
    def test_whatever_a_library_raises_is_damage(self, error: type[Exception]) -> None:
        """When a member is opened, and while it is read; its words are not repeated."""

        def fail(*_: object) -> bytes:
            raise error(MARKER)

        for raw in (fail, lambda: SimpleNamespace(read=fail, close=lambda: None)):
            member = Member(raw, Budget(LIMITS))  # type: ignore[arg-type]
            bundle = Bundle(Listing("zip", {"a": member}))
            refused("damaged", lambda bundle=bundle: bundle.read("a"))  # type: ignore[misc]
            assert bundle.head("a") == b""

    def test_a_newer_kind_of_zip_is_told(self) -> None:
        data = bytearray(packed_zip([Entry(b"a")]))
        data[data.index(b"PK\1\2") + 6] = 99
        refused("packed in a way", lambda: bundle_of(bytes(data)))

    def test_a_file_that_goes_while_it_is_listed_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "a.tgz").write_bytes(packed_tar({"a": bytes(2 * MEBIBYTE)}))
        bundle = open_bundle(tmp_path / "a.tgz")
        (tmp_path / "a.tgz").unlink()
        refused("damaged", lambda: bundle.read("a"))
        assert bundle.head("a") == b""

    def test_in_joined_parts_it_is_told_too(self) -> None:
        bundle = joined([bundle_of(packed_zip([Entry(b"a", crc=1)])), bundle_of(b"")])
        refused("damaged", lambda: bundle.read("a"))


class TestTar:
    @pytest.mark.parametrize(
        "data",
        [
            tar_header("x", tarfile.XHDTYPE, 100) + b"99999999999999999999 path=a\n".ljust(512, b"\0"),
            tar_header("x", tarfile.XHDTYPE, 100) + b"no number".ljust(512, b"\0"),
            tar_header("x", tarfile.XHDTYPE, 12) + b"99 path=abc\n".ljust(512, b"\0"),
            tar_header("x", tarfile.XHDTYPE, 12) + b"0 path=abcd\n".ljust(512, b"\0"),
            tar_header("x", tarfile.XHDTYPE, 12) + b"-9 path=abc\n".ljust(512, b"\0"),
            tar_header("x", tarfile.XHDTYPE, 10) + b"10 size=z\n".ljust(512, b"\0") + tar_header("a"),
            tar_header("x", tarfile.XHDTYPE, 11) + b"11 size=-1\n".ljust(512, b"\0") + tar_header("a"),
            tar_header("x", tarfile.GNUTYPE_LONGNAME, 2 * MEBIBYTE) + bytes(2 * MEBIBYTE),
            tar_header("x", tarfile.XHDTYPE, 2 * MEBIBYTE) + bytes(2 * MEBIBYTE),
            tar_header("a") + b"no header".ljust(512),
            tar_header("a") + tar_header("b")[:200],
            tar_header("a", size=10_000) + bytes(9_000),
            tar_header("a", size=2 * MEBIBYTE) + bytes(MEBIBYTE),
        ],
    )
    def test_headers_that_make_no_sense_are_damage(self, data: bytes) -> None:
        """Nor may one be so large that it fills the memory."""
        refused("damaged", lambda: bundle_of(packed(data)))

    def test_many_headers_before_a_member_do_not_run_deep(self) -> None:
        name = tar_header("x", tarfile.GNUTYPE_LONGNAME, 2) + b"b\0".ljust(512, b"\0")
        assert bundle_of(packed(name * 5000 + tar_header("a"))).names == ("b",)

    def test_other_kinds_of_headers_are_passed_over(self) -> None:
        """A global one, a long target of a link, and one that nobody knows, with what follows them."""
        body = b"anything".ljust(512, b"\0")
        kinds = (tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK, b"Z")
        data = b"".join(tar_header("x", kind, 512) + body for kind in kinds)
        assert (
            bundle_of(packed(data + tar_header("a", size=3) + b"abc".ljust(512, b"\0"))).read("a") == b"abc"
        )

    def test_a_link_has_no_content_whatever_size_it_says(self) -> None:
        """Old programs give a hard link the size of what it leads to."""
        data = tar_header("x", tarfile.LNKTYPE, 512) + tar_header("a", size=1) + b"1".ljust(512, b"\0")
        assert bundle_of(packed(data)).names == ("a",)

    def test_a_sparse_member_is_told(self) -> None:
        refused("packed in a way", lambda: bundle_of(packed(tar_header("a", tarfile.GNUTYPE_SPARSE))))

    def test_only_so_much_is_kept_in_memory(self) -> None:
        file = io.BytesIO()
        with gzip.GzipFile(fileobj=file, mode="w", compresslevel=1) as stream:
            for number in range(100):
                stream.write(tar_header(f"{number}", size=MEBIBYTE) + bytes(MEBIBYTE))
        with memory_below(70 * MEBIBYTE):
            bundle = bundle_of(file.getvalue())
            assert len(bundle.names) == 100
            assert bundle.read("0") == bundle.read("99") == bytes(MEBIBYTE)

    def test_a_large_member_is_streamed_in_little_memory(self) -> None:
        size = 128 * MEBIBYTE
        packer = zlib.compressobj(wbits=-15)
        start = packer.compress(tar_header("a", size=size)) + packer.flush(zlib.Z_FULL_FLUSH)
        crc = zlib.crc32(tar_header("a", size=size))
        for _ in range(2):
            crc = zlib.crc32(bytes(64 * MEBIBYTE), crc)
        head = b"\x1f\x8b\x08" + bytes(7)
        end = struct.pack("<2L", crc, size + 512)
        count = 0
        data = head + start + deflated_zeros(size) + end
        with memory_below(2 * MEBIBYTE), bundle_of(data).open("a") as stream:
            while piece := stream.read(65536):
                count += len(piece)
        assert count == size

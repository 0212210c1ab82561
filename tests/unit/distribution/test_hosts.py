from __future__ import annotations

import os
import tarfile
import zipfile
from pathlib import Path

import pytest
from tests.unit.safety.nobody import open_folder, run_as_nobody

from hygiene.distribution.addresses import checked_url, host_at, path_of
from hygiene.distribution.failures import NotASourceError, UnreachableError
from hygiene.distribution.hosts import ArchiveHost, FolderHost, Host, MissingError
from hygiene.distribution.web import WebHost
from hygiene.errors import NotDoneError
from hygiene.safety.archives import RefusedArchiveError

ROOT = "metadata/1.root.json"


def content(host: Host, name: str) -> bytes:
    return b"".join(host.open(name))


def zipped(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, name)
    return path


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """A folder with one file of a source."""
    (tmp_path / "share" / "metadata").mkdir(parents=True)
    (tmp_path / "share" / ROOT).write_bytes(b"x" * 200_000)
    return tmp_path / "share"


class TestFolder:
    def test_files_come_in_pieces(self, share: Path) -> None:
        pieces = list(FolderHost(share).open(ROOT))
        assert b"".join(pieces) == b"x" * 200_000
        assert max(map(len, pieces)) <= 64 * 1024

    @pytest.mark.parametrize(
        "name", ["metadata/2.root.json", "metadata", "../share/metadata/1.root.json", "/etc/passwd"]
    )
    def test_nothing_else_is_there(self, share: Path, name: str) -> None:
        """Neither a folder nor what lies outside, whatever somebody signed."""
        with pytest.raises(MissingError):
            FolderHost(share).open(name)

    def test_a_pipe_is_not_waited_for(self, share: Path) -> None:
        os.mkfifo(share / "metadata" / "timestamp.json")
        with pytest.raises(MissingError):
            FolderHost(share).open("metadata/timestamp.json")

    def test_a_file_that_may_not_be_read_is_said(self) -> None:
        with open_folder() as folder:
            (folder / "a").write_bytes(b"x")
            (folder / "a").chmod(0)

            def work() -> None:
                with pytest.raises(UnreachableError, match="does not let you read this") as caught:
                    content(FolderHost(folder), "a")
                assert "for access" in caught.value.hint

            run_as_nobody(work)

    @pytest.mark.parametrize(
        ("error", "words"),
        [(OSError(5, "x"), "cannot be reached"), (PermissionError(13, "x"), "does not let you")],
    )
    def test_a_disk_that_fails_is_said(
        self, share: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, words: str
    ) -> None:
        def fail(*_: object) -> None:
            raise error

        pieces = FolderHost(share).open(ROOT)
        monkeypatch.setattr(Path, "open", fail)
        with pytest.raises(UnreachableError, match=words):
            list(pieces)


class TestArchive:
    @pytest.mark.parametrize("around", ["", "acme/", "a/b/"])
    def test_folders_around_everything_do_no_harm(self, tmp_path: Path, around: str) -> None:
        host = ArchiveHost(zipped(tmp_path / "a.zip", f"{around}{ROOT}", f"{around}targets/x.json"))
        assert content(host, "targets/x.json") == f"{around}targets/x.json".encode()
        with pytest.raises(MissingError):
            host.open("targets/y.json")
        host.close()

    def test_of_two_sources_in_one_the_outer_is_meant(self, tmp_path: Path) -> None:
        host = ArchiveHost(zipped(tmp_path / "a.zip", f"old/{ROOT}", ROOT))
        assert content(host, ROOT) == ROOT.encode()

    def test_a_tar_will_do(self, tmp_path: Path, share: Path) -> None:
        with tarfile.open(tmp_path / "a.tgz", "w:gz") as archive:
            archive.add(share, "acme")
        host = host_at(str(tmp_path / "a.tgz"))
        assert len(content(host, ROOT)) == 200_000

    @pytest.mark.parametrize("name", ["x.json", "xmetadata/1.root.json"])
    def test_one_without_a_root_is_no_source(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(NotASourceError, match=r"nobody publishes lists at .*a\.zip"):
            ArchiveHost(zipped(tmp_path / "a.zip", name))

    def test_one_that_is_damaged_is_said(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "a.zip", ROOT)
        path.write_bytes(path.read_bytes()[:-10])
        with pytest.raises(RefusedArchiveError) as caught:
            host_at(str(path))
        assert isinstance(caught.value, NotDoneError)


class TestAddresses:
    def test_each_kind_has_its_host(self, share: Path, tmp_path: Path) -> None:
        assert isinstance(host_at(str(share)), FolderHost)
        assert isinstance(host_at(share.as_uri()), FolderHost)
        assert isinstance(host_at(str(zipped(tmp_path / "a.zip", ROOT))), ArchiveHost)
        assert isinstance(host_at("https://lists.acme.example/a/"), WebHost)

    def test_where_nothing_is_it_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(UnreachableError, match=r"gone cannot be reached"):
            host_at(str(tmp_path / "gone"))

    def test_a_path_in_an_address_is_one_on_this_computer(self) -> None:
        assert path_of("file:///srv/acme%20lists") == Path("/srv/acme lists")
        assert path_of("lists") == Path.cwd() / "lists"
        assert str(path_of("file://server/share")).endswith("server/share")

    @pytest.mark.parametrize("address", ["https://lists.acme.example/a", "https://lists.acme.example/a//"])
    def test_an_address_of_the_web_ends_without_a_slash(self, address: str) -> None:
        assert checked_url(address) == "https://lists.acme.example/a"

    @pytest.mark.parametrize(
        "address", ["http://lists.acme.example", "http://127.0.0.1", "http://localhost:80"]
    )
    def test_one_without_protection_is_refused(self, address: str) -> None:
        with pytest.raises(UnreachableError, match="lets others read along") as caught:
            host_at(address)
        assert "https://" in caught.value.hint

    @pytest.mark.parametrize("address", ["http://127.0.0.1:80", "http://localhost", "http://[::1]:1"])
    def test_tests_may_do_without_on_this_computer(self, address: str) -> None:
        assert checked_url(address, plain_loopback=True) == address

    @pytest.mark.parametrize(
        "address", ["http://localhost.example", "http://127.0.0.1.example", "http://10.0.0.1"]
    )
    def test_and_nowhere_else(self, address: str) -> None:
        with pytest.raises(UnreachableError):
            host_at(address, plain_loopback=True)

    @pytest.mark.parametrize(
        "address",
        [
            "https://marker.user:Zx9-MARKER-pass-7Qv@lists.acme.example",
            "https://lists.acme.example/?token=Zx9-MARKER-pass-7Qv",
            "https://lists.acme.example/#x",
            "ftp://lists.acme.example",
            "https://",
        ],
    )
    def test_one_with_a_password_or_a_query_is_refused_and_not_repeated(self, address: str) -> None:
        with pytest.raises(UnreachableError, match="this address cannot be used") as caught:
            host_at(address)
        assert "MARKER" not in f"{caught.value} {caught.value.hint} {caught.value.values}"

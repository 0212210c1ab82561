"""The protocol of TUF's conformance suite, spoken over plain http on this computer, as the suite does it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.attacks.publisher import LISTS, Publisher, new_key
from tests.attacks.transports import WebTransport, served
from tuf.api.metadata import Metadata

from hygiene.distribution.conformance import main


class Client:
    """The client under test, and the repository that it is told to use."""

    def __init__(self, folder: Path, web: WebTransport) -> None:
        self.web = web
        self.metadata = folder / "client" / "metadata"
        self.artifacts = folder / "client" / "artifacts"
        self.repository = Publisher(datetime.now(UTC))
        self.repository.put_target(b"the content of an artifact", "folder/artifact.txt")
        self.repository.release()
        self._root = folder / "initial.json"
        self._root.write_bytes(self.repository.first_root)

    def init(self) -> int:
        return main(["--metadata-dir", str(self.metadata), "init", str(self._root)])

    def refresh(self, address: str = "") -> int:
        self.web.put(self.repository.files)
        return main(["--metadata-url", self.url(address), "--metadata-dir", str(self.metadata), "refresh"])

    def download(self, *names: str) -> int:
        self.web.put(self.repository.files)
        wanted = [word for name in names for word in ("--target-name", name)]
        where = ["--target-base-url", f"{self.web.address}/targets/", "--target-dir", str(self.artifacts)]
        start = ["--metadata-url", self.url(), "--metadata-dir", str(self.metadata)]
        return main([*start, *wanted, *where, "download"])

    def url(self, address: str = "") -> str:
        return f"{address or self.web.address}/metadata/"

    def versions(self) -> dict[str, int]:
        """What is trusted, as the suite reads it: every JSON file in the folder."""
        return {
            path.stem: Metadata.from_file(str(path)).signed.version for path in self.metadata.glob("*.json")
        }

    def downloaded(self) -> set[bytes]:
        return {path.read_bytes() for path in self.artifacts.rglob("*") if path.is_file()}


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A client that was given the first root."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with served(tmp_path, plain=True) as web:
        client = Client(tmp_path, web)
        assert client.init() == 0
        assert web.asked == []
        yield client


def test_init_trusts_the_root(client: Client) -> None:
    assert client.versions() == {"root": 1}


def test_refresh_brings_every_role_under_its_plain_name(client: Client) -> None:
    assert client.refresh() == 0
    assert client.versions() == {"root": 1, "timestamp": 1, "snapshot": 1, "targets": 1}


def test_refresh_follows_new_versions(client: Client) -> None:
    client.refresh()
    client.repository.release()
    assert client.refresh() == 0
    assert client.versions() == {"root": 1, "timestamp": 2, "snapshot": 2, "targets": 2}


def test_refresh_follows_roots(client: Client) -> None:
    alice, bob = client.repository.alice, client.repository.bob
    client.repository.rotate("timestamp", client.repository.freshness, new_key(), [alice, bob])
    client.repository.renew()
    assert client.refresh() == 0
    assert client.versions()["root"] == 2


def test_refresh_twice_asks_for_little(client: Client) -> None:
    client.refresh()
    client.web.asked.clear()
    assert client.refresh() == 0
    assert client.web.asked == ["metadata/2.root.json", "metadata/timestamp.json"]


@pytest.mark.parametrize("days", [-36, -3000])
def test_refresh_fails_on_what_expired(client: Client, days: int) -> None:
    """By the system's clock. What does not count any more is not kept."""
    client.repository.now += timedelta(days=days)
    client.repository.renew()
    assert client.refresh() == 1
    assert "snapshot" not in client.versions()


def test_refresh_fails_on_an_older_timestamp_and_keeps_the_newer(client: Client) -> None:
    old = dict(client.repository.files)
    client.repository.release()
    client.refresh()
    client.repository.files = old
    assert client.refresh() == 1
    assert client.versions() == {"root": 1, "timestamp": 2, "snapshot": 2, "targets": 2}


def test_refresh_fails_on_mixed_parts_and_keeps_what_verified(client: Client) -> None:
    client.refresh()
    client.repository.release()
    client.repository.files["metadata/2.targets.json"] = client.repository.files["metadata/1.targets.json"]
    assert client.refresh() == 1
    assert client.versions() == {"root": 1, "timestamp": 2, "snapshot": 2, "targets": 1}


def test_refresh_fails_on_a_wrong_signature(client: Client) -> None:
    client.refresh()
    client.repository.timestamp.version += 1
    client.repository.write(client.repository.timestamp, [new_key()])
    assert client.refresh() == 1
    assert client.versions()["timestamp"] == 1


def test_refresh_fails_on_a_root_below_its_threshold(client: Client) -> None:
    client.repository.root.version = 2
    client.repository.write(client.repository.root, [client.repository.alice])
    assert client.refresh() == 1
    assert client.versions() == {"root": 1}


def test_refresh_fails_where_a_role_is_missing(client: Client) -> None:
    del client.repository.files["metadata/1.snapshot.json"]
    assert client.refresh() == 1


def test_refresh_fails_where_the_server_has_a_fault(client: Client) -> None:
    client.web.answers["metadata/2.root.json"] = (500, {}, b"")
    assert client.refresh() == 1


@pytest.mark.parametrize("address", ["http://lists.invalid", "ftp://127.0.0.1", "x"])
def test_plain_http_reaches_this_computer_only(
    client: Client, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is sent: the address itself is refused."""
    assert client.refresh(address) == 1
    assert "address" in capsys.readouterr().err


def test_download_brings_a_target_and_what_changed_in_it(client: Client) -> None:
    assert client.download("folder/artifact.txt") == 0
    assert client.downloaded() == {b"the content of an artifact"}
    client.repository.put_target(b"another content", "folder/artifact.txt")
    client.repository.release()
    assert client.download("folder/artifact.txt") == 0
    assert client.downloaded() == {b"another content"}


def test_download_takes_several_and_none_twice(client: Client) -> None:
    assert client.download("folder/artifact.txt", LISTS) == 0
    assert len(client.downloaded()) == 2
    client.web.asked.clear()
    assert client.download("folder/artifact.txt", LISTS) == 0
    assert not [name for name in client.web.asked if name.startswith("targets/")]


def test_download_fails_for_a_target_that_nobody_signed(client: Client) -> None:
    assert client.download("folder/other.txt") == 1
    assert client.downloaded() == set()


def test_download_fails_for_a_changed_target(client: Client) -> None:
    (name,) = (name for name in client.repository.files if name.endswith("artifact.txt"))
    client.repository.edit(name, b"content", b"malware")
    assert client.download("folder/artifact.txt") == 1
    assert client.downloaded() == set()


def test_the_program_speaks_it_under_a_hidden_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The suite starts `hygiene tuf-conformance`; no help names it."""
    from hygiene.cli.run import run

    missing = tmp_path / "missing.json"
    assert run(["tuf-conformance", "--metadata-dir", str(tmp_path), "init", str(missing)]) == 1
    assert run(["--help"]) == 0
    assert "tuf-conformance" not in capsys.readouterr().out

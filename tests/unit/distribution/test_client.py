"""Adding, pinning and removing sources; what cannot be, leaves nothing behind."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from tests.attacks.publisher import FIRST, NOW, SECOND, Publisher
from tests.attacks.transports import FolderTransport
from tests.faults.test_full_disk import disk, fill, page_of

from hygiene.distribution import client, updating
from hygiene.distribution.client import adopt, fetch_root, fetch_roots, pin, refresh, remove, verified
from hygiene.distribution.failures import (
    DamagedCopyError,
    ForgedError,
    IncompleteError,
    NothingVerifiedError,
    SourceNameError,
    UnreachableError,
)
from hygiene.distribution.source import Source, fingerprint_of, load_source, load_sources
from hygiene.errors import HygieneError, NotDoneError
from hygiene.safety.files import locked

__all__ = ["disk"]  # a fixture


@pytest.fixture
def share(tmp_path: Path, acme: Publisher) -> FolderTransport:
    """A folder with acme's first release."""
    (tmp_path / "share").mkdir()
    share = FolderTransport(tmp_path / "share")
    share.put(acme.files)
    return share


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where sources are kept; not there yet."""
    return tmp_path / "home" / "sources"


class TestAdding:
    def test_what_was_added_can_be_used(self, home: Path, share: FolderTransport) -> None:
        root = fetch_root(share.address)
        taken = adopt(home, share.address, root, NOW)
        assert load_sources(home) == ((taken.source,), ())
        assert taken.source.name == "acme"
        assert taken.source.address == share.address
        assert taken.source.fingerprint == fingerprint_of(root)
        assert (taken.source.added_on, taken.source.verified_on) == (NOW.date(), NOW.date())
        assert (taken.source.title, taken.source.contact) == ("ACME security team", "security@acme.example")
        assert taken.is_new
        assert taken.previous is None
        assert verified(home, taken.source).release == taken.release
        assert not refresh(home, taken.source, NOW).is_new

    def test_nobody_else_can_look_into_it(self, home: Path, share: FolderTransport) -> None:
        adopt(home, share.address, fetch_root(share.address), NOW)
        for path in [home, *home.rglob("*")]:
            if path.is_dir():
                assert path.stat().st_mode & 0o777 == 0o700, path

    def test_a_name_that_is_taken_leaves_nothing(self, home: Path, share: FolderTransport) -> None:
        with pytest.raises(SourceNameError, match="the name “acme” is taken"):
            adopt(home, share.address, fetch_root(share.address), NOW, reserved={"acme"})
        assert [path.name for path in home.iterdir()] == [".lock"]

    def test_twice_changes_nothing(self, home: Path, share: FolderTransport, acme: Publisher) -> None:
        first = adopt(home, share.address, fetch_root(share.address), NOW)
        acme.release(SECOND)
        share.put(acme.files)
        with pytest.raises(SourceNameError, match="there is already a source called “acme”"):
            adopt(home, share.address, fetch_root(share.address), NOW + timedelta(days=1))
        assert load_sources(home) == ((first.source,), ())
        assert verified(home, first.source).release == first.release

    def test_another_with_the_same_name_does_not_take_its_place(
        self, home: Path, share: FolderTransport
    ) -> None:
        first = adopt(home, share.address, fetch_root(share.address), NOW)
        attacker = Publisher()
        attacker.release(SECOND)
        share.put(attacker.files)
        with pytest.raises(SourceNameError):
            adopt(home, share.address, attacker.first_root, NOW)
        assert verified(home, first.source).release == first.release

    @pytest.mark.parametrize("missing", ["timestamp.json", "lists.json"])
    def test_a_half_copied_one_leaves_nothing(
        self, home: Path, share: FolderTransport, acme: Publisher, missing: str
    ) -> None:
        share.put({name: data for name, data in acme.files.items() if not name.endswith(missing)})
        with pytest.raises(IncompleteError, match=f"share” is not complete yet: {missing} is missing"):
            adopt(home, share.address, fetch_root(share.address), NOW)
        assert load_sources(home) == ((), ())
        assert not (home / ".new").exists()

    def test_a_root_that_is_none_leaves_nothing(self, home: Path, share: FolderTransport) -> None:
        with pytest.raises(IncompleteError, match="is cut off or damaged"):
            adopt(home, share.address, b"{}", NOW)
        assert not (home / ".new").exists()

    def test_a_root_of_somebody_else_is_refused(self, home: Path, share: FolderTransport) -> None:
        with pytest.raises(ForgedError):
            adopt(home, share.address, Publisher().first_root, NOW)

    def test_what_a_crash_left_is_no_obstacle(self, home: Path, share: FolderTransport) -> None:
        for name in (".new", "acme"):
            (home / name / "metadata").mkdir(parents=True)
            (home / name / "metadata" / "root.json").write_bytes(b"{")
        assert adopt(home, share.address, fetch_root(share.address), NOW).source.name == "acme"
        assert [path.name for path in sorted(home.iterdir())] == [".lock", "acme"]

    def test_keys_are_followed_for_so_long_and_no_longer(
        self, share: FolderTransport, acme: Publisher, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A host cannot go on offering new ones for ever."""
        monkeypatch.setattr(client, "_MOST_ROOTS", 3)
        for _ in range(4):
            acme.root.version += 1
            acme.write(acme.root)
        share.put(acme.files)
        assert len(fetch_roots(share.address)) == 3

    def test_where_nothing_is_nothing_is_added(self, home: Path, tmp_path: Path) -> None:
        with pytest.raises(UnreachableError):
            fetch_roots(str(tmp_path / "gone"))
        assert not home.exists()

    def test_a_name_that_cannot_be_given_is_said(
        self, home: Path, share: FolderTransport, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> None:
            raise OSError(13, "Permission denied")

        root = fetch_root(share.address)
        monkeypatch.setattr(Path, "rename", fail)
        with pytest.raises(NotDoneError, match="the update of “acme” could not be kept: Permission denied"):
            adopt(home, share.address, root, NOW)


class TestPinning:
    def test_it_asks_nobody_and_has_nothing_yet(self, home: Path, acme: Publisher) -> None:
        source = pin(home, "acme", "https://lists.acme.example/", acme.first_root, NOW.date(), managed=True)
        assert load_source(home, "acme") == source
        assert source.address == "https://lists.acme.example"
        assert source.managed
        with pytest.raises(NothingVerifiedError, match="there are no lists of “acme” on this computer yet"):
            verified(home, source)

    def test_an_update_then_brings_the_lists(
        self, home: Path, share: FolderTransport, acme: Publisher
    ) -> None:
        source = pin(home, "acme", share.address, acme.first_root, NOW.date(), managed=True)
        taken = refresh(home, source, NOW)
        assert taken.source.managed
        assert verified(home, taken.source).release.files.keys() == FIRST.keys()

    @pytest.mark.parametrize("name", ["../acme", "my", "A"])
    def test_a_name_that_no_source_may_have_is_refused(self, home: Path, acme: Publisher, name: str) -> None:
        with pytest.raises(SourceNameError):
            pin(home, name, "/srv", acme.first_root, NOW.date(), managed=False)

    def test_one_that_is_there_stays(self, home: Path, acme: Publisher) -> None:
        source = pin(home, "acme", "/srv", acme.first_root, NOW.date(), managed=False)
        with pytest.raises(SourceNameError):
            pin(home, "acme", "/other", Publisher().first_root, NOW.date(), managed=False)
        assert load_source(home, "acme") == source

    @pytest.mark.parametrize("data", [b"", b"{}", b"<html>", b"\xff"])
    def test_what_is_no_root_is_refused(self, home: Path, data: bytes) -> None:
        with pytest.raises(HygieneError):
            pin(home, "acme", "/srv", data, NOW.date(), managed=False)
        assert load_sources(home) == ((), ())

    def test_a_root_that_does_not_sign_itself_is_refused(self, home: Path, acme: Publisher) -> None:
        acme.write(acme.root, [acme.alice])
        with pytest.raises(ForgedError):
            pin(home, "acme", "/srv", acme.first_root, NOW.date(), managed=False)

    def test_a_root_that_went_missing_is_told(self, home: Path, acme: Publisher) -> None:
        source = pin(home, "acme", "/srv", acme.first_root, NOW.date(), managed=False)
        (home / "acme" / f"{source.fingerprint}.root.json").unlink()
        with pytest.raises(DamagedCopyError, match="what this computer keeps of “acme” was changed"):
            verified(home, source)


class TestRemoving:
    def test_nothing_of_it_is_left(self, home: Path, share: FolderTransport) -> None:
        adopt(home, share.address, fetch_root(share.address), NOW)
        remove(home, "acme")
        assert not (home / "acme").exists()
        assert load_sources(home) == ((), ())

    def test_a_damaged_one_can_be_removed_and_added_again(self, home: Path, share: FolderTransport) -> None:
        source = adopt(home, share.address, fetch_root(share.address), NOW).source
        (home / "acme" / "source.json").write_bytes(b"{")
        with pytest.raises(DamagedCopyError):
            load_source(home, "acme")
        remove(home, "acme")
        assert adopt(home, share.address, fetch_root(share.address), NOW).source == source

    def test_one_that_is_not_there_is_said(self, home: Path) -> None:
        with pytest.raises(SourceNameError, match="there is no source called “acme”"):
            remove(home, "acme")

    def test_no_path_is_a_name(self, home: Path) -> None:
        with pytest.raises(SourceNameError, match="cannot have this name"):
            remove(home, "../home")

    def test_a_removal_cut_short_leaves_no_source(
        self, home: Path, share: FolderTransport, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> None:
            raise OSError(5, "Input/output error")

        adopt(home, share.address, fetch_root(share.address), NOW)
        with monkeypatch.context() as broken:
            broken.setattr("shutil.rmtree", fail)
            with pytest.raises(NotDoneError, match="Input/output error"):
                remove(home, "acme")
        assert load_sources(home) == ((), ())
        assert adopt(home, share.address, fetch_root(share.address), NOW).source.name == "acme"


class TestDisk:
    def test_a_full_disk_leaves_the_lists_of_before(
        self, disk: Path, share: FolderTransport, acme: Publisher
    ) -> None:
        """At every amount of room; and once there is enough, the update goes through."""
        folder = disk / "sources"
        source = adopt(folder, share.address, fetch_root(share.address), NOW).source
        before = verified(folder, source)
        acme.rotate("timestamp", acme.freshness, Publisher().freshness, [acme.alice, acme.bob])
        acme.release({"acme-phones.yaml": "x" * 50_000})
        share.put(acme.files)
        failures = 0
        for pages in range(60):
            fill(disk, room=pages * page_of(disk))
            with suppress(NotDoneError):
                assert refresh(folder, source, NOW).is_new
                break
            failures += 1
            assert verified(folder, load_source(folder, "acme")) == before
        assert failures > 10
        assert verified(folder, source).release != before.release

    @pytest.fixture
    def source(self, home: Path, share: FolderTransport, acme: Publisher) -> Source:
        """One that has something new to bring, and new keys."""
        source = adopt(home, share.address, fetch_root(share.address), NOW).source
        acme.rotate("timestamp", acme.freshness, Publisher().freshness, [acme.alice, acme.bob])
        acme.release(SECOND)
        share.put(acme.files)
        return source

    @pytest.mark.parametrize("writes", [0, 1, 2])
    def test_a_kill_between_two_writes_leaves_the_old_lists_or_the_new(
        self, home: Path, source: Source, monkeypatch: pytest.MonkeyPatch, writes: int
    ) -> None:
        """The lists, what was signed, the source: in this order."""
        before = verified(home, source)
        done: list[Path] = []

        def write(path: Path, data: bytes) -> None:
            if len(done) == writes:
                raise KeyboardInterrupt
            done.append(path)
            path.write_bytes(data)

        for module in ("offline", "source"):
            monkeypatch.setattr(f"hygiene.distribution.{module}.write_atomically", write)
        with pytest.raises(KeyboardInterrupt):
            refresh(home, source, NOW)
        monkeypatch.undo()
        assert [path.name.rpartition(".")[0][-5:] for path in done] == ["lists", "ified"][:writes]
        found = verified(home, load_source(home, "acme")).release
        assert (found == before.release) is (writes < 2)
        assert refresh(home, source, NOW).is_new is (writes < 2)


def test_one_update_at_a_time(home: Path, share: FolderTransport, monkeypatch: pytest.MonkeyPatch) -> None:
    """TUF's memory is for one."""
    source = adopt(home, share.address, fetch_root(share.address), NOW).source
    monkeypatch.setattr(updating, "locked", lambda path: locked(path, wait=0.01))
    with updating.source_lock(home / "acme"), pytest.raises(NotDoneError, match="another hygiene"):
        refresh(home, source, NOW)


def test_light_commands_do_not_load_the_libraries() -> None:
    """Every module but the one that says so."""
    modules = (
        "client updating tuf_client offline verifying hosts web addresses release source failures conformance"
    )
    program = (
        "import importlib, sys\n"
        f"for each in {modules.split()}: importlib.import_module('hygiene.distribution.' + each)\n"
        "sys.exit(bool({'tuf', 'urllib3', 'securesystemslib', 'cryptography'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0

"""What lies beside a store is told apart by its name, and copies by what they say they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.unit.safety.nobody import open_folder, run_as_nobody
from tests.unit.safety.stores import SEALED, STORE_ID

from hygiene.safety.container import MAGIC
from hygiene.store import beside
from hygiene.store.beside import (
    find_copies,
    find_leftovers,
    find_set_aside,
    free_aside,
    lock_of,
    previous_of,
)

STRANGER = SEALED.replace(STORE_ID, bytes(16))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store in a folder of its own."""
    store = tmp_path / "answers.hygiene"
    store.write_bytes(SEALED)
    return store


class TestNames:
    def test_what_belongs_to_a_store_is_named_after_it(self, path: Path) -> None:
        """The lock and the generation before: in the same folder, so that a rename reaches them."""
        assert lock_of(path) == path.parent / "answers.hygiene.lock"
        assert previous_of(path) == path.parent / "answers.hygiene.previous"

    def test_the_first_free_number_is_taken(self, path: Path) -> None:
        """A gap is filled; the suffix stays, so that it is still known for a store."""
        assert free_aside(path) == path.parent / "answers-set-aside-1.hygiene"
        for number in (1, 3):
            (path.parent / f"answers-set-aside-{number}.hygiene").touch()
        assert free_aside(path) == path.parent / "answers-set-aside-2.hygiene"

    def test_a_dangling_link_is_taken_too(self, path: Path) -> None:
        """Else what is set aside would be written through it, to somewhere else."""
        (path.parent / "answers-set-aside-1.hygiene").symlink_to("nowhere")
        assert free_aside(path).name == "answers-set-aside-2.hygiene"

    def test_a_number_whose_kept_generation_is_still_there_is_taken(self, path: Path) -> None:
        """Else setting a store aside would write over it: nothing is ever deleted."""
        previous_of(path.parent / "answers-set-aside-1.hygiene").touch()
        assert free_aside(path).name == "answers-set-aside-2.hygiene"

    def test_stores_set_aside_are_found_in_order(self, path: Path) -> None:
        """Those of this store's name only, and not their kept generations."""
        for name in ("answers-set-aside-2.hygiene", "answers-set-aside-1.hygiene"):
            (path.parent / name).touch()
        for name in ("answers-set-aside-1.hygiene.previous", "other-set-aside-1.hygiene"):
            (path.parent / name).touch()
        assert [each.name for each in find_set_aside(path)] == [
            "answers-set-aside-1.hygiene",
            "answers-set-aside-2.hygiene",
        ]

    def test_what_killed_saves_left_is_found(self, path: Path) -> None:
        """The temporary files of `write_atomically`, and nothing of the person's own."""
        (path.parent / ".hygiene-0123456789abcdef.tmp").touch()
        (path.parent / "my.tmp").touch()
        assert [each.name for each in find_leftovers(path)] == [".hygiene-0123456789abcdef.tmp"]


class TestCopies:
    @pytest.mark.parametrize(
        "name",
        [
            "answers (Ana's conflicted copy 2026-11-22).hygiene",
            "answers.sync-conflict-20261122-101500-ABCDEFG.hygiene",
            "answers-LAPTOP.hygiene",
            "answers (conflicted copy 2026-11-22 101500).hygiene",
            "answers (1).hygiene",
            "answers.hygiene.previous (1)",
        ],
        ids=["Dropbox", "Syncthing", "OneDrive", "Nextcloud", "Google Drive", "of the kept generation"],
    )
    def test_a_conflict_copy_is_found_whatever_its_name(self, path: Path, name: str) -> None:
        """By what it begins with: each service has its own way of naming."""
        copy = path.parent / name
        copy.write_bytes(SEALED)
        assert find_copies(path, STORE_ID) == (copy,)

    def test_several_come_in_order(self, path: Path) -> None:
        """Of their names, the same on every run."""
        for name in ("c", "a", "b"):
            (path.parent / name).write_bytes(SEALED)
        assert [each.name for each in find_copies(path, STORE_ID)] == ["a", "b", "c"]

    def test_neither_the_store_nor_what_is_kept_on_purpose(self, path: Path) -> None:
        """The generation before and what was set aside are no news."""
        previous_of(path).write_bytes(SEALED)
        free_aside(path).write_bytes(SEALED)
        previous_of(free_aside(path)).write_bytes(SEALED)
        assert find_copies(path, STORE_ID) == ()

    def test_not_what_a_killed_save_left(self, path: Path) -> None:
        """Half a file would be told as a copy with other secrets, on every command from then on."""
        (path.parent / ".hygiene-0123456789abcdef.tmp").write_bytes(SEALED[:-1])
        assert find_copies(path, STORE_ID) == ()

    @pytest.mark.parametrize(
        "content",
        [STRANGER, b"", SEALED[:24], b"a holiday picture, say", MAGIC],
        ids=["another store", "empty", "broken off in its id", "something else", "the first bytes only"],
    )
    def test_not_what_says_it_is_something_else(self, path: Path, content: bytes) -> None:
        """Nobody's other file is ever touched."""
        (path.parent / "answers (1).hygiene").write_bytes(content)
        assert find_copies(path, STORE_ID) == ()

    def test_neither_links_nor_pipes_nor_folders(
        self, path: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """A link may lead anywhere, and a pipe would never answer."""
        elsewhere = tmp_path_factory.mktemp("elsewhere") / "copy"
        elsewhere.write_bytes(SEALED)
        (path.parent / "link").symlink_to(elsewhere)
        (path.parent / "dangling").symlink_to("nowhere")
        (path.parent / "folder").mkdir()
        os.mkfifo(path.parent / "pipe")
        assert find_copies(path, STORE_ID) == ()

    @pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
    def test_what_became_something_else_meanwhile_is_not_waited_for(self, path: Path, make: object) -> None:
        """Between the look at the folder and the opening."""
        assert callable(make)
        make(path.parent / "was a file")
        assert beside.id_in(str(path.parent / "was a file")) is None

    def test_nothing_is_taken_out_of_a_pipe(self, path: Path) -> None:
        """What somebody wrote into it is meant for somebody else."""
        pipe = path.parent / "was a file"
        os.mkfifo(pipe)
        both_ends = os.open(pipe, os.O_RDWR)
        os.write(both_ends, SEALED[:100])
        assert beside.id_in(str(pipe)) is None
        assert os.read(both_ends, 200) == SEALED[:100]
        os.close(both_ends)

    def test_what_went_away_meanwhile_is_none(self, path: Path) -> None:
        """A sync moves files about while one looks."""
        assert beside.id_in(str(path.parent / "was here")) is None

    def test_not_one_that_may_not_be_read(self) -> None:
        """The others beside it are found all the same."""
        with open_folder() as folder:
            path = folder / "answers.hygiene"
            for name in ("answers.hygiene", "mine", "theirs"):
                (folder / name).write_bytes(SEALED)
            (folder / "theirs").chmod(0o600)

            def work() -> None:
                with pytest.raises(PermissionError):
                    (folder / "theirs").read_bytes()
                assert find_copies(path, STORE_ID) == (folder / "mine",)

            run_as_nobody(work)

    def test_a_folder_that_is_not_there_has_none(self, tmp_path: Path) -> None:
        """Nor does one that may not be listed."""
        assert find_copies(tmp_path / "gone" / "answers.hygiene", STORE_ID) == ()

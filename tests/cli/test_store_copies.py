"""`hygiene store backup|restore|export|erase` as scripts call them, without a terminal."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import PASSPHRASE, TODAY, Program
from tests.cli.refusal import assert_said_well, everything_in, refused

NEW_PASSPHRASE = "vier Woerter sind genug"
BACKUP = f"hygiene-backup-{TODAY}.hygiene"


@pytest.fixture
def kept(audited: Program) -> Program:
    """The program after an audit and a backup."""
    assert audited("store", "backup").code == 0
    return audited


def store_of(program: Program) -> Path:
    return program.home / "answers.hygiene"


def statements(program: Program, *arguments: str) -> list[dict[str, Any]]:
    """Return everything that the store holds."""
    exported = program("store", "export", *arguments)
    assert exported.code == 0, exported.err
    found = exported.json["statements"]
    assert isinstance(found, list)
    return found


def spoil(path: Path, place: int = -100) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def unwrapped(words: str) -> str:
    """Return words without any space, so that it does not matter where lines and long names break."""
    return "".join(words.split())


class TestBackup:
    def test_has_a_name_of_the_day(self, audited: Program) -> None:
        """On stdout the path alone; on stderr what opens it, and that it belongs elsewhere."""
        run = audited("store", "backup")
        assert (run.code, run.out) == (0, f"{BACKUP}\n")
        assert "opens with: passphrase. " in run.err
        assert unwrapped("away from this computer") in unwrapped(run.err)
        assert (audited.folder / BACKUP).stat().st_mode & 0o777 == 0o600

    def test_holds_everything(self, audited: Program) -> None:
        """What was said until then is in it."""
        before = statements(audited)
        audited("store", "backup", "kept.hygiene")
        assert audited("store", "restore", "kept.hygiene", "--home", "elsewhere").code == 0
        assert statements(audited, "--home", "elsewhere") == before

    @pytest.mark.parametrize("file", [BACKUP, "home", "nowhere/kept.hygiene", "home/answers.hygiene"])
    def test_overwrites_nothing(self, kept: Program, file: str) -> None:
        """A file or folder that is there, or a folder that is not: refused."""
        refused(kept, 3, "store", "backup", file)

    def test_follows_no_link(self, audited: Program) -> None:
        """Not even one that leads nowhere."""
        (audited.folder / "kept.hygiene").symlink_to(audited.folder / "elsewhere")
        refused(audited, 3, "store", "backup", "kept.hygiene")

    def test_a_second_one_on_a_day_has_a_number(self, kept: Program) -> None:
        """The first one stays."""
        before = (kept.folder / BACKUP).read_bytes()
        assert kept("store", "backup").out == BACKUP.replace(".hygiene", "-2.hygiene") + "\n"
        assert (kept.folder / BACKUP).read_bytes() == before

    def test_a_name_that_is_no_text_breaks_nothing(self, kept: Program) -> None:
        """The backup, and every export after it, which writes the name as JSON's own escape."""
        name = os.fsdecode(b"caf\xe9.hygiene")
        assert kept("store", "backup", name).code == 0
        assert kept("store", "export", "-o", "export.json").code == 0
        paths = [
            each.get("path", "")
            for each in json.loads((kept.folder / "export.json").read_text())["statements"]
        ]
        assert str(kept.folder / name) in paths


class TestWhereToWrite:
    @pytest.mark.parametrize(
        "command",
        [
            ("store", "export", "-o"),
            ("report", "-o"),
            ("demo", "-o"),
            ("store", "backup"),
            ("store", "recovery", "--recovery-file"),
        ],
        ids=" ".join,
    )
    @pytest.mark.parametrize("name", ["answers.hygiene", "answers.hygiene.previous", "new.file"])
    def test_nothing_is_written_into_the_own_folder(
        self, kept: Program, command: tuple[str, ...], name: str
    ) -> None:
        """A file named like the store would be the end of the store."""
        kept("settings", "password-months", "6")
        run = refused(kept, 3, *command, str(kept.home / name))
        assert "own folder" in run.err

    @pytest.mark.parametrize("command", [("store", "export", "-o"), ("report", "-o"), ("store", "backup")])
    def test_nothing_but_a_file_is_written_over(self, kept: Program, command: tuple[str, ...]) -> None:
        """A pipe stays a pipe, a folder a folder."""
        os.mkfifo(kept.folder / "pipe")
        for name in ("pipe", ".", "/", "", "home"):
            refused(kept, 3, *command, str(kept.folder / name) if name in {"pipe", "home"} else name)
        assert (kept.folder / "pipe").is_fifo()


class TestVanished:
    def test_the_copy_that_is_left_is_named(self, kept: Program) -> None:
        """A sync took the store away: the copy is told of, and becomes the store."""
        kept("settings", "password-months", "6")
        store_of(kept).unlink()
        run = kept("status")
        assert run.code == 3
        assert "restore --previous" in run.err
        assert kept("store", "restore", "--previous", "--home", str(kept.home)).code == 0
        assert kept("status").code == 0

    def test_a_new_store_keeps_the_copy(self, kept: Program) -> None:
        """It is the last that is left of the answers."""
        kept("settings", "password-months", "6")
        store_of(kept).unlink()
        previous = (kept.home / "answers.hygiene.previous").read_bytes()
        assert kept("store", "init").code == 0
        assert (kept.home / "answers-set-aside-1.hygiene").read_bytes() == previous


class TestRestore:
    def test_on_a_computer_without_a_store(self, kept: Program) -> None:
        """The home is made, private, with every entry; on stdout the path alone."""
        run = kept("store", "restore", BACKUP, "--home", "elsewhere")
        assert (run.code, run.out) == (0, "elsewhere/answers.hygiene\n")
        assert run.err == "Your answers are back: 3 accounts, 5 answers.\n"
        assert (kept.folder / "elsewhere").stat().st_mode & 0o777 == 0o700
        assert kept("status", "--home", "elsewhere").out == kept("status").out

    def test_with_a_new_passphrase(self, kept: Program) -> None:
        """The old one opens the backup still, and the restored store no more."""
        new = kept.file("new", NEW_PASSPHRASE)
        elsewhere = ("--home", "elsewhere")
        assert kept("store", "restore", BACKUP, *elsewhere, "--new-passphrase-file", new).code == 0
        assert kept("status", *elsewhere).code == 3
        assert kept("status", *elsewhere, "--passphrase-file", new).code == 0
        assert kept("store", "restore", BACKUP, "--home", "third").code == 0

    def test_joins_what_is_missing_here(self, kept: Program) -> None:
        """What was said since stays, what only the copy has comes back, and a second time nothing is new."""
        kept("store", "restore", BACKUP, "--home", "elsewhere")
        kept("settings", "password-months", "6", "--home", "elsewhere")
        kept("store", "backup", "laptop.hygiene", "--home", "elsewhere")
        kept("settings", "audit-months", "6")
        count = len(statements(kept))
        run = kept("store", "restore", "laptop.hygiene")
        assert (run.code, run.out) == (0, "")
        assert "1 entry" in run.err
        assert len(statements(kept)) == count + 1
        assert (kept("settings", "password-months").out, kept("settings", "audit-months").out) == (
            "6\n",
            "6\n",
        )
        before = everything_in(kept.folder)
        assert "--replace" in kept("store", "restore", "laptop.hygiene").err
        assert everything_in(kept.folder) == before

    def test_replace_goes_back(self, kept: Program) -> None:
        """What was said since is gone from the store, and kept under a name that is told."""
        today = statements(kept)
        kept("settings", "password-months", "6")
        was = store_of(kept).read_bytes()
        run = kept("store", "restore", BACKUP, "--replace")
        assert (run.code, run.out) == (0, f"{store_of(kept)}\n")
        aside = kept.home / "answers-set-aside-1.hygiene"
        assert unwrapped(str(aside)) in unwrapped(run.err)
        assert aside.read_bytes() == was
        assert statements(kept)[: len(today) - 1] == today[:-1]  # the last one says where the backup is
        assert kept("settings", "password-months").out == "3\n"
        assert kept("store", "restore", str(aside)).code == 0
        assert kept("settings", "password-months").out == "6\n"

    def test_another_store_takes_a_replace(self, kept: Program) -> None:
        """Two people's answers are never mixed by mistake."""
        assert kept("store", "init", "--home", "elsewhere").code == 0
        run = refused(kept, 3, "store", "restore", BACKUP, "--home", "elsewhere")
        assert "other answers than those here" in run.err
        assert "--replace" in run.err
        kept("settings", "password-months", "6", "--home", "elsewhere")
        before = (kept.folder / "elsewhere" / "answers.hygiene.previous").read_bytes()
        assert kept("store", "restore", BACKUP, "--home", "elsewhere", "--replace").code == 0
        assert kept("status", "--home", "elsewhere").out == kept("status").out
        aside = kept.folder / "elsewhere" / "answers-set-aside-1.hygiene"
        assert aside.exists()
        assert aside.with_name(aside.name + ".previous").read_bytes() == before
        assert not (kept.folder / "elsewhere" / "answers.hygiene.previous").exists()

    @pytest.mark.parametrize("replace", [(), ("--replace",)])
    @pytest.mark.parametrize("home", ["home", "elsewhere"])
    @pytest.mark.parametrize(
        ("file", "code"),
        [("passphrase", 3), ("nowhere", 3), ("home", 3), ("spoilt", 4), ("short", 4), ("other slot", 3)],
    )
    def test_a_file_that_does_not_do(
        self, kept: Program, file: str, code: int, home: str, replace: tuple[str, ...]
    ) -> None:
        """No store, missing, a folder, damaged, cut off, with a spoilt slot: what is there stays."""
        sealed = (kept.folder / BACKUP).read_bytes()
        (kept.folder / "spoilt").write_bytes(sealed)
        spoil(kept.folder / "spoilt")
        (kept.folder / "short").write_bytes(sealed[:50])
        (kept.folder / "other slot").write_bytes(sealed)
        spoil(kept.folder / "other slot", 140)
        kept("store", "rotate", "--recovery-file", "code")  # so that the store's key opens no backup
        refused(kept, code, "store", "restore", file, "--home", home, *replace)

    def test_the_wrong_passphrase(self, kept: Program) -> None:
        """No home is made."""
        wrong = kept.file("wrong", NEW_PASSPHRASE)
        refused(kept, 3, "store", "restore", BACKUP, "--home", "elsewhere", "--passphrase-file", wrong)

    def test_without_a_file(self, kept: Program) -> None:
        """A mistake of the command line, where nobody can be asked."""
        refused(kept, 2, "store", "restore")
        refused(kept, 2, "store", "restore", BACKUP, "--previous")

    def test_without_a_copy_beside_the_store(self, program: Program) -> None:
        """There may be none yet, nor even a store."""
        refused(program, 3, "store", "restore", "--previous")
        program("store", "init")
        refused(program, 3, "store", "restore", "--previous", "--replace")

    def test_previous_after_damage(self, kept: Program) -> None:
        """Commands say the way back; it leads to the store before, and the damaged file is kept."""
        statements_before = statements(kept)
        kept("settings", "password-months", "6")
        spoil(store_of(kept))
        damaged = store_of(kept).read_bytes()
        run = refused(kept, 4, "status")
        assert "`hygiene store restore --previous --replace`" in run.err
        run = kept("store", "restore", "--previous", "--replace")
        assert (run.code, run.out) == (0, f"{store_of(kept)}\n")
        assert statements(kept) == statements_before
        assert (kept.home / "answers-set-aside-1.hygiene").read_bytes() == damaged

    @pytest.mark.parametrize("place", [-100, 30, 140])
    def test_a_backup_after_damage(self, kept: Program, place: int) -> None:
        """Payload, header or slot: the backup takes its place, and joining says that it cannot."""
        spoil(store_of(kept), place)
        joining = kept("store", "restore", BACKUP)
        assert joining.code in {3, 4}
        assert_said_well(joining)
        assert kept("store", "restore", BACKUP, "--replace").code == 0
        assert kept("status").code == 0


class TestExport:
    def test_is_json_of_everything(self, audited: Program) -> None:
        """Stdout is data alone, and stderr says that nothing protects it."""
        run = audited("store", "export")
        assert run.code == 0
        exported = run.json
        assert (exported["schema"], exported["exported_on"]) == ("hygiene.export/1", TODAY)
        answers = {
            each["check"]: each["answer"] for each in exported["statements"] if each["kind"] == "answer"
        }
        assert len(answers) == 5
        assert answers["instagram.two-factor"] == "sms"
        assert "no longer encrypted" in run.err

    def test_to_a_file_for_its_owner_only(self, audited: Program) -> None:
        """On stdout the path alone; the same content as on stdout."""
        content = audited("store", "export").out
        run = audited("store", "export", "-o", "export.json")
        assert (run.code, run.out) == (0, "export.json\n")
        assert "no longer encrypted" in run.err
        assert (audited.folder / "export.json").stat().st_mode & 0o777 == 0o600
        assert (audited.folder / "export.json").read_text(encoding="utf-8") == content

    @pytest.mark.parametrize("file", ["nowhere/export.json", "home"])
    def test_that_cannot_be_written(self, audited: Program, file: str) -> None:
        """Refused, and the store remembers no file."""
        refused(audited, 3, "store", "export", "-o", file)


class TestErase:
    def test_needs_a_yes(self, audited: Program) -> None:
        """Where nobody can be asked, a mistake of the command line."""
        assert "add --yes" in refused(audited, 2, "store", "erase").err

    def test_leaves_nothing(self, kept: Program) -> None:
        """Neither store, copies, leftovers nor home; every file is named before."""
        kept("settings", "password-months", "6")
        kept("store", "restore", BACKUP, "--replace")
        (kept.home / "answers (conflicted copy).hygiene").write_bytes(store_of(kept).read_bytes())
        (kept.home / ".hygiene-abcd.tmp").write_bytes(b"half a store")
        held = {path for path in kept.home.iterdir() if not path.name.endswith(".lock")}
        assert len(held) == 6  # with the due-file
        run = kept("store", "erase", "--yes")
        assert (run.code, run.out) == (0, "")
        assert [path for path in held if unwrapped(str(path)) not in unwrapped(run.err)] == []
        assert "Deleted." in run.err
        assert not kept.home.exists()
        assert kept("status").code == 3

    def test_names_what_is_still_there(self, kept: Program) -> None:
        """Reports and exports, which anyone can read, and backups; not what was deleted meanwhile."""
        for name in ("report.html", "gone.html"):
            assert kept("report", "-o", name).code == 0
        kept("store", "export", "-o", "export.json")
        (kept.folder / "gone.html").unlink()
        err = unwrapped(kept("store", "erase", "--yes").err)
        readable, sealed = err.split(unwrapped("These backups are sealed, and still there:"))
        assert [name for name in ("report.html", "export.json") if f"{kept.folder}/{name}" in readable] == [
            "report.html",
            "export.json",
        ]
        assert f"{kept.folder}/{BACKUP}" in sealed
        assert "gone.html" not in err
        assert "Beyondreach:" in sealed
        assert json.loads((kept.folder / "export.json").read_text())["schema"]

    def test_without_a_secret(self, kept: Program) -> None:
        """It works, and says that it could not name what was written."""
        run = kept("store", "erase", "--yes", HYGIENE_PASSPHRASE_FILE="")
        assert run.code == 0
        assert unwrapped("cannot be named") in unwrapped(run.err)
        assert not kept.home.exists()

    @pytest.mark.parametrize("place", [0, 30, 140, -100])
    def test_a_damaged_store(self, kept: Program, place: int) -> None:
        """What cannot be read can still be deleted."""
        spoil(store_of(kept), place)
        assert kept("store", "erase", "--yes").code == 0
        assert not kept.home.exists()

    def test_names_can_be_copied(self, audited: Program) -> None:
        """A name stands on one line, however long it is."""
        name = f"{'long-' * 20}report.html"
        audited("report", "-o", name)
        assert f"{audited.folder}/{name}" in audited("store", "erase", "--yes").err.splitlines()

    def test_something_else_in_the_home_stays(self, audited: Program) -> None:
        """It may be named with --home, and hold more than hygiene's files."""
        (audited.home / "letter.txt").write_text("mine", encoding="utf-8")
        assert audited("store", "erase", "--yes").code == 0
        assert [path.name for path in audited.home.iterdir()] == ["letter.txt"]

    def test_names_what_was_written_before_going_back(self, kept: Program) -> None:
        """A report does not disappear because the store went back to a backup from before it."""
        kept("report", "-o", "report.html")
        kept("store", "restore", BACKUP, "--replace")
        err = unwrapped(kept("store", "erase", "--yes").err)
        assert f"{kept.folder}/report.html" in err
        assert f"{kept.folder}/{BACKUP}" in err

    def test_the_passphrase_is_left_alone(self, audited: Program) -> None:
        """The file is the person's own."""
        audited("store", "erase", "--yes")
        assert (audited.folder / "passphrase").read_text(encoding="utf-8") == PASSPHRASE + "\n"

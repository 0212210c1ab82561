"""`hygiene store` as scripts call it, without a terminal: what opens the store, and what does no more."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import ANSWERS, PASSPHRASE, Program
from tests.cli.refusal import everything_in, refused, with_environment

NEW_PASSPHRASE = "vier Woerter sind genug"
CODE = re.compile(r"(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}")
MARKER = "MARQUEUR-7391"
MARKED_ANSWERS = f"""\
version: 1
accounts:
  - {{id: insta, network: instagram, label: "{MARKER}"}}
answers:
  insta:
    instagram.private-account: {{answer: "no", note: "{MARKER}"}}
"""


def opens(program: Program, *secrets: str) -> list[bool]:
    """Return for each secret whether it opens the store."""
    files = [program.file(f"secret-{place}", f"{secret}\n") for place, secret in enumerate(secrets)]
    codes = [program("store", "export", "--passphrase-file", file).code for file in files]
    assert set(codes) <= {0, 3}
    return [code == 0 for code in codes]


def code_in(program: Program, name: str) -> str:
    """Return the recovery code that a command wrote to a file for its owner only."""
    path = program.folder / name
    assert path.stat().st_mode & 0o777 == 0o600
    words = path.read_text(encoding="utf-8")
    assert CODE.fullmatch(words.removesuffix("\n"))
    return words.removesuffix("\n")


@pytest.fixture
def coded(program: Program) -> Program:
    """The program after an audit, with a recovery code in the file `code`."""
    made = program(
        "audit", "--answers", program.file("answers.yaml", ANSWERS), "--recovery-file", "code"
    )  # it makes the store on the way
    assert made.code == 0, made.err
    return program


class TestInit:
    def test_makes_a_store_that_its_secrets_open(self, program: Program) -> None:
        """On stdout its path and nothing else; passphrase and code open it, and it holds nothing yet."""
        run = program("store", "init", "--recovery-file", "code")
        assert (run.code, run.out, run.err) == (0, f"{program.home}/answers.hygiene\n", "")
        assert opens(program, PASSPHRASE, code_in(program, "code"), NEW_PASSPHRASE) == [True, True, False]
        assert program("store", "export").json["statements"] == []

    def test_without_a_place_for_a_code_makes_none(self, program: Program) -> None:
        """It says how to have one."""
        run = program("store", "init")
        assert run.code == 0
        assert "hygiene store recovery --recovery-file FILE" in run.err
        assert "No recovery code" in program("store", "status").out

    def test_a_second_time_is_refused(self, audited: Program) -> None:
        """The store stays as it was, and no code is written that opens nothing."""
        run = refused(audited, 3, "store", "init", "--recovery-file", "code")
        assert "there is a store already" in run.err

    def test_never_overwrites_a_recovery_file(self, program: Program) -> None:
        """Another store's code may stand in it; no store is made."""
        program.file("code", "of another store")
        assert "code is there already" in refused(program, 3, "store", "init", "--recovery-file", "code").err

    def test_without_any_passphrase_is_refused(self, program: Program) -> None:
        """Nobody is there to ask."""
        run = refused(with_environment(program, HYGIENE_PASSPHRASE_FILE=""), 2, "store", "init")
        assert "--passphrase-file" in run.err


class TestStatus:
    def test_needs_no_secret(self, coded: Program) -> None:
        """It opens nothing: a wrong passphrase file is not even read."""
        coded("settings", "password-months", "6")
        before = everything_in(coded.folder)
        run = coded("store", "status", "--passphrase-file", "nowhere")
        assert (run.code, run.err) == (0, "")
        assert f"{coded.home}/answers.hygiene" in run.out
        assert "Ways in: passphrase, recovery code\n" in run.out
        assert "A copy from before the last change" in run.out
        assert everything_in(coded.folder) == before

    def test_without_a_store(self, program: Program) -> None:
        """It says how to begin."""
        assert "`hygiene audit`" in refused(program, 3, "store", "status").err

    @pytest.mark.parametrize("content", [b"text", b"hygiene" * 1000, bytes(70_000)])
    def test_on_a_file_that_is_no_store(self, audited: Program, content: bytes) -> None:
        """It is not taken for a damaged one."""
        (audited.home / "answers.hygiene").write_bytes(content)
        assert "not a hygiene store" in refused(audited, 3, "store", "status").err

    @pytest.mark.parametrize("length", [0, 7, 40, 100])
    def test_on_a_damaged_header(self, audited: Program, length: int) -> None:
        """Exit 4: the beginning of a store is there, and it breaks off."""
        store = audited.home / "answers.hygiene"
        store.write_bytes(store.read_bytes()[:length])
        assert "damaged" in refused(audited, 4, "store", "status").err
        assert "damaged" in refused(audited, 4, "store", "export").err


class TestPassphrase:
    def test_the_new_one_opens_and_the_old_no_more(self, coded: Program) -> None:
        """The code opens it still, and all answers are there."""
        before = coded("store", "export").json["statements"]
        run = coded("store", "passphrase", "--new-passphrase-file", coded.file("new", NEW_PASSPHRASE))
        assert (run.code, run.out) == (0, "")
        assert "Backups" in run.err
        assert opens(coded, PASSPHRASE, NEW_PASSPHRASE, code_in(coded, "code")) == [False, True, True]
        coded.file("passphrase", NEW_PASSPHRASE)
        assert coded("store", "export").json["statements"] == before

    def test_what_lies_beside_the_store_follows(self, coded: Program) -> None:
        """The old passphrase opens the kept generation no more either."""
        coded("store", "passphrase", "--new-passphrase-file", coded.file("new", NEW_PASSPHRASE))
        (coded.home / "answers.hygiene.previous").replace(coded.home / "answers.hygiene")
        assert opens(coded, PASSPHRASE, NEW_PASSPHRASE) == [False, True]

    @pytest.mark.parametrize(
        ("content", "code"), [(None, 3), ("", 3), ("\n", 3), ("7M4X-" * 6 + "7M4X", 0), ("\udcff", 3)]
    )
    def test_a_file_without_a_passphrase(self, coded: Program, content: str | None, code: int) -> None:
        """Missing, empty or not text: refused, and the old one opens the store."""
        if content is not None:
            (coded.folder / "new").write_bytes(content.encode(errors="surrogateescape"))
            (coded.folder / "new").chmod(0o600)
        arguments = ("store", "passphrase", "--new-passphrase-file", "new")
        if code:
            refused(coded, code, *arguments)
        else:
            assert coded(*arguments).code == 0  # one wrong character makes it a passphrase like any other
        assert opens(coded, PASSPHRASE) == [bool(code)]

    def test_a_recovery_code_is_no_passphrase(self, coded: Program) -> None:
        """It could never be told from a code when it is typed."""
        run = refused(coded, 3, "store", "passphrase", "--new-passphrase-file", "code")
        assert "form of a recovery code" in run.err

    def test_without_file_and_terminal(self, coded: Program) -> None:
        """A mistake of the command line, which names the option."""
        assert "--new-passphrase-file" in refused(coded, 2, "store", "passphrase").err

    def test_the_wrong_one_changes_nothing(self, coded: Program) -> None:
        """Who cannot open the store cannot lock its owner out."""
        new = coded.file("new", NEW_PASSPHRASE)
        for command in (("passphrase", "--new-passphrase-file", new), ("rotate",), ("recovery",)):
            refused(coded, 3, "store", *command, "--passphrase-file", new, "--recovery-file", "code-2")

    def test_a_file_open_to_others_is_told(self, coded: Program) -> None:
        """The command does its work all the same."""
        new = coded.file("new", NEW_PASSPHRASE)
        Path(new).chmod(0o644)
        run = coded("store", "passphrase", "--new-passphrase-file", new)
        assert run.code == 0
        assert "chmod 600" in run.err

    def test_the_last_way_in_is_not_taken_away(self, coded: Program) -> None:
        """With or without a recovery code beside it: paper alone is too easily lost."""
        assert "too few ways" in refused(coded, 3, "store", "passphrase", "--remove").err
        assert coded("store", "recovery", "--remove").code == 0
        assert "too few ways" in refused(coded, 3, "store", "passphrase", "--remove").err


class TestRecovery:
    def test_the_new_code_opens_and_the_old_no_more(self, coded: Program) -> None:
        """It stands in the file only, never on stdout or stderr."""
        run = coded("store", "recovery", "--recovery-file", "code-2")
        assert (run.code, run.out) == (0, "")
        codes = [code_in(coded, name) for name in ("code", "code-2")]
        assert opens(coded, *codes, PASSPHRASE) == [False, True, True]
        assert not CODE.search(run.err)

    @pytest.mark.parametrize("command", ["recovery", "rotate"])
    def test_without_a_place_for_it(self, coded: Program, command: str) -> None:
        """A mistake of the command line, which names the option; the code before stays the right one."""
        assert "--recovery-file" in refused(coded, 2, "store", command).err

    @pytest.mark.parametrize("command", ["recovery", "rotate"])
    @pytest.mark.parametrize("file", ["code", "nowhere/code", "home"])
    def test_a_place_that_does_not_do(self, coded: Program, command: str, file: str) -> None:
        """A file that is there is never overwritten; the code before stays the right one."""
        refused(coded, 3, "store", command, "--recovery-file", file)

    def test_taken_away(self, coded: Program) -> None:
        """It opens the store no more; a second time there is none to take away."""
        assert coded("store", "recovery", "--remove").code == 0
        assert opens(coded, code_in(coded, "code"), PASSPHRASE) == [False, True]
        assert "no such way in" in refused(coded, 3, "store", "recovery", "--remove").err


class TestRotate:
    def test_only_the_passphrase_stays(self, coded: Program) -> None:
        """All answers are there, the old code opens nothing, and the kept generation has the new key too."""
        before = coded("store", "export").json["statements"]
        assert coded("store", "rotate", "--recovery-file", "code-2").code == 0
        codes = [code_in(coded, name) for name in ("code", "code-2")]
        assert opens(coded, *codes, PASSPHRASE) == [False, True, True]
        assert coded("store", "export").json["statements"] == before
        (coded.home / "answers.hygiene.previous").replace(coded.home / "answers.hygiene")
        assert opens(coded, *codes, PASSPHRASE) == [False, True, True]

    def test_a_backup_from_before_opens_as_before(self, coded: Program) -> None:
        """It says so, since a new key cannot reach it."""
        coded("store", "backup", "kept.hygiene")
        assert "Backups" in coded("store", "rotate", "--recovery-file", "code-2").err
        elsewhere = ("--home", "elsewhere", "--passphrase-file", "code")
        new = coded.file("new", NEW_PASSPHRASE)
        run = coded("store", "restore", "kept.hygiene", *elsewhere, "--new-passphrase-file", new)
        assert run.code == 0, run.err

    def test_a_recovery_code_does_not_do(self, coded: Program) -> None:
        """The passphrase that the new key is wrapped for has to be known."""
        run = refused(coded, 3, "store", "rotate", "--passphrase-file", "code", "--recovery-file", "code-2")
        assert "`hygiene store passphrase`" in run.err


@pytest.mark.parametrize("option", [(), ("--remove",)])
def test_a_keyring_switched_off(audited: Program, option: tuple[str, ...]) -> None:
    """It says by what."""
    assert "HYGIENE_NO_KEYRING" in refused(audited, 3, "store", "keyring", *option).err
    by_option = with_environment(audited, HYGIENE_NO_KEYRING="")
    run = refused(by_option, 3, "store", "keyring", *option, "--no-keyring")
    assert "--no-keyring" in run.err


@pytest.mark.parametrize("command", ["status", "findings", "store export", "store backup"])
def test_a_recovery_file_for_a_command_that_makes_none(audited: Program, command: str) -> None:
    """It says so on stderr and does its work; no file appears."""
    run = audited(*command.split(), "--recovery-file", "code")
    assert run.code == 0
    assert "`hygiene store recovery`" in run.err
    assert not (audited.folder / "code").exists()


def test_without_a_store_every_command_says_how_to_begin(program: Program) -> None:
    """And none makes one."""
    for command in ("status", "passphrase", "keyring", "recovery", "rotate", "backup", "export", "erase"):
        assert "`hygiene audit`" in refused(program, 3, "store", command).err


def test_what_a_command_does_not_know(audited: Program) -> None:
    """A mistake of the command line."""
    for words in ("tidy", "status --all", "export --loud", "restore --previous a-file"):
        refused(audited, 2, "store", *words.split())


def test_nothing_personal_is_said(program: Program) -> None:
    """Labels and notes appear in the export only; passphrases and codes nowhere."""
    program("audit", "--answers", program.file("answers.yaml", MARKED_ANSWERS), "--recovery-file", "code")
    new, wrong = program.file("new", NEW_PASSPHRASE), program.file("wrong", f"{MARKER} {MARKER}")
    other = program.file("other.hygiene", MARKER)
    assert MARKER in program("store", "export").out
    commands = [
        "status",
        "init",
        "keyring",
        "export -o export.json",
        "backup kept.hygiene",
        "backup kept.hygiene",
        "restore kept.hygiene",
        f"restore kept.hygiene --passphrase-file {wrong}",
        f"restore {other}",
        f"export --passphrase-file {wrong}",
        "recovery --recovery-file code-2",
        "rotate --recovery-file code-3",
        "restore kept.hygiene --replace",
        "restore --previous --replace",
        f"passphrase --new-passphrase-file {new}",
        f"erase --yes --passphrase-file {new}",
    ]
    runs = [program("store", *command.split()) for command in commands]
    codes = [(program.folder / name).read_text().strip() for name in ("code", "code-2", "code-3")]
    said = "".join(run.out + run.err for run in runs)
    assert [word for word in (MARKER, PASSPHRASE, NEW_PASSPHRASE, *codes) if word in said] == []
    assert {run.code for run in runs} == {0, 3}
    assert runs[-1].code == 0


class TestACopyBesideTheStore:
    def test_is_told_without_a_terminal(self, audited: Program) -> None:
        """On stderr, so that a script's data stay clean; nothing is joined unasked."""
        beside_a_newer_copy(audited)
        before = everything_in(audited.folder)
        run = audited("due", "--format", "json")
        assert run.code == 10
        assert run.json["schema"]
        assert "answers (conflicted copy).hygiene" in run.err
        assert "`hygiene store restore" in " ".join(run.err.split())
        reminder = {"home/due": b""}  # follows the store that was looked at
        assert {**everything_in(audited.folder), **reminder} == {**before, **reminder}
        assert "answers (conflicted copy).hygiene" in audited("store", "status").out

    def test_that_holds_nothing_more_is_not_told(self, audited: Program) -> None:
        """Once joined, it is of no interest."""
        beside_a_newer_copy(audited)
        joined = audited("store", "restore", str(audited.home / "answers (conflicted copy).hygiene"))
        assert (joined.code, joined.out) == (0, "")
        assert "1 entry" in joined.err
        assert audited("settings", "password-months").out == "6\n"
        assert "conflicted" not in audited("status").err

    def test_with_other_secrets_is_told_too(self, audited: Program) -> None:
        """Such as one from before a new key."""
        (audited.home / "answers-laptop.hygiene").write_bytes((audited.home / "answers.hygiene").read_bytes())
        assert audited("store", "rotate", "--recovery-file", "code").code == 0
        run = audited("status")
        assert run.code == 0
        assert "answers-laptop.hygiene" in run.err
        assert "other secrets" in " ".join(run.err.split())


def link(path: Path) -> None:
    """To a good store, kept elsewhere."""
    path.rename(path.parent.parent / "elsewhere.hygiene")
    path.symlink_to(path.parent.parent / "elsewhere.hygiene")


def dangling_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


STRANGE = pytest.mark.parametrize("strange", [link, dangling_link, pipe, folder])


@STRANGE
def test_something_else_in_the_place_of_the_store(audited: Program, strange: Callable[[Path], None]) -> None:
    """Every command says so at once, and touches nothing: it is nothing that hygiene made."""
    strange(audited.home / "answers.hygiene")
    for command in (
        "status",
        "findings",
        "audit --answers answers.yaml",
        "account list",
        "store init",
        "store status",
        "store passphrase --new-passphrase-file passphrase",
        "store recovery --recovery-file code",
        "store rotate --recovery-file code",
        "store backup kept.hygiene",
        "store restore passphrase",
        "store export",
    ):
        refused(audited, 3, *command.split())


@STRANGE
def test_the_doctor_sees_something_else_in_its_place(
    audited: Program, strange: Callable[[Path], None]
) -> None:
    """One symptom among the others, and exit 3."""
    strange(audited.home / "answers.hygiene")
    run = audited("doctor")
    assert (run.code, run.err) == (3, "")
    assert [line for line in run.out.splitlines() if line.startswith("look: ")] == [
        f"look: {audited.home}/answers.hygiene is not an ordinary file"
    ]


@pytest.mark.parametrize("strange", [link, dangling_link, pipe])
def test_erasing_something_else_in_its_place(audited: Program, strange: Callable[[Path], None]) -> None:
    """Not called deleted: behind a link, all answers would still be there."""
    strange(audited.home / "answers.hygiene")
    refused(audited, 3, "store", "erase", "--yes")


def test_erasing_a_folder_in_its_place(audited: Program) -> None:
    """It is not deleted, whatever may be in it."""
    folder(audited.home / "answers.hygiene")
    run = audited("store", "erase", "--yes")
    assert run.code == 3
    assert "hygiene: hint:" in run.err
    assert (audited.home / "answers.hygiene").is_dir()


def beside_a_newer_copy(program: Program) -> None:
    """Leave beside the store a copy that holds one statement more, as a synced folder does."""
    store = program.home / "answers.hygiene"
    older = store.read_bytes()
    assert program("settings", "password-months", "6").code == 0
    store.rename(store.with_name("answers (conflicted copy).hygiene"))
    store.write_bytes(older)
    (program.home / "answers.hygiene.previous").unlink()


def test_a_passphrase_from_a_pipe_is_read_once(audited: Program) -> None:
    """Rotating asks for it again, which a pipe cannot give twice."""
    pipe = audited.folder / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(PASSPHRASE,), daemon=True)
    writer.start()
    run = audited("store", "rotate", "--passphrase-file", str(pipe), "--recovery-file", "code")
    assert run.code == 0, run.err
    writer.join(5)
    assert audited("status").code == 0


def test_names_of_files_cannot_command_the_terminal(audited: Program) -> None:
    """Who may write into a synced folder names the copies in it."""
    store = audited.home / "answers.hygiene"
    store.with_name("answers\x1b[2J\nWays in: none.hygiene").write_bytes(store.read_bytes())
    out = audited("store", "status").out
    assert "\x1b" not in out
    assert "\nWays in: none" not in out


def test_a_changed_store_id_is_damage(audited: Program) -> None:
    """The passphrase is right, and the copy beside the store proves it."""
    assert audited("settings", "password-months", "6").code == 0
    store = audited.home / "answers.hygiene"
    damaged = bytearray(store.read_bytes())
    damaged[12] ^= 1
    store.write_bytes(damaged)
    run = audited("status")
    assert run.code == 4
    assert "--previous --replace" in run.err

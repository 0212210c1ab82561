"""Reminders as a person and a scheduler meet them."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from icalendar import Calendar
from tests.cli.conftest import ANSWERS, PASSPHRASE, TODAY, Program, Run
from tests.unit.usecases.scripted import ScriptedTerminal

from hygiene.cli.options import Options
from hygiene.cli.remind_offer import offer_reminder
from hygiene.cli.reminding import schedulers
from hygiene.cli.services import Services
from hygiene.reminders.scheduling import MARK

LINE = "Something is due: `hygiene due` shows it.\n"
LABEL = "MARQUEUR-7391"
OWN = """\
format: 1
id: my-own
version: "2026.11"
language: en
title: Mine
checks:
  - id: looked
    title: Look again
    question: When did you last look?
    risk: Something.
    severity: high
    kind: date
    within: 1
    minutes: 1
    steps: [Look.]
"""
CRONTAB = """#!/bin/sh
case $1 in
  -l) [ -f table ] || { echo "no crontab for ada" >&2; exit 1; }; /bin/cat table ;;
  -r) /bin/rm table ;;
  -) /bin/cat > table ;;
esac
"""


def answered(program: Program, changed: str, on: str = TODAY) -> Run:
    text = ANSWERS.replace("2026-03 ", changed).replace("2026-03\n", f"{changed}\n").replace("my Inst", LABEL)
    return program("audit", "--answers", program.file("answers.yaml", text), "--on", on)


def due_on(program: Program) -> str:
    return (program.home / "due").read_text(encoding="ascii")


@pytest.fixture
def on_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said on standard error reaches a person."""
    monkeypatch.setattr("hygiene.cli.reminding._is_read", lambda: True)


@pytest.fixture
def cron(program: Program, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A computer whose only scheduler is cron; its table is the file given."""
    tools = program.folder / "tools"
    tools.mkdir()
    (tools / "crontab").write_text(CRONTAB, encoding="utf-8")
    (tools / "crontab").chmod(0o700)
    monkeypatch.setenv("PATH", str(tools))
    return program.folder / "table"


@pytest.fixture
def no_scheduler(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(program.folder))


class TestDueFile:
    def test_every_save_keeps_it_true(self, program: Program) -> None:
        """One date: a password, then another one, then none but the audit."""
        answered(program, "2026-03-17")
        assert due_on(program) == "2026-06-18\n"
        answered(program, "2026-11-01", on="2026-11-23")
        assert due_on(program) == "2027-02-02\n"
        assert program("settings", "password-months", "0").code == 0
        assert due_on(program) == "2027-11-23\n"
        assert program("settings", "audit-months", "6").code == 0
        assert due_on(program) == "2027-05-23\n"
        assert (program.home / "due").stat().st_mode & 0o777 == 0o600

    @pytest.mark.parametrize("command", ["status", "due", "findings"])
    @pytest.mark.parametrize("spoilt", [None, "rubbish"])
    def test_a_command_that_reads_mends_it(self, audited: Program, command: str, spoilt: str | None) -> None:
        """Lost or garbled, it comes back with the next look at the store."""
        before = due_on(audited)
        (audited.home / "due").unlink()
        if spoilt:
            (audited.home / "due").write_text(spoilt, encoding="ascii")
        audited(command)
        assert due_on(audited) == before

    def test_looking_ahead_changes_nothing(self, audited: Program) -> None:
        """The day of `--on` does not reach it."""
        before = due_on(audited)
        audited("due", "--on", "2031-01-01")
        assert due_on(audited) == before

    def test_a_folder_in_its_place_stops_no_command(self, audited: Program) -> None:
        """It is the doctor who says so."""
        (audited.home / "due").unlink()
        (audited.home / "due").mkdir()
        assert audited("status").code == 0
        run = audited("doctor")
        assert run.code == 3
        assert f"look: {audited.home}/due holds no date" in run.out

    def test_the_doctor_finds_nothing_wrong_with_a_date_or_none(self, audited: Program) -> None:
        """Only with anything else."""
        assert "holds no date" not in audited("doctor").out
        (audited.home / "due").unlink()
        assert "holds no date" not in audited("doctor").out

    def test_the_status_does_not_take_a_spoilt_one_for_nothing_due(self, audited: Program) -> None:
        """It says what the doctor says."""
        (audited.home / "due").write_text("soon\n", encoding="ascii")
        run = audited("remind", "status")
        assert "holds no date" in run.out
        assert "nothing is due" not in run.out

    def test_a_clock_that_went_back_is_told_of(self, audited: Program) -> None:
        """After what was said, which is kept; not where a day is only looked at, and in no script's data."""
        audited("done", "private-account", "--on", "2027-03-01")
        run = audited("account", "rename", "insta", LABEL)
        assert (run.code, run.out) == (0, "")
        assert "for 22 November 2026, before your last entry (1 March 2027)" in " ".join(run.err.split())
        assert LABEL not in run.err
        assert "entry" not in audited("status").err
        assert "entry" not in audited("account", "rename", "insta", "x", "--on", "2027-03-01").err

    @pytest.mark.usefixtures("on_terminal")
    def test_erasing_takes_it_too(self, audited: Program) -> None:
        """With what was said of it, so that the folder goes."""
        audited("account", "list")
        assert (audited.home / "due-said").exists()
        assert audited("store", "erase", "--yes").code == 0
        assert not audited.home.exists()

    def test_own_checklists_count_as_long_as_they_are_there(self, program: Program) -> None:
        """Their dated checks have periods too; a file that went or broke does not stop a command."""
        own = program.file("own.yaml", OWN)
        answers = program.file("a.yaml", "version: 1\nanswers:\n  you:\n    my-own.looked: 2026-11-01\n")
        run = program("audit", "--answers", answers, "--checklist", own)
        assert run.code == 0, run.err
        assert due_on(program) == "2026-12-02\n"
        Path(own).write_text("not: [a list", encoding="utf-8")
        assert program("settings", "plain", "no").code == 0
        assert due_on(program) == "2027-11-22\n"


class TestLine:
    @pytest.mark.usefixtures("on_terminal")
    def test_it_comes_once_a_day_when_something_is_due(self, audited: Program) -> None:
        """Again the day after; `--plain` changes nothing."""
        assert audited("account", "list").err == LINE
        assert audited("account", "list").err == ""
        assert audited("--plain", "account", "list", "--on", "2026-11-23").err == LINE

    @pytest.mark.usefixtures("on_terminal")
    def test_it_is_french_where_the_person_is(self, audited: Program) -> None:
        """And neutral: no account, no number."""
        err = audited("--lang", "fr", "checklist", "list").err
        assert err == "Quelque chose est à revoir\N{NO-BREAK SPACE}: `hygiene due` le montre.\n"

    @pytest.mark.usefixtures("on_terminal")
    def test_nothing_is_said_before_it_is_due(self, program: Program) -> None:
        """From the very day on."""
        answered(program, "2026-11-01")
        assert program("account", "list", "--on", "2027-02-01").err == ""
        assert program("account", "list", "--on", "2027-02-02").err == LINE

    @pytest.mark.parametrize(
        "command",
        [(), ("due",), ("status",), ("report", "--format", "md"), ("remind", "status"), ("store", "--help")],
    )
    @pytest.mark.usefixtures("on_terminal")
    def test_not_after_what_shows_it_anyway(self, audited: Program, command: tuple[str, ...]) -> None:
        """Nor after a page of help."""
        assert LINE not in audited(*command).err

    def test_scripts_never_hear_it(self, audited: Program) -> None:
        """Without a terminal on standard error."""
        assert audited("account", "list").err == ""
        assert not (audited.home / "due-said").exists()

    @pytest.mark.usefixtures("on_terminal")
    def test_the_setting_switches_it_off_and_on(self, audited: Program) -> None:
        """Also for commands that do not open the store; a notification comes all the same."""
        assert audited("settings", "reminder-line").out == "on\n"
        assert audited("settings", "reminder-line", "off").err == ""
        assert audited("checklist", "list").err == ""
        assert audited("remind", "run").code == 3
        assert audited("settings", "reminder-line", "").err == LINE
        assert audited("settings", "reminder-line", "loud").code == 2

    @pytest.mark.usefixtures("on_terminal")
    def test_what_cannot_be_remembered_is_not_said(self, audited: Program) -> None:
        """Or it would come after every command."""
        (audited.home / "due-said").mkdir()
        assert audited("account", "list").err == ""

    @pytest.mark.usefixtures("on_terminal")
    def test_an_error_stands_alone(self, audited: Program) -> None:
        """What went wrong comes first; the reminder waits for the next command."""
        assert LINE not in audited("account", "close", "nobody").err
        assert audited("account", "list").err == LINE


class TestRun:
    def test_nothing_is_due(self, program: Program) -> None:
        """Silent, exit 0; a store is not looked for, nor a spoilt due-file minded."""
        assert program("remind", "run") == Run(0, "", "")
        program.home.mkdir()
        (program.home / "due").write_text("tomorrow\n", encoding="ascii")
        assert program("remind", "run") == Run(0, "", "")

    @pytest.mark.usefixtures("no_scheduler")
    def test_a_notification_that_cannot_be_shown(self, audited: Program) -> None:
        """Exit 3 and a hint; no account in either."""
        run = audited("remind", "run")
        assert run.code == 3
        assert run.err.splitlines() == [
            "hygiene: error: something is due, and the notification could not be shown",
            "hygiene: hint: `hygiene due` shows what it is",
        ]

    def test_shown_it_is_ten(self, audited: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        """A program that shows notifications gets our words as arguments; no passphrase is needed."""
        audited.environment.pop("HYGIENE_PASSPHRASE_FILE")
        program = audited.folder / "notify-send"
        program.write_text('#!/bin/sh\nprintf "%s|" "$@" > shown\n', encoding="utf-8")
        program.chmod(0o700)
        monkeypatch.setenv("PATH", str(audited.folder))
        assert audited("remind", "run", XDG_RUNTIME_DIR=str(audited.folder)) == Run(10, "", "")
        shown = (audited.folder / "shown").read_text(encoding="utf-8")
        assert shown == f"--app-name|hygiene|--|hygiene|{LINE.rstrip()}|"

    def test_it_needs_no_typer(self, audited: Program) -> None:
        """Neither does the hook; nor does either open the store."""
        for command in (["run"], ["hook", "bash"]):
            done = subprocess.run(
                [sys.executable, "-X", "importtime", "-m", "hygiene", "remind", *command],
                env={**audited.environment, "PATH": "/nonexistent", "HYGIENE_TODAY": "2020-01-01"},
                capture_output=True,
                text=True,
                check=True,
            )
            loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
            assert "hygiene.cli.reminding" in loaded
            assert not loaded & {"typer", "click", "cryptography", "keyring", "yaml", "hygiene.store.file"}


class TestInstall:
    def test_a_dry_run_shows_and_writes_nothing(self, program: Program, cron: Path) -> None:
        """The line with absolute paths, the home and the language."""
        run = program("--lang", "fr", "remind", "install", "--dry-run", "--home", "elsewhere")
        assert run.code == 0
        assert f"--home {program.folder}/elsewhere --lang fr remind run # {MARK}" in run.out
        assert not cron.exists()
        assert run.out.splitlines()[1].split()[5].startswith("/")

    def test_installed_looked_at_and_taken_away(self, audited: Program, cron: Path) -> None:
        """Twice is once; afterwards nothing is left."""
        for _ in range(2):
            run = audited("remind", "install", "--yes")
            assert run.code == 0
            assert "The reminder is set up" in run.err
        assert cron.read_text(encoding="utf-8").count(MARK) == 1
        assert audited("remind", "status").out.splitlines() == [
            "A weekly reminder is set up (cron).",
            "Due since 1 July 2026: `hygiene due` shows it.",
        ]
        assert "taken away (cron)" in audited("remind", "remove").err
        assert not cron.exists()
        assert audited("remind", "remove").err == "No reminder is set up.\n"

    @pytest.mark.usefixtures("no_scheduler")
    def test_status_without_a_reminder(self, program: Program) -> None:
        """It says how to set one up, and what it knows."""
        assert program("remind", "status").out.splitlines() == [
            "No reminder is set up; `hygiene remind install` sets one up.",
            "As far as is known here, nothing is due.",
        ]
        answered(program, "2026-11-01")
        assert "Nothing is due before 2 February 2027." in program("remind", "status").out

    @pytest.mark.usefixtures("no_scheduler")
    def test_without_a_scheduler_the_calendar_is_named(self, program: Program) -> None:
        """Exit 3."""
        run = program("remind", "install", "--yes")
        assert run.code == 3
        assert "no scheduler of this computer answers" in run.err
        assert "`hygiene remind calendar -o FILE.ics`" in run.err

    def test_without_a_terminal_it_wants_a_yes(self, program: Program, cron: Path) -> None:
        """Exit 2, and nothing is written."""
        assert program("remind", "install").code == 2
        assert not cron.exists()

    @pytest.mark.parametrize(("reply", "is_set_up"), [(b"y\n", True), (b"\n", True), (b"n\n", False)])
    def test_in_a_terminal_it_asks(
        self, program: Program, cron: Path, monkeypatch: pytest.MonkeyPatch, reply: bytes, *, is_set_up: bool
    ) -> None:
        """After it has shown what it would do."""
        monkeypatch.setattr(Services, "is_interactive", True)
        run = program("remind", "install", stdin=reply)
        assert run.code == 0
        assert MARK in run.out
        assert cron.exists() is is_set_up

    def test_another_hands_timer_is_left_alone(self, program: Program, cron: Path) -> None:
        """Where systemd answers, and a unit of our name is there without our mark."""
        systemctl = cron.parent / "tools" / "systemctl"
        systemctl.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
        systemctl.chmod(0o700)
        units = program.folder / "config" / "systemd" / "user"
        units.mkdir(parents=True)
        (units / "hygiene-remind.timer").write_text("[Timer]\n", encoding="utf-8")
        program.environment["XDG_CONFIG_HOME"] = str(program.folder / "config")
        run = program("remind", "install", "--yes")
        assert run.code == 3
        assert "hygiene did not write it" in run.err
        assert [path.name for path in units.iterdir()] == ["hygiene-remind.timer"]
        (units / "hygiene-remind.timer").unlink()
        assert program("remind", "install", "--yes").code == 0
        assert "(systemd)" in program("remind", "status").out

    @pytest.mark.parametrize(
        ("system", "names"),
        [("linux", ["systemd", "cron"]), ("darwin", ["launchd"]), ("win32", ["Task Scheduler"])],
    )
    def test_every_system_has_its_schedulers(self, program: Program, system: str, names: list[str]) -> None:
        """The best one first."""
        services = Services(Options(home=str(program.home)), program.environment)
        assert [each.name for each in schedulers(services, system)] == names

    @pytest.mark.parametrize("name", ["hygiene", "hygiene-audit"])
    def test_the_program_is_run_as_it_was_started(
        self, program: Program, cron: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        """By its own path, a link unfollowed: an update leaves it where it is."""
        assert not cron.exists()
        link = program.folder / name
        link.symlink_to("/bin/true")
        monkeypatch.setattr(sys, "argv", [str(link), "remind", "install"])
        assert f"30 9 * * 1 {link} --home" in program("remind", "install", "--dry-run").out


class TestHook:
    @pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
    def test_it_prints_lines_with_absolute_paths(self, program: Program, shell: str) -> None:
        """Named, or known by the variable SHELL."""
        run = program("remind", "hook", shell, "--home", "here")
        assert run.code == 0
        assert f"{program.folder}/here/due" in run.out
        assert run == program("remind", "hook", "--home", "here", SHELL=f"/usr/bin/{shell}")

    @pytest.mark.parametrize("shell", ["tcsh", ""])
    def test_a_shell_that_there_is_no_hook_for(self, program: Program, shell: str) -> None:
        """The hint names those that there are."""
        run = program("remind", "hook", SHELL=shell)
        assert (run.code, run.out) == (2, "")
        assert "bash, zsh, fish" in run.err


class TestCalendar:
    def test_it_is_a_calendar_without_names(self, program: Program) -> None:
        """The audit every year and a month of passwords, in French; 0600; the file's name on stdout."""
        answered(program, "2026-11-01")
        run = program("--lang", "fr", "remind", "calendar", "-o", "rappels.ics")
        assert (run.code, run.out) == (0, "rappels.ics\n")
        path = program.folder / "rappels.ics"
        assert path.stat().st_mode & 0o777 == 0o600
        data = path.read_bytes()
        for name in (LABEL, "insta", "X", "GitLab", PASSPHRASE):
            assert name.encode() not in data.replace(b"TEXT", b"").replace(b"X-", b"")
        audit, passwords = Calendar.from_ical(data).walk("VEVENT")
        assert [event["DTSTART"].to_ical() for event in (audit, passwords)] == [b"20271122", b"20270202"]
        assert audit["RRULE"].to_ical() == b"FREQ=YEARLY"
        assert "bilan" in str(audit["SUMMARY"])
        assert passwords.walk("VALARM")

    def test_a_later_file_moves_the_events(self, program: Program) -> None:
        """The same names, a higher sequence; what is due already is not in it."""
        answered(program, "2026-11-01")
        first = self.events(program)
        program("settings", "audit-months", "24")
        assert program("remind", "calendar", "-o", "x.ics", "--on", "2027-02-02").code == 0
        later = self.events(program, "--on", "2027-02-02")
        assert list(later) == [next(iter(first))]
        assert next(iter(later.values())) > next(iter(first.values()))

    def events(self, program: Program, *more: str) -> dict[str, int]:
        assert program("remind", "calendar", "-o", "x.ics", *more).code == 0
        calendar = Calendar.from_ical((program.folder / "x.ics").read_bytes())
        return {str(event["UID"]): int(str(event["SEQUENCE"])) for event in calendar.walk("VEVENT")}

    def test_two_passwords_of_one_month_are_one_event(self, program: Program) -> None:
        """No calendar counts them."""
        text = ANSWERS.replace("2026-03\n", "2026-11-01\n") + "  tw:\n    x.password-age: 2026-11-05\n"
        assert program("audit", "--answers", program.file("a.yaml", text)).code == 0
        assert len(self.events(program)) == 2

    def test_where_it_may_be_written(self, audited: Program) -> None:
        """A file must be named, and not in hygiene's own folder."""
        assert audited("remind", "calendar").code == 2
        assert audited("remind", "calendar", "-o", str(audited.home / "x.ics")).code == 3


class TestOffer:
    @pytest.fixture
    def services(self, audited: Program, monkeypatch: pytest.MonkeyPatch) -> Services:
        monkeypatch.chdir(audited.folder)
        made = Services(
            Options(
                home=str(audited.home),
                passphrase_file=str(audited.folder / "passphrase"),
                no_keyring=True,
                on=TODAY,
            ),
            audited.environment,
        )
        made.open()
        return made

    def chosen(self, audited: Program) -> list[str]:
        """Return what the store remembers of it."""
        statements = audited("store", "export").json["statements"]
        return [each["value"] for each in statements if each.get("key") == "reminder"]

    def test_this_computer(self, services: Services, audited: Program, cron: Path) -> None:
        """First where it can: what is written is shown, and a yes sets it up."""
        offer_reminder(services, ScriptedTerminal(choices=[0]))
        assert MARK in cron.read_text(encoding="utf-8")
        assert MARK in audited.capture()[0]
        assert self.chosen(audited) == ["computer"]

    def test_this_computer_and_then_rather_not(self, services: Services, cron: Path) -> None:
        """Nothing is written."""
        offer_reminder(services, ScriptedTerminal(choices=[0], confirms=[False]))
        assert not cron.exists()

    @pytest.mark.usefixtures("no_scheduler")
    def test_the_calendar_comes_first_where_nothing_can_be_scheduled(
        self, services: Services, audited: Program
    ) -> None:
        """It goes to the current folder, beside one that is there already."""
        (audited.folder / "hygiene-reminders.ics").write_text("mine", encoding="utf-8")
        terminal = ScriptedTerminal(choices=[0])
        offer_reminder(services, terminal)
        assert Calendar.from_ical((audited.folder / "hygiene-reminders-2.ics").read_bytes())
        assert "hygiene-reminders-2.ics" in terminal.said
        assert self.chosen(audited) == ["calendar"]

    def test_none_is_remembered_and_it_is_offered_once(
        self, services: Services, audited: Program, cron: Path
    ) -> None:
        """Whatever was chosen; also by the next command."""
        offer_reminder(services, ScriptedTerminal(choices=[2]))
        offer_reminder(services, ScriptedTerminal())
        again = Services(services.options, services.environment)
        again.open()
        offer_reminder(again, ScriptedTerminal())
        assert not cron.exists()
        assert self.chosen(audited) == ["none"]

    def test_a_reminder_that_fails_is_said_and_does_not_spoil_the_audit(
        self, services: Services, cron: Path
    ) -> None:
        """The scheduler answers, and then refuses."""
        tool = cron.parent / "tools" / "crontab"
        tool.write_text(CRONTAB.replace("  -) /bin/cat > table ;;", "  -) exit 1 ;;"), encoding="utf-8")
        terminal = ScriptedTerminal(choices=[0])
        offer_reminder(services, terminal)
        assert "the scheduler refused: `crontab -` did not work (1)" in terminal.said

    def test_where_nobody_answers_nothing_is_chosen(
        self, services: Services, audited: Program, cron: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The input of a pipe has ended; the audit is done all the same."""
        monkeypatch.setattr(sys, "stdin", io.StringIO(""))
        offer_reminder(services, services.plain_terminal())
        assert not cron.exists()
        assert self.chosen(audited) == []

    def test_without_an_open_store_nothing_is_offered(self, services: Services) -> None:
        """There would be nowhere to remember it."""
        services.last_store = None
        offer_reminder(services, ScriptedTerminal())


def test_a_whole_computer_in_this_shell(audited: Program) -> None:
    """The hook that hygiene prints says what hygiene wrote, in a real bash."""
    if shutil.which("bash") is None or os.name == "nt":
        pytest.skip("needs bash")
    script = audited("remind", "hook", "bash").out.replace("-t 2 &&", "")
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr == LINE

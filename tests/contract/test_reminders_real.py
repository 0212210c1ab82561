"""Reminders above the real programs: systemd's own checks, a desktop's service, three shells, a crontab."""

from __future__ import annotations

import json
import os
import pty
import pwd
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.contract.schedulers import JOB
from tests.contract.test_keystore import environment_in

from hygiene.reminders.cron import Cron, cron_line
from hygiene.reminders.due_file import DueFile
from hygiene.reminders.hook import SHELLS
from hygiene.reminders.notice import SECONDS, Notice, show
from hygiene.reminders.running import NOT_RUN, Ran, run
from hygiene.reminders.scheduling import NAME, Found, carry_out, install
from hygiene.reminders.systemd import WHEN, service_unit, timer_unit

NOTICE = Notice("hygiene", "Quelque chose est à revoir : « hygiene due » & <b>plus</b>")
SHOWN = "Quelque chose est à revoir : « hygiene due » &amp; &lt;b&gt;plus&lt;/b&gt;"
WORDS = "Something is due: `hygiene due` shows \\it's."
TODAY = date.today()  # noqa: DTZ011 - the shell asks its own clock
ON_A_DESKTOP = """
dunst -conf /dev/null >dunst.log 2>&1 &
for _ in $(seq 100); do dunstctl is-paused >/dev/null 2>&1 && break; sleep 0.05; done
{command}
dunstctl close-all
dunstctl history
"""
NO_MANAGER = 77
ON_A_MANAGER = """
mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system || exit 77
/lib/systemd/systemd --user >/dev/null 2>&1 &
manager=$!
trap 'kill $manager; wait $manager' EXIT
for _ in $(seq 100); do systemctl --user show-environment >/dev/null 2>&1 && break; sleep 0.1; done
systemctl --user show-environment >/dev/null 2>&1 || exit 77
hygiene() {{ {python} -m hygiene remind "$@"; }}
hygiene install --yes >/dev/null && hygiene install --yes >/dev/null && hygiene status && echo -- || exit 1
systemctl --user stop dbus.socket 2>/dev/null; rm -f "$XDG_RUNTIME_DIR/bus"
systemctl --user set-environment "PATH=$PATH" && systemctl --user start hygiene-remind.service || exit 1
systemctl --user show hygiene-remind.service -p Result -p ExecMainStatus && echo -- || exit 1
hygiene remove && hygiene status
"""
SILENT = Path(__file__).parent / "silent_notifications.py"


def needs(*programs: str) -> pytest.MarkDecorator:
    """What is missing on CI fails there, since nobody reads what was skipped."""
    missing = [program for program in programs if shutil.which(program) is None]
    return pytest.mark.skipif(bool(missing) and not os.environ.get("CI"), reason=f"needs {missing}")


class TestSystemd:
    @pytest.fixture
    def units(self, tmp_path: Path) -> tuple[Path, Path]:
        program = tmp_path / "my 100% tools" / "hygiene"
        program.parent.mkdir()
        program.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', encoding="utf-8")
        program.chmod(0o700)
        service, timer = tmp_path / f"{NAME}.service", tmp_path / f"{NAME}.timer"
        service.write_text(service_unit(replace(JOB, program=(str(program),))), encoding="utf-8")
        timer.write_text(timer_unit(), encoding="utf-8")
        return service, timer

    def verify(self, folder: Path, *units: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["systemd-analyze", "verify", "--user", *units],
            env={**os.environ, "XDG_RUNTIME_DIR": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )

    @needs("systemd-analyze")
    def test_systemd_finds_no_fault(self, tmp_path: Path, units: tuple[Path, Path]) -> None:
        """Not even a warning; a fault would be found, of which the second half makes sure."""
        verified = self.verify(tmp_path, *units)
        assert (verified.returncode, verified.stderr) == (0, "")
        timer = units[1]
        timer.write_text(timer_unit().replace("Mon *", "Mom *"), encoding="utf-8")
        assert "calendar" in self.verify(tmp_path, timer).stderr

    @needs("systemd-analyze")
    def test_systemd_reads_the_day(self) -> None:
        """Monday at half past nine, once a week."""
        command = ["systemd-analyze", "calendar", "--iterations=2", "--base-time=2026-11-22", WHEN]
        said = subprocess.run(
            command, env={**os.environ, "TZ": "UTC"}, capture_output=True, text=True, check=True
        ).stdout
        assert "Mon 2026-11-23 09:30:00" in said
        assert "Mon 2026-11-30 09:30:00" in said

    @needs("systemd-analyze", "unshare")
    def test_a_real_manager_takes_the_timer_and_gives_it_back(self, tmp_path: Path) -> None:
        """In a corner of the system of its own: set up twice, told, run, taken away, nothing left."""
        folders = {"XDG_RUNTIME_DIR": tmp_path / "run", "XDG_CONFIG_HOME": tmp_path / "config"}
        for folder in folders.values():
            folder.mkdir(mode=0o700)
        home = tmp_path / "100%h of ${HOME}"
        home.mkdir()
        DueFile(home).write(TODAY, says_so=True)
        notify = tmp_path / "notify-send"
        notify.write_text(f'#!/bin/sh\necho "$4" > {tmp_path}/shown\n', encoding="utf-8")
        notify.chmod(0o700)
        search = f"{tmp_path}:{os.environ['PATH']}"
        script = tmp_path / "script"
        script.write_text(ON_A_MANAGER.format(python=sys.executable), encoding="utf-8")
        done = subprocess.run(
            ["unshare", "--mount", "--propagation", "private", "bash", str(script)],
            env={**os.environ, "HYGIENE_HOME": str(home), "LANG": "C", "PATH": search}
            | {k: str(v) for k, v in folders.items()},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        if done.returncode == NO_MANAGER:
            pytest.skip("no manager can be started here: it needs a root that may mount")
        assert done.returncode == 0, done.stdout + done.stderr
        told, ran, left = done.stdout.split("--\n")
        assert "A weekly reminder is set up (systemd).\nIt looks next on " in told
        assert ran == "Result=success\nExecMainStatus=10\n"
        assert left.startswith("No reminder is set up")
        assert (tmp_path / "shown").read_text(encoding="utf-8") == "hygiene\n"
        assert [path for path in (tmp_path / "config").rglob("*") if not path.is_dir()] == []


@contextmanager
def silent_service(folder: Path) -> Iterator[str]:
    """Run a session bus whose notification service never answers; give its address."""
    command = ["dbus-run-session", "--", sys.executable, str(SILENT)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment_in(folder)
    ) as service:
        assert service.stdout
        yield service.stdout.readline().strip()
        service.communicate("")


class TestNotification:
    @needs("dbus-run-session", "dunst", "dunstctl", "xvfb-run")
    @pytest.mark.parametrize("way", ["the bus", "notify-send"])
    def test_a_desktop_shows_our_words(self, tmp_path: Path, way: str) -> None:
        """Read back from the service; the marks of its markup stand for themselves."""
        bus = "os.environ['DBUS_SESSION_BUS_ADDRESS']" if way == "the bus" else "None"
        script = (
            "import os; from hygiene.reminders import running; from hygiene.reminders.notice import *;"
            f"assert show(Notice({NOTICE.title!r}, {NOTICE.body!r}), 'linux', {bus}, running.run)"
        )
        (tmp_path / "show.py").write_text(script, encoding="utf-8")
        desktop = ON_A_DESKTOP.format(command=f"{sys.executable} show.py || exit 1")
        done = subprocess.run(
            ["xvfb-run", "-a", "dbus-run-session", "--", "bash", "-c", desktop],
            cwd=tmp_path,
            env=environment_in(tmp_path),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        (shown,) = json.loads(done.stdout)["data"][0]
        assert shown["appname"]["data"] == "hygiene"
        assert shown["summary"]["data"] == NOTICE.title
        assert shown["body"]["data"] == SHOWN

    @needs("dbus-run-session")
    def test_a_service_that_never_answers_is_given_three_seconds(self, tmp_path: Path) -> None:
        """And `notify-send`, which would wait for the same service, is not tried."""
        with silent_service(tmp_path) as address:
            begun = time.monotonic()
            assert not show(NOTICE, "linux", address, not_to_be_started)
            assert SECONDS <= time.monotonic() - begun < SECONDS + 1

    def test_a_bus_that_accepts_and_says_nothing(self, tmp_path: Path) -> None:
        """Nor one that never begins to speak."""
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(tmp_path / "bus"))
            listening.listen(1)
            begun = time.monotonic()
            assert not show(NOTICE, "linux", f"unix:path={tmp_path}/bus", not_to_be_started)
            assert time.monotonic() - begun < SECONDS + 1

    def test_a_bus_that_welcomes_and_then_says_nothing(self, tmp_path: Path) -> None:
        """The library itself would wait for ever here."""
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(tmp_path / "bus"))
            listening.listen(1)
            with subprocess.Popen([sys.executable, "-c", WELCOMES, str(tmp_path / "bus")]) as client:
                peer, _ = listening.accept()
                peer.recv(100)
                peer.sendall(b"OK 0123456789abcdef\r\n")
                begun = time.monotonic()
                assert client.wait(timeout=SECONDS + 4) == 0
                assert time.monotonic() - begun > SECONDS - 1
                peer.close()


WELCOMES = """
import sys
from hygiene.reminders.notice import Notice, show
def start(*_, **__):
    raise AssertionError
sys.exit(show(Notice("", ""), "linux", f"unix:path={sys.argv[1]}", start))
"""


def not_to_be_started(*_: object, **__: object) -> Ran:
    raise AssertionError("a program was started")


TIMED = """
begun=${EPOCHREALTIME/[.,]/}
for ((time = 0; time < 200; time++)); do . "$HOOK"; done
ended=${EPOCHREALTIME/[.,]/}
echo $(( (ended - begun) / 200 ))
"""


def on_a_terminal(command: list[str], **variables: str) -> str:
    """Run a command whose error stream is a terminal; return what it wrote there."""
    ours, theirs = pty.openpty()
    left = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "BASH_ENV", "ENV")}
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs, env=left | variables
    ) as shell:
        out, _ = shell.communicate(timeout=30)
    os.close(theirs)
    os.set_blocking(ours, False)
    try:
        said = os.read(ours, 10_000)
    except (BlockingIOError, OSError):
        said = b""
    os.close(ours)
    return (out + said).decode().replace("\r\n", "\n")


START = {"bash": ["bash", "--norc"], "zsh": ["zsh", "-f"], "fish": ["fish", "--no-config"]}
EVERY_SHELL = pytest.mark.parametrize("shell", [pytest.param(each, marks=needs(each)) for each in START])
Spoil = Callable[[DueFile], object]


class TestHook:
    @pytest.fixture
    def file(self, tmp_path: Path) -> DueFile:
        folder = tmp_path / "it's ~ $HOME \\ é"
        folder.mkdir()
        return DueFile(folder)

    def said(self, shell: str, file: DueFile, before: str = "") -> str:
        script = file.folder.parent / "start"
        script.write_text(f"{before}\n{SHELLS[shell](file, WORDS)}", encoding="utf-8")
        return on_a_terminal([*START[shell], str(script)], HOME=str(file.folder.parent))

    @EVERY_SHELL
    @pytest.mark.parametrize("days", [0, 1, 400])
    def test_what_is_due_is_said_once(self, shell: str, file: DueFile, days: int) -> None:
        """Today and not again; a program that looks afterwards knows of it too."""
        file.write(TODAY - timedelta(days), says_so=True)
        assert self.said(shell, file) == WORDS + "\n"
        assert self.said(shell, file) == ""
        assert not file.is_worth_a_line(TODAY)
        file.note_said(TODAY - timedelta(1))
        assert self.said(shell, file) == WORDS + "\n"

    @EVERY_SHELL
    @pytest.mark.parametrize(
        "make",
        [
            pytest.param(lambda file: file.path.unlink(missing_ok=True), id="missing"),
            pytest.param(lambda file: file.write(TODAY + timedelta(1), says_so=True), id="not due"),
            pytest.param(lambda file: file.write(TODAY, says_so=False), id="off"),
            pytest.param(lambda file: file.path.write_text("", encoding="utf-8"), id="empty"),
            pytest.param(lambda file: file.path.write_text("x[$(date >&2)]\n", encoding="utf-8"), id="code"),
            pytest.param(lambda file: file.path.write_text("a[0]=1-01-01\n", encoding="utf-8"), id="sums"),
            pytest.param(lambda file: file.path.write_bytes(bytes(range(256))), id="bytes"),
            pytest.param(lambda file: file.path.mkdir(), id="folder"),
            pytest.param(lambda file: os.mkfifo(file.path), id="pipe"),
            pytest.param(lambda file: (file.write(TODAY, says_so=True), file.said_path.mkdir()), id="unsaid"),
        ],
    )
    def test_otherwise_it_is_silent(self, shell: str, file: DueFile, make: Spoil) -> None:
        """No due-file, nothing due, switched off, anything else in its place: not a word, no error."""
        make(file)
        assert self.said(shell, file) == ""

    @EVERY_SHELL
    def test_it_leaves_nothing_behind(self, shell: str, file: DueFile) -> None:
        """No function of ours stays in the person's shell; strict settings do not trip over it."""
        file.write(TODAY, says_so=True)
        before = "" if shell == "fish" else "set -eu; set -o noclobber"
        left = "functions -a" if shell == "fish" else "typeset -f"
        script = file.folder.parent / "start"
        script.write_text(f"{before}\n{SHELLS[shell](file, WORDS)}\n{left}\n", encoding="utf-8")
        said = on_a_terminal([*START[shell], str(script)], HOME=str(file.folder.parent))
        assert WORDS in said
        assert "hygiene_due" not in said

    @EVERY_SHELL
    def test_scripts_hear_nothing(self, shell: str, file: DueFile) -> None:
        """Where the error stream is no terminal, nothing is said, and it counts as not said."""
        file.write(TODAY, says_so=True)
        script = file.folder.parent / "start"
        script.write_text(SHELLS[shell](file, WORDS), encoding="utf-8")
        ran = run((*START[shell], str(script)))
        assert ran == Ran(0)
        assert file.is_worth_a_line(TODAY)

    @needs("bash")
    def test_bash_starts_no_program(self, file: DueFile) -> None:
        """It works where there is no program to start."""
        file.write(TODAY, says_so=True)
        assert self.said("bash", file, "PATH=/nonexistent") == WORDS + "\n"

    @needs("bash")
    @pytest.mark.parametrize("days", [-5, 0])
    def test_a_new_bash_waits_for_less_than_five_milliseconds(self, file: DueFile, days: int) -> None:
        """Where something is due and was said today, and where nothing is: the two usual cases."""
        file.write(TODAY - timedelta(days), says_so=True)
        file.note_said(TODAY)
        (file.folder / "hook").write_text(SHELLS["bash"](file, WORDS), encoding="utf-8")
        script = file.folder.parent / "start"
        script.write_text(TIMED, encoding="utf-8")
        microseconds = int(on_a_terminal(["bash", "--norc", str(script)], HOOK=str(file.folder / "hook")))
        assert microseconds < 5000


class TestCommandLine:
    def test_a_person_reads_the_line_and_a_script_does_not(self, tmp_path: Path) -> None:
        """After a command, on a real terminal, once a day."""
        DueFile(tmp_path).write(TODAY, says_so=True)
        command = [
            sys.executable,
            "-m",
            "hygiene",
            "--home",
            str(tmp_path),
            "checklist",
            "list",
            "--format",
            "json",
        ]
        assert "Something" not in run((*command,)).err
        line = "} Something is due: `hygiene due` shows it."
        assert " ".join(on_a_terminal(command, LANG="C").split()).endswith(line)
        assert "Something" not in on_a_terminal(command, LANG="C")


class TestCron:
    @pytest.fixture
    def cron(self) -> Iterator[Cron]:
        """The real table of whoever runs the tests, given back as it was."""
        before = run(("crontab", "-l"))
        yield Cron(run)
        words = ("crontab", "-") if before.code == 0 else ("crontab", "-r")
        run(words, before.out)

    @needs("crontab")
    def test_a_real_table(self, cron: Cron) -> None:
        """The line comes, once, beside another one, and goes without it."""
        run(("crontab", "-"), "# mine\n0 1 * * * true\n")
        assert cron.is_there()
        for _ in range(2):
            install(cron, cron.installation(JOB), run)
        assert run(("crontab", "-l")).out == f"# mine\n0 1 * * * true\n{cron_line(JOB)}\n"
        assert cron.found() is Found.OURS
        carry_out(cron.removal(), run)
        assert run(("crontab", "-l")).out == "# mine\n0 1 * * * true\n"

    @needs("crontab")
    def test_a_person_without_a_table(self, cron: Cron) -> None:
        """None is there, one comes, and none is left."""
        run(("crontab", "-r"))
        assert cron.is_there()
        install(cron, cron.installation(JOB), run)
        assert run(("crontab", "-l")).out == f"{cron_line(JOB)}\n"
        carry_out(cron.removal(), run)
        assert run(("crontab", "-l")).code not in (0, NOT_RUN)
        assert pwd.getpwuid(os.getuid()).pw_name in run(("crontab", "-l")).err

"""The schedulers of four systems, above doubles of their programs; the real ones: `tests/contract`."""

from __future__ import annotations

import plistlib
import shlex
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace
from tests.contract.schedulers import JOB, Programs, SchedulerContract

from hygiene.errors import NotDoneError
from hygiene.reminders.cron import Cron, cron_line
from hygiene.reminders.launchd import Launchd, agent
from hygiene.reminders.scheduling import (
    MARK,
    NAME,
    Delete,
    Found,
    Scheduler,
    Write,
    carry_out,
    check_ours,
)
from hygiene.reminders.systemd import Systemd, service_unit, timer_unit
from hygiene.reminders.task_scheduler import NAMESPACE, TaskScheduler, task


class TestSystemd(SchedulerContract):
    @pytest.fixture
    def scheduler(self, programs: Programs, tmp_path: Path) -> Systemd:
        return Systemd(tmp_path / "folder", programs)

    @pytest.fixture
    def refused(self) -> str:
        return "enable"

    def test_another_hands_timer_is_left_alone(self, scheduler: Systemd) -> None:
        """Whatever bears our name without our mark, and a link that leads nowhere."""
        timer = scheduler.folder / f"{NAME}.timer"
        timer.write_text("[Timer]\nOnCalendar=daily\n", encoding="utf-8")
        with pytest.raises(NotDoneError, match="hygiene did not write it"):
            check_ours(scheduler)
        timer.unlink()
        timer.symlink_to("/nonexistent")
        assert scheduler.found() is Found.ANOTHER_HANDS

    def test_the_next_run_is_told(self, scheduler: Systemd, programs: Programs) -> None:
        """Where there is a timer."""
        assert scheduler.next_on() is None
        self.set_up(scheduler, programs)
        assert scheduler.next_on() == date(2026, 11, 23)

    def test_where_no_manager_answers_the_files_go_all_the_same(
        self, scheduler: Systemd, programs: Programs
    ) -> None:
        """The link that switched the timer on too."""
        self.set_up(scheduler, programs)
        link = scheduler.folder / "timers.target.wants" / f"{NAME}.timer"
        link.parent.mkdir()
        link.symlink_to(scheduler.folder / f"{NAME}.timer")
        programs.is_missing = True
        carry_out(scheduler.removal(), programs)
        assert list(scheduler.folder.rglob("*.timer")) == []

    def test_every_word_is_quoted_as_systemd_reads_it(self) -> None:
        """Specifiers and variables are doubled; not a variable in the program, where none is replaced."""
        odd = replace(JOB, program=('/opt/a"b\\c %h $d',), home=Path("/x\ny"))
        assert (
            'ExecStart="/opt/a\\"b\\\\c %%h $d" "--home" "/x\\ny" "--lang" "fr" "remind" "run"\n'
            in service_unit(odd)
        )
        assert '"/home/ada/my 100%% $$HOME"' in service_unit(JOB)

    def test_ten_is_no_failure_and_a_missed_monday_is_made_up_for(self) -> None:
        """As the guide says."""
        assert "\nSuccessExitStatus=10\n" in service_unit(JOB)
        for line in ("OnCalendar=Mon *-*-* 09:30", "Persistent=true", "RandomizedDelaySec=30m"):
            assert f"\n{line}\n" in timer_unit()


class TestLaunchd(SchedulerContract):
    @pytest.fixture
    def scheduler(self, programs: Programs, tmp_path: Path) -> Launchd:
        return Launchd(tmp_path / "folder", 501, programs)

    @pytest.fixture
    def refused(self) -> str:
        return "bootstrap"

    def test_another_hands_agent_is_left_alone(self, scheduler: Launchd) -> None:
        """A property list of our name without our mark."""
        (scheduler.folder / f"{NAME}.plist").write_bytes(plistlib.dumps({"Label": NAME}))
        with pytest.raises(NotDoneError):
            check_ours(scheduler)

    def test_the_agent_is_a_property_list(self, scheduler: Launchd) -> None:
        """Label, words as they are, Monday at half past nine."""
        assert scheduler.next_on() is None
        listed = plistlib.loads(agent(JOB).encode())
        assert listed == {
            "Label": NAME,
            "ProgramArguments": list(JOB.words),
            "StartCalendarInterval": {"Weekday": 1, "Hour": 9, "Minute": 30},
            "ProcessType": "Background",
        }


class TestTaskScheduler(SchedulerContract):
    @pytest.fixture
    def scheduler(self, programs: Programs, tmp_path: Path) -> TaskScheduler:
        return TaskScheduler(tmp_path / "folder", programs)

    @pytest.fixture
    def refused(self) -> str:
        return "/create"

    def test_another_hands_task_is_left_alone(self, scheduler: TaskScheduler, programs: Programs) -> None:
        """A task of our name without our mark."""
        programs.kept.write_text(task(JOB).replace(MARK, ""), encoding="utf-16")
        with pytest.raises(NotDoneError):
            check_ours(scheduler)

    def test_a_task_that_was_deleted_by_hand_can_be_set_up_again(
        self, scheduler: TaskScheduler, programs: Programs
    ) -> None:
        """Its file is still ours."""
        self.set_up(scheduler, programs)
        programs.kept.unlink()
        assert scheduler.found() is Found.OURS

    def test_the_task_is_as_microsoft_documents_it(self, scheduler: TaskScheduler) -> None:
        """Elements in the order of the schema; late rather than never, no special rights."""
        (write, _) = scheduler.installation(JOB)
        assert isinstance(write, Write)
        root = ET.fromstring(write.text.encode(write.encoding))  # noqa: S314 - our own
        space = f"{{{NAMESPACE}}}"
        assert root.tag == f"{space}Task"
        assert [child.tag.removeprefix(space) for child in root] == [
            "RegistrationInfo",
            "Triggers",
            "Principals",
            "Settings",
            "Actions",
        ]
        found = {element.tag.removeprefix(space): element.text for element in root.iter()}
        expected = {
            "StartBoundary": "2026-01-05T09:30:00",
            "RandomDelay": "PT30M",
            "WeeksInterval": "1",
            "LogonType": "InteractiveToken",
            "RunLevel": "LeastPrivilege",
            "StartWhenAvailable": "true",
            "Command": JOB.program[0],
            "Arguments": '--home "/home/ada/my 100% $HOME" --lang fr remind run',
        }
        assert expected.items() <= found.items()
        assert "Monday" in found
        trigger = root.find(f".//{space}CalendarTrigger")
        assert trigger is not None
        order = [child.tag.removeprefix(space) for child in trigger]
        assert order == ["StartBoundary", "RandomDelay", "ScheduleByWeek"]
        assert scheduler.next_on() is None


class TestCron(SchedulerContract):
    @pytest.fixture
    def scheduler(self, programs: Programs) -> Cron:
        return Cron(programs)

    @pytest.fixture
    def refused(self) -> str:
        return "-"

    def test_every_other_line_stays(self, scheduler: Cron, programs: Programs) -> None:
        """Comments, variables, other jobs, and one of our name by another hand."""
        others = f"# mine\nMAILTO=ada\n0 1 * * * backup\n0 2 * * * {NAME}\n"
        programs.kept.write_text(others, encoding="utf-8")
        self.set_up(scheduler, programs)
        assert programs.kept.read_text(encoding="utf-8") == others + cron_line(JOB) + "\n"
        carry_out(scheduler.removal(), programs)
        assert programs.kept.read_text(encoding="utf-8") == others

    @pytest.mark.parametrize("plan", ["installation", "removal"])
    def test_a_table_that_cannot_be_read_is_not_written(
        self, scheduler: Cron, programs: Programs, plan: str
    ) -> None:
        """Or its other lines would be lost."""
        programs.refuses = "-l"
        with pytest.raises(NotDoneError, match="left alone"):
            _ = scheduler.installation(JOB) if plan == "installation" else scheduler.removal()
        assert scheduler.next_on() is None

    def test_the_line_is_what_the_shell_reads(self) -> None:
        """Its percent signs escaped for cron; the mark is a comment to the shell."""
        line = cron_line(JOB)
        when, command = line[:11], line[11:].replace("\\%", "%")
        assert when == "30 9 * * 1 "
        assert "\\%" in line
        assert tuple(shlex.split(command, comments=True)) == JOB.words

    def test_a_line_break_has_no_place_in_a_table(self) -> None:
        """It would begin a line of its own."""
        with pytest.raises(NotDoneError, match="cannot hold"):
            cron_line(replace(JOB, home=Path("/x\n* * * * * evil")))


def test_a_folder_that_cannot_be_made_or_a_file_that_does_not_go(tmp_path: Path) -> None:
    """Both are said with the path."""
    programs = Programs(tmp_path / "kept")
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    with pytest.raises(NotDoneError, match="could not be made"):
        carry_out([Write(tmp_path / "file" / "units" / "x", "")], programs)
    with pytest.raises(NotDoneError, match="could not be deleted"):
        carry_out([Delete(tmp_path / "folder")], programs)


def test_a_program_that_did_not_run_has_no_code(tmp_path: Path) -> None:
    """The error does not show ours."""
    programs = Programs(tmp_path / "kept")
    scheduler: Scheduler = Cron(programs)
    steps = scheduler.installation(JOB)
    programs.is_missing = True
    with pytest.raises(NotDoneError, match=r"`crontab -` did not work \(\?\)"):
        carry_out(steps, programs)

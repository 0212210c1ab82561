"""What every `Scheduler` does, and doubles of the systems' own programs, which keep what they are given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hygiene.errors import NotDoneError
from hygiene.reminders.running import NOT_RUN, Ran
from hygiene.reminders.scheduling import Found, Job, Scheduler, carry_out, check_ours, install

JOB = Job(("/opt/hygiene tools/bin/hygiene",), Path("/home/ada/my 100% $HOME"), "fr")


class Programs:
    """A computer's programs, as far as a scheduler runs them; `refuses` names a word that none takes."""

    def __init__(self, kept: Path) -> None:
        self.kept = kept  # what the programs themselves keep
        self.refuses = ""
        self.is_missing = False

    def __call__(self, words: tuple[str, ...], given: str) -> Ran:
        if self.is_missing:
            return Ran(NOT_RUN)
        if self.refuses in words:
            return Ran(1, "", "refused")
        if words[0] == "crontab":
            return self._crontab(words, given)
        answers: dict[str, Callable[[tuple[str, ...]], Ran]] = {
            "systemctl": self._systemctl,
            "launchctl": self._launchctl,
            "schtasks": self._schtasks,
        }
        return answers[words[0]](words)

    def _crontab(self, words: tuple[str, ...], given: str) -> Ran:
        match words[1]:
            case "-l" if self.kept.exists():
                return Ran(0, self.kept.read_text(encoding="utf-8"))
            case "-l":
                return Ran(1, "", "no crontab for ada\n")
            case "-r":
                self.kept.unlink(missing_ok=True)
            case _:
                self.kept.write_text(given, encoding="utf-8")
        return Ran(0)

    def _systemctl(self, words: tuple[str, ...]) -> Ran:
        match words[2:]:
            case ("enable", "--now", timer):
                self.kept.write_text(timer, encoding="utf-8")
            case ("disable", "--now", _):
                self.kept.unlink(missing_ok=True)
            case ("show", *_):
                return Ran(0, "Mon 2026-11-23 09:41:07 UTC\n" if self.kept.exists() else "n/a\n")
            case _:
                pass
        return Ran(0)

    def _launchctl(self, words: tuple[str, ...]) -> Ran:
        match words[1:]:
            case ("bootstrap", _, path):
                self.kept.write_bytes(Path(path).read_bytes())
            case ("bootout", _) if not self.kept.exists():
                return Ran(3, "", "No such process")
            case ("bootout", _):
                self.kept.unlink()
            case _:
                pass
        return Ran(0)

    def _schtasks(self, words: tuple[str, ...]) -> Ran:
        match words[1]:
            case "/create":
                self.kept.write_bytes(Path(words[words.index("/xml") + 1]).read_bytes())
            case "/query" if "/tn" in words:
                found = self.kept.exists()
                return Ran(0, self.kept.read_bytes().decode("utf-16")) if found else Ran(1, "", "ERROR")
            case "/delete":
                self.kept.unlink(missing_ok=True)
            case _:
                pass
        return Ran(0)


class SchedulerContract:
    """Inherited by the tests of each implementation, which give `scheduler` on the computer `programs`."""

    @pytest.fixture
    def programs(self, tmp_path: Path) -> Programs:
        (tmp_path / "folder").mkdir()
        return Programs(tmp_path / "kept")

    def set_up(self, scheduler: Scheduler, programs: Programs) -> None:
        install(scheduler, scheduler.installation(JOB), programs)

    def test_nothing_is_there_at_first(self, scheduler: Scheduler) -> None:
        """The scheduler can be used, and has nothing of ours."""
        assert scheduler.is_there()
        assert scheduler.found() is Found.NOTHING

    def test_set_up_and_taken_away(self, scheduler: Scheduler, programs: Programs, tmp_path: Path) -> None:
        """Not a file of ours is left, and nothing with the system's own program."""
        self.set_up(scheduler, programs)
        assert scheduler.found() is Found.OURS
        assert programs.kept.exists()
        check_ours(scheduler)
        carry_out(scheduler.removal(), programs)
        assert scheduler.found() is Found.NOTHING
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []

    def test_twice_is_once(self, scheduler: Scheduler, programs: Programs, tmp_path: Path) -> None:
        """The same plan leads to the same files, with the same content."""
        self.set_up(scheduler, programs)
        once = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        self.set_up(scheduler, programs)
        assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == once

    def test_what_is_half_done_is_undone(
        self, scheduler: Scheduler, programs: Programs, tmp_path: Path, refused: str
    ) -> None:
        """A step that the system refuses leaves nothing of the others; the error names the program."""
        steps = scheduler.installation(JOB)
        programs.refuses = refused
        with pytest.raises(NotDoneError, match="refused"):
            install(scheduler, steps, programs)
        programs.refuses = ""
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []

    def test_without_its_program_it_is_not_there(self, scheduler: Scheduler, programs: Programs) -> None:
        """Asking does no harm."""
        programs.is_missing = True
        assert not scheduler.is_there()
        assert scheduler.found() is Found.NOTHING

    def test_taking_away_what_is_not_there(self, scheduler: Scheduler, programs: Programs) -> None:
        """Nothing happens."""
        carry_out(scheduler.removal(), programs)
        assert scheduler.found() is Found.NOTHING

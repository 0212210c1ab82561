"""Places that only administrators can change, and all the ways in which one is not such a place."""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.unit.safety.administered import administered_folder
from tests.unit.safety.nobody import NOBODY, run_as_nobody

from hygiene.errors import NotDoneError
from hygiene.safety import ownership, windows_rights
from hygiene.safety.ownership import UnsafePlaceError, check_file, check_folder
from hygiene.safety.windows_rights import is_changed_by_others, is_owned_by_administrators, sddl_of


@pytest.fixture
def top() -> Iterator[Path]:
    with administered_folder() as folder:
        yield folder


@pytest.fixture
def place(top: Path) -> Path:
    """A folder in a folder, and a file in it."""
    folder = top / "hygiene" / "checklists.d"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_text("a")
    return folder


def refused(work: Callable[[], None], words: str, kind: type[NotDoneError] = UnsafePlaceError) -> str:
    """The hint of a refusal that says these words."""
    with pytest.raises(kind) as caught:
        work()
    assert words in str(caught.value)
    return caught.value.hint.format(**caught.value.values)


class TestPosix:
    def test_a_place_of_root_alone(self, place: Path) -> None:
        """Everybody may read it; an unprivileged person may ask, too."""

        def work() -> None:
            check_folder(place)
            check_file(place / "a.yaml")

        work()
        run_as_nobody(work)

    @pytest.mark.parametrize("mode", [0o775, 0o757, 0o777, 0o1777, 0o722])
    @pytest.mark.parametrize("depth", [0, 1, 2])
    def test_others_may_write_to_it_or_above(self, place: Path, mode: int, depth: int) -> None:
        """The folder itself or one above it; a sticky one is no exception."""
        open_one = (place, *place.parents)[depth]
        open_one.chmod(mode)
        hint = refused(lambda: check_folder(place), f"can change {open_one}")
        assert hint == f'an administrator can mend it with: chmod go-w "{open_one}"'
        open_one.chmod(0o755)
        check_folder(place)

    @pytest.mark.parametrize("depth", [0, 1, 2])
    def test_it_or_one_above_belongs_to_somebody_else(self, place: Path, depth: int) -> None:
        """Who owns a folder can change its mode, and what is in it."""
        foreign = (place, *place.parents)[depth]
        os.chown(foreign, NOBODY, 0)
        hint = refused(lambda: check_folder(place), f"{foreign} does not belong")
        assert hint == f'an administrator can mend it with: chown root "{foreign}"'
        os.chown(foreign, 0, 0)
        check_folder(place)

    def test_the_refusal_is_needed(self, place: Path) -> None:
        """Somebody who may write to a folder above can put another one in its place."""
        place.parent.chmod(0o777)

        def work() -> None:
            place.rename(place.parent / "away")
            place.mkdir()
            (place / "a.yaml").write_text("forged")
            refused(lambda: check_folder(place), "not only the administrators")

        run_as_nobody(work)
        assert (place / "a.yaml").read_text() == "forged"

    def test_a_group_alone_owns_nothing(self, place: Path) -> None:
        """Without the right to write, the group of a file does not matter."""
        os.chown(place / "a.yaml", 0, NOBODY)
        check_file(place / "a.yaml")

    @pytest.mark.parametrize("mode", [0o664, 0o646, 0o622])
    def test_a_file_that_others_may_write_to(self, place: Path, mode: int) -> None:
        """Its group or everybody."""
        file = place / "a.yaml"
        file.chmod(mode)
        assert "chmod go-w" in refused(lambda: check_file(file), f"can change {file}")

    def test_a_file_of_somebody_else(self, place: Path) -> None:
        file = place / "a.yaml"
        os.chown(file, NOBODY, NOBODY)
        refused(lambda: check_file(file), f"{file} does not belong")

    @pytest.mark.parametrize("make", ["link", "pipe", "folder"])
    def test_only_ordinary_files(self, place: Path, make: str) -> None:
        """A link may lead to what somebody else writes; nobody waits for a pipe."""
        strange = place / "b.yaml"
        if make == "link":
            strange.symlink_to(place / "a.yaml")
        elif make == "pipe":
            os.mkfifo(strange)
        else:
            strange.mkdir()
        hint = refused(lambda: check_file(strange), f"{strange} is not an ordinary file", NotDoneError)
        assert "the file itself" in hint

    def test_a_file_in_place_of_the_folder(self, place: Path) -> None:
        refused(lambda: check_folder(place / "a.yaml"), "is not a folder", NotDoneError)

    def test_what_is_not_there(self, place: Path) -> None:
        """Said, not raised by the system."""
        for check in (check_file, check_folder):
            hint = refused(lambda: check(place / "gone"), "could not be read: No such file", NotDoneError)  # noqa: B023
            assert "everything else works" in hint

    def test_what_may_not_be_looked_at(self, place: Path) -> None:
        """A folder that only root may enter."""
        place.parent.chmod(0o700)

        def work() -> None:
            with pytest.raises(PermissionError):
                place.stat()
            refused(lambda: check_folder(place), "could not be read: Permission denied", NotDoneError)

        run_as_nobody(work)


class TestLinks:
    def test_a_link_of_root_to_a_place_of_root(self, top: Path, place: Path) -> None:
        """The system's own folders are links here and there; this one is as safe as where it leads."""
        for target in (
            place,
            Path("hygiene") / "checklists.d",
            Path("..") / top.name / "hygiene" / "checklists.d",
        ):
            link = top / "link"
            link.symlink_to(target)
            check_folder(link)
            link.unlink()
        (top / "above").symlink_to(place.parent)
        check_folder(top / "above" / place.name)

    @pytest.mark.parametrize("through", ["", "second", "third"])
    def test_a_link_to_what_others_may_change(self, top: Path, place: Path, through: str) -> None:
        """Also where it leads there through other links, or by a folder above."""
        open_folder = top / "open"
        (open_folder / "inner").mkdir(parents=True)
        open_folder.chmod(0o777)
        (top / "second").symlink_to(open_folder)
        (top / "third").symlink_to(Path("hygiene") / ".." / "second")
        target = (top / through if through else open_folder) / "inner"
        place.joinpath("a.yaml").unlink()
        place.rmdir()
        place.symlink_to(target)
        refused(lambda: check_folder(place), "/open")
        open_folder.chmod(0o755)
        check_folder(place)

    def test_a_link_of_somebody_else(self, top: Path, place: Path) -> None:
        """It may lead elsewhere tomorrow."""
        link = top / "link"
        link.symlink_to(place)
        os.chown(link, NOBODY, NOBODY, follow_symlinks=False)
        refused(lambda: check_folder(link), f"{link} does not belong")

    def test_links_in_a_circle(self, top: Path) -> None:
        """They end."""
        (top / "a").symlink_to(top / "b")
        (top / "b").symlink_to(top / "a")
        refused(lambda: check_folder(top / "a"), "could not be read", NotDoneError)


SYSTEM = "O:SYG:SYD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)"
# As Windows sets up its own disk and ProgramData.
DISK = (
    "O:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"
    "G:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"
    "D:PAI(A;;LC;;;AU)(A;OICIIO;SDGXGWGR;;;AU)(A;;FA;;;SY)(A;OICIIO;GA;;;SY)(A;;FA;;;BA)(A;OICI;0x1200a9;;;BU)"
)
PROGRAM_DATA = (
    "O:SYG:SYD:AI(A;OICIIO;GA;;;CO)(A;OICI;GA;;;SY)(A;OICI;GA;;;BA)(A;CI;DCLCRPCR;;;BU)(A;OICI;0x1200a9;;;BU)"
)


class TestWindowsRights:
    """By the text that Windows gives; nothing here has run on Windows."""

    @pytest.mark.parametrize("sddl", [SYSTEM, DISK, "O:BAD:(A;;FA;;;BA)", "O:S-1-5-18D:(A;;FR;;;WD)"])
    def test_administrators_own_it(self, sddl: str) -> None:
        assert is_owned_by_administrators(sddl)

    @pytest.mark.parametrize(
        "sddl",
        ["", "O:BUD:", "O:S-1-5-21-1-2-3-1001G:BAD:(A;;FA;;;BA)", "O:WDD:", "O:BAX", "G:BAD:", SYSTEM + "("],
    )
    def test_somebody_else_owns_it(self, sddl: str) -> None:
        """Or it cannot be made out."""
        assert not is_owned_by_administrators(sddl)

    @pytest.mark.parametrize("is_above", [True, False])
    def test_nobody_else_changes_it(self, *, is_above: bool) -> None:
        """Reading and running are allowed, what is only for children or takes away does not count."""
        for rules in (
            "",
            "(A;;FR;;;WD)",
            "(A;;FX;;;WD)",
            "(A;;GRGX;;;WD)",
            "(A;OICIIO;FA;;;CO)",
            "(D;;FA;;;WD)",
            "(A;;0x1200a9;;;BU)",
        ):
            assert not is_changed_by_others(f"O:BAG:BAD:PAI{rules}", is_above=is_above)
        assert not is_changed_by_others(SYSTEM, is_above=is_above)

    @pytest.mark.parametrize(
        "rule",
        [
            "A;;FA;;;BU",
            "A;;GA;;;WD",
            "A;;WD;;;AU",
            "A;;WO;;;AU",
            "A;;SD;;;AU",
            "A;;DT;;;AU",
            "A;ID;0x1f01ff;;;S-1-5-21-1",
        ],
    )
    @pytest.mark.parametrize("is_above", [True, False])
    def test_others_can_take_it_away(self, rule: str, *, is_above: bool) -> None:
        """All rights, or to delete, to delete what is inside, to change rights or the owner."""
        assert is_changed_by_others(f"O:BAD:({rule})", is_above=is_above)

    @pytest.mark.parametrize(
        "rule", ["A;;FW;;;BU", "A;;GW;;;WD", "A;;DC;;;AU", "A;;LC;;;AU", "A;;0x2;;;AU", "A;;CR;;;AU"]
    )
    def test_others_can_only_add_to_it(self, rule: str) -> None:
        """Harmful in the folder itself; in one above it, nobody is displaced."""
        assert is_changed_by_others(f"O:BAD:({rule})", is_above=False)
        assert not is_changed_by_others(f"O:BAD:({rule})", is_above=True)

    @pytest.mark.parametrize(
        "sddl",
        [
            "O:BA",
            "O:BAD:NO_ACCESS_CONTROL",
            "O:BAD:(A;;XX;;;BU)",
            "O:BAD:(A;;0xzz;;;BU)",
            "O:BAD:(ZZ;;FR;;;BU)",
            "O:BAD:(A)",
            'O:BAD:(XA;;FR;;;WD;(@User.Title=="PM"))',
        ],
    )
    def test_what_is_not_understood_is_not_trusted(self, sddl: str) -> None:
        """No list at all, rights and kinds that nobody knows here."""
        assert is_changed_by_others(sddl, is_above=True)
        assert is_changed_by_others(sddl, is_above=False)

    def test_windows_own_folders(self) -> None:
        """People may add folders there; that takes nothing away from what an administrator put below."""
        for sddl in (DISK, PROGRAM_DATA):
            assert not is_changed_by_others(sddl, is_above=True)
            assert is_changed_by_others(sddl, is_above=False)


class TestWindows:
    """With a stand-in for the system's own functions."""

    def test_the_words_come_from_the_rights(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Each folder above is asked for, gently; the folder and its files strictly."""
        said = dict.fromkeys((place, place / "a.yaml"), SYSTEM)
        asked: list[Path] = []

        def words(path: Path) -> str:
            asked.append(path)
            return said.get(path, PROGRAM_DATA)

        monkeypatch.setattr(ownership, "sys", SimpleNamespace(platform="win32"))
        monkeypatch.setattr(ownership, "sddl_of", words)
        check_folder(place)
        check_file(place / "a.yaml")
        assert asked == [*reversed(place.parents), place, place / "a.yaml"]
        said[place] = PROGRAM_DATA
        assert "icacls" in refused(lambda: check_folder(place), f"can change {place}")
        said[place.parent] = SYSTEM.replace("O:SY", "O:BU")
        refused(lambda: check_folder(place), f"{place.parent} does not belong")

    def test_windows_is_asked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What it gives is given back, and freed."""
        library = Library(SYSTEM)
        monkeypatch.setattr(ctypes, "WinDLL", library.load, raising=False)
        assert sddl_of(Path("x")) == SYSTEM
        assert library.freed == 2

    @pytest.mark.parametrize(("failing", "freed"), [("GetNamed", 0), ("Convert", 1)])
    def test_windows_does_not_say(self, monkeypatch: pytest.MonkeyPatch, failing: str, freed: int) -> None:
        library = Library(SYSTEM, failing)
        monkeypatch.setattr(ctypes, "WinDLL", library.load, raising=False)
        with pytest.raises(NotDoneError, match="Windows does not say who may change x"):
            sddl_of(Path("x"))
        assert library.freed == freed


class Library:
    """`advapi32` and `kernel32`, as far as they are used: 0 is success for one, failure for the other."""

    def __init__(self, words: str, failing: str = "") -> None:
        self.words = words
        self.failing = failing
        self.freed = 0

    def load(self, name: str) -> Any:
        def free(_: object) -> None:
            self.freed += 1

        if name == "kernel32":
            return SimpleNamespace(LocalFree=free)
        convert = "ConvertSecurityDescriptorToStringSecurityDescriptorW"
        return SimpleNamespace(GetNamedSecurityInfoW=self.descriptor, **{convert: self.text})

    def descriptor(self, *arguments: Any) -> int:
        assert arguments[:3] == ("x", 1, 7)
        arguments[-1]._obj.value = 1
        return 5 if self.failing == "GetNamed" else 0

    def text(self, *arguments: Any) -> int:
        arguments[3]._obj.value = self.words
        return 0 if self.failing == "Convert" else 1


def test_the_module_speaks_of_root_alone() -> None:
    """Nothing here depends on who runs the tests."""
    assert ownership.ROOT == 0
    assert stat.S_IWGRP | stat.S_IWOTH == 0o022
    assert "SY" in windows_rights.ADMINISTRATORS

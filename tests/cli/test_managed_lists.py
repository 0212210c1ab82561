"""What administrators install: lists in `checklists.d`, roots in `trust.d`; and what a person decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.attacks.publisher import NOW, Publisher
from tests.cli.acme import (
    ANSWERS,
    BADGES,
    BETA,
    LIST,
    LISTS,
    OWN_ANSWERS,
    POLICY,
    Acme,
    added,
    audited_with,
    in_use,
    kept_of,
    on_a_share,
    one_line,
    password_state,
    set_clock,
    sources_of,
)
from tests.cli.conftest import Program, Run
from tests.unit.safety.administered import administered_folder

from hygiene.distribution.source import fingerprint_of

NOTICE = "Before you begin with the lists of ACME"
UNUSED = "organisation’s lists are not used: not only the administrators of this computer can change"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch)


@pytest.fixture
def administered(program: Program) -> Iterator[Path]:
    """The administrators' folder of this computer; a person cannot write to it."""
    with administered_folder() as top:
        folder = top / "hygiene"
        folder.mkdir()
        program.environment["XDG_CONFIG_DIRS"] = str(top)
        yield folder


@pytest.fixture
def lists(administered: Path) -> Path:
    """Level 0: device management dropped the lists."""
    folder = administered / "checklists.d"
    folder.mkdir()
    for name, text in LISTS.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def roots(administered: Path) -> Path:
    folder = administered / "trust.d"
    folder.mkdir()
    return folder


@pytest.fixture
def acme(program: Program) -> Acme:
    return on_a_share(program)


def handed(roots: Path, acme: Acme, name: str = "acme") -> None:
    """Device management drops a root and where to fetch from."""
    (roots / f"{name}.root.json").write_bytes(acme.publisher.newest_root)
    (roots / f"{name}.address").write_text(f"{acme.address}\n")


def at_the_terminal(program: Program, *replies: str) -> Run:
    """An audit in plain lines that is stopped at its first question."""
    run = program("audit", "--plain", stdin="".join(f"{each}\n" for each in (*replies, "q")).encode())
    assert run.code == 0, run.err
    return run


def words_of(program: Program, *command: str) -> str:
    run = program(*command)
    assert run.code == 0, run.err
    return run.out


@pytest.mark.usefixtures("lists")
class TestInstalled:
    def test_they_are_used_without_a_question(self, program: Program) -> None:
        """The report says why they are believed, and whose they are."""
        run = audited_with(program)
        assert run.code == 0, run.err
        assert "acme-phones.screen-lock" in words_of(program, "findings")
        assert in_use(program) == [("acme-phones", "managed", "ACME")]

    def test_each_command_that_shows_checklists_has_them(self, program: Program) -> None:
        assert "acme-phones" in words_of(program, "checklist", "list")
        assert "Lock the screen" in words_of(program, "checklist", "show", "acme-phones")

    def test_the_policy_s_period_is_in_force_and_one_s_own_above_it(self, program: Program) -> None:
        """A password of July is fresh by the organisation's six months, due by the program's three."""
        audited_with(program)
        assert password_state(program) == "fresh"
        program("settings", "password-months", "1")
        assert password_state(program) == "due"
        program("settings", "password-months", "")
        assert password_state(program) == "fresh"
        program("settings", "organisation-lists", "off")
        assert password_state(program) == "due"

    def test_who_set_what(self, program: Program) -> None:
        """In `settings` the person's own choice too; `trust list` opens no store, and says the rest."""
        audited_with(program)
        assert "\npassword-months: 6 (" in words_of(program, "settings")
        assert "Set by ACME:\n- a reminder to change a password after 6 months\n" in words_of(
            program, "settings"
        )
        program("settings", "password-months", "1")
        said = words_of(program, "settings")
        assert "\npassword-months: 1 (" in said
        assert "after 6 months (not in force: you chose otherwise)\n" in said
        assert "Chosen by you:\n- a reminder to change a password after 1 month\n" in said
        said = words_of(program, "trust", "list")
        assert said.startswith("ACME (acme): installed by the administrators of this computer.\n")
        assert "Set by ACME:\n- a reminder to change a password after 6 months\n" in said

    def test_there_is_nothing_to_update_or_to_remove(self, program: Program) -> None:
        """They come by another way, and nothing of them expires."""
        run = program("update")
        assert (run.code, run.out) == (0, "")
        assert one_line(run.err) == "ACME (acme): installed by the administrators of this computer."
        assert program("trust", "remove", "acme").code == 3
        assert in_use(program)

    def test_years_later(self, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        set_clock(monkeypatch, NOW + timedelta(days=2000))
        assert "usable" not in audited_with(program).err

    def test_a_list_that_cannot_be_used_is_named(self, program: Program, lists: Path) -> None:
        """Where one looks for it; the others are used."""
        (lists / "acme-odd.yaml").write_text(LIST.replace("phones", "odd").replace("high", "dire"))
        expected = "\n  acme-odd.yaml is left out: checks[0].severity: “dire” is not one of "
        assert expected in words_of(program, "trust", "list")
        assert audited_with(program).code == 0

    def test_new_ones_are_there_at_once(self, program: Program, lists: Path) -> None:
        """Also after they were read once and packed."""
        assert in_use(program) == [("acme-phones", "managed", "ACME")]
        (lists / "acme-badges.yaml").write_text(BADGES)
        assert [name for name, _, _ in in_use(program)] == ["acme-badges", "acme-phones"]
        (lists / "acme-phones.yaml").unlink()
        assert [name for name, _, _ in in_use(program)] == ["acme-badges"]

    def test_all_gone(self, program: Program, lists: Path) -> None:
        """The computer changed hands: answers and reports stay."""
        audited_with(program)
        for path in lists.iterdir():
            path.unlink()
        assert in_use(program) == []
        assert "acme-phones.screen-lock" in words_of(program, "store", "export")


class TestUnsafe:
    """Somebody else than an administrator can write there: not used, said, and everything else works."""

    @pytest.fixture(autouse=True)
    def opened(self, lists: Path) -> None:
        lists.chmod(0o777)

    def test_the_audit_says_so(self, program: Program, lists: Path) -> None:
        """Also at the terminal; with what an administrator can do."""
        run = audited_with(program, OWN_ANSWERS)
        assert run.code == 0
        assert one_line(run.err).count(UNUSED) == 1
        assert f'chmod go-w "{lists}"' in one_line(run.err)
        assert NOTICE not in run.err
        assert one_line(at_the_terminal(program).err).count(UNUSED) == 1
        assert in_use(program) == []

    def test_nothing_of_it_is_in_force(self, program: Program) -> None:
        audited_with(program, OWN_ANSWERS)
        assert password_state(program) == "due"
        assert "acme-phones" not in words_of(program, "checklist", "list")

    def test_those_who_look_are_told(self, program: Program) -> None:
        run = program("trust", "list")
        assert (run.code, run.out) == (0, "No organisation's lists are in use here.\n")
        assert one_line(run.err).count(UNUSED) == 1
        for more in ((), ("--offline",)):
            run = program("update", *more)
            assert (run.code, run.out) == (3, "")
            assert one_line(run.err).count(UNUSED) == 1

    def test_other_commands_work_as_before(self, program: Program) -> None:
        audited_with(program, OWN_ANSWERS)
        for command in ("status", "findings", "due", "settings", "report", "history", "doctor"):
            assert program(command).code in {
                0,
                3 if command == "doctor" else 0,
                10 if command == "due" else 0,
            }

    def test_mended(self, program: Program, lists: Path) -> None:
        lists.chmod(0o755)
        assert "not used" not in audited_with(program).err
        assert in_use(program)

    def test_a_folder_of_one_s_own_is_none_of_administrators(
        self, program: Program, lists: Path, tmp_path: Path
    ) -> None:
        """The variable is the person's to set; it leads nowhere but to what administrators wrote."""
        own = tmp_path / "own" / "hygiene"
        own.mkdir(parents=True)
        lists.chmod(0o755)
        lists.rename(own / "checklists.d")
        program.environment["XDG_CONFIG_DIRS"] = str(tmp_path / "own")
        run = audited_with(program, OWN_ANSWERS)
        assert run.code == 0
        assert "organisation’s lists are not used: " in one_line(run.err)
        assert in_use(program) == []


@pytest.mark.usefixtures("lists")
class TestNotice:
    def test_once_before_the_first_audit(self, program: Program) -> None:
        """Also by an answers file, where there is nobody to ask; standard output is for data."""
        run = audited_with(program)
        assert run.code == 0
        assert NOTICE in run.err
        assert "They come from ACME; the administrators of this computer installed them." in one_line(run.err)
        assert "it@acme.example" in run.err
        assert NOTICE not in run.out
        assert NOTICE not in audited_with(program).err
        assert NOTICE not in at_the_terminal(program).err

    def test_at_the_terminal_it_is_a_question(self, program: Program) -> None:
        """Before the first one of the audit; a yes is remembered."""
        run = at_the_terminal(program, "")
        assert run.err.index(NOTICE) < run.err.index("Use the lists of ACME?") < run.err.index("Question 1.")
        assert NOTICE not in at_the_terminal(program).err
        assert in_use(program) == [("acme-phones", "managed", "ACME")]

    def test_again_when_it_changed(self, program: Program, lists: Path) -> None:
        """New lists and periods alone are no reason."""
        audited_with(program)
        (lists / "acme-badges.yaml").write_text(BADGES)
        (lists / "policy.yaml").write_text(POLICY.replace("6", "7"))
        assert NOTICE not in audited_with(program).err
        (lists / "policy.yaml").write_text(POLICY + "notice: The works council agreed.\n")
        run = audited_with(program)
        assert NOTICE in run.err
        assert "The works council agreed." in run.err
        assert NOTICE not in audited_with(program).err

    def test_commands_that_begin_no_audit_do_not_show_it(self, program: Program) -> None:
        at_the_terminal(program, "no")
        program("settings", "organisation-lists", "on")
        for command in ("status", "findings", "report", "trust"):
            assert NOTICE not in program(command, *(["list"] if command == "trust" else [])).err
        assert NOTICE in audited_with(program).err

    def test_no_leaves_them_out_for_this_person(self, program: Program) -> None:
        """Nobody is told; the bundled lists stay, and the rules of the organisation go too."""
        run = at_the_terminal(program, "no")
        assert "They are left out, and nobody is told." in run.err
        assert "`hygiene settings organisation-lists on`" in one_line(run.err)
        assert "Question 1." in run.err
        assert program("settings", "organisation-lists").out == "off\n"
        assert "Set by ACME" not in words_of(program, "settings")
        run = audited_with(program, OWN_ANSWERS)
        assert (run.code, NOTICE in run.err) == (0, False)
        assert in_use(program) == []
        assert password_state(program) == "due"
        bundled = program("report", "--format", "json").json["audit"]["checklists"]
        assert {"habits", "passwords", "phone"} <= {each["id"] for each in bundled}
        assert audited_with(program).code == 3

    def test_on_brings_them_back(self, program: Program) -> None:
        """With the notice, which the person said no to."""
        at_the_terminal(program, "no")
        program("settings", "organisation-lists", "on")
        run = audited_with(program)
        assert run.code == 0
        assert NOTICE in run.err
        assert in_use(program) == [("acme-phones", "managed", "ACME")]
        assert password_state(program) == "fresh"

    def test_no_notice_of_what_is_not_used(self, program: Program, lists: Path) -> None:
        """They were turned off before they came."""
        lists.rename(away := lists.with_name("away"))
        assert audited_with(program, OWN_ANSWERS).code == 0
        assert program("settings", "organisation-lists", "off").code == 0
        away.rename(lists)
        assert NOTICE not in at_the_terminal(program).err
        program("settings", "organisation-lists", "on")
        assert NOTICE in at_the_terminal(program, "").err

    def test_the_bundled_habits_stay_under_any_policy(self, program: Program, lists: Path) -> None:
        """One that leaves one of them out is not used; other checks may be left out, which is shown."""
        (lists / "policy.yaml").write_text(POLICY + "drop: [habits.courtesy]\n")
        said = words_of(program, "trust", "list")
        assert "policy.yaml is left out: drop[0]: the questions about habits stay for everyone" in said
        assert "Set by" not in said
        (lists / "policy.yaml").write_text(POLICY + "drop: [instagram.private-account]\n")
        said = words_of(program, "trust", "list")
        assert "policy.yaml" not in said
        assert "- left out: “" in said
        assert "[instagram.private-account]" in said

    def test_its_words_before_an_audit(self, program: Program, lists: Path) -> None:
        (lists / "policy.yaml").write_text(POLICY + "opening: Thank you for taking the time.\n")
        assert "ACME says: Thank you for taking the time." in one_line(at_the_terminal(program, "").err)


class TestBoth:
    """The administrators' lists and a source of the same name."""

    def test_those_of_the_administrators_count(self, program: Program, acme: Acme, lists: Path) -> None:
        added(program, acme)
        assert in_use(program) == [("acme-phones", "managed", "ACME")]
        for path in lists.iterdir():
            path.unlink()
        assert in_use(program) == [("acme-phones", "source", "ACME")]

    @pytest.mark.usefixtures("lists")
    def test_they_stay_where_the_source_is_damaged(self, program: Program, acme: Acme) -> None:
        added(program, acme)
        (program.home / "sources" / "acme" / "verified.json").write_text("{}")
        assert "were changed since they were verified" in one_line(audited_with(program).err)
        assert in_use(program) == [("acme-phones", "managed", "ACME")]

    @pytest.mark.usefixtures("lists")
    def test_erasing_leaves_nothing_of_them(self, program: Program, acme: Acme) -> None:
        """As the notice promises."""
        added(program, acme)
        audited_with(program)
        assert (program.home / "managed.json").exists()
        assert program("store", "erase", "--yes").code == 0
        assert not program.home.exists()

    @pytest.mark.usefixtures("lists")
    def test_another_source_beside_them(self, program: Program) -> None:
        """Each has its notice, and its layer of rules."""
        added(program, on_a_share(program, "beta", BETA, source="beta", title="Beta"))
        run = audited_with(program)
        assert NOTICE in run.err
        assert NOTICE.replace("ACME", "Beta") in run.err
        assert {name for name, _, _ in in_use(program)} == {"acme-phones", "beta-phones"}
        assert "Set by Beta:" in words_of(program, "trust", "list")


class TestManagedRoot:
    def test_it_is_set_up_without_a_question(self, program: Program, roots: Path, acme: Acme) -> None:
        """By the next update, which tells of the lists once."""
        handed(roots, acme)
        assert sources_of(program) == {}
        run = program("update")
        assert (run.code, run.err) == (0, "")
        assert run.out.splitlines()[:3] == [
            "ACME: new lists, of 22 November 2026.",
            "“Phones at ACME” (acme-phones) is new, with 1 question.",
            "The policy is new.",
        ]
        assert run.out.count("ACME: ") == 1
        assert program("update").out == "ACME: nothing new; the lists are of 22 November 2026.\n"
        assert in_use(program) == [("acme-phones", "source", "ACME")]
        said = words_of(program, "trust", "list")
        assert "(acme), from " in said
        assert "\n  Set up by the administrators of this computer.\n" in said
        assert sources_of(program)["acme"]["managed"] is True

    def test_the_person_s_own_are_not_said_to_be(self, program: Program, acme: Acme) -> None:
        added(program, acme)
        assert "administrators" not in words_of(program, "trust", "list")

    def test_offline_it_waits(self, program: Program, roots: Path, acme: Acme) -> None:
        handed(roots, acme)
        assert program("update", "--offline").code == 0
        assert sources_of(program) == {}

    def test_a_newer_root_is_pinned(self, program: Program, roots: Path, acme: Acme) -> None:
        """With the very update that leads to it; the day and the lists are not lost over it."""
        handed(roots, acme)
        program("update")
        old = sources_of(program)["acme"]
        root = acme.rotated()
        acme.release({**LISTS, "acme-badges.yaml": BADGES})
        handed(roots, acme)
        run = program("update")
        assert (run.code, run.err) == (0, "")
        assert "ACME: new lists" in run.out
        assert sources_of(program)["acme"] == old | {"fingerprint": fingerprint_of(root)}
        assert program("update").code == 0
        assert program("update", "--offline").code == 0
        assert [name for name, _, _ in in_use(program)] == ["acme-badges", "acme-phones"]

    def test_one_that_does_not_follow_is_refused(self, program: Program, roots: Path, acme: Acme) -> None:
        """Forged, or another publisher's: the old one stays, and its lists."""
        handed(roots, acme)
        program("update")
        before = kept_of(program)
        (roots / "acme.root.json").write_bytes(Publisher().newest_root)
        run = program("update")
        assert run.code == 4
        assert "keys that are now set up for “acme” do not follow" in one_line(run.err)
        assert kept_of(program) == before
        assert in_use(program)

    def test_a_person_had_agreed_to_it_before(self, program: Program, roots: Path, acme: Acme) -> None:
        """Nothing is asked or added twice."""
        added(program, acme)
        handed(roots, acme)
        run = program("update")
        assert (run.code, run.out) == (0, "ACME: nothing new; the lists are of 22 November 2026.\n")
        assert sources_of(program)["acme"]["managed"] is False

    def test_removed_it_comes_back(self, program: Program, roots: Path, acme: Acme) -> None:
        """Which is said, and how a person is without it."""
        handed(roots, acme)
        program("update")
        run = program("trust", "remove", "acme")
        assert run.code == 0
        assert "`hygiene update` fetches it again; `hygiene settings organisation-lists off`" in one_line(
            run.err
        )
        assert sources_of(program) == {}
        program("update")
        assert "acme" in sources_of(program)

    def test_without_its_lists_nothing_remains(self, program: Program, roots: Path, acme: Acme) -> None:
        """The share is away at first; the next update sets it up."""
        handed(roots, acme)
        acme.transport.put({})
        run = program("update")
        assert (run.code, run.out) == (3, "")
        assert sources_of(program) == {}
        acme.put()
        assert program("update").code == 0
        assert "acme" in sources_of(program)

    @pytest.mark.parametrize("address", [None, "", "\n", "share", "../share", "é".encode("latin-1")])
    def test_no_address(self, program: Program, roots: Path, acme: Acme, address: str | bytes | None) -> None:
        """Nor one that leads elsewhere from every folder a person stands in."""
        handed(roots, acme)
        (roots / "acme.address").unlink()
        if address is not None:
            (roots / "acme.address").write_bytes(address if isinstance(address, bytes) else address.encode())
        run = program("update")
        assert (run.code, run.out) == (3, "")
        assert f"{roots}/acme.address does not say where the lists are fetched from" in one_line(run.err)
        assert sources_of(program) == {}

    def test_a_name_that_is_not_the_publisher_s(self, program: Program, roots: Path, acme: Acme) -> None:
        """Else every update would set it up anew and fail; said with the right name."""
        handed(roots, acme, "zeta")
        run = program("update")
        assert (run.code, run.out) == (3, "")
        assert "zeta.root.json leads to are those of “acme”" in one_line(run.err)
        assert "acme.root.json" in run.err
        assert kept_of(program) == {}
        handed(roots, acme)
        assert program("update").code == 3
        assert list(sources_of(program)) == ["acme"]

    def test_one_broken_root_does_not_stop_the_other(self, program: Program, roots: Path, acme: Acme) -> None:
        """Whichever comes first; nor the sources that the person added."""
        added(program, on_a_share(program, "beta", BETA, source="beta", title="Beta"))
        handed(roots, acme)
        (roots / "aa.root.json").symlink_to(roots / "acme.root.json")
        (roots / "zz.root.json").write_text("{")
        (roots / "zz.address").write_text(acme.address)
        run = program("update")
        assert run.code == 3
        assert "ACME: new lists" in run.out
        assert "Beta: nothing new" in run.out
        assert "aa.root.json is not an ordinary file" in one_line(run.err)
        assert set(sources_of(program)) == {"acme", "beta"}

    def test_others_can_write_there(self, program: Program, roots: Path, acme: Acme) -> None:
        """Whoever may change the root decides whose lists are used."""
        handed(roots, acme)
        for place in (roots, roots / "acme.root.json", roots / "acme.address"):
            mode = place.stat().st_mode
            place.chmod(0o777)
            run = program("update")
            assert (run.code, run.out) == (3, "")
            assert f"can change {place}" in one_line(run.err)
            assert sources_of(program) == {}
            place.chmod(mode)
        assert program("update").code == 0


def test_answers_of_both_kinds_can_be_told_apart() -> None:
    """The guard of this file: only `ANSWERS` answers the organisation's question."""
    assert "acme-phones" in ANSWERS
    assert "acme" not in OWN_ANSWERS

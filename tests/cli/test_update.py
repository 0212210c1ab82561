"""`hygiene update`: what changed is said, what fails is explained, and the lists in use stay in use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.attacks.publisher import NOW
from tests.attacks.transports import WebTransport
from tests.cli.acme import (
    BADGES,
    BETA,
    CHANGED,
    LISTS,
    OF_LATER_VERSION,
    OWN_ANSWERS,
    Acme,
    added,
    audited_with,
    in_use,
    kept_of,
    on_a_share,
    one_line,
    set_clock,
    sources_of,
    trusted_server,
)
from tests.cli.conftest import Program
from tests.cli.refusal import everything_in, refused

from hygiene.distribution import release
from hygiene.distribution.source import check_format

LATER = NOW + timedelta(days=60)
NEWER = {"acme-phones.yaml": CHANGED, "acme-badges.yaml": BADGES}
NOTHING_NEW = "ACME: nothing new; the lists are of 22 November 2026.\n"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch)


@pytest.fixture
def acme(program: Program) -> Acme:
    """A publisher whom the person agreed to."""
    share = on_a_share(program)
    added(program, share)
    return share


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WebTransport]:
    with trusted_server(tmp_path, monkeypatch) as transport:
        yield transport


class TestNewLists:
    def test_what_changed_is_said(self, program: Program, acme: Acme) -> None:
        """List by list, question by question; then they are in use."""
        assert in_use(program) == [("acme-phones", "source", "ACME")]
        acme.release(NEWER, released_on="2026-12-01")
        run = program("update")
        assert (run.code, run.err) == (0, "")
        assert run.out == (
            "ACME security team: new lists, of 1 December 2026.\n"
            "“Badges at ACME” (acme-badges) is new, with 1 question.\n"
            "“Phones at ACME” (acme-phones) changes:\n"
            "  worded anew: Lock the screen\n"
            "The policy goes.\n"
        )
        assert [name for name, _, _ in in_use(program)] == ["acme-badges", "acme-phones"]

    def test_nothing_is_used_that_was_not_said(self, program: Program, acme: Acme) -> None:
        """Published is not taken in: until `update` has told of it, nothing changes."""
        acme.release(NEWER)
        assert in_use(program) == [("acme-phones", "source", "ACME")]

    def test_nothing_new(self, program: Program, acme: Acme) -> None:
        """Neither when nothing was signed, nor when it was only signed again; the day moves."""
        assert program("update").out == NOTHING_NEW
        acme.publisher.renew()
        acme.put()
        assert program("update").out == NOTHING_NEW
        assert sources_of(program)["acme"]["verified_on"] == "2026-11-22"

    @pytest.mark.usefixtures("acme")
    def test_the_day_that_it_was_looked_at(self, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        set_clock(monkeypatch, NOW + timedelta(days=2))
        assert program("update").out == NOTHING_NEW
        assert sources_of(program)["acme"]["verified_on"] == "2026-11-24"

    def test_lists_that_this_version_cannot_read(self, program: Program, acme: Acme) -> None:
        """Passed over and named, with each update, but not told as a change; the rest is used."""
        acme.release({**LISTS, "acme-badges.yaml": BADGES, "acme-later.yaml": OF_LATER_VERSION})
        left_out = "  acme-later.yaml is left out: it is written for another version of hygiene\n"
        assert program("update").out == (
            "ACME: new lists, of 22 November 2026.\n"
            "“Badges at ACME” (acme-badges) is new, with 1 question.\n" + left_out
        )
        assert program("update").out == NOTHING_NEW + left_out
        assert [name for name, _, _ in in_use(program)] == ["acme-badges", "acme-phones"]

    def test_the_reason_names_the_place(self, program: Program, acme: Acme) -> None:
        """For those who publish: the person can tell them."""
        acme.release({**LISTS, "acme-phones.yaml": CHANGED.replace("severity: high", "severity: dire")})
        run = program("update")
        assert run.code == 0
        assert "  acme-phones.yaml is left out: checks[0].severity: “dire” is not one of " in run.out
        assert in_use(program) == []


def half_copied(acme: Acme) -> None:
    acme.publisher.release(NEWER)
    del acme.publisher.files[acme.publisher.lists_name]


def cut_off(acme: Acme) -> None:
    acme.publisher.release(NEWER)
    files = acme.publisher.files
    files[acme.publisher.lists_name] = files[acme.publisher.lists_name][:100]


def forged(acme: Acme) -> None:
    acme.publisher.release(NEWER)
    acme.publisher.edit("metadata/timestamp.json", b"2026-12-27", b"2036-12-27")


def gone(acme: Acme) -> None:
    acme.publisher.files.clear()


Fault = Callable[[Acme], None]
FAULTS: dict[Fault, tuple[int, str]] = {
    half_copied: (3, "“acme” is not complete yet: lists.json is missing"),
    cut_off: (3, "“acme” is not complete yet: lists.json is cut off or damaged"),
    forged: (4, "What “acme” offers is not signed with its publisher’s present keys, or was changed on"),
    gone: (3, "“acme” is not complete yet: timestamp.json is missing"),
}


class TestFailing:
    @pytest.mark.parametrize(
        ("fault", "expected"), FAULTS.items(), ids=lambda each: getattr(each, "__name__", "")
    )
    def test_the_state_before_stays(
        self, program: Program, acme: Acme, fault: Fault, expected: tuple[int, str]
    ) -> None:
        """Said in words, with what to do."""
        before = in_use(program), program("trust", "list").out
        fault(acme)
        acme.put()
        run = program("update")
        assert (run.code, run.out) == (expected[0], "")
        assert expected[1] in one_line(run.err)
        assert " – " in run.err
        assert "Traceback" not in run.err
        assert (in_use(program), program("trust", "list").out) == before

    def test_an_old_copy(self, program: Program, acme: Acme) -> None:
        old = acme.publisher.copy()
        acme.release(NEWER)
        assert program("update").code == 0
        acme.transport.put(old.files)
        run = program("update")
        assert (run.code, run.out) == (4, "")
        assert "offers an older state than this computer has seen" in one_line(run.err)
        assert [name for name, _, _ in in_use(program)] == ["acme-badges", "acme-phones"]
        acme.put()
        assert program("update").code == 0

    def test_the_share_is_away(self, program: Program, acme: Acme) -> None:
        Path(acme.address).rename(program.folder / "unplugged")
        run = program("update")
        assert (run.code, run.out) == (3, "")
        assert "cannot be reached" in one_line(run.err)
        assert in_use(program)

    def test_a_page_to_sign_in_on(self, program: Program, web: WebTransport) -> None:
        """With status 200, as networks of hotels do."""
        added(program, Acme(web))
        web.put({})
        web.answers["*"] = 200, {"Content-Type": "text/html"}, b"<html>Welcome to our hotel"
        run = program("update")
        assert (run.code, run.out) == (3, "")
        assert "perhaps it wants you to sign in" in one_line(run.err)
        assert in_use(program)

    @pytest.mark.usefixtures("acme")
    def test_another_day_is_refused(self, program: Program) -> None:
        """It would be a way round what expires; the day of HYGIENE_TODAY is passed over."""
        for more in ((), ("--offline",)):
            refused(program, 2, "update", "--on", "2026-11-01", *more)
            run = program("update", *more, HYGIENE_TODAY="2031-01-01")
            assert run.code == 0
            assert "renewed" not in run.out + run.err
        assert sources_of(program)["acme"]["verified_on"] == "2026-11-22"

    @pytest.mark.usefixtures("acme")
    def test_a_clock_that_is_behind(self, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        """Said, and no reason not to update."""
        set_clock(monkeypatch, NOW - timedelta(days=400))
        run = program("update")
        assert run.code == 0
        assert "The clock of this computer is behind" in run.out


class TestExpired:
    @pytest.mark.usefixtures("acme")
    def test_the_lists_stay_in_use(self, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        """The update says so and ends with 3; the audit says so and is never refused."""
        set_clock(monkeypatch, LATER)
        run = program("update")
        assert (run.code, run.out) == (3, "")
        assert "What “acme” offers expired on 27 December 2026" in one_line(run.err)
        assert "your lists stay in use" in one_line(run.err)
        run = audited_with(program)
        assert run.code == 0
        assert (
            "The lists of ACME security team are of 22 November 2026, and nobody has confirmed "
            "for some time that they are current; they are still usable. " in one_line(run.err)
        )
        assert in_use(program) == [("acme-phones", "source", "ACME")]
        assert sources_of(program)["acme"]["expired_on"] == "2026-12-27"

    @pytest.mark.usefixtures("acme")
    def test_an_audit_at_the_terminal(self, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        audited_with(program)
        set_clock(monkeypatch, LATER)
        run = program("audit", "--plain", "--new", stdin=b"q\n")
        assert run.code == 0, run.err
        assert "they are still usable." in one_line(run.err)

    @pytest.mark.usefixtures("acme")
    def test_until_the_day_nothing_is_said(self, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        set_clock(monkeypatch, NOW + timedelta(days=34))
        assert program("update").code == 0
        assert "usable" not in audited_with(program).err
        assert "usable" not in program("trust", "list").out

    def test_offline(self, program: Program, acme: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
        """How old they are is said; it is no failure."""
        set_clock(monkeypatch, LATER)
        run = program("update", "--offline")
        assert (run.code, run.err) == (0, "")
        assert run.out == (
            f"ACME security team (acme), from {acme.address}: lists of 22 November 2026.\n"
            "  Last looked at on 22 November 2026.\n"
            "  Nobody has confirmed since 27 December 2026 that they are current; they are still usable.\n"
        )

    def test_renewed_at_last(self, program: Program, acme: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
        set_clock(monkeypatch, LATER)
        assert program("update").code == 3
        acme.publisher.now = LATER
        acme.publisher.renew()
        acme.put()
        assert program("update").out == NOTHING_NEW
        assert "usable" not in audited_with(program).err


class TestOffline:
    def test_no_connection_is_opened(self, program: Program, web: WebTransport) -> None:
        """Nor is anything written."""
        added(program, Acme(web))
        web.asked.clear()
        connections, before = web.connections, everything_in(program.home)
        run = program("update", "--offline")
        assert (run.code, run.err) == (0, "")
        assert "lists of 22 November 2026" in run.out
        assert (web.asked, web.connections) == ([], connections)
        assert everything_in(program.home) == before
        assert program("update").code == 0
        assert web.connections > connections

    @pytest.mark.parametrize("name", ["verified.json", "source.json", "targets", "root.json"])
    @pytest.mark.usefixtures("acme")
    def test_what_was_changed_here_is_found(self, program: Program, name: str) -> None:
        """Each file counts; the audit goes on without these lists and says so."""
        (path,) = (program.home / "sources" / "acme").glob("targets/*" if name == "targets" else f"*{name}")
        path.write_bytes(path.read_bytes()[:-20])
        run = program("update", "--offline")
        assert run.code == 4
        assert "hygiene" in run.err
        assert one_line(run.err).count(" “acme” ") == 1
        run = program("audit", "--answers", program.file("own.yaml", OWN_ANSWERS))
        assert run.code == 0, run.err
        assert one_line(run.err).count(" “acme” ") == 1
        assert in_use(program) == []

    @pytest.mark.usefixtures("acme")
    def test_lists_for_a_newer_hygiene(self, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        """Somebody went back to an older one: said once, and the audit goes on without them."""
        monkeypatch.setattr(release, "check_format", lambda number, name: check_format(number + 1, name))
        run = program("update", "--offline")
        assert run.code == 3
        assert one_line(run.err).count("needs a newer hygiene than this one") == 1
        run = audited_with(program, OWN_ANSWERS)
        assert run.code == 0
        assert one_line(run.err).count("needs a newer hygiene than this one") == 1
        assert in_use(program) == []

    @pytest.mark.usefixtures("acme")
    def test_an_update_mends_changed_lists(self, program: Program) -> None:
        (path,) = (program.home / "sources" / "acme" / "targets").iterdir()
        path.write_bytes(b"{}")
        assert program("update").code == 0
        assert program("update", "--offline").code == 0
        assert in_use(program)


class TestSeveral:
    @pytest.fixture
    def beta(self, program: Program) -> Acme:
        share = on_a_share(program, "beta", BETA, source="beta", title="Beta")
        added(program, share)
        return share

    @pytest.mark.usefixtures("beta")
    def test_each_has_its_own_state(self, program: Program, acme: Acme) -> None:
        acme.release(NEWER)
        run = program("update")
        assert run.code == 0
        assert "ACME security team: new lists" in run.out
        assert "Beta: nothing new" in run.out
        assert [name for name, _, _ in in_use(program)] == ["acme-badges", "acme-phones", "beta-phones"]

    @pytest.mark.parametrize(("broken", "sound"), [("acme", "beta"), ("beta", "acme")])
    def test_a_broken_one_does_not_stop_the_other(
        self, program: Program, acme: Acme, beta: Acme, broken: str, sound: str
    ) -> None:
        """Whichever comes first."""
        both = {"acme": acme, "beta": beta}
        both[broken].transport.put({})
        policy = f"format: 1\nsource: {sound}\norganisation: New name\n"
        both[sound].release({"policy.yaml": policy}, source=sound)
        run = program("update")
        assert run.code == 3
        assert run.out.startswith("New name: new lists")
        assert f"“{broken}” is not complete yet" in one_line(run.err)
        assert [name for name, _, _ in in_use(program)] == [f"{broken}-phones"]

    def test_the_worst_code_is_the_code(self, program: Program, acme: Acme, beta: Acme) -> None:
        """Forged counts more than away, in either order."""
        for worse, bad in ((acme, beta), (beta, acme)):
            other = worse.publisher.copy()
            other.edit("metadata/timestamp.json", b"2026-12-27", b"2036-12-27")
            worse.transport.put(other.files)
            bad.transport.put({})
            assert program("update").code == 4
        acme.put()
        beta.transport.put({})
        assert program("update").code == 3

    @pytest.mark.usefixtures("acme")
    def test_one_whose_file_is_damaged(self, program: Program, beta: Acme) -> None:
        """Said with what to do; the other one is updated."""
        (program.home / "sources" / "acme" / "source.json").write_text("{")
        beta.release(BETA, source="beta", title="Beta", released_on="2026-12-02")
        run = program("update")
        assert run.code == 4
        assert "Beta: the lists were signed again on 2 December 2026; nothing changes for you." in run.out
        assert "remove it with `hygiene trust remove`, then add it again" in one_line(run.err)

    def test_lists_of_another_publisher_in_its_place(self, program: Program, acme: Acme, beta: Acme) -> None:
        """Their signatures are genuine, and of others."""
        before = kept_of(program)["acme/source.json"]
        acme.transport.put(beta.publisher.files)
        run = program("update")
        assert run.code == 4
        assert "Beta: nothing new" in run.out
        assert kept_of(program)["acme/source.json"] == before


class TestNone:
    NONE = "No organisation's lists are set up here; `hygiene trust add SOURCE` adds some."

    @pytest.mark.parametrize("more", [(), ("--offline",)])
    def test_there_is_no_source(self, program: Program, more: tuple[str, ...]) -> None:
        run = program("update", *more)
        assert (run.code, run.out, one_line(run.err)) == (0, "", self.NONE)
        assert not program.home.exists()

    @pytest.mark.parametrize("more", [(), ("--offline",)])
    @pytest.mark.usefixtures("acme")
    def test_there_is_none_any_more(self, program: Program, more: tuple[str, ...]) -> None:
        """A command that says nothing at all would leave one wondering."""
        program("trust", "remove", "acme")
        run = program("update", *more)
        assert (run.code, run.out, one_line(run.err)) == (0, "", self.NONE)

"""`hygiene trust`: an organisation's keys are agreed to by its fingerprint, and forgotten again."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.attacks.publisher import Publisher, release_bytes
from tests.attacks.transports import WebTransport, ZipTransport
from tests.cli.acme import (
    LIST,
    LISTS,
    OF_LATER_VERSION,
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
from tests.cli.conftest import Program, Run
from tests.cli.refusal import assert_said_well, everything_in, refused

from hygiene.distribution.source import TYPED_GROUPS, fingerprint_of


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch)


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WebTransport]:
    with trusted_server(tmp_path, monkeypatch) as transport:
        yield transport


@pytest.fixture(params=["https", "folder", "zip"])
def acme(request: pytest.FixtureRequest, program: Program) -> Acme:
    if request.param == "folder":
        return on_a_share(program)
    if request.param == "zip":
        return Acme(ZipTransport(program.folder / "lists.zip"))
    return Acme(request.getfixturevalue("web"))


@pytest.fixture
def share(program: Program) -> Acme:
    return on_a_share(program)


def typing(program: Program, acme: Acme, typed: bytes) -> Run:
    return program("trust", "add", acme.address, "--plain", stdin=typed)


def refused_typing(program: Program, code: int, acme: Acme, typed: bytes) -> Run:
    """The refusal leaves every file as it was."""
    before = everything_in(program.folder)
    run = typing(program, acme, typed)
    assert run.code == code
    assert (run.out, run.err.count("hygiene: error: "), run.err.count("hygiene: hint: ")) == ("", 1, 1)
    assert everything_in(program.folder) == before
    return run


class TestAdd:
    def test_from_everywhere(self, program: Program, acme: Acme) -> None:
        """The end of the fingerprint is typed, then the lists are in use."""
        run = added(program, acme)
        assert "Added: ACME, with the lists of 22 November 2026.\n- Phones at ACME: 1 question\n" in run.err
        assert sources_of(program)["acme"] == {
            "name": "acme",
            "title": "ACME security team",
            "address": acme.address,
            "fingerprint": fingerprint_of(acme.publisher.first_root),
            "managed": False,
            "released_on": "2026-11-22",
            "verified_on": "2026-11-22",
            "expired_on": None,
        }
        assert audited_with(program).code == 0
        assert in_use(program) == [("acme-phones", "source", "ACME")]

    def test_what_is_to_be_typed_is_not_shown(self, program: Program, share: Acme) -> None:
        """Else it could be copied from the screen, without a look at what the organisation made known."""
        run = added(program, share)
        assert " ".join(share.groups[:-TYPED_GROUPS]) in run.err
        assert not [group for group in share.groups[-TYPED_GROUPS:] if f" {group}" in run.err]

    @pytest.mark.parametrize("form", ["{}", " {}  \n", "\t{}"])
    def test_it_may_be_typed_with_other_spaces_and_in_capitals(
        self, program: Program, share: Acme, form: str
    ) -> None:
        typed = form.format(share.typed.decode().strip().upper().replace(" ", "  ")).encode()
        assert typing(program, share, typed).code == 0

    def test_a_wrong_fingerprint(self, program: Program, acme: Acme) -> None:
        """Also one group short, and the beginning, which anybody can read off the screen."""
        *_, last = acme.groups
        for typed in ("1f0c 22ab 1f0c 22ab", last, " ".join(acme.groups[:TYPED_GROUPS])):
            run = refused_typing(program, 4, acme, typed.encode() + b"\n")
            assert "error: this is not the fingerprint of these lists\n" in run.err
        assert not program.home.exists()

    @pytest.mark.parametrize("typed", [b"\n", b"   \n"])
    def test_an_empty_line_is_a_no(self, program: Program, share: Acme, typed: bytes) -> None:
        """It is what the question says, no error."""
        run = typing(program, share, typed)
        assert (run.code, run.out) == (0, "")
        assert run.err.endswith("\nNothing was changed.\n")
        assert not program.home.exists()

    def test_the_input_ends(self, program: Program, share: Acme) -> None:
        refused_typing(program, 3, share, b"")
        assert not program.home.exists()

    def test_without_a_terminal_nothing_is_even_asked_for(self, program: Program, web: WebTransport) -> None:
        run = refused(program, 2, "trust", "add", Acme(web).address)
        assert "--fingerprint" in run.err
        assert web.connections == 0

    def test_a_script_gives_it_whole(self, program: Program, share: Acme) -> None:
        run = program("trust", "add", share.address, "--fingerprint", "".join(share.groups))
        assert run.code == 0, run.err
        assert "fingerprint" not in run.err
        assert "acme" in sources_of(program)

    @pytest.mark.parametrize("given", ["1" * 64, "   ", "acme"])
    def test_a_script_gives_a_wrong_one(self, program: Program, share: Acme, given: str) -> None:
        run = refused(program, 4, "trust", "add", share.address, "--fingerprint", given)
        assert "not the fingerprint" in run.err

    def test_after_new_keys_the_newest_is_asked_for(self, program: Program, share: Acme) -> None:
        """The whole fingerprint of an older one, still on some paper, leads there as well."""
        old = "".join(share.groups)
        share.rotated()
        assert old != "".join(share.groups)
        added(program, share)
        assert sources_of(program)["acme"]["fingerprint"] == "".join(share.groups)
        program("trust", "remove", "acme")
        assert program("trust", "add", share.address, "--fingerprint", old).code == 0

    def test_another_day_is_no_way_round_expiry(self, program: Program, share: Acme) -> None:
        refused(program, 2, "trust", "add", share.address, "--on", "2026-11-01", "--plain")

    def test_lists_that_this_version_cannot_read(self, program: Program) -> None:
        """They are passed over and named; the rest is used."""
        share = on_a_share(
            program, files={**LISTS, "acme-later.yaml": OF_LATER_VERSION, "acme-odd.yaml": "- x"}
        )
        run = added(program, share)
        assert "  acme-later.yaml is left out: it is written for another version of hygiene\n" in run.err
        assert "  acme-odd.yaml is left out: " in run.err
        assert "- Phones at ACME: 1 question\n" in run.err
        assert in_use(program) == [("acme-phones", "source", "ACME")]


class TestNames:
    def test_it_is_there_already(self, program: Program, share: Acme) -> None:
        """Another publisher of that name does not take its place either."""
        added(program, share)
        before = kept_of(program)
        for other in (share, on_a_share(program, "other")):
            run = typing(program, other, other.typed)
            assert run.code == 3
            assert "already a source called “acme”" in run.err
            assert "`hygiene update`" in run.err
            assert kept_of(program) == before

    @pytest.mark.parametrize("name", ["instagram", "my", "hygiene", "other"])
    def test_it_belongs_to_somebody_else(self, program: Program, name: str) -> None:
        """The lists that come with hygiene, and the person's own, keep their names."""
        files = {f"{name}-phones.yaml": LIST.replace("acme", name)}
        run = typing(program, share := on_a_share(program, files=files, source=name), share.typed)
        assert run.code == 3
        assert f"the name “{name}” is taken" in run.err
        assert kept_of(program) == {}
        assert sources_of(program) == {}

    def test_a_name_in_colour(self, program: Program) -> None:
        """What a publisher calls itself does not reach the terminal as a command."""
        red = {**LISTS, "policy.yaml": LISTS["policy.yaml"].replace("ACME", '"AC\\x1b[31mME"')}
        share = on_a_share(program, files=red, title="AC\x1b[31mME")
        said = added(program, share).err + program("trust", "list").out
        assert "\x1b" not in said
        assert "ME" in said


class TestNoSource:
    """Each is said in words, with what to do; nothing remains."""

    def test_an_empty_folder(self, program: Program) -> None:
        (program.folder / "share").mkdir()
        run = refused(program, 3, "trust", "add", "share", "--plain")
        assert "nobody publishes lists at" in run.err

    def test_another_zip(self, program: Program) -> None:
        with zipfile.ZipFile(program.folder / "holiday.zip", "w") as archive:
            archive.writestr("beach.txt", "sand")
        run = refused(program, 3, "trust", "add", "holiday.zip", "--plain")
        assert "nobody publishes lists at" in run.err

    def test_nothing_at_all(self, program: Program) -> None:
        run = refused(program, 3, "trust", "add", "nowhere", "--plain")
        assert "nowhere cannot be reached" in run.err

    def test_no_archive(self, program: Program) -> None:
        program.file("notes.txt", "call Ann")
        refused(program, 3, "trust", "add", "notes.txt", "--plain")

    def test_a_server_without_lists(self, program: Program, web: WebTransport) -> None:
        run = refused(program, 3, "trust", "add", web.address, "--plain")
        assert "nobody publishes lists at 127.0.0.1" in run.err

    def test_a_page_to_sign_in_on(self, program: Program, web: WebTransport) -> None:
        """Served as if everything were well."""
        web.answers["*"] = 200, {"Content-Type": "text/html"}, b"<!DOCTYPE html><title>Sign in</title>"
        run = refused(program, 3, "trust", "add", web.address, "--plain")
        assert "perhaps it wants you to sign in" in run.err
        assert "browser" in run.err

    def test_a_certificate_of_somebody(
        self, program: Program, web: WebTransport, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        acme = Acme(web)
        monkeypatch.delenv("SSL_CERT_FILE")
        run = refused(program, 3, "trust", "add", acme.address, "--plain")
        assert "a certificate that this computer does not trust" in run.err

    def test_an_address_that_others_read_along(self, program: Program) -> None:
        run = refused(program, 3, "trust", "add", "http://lists.acme.example", "--plain")
        assert "https://" in run.err

    def test_changed_on_the_way(self, program: Program, share: Acme) -> None:
        """The root is genuine, the lists are not."""
        share.publisher.edit(share.publisher.lists_name, b"ACME security team", b"ACME insecurity tea")
        share.put()
        run = typing(program, share, share.typed)
        assert run.code == 4
        assert "is not signed with its publisher’s present keys, or was changed on the way" in run.err
        assert kept_of(program) == {}

    def test_no_release_yet(self, program: Program, share: Acme) -> None:
        """Agreeing and having nothing is not agreeing: the person comes back when there is something."""
        share.publisher = Publisher()
        share.put()
        run = typing(program, share, share.typed)
        assert run.code == 3
        assert "is not complete yet" in run.err
        assert kept_of(program) == {}

    def test_signed_and_no_release(self, program: Program, share: Acme) -> None:
        share.publisher.put_target(release_bytes(LISTS, format=2))
        share.publisher.targets.version += 1
        share.publisher.write(share.publisher.targets)
        share.publisher.renew()
        share.put()
        run = typing(program, share, share.typed)
        assert run.code == 3
        assert "needs a newer hygiene" in run.err
        assert kept_of(program) == {}


class TestList:
    def test_none(self, program: Program) -> None:
        assert program("trust", "list").out == "No organisation's lists are in use here.\n"
        assert program("trust", "list", "--format", "json").json == {
            "schema": "hygiene.trust/1",
            "sources": [],
        }

    def test_whose_from_where_of_when_and_what_they_set(self, program: Program, share: Acme) -> None:
        added(program, share)
        assert program("trust", "list").out == (
            f"ACME security team (acme), from {share.address}: lists of 22 November 2026.\n"
            "  Last looked at on 22 November 2026.\n"
            "\n"
            "As hygiene comes:\n"
            "- a reminder to change a password after 3 months (not in force: ACME says otherwise)\n"
            "- between two audits: 12 months\n"
            "Set by ACME:\n"
            "- a reminder to change a password after 6 months\n"
            "You can choose your own periods with `hygiene settings password-months` and"
            " `hygiene settings audit-months`; nobody is told.\n"
        )

    @pytest.mark.parametrize("form", ["text", "json"])
    def test_lists_that_were_changed_here(self, program: Program, share: Acme, form: str) -> None:
        """They are not used, and what they set is not in force; it is said once."""
        added(program, share)
        (program.home / "sources" / "acme" / "verified.json").write_text("{}")
        run = program("trust", "list", "--format", form)
        assert run.code == 0
        assert one_line(run.err).count("on this computer were changed since they were verified") == 1
        if form == "text":
            assert "its lists are not used at the moment" in run.out
            assert "Set by ACME" not in run.out
        else:
            assert run.json["sources"][0]["released_on"] is None

    def test_a_source_whose_own_file_is_damaged(self, program: Program, share: Acme) -> None:
        """It is not silently gone."""
        added(program, share)
        (program.home / "sources" / "acme" / "source.json").write_text("{")
        run = program("trust", "list")
        assert "keeps of “acme” was changed or is damaged" in one_line(run.err)
        assert program("trust", "remove", "acme").code == 0
        assert program("trust", "list").err == ""


class TestRemove:
    def test_answers_stay(self, program: Program, share: Acme) -> None:
        """And the report can still be written; without the lists it does not ask for them."""
        added(program, share)
        assert audited_with(program).code == 0
        run = program("trust", "remove", "acme")
        assert (run.code, run.out) == (0, "")
        assert run.err == "The lists of “acme” are not used any more. Your answers to them stay.\n"
        assert not (program.home / "sources" / "acme").exists()
        told = [each.get("check") for each in program("store", "export").json["statements"]]
        assert "acme-phones.screen-lock" in told
        for form in ("json", "md", "html"):
            assert program("report", "--format", form).code == 0
        assert "acme-phones.screen-lock" not in program("findings").out
        refused_answers = audited_with(program)
        assert refused_answers.code == 3
        assert "acme-phones.screen-lock" in refused_answers.err

    def test_with_the_lists_come_back_the_findings(self, program: Program, share: Acme) -> None:
        added(program, share)
        audited_with(program)
        before = program("findings").out
        assert "acme-phones.screen-lock" in before
        program("trust", "remove", "acme")
        added(program, share)
        assert program("findings").out == before

    def test_there_is_none_of_that_name(self, program: Program, share: Acme) -> None:
        """Nor does a name lead anywhere else."""
        added(program, share)
        for name in ("beta", "..", "acme/metadata", "ACME"):
            run = program("trust", "remove", name)
            assert run.code == 3
            assert_said_well(run)
        assert "acme" in sources_of(program)

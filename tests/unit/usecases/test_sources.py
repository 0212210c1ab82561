"""Sources agreed to and updated, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.attacks.publisher import NOW, Publisher
from tests.attacks.transports import FolderTransport
from tests.cli.acme import BADGES, BETA, CHANGED, LISTS, OF_LATER_VERSION
from tests.unit.safety.administered import administered_folder

from hygiene.catalog.organisation import Skipped
from hygiene.catalog.problems import Problem
from hygiene.distribution import client
from hygiene.distribution.source import fingerprint_of, load_source
from hygiene.errors import ExitCode, HygieneError, NotDoneError
from hygiene.model.checklist import Catalogue
from hygiene.usecases.organisations import Places
from hygiene.usecases.sources import Kept, Offer, Updated, add, kept, managed_roots, update_all
from hygiene.usecases.sources_words import (
    say_kept,
    say_problem,
    say_skipped,
    say_still_usable,
    say_taken,
    say_updated,
    source_json,
)


class Share:
    """A publisher and its folder."""

    def __init__(self, folder: Path, source: str = "acme") -> None:
        folder.mkdir()
        self.fields = {"source": source, "title": source.title()}
        self.transport, self.publisher = FolderTransport(folder), Publisher()
        self.release(LISTS if source == "acme" else BETA)

    def release(self, files: dict[str, str]) -> None:
        self.publisher.release(files, **self.fields)
        self.transport.put(self.publisher.files)

    def rotate(self) -> bytes:
        new, publisher = Publisher().alice, self.publisher
        publisher.rotate("root", publisher.spare, new, (publisher.alice, publisher.bob))
        publisher.spare = new
        self.transport.put(publisher.files)
        return publisher.newest_root

    @property
    def offer(self) -> Offer:
        return Offer(self.transport.address, self.publisher.newest_root)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "home" / "sources", tmp_path / "home", ())


@pytest.fixture
def acme(tmp_path: Path) -> Share:
    return Share(tmp_path / "acme")


@pytest.fixture
def beta(tmp_path: Path) -> Share:
    return Share(tmp_path / "beta", "beta")


@pytest.fixture
def administered(places: Places) -> Iterator[Places]:
    with administered_folder() as top:
        for name in ("first", "second"):
            (top / name / "trust.d").mkdir(parents=True)
        yield replace(places, shared=(top / "first", top / "second"))


def hand(places: Places, share: Share, name: str = "acme", *, folder: int = 0) -> Path:
    """Let administrators hand out a root; return its path."""
    path = places.shared[folder] / "trust.d" / f"{name}.root.json"
    path.write_bytes(share.publisher.newest_root)
    path.with_name(f"{name}.address").write_text(share.transport.address)
    return path


def outcomes(found: Iterator[Updated]) -> list[tuple[str, bool]]:
    """By source, whether it went well."""
    return [(each.name, each.problem is None) for each in found]


class TestAdd:
    def test_what_it_brings(self, places: Places, acme: Share, bundled: Catalogue) -> None:
        taken, lists = add(places, acme.offer, NOW, bundled)
        assert (taken.source.name, taken.source.managed) == ("acme", False)
        assert [each.id for each in lists.checklists] == ["acme-phones"]
        assert load_source(places.sources, "acme") == taken.source

    def test_a_name_of_ours(self, places: Places, tmp_path: Path, bundled: Catalogue) -> None:
        """The lists that come with the program keep their names; nothing remains of it."""
        share = Share(tmp_path / "share")
        share.fields = {"source": "github", "title": "GitHub"}
        share.release({})
        with pytest.raises(NotDoneError, match="“github” is taken"):
            add(places, share.offer, NOW, bundled)
        assert [path for path in places.sources.iterdir() if path.is_dir()] == []


class TestUpdateAll:
    def test_there_is_none(self, places: Places, bundled: Catalogue) -> None:
        assert list(update_all(places, NOW, bundled)) == []
        assert not places.home.exists()

    def test_each_by_itself(self, places: Places, acme: Share, beta: Share, bundled: Catalogue) -> None:
        """A broken one yields its problem in its place."""
        for share in (acme, beta):
            add(places, share.offer, NOW, bundled)
        assert outcomes(update_all(places, NOW, bundled)) == [("acme", True), ("beta", True)]
        acme.transport.put({})
        beta.release({**BETA})
        first, second = update_all(places, NOW, bundled)
        assert isinstance(first.problem, HygieneError)
        assert (first.taken, first.lists) == (None, None)
        assert second.taken
        assert second.lists

    def test_the_first_is_told_before_the_second_is_asked(
        self, places: Places, acme: Share, beta: Share, bundled: Catalogue
    ) -> None:
        """A slow server does not hold back what is known."""
        for share in (acme, beta):
            add(places, share.offer, NOW, bundled)
        found = update_all(places, NOW, bundled)
        assert next(found).name == "acme"
        beta.transport.put({})
        assert next(found).problem

    def test_set_up_by_administrators(self, administered: Places, acme: Share, bundled: Catalogue) -> None:
        """Once; then it is a source like others, and is asked once."""
        hand(administered, acme)
        (updated,) = update_all(administered, NOW, bundled)
        assert updated.taken
        assert updated.taken.source.managed
        assert updated.taken.previous is None
        (updated,) = update_all(administered, NOW, bundled)
        assert updated.taken
        assert not updated.taken.is_new

    def test_re_pinned_after_the_update_that_leads_there(
        self, administered: Places, acme: Share, bundled: Catalogue
    ) -> None:
        """Two steps at once too; what the update has just learned is not overwritten."""
        hand(administered, acme)
        list(update_all(administered, NOW, bundled))
        acme.rotate()
        newest = acme.rotate()
        hand(administered, acme)
        later = NOW + timedelta(days=3)
        assert outcomes(update_all(administered, later, bundled)) == [("acme", True)]
        source = load_source(administered.sources, "acme")
        assert source.fingerprint == fingerprint_of(newest)
        assert (source.verified_on, source.latest_seen) == (later.date(), later)
        assert client.verified(administered.sources, source).release.source == "acme"

    def test_a_root_that_does_not_follow(self, administered: Places, acme: Share, bundled: Catalogue) -> None:
        """The update itself went well; the root is refused beside it."""
        path = hand(administered, acme)
        list(update_all(administered, NOW, bundled))
        path.write_bytes(Publisher().newest_root)
        good, refused = update_all(administered, NOW, bundled)
        assert good.taken
        assert refused.problem
        assert refused.problem.exit_code is ExitCode.NOT_VERIFIED
        pinned = load_source(administered.sources, "acme").fingerprint
        assert pinned == fingerprint_of(acme.publisher.first_root)

    def test_under_a_name_that_is_not_its_own(
        self, administered: Places, acme: Share, beta: Share, bundled: Catalogue
    ) -> None:
        """Neither kept nor in the way of the right one."""
        hand(administered, acme, "zeta")
        hand(administered, beta, "beta")
        assert outcomes(update_all(administered, NOW, bundled)) == [("beta", True), ("zeta", False)]
        assert not (administered.sources / "acme").exists()

    def test_a_damaged_source_is_not_set_up_over(
        self, administered: Places, acme: Share, bundled: Catalogue
    ) -> None:
        """What is there may be evidence; the person is told how to begin anew."""
        hand(administered, acme)
        list(update_all(administered, NOW, bundled))
        (administered.sources / "acme" / "source.json").write_text("{")
        (updated,) = update_all(administered, NOW, bundled)
        assert "`hygiene trust remove`" in say_problem(updated.problem or NotDoneError("", hint=""))


class TestManagedRoots:
    def test_the_first_folder_counts(self, administered: Places, acme: Share, beta: Share) -> None:
        hand(administered, acme, folder=1)
        hand(administered, beta, "beta", folder=1)
        first = hand(administered, acme)
        acme.rotate()
        hand(administered, acme, folder=1)
        roots, problems = managed_roots(administered)
        assert problems == ()
        assert {each.name: each.root for each in roots} == {
            "acme": first.read_bytes(),
            "beta": beta.publisher.newest_root,
        }
        assert roots[0].address == acme.transport.address

    def test_each_fault_by_itself(self, administered: Places, acme: Share) -> None:
        """One folder that is not safe, one file that is none; the others are there."""
        hand(administered, acme, folder=1)
        hand(administered, acme, "aa", folder=1).chmod(0o666)
        hand(administered, acme, "bb", folder=1).with_name("bb.address").unlink()
        (administered.shared[1] / "trust.d" / "cc.root.json").mkdir()
        (administered.shared[0] / "trust.d").chmod(0o777)
        roots, problems = managed_roots(administered)
        assert [each.name for each in roots] == ["acme"]
        said = [str(each) for each in problems]
        assert [each.count(".d") for each in said] == [1] * 4
        assert [
            next(part for part in ("aa.root", "bb.address", "cc.root", "can change") if part in each)
            for each in said
        ] == ["can change", "aa.root", "bb.address", "cc.root"]

    @pytest.mark.parametrize("words", ["https://lists.acme.example/x", "/srv/lists", "file:///srv/lists.zip"])
    def test_addresses(self, administered: Places, acme: Share, words: str) -> None:
        hand(administered, acme).with_name("acme.address").write_text(f"\n  {words}  \n")
        (root,), _ = managed_roots(administered)
        assert root.address == words


class TestKept:
    def test_verified_again(self, places: Places, acme: Share, bundled: Catalogue) -> None:
        add(places, acme.offer, NOW, bundled)
        (found,) = kept(places, NOW)
        assert found.problem is None
        assert found.verified
        assert found.verified.expired_on is None

    def test_what_does_not_verify(self, places: Places, acme: Share, beta: Share, bundled: Catalogue) -> None:
        """A problem of its own; the others are not touched by it."""
        for share in (acme, beta):
            add(places, share.offer, NOW, bundled)
        (places.sources / "acme" / "verified.json").unlink()
        bad, good = kept(places, NOW)
        assert (bad.verified, good.problem) == (None, None)
        assert bad.problem


class TestWords:
    @pytest.fixture
    def added(self, places: Places, acme: Share, bundled: Catalogue) -> Updated:
        return Updated("acme", *add(places, acme.offer, NOW, bundled))

    def test_what_a_source_brings(self, added: Updated) -> None:
        assert added.taken
        assert added.lists
        assert list(say_taken(added.taken, added.lists, "en")) == [
            "Added: ACME, with the lists of 22 November 2026.",
            "- Phones at ACME: 1 question",
        ]
        assert list(say_taken(added.taken, added.lists, "fr"))[1] == "- Téléphones chez ACME: 1 question"

    @pytest.mark.usefixtures("added")
    def test_what_changed(self, places: Places, acme: Share, bundled: Catalogue) -> None:
        """Of what is used: a list that this version cannot read is neither new nor gone, but left out."""
        left_out = "  acme-later.yaml is left out: it is written for another version of hygiene"
        acme.release({**LISTS, "acme-later.yaml": OF_LATER_VERSION, "acme-phones.yaml": CHANGED})
        (updated,) = update_all(places, NOW, bundled)
        assert list(say_updated(updated, "en")) == [
            "ACME: new lists, of 22 November 2026.",
            "“Phones at ACME” (acme-phones) changes:",
            "  worded anew: Lock the screen",
            left_out,
        ]
        acme.release({**LISTS, "acme-later.yaml": OF_LATER_VERSION + "# \n", "acme-badges.yaml": BADGES})
        (updated,) = update_all(places, NOW, bundled)
        said = list(say_updated(updated, "en"))
        assert "“Badges at ACME” (acme-badges) is new, with 1 question." in said
        assert [each for each in said if "later" in each] == [left_out]

    def test_a_problem_is_no_change(self) -> None:
        assert list(say_updated(Updated("acme", problem=NotDoneError("a", hint="b")), "en")) == []

    @pytest.mark.usefixtures("added")
    def test_a_clock_that_is_behind(self, places: Places, bundled: Catalogue) -> None:
        (updated,) = update_all(places, NOW - timedelta(days=2), bundled)
        assert "clock of this computer is behind" in list(say_updated(updated, "en"))[-1]

    def test_reasons(self, added: Updated) -> None:
        """Three at most, each with its place in the file, none with a command for the terminal."""
        assert added.lists
        problems = tuple(Problem("f.yaml", 1, f"checks[{n}]", "bad {what}", (("what", n),)) for n in range(5))
        odd = Problem("f.yaml", 1, "", "\x1b[2J")
        skipped = (Skipped("f.yaml", problems), Skipped("\x1b.yaml", (odd,)))
        first, second = say_skipped(replace(added.lists, skipped=skipped))
        assert first == "  f.yaml is left out: checks[0]: bad 0; checks[1]: bad 1; checks[2]: bad 2"
        assert second.isprintable()

    def test_a_missing_format_is_no_other_version(self, added: Updated) -> None:
        assert added.lists
        missing = Problem("f.yaml", 1, "format", "missing")
        (said,) = say_skipped(replace(added.lists, skipped=(Skipped("f.yaml", (missing,)),)))
        assert said == "  f.yaml is left out: format: missing"

    def test_how_old(self, places: Places, added: Updated) -> None:
        assert added.taken
        expired = datetime(2027, 1, 1, tzinfo=UTC)
        (found,) = kept(places, expired)
        *lines, last = say_kept(found, "en")
        assert lines == [
            f"Acme (acme), from {added.taken.source.address}: lists of 22 November 2026.",
            "  Last looked at on 22 November 2026.",
        ]
        assert "27 December 2026" in last
        assert "still usable" in last
        said = say_still_usable(found, "en")
        assert said.startswith("The lists of Acme are of 22 November 2026, ")
        assert "still usable" in said
        assert source_json(found)["expired_on"] == "2026-12-27"
        source = replace(found.source, managed=True, verified_on=date(2026, 12, 24))
        assert list(say_kept(Kept(source, problem=NotDoneError("a", hint="b")), "en")) == [
            f"Acme (acme), from {source.address}: its lists are not used at the moment.",
            "  Set up by the administrators of this computer.",
        ]
        without = source_json(Kept(source))
        assert (without["released_on"], without["verified_on"]) == (None, "2026-12-24")

    def test_a_problem(self) -> None:
        """What happened and what to do, on one line, and nothing for the terminal to obey."""
        problem = NotDoneError("{a} is away", hint="look at\n{a}", a="\x1b[31mx")
        said = say_problem(problem)
        assert said.isprintable()
        assert said.count(" – ") == 1

"""What organisations hand out, taken together: the administrators' first, and what cannot be used, named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.attacks.publisher import NOW, Publisher
from tests.attacks.transports import FolderTransport
from tests.builders import DAY
from tests.cli.acme import BADGES, BETA, LIST, LISTS, OF_LATER_VERSION, POLICY
from tests.unit.safety.administered import administered_folder

from hygiene.catalog import organisation_files
from hygiene.catalog.organisation import OrganisationLists
from hygiene.distribution.client import fetch_root
from hygiene.model.checklist import Catalogue, Trust
from hygiene.model.policy import Layer, Policy, Rules
from hygiene.usecases import organisations
from hygiene.usecases.desk import Desk
from hygiene.usecases.organisations import PACKED, Handed, Places, handed_out, with_organisations
from hygiene.usecases.sources import Offer, add


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "home" / "sources", tmp_path / "home", ())


@pytest.fixture
def administered(places: Places) -> Iterator[Places]:
    """The same with administrators' folders, `first` and `second`; each has ACME's lists."""
    places.home.mkdir()
    with administered_folder() as top:
        for name in ("first", "second"):
            (top / name / "checklists.d").mkdir(parents=True)
            write(top / name, LISTS)
        yield Places(places.sources, places.home, (top / "first", top / "second"))


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / "checklists.d" / name).write_text(text)


def agreed(
    places: Places, bundled: Catalogue, files: Mapping[str, str] = LISTS, **fields: object
) -> Publisher:
    """A source in a folder, whose lists were taken in."""
    share = places.home.parent / str(fields.get("source", "acme"))
    share.mkdir()
    publisher, transport = Publisher(), FolderTransport(share)
    publisher.release(files, **fields)
    transport.put(publisher.files)
    add(places, Offer(transport.address, fetch_root(transport.address)), NOW, bundled)
    return publisher


def names(handed: Handed) -> list[tuple[str, Trust]]:
    return [(each.organisation.name, each.organisation.trust) for each in handed.lists]


def ids(handed: Handed) -> list[str]:
    return [each.id for one in handed.lists for each in one.checklists]


class TestHandedOut:
    def test_nothing(self, places: Places, bundled: Catalogue) -> None:
        """The ordinary computer; nothing is written for it."""
        assert handed_out(places, bundled) == Handed()
        assert not places.home.exists()

    def test_a_source(self, places: Places, bundled: Catalogue) -> None:
        agreed(places, bundled)
        handed = handed_out(places, bundled)
        assert (names(handed), handed.problems) == ([("ACME", Trust.SOURCE)], ())
        (lists,) = handed.lists
        assert lists.rules == Rules(Layer.ORGANISATION, "ACME", password_months=6)

    def test_several_and_what_this_version_cannot_read(self, places: Places, bundled: Catalogue) -> None:
        """In the order of their names; the unreadable is named, the rest used."""
        agreed(places, bundled, BETA, source="beta")
        agreed(places, bundled, {**LISTS, "acme-later.yaml": OF_LATER_VERSION})
        handed = handed_out(places, bundled)
        assert ids(handed) == ["acme-phones", "beta-phones"]
        assert [each.file for each in handed.lists[0].skipped] == ["acme-later.yaml"]

    def test_the_administrators_before_a_source_of_that_name(
        self, administered: Places, bundled: Catalogue
    ) -> None:
        agreed(administered, bundled, {"acme-badges.yaml": BADGES})
        handed = handed_out(administered, bundled)
        assert (names(handed), ids(handed)) == ([("ACME", Trust.MANAGED)], ["acme-phones"])

    def test_the_first_folder_before_the_second(self, administered: Places, bundled: Catalogue) -> None:
        """As their precedence is; another name in the second is used as well."""
        second = administered.shared[1]
        write(second, {"policy.yaml": POLICY.replace("ACME", "Second")})
        assert names(handed_out(administered, bundled)) == [("ACME", Trust.MANAGED)]
        (second / "checklists.d" / "acme-phones.yaml").unlink()
        write(second, BETA)
        assert names(handed_out(administered, bundled)) == [("ACME", Trust.MANAGED), ("Beta", Trust.MANAGED)]

    def test_an_unsafe_folder(self, administered: Places, bundled: Catalogue) -> None:
        """One problem; the second folder and the sources are used."""
        (administered.shared[0] / "checklists.d").chmod(0o777)
        agreed(administered, bundled, BETA, source="beta")
        handed = handed_out(administered, bundled)
        assert names(handed) == [("ACME", Trust.MANAGED), ("Beta", Trust.SOURCE)]
        (problem,) = handed.problems
        assert "not only the administrators" in str(problem)

    def test_a_damaged_source(self, places: Places, bundled: Catalogue) -> None:
        """Its own file: a problem. Its lists: not used, which those who verify signatures say."""
        agreed(places, bundled)
        agreed(places, bundled, BETA, source="beta")
        (places.sources / "acme" / "source.json").write_text("{")
        (lists,) = (places.sources / "beta" / "targets").iterdir()
        lists.write_bytes(lists.read_bytes().replace(b"Beta", b"Evil"))
        handed = handed_out(places, bundled)
        assert handed.lists == ()
        assert ["“acme”" in str(each) for each in handed.problems] == [True]

    def test_a_file_in_place_of_the_folder(self, places: Places, bundled: Catalogue) -> None:
        places.home.mkdir()
        places.sources.write_text("")
        assert handed_out(places, bundled) == Handed()


class TestPacked:
    """YAML is read once; `status` and `due` have no time for it."""

    @pytest.fixture
    def no_yaml(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(organisation_files, "load_organisation", None)

    def test_a_source(self, places: Places, bundled: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
        agreed(places, bundled)
        before = handed_out(places, bundled)
        monkeypatch.setattr(organisation_files, "load_organisation", None)
        assert handed_out(places, bundled) == before

    def test_administrators_lists(
        self, administered: Places, bundled: Catalogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        only = Places(administered.sources, administered.home, administered.shared[:1])
        before = handed_out(only, bundled)
        with monkeypatch.context() as patch:
            patch.setattr(organisation_files, "load_organisation", None)
            assert handed_out(only, bundled) == before
        write(only.shared[0], {"acme-badges.yaml": BADGES})
        assert ids(handed_out(only, bundled)) == ["acme-badges", "acme-phones"]

    @pytest.mark.parametrize("spoilt", [b"", b"{}", b"\xff", b"[" * 100_000, None])
    def test_a_packed_form_that_is_none(
        self, places: Places, bundled: Catalogue, spoilt: bytes | None
    ) -> None:
        """The files are read again, and packed again."""
        agreed(places, bundled)
        before, packed = handed_out(places, bundled), places.sources / "acme" / PACKED
        good = packed.read_bytes()
        packed.unlink()
        if spoilt is not None:
            packed.write_bytes(spoilt)
        assert handed_out(places, bundled) == before
        assert packed.read_bytes() == good

    def test_one_of_other_files(self, places: Places, bundled: Catalogue) -> None:
        """A packed form put there from elsewhere does not stand for the lists that were verified."""
        agreed(places, bundled)
        agreed(places, bundled, BETA, source="beta")
        handed_out(places, bundled)
        acme, beta = (places.sources / name / PACKED for name in ("acme", "beta"))
        acme.write_bytes(beta.read_bytes())
        assert ids(handed_out(places, bundled)) == ["acme-phones", "beta-phones"]

    def test_nothing_can_be_kept(
        self, administered: Places, bundled: Catalogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Neither a missing home nor a full disk takes the lists away."""
        administered.home.rmdir()
        assert ids(handed_out(administered, bundled)) == ["acme-phones"]
        assert not administered.home.exists()
        administered.home.mkdir()

        def full(path: Path, _: bytes) -> None:
            from hygiene.errors import NotDoneError

            raise NotDoneError("no room at {path}", hint="-", path=path)

        monkeypatch.setattr(organisations, "write_atomically", full)
        assert ids(handed_out(administered, bundled)) == ["acme-phones"]


class TestDesk:
    @pytest.fixture
    def desk(self, bundled_data: tuple[Catalogue, Rules]) -> Desk:
        catalogue, default = bundled_data
        return Desk(catalogue, Policy((default,)), DAY, lambda: "0")

    @pytest.fixture
    def handed(self, administered: Places, bundled: Catalogue) -> tuple[OrganisationLists, ...]:
        write(administered.shared[1], {"policy.yaml": POLICY.replace("acme", "beta").replace("ACME", "Beta")})
        (administered.shared[1] / "checklists.d" / "acme-phones.yaml").unlink()
        write(administered.shared[1], {"beta-phones.yaml": LIST.replace("acme", "beta")})
        return handed_out(administered, bundled).lists

    def test_nothing_is_handed_out(self, desk: Desk) -> None:
        """The very same desk."""
        assert with_organisations(desk, ()) is desk

    def test_beside_the_bundled_lists_and_above_the_default_rules(
        self, desk: Desk, handed: tuple[OrganisationLists, ...]
    ) -> None:
        """Nothing that comes with the program is gone."""
        full = with_organisations(desk, handed)
        own = full.catalogue.checklists.keys() - desk.catalogue.checklists.keys()
        assert own == {"acme-phones", "beta-phones"}
        assert desk.catalogue.checklists.items() <= full.catalogue.checklists.items()
        assert [each.set_by for each in full.policy.layers[1:]] == ["ACME", "Beta"]
        assert full.policy.layers[0].layer is Layer.DEFAULT
        assert full.policy.password_months.value == 6
        assert [each.name for each in full.organisations] == ["ACME", "Beta"]

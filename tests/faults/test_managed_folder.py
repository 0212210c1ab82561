"""Lists that device management put there: used if only administrators could write them, else left."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.faults.growing import without_hanging
from tests.unit.catalog.pictures import LOGO
from tests.unit.catalog.said import YES_NO_GOOD
from tests.unit.safety.administered import administered_folder
from tests.unit.safety.nobody import NOBODY, run_as_nobody

from hygiene.catalog import organisation_files
from hygiene.catalog.managed import LARGEST_FILE, MOST_FILES, load_managed, read_managed
from hygiene.catalog.organisation import OrganisationLists, pack_organisation
from hygiene.catalog.problems import FaultyFileError
from hygiene.errors import HygieneError, NotDoneError
from hygiene.model.checklist import Catalogue, Trust
from hygiene.model.policy import Layer, Rules
from hygiene.safety.ownership import UnsafePlaceError

POLICY = "format: 1\nsource: acme\norganisation: ACME\naudit_months: 6\nlogo: logo.png\n"
LIST = f"""\
format: 1
id: acme-phones
version: "2026.11"
title: Phones
checks:
  - {{id: lock, title: T, question: Q, risk: R, severity: low, {YES_NO_GOOD.strip().replace(chr(10), ",")}}}
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with administered_folder() as top:
        place = top / "checklists.d"
        place.mkdir()
        (place / "policy.yaml").write_text(POLICY)
        (place / "acme-phones.yaml").write_text(LIST)
        (place / "logo.png").write_bytes(LOGO)
        (place / "README.txt").write_text("Ask Ann.")
        yield place


@pytest.fixture
def load(folder: Path, bundled: Catalogue) -> Callable[[], OrganisationLists | None]:
    return lambda: load_managed(folder, bundled)


Load = Callable[[], OrganisationLists | None]


def refused(load: Load, words: str, kind: type[HygieneError] = NotDoneError) -> None:
    """The folder is not used, which says why and what to do."""
    with pytest.raises(kind) as caught:
        load()
    assert words in str(caught.value)
    assert caught.value.hint


def test_an_unprivileged_person_uses_it(load: Load) -> None:
    """Managed: no keys, no expiry; the name is the policy's own."""

    def work() -> None:
        lists = load()
        assert lists
        assert lists.skipped == ()
        assert [each.id for each in lists.checklists] == ["acme-phones"]
        assert {(each.trust, each.publisher) for each in lists.checklists} == {(Trust.MANAGED, "ACME")}
        assert lists.rules == Rules(Layer.ORGANISATION, "ACME", audit_months=6)
        organisation = lists.organisation
        assert (organisation.source, organisation.trust) == ("acme", Trust.MANAGED)
        assert organisation.logo == LOGO

    work()
    run_as_nobody(work)


def test_there_is_none(folder: Path, bundled: Catalogue) -> None:
    """The ordinary case; neither is an empty one anything to speak of, nor one with a note only."""
    assert load_managed(folder / "none", bundled) is None
    (folder / "empty").mkdir()
    assert load_managed(folder / "empty", bundled) is None
    (folder / "empty" / "README.txt").touch()
    assert load_managed(folder / "empty", bundled) is None


class TestRights:
    @pytest.mark.parametrize("name", ["", "acme-phones.yaml", "README.txt", ".."])
    def test_anybody_may_write(self, folder: Path, load: Load, name: str) -> None:
        """To the folder, to one file in it, whatever it is, or above."""
        place = folder.parent if name == ".." else folder / name
        place.chmod(0o777 if place.is_dir() else 0o666)
        refused(load, f"can change {place}", UnsafePlaceError)

    @pytest.mark.parametrize("name", ["", "policy.yaml", "README.txt", ".."])
    def test_it_belongs_to_somebody_else(self, folder: Path, load: Load, name: str) -> None:
        """Such as the person who runs hygiene: they could be made to trust what they put there."""
        place = folder.parent if name == ".." else folder / name
        os.chown(place, NOBODY, NOBODY)
        refused(load, f"{place} does not belong", UnsafePlaceError)
        run_as_nobody(lambda: refused(load, f"{place} does not belong", UnsafePlaceError))

    def test_what_a_person_puts_into_an_open_folder_is_not_used(self, folder: Path, load: Load) -> None:
        """The very thing that the rule is for."""
        folder.chmod(0o777)

        def work() -> None:
            (folder / "acme-forged.yaml").write_text(LIST.replace("phones", "forged"))
            refused(load, "not only the administrators", UnsafePlaceError)

        run_as_nobody(work)
        folder.chmod(0o755)
        refused(load, "acme-forged.yaml does not belong", UnsafePlaceError)
        (folder / "acme-forged.yaml").unlink()
        assert load()

    @pytest.mark.parametrize(("name", "mode"), [("", 0o700), ("", 0o711), ("policy.yaml", 0o600)])
    def test_the_person_may_not_read_it(self, folder: Path, load: Load, name: str, mode: int) -> None:
        """Said in words; the rest of hygiene goes on, as for every such error."""
        (folder / name).chmod(mode)

        def work() -> None:
            with pytest.raises(PermissionError):
                (folder / name).read_bytes() if name else list(folder.iterdir())
            refused(load, "could not be read: Permission denied")

        run_as_nobody(work)

    def test_it_cannot_be_listed(self, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whatever the reason."""

        def failing(_: Path) -> Iterator[Path]:
            raise OSError(5, "Input/output error")

        monkeypatch.setattr(Path, "iterdir", failing)
        refused(load, "could not be read: Input/output error")


class TestStrangeThings:
    def test_a_link_leads_nowhere(self, folder: Path, load: Load, tmp_path: Path) -> None:
        """Neither out of the folder nor within it."""
        (tmp_path / "acme-b.yaml").write_text(LIST.replace("phones", "b"))
        for target in (tmp_path / "acme-b.yaml", folder / "acme-phones.yaml", folder / "gone"):
            (folder / "acme-b.yaml").symlink_to(target)
            refused(load, "acme-b.yaml is not an ordinary file")
            (folder / "acme-b.yaml").unlink()

    def test_nobody_waits_for_a_pipe(self, folder: Path, load: Load) -> None:
        os.mkfifo(folder / "acme-b.yaml")
        assert without_hanging(lambda: refused(load, "acme-b.yaml is not an ordinary file")) == 0

    def test_a_folder_inside(self, folder: Path, load: Load) -> None:
        (folder / "more").mkdir()
        refused(load, "more is not an ordinary file")

    def test_a_file_in_its_place(self, folder: Path, bundled: Catalogue) -> None:
        refused(lambda: load_managed(folder / "policy.yaml", bundled), "is not a folder")

    def test_a_link_that_leads_nowhere_in_its_place(self, folder: Path, bundled: Catalogue) -> None:
        """It is not taken for a computer without such a folder."""
        (folder.parent / "dangling").symlink_to(folder.parent / "gone")
        refused(lambda: load_managed(folder.parent / "dangling", bundled), "could not be read")

    def test_too_many_files(self, folder: Path, load: Load) -> None:
        """The bound is met exactly."""
        for number in range(MOST_FILES - 4):
            (folder / f"{number}.txt").touch()
        assert load()
        (folder / "one-more.txt").touch()
        refused(load, f"more than {MOST_FILES} files")

    def test_too_large_a_file(self, folder: Path, load: Load) -> None:
        """One byte too many, and the whole folder is left, since something is amiss."""
        text = LIST.replace("phones", "large")
        (folder / "acme-large.yaml").write_text(text + "#" * (LARGEST_FILE - len(text)))
        lists = load()
        assert lists
        assert lists.organisation.lists == ("acme-large", "acme-phones")
        with (folder / "acme-large.yaml").open("a") as file:
            file.write("#")
        refused(load, "acme-large.yaml is larger than 1048576 bytes")

    def test_a_name_with_an_escape_does_no_harm(self, folder: Path, load: Load) -> None:
        """What is said of it can be shown in a terminal."""
        (folder / "a\x1b[2J.yaml").mkdir()
        with pytest.raises(NotDoneError) as caught:
            load()
        assert str(caught.value).isprintable()


class TestPolicy:
    def test_it_must_say_whose_lists_these_are(self, folder: Path, load: Load) -> None:
        (folder / "policy.yaml").unlink()
        refused(load, "there is no policy.yaml")

    @pytest.mark.parametrize(
        "data", ["format: 1\norganisation: ACME", "source: my", "source: a-b", "- x", "a: *b"]
    )
    def test_without_a_name_nothing_is_used(self, folder: Path, load: Load, data: str) -> None:
        (folder / "policy.yaml").write_text(data)
        refused(load, "policy.yaml cannot be used", FaultyFileError)

    def test_a_faulty_one_with_a_name_is_passed_over(self, folder: Path, load: Load) -> None:
        """The lists stay in use."""
        (folder / "policy.yaml").write_text("source: acme\ncolour: red")
        lists = load()
        assert lists
        assert [each.file for each in lists.skipped] == ["policy.yaml"]
        assert lists.organisation.name == "acme"
        assert lists.organisation.lists == ("acme-phones",)


class TestPacked:
    def test_nothing_is_read_twice(
        self, folder: Path, bundled: Catalogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As long as no byte changed, the packed form does; then the files are read again."""
        first = load_managed(folder, bundled)
        assert first
        packed = pack_organisation(first)
        with monkeypatch.context() as patch:
            patch.setattr(organisation_files, "load_organisation", None)
            assert load_managed(folder, bundled, packed) == first
        (folder / "acme-phones.yaml").write_text(LIST.replace("Phones", "Telephones"))
        second = load_managed(folder, bundled, packed)
        assert second
        assert second.checklists[0].title.to("en") == "Telephones"
        assert load_managed(folder, bundled, b"damaged") == second

    def test_rights_are_looked_at_all_the_same(self, folder: Path, bundled: Catalogue) -> None:
        """A folder that was opened to others since is not used, although nothing in it changed."""
        first = load_managed(folder, bundled)
        assert first
        folder.chmod(0o777)
        refused(
            lambda: load_managed(folder, bundled, pack_organisation(first)), "not only the administrators"
        )

    def test_only_what_is_read_counts(self, folder: Path) -> None:
        """A note beside the lists is no reason to read them again."""
        assert set(read_managed(folder)) == {"policy.yaml", "acme-phones.yaml", "logo.png"}

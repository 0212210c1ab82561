"""The catalogue as it is shipped, as the wheel carries it, and with a person's own files."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.unit.catalog.said import HEAD, YES_NO_GOOD, problems
from tests.unit.safety.nobody import open_folder, run_as_nobody

from hygiene import resources
from hygiene.catalog.loading import (
    PACKED,
    load_bundled,
    load_own_file,
    load_sources,
    pack,
    read_file,
    unpack,
    with_own_files,
)
from hygiene.catalog.tree import LARGEST_FILE
from hygiene.engine.conditions import names_in
from hygiene.engine.placing import placed
from hygiene.errors import NotDoneError
from hygiene.model.account import Account
from hygiene.model.checklist import Catalogue, Kind, Trust
from hygiene.model.policy import Rules


class TestBundled:
    def test_the_packed_form_is_the_same_catalogue(
        self, bundled_data: tuple[Catalogue, Rules], tmp_path: Path
    ) -> None:
        """Everything that the YAML files say, through JSON; a wheel reads nothing else."""
        catalogue, policy = bundled_data
        packed = pack(catalogue, policy)
        assert unpack(packed) == (catalogue, policy)
        (tmp_path / PACKED).write_bytes(packed)
        loaded, rules = load_bundled(tmp_path)
        assert (loaded, rules) == (catalogue, policy)
        assert list(loaded.checklists) == list(catalogue.checklists)
        assert list(loaded.networks) == list(catalogue.networks)

    def test_a_checkout_is_read_from_its_sources(self, bundled_data: tuple[Catalogue, Rules]) -> None:
        """There is no packed file in it."""
        assert load_bundled(resources.bundled("checklists")) == bundled_data

    def test_lists_come_in_the_order_of_the_register(self, bundled: Catalogue) -> None:
        """Those about the person first."""
        networks = [each.network for each in bundled.checklists.values()]
        about_the_person = networks.count(None)
        assert networks[:about_the_person] == [None] * about_the_person
        order = list(bundled.networks)
        places = [order.index(each) for each in networks if each]
        assert places == sorted(places)

    def test_it_holds_together(self, bundled: Catalogue) -> None:
        """Each list is about a known network; no check id stands twice; conditions name checks there are."""
        checks = [check for each in bundled.checklists.values() for check in each.checks]
        ids = [each.id for each in checks]
        assert len(set(ids)) == len(ids)
        assert {each.network for each in bundled.checklists.values()} <= {None, *bundled.networks}
        assert all(
            each.id.startswith(f"{one.id}.") for one in bundled.checklists.values() for each in one.checks
        )
        names = {name for each in checks if each.when for name in names_in(each.when)}
        assert names <= {*ids, *bundled.setup, "purpose", "platform"}
        expected = "networks domains several names server marketplace work purpose phone-number"
        assert {f"setup.{each}" for each in expected.split()} <= set(bundled.setup)

    def test_hosts_are_asked_for_and_every_link_can_be_filled(self, bundled: Catalogue) -> None:
        """A network whose links hold a placeholder says which, and what to ask; no other link holds one."""
        hosts = {each.host for each in bundled.networks.values() if each.host}
        assert {name for name, each in bundled.setup.items() if each.kind is Kind.HOST} == {
            f"setup.{host}" for host in hosts
        }
        for one in bundled.checklists.values():
            network = bundled.networks.get(one.network or "")
            host = network.hosts[0] if network and network.hosts else "a.org"
            account = Account("a", one.network, domain=host) if one.network else None
            for check in one.checks:
                written, filled = check.remediation, placed(check, account, bundled).remediation
                assert bool(written.settings_url) is bool(filled.settings_url), check.id
                assert bool(written.help_url) is bool(filled.help_url), check.id
                assert "{" not in f"{filled.settings_url}{filled.help_url}"

    def test_the_house_rule_is_three_months_and_a_year(self, bundled_data: tuple[Catalogue, Rules]) -> None:
        """The default policy says so and nothing else."""
        _, policy = bundled_data
        assert (policy.password_months, policy.audit_months) == (3, 12)
        assert (policy.severities, policy.dropped) == ({}, frozenset())

    def test_a_faulty_file_is_named(self, tmp_path: Path) -> None:
        """The first one that cannot be used stops the loading."""
        source = resources.bundled("checklists")
        for file in source.glob("*.yaml"):
            (tmp_path / file.name).write_bytes(file.read_bytes())
        (tmp_path / "x.yaml").write_text("format: 1\n")
        assert problems(lambda: load_sources(tmp_path))[0] == "x.yaml:1: no checks"


class TestOwnFiles:
    def test_they_stand_beside_the_bundled_ones(self, bundled: Catalogue, tmp_path: Path) -> None:
        """Nothing else changes."""
        file = tmp_path / "mine.yaml"
        file.write_text(HEAD + YES_NO_GOOD)
        both = with_own_files(bundled, [file])
        assert list(both.checklists) == [*bundled.checklists, "my-list"]
        assert both.checklists["my-list"].trust is Trust.FILE
        assert both.checklists["my-list"] == load_own_file(file)
        assert replace(both, checklists=bundled.checklists) == bundled

    def test_a_bundled_name_is_refused(self, tmp_path: Path) -> None:
        """A file of one's own never takes the place of a bundled list."""
        file = tmp_path / "x.yaml"
        file.write_text((HEAD + YES_NO_GOOD).replace("my-list", "instagram"))
        assert problems(lambda: load_own_file(file)) == [f"{file}:2: id: the id must begin with “my-”"]

    def test_at_most_one_byte_too_many_is_read(self, tmp_path: Path) -> None:
        """Whoever names a disk image is told so quickly."""
        file = tmp_path / "large.yaml"
        with file.open("wb") as large:
            large.truncate(LARGEST_FILE * 1000)
        assert len(read_file(file)) == LARGEST_FILE + 1
        assert problems(lambda: load_own_file(file)) == [f"{file}:1: larger than 1 MiB"]

    @pytest.mark.parametrize("name", ["missing.yaml", "."])
    def test_a_file_that_cannot_be_read(self, tmp_path: Path, name: str) -> None:
        """Missing, or a folder: named, with the system's reason."""
        with pytest.raises(NotDoneError, match=r"cannot be read: (No such file|Is a directory)") as caught:
            load_own_file(tmp_path / name)
        assert caught.value.hint
        assert str(tmp_path) in str(caught.value)

    def test_a_file_that_one_may_not_read(self) -> None:
        """As an unprivileged user, for whom the refusal is real."""
        with open_folder() as folder:
            file = folder / "mine.yaml"
            file.write_text(HEAD + YES_NO_GOOD)
            file.chmod(0)

            def work() -> None:
                with pytest.raises(PermissionError):
                    file.read_bytes()
                with pytest.raises(NotDoneError, match="Permission denied"):
                    load_own_file(file)

            run_as_nobody(work)


def test_every_network_of_the_register_has_a_checklist() -> None:
    """Nobody chooses a service to learn that there is nothing to ask about it."""
    catalogue, _rules = load_sources(Path(__file__).parents[3] / "checklists")
    assert [each for each in catalogue.networks if not catalogue.for_network(each)] == []

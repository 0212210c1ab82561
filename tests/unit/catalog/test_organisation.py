"""An organisation's files as values, and their packed form."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping

import msgspec
import pytest
from msgspec.structs import replace
from tests.unit.catalog.pictures import LOGO
from tests.unit.catalog.said import YES_NO_GOOD

from hygiene.catalog import organisation as module
from hygiene.catalog.organisation import (
    OrganisationLists,
    digest_of,
    pack_organisation,
    unpack_organisation,
)
from hygiene.catalog.organisation_files import Publisher, load_organisation
from hygiene.model.checklist import Catalogue, Severity, Trust
from hygiene.model.organisation import Colours, Organisation
from hygiene.model.policy import Layer, Rules
from hygiene.model.text import Text

ACME = Publisher("acme", Trust.SOURCE, "ACME security team", "security@acme.example")
POLICY = """\
format: 1
organisation: ACME
password_months: 6
drop: [instagram.followers]
severities: {x.protected-posts: low}
logo: logo.png
colours: {main: "#123456"}
opening: {en: Welcome., fr: Bienvenue.}
notice: {en: "Ask Ann.", fr: "Demandez à Ann."}
""".encode()

Load = Callable[[Mapping[str, bytes]], OrganisationLists]


def checklist(list_id: str, *, more: str = "", check: str = "") -> bytes:
    head = f'format: 1\nid: {list_id}\nversion: "2026.11"\ntitle: Phones\n{more}'
    question = "checks:\n  - id: lock\n    title: T\n    question: Q\n    risk: R\n    severity: low\n"
    return f"{head}{question}{YES_NO_GOOD}{check}".encode()


FILES = {
    "policy.yaml": POLICY,
    "logo.png": LOGO,
    "acme-phones.yaml": checklist("acme-phones"),
    "acme-posts.yaml": checklist("acme-posts", more="network: x\n"),
}


@pytest.fixture
def load(bundled: Catalogue) -> Load:
    return lambda files: load_organisation(files, ACME, bundled)


def reasons(lists: OrganisationLists) -> dict[str, list[str]]:
    return {each.file: [str(problem) for problem in each.problems] for each in lists.skipped}


class TestLoading:
    def test_everything_becomes_values(self, load: Load) -> None:
        """The lists carry the organisation's name and why they are believed."""
        lists = load(FILES)
        assert lists.skipped == ()
        assert lists.rules == Rules(
            Layer.ORGANISATION,
            "ACME",
            6,
            severities={"x.protected-posts": Severity.LOW},
            dropped=frozenset({"instagram.followers"}),
        )
        assert lists.organisation == Organisation(
            "acme",
            "ACME",
            Trust.SOURCE,
            "security@acme.example",
            Text("en", {"en": "Welcome.", "fr": "Bienvenue."}),
            Text("en", {"en": "Ask Ann.", "fr": "Demandez à Ann."}),
            LOGO,
            Colours("#123456", "#123456"),
            ("acme-phones", "acme-posts"),
        )
        found = [(each.id, each.network, each.publisher, each.trust) for each in lists.checklists]
        assert found == [
            ("acme-phones", None, "ACME", Trust.SOURCE),
            ("acme-posts", "x", "ACME", Trust.SOURCE),
        ]
        assert all(each.digest.startswith("sha256:") for each in lists.checklists)

    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            (checklist("other-phones"), "a.yaml:2: id: the id must begin with “acme-”"),
            (checklist("instagram"), "a.yaml:2: id: the id must begin with “acme-”"),
            (checklist("my-phones"), "a.yaml:2: id: the id must begin with “acme-”"),
            (checklist("acmephones"), "a.yaml:2: id: the id must begin with “acme-”"),
            (checklist("acme-phones"), "a.yaml:2: id: another file has this id"),
            (
                checklist("acme-a", check="    audience: personal\n"),
                "a.yaml:6: checks[0]: this question is for the person alone: an organisation",
            ),
            (
                checklist("acme-a", more="network: myspace\n"),
                "a.yaml:5: network: “myspace” is not a network of this version",
            ),
            (
                checklist("acme-a", more="core: {two-factor: {minutes: 1}}\n"),
                "a.yaml:5: core: only the lists that come with the program hold core questions",
            ),
            (checklist("acme-a", more="colour: red\n"), "a.yaml:5: colour: unknown key"),
            (b"\xff", "a.yaml:1: not UTF-8 text"),
            (b"", "a.yaml:1: the file is empty"),
            (b"[" * 5000, "a.yaml:1: [0]"),
        ],
    )
    def test_a_list_that_cannot_be_used_is_passed_over_and_named(
        self, load: Load, data: bytes, expected: str
    ) -> None:
        """With its line and the reason; the others are used."""
        # The name makes it come after the list whose id it may have.
        lists = load({"A.yaml": checklist("acme-phones"), "a.yaml": data, "z.yaml": checklist("acme-z")})
        assert [each.id for each in lists.checklists] == ["acme-phones", "acme-z"]
        assert lists.organisation.lists == ("acme-phones", "acme-z")
        (lines,) = reasons(lists).values()
        assert any(line.startswith(expected) for line in lines), lines

    def test_a_policy_that_cannot_be_used_is_named(self, load: Load) -> None:
        """The lists stay; the organisation has the name that its source gave, and no rules."""
        lists = load(FILES | {"policy.yaml": POLICY + b"statistics: yes\n"})
        assert reasons(lists) == {"policy.yaml": ["policy.yaml:10: statistics: unknown key"]}
        expected = Organisation("acme", ACME.title, Trust.SOURCE, ACME.contact)
        assert lists.organisation == replace(expected, lists=("acme-phones", "acme-posts"))
        assert lists.rules == Rules(Layer.ORGANISATION, ACME.title)
        assert {each.publisher for each in lists.checklists} == {ACME.title}

    def test_without_a_policy(self, load: Load, bundled: Catalogue) -> None:
        """Its lists alone are enough; without a title it is called as its source is."""
        lists = load({"acme-phones.yaml": checklist("acme-phones")})
        assert (lists.organisation.name, lists.skipped) == (ACME.title, ())
        nameless = load_organisation({}, Publisher("acme", Trust.SOURCE), bundled)
        assert nameless.organisation == Organisation("acme", "acme", Trust.SOURCE)

    def test_its_own_contact_comes_first(self, load: Load) -> None:
        """What the policy says replaces what the source says."""
        lists = load({"policy.yaml": b"format: 1\norganisation: A\ncontact: Ann"})
        assert lists.organisation.contact == "Ann"

    def test_files_that_would_be_overlooked_are_named(self, load: Load) -> None:
        """Another ending, and the words in a file of their own."""
        lists = load({"acme-a.yml": checklist("acme-a"), "notice.yaml": b"en: Hello"})
        assert reasons(lists) == {
            "acme-a.yml": ["acme-a.yml:1: this file is not read: its name must end in “.yaml”"],
            "notice.yaml": [
                "notice.yaml:1: this file is not read: put the words under “notice:” of policy.yaml"
            ],
        }
        assert lists.checklists == ()


class TestPacked:
    def test_nothing_is_lost(self, load: Load) -> None:
        """Pictures, rules and what was passed over, too."""
        lists = load(FILES | {"acme-bad.yaml": b"a: 1", "logo.png": LOGO})
        assert lists.skipped
        assert lists.organisation.logo
        assert unpack_organisation(pack_organisation(lists), lists.digest) == lists

    def test_it_is_told_from_that_of_other_files(self, load: Load, bundled: Catalogue) -> None:
        """Whatever changes in the files, in why they are believed or in the publisher's own words."""
        first = load(FILES)
        assert first.digest == digest_of(FILES, Trust.SOURCE, ACME.title, ACME.contact)
        others = [
            load(FILES | {"acme-phones.yaml": checklist("acme-phones", more="\n")}),
            load({name: data for name, data in FILES.items() if name != "logo.png"}),
            load({"x" if name == "logo.png" else name: data for name, data in FILES.items()}),
            load_organisation(FILES, replace(ACME, trust=Trust.MANAGED), bundled),
            load_organisation(FILES, replace(ACME, title="A"), bundled),
            load_organisation(FILES, replace(ACME, contact="A"), bundled),
        ]
        assert len({first.digest, *(each.digest for each in others)}) == 1 + len(others)
        assert [unpack_organisation(pack_organisation(first), each.digest) for each in others] == [None] * 6

    def test_it_is_told_from_that_of_another_version(
        self, load: Load, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What that one passed over, this one may be able to read."""
        lists = load(FILES)
        packed = pack_organisation(lists)
        with monkeypatch.context() as patch:
            patch.setattr(module, "__version__", "9.9")
            assert unpack_organisation(packed, lists.digest) is None
        with monkeypatch.context() as patch:
            patch.setattr(module, "SCHEMA", 2)
            assert unpack_organisation(packed, lists.digest) is None
        assert unpack_organisation(packed, lists.digest) == lists

    def test_a_damaged_one_is_not_used(self, load: Load) -> None:
        """The files are there to be read again."""
        lists = load(FILES | {"acme-bad.yaml": b"a: 1"})
        packed = pack_organisation(lists)
        damaged = [packed[:cut] for cut in range(0, len(packed), 97)]
        damaged += [b"\xff" + packed, packed.replace(b'"acme"', b"7"), packed.replace(b"ACME", b"\xff")]
        assert b'"values":[' in packed
        damaged.append(packed.replace(b'"values":[', b'"values":[["a",' + b"[" * 100_000))
        assert [unpack_organisation(each, lists.digest) for each in damaged] == [None] * len(damaged)

    def test_unpacking_needs_no_yaml(self) -> None:
        """`status` and `due` have no time for it."""
        code = "import sys, hygiene.catalog.managed; sys.exit('yaml' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_values_can_be_written_as_json(load: Load) -> None:
    """Every field of an organisation survives, with the defaults left out."""
    acme = load(FILES).organisation
    assert msgspec.json.decode(msgspec.json.encode(acme), type=Organisation) == acme

"""`hygiene publish`, from the first key to a stolen laptop."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.cli.conftest import Program, Run

from hygiene.cli import services
from hygiene.cli.services import Services
from hygiene.distribution import client
from hygiene.distribution.publishing.keys import wrap
from hygiene.distribution.source import Source, fingerprint_of, grouped, load_sources, tail
from hygiene.safety.container import Costs
from hygiene.usecases.publishing import keys

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
CHEAP = Costs(memory=64, passes=1, lanes=1)
OWN, SPARE_WORDS = "the words of alice alone", "other words for the safe"

LIST = """\
format: 1
id: acme-phones
version: 2026.11
title: {{en: "Phones at ACME", fr: "Téléphones chez ACME"}}
checks:
  - id: screen-lock
    title: {{en: "Lock the screen", fr: "Verrouiller l'écran"}}
    question: {{en: "{question}", fr: "L'écran de votre téléphone se verrouille-t-il\u00a0?"}}
    risk: {{en: "Whoever finds the phone reads everything on it.", fr: "Qui trouve le téléphone lit tout."}}
    severity: high
    choices: yes-no
    good: "yes"
    minutes: 2
    steps: {{en: ["Open the settings of the phone."], fr: ["Ouvrez les réglages du téléphone."]}}
    sourced: 2026-10
    confidence: medium
"""
QUESTION = "Does the screen of your phone lock by itself?"


@dataclass
class Person:
    """One of those who publish: a computer of their own, and the shared folder."""

    program: Program
    name: str
    share: Path

    @property
    def home(self) -> Path:
        return self.program.folder / f"home-{self.name}"

    def __call__(self, command: str, *arguments: str, stdin: bytes = b"", **environment: str) -> Run:
        words = self.program.file(f"words-{self.name}", f"the words of {self.name} alone\n")
        own = {"HYGIENE_HOME": str(self.home), "HYGIENE_PASSPHRASE_FILE": words}
        folder = () if command == "init" else ("--folder", str(self.share))
        return self.program("publish", command, *arguments, *folder, stdin=stdin, **(own | environment))

    def done(self, command: str, *arguments: str) -> Run:
        run = self(command, *arguments)
        assert run.code == 0, run.err
        return run


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr(services, "now", lambda: moment)

    set_clock(NOW)
    return set_clock


@pytest.fixture
def share(program: Program, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(keys, "wrap", lambda key, secret, _: wrap(key, secret, CHEAP))
    return program.folder / "share"


@pytest.fixture
def alice(program: Program, share: Path) -> Person:
    return Person(program, "Alice", share)


@pytest.fixture
def bob(program: Program, share: Path) -> Person:
    return Person(program, "Bob", share)


def write_list(program: Program, question: str = QUESTION, list_id: str = "acme-phones") -> str:
    return program.file("phones.yaml", LIST.format(question=question).replace("acme-phones", list_id))


def begin(alice: Person, *more: str) -> Run:
    words = alice.program.file("spare-words", SPARE_WORDS + "\n")
    spare = str(alice.program.folder / "spare.key")
    return alice(
        *("init", "acme", "--title", "ACME security", "--contact", "it@acme.example"),
        *("--member", "Alice", "--member", "Bob", "--folder", str(alice.share)),
        *("--spare", spare, "--spare-passphrase-file", words, *more),
    )


def spare_of(program: Program) -> tuple[str, ...]:
    words = str(program.folder / "spare-words")
    return "--spare", str(program.folder / "spare.key"), "--spare-passphrase-file", words


@pytest.fixture
def both(alice: Person, bob: Person) -> tuple[Person, Person]:
    """Alice and Bob have a root that both signed, and one list in work."""
    assert begin(alice).code == 0
    bob.done("join", "Bob", "--yes")
    alice.done("countersign", "--yes")
    alice.done("add", write_list(alice.program))
    return alice, bob


@pytest.fixture
def yearly(alice: Person) -> Person:
    run = alice("init", "acme", "--yearly", "--member", "Alice", "--folder", str(alice.share))
    assert run.code == 0, run.err
    alice.done("add", write_list(alice.program))
    return alice


def root_of(share: Path, number: int) -> bytes:
    return (share / "repository" / "metadata" / f"{number}.root.json").read_bytes()


def employee(share: Path, folder: Path, number: int = 1, now: datetime = NOW) -> client.Taken:
    """What a computer takes in that trusts a root of the source."""
    address = str(share / "repository")
    source = client.pin(folder, "acme", address, root_of(share, number), now.date(), managed=False)
    return client.refresh(folder, source, now)


def test_yearly_one_person_publishes_in_three_commands(yearly: Person, tmp_path: Path) -> None:
    run = yearly.done("release", "--yes")
    assert run.out.splitlines()[0] == str(yearly.share / "repository")
    taken = employee(yearly.share, tmp_path / "sources")
    assert set(taken.release.files) == {"acme-phones.yaml"}
    assert (taken.release.source, taken.release.released_on) == ("acme", NOW.date())


def test_yearly_says_what_it_costs(alice: Person) -> None:
    run = alice("init", "acme", "--yearly", "--member", "Alice", "--folder", str(alice.share))
    said = " ".join(run.err.split())
    assert "13 months" in said
    assert "lost or stolen before, every computer must be given the new root by hand" in said


def test_the_fingerprint_is_that_of_the_root_that_is_published(yearly: Person) -> None:
    run = yearly.done("release", "--yes")
    fingerprint = fingerprint_of(root_of(yearly.share, 1))
    assert grouped(fingerprint) in run.out
    assert tail(fingerprint) in " ".join(run.err.split()).rpartition("type its last four groups: ")[2]


def test_two_people_publish_only_when_both_have_joined(alice: Person, bob: Person, tmp_path: Path) -> None:
    assert begin(alice).code == 0
    alice.done("add", write_list(alice.program))
    early = alice("release", "--yes")
    assert (early.code, "waits for: Bob" in early.err) == (3, True)
    bob.done("join", "Bob", "--yes")
    unsigned = alice("release", "--yes")
    assert (unsigned.code, "the root waits for a signature" in unsigned.err) == (3, True)
    alice.done("countersign", "--yes")
    alice.done("release", "--yes")
    assert employee(alice.share, tmp_path / "sources").release.title == "ACME security"


def test_keys_are_not_in_the_shared_folder(both: tuple[Person, Person]) -> None:
    alice, bob = both
    assert sorted(path.name for path in (alice.home / "keys").iterdir()) == [
        "acme-alice.key",
        "acme-freshness.key",
    ]
    assert [path.name for path in (bob.home / "keys").iterdir()] == ["acme-bob.key"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in (alice.home / "keys").iterdir())
    assert not list(alice.share.rglob("*.key"))


def test_a_key_that_another_puts_into_the_workshop_is_shown_before_it_is_signed(
    alice: Person, bob: Person
) -> None:
    begin(alice)
    bob.done("join", "Bob")
    assert not json.loads((alice.share / "staged" / "root.json").read_text())["signatures"]
    run = alice("countersign")
    assert run.code == 2  # without a terminal nobody said yes
    keyid = json.loads((alice.share / "workshop.json").read_text())["members"][1]["keyid"]
    assert f"“Bob” ({grouped(keyid)[:19]})" in " ".join(run.err.split())


def test_preview_says_what_changes_in_words(both: tuple[Person, Person]) -> None:
    alice, _bob = both
    assert alice.done("preview").out == "“Phones at ACME” (acme-phones) is new, with 1 question.\n"
    alice.done("release", "--yes")
    assert alice.done("preview").out == "Nothing changes for employees.\n"
    alice.done("remove", "acme-phones")
    assert "goes, with its 1 question" in alice.done("preview").out


def test_a_new_wording_needs_a_new_revision_once_released(both: tuple[Person, Person]) -> None:
    """Ids and meanings that were released are taken for ever, as for the lists that come with the program."""
    alice, _bob = both
    alice.done("release", "--yes")
    run = alice("add", write_list(alice.program, "Is the screen of your phone always locked?"))
    assert (run.code, "raise the revision" in run.err) == (3, True)
    assert QUESTION in (alice.share / "lists" / "acme-phones.yaml").read_text()


def test_an_id_that_was_given_up_does_not_come_back(both: tuple[Person, Person]) -> None:
    alice, _bob = both
    alice.done("release", "--yes")
    alice.done("remove", "acme-phones")
    alice.done("add", write_list(alice.program, list_id="acme-others"))
    alice.done("release", "--yes")
    run = alice("add", write_list(alice.program))
    assert (run.code, "was given up" in run.err) == (3, True)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("id: acme-phones", "id: other-phones", "must begin with “acme-”"),
        ("severity: high", "severity: high\n    audience: personal", "for the person alone"),
        ("severity: high", "severity: huge", "severity"),
    ],
)
def test_a_list_that_employees_must_not_get_is_not_taken_in(
    both: tuple[Person, Person], old: str, new: str, words: str
) -> None:
    alice, _bob = both
    file = alice.program.file("bad.yaml", LIST.format(question=QUESTION).replace(old, new))
    run = alice("add", file)
    assert (run.code, words in run.err) == (3, True), run.err
    assert file in run.err
    assert [path.name for path in (alice.share / "lists").glob("*.yaml")] == ["acme-phones.yaml"]


def test_a_list_that_was_spoilt_in_the_folder_is_not_released(both: tuple[Person, Person]) -> None:
    alice, _bob = both
    path = alice.share / "lists" / "acme-phones.yaml"
    path.write_text(path.read_text().replace("severity: high", "severity: high\n    audience: personal"))
    assert alice("release", "--yes").code == 3
    assert not (alice.share / "repository" / "metadata").exists()


def test_the_same_day_and_folder_can_be_released_twice(both: tuple[Person, Person], tmp_path: Path) -> None:
    """Also without a change: what ends is extended, and nobody falls behind."""
    alice, _bob = both
    alice.done("release", "--yes")
    employee(alice.share, tmp_path / "sources")
    alice.done("release", "--yes")
    again = client.refresh(tmp_path / "sources", client_source(tmp_path), NOW)
    assert again.is_new is False


def client_source(tmp_path: Path) -> Source:
    return load_sources(tmp_path / "sources")[0][0]


def test_renew_goes_unattended_and_without_the_keys_for_lists(
    both: tuple[Person, Person], program: Program, clock: Callable[[datetime], None], tmp_path: Path
) -> None:
    """A machine that has only the freshness key extends what is published, and can publish nothing else."""
    alice, _bob = both
    alice.done("release", "--yes")
    words = program.file("words-job", "the words of job alone\n")
    copy = str(program.folder / "freshness.key")
    alice.done("freshness", "--to", copy, "--new-passphrase-file", words)
    job = Person(program, "job", alice.share)
    job.done("freshness", "--from", copy)
    clock(NOW + timedelta(days=30))
    job.done("renew")
    employee(alice.share, tmp_path / "sources", now=NOW + timedelta(days=60))
    run = job("release", "--yes")
    assert (run.code, "no key of yours" in run.err) == (3, True)


def test_a_wrong_passphrase_publishes_nothing(both: tuple[Person, Person], program: Program) -> None:
    alice, _bob = both
    wrong = program.file("wrong", "these are not the words\n")
    run = alice("release", "--yes", "--passphrase-file", wrong)
    assert (run.code, "“Alice” did not open" in run.err) == (3, True)
    assert not (alice.share / "repository" / "metadata").exists()


def test_bob_cannot_release_without_the_freshness_key(both: tuple[Person, Person]) -> None:
    _alice, bob = both
    run = bob("release", "--yes")
    assert (run.code, "publish freshness --to" in run.err) == (3, True)


def test_both_sign_every_release_where_that_is_asked(alice: Person, bob: Person, tmp_path: Path) -> None:
    begin(alice, "--both")
    bob.done("join", "Bob", "--yes")
    alice.done("countersign", "--yes")
    alice.done("add", write_list(alice.program))
    first = alice("release", "--yes")
    assert (first.code, "another signature" in first.err) == (3, True)
    assert not (alice.share / "repository" / "metadata").exists()
    assert "is new, with 1 question" in bob.done("countersign", "--yes").err
    alice.done("release", "--yes")
    assert employee(alice.share, tmp_path / "sources").release.files


def test_sign_lets_lists_wait_and_release_takes_them(both: tuple[Person, Person]) -> None:
    alice, _bob = both
    alice.done("sign", "--yes")
    staged = (alice.share / "staged" / "targets.json").read_bytes()
    alice.done("release", "--yes")
    assert (alice.share / "repository" / "metadata" / "1.targets.json").read_bytes() == staged
    assert not list((alice.share / "staged").iterdir())


def test_a_stolen_laptop(both: tuple[Person, Person], program: Program, tmp_path: Path) -> None:
    """Bob and the spare take Alice's key away; computers that trust root 1 follow, and hers is void."""
    alice, bob = both
    alice.done("release", "--yes")
    employee(alice.share, tmp_path / "sources")
    bob.done("revoke", "Alice", "--instead", "Carol", "--yes")
    assert bob("release", "--yes").code == 3
    bob.done("countersign", "--yes", *spare_of(program))
    bob.done("release", "--yes")
    taken = client.refresh(tmp_path / "sources", client_source(tmp_path), NOW)
    assert taken.release.files
    run = alice("release", "--yes")
    assert (run.code, "no key of yours" in run.err) == (3, True)


def test_somebody_joins_in_the_place_of_another(
    both: tuple[Person, Person], program: Program, tmp_path: Path
) -> None:
    alice, bob = both
    alice.done("release", "--yes")
    employee(alice.share, tmp_path / "sources")
    bob.done("revoke", "Alice", "--instead", "Carol", "--yes")
    bob.done("countersign", "--yes", *spare_of(program))
    bob.done("release", "--yes")
    carol = Person(program, "Carol", alice.share)
    carol.done("join", "Carol", "--yes")
    bob.done("countersign", "--yes", *spare_of(program))
    bob.done("release", "--yes")
    assert json.loads(root_of(alice.share, 3))["signed"]["roles"]["targets"]["keyids"]
    words = program.file("words-carol", "the words of Carol alone\n")
    bob.done("freshness", "--to", str(tmp_path / "f.key"), "--new-passphrase-file", words)
    carol.done("freshness", "--from", str(tmp_path / "f.key"))
    carol.done("release", "--yes")
    assert client.refresh(tmp_path / "sources", client_source(tmp_path), NOW).release.files


@pytest.mark.parametrize("what", ["Alice", "freshness", ""])
def test_rotate_replaces_a_key_and_nobody_is_left_behind(
    both: tuple[Person, Person], tmp_path: Path, what: str
) -> None:
    alice, bob = both
    alice.done("release", "--yes")
    employee(alice.share, tmp_path / "sources")
    alice.done("rotate", *([what] if what else []), "--yes")
    bob.done("countersign", "--yes")
    alice.done("release", "--yes")
    assert client.refresh(tmp_path / "sources", client_source(tmp_path), NOW).release.files
    assert employee(alice.share, tmp_path / "fresh", number=2).release.files
    assert len(list((alice.home / "keys").glob("*.key"))) == 2  # the replaced one is gone


def test_a_folder_that_came_back_from_a_backup_is_not_refused_as_an_old_one(
    both: tuple[Person, Person], tmp_path: Path
) -> None:
    alice, _bob = both
    alice.done("release", "--yes")
    shutil.copytree(alice.share, tmp_path / "backup")
    alice.done("renew")
    alice.done("renew")
    employee(alice.share, tmp_path / "sources")
    shutil.rmtree(alice.share)
    shutil.copytree(tmp_path / "backup", alice.share)
    assert "older than what this computer has published" in " ".join(alice.done("renew").err.split())
    client.refresh(tmp_path / "sources", client_source(tmp_path), NOW)


def test_a_zip_is_a_source(both: tuple[Person, Person], program: Program, tmp_path: Path) -> None:
    alice, _bob = both
    alice.done("release", "--yes")
    file = str(program.folder / "acme.zip")
    assert alice.done("zip", "-o", file).out.strip() == file
    first = Path(file).read_bytes()
    alice.done("zip", "-o", file)
    assert Path(file).read_bytes() == first
    assert zipfile.ZipFile(file).namelist()[-1] == "metadata/timestamp.json"
    source = client.pin(tmp_path / "s", "acme", file, root_of(alice.share, 1), NOW.date(), managed=False)
    assert client.refresh(tmp_path / "s", source, NOW).release.files
    assert "is sound" in alice.done("verify", file).out


def test_verify_finds_a_copy_that_is_behind(both: tuple[Person, Person], program: Program) -> None:
    alice, _bob = both
    alice.done("release", "--yes")
    assert "is sound; computers accept it until 27 December 2026." in alice.done("verify").out
    file = str(program.folder / "acme.zip")
    alice.done("zip", "-o", file)
    alice.done("remove", "acme-phones")
    alice.done("release", "--yes")
    run = alice("verify", file)
    assert (run.code, "not the last release" in run.err) == (3, True)


def test_verify_finds_a_copy_that_was_altered(both: tuple[Person, Person]) -> None:
    alice, _bob = both
    alice.done("release", "--yes")
    target = next((alice.share / "repository" / "targets").iterdir())
    target.write_bytes(target.read_bytes().replace(b"Phones", b"Phonez"))
    assert alice("verify").code == 4


def test_doctor_says_what_ends_when(both: tuple[Person, Person], clock: Callable[[datetime], None]) -> None:
    alice, _bob = both
    alice.done("release", "--yes")
    run = alice.done("doctor")
    assert "the root, that is who may sign: until 22 November 2028" in run.out
    assert "the lists: until 22 December 2027" in run.out
    assert "the timestamp: until 27 December 2026" in run.out
    assert "“Bob”" in run.out
    clock(NOW + timedelta(days=29))
    assert alice("doctor").code == 10
    alice.done("renew")
    assert alice("doctor").code == 0
    clock(NOW + timedelta(days=370))
    assert "the lists: only until 22 December 2027" in alice("doctor").out


def test_doctor_names_those_who_are_awaited_and_what_waits(alice: Person, bob: Person) -> None:
    begin(alice)
    run = alice("doctor")
    assert (run.code, "Bob has not joined yet" in run.out) == (10, True)
    bob.done("join", "Bob", "--yes")
    assert "The root: 1 signature is missing; it can come from: " in alice("doctor").out


def test_publishing_knows_no_other_day(both: tuple[Person, Person]) -> None:
    alice, _bob = both
    for command in (("release", "--yes"), ("doctor",), ("zip", "-o", "x.zip"), ("remove", "x"), ("renew",)):
        assert alice(*command, "--on", "2027-03-01").code == 2
    assert not (alice.share / "repository" / "metadata").exists()


def test_a_yearly_release_prolongs_the_root_when_it_must(
    yearly: Person, clock: Callable[[datetime], None], tmp_path: Path
) -> None:
    yearly.done("release", "--yes")
    employee(yearly.share, tmp_path / "sources")
    for year in (1, 2, 3, 4):
        clock(NOW + timedelta(days=365 * year))
        yearly.done("release", "--yes")
    late = NOW + timedelta(days=365 * 4 + 300)
    assert client.refresh(tmp_path / "sources", client_source(tmp_path), late).release.files


def test_init_leaves_nothing_behind_when_it_fails(alice: Person, program: Program) -> None:
    words = program.file("spare-words", OWN + "\n")  # the same as Alice's own
    run = alice(
        *("init", "acme", "--member", "alice", "--member", "Bob", "--folder", str(alice.share)),
        *("--spare", str(program.folder / "spare.key"), "--spare-passphrase-file", words),
        HYGIENE_PASSPHRASE_FILE=words,
    )
    assert (run.code, "a passphrase of its own" in run.err) == (2, True), run.err
    assert not (program.folder / "spare.key").exists()
    assert not list((alice.home / "keys").glob("*")) if (alice.home / "keys").exists() else True


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("init", "my", "--yearly", "--member", "Alice"), "taken"),
        (("init", "Acme!", "--yearly", "--member", "Alice"), "name"),
        (("init", "google", "--yearly", "--member", "Alice"), "taken"),
        (("init", "acme", "--yearly", "--member", "../../x"), "cannot be the name"),
        (("init", "acme", "--yearly", "--member", "spare"), "cannot be the name"),
        (("init", "acme", "--member", "Alice"), "two people"),
        (("init", "acme", "--member", "Alice", "--member", "alice"), "the same name"),
        (("init", "acme", "--yearly"), "--member"),
        (("init", "acme", "--yearly", "--member", "Alice", "--title", "a\x1b[2Jb"), "one line of text"),
    ],
)
def test_names_that_cannot_be(alice: Person, arguments: tuple[str, ...], words: str) -> None:
    run = alice(*arguments)
    assert run.code in (2, 3)
    assert words in run.err
    assert not (alice.home / "keys").exists()


def test_a_folder_without_a_workshop(alice: Person) -> None:
    run = alice("release", "--yes")
    assert (run.code, "there is no workshop" in run.err) == (3, True)


def test_init_writes_over_nothing(yearly: Person) -> None:
    before = (yearly.share / "workshop.json").read_bytes()
    run = yearly("init", "acme", "--yearly", "--member", "Alice", "--folder", str(yearly.share))
    assert (run.code, "is there already" in run.err) == (3, True)
    assert (yearly.share / "workshop.json").read_bytes() == before


def handed_on(alice: Person, other: Person) -> None:
    """The freshness key of Alice goes to another person, with that person's passphrase."""
    copy = str(alice.program.folder / "freshness.key")
    words = alice.program.file("words-copy", f"the words of {other.name} alone\n")
    alice.done("freshness", "--to", copy, "--new-passphrase-file", words)
    other.done("freshness", "--from", copy)


def with_root(both: tuple[Person, Person]) -> Run:
    """A release with a new freshness key, of which only Alice's computer knows."""
    alice, bob = both
    alice.done("rotate", "freshness", "--yes")
    bob.done("countersign", "--yes")
    return alice.done("release", "--yes")


def test_a_root_is_spoken_of_only_where_it_is_new(both: tuple[Person, Person]) -> None:
    """And whoever had the old freshness key needs the new one."""
    alice, _bob = both
    first = alice.done("release", "--yes")
    assert "Fingerprint of root 1" in first.err
    assert "takes the place" not in first.err
    assert "Fingerprint" not in alice.done("release", "--yes").err
    said = " ".join(with_root(both).err.split())
    assert "It takes the place of the one before" in said
    assert "The freshness key is a new one. Hand it on" in said


def test_doctor_finds_an_old_freshness_key(both: tuple[Person, Person]) -> None:
    """Where nothing could be renewed with it."""
    alice, bob = both
    alice.done("release", "--yes")
    handed_on(alice, bob)
    assert bob.done("doctor").code == 0
    with_root(both)
    run = bob("doctor")
    assert (run.code, "not on this computer, which has an old one" in run.out) == (10, True)
    assert alice("doctor").code == 0


def test_verify_finds_a_copy_that_was_made_with_old_keys(
    both: tuple[Person, Person], program: Program
) -> None:
    """Whole, and signed as the root before says: computers that know the new root refuse it all the same."""
    alice, _bob = both
    alice.done("release", "--yes")
    file = str(program.folder / "acme.zip")
    alice.done("zip", "-o", file)
    with_root(both)
    run = alice("verify", file)
    assert (run.code, "does not know root 2" in run.err) == (4, True)


# --- at a terminal ------------------------------------------------------------------------------------


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is typed where nothing is shown; what is typed visibly comes from `stdin`."""
    words: list[str] = []
    monkeypatch.setattr(Services, "is_interactive", True)
    monkeypatch.setattr("getpass.getpass", lambda *_arguments, **_named: words.pop(0))
    return words


def test_two_people_begin_at_a_terminal(alice: Person, typed: list[str]) -> None:
    """Names are asked for, then the passphrase of the own key, then another one for the spare."""
    typed += [OWN, OWN, SPARE_WORDS, SPARE_WORDS]
    run = alice(
        "init", "acme", "--folder", str(alice.share), stdin=b"Alice\nBob\n", HYGIENE_PASSPHRASE_FILE=""
    )
    assert (run.code, typed) == (0, []), run.err
    said = " ".join(run.err.split())
    assert "First the passphrase of your own key" in said
    assert "The spare key is in acme-spare.key" in said
    assert "Bob now runs `hygiene publish join Bob`" in said
    assert (alice.program.folder / "acme-spare.key").exists()


def test_one_person_begins_at_a_terminal(alice: Person, typed: list[str]) -> None:
    typed += [OWN, OWN]
    run = alice(
        "init", "acme", "--yearly", "--folder", str(alice.share), stdin=b"Alice\n", HYGIENE_PASSPHRASE_FILE=""
    )
    assert (run.code, typed) == (0, []), run.err
    assert "Fingerprint of root 1:" in run.err
    assert len(run.out.splitlines()[1].split()) == 16


def test_no_is_no(both: tuple[Person, Person], typed: list[str]) -> None:
    alice, bob = both
    run = alice("release", stdin=b"n\n")
    assert (run.code, "Not signed, not published." in run.err) == (0, True)
    assert not (alice.share / "repository" / "metadata").exists()
    alice("sign", stdin=b"n\n")
    assert not (alice.share / "staged" / "targets.json").exists()
    assert alice("release", stdin=b"y\n").code == 0
    bob("rotate", "Bob", stdin=b"n\n")
    assert not json.loads((alice.share / "staged" / "root.json").read_text())["signatures"]
    alice("countersign", stdin=b"n\n")
    assert not json.loads((alice.share / "staged" / "root.json").read_text())["signatures"]
    assert typed == []


def test_a_key_is_opened_by_a_passphrase_that_is_typed(both: tuple[Person, Person], typed: list[str]) -> None:
    alice, _bob = both
    typed += ["these are not the words", "the words of Alice alone"]
    run = alice("release", "--yes", HYGIENE_PASSPHRASE_FILE="")
    assert (run.code, typed) == (0, []), run.err
    assert "That is not it." in run.err


@pytest.mark.parametrize("of_the_old_one", ["words of last year", ""])
def test_the_passphrase_of_an_old_key_is_asked_last_and_may_be_left_out(
    both: tuple[Person, Person], program: Program, typed: list[str], of_the_old_one: str, tmp_path: Path
) -> None:
    """Nobody takes it for that of the key in force; and employees follow either way."""
    alice, _bob = both
    alice.done("release", "--yes")
    employee(alice.share, tmp_path / "sources")
    with_new_freshness(both, program.file("words-last", "words of last year\n"))
    typed += ["the words of Alice alone", "words of last year"]
    assert alice("release", "--yes", HYGIENE_PASSPHRASE_FILE="").code == 0
    with_new_freshness(both, program.file("words-this", "words of this year\n"))
    typed += ["the words of Alice alone", "words of this year", of_the_old_one]
    run = alice("release", "--yes", HYGIENE_PASSPHRASE_FILE="")
    assert (run.code, typed) == (0, []), run.err
    assert client.refresh(tmp_path / "sources", client_source(tmp_path), NOW).release.files


def with_new_freshness(both: tuple[Person, Person], words: str) -> None:
    """A freshness key with a passphrase of its own, and a root that says so and waits, signed."""
    alice, bob = both
    assert alice("rotate", "freshness", "--passphrase-file", words, stdin=b"n\n").code == 0
    alice.done("countersign", "--yes")
    bob.done("countersign", "--yes")


def test_the_freshness_key_goes_one_way(both: tuple[Person, Person]) -> None:
    alice, _bob = both
    for options in ((), ("--to", "a.key", "--from", "b.key")):
        assert alice("freshness", *options).code == 2


def test_a_spare_is_replaced(both: tuple[Person, Person], program: Program) -> None:
    alice, bob = both
    alice.done("release", "--yes")
    words = str(program.folder / "spare-words")
    spare = str(program.folder / "new-spare.key")
    alice.done("rotate", "spare", "--spare", spare, "--spare-passphrase-file", words, "--yes")
    bob.done("countersign", "--yes")
    alice.done("release", "--yes")
    assert Path(spare).exists()
    assert alice("rotate", "spare").code == 2  # nowhere to write it


def test_a_name_that_cannot_be_takes_nobodys_key(both: tuple[Person, Person]) -> None:
    alice, bob = both
    before = (alice.share / "workshop.json").read_bytes()
    assert bob("revoke", "Alice", "--instead", "a b").code == 2
    assert (alice.share / "workshop.json").read_bytes() == before


def test_before_the_first_release_there_is_nothing_to_renew_pack_or_check(
    both: tuple[Person, Person],
) -> None:
    alice, _bob = both
    for command in (("renew",), ("zip", "-o", "acme.zip"), ("verify",)):
        run = alice(*command)
        assert (run.code, "nothing was released yet" in run.err) == (3, True)


def test_signing_says_who_is_next(alice: Person, bob: Person) -> None:
    begin(alice, "--both")
    bob.done("join", "Bob", "--yes")
    alice.done("countersign", "--yes")
    alice.done("add", write_list(alice.program))
    (alice.share / "lists" / "notes.txt").write_text("to do")
    run = alice.done("sign", "--yes")
    assert "Another person signs" in run.err
    assert "notes.txt stays behind" in run.err


def test_the_help_of_every_command_can_be_read(both: tuple[Person, Person]) -> None:
    alice, _bob = both
    names = ("init", "join", "add", "remove", "preview", "sign", "countersign", "release", "renew", "rotate")
    for name in (*names, "revoke", "freshness", "zip", "verify", "doctor"):
        assert alice.program("publish", name, "--help").code == 0


def test_the_module_of_the_commands_is_light() -> None:
    code = (
        "import sys; import hygiene.cli.publish; heavy = {'tuf', 'urllib3', 'securesystemslib'}; "
        "print(sorted({name.partition('.')[0] for name in sys.modules} & heavy))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"

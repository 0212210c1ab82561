"""Lists in work, what employees see changed, and how keys are asked for."""

from __future__ import annotations

import json
import struct
import zlib
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.contract.keystore import MemoryKeyStore
from tests.unit.distribution.publishing.conftest import CHEAP, LIST, Publisher, employee_of
from tests.unit.usecases.scripted import ScriptedTerminal

from hygiene.catalog.problems import FaultyFileError
from hygiene.distribution.publishing.composing import make_targets
from hygiene.distribution.publishing.keys import PrivateKey, container_id, parse_key, render_key, wrap
from hygiene.distribution.publishing.workshop import Level, Workshop, load_workshop
from hygiene.distribution.release import Release
from hygiene.errors import AlteredError, LockedError, NotDoneError, UsageError
from hygiene.safety.keyring_slot import KeyStore
from hygiene.safety.sealing import wrap_key
from hygiene.safety.secrets import KeyringKey, Passphrase
from hygiene.usecases.new_secrets import Means
from hygiene.usecases.publishing import changes, lists, people, release, roots, words
from hygiene.usecases.publishing.keys import me, new_key, sealed_keys
from hygiene.usecases.publishing.opening import Opener
from hygiene.usecases.publishing.people import take_freshness
from hygiene.usecases.publishing.waiting import load_spare, waiting
from hygiene.usecases.publishing.words import Symptom
from hygiene.usecases.unlock import WaysIn

Pair = tuple[Publisher, Publisher]
DAY = date(2026, 11, 22)
PNG = b"\x89PNG\r\n\x1a\n"


def _chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)


PICTURE = PNG + b"".join(
    (
        _chunk(b"IHDR", struct.pack(">II5B", 1, 1, 8, 0, 0, 0, 0)),
        _chunk(b"IDAT", zlib.compress(b"\x00\x00")),
        _chunk(b"IEND", b""),
    )
)
CHECK = """\
  - id: {id}
    title: {title}
    question: {question}
    risk: Whoever finds the phone reads everything on it.
    severity: medium
    choices: yes-no
    good: "yes"
    minutes: 2
    steps: ["Open the settings of the phone."]
    sourced: 2026-10
    confidence: medium
"""


def release_of(*checks: str, **files: bytes) -> Release:
    head = LIST.format(severity="high").partition("  - id")[0]
    lists = {"acme-phones.yaml": (head + "".join(checks)).encode()} if checks else {}
    named = {name.replace("_", "."): data for name, data in files.items()}
    return Release("acme", "ACME", "", DAY, {**lists, **named})


def check(name: str, title: str = "A title", question: str = "A question?") -> str:
    return CHECK.format(id=name, title=title, question=f'"{question}"')


def test_a_new_question_and_one_that_goes() -> None:
    before, after = (
        release_of(check("one", "One"), check("two", "Two")),
        release_of(check("two", "Two"), check("three", "Three")),
    )
    assert changes.changes(before, after) == (
        "“Phones at ACME” (acme-phones) changes:",
        "  new: Three",
        "  no longer asked: One",
    )


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (("severity: medium", "severity: high"), "  weighs otherwise: One"),
        (("    title", "    revision: 2\n    title"), "  worded anew: One"),
        (("minutes: 2", "minutes: 3"), "  explained otherwise, or other steps: One"),
        (
            ("id: one", "id: uno\n    replaces: [acme-phones.one]"),
            "  has another name now, and answers go with it: One",
        ),
        (("2\n", "2\n"), None),
    ],
)
def test_a_changed_question(change: tuple[str, str], line: str | None) -> None:
    old = check("one", "One")
    lines = changes.changes(release_of(old), release_of(old.replace(*change, 1)))
    assert lines[1:] == ((line,) if line else ())


def test_what_is_not_asked_is_said_to_change_nothing_else() -> None:
    before = release_of(check("one"))
    after = replace(before, files={name: data + b"# a comment\n" for name, data in before.files.items()})
    assert changes.changes(before, after)[1:] == (
        "  its title, its links or its order; nothing is asked again",
    )


def test_policy_and_logo() -> None:
    none, some = release_of(), release_of(policy_yaml=b"a: 1", logo_png=PNG)
    assert changes.changes(none, some) == ("logo.png is new.", "The policy is new.")
    assert changes.changes(some, none) == ("logo.png goes.", "The policy goes.")
    other = release_of(policy_yaml=b"a: 2", logo_png=PNG)
    assert changes.changes(some, other) == ("The policy changes.",)


def test_another_publisher_is_said() -> None:
    before = release_of()
    after = replace(before, title="Evil", contact="")
    assert changes.changes(before, after) == ("The publisher is called “Evil” now; employees ask: –",)


def test_a_list_of_a_release_that_is_not_understood_goes_as_a_file() -> None:
    before = replace(release_of(), files={"acme-old.yaml": b"{"})
    assert changes.changes(before, release_of()) == ("acme-old.yaml goes.",)


def test_the_root_says_who_comes_and_who_goes(joined: Pair) -> None:
    alice, bob = joined
    alice.release()
    bob.revoke("Alice", "Carol")
    lines = words.root_lines(waiting(bob.share))
    assert [line.partition(" (")[0] for line in lines] == [
        "Root 2 says who may sign:",
        "  comes: “freshness”",
        "  goes: “Alice”",
        "  goes: “freshness”",
        "  It holds until 22 November 2028.",
    ]
    assert lines[1].endswith(", for renewals")


def test_the_first_root_says_how_many_signatures_it_takes(joined: Pair) -> None:
    alice, _bob = joined
    lines = words.root_lines(waiting(alice.share))
    assert "  signatures needed: 2, for the root" in lines
    assert "  signatures needed: 1, for lists" in lines


def test_a_key_of_nobody_is_said_to_be_nobodys(joined: Pair) -> None:
    alice, _bob = joined
    path = alice.share / "workshop.json"
    path.write_text(path.read_text().replace('"name": "Bob"', '"name": "Bo"').replace('"keyid"', '"key"'))
    assert any("nobody whom the workshop knows" in line for line in words.root_lines(waiting(alice.share)))


def test_what_has_ended_is_said(joined: Pair) -> None:
    alice, _bob = joined
    published = alice.release()
    alice.now = alice.now.replace(year=2030)
    lines = words.warned(published, load_workshop(alice.share).level, alice.now)
    assert lines[0].startswith("the root, that is who may sign: ended on 22 November 2028; employees go on")


def test_policy_and_logo_are_looked_through(alice: Publisher) -> None:
    """A policy may name a logo that is in work already; what a computer would pass over is not taken in."""
    alice.begin()
    workshop = load_workshop(alice.share)
    policy = "format: 1\norganisation: ACME\ncontact: it@acme.example\nlogo: logo.png\n"
    for name, data, is_good in (
        ("policy.yaml", policy.encode(), False),  # no logo yet
        ("logo.png", b"GIF89a", False),
        ("logo.png", PNG + b"\x00", False),
        ("logo.png", PICTURE, True),
        ("policy.yaml", policy.encode(), True),
        ("policy.yaml", b"a: [", False),
        ("policy.yaml", policy.encode() + b"password_months: many\n", False),
        ("notice.yaml", b"en: words\n", False),
    ):
        path = alice.root / name
        path.write_bytes(data)
        if is_good:
            assert lists.add(alice.share, workshop, [path], DAY) == (name,)
        else:
            with pytest.raises(FaultyFileError):
                lists.add(alice.share, workshop, [path], DAY)
    assert set(alice.collected().files) == {"policy.yaml", "logo.png"}
    (alice.share / "lists" / "logo.png").unlink()
    with pytest.raises(FaultyFileError, match=r"logo\.png"):
        alice.collected()


def test_notes_stay_behind_and_are_named(alice: Publisher) -> None:
    alice.begin()
    alice.write_list()
    for name in ("notes.txt", ".hidden.yaml", "_draft.yaml"):
        (alice.share / "lists" / name).write_text("x")
    collected = alice.collected()
    assert (set(collected.files), collected.passed_over) == ({"acme-phones.yaml"}, ("notes.txt",))


def test_a_file_under_another_name_than_its_id_is_not_released(alice: Publisher) -> None:
    alice.begin()
    (alice.share / "lists" / "acme-other.yaml").write_text(LIST.format(severity="high"))
    with pytest.raises(FaultyFileError, match="both have the same name"):
        alice.collected()


def test_two_files_with_one_id_are_not_taken_in(alice: Publisher) -> None:
    alice.begin()
    paths = [alice.root / "one.yaml", alice.root / "two.yaml"]
    for path in paths:
        path.write_text(LIST.format(severity="high"))
    with pytest.raises(NotDoneError, match="the same id"):
        lists.add(alice.share, load_workshop(alice.share), paths, DAY)
    assert not alice.collected().files


@pytest.mark.parametrize("name", ["acme-none", "_released.json", "../workshop.json", "../../secret.yaml"])
def test_only_lists_in_work_are_taken_out(alice: Publisher, name: str) -> None:
    alice.begin()
    alice.write_list()
    alice.release()
    (alice.root / "secret.yaml").write_text("x")
    before = sorted(alice.root.rglob("*"))
    with pytest.raises(NotDoneError, match="not among the lists"):
        lists.remove(alice.share, ["acme-phones", name])
    assert sorted(alice.root.rglob("*")) == before


def test_lists_that_changed_since_they_were_signed_are_signed_anew(joined: Pair) -> None:
    alice, _bob = joined
    alice.sign()
    alice.write_list("medium")
    published = alice.release()
    assert published.offered
    assert b"severity: medium" in published.offered.lists


# --- keys ---------------------------------------------------------------------------------------------


def opener(terminal: ScriptedTerminal | None, key_store: KeyStore | None = None) -> Opener:
    return Opener(WaysIn(None, key_store, (lambda: terminal) if terminal else None, print))


def sealed(*words: str, holder: str = "Alice") -> tuple[PrivateKey, bytes]:
    key = new_key()
    return key, render_key("acme", holder, key, [wrap(key, Passphrase(each), CHEAP) for each in words])


def test_a_passphrase_is_asked_once_for_all_keys_that_it_opens() -> None:
    terminal = ScriptedTerminal(secrets=["not these words", "the right words"])
    (first, one), (second, two) = sealed("the right words"), sealed("the right words", holder="freshness")
    found = opener(terminal)
    assert found.open(parse_key(one)) == first
    assert found.open(parse_key(two)) == second
    assert terminal.secrets == []
    assert "That is not it. Please try again." in terminal.shown


def test_three_wrong_passphrases_are_enough() -> None:
    _key, file = sealed("the right words")
    with pytest.raises(LockedError, match="“Alice” did not open"):
        opener(ScriptedTerminal(secrets=["one word", "", "another"])).open(parse_key(file))


def test_without_anybody_to_ask_a_key_stays_locked() -> None:
    _key, file = sealed("the right words")
    with pytest.raises(LockedError, match="no terminal"):
        opener(None).open(parse_key(file))


def test_the_keyring_opens_a_key_without_a_question() -> None:
    key_store = MemoryKeyStore()
    terminal = ScriptedTerminal(confirms=[True], secrets=["four words and more", "four words and more"])
    keys = {"Alice": new_key(), "freshness": new_key()}
    _words, new = sealed_keys(Means(terminal, None, None, key_store, print, CHEAP), keys)
    for key, made in zip(keys.values(), new, strict=True):
        assert opener(None, key_store).open(parse_key(made.rendered("acme", "Alice"))) == key
    assert len(key_store.kept) == 2


def test_a_keyring_that_holds_another_key_does_not_stand_in_the_way() -> None:
    key_store = MemoryKeyStore()
    key = new_key()
    slot = wrap_key(key.seed, KeyringKey(b"k" * 32), container_id(key.public))
    key_store.put(slot.id, b"x" * 32)
    file = render_key("acme", "Alice", key, [wrap(key, Passphrase("the right words"), CHEAP), slot])
    assert opener(ScriptedTerminal(secrets=["the right words"]), key_store).open(parse_key(file)) == key


def test_where_a_computer_has_several_people_it_is_asked_who(joined: Pair) -> None:
    alice, bob = joined
    for path in bob.ring.folder.iterdir():
        (alice.ring.folder / path.name).write_bytes(path.read_bytes())
    workshop = load_workshop(alice.share)
    with pytest.raises(UsageError, match="several people"):
        me(alice.bench, workshop)
    assert me(replace(alice.bench, who="bob"), workshop) == "Bob"
    with pytest.raises(NotDoneError, match="no key of yours"):
        me(replace(alice.bench, who="Carol"), workshop)


def test_a_freshness_key_of_another_source_is_not_taken_in(joined: Pair, tmp_path: Path) -> None:
    _key, file = sealed("words", holder="freshness")
    (tmp_path / "other.key").write_bytes(file)
    with pytest.raises(NotDoneError, match="is not the freshness key"):
        take_freshness(joined[1].bench, tmp_path / "other.key")


def test_another_key_is_no_spare(joined: Pair) -> None:
    alice, _bob = joined
    with pytest.raises(NotDoneError, match="is not the spare key"):
        load_spare(alice.ring.path("Alice"), load_workshop(alice.share))


@pytest.mark.parametrize("what", ["Bob", "spare", "nobody"])
def test_only_the_own_key_and_the_freshness_key_are_replaced(joined: Pair, what: str) -> None:
    alice, _bob = joined
    before = (alice.share / "workshop.json").read_bytes()
    with pytest.raises(UsageError, match="not a key that you can replace"):
        alice.rotate(what)
    assert (alice.share / "workshop.json").read_bytes() == before


def test_nobody_revokes_themselves_or_a_stranger(joined: Pair) -> None:
    alice, _bob = joined
    for name in ("Alice", "Carol", "spare", "freshness"):
        with pytest.raises(UsageError, match="nobody whose key"):
            alice.revoke(name)


def test_where_both_must_sign_and_one_is_left_one_signature_is_enough(tmp_path: Path) -> None:
    alice, bob = Publisher(tmp_path, "Alice"), Publisher(tmp_path, "Bob")
    alice.begin("Bob", approvals=2)
    bob.join()
    bob.countersign()
    alice.countersign()
    alice.write_list()
    alice.sign()
    bob.countersign()
    alice.release()
    bob.revoke("Alice")
    assert load_workshop(bob.share).approvals == 1


def test_nothing_waits(joined: Pair) -> None:
    alice, _bob = joined
    alice.release()
    with pytest.raises(NotDoneError, match="nothing waits"):
        alice.countersign()


def test_somebody_who_is_not_expected_does_not_join(joined: Pair, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not expect"):
        Publisher(tmp_path, "Mallory").join()
    with pytest.raises(NotDoneError, match="has joined already"):
        joined[1].join()


def test_next_release_is_what_will_be_published(joined: Pair) -> None:
    alice, _bob = joined
    expected = release.next_release(alice.share, alice.collected(), alice.now.date())
    alice.release()
    assert release.released(alice.share) == expected


def test_a_lost_spare_is_replaced_by_the_two_people(joined: Pair) -> None:
    alice, bob = joined
    alice.release()
    employee = employee_of(alice, "employee")
    employee.update()
    roots.rotate(alice.bench, "spare", alice.carried("new.key", "spare words for the safe"))
    alice.countersign()
    bob.countersign()
    (alice.root / "new.key").replace(alice.root / "spare.key")
    alice.release()
    employee.update()
    bob.revoke("Alice")
    bob.countersign(with_spare=True)
    bob.release()
    assert employee.update().files


def test_nobody_begins_alone_where_two_are_needed(alice: Publisher) -> None:
    """Not even by taking away the one who has not joined."""
    alice.begin("Bob")
    before = (alice.share / "workshop.json").read_bytes()
    with pytest.raises(NotDoneError, match="too few keys"):
        alice.revoke("Bob")
    assert (alice.share / "workshop.json").read_bytes() == before


def test_a_workshop_without_its_spare_leads_to_no_root_that_nobody_could_change(joined: Pair) -> None:
    alice, bob = joined
    alice.release()
    path = alice.share / "workshop.json"
    workshop = json.loads(path.read_text())
    workshop["members"] = [each for each in workshop["members"] if each["name"] != "spare"]
    path.write_text(json.dumps(workshop))
    with pytest.raises(NotDoneError, match="too few keys"):
        bob.revoke("Alice")
    assert json.loads(path.read_text())["members"] == workshop["members"]


def test_one_who_is_left_alone_is_told_and_another_joins(joined: Pair, tmp_path: Path) -> None:
    alice, bob = joined
    alice.release()
    employee = employee_of(alice, "employee")
    employee.update()
    bob.revoke("Alice")
    bob.countersign(with_spare=True)
    bob.release()
    found = words.examine(bob.bench, waiting(bob.share))
    assert [each.words for each in found if not each.is_fine] == [
        "only one person publishes: another joins with `hygiene publish join NAME --new`"
    ]
    carol = Publisher(tmp_path, "Carol")
    with pytest.raises(UsageError, match="does not expect"):
        carol.join()
    people.join(carol.bench, "Carol", is_new=True)
    carol.countersign()
    bob.countersign(with_spare=True)
    bob.release()
    carol.rotate()
    carol.countersign()
    bob.countersign()
    bob.release()
    assert employee.update().files


def test_a_yearly_source_has_no_freshness_key(alice: Publisher) -> None:
    alice.begin()
    with pytest.raises(NotDoneError, match="freshness key is not on this computer"):
        alice.hand_freshness_to(alice)
    with pytest.raises(UsageError, match="not a key that you can replace"):
        alice.rotate("freshness")


def test_a_yearly_key_is_replaced_by_its_owner_alone(alice: Publisher) -> None:
    alice.begin()
    alice.write_list()
    alice.release()
    employee = employee_of(alice, "employee")
    employee.update()
    alice.rotate("Alice")
    alice.countersign()
    alice.release()
    assert employee.update().files
    assert employee_of(alice, "late", 2).update().files


def test_a_renewal_of_lists_whose_key_was_taken_away_is_refused(joined: Pair) -> None:
    """After a new root came into the folder by another way than a release."""
    alice, bob = joined
    alice.release()
    alice.hand_freshness_to(bob)
    bob.revoke("Alice")
    bob.countersign(with_spare=True)
    staged = bob.share / "staged" / "root.json"
    (bob.repository / "metadata" / "2.root.json").write_bytes(staged.read_bytes())
    with pytest.raises(NotDoneError, match="a key that counts no longer"):
        bob.renew()


def test_a_root_without_a_release_is_nothing_to_renew(joined: Pair) -> None:
    alice, _bob = joined
    metadata = alice.repository / "metadata"
    metadata.mkdir()
    (metadata / "1.root.json").write_bytes((alice.share / "staged" / "root.json").read_bytes())
    with pytest.raises(NotDoneError, match="nothing was released yet"):
        alice.renew()
    found = words.examine(alice.bench, waiting(alice.share))
    assert Symptom("nothing was released yet", is_fine=False) in found
    alice.release()


def test_another_file_in_the_place_of_a_waiting_root_is_noticed(joined: Pair) -> None:
    alice, _bob = joined
    alice.sign()
    path = alice.share / "staged" / "root.json"
    for other in (alice.share / "workshop.json", alice.share / "staged" / "targets.json"):
        path.write_bytes(other.read_bytes())
        with pytest.raises(AlteredError, match="is damaged"):
            waiting(alice.share)


def test_lists_that_wait_and_are_no_release_are_signed_anew(joined: Pair) -> None:
    alice, _bob = joined
    alice.sign()
    lists = b"{}"
    made = make_targets(lists, 1, Level.FULL, alice.now)
    (alice.share / "staged" / "targets.json").write_bytes(made.to_bytes())
    (alice.share / "staged" / "lists.json").write_bytes(lists)
    published = alice.release()
    assert published.offered
    assert published.offered.lists != lists


def test_what_was_published_waits_no_longer(joined: Pair) -> None:
    alice, _bob = joined
    alice.sign()
    staged = {path: path.read_bytes() for path in (alice.share / "staged").iterdir()}
    alice.release()
    for path, data in staged.items():
        path.write_bytes(data)
    found = waiting(alice.share)
    assert (found.root, found.lists) == (None, None)


def test_a_key_of_one_who_could_not_join_is_not_left(
    alice: Publisher, bob: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: Path, _workshop: Workshop) -> None:
        raise NotDoneError("no room", hint="")

    alice.begin("Bob")
    with monkeypatch.context() as patch:
        patch.setattr(people, "save_workshop", refuse)
        with pytest.raises(NotDoneError, match="no room"):
            bob.join()
    assert not list(bob.ring.folder.glob("*.key"))
    bob.join()


def test_a_file_that_stands_where_the_spare_is_to_go_is_kept(alice: Publisher) -> None:
    (alice.root / "spare.key").write_text("an older spare")
    with pytest.raises(NotDoneError, match="is there already"):
        alice.begin("Bob")
    assert (alice.root / "spare.key").read_text() == "an older spare"
    assert not list(alice.ring.folder.glob("*"))
    assert not (alice.share / "workshop.json").exists()


def test_the_old_freshness_key_is_not_needed_where_it_cannot_be_opened(joined: Pair) -> None:
    """Handed over with words that Bob does not know any more: the release goes on without its signature."""
    alice, bob = joined
    alice.release()
    employee = employee_of(alice, "employee")
    employee.update()
    copy = alice.carried("freshness.key", "forgotten words of the copy")
    people.give_freshness(alice.bench, copy)
    people.take_freshness(bob.bench, copy.path)
    bob.revoke("Alice")
    bob.countersign(with_spare=True)
    bob.release()
    assert employee.update().files


def test_the_spare_signs_on_a_computer_without_another_key(joined: Pair, tmp_path: Path) -> None:
    alice, _bob = joined
    alice.release()
    alice.rotate()
    Publisher(tmp_path, "Safe").countersign(with_spare=True)
    alice.countersign()
    assert not waiting(alice.share).root_lacks
    with pytest.raises(NotDoneError, match="no key of yours"):
        Publisher(tmp_path, "Safe").countersign()


def test_folders_that_were_lost_while_empty_are_made_again(joined: Pair) -> None:
    alice, _bob = joined
    (alice.share / "lists" / "acme-phones.yaml").unlink()
    for name in ("lists", "repository"):
        (alice.share / name).rmdir()
    assert alice.collected().files == {}
    path = alice.root / "phones.yaml"
    path.write_text(LIST.format(severity="high"))
    lists.add(alice.share, load_workshop(alice.share), [path], DAY)
    assert alice.release().offered

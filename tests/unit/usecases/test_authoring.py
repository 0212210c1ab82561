"""A list asked of its author: what comes into the file, and what lint says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from tests.builders import POLICY, check
from tests.unit.usecases.scripted import ScriptedTerminal

from hygiene import resources
from hygiene.catalog.lint.texts import LONGEST
from hygiene.catalog.parsing import OWN_FILE, parse_checklist
from hygiene.catalog.problems import Level
from hygiene.errors import NotDoneError
from hygiene.model.checklist import Catalogue, Checklist, Kind, Severity
from hygiene.usecases.authoring.asking import SEVERITIES, Wish, author
from hygiene.usecases.authoring.lists import load_list, remarks_on

DAY = date(2026, 11, 22)
BUNDLED = resources.bundled("checklists")
YES_NO, ONE_OF, MANY, DATE = range(4)
MEDIUM, HIGH, CRITICAL, LOW, INFO = range(5)


@dataclass
class Author:
    """Who writes lists into a folder, in a language."""

    folder: Path
    catalogue: Catalogue
    language: str = "en"
    source: str = ""

    def writes(self, terminal: ScriptedTerminal, path: Path | None = None) -> Path:
        wish = Wish(path, self.folder, self.source, self.language, DAY)
        return author(wish, terminal, self.catalogue)

    def errors(self, path: Path) -> list[str]:
        found = remarks_on([path], self.source, BUNDLED, DAY)
        return [str(each) for each in found if each.level is Level.ERROR]


@pytest.fixture
def writer(tmp_path: Path, bundled: Catalogue) -> Author:
    return Author(tmp_path, bundled)


def talk(*lines: str, choices: tuple[int, ...], confirms: tuple[bool, ...] = (False,)) -> ScriptedTerminal:
    """What the author types; the last word is a no to another check."""
    return ScriptedTerminal(lines=list(lines), choices=list(choices), confirms=list(confirms))


def one_yes_no(title: str = "Our choir", link: str = "", network: int = 0) -> ScriptedTerminal:
    """The script of a list with one check: its question is line 2, its title 3, its step 5."""
    check_lines = "Is the room locked?", "Lock the room", "Anybody can walk in.", "Turn the key.", "", link
    return talk(title, "", *check_lines, choices=(network, YES_NO, 0, HIGH))


def read(path: Path) -> Checklist:
    return parse_checklist(path.read_bytes(), path.name, {}, OWN_FILE)


def test_a_list_with_every_kind_of_question_is_one_that_lint_lets_pass(writer: Author) -> None:
    terminal = talk(
        *("Our choir", ""),
        *("Is the room locked?", "Lock the room", "Anybody can walk in.", "Turn the key.", "", ""),
        *("Who holds the key?", "Sam", "Nobody", "Each of us", ""),
        *("Know who holds it", "It gets lost.", "", ""),
        *("Which papers lie open?", "Minutes", "Addresses", ""),
        *("Put papers away", "Read by others.", "", ""),
        *("When was the list read?", "12", "Read the list", "Old names.", "", ""),
        choices=(0, YES_NO, 1, HIGH, ONE_OF, MEDIUM, MANY, LOW, DATE, INFO),
        confirms=(True, *(True, False, True), True, *(False, False), True, False),
    )
    path = writer.writes(terminal)
    assert path == writer.folder / "my-our-choir.yaml"
    assert writer.errors(path) == []
    room, key, papers, looked = read(path).checks
    assert [each.id for each in room.choices if each.good] == ["no"]
    assert [(each.text.to("en"), bool(each.good)) for each in key.choices] == [
        ("Sam", True),
        ("Nobody", False),
        ("Each of us", True),
    ]
    assert (papers.kind, [bool(each.good) for each in papers.choices]) == (Kind.MANY, [False, False])
    assert (looked.kind, looked.within_months) == (Kind.DATE, 12)
    severities = [each.severity for each in (room, key, papers, looked)]
    assert severities == [Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.INFO]
    assert room.remediation.steps[0].lines[0].to("en") == "Turn the key."
    assert [*terminal.lines, *terminal.choices, *terminal.confirms] == []


def test_lint_has_nothing_to_say_but_of_translations(writer: Author) -> None:
    path = writer.writes(one_yes_no())
    reasons = {each.reason for each in remarks_on([path], "", BUNDLED, DAY)}
    assert reasons == {"no text in “{language}”"}


def test_what_the_severities_promise_is_what_the_engine_does() -> None:
    """Two of them say that only `--full` asks, and one that it has no weight."""
    from hygiene.engine.assess import in_scope
    from hygiene.model.policy import WEIGHTS
    from hygiene.model.record import Scope

    for severity, words in SEVERITIES.items():
        is_asked = in_scope(check("a.b", severity=severity), Scope.DEFAULT, POLICY)
        assert ("--full" not in words) is is_asked
        assert ("weight" in words) is (WEIGHTS[severity] == 0)
    assert next(iter(SEVERITIES)) is Severity.MEDIUM  # where Enter leads


def test_a_list_about_a_network_declares_where_its_links_lead(writer: Author) -> None:
    networks = list(writer.catalogue.networks)
    at = networks.index("instagram") + 1
    path = writer.writes(one_yes_no(link="https://help.instagram.com/settings", network=at))
    made = read(path)
    assert (made.network, made.domains) == ("instagram", ("instagram.com",))
    assert writer.errors(path) == []


def test_a_link_elsewhere_declares_its_own_host(writer: Author) -> None:
    path = writer.writes(one_yes_no(link="https://www.choir.example/keys?a=1#b"))
    assert read(path).domains == ("choir.example",)
    assert writer.errors(path) == []


def test_the_name_of_a_core_question_is_not_taken(writer: Author) -> None:
    """On a network it would mean that question."""
    lines = ("L", "", "Is it so?", "Two factor", "Bad.", "", "")
    path = writer.writes(talk(*lines, choices=(1, YES_NO, 0, HIGH)))
    assert [each.id for each in read(path).checks] == ["my-l.two-factor-2"]
    assert writer.errors(path) == []


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "something has to stand here"),
        ("null", "something has to stand here"),
        ("x" * (LONGEST["title"] + 1), "81 characters, 80 at most"),
        ("Locked?", "a title says what to do: it is not a question"),
        ("Lock {room}", "the placeholder {room} is not known here"),
        ("Lock\u202eit", "it holds a character that nobody can see"),
        ("Lock\x1b[31m", "it holds a character that nobody can see"),
    ],
)
def test_a_line_that_lint_would_refuse_is_asked_once_more(writer: Author, typed: str, reason: str) -> None:
    terminal = one_yes_no()
    terminal.lines.insert(3, typed)
    path = writer.writes(terminal)
    assert f"Please write it once more: {reason}." in terminal.shown
    assert read(path).checks[0].title.to("en") == "Lock the room"


@pytest.mark.parametrize(
    "typed", ["http://a.org/", "https://{server}/x", "a.org", "https://u@a.org/", "https://a"]
)
def test_a_link_that_no_report_would_show_is_asked_once_more(writer: Author, typed: str) -> None:
    terminal = one_yes_no(link=typed)
    terminal.lines.append("https://a.org/")
    path = writer.writes(terminal)
    assert read(path).checks[0].remediation.settings_url == "https://a.org/"
    assert writer.errors(path) == []


@pytest.mark.parametrize("typed", ["0", "121", "-1", "1.5", "twelve", "٣", "9" * 5000])
def test_a_number_that_is_none_is_asked_once_more(writer: Author, typed: str) -> None:
    lines = ("L", "", "When was it?", typed, "3", "Do it", "Bad.", "", "")
    path = writer.writes(talk(*lines, choices=(0, DATE, HIGH)))
    assert read(path).checks[0].within_months == 3


def test_two_titles_or_answers_that_read_the_same_are_asked_once_more(writer: Author) -> None:
    terminal = talk(
        *("L", "", "Who has it?", "Sam", "SAM", "Alex", "", "Give it back", "Bad.", "", ""),
        *("Is it so?", "give it back", "Give it", "Bad.", "", ""),
        choices=(0, ONE_OF, HIGH, YES_NO, 0, HIGH),
        confirms=(True, False, True, False),
    )
    path = writer.writes(terminal)
    assert writer.errors(path) == []
    assert terminal.shown.count("Please write it once more: another one reads the same.") == 2


def test_a_question_that_denies_is_kept_only_on_a_yes(writer: Author) -> None:
    """Or one that asks two things."""
    terminal = one_yes_no()
    terminal.confirms = [False, True, False]
    terminal.lines[2:3] = ["Isn’t it locked?", "Is it locked and is it shut?"]
    path = writer.writes(terminal)
    assert terminal.confirmed[:2] == ["Keep it as it is?"] * 2
    assert read(path).checks[0].question.to("en") == "Is it locked and is it shut?"
    warnings = [each.words for each in remarks_on([path], "", BUNDLED, DAY) if "fr" not in each.field]
    assert warnings == ["two questions in one: ask one fact at a time"]


@pytest.mark.parametrize("alike", [True, False])
def test_answers_that_are_all_good_or_all_bad_are_asked_about_once_more(writer: Author, alike: bool) -> None:  # noqa: FBT001 - a parameter of the test
    lines = ("L", "", "Who has it?", "Sam", "", "Sam", "Alex", "", "Give it back", "Bad.", "", "")
    terminal = talk(*lines, choices=(0, ONE_OF, HIGH), confirms=(alike, alike, False, True, False))
    path = writer.writes(terminal)
    assert [bool(each.good) for each in read(path).checks[0].choices] == [False, True]
    assert "Please write 2 answers at least." in terminal.shown


def test_seven_steps_are_the_last(writer: Author) -> None:
    terminal = one_yes_no()
    terminal.lines[5:7] = [f"Step {n}." for n in range(7)]
    path = writer.writes(terminal)
    assert len(read(path).checks[0].remediation.steps[0].lines) == 7
    assert writer.errors(path) == []


def test_french_gets_the_spaces_that_keyboards_lack(writer: Author) -> None:
    writer.language = "fr"
    terminal = one_yes_no("Notre chœur : les clés")
    terminal.lines[2] = "La salle « du haut » est-elle fermée ?"
    path = writer.writes(terminal)
    made = read(path)
    assert made.title.by_language == {"fr": "Notre chœur\u00a0: les clés"}
    assert made.checks[0].question.to("fr") == "La salle «\u00a0du haut\u00a0» est-elle fermée\u202f?"
    remarks = [each for each in remarks_on([path], "", BUNDLED, DAY) if "en" not in each.field]
    assert remarks == []


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("garden", "the id must begin with “my-”"),
        ("my-", "the id must begin with “my-”"),
        ("my-Garden", "small letters, digits and “-”, 32 at most"),
        ("my-" + "x" * 30, "small letters, digits and “-”, 32 at most"),
        ("my-../../x", "small letters, digits and “-”, 32 at most"),
        ("my-old", "my-old.yaml is there already"),
    ],
)
def test_a_name_that_cannot_be_is_asked_once_more(writer: Author, typed: str, reason: str) -> None:
    (writer.folder / "my-old.yaml").write_text("x")
    terminal = one_yes_no()
    terminal.lines[1:2] = [typed, "my-garden"]
    assert writer.writes(terminal) == writer.folder / "my-garden.yaml"
    assert f"Please write it once more: {reason}." in terminal.shown


def test_a_list_for_a_source_carries_its_name(writer: Author) -> None:
    writer.source = "acme"
    path = writer.writes(one_yes_no("Phones"))
    assert path.name == "acme-phones.yaml"
    assert writer.errors(path) == []
    assert "must begin" in str(remarks_on([path], "", BUNDLED, DAY)[0])
    assert "must begin with “other-”" in str(remarks_on([path], "other", BUNDLED, DAY)[0])


def test_a_source_cannot_take_the_name_of_a_bundled_list(writer: Author) -> None:
    writer.source = "work"
    terminal = one_yes_no("Mailbox")
    terminal.lines[1:2] = ["", "work-phones"]
    assert writer.writes(terminal).name == "work-phones.yaml"
    assert "“work-mailbox” is reserved" in terminal.said


def test_nothing_is_asked_where_nothing_could_be_written(writer: Author) -> None:
    there = writer.folder / "there.yaml"
    there.write_text("mine")
    (writer.folder / "link.yaml").symlink_to("nowhere")
    for path in (there, writer.folder / "link.yaml", writer.folder / "missing" / "a.yaml", there / "a.yaml"):
        terminal = ScriptedTerminal()
        with pytest.raises(NotDoneError):
            writer.writes(terminal, path)
        assert terminal.shown == []
    assert there.read_text() == "mine"


@dataclass
class Interrupted(ScriptedTerminal):
    """Ctrl-C where the script has ended."""

    def line(self, message: str) -> str:
        if not self.lines:
            raise KeyboardInterrupt
        return super().line(message)


def test_who_stops_keeps_the_checks_that_are_complete(writer: Author) -> None:
    whole = one_yes_no()
    terminal = Interrupted([True], [], [*whole.choices, YES_NO, 0], [*whole.lines, "Is it so?"])
    with pytest.raises(KeyboardInterrupt):
        writer.writes(terminal)
    path = writer.folder / "my-our-choir.yaml"
    assert len(read(path).checks) == 1
    assert str(path) in terminal.said


def test_who_stops_before_the_first_check_leaves_no_file(writer: Author) -> None:
    with pytest.raises(KeyboardInterrupt):
        writer.writes(Interrupted([], [], [0, YES_NO, 0], ["Our choir", "", "Is it so?"]))
    assert list(writer.folder.iterdir()) == []


def test_a_list_is_read_whoever_it_is_for(writer: Author) -> None:
    own = writer.writes(one_yes_no())
    writer.source = "acme"
    assert load_list(writer.writes(one_yes_no("Phones")), BUNDLED).id == "acme-phones"
    assert load_list(own, BUNDLED).id == "my-our-choir"
    ours = load_list(BUNDLED / "signal.yaml", BUNDLED)
    assert any(each.core_id for each in ours.checks)

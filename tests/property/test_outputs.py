"""Laws of every form of the report: words stay words, and what is to be left out is in none of them."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.builders import POLICY
from tests.property.answers import LISTS, past, statements
from tests.property.outputs import FRAGMENTS, PLAIN, SLOTS, Said, hostile_sets, people, told

from hygiene.engine.assess import assess
from hygiene.engine.state import current_state
from hygiene.model.record import Chosen, NonAnswer, Record, Scope, Via, Written
from hygiene.reporting.csv_form import COLUMNS
from hygiene.reporting.figures import figures_json, figures_of
from hygiene.reporting.json_form import findings_json, report_json
from hygiene.reporting.occasion import Occasion
from hygiene.reporting.redaction import Redaction, without_names
from hygiene.reporting.report import make_report
from hygiene.reporting.text import render_findings, render_summary
from hygiene.usecases.report import FORMATS, render_report

ROOT = Path(__file__).resolve().parents[2]
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
UNCLEAN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
ALLOWED = frozenset("\n\u200d\u00ad")
OPENERS = ("=", "+", "-", "@", "\t", "\r", "\n")

slowly = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ELSEWHERE = Said(
    "other",
    0,
    True,
    ((0, Chosen("reused"), 1), (1, Written("secret"), 2), (2, NonAnswer.UNKNOWN, 3)),
    ((0, 5), (2, None)),
)
ON_A_SERVER = Said(
    "mastodon",
    1,
    True,
    ((3, Chosen("no"), 1), (1, Chosen("none"), None), (2, Via("secret-c"), 4)),
    ((3, 5), (1, 3)),
)
SOMEBODY = (ON_A_SERVER, ELSEWHERE, ELSEWHERE)
WORST = tuple(f"{''.join(FRAGMENTS)}{number}z" for number in range(SLOTS))


def outputs(person: Sequence[Said], words: Sequence[str], redaction: Redaction) -> Mapping[str, str]:
    assessment, occasion, desk = told(person, words)
    return {form: render_report((assessment, occasion), desk, form, "en", redaction) for form in FORMATS}


def on_the_terminal(person: Sequence[Said], words: Sequence[str]) -> str:
    assessment, occasion, desk = told(person, words)
    report = make_report(assessment, desk.catalogue, desk.policy, occasion, "en")
    return render_summary(report) + render_findings(report)


def structure_of_page(text: str) -> list[tuple[str, ...]]:
    """Every element with its attributes' names, and where its links lead."""
    seen: list[tuple[str, ...]] = []

    class Page(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            links = [value or "" for name, value in attrs if name in ("href", "src")]
            seen.append((tag, *(name for name, _ in attrs), *links))

        def handle_endtag(self, tag: str) -> None:
            seen.append((f"/{tag}",))

        def handle_comment(self, data: str) -> None:
            seen.append(("comment", data))

    Page().feed(text)
    return seen


def structure_of_markdown(text: str) -> list[tuple[str, str, Any]]:
    """Every block and every mark inside it, without the words."""

    def walk(tokens: list[Token]) -> Iterator[tuple[str, str, Any]]:
        for token in tokens:
            if token.type != "text":
                yield token.type, token.tag, token.attrs.get("href")
            yield from walk(token.children or [])

    return list(walk(MARKDOWN.parse(text)))


def unclean(text: str) -> set[str]:
    return {char for char in text if unicodedata.category(char) in UNCLEAN} - ALLOWED


@slowly
@given(people, hostile_sets)
@example(SOMEBODY, WORST)
def test_words_stay_words_in_every_form(person: Sequence[Said], words: Sequence[str]) -> None:
    """Whatever stands in labels, notes, reasons and lists, a form has the shape it has with plain words."""
    said, plain = (outputs(person, each, Redaction.NONE) for each in (words, PLAIN))
    assert structure_of_page(said["html"]) == structure_of_page(plain["html"])
    assert structure_of_markdown(said["md"]) == structure_of_markdown(plain["md"])
    assert said["json"].count("\n") == plain["json"].count("\n")
    for form, text in {**said, "text": on_the_terminal(person, words)}.items():
        assert unclean(text) <= ({"\r"} if form == "csv" else set()), form


@slowly
@given(people, hostile_sets)
@example(SOMEBODY, WORST)
def test_a_table_is_read_back_as_it_was_meant(person: Sequence[Said], words: Sequence[str]) -> None:
    """Every row has all columns, one a finding, and no cell begins as a formula does."""
    said = outputs(person, words, Redaction.NONE)
    heading, *rows = csv.reader(io.StringIO(said["csv"], newline=""), strict=True)
    assert tuple(heading) == COLUMNS
    assert [row[0] for row in rows] == [each["id"] for each in json.loads(said["json"])["findings"]]
    cells = [cell for row in rows for cell in row]
    assert {len(row) for row in rows} <= {len(COLUMNS)}
    assert not [cell for cell in cells if unicodedata.normalize("NFKC", cell).startswith(OPENERS)]
    assert said["csv"].count("\n") == said["csv"].count("\r\n") == len(rows) + 1


@slowly
@given(people, st.sampled_from([Redaction.NAMES, Redaction.COUNTS]))
@example(SOMEBODY, Redaction.NAMES)
@example(SOMEBODY, Redaction.COUNTS)
def test_what_names_an_account_is_in_no_redacted_form(person: Sequence[Said], redaction: Redaction) -> None:
    """Planted in ids, labels, notes, domains, links made of them, answers in words and reasons."""
    matter = told(person, [f"secret {number}" for number in range(SLOTS)], PLAIN)
    for form in FORMATS:
        text = render_report(matter[:2], matter[2], form, "en", redaction)
        assert "secret" not in text.casefold(), form


@slowly
@given(people)
@example(SOMEBODY)
def test_leaving_names_out_changes_nothing_else(person: Sequence[Said]) -> None:
    """The same findings in the same order, with the same outcomes, on as many accounts."""
    assessment, occasion, desk = told(person, PLAIN)
    hidden, _ = without_names(assessment, occasion, desk.catalogue)
    assert figures_of(hidden, occasion) == figures_of(assessment, occasion)
    assert [(each.check.id, each.outcome) for each in hidden.findings] == [
        (each.check.id, each.outcome) for each in assessment.findings
    ]
    numbers = {each.id: other.id for each, other in zip(assessment.accounts, hidden.accounts, strict=True)}
    assert list(numbers.values()) == [f"account-{number}" for number in range(1, len(numbers) + 1)]
    assert [each.account for each in hidden.results] == [
        numbers.get(each.account, each.account) for each in assessment.results
    ]


@slowly
@given(people)
@example(SOMEBODY)
def test_figures_name_no_check_and_no_network(person: Sequence[Said]) -> None:
    """Neither by id nor by title, in any form."""
    assessment, occasion, desk = told(person, PLAIN)
    named = {check.id for each in desk.catalogue.checklists.values() for check in each.checks}
    named |= {each.check.title.to("en") for each in assessment.results}
    named |= {"instagram", "mastodon", "my-list"}
    for form in FORMATS:
        text = render_report((assessment, occasion), desk, form, "en", Redaction.COUNTS).casefold()
        assert [name for name in named if name.casefold() in text] == [], form


@pytest.fixture(scope="module")
def published() -> Draft202012Validator:
    """The published schema; stricter than it, in that no key may be there that it does not name."""
    schema = run_path(str(ROOT / "docs" / "generate_json_schema.py"))["output_schema"]()
    return Draft202012Validator(closed(schema))


def closed(schema: Any) -> Any:
    match schema:
        case {"properties": _}:
            return {key: closed(value) for key, value in schema.items()} | {"additionalProperties": False}
        case dict():
            return {key: closed(value) for key, value in schema.items()}
        case list():
            return [closed(each) for each in schema]
        case _:
            return schema


@settings(deadline=None)
@given(said=st.lists(statements, max_size=30, unique_by=lambda each: (each.seq, each.id)), day=past)
def test_every_report_fits_the_published_schema(
    published: Draft202012Validator, said: Sequence[Any], day: Any
) -> None:
    """Whatever the record: whole, and in figures; the findings alone too."""
    state = current_state(Record(tuple(said)))
    assessment = assess(state, LISTS, POLICY, day, Scope.FULL)
    occasion = Occasion(state.latest_audit)
    for value in (
        report_json(assessment, occasion, "en"),
        figures_json(figures_of(assessment, occasion), "en"),
        findings_json(assessment, "en"),
    ):
        published.validate(json.loads(json.dumps(value)))


def test_a_word_of_a_megabyte_is_a_long_word() -> None:
    """Every form is made, is well-formed, and is as harmless as with a short one."""
    long = [f"{''.join(FRAGMENTS) * 4000}{number}z" for number in range(SLOTS)]
    assert len(long[0]) > 10**6
    nobody = Said("instagram", None, has_domain=False, answers=(), waivers=())
    person = (Said("other", 1, False, ((0, Chosen("no"), None),), ()), nobody, nobody)
    lists = [*PLAIN[:5], long[5]]
    for form in FORMATS:
        said, plain = (
            render_report(matter[:2], matter[2], form, "en")
            for matter in (told(person, long, lists), told(person, PLAIN, PLAIN))
        )
        assert not unclean(said) - {"\r"}
        assert said.count("\n") == plain.count("\n"), form
        if form == "html":
            assert structure_of_page(said) == structure_of_page(plain)

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace
from tests.unit.reporting import sample

from hygiene.model.finding import Waiver
from hygiene.model.text import same
from hygiene.reporting.csv_form import COLUMNS, figures_csv, findings_csv, guarded
from hygiene.reporting.figures import figures_of

Golden = Callable[[str, str], None]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_the_agreed_table(golden: Golden) -> None:
    golden("report.csv", findings_csv(sample.assessment(), "en").replace("\r\n", "\n"))


def test_lines_end_as_rfc_4180_says() -> None:
    text = findings_csv(sample.assessment(), "en")
    assert text.startswith(",".join(COLUMNS) + "\r\n")
    assert text.endswith("\r\n")


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+33", "'+33"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠a", "'＠a"),
        ("\t=1", "'\ufffd=1"),
        ("\r=1", "'\ufffd=1"),
        ("\n=1", "' =1"),
        ("  =1", "'  =1"),
        ("a=1", "a=1"),
        ("my X account", "my X account"),
        ("two\nlines", "two lines"),
        (None, ""),
        (0, "0"),
        (date(2026, 11, 22), "2026-11-22"),
    ],
)
def test_a_cell_is_never_a_formula(words: object, cell: str) -> None:
    assert guarded(words) == cell


def test_a_row_says_what_the_finding_says() -> None:
    found = sample.result("gl", replace(sample.PRIVATE, title=same("Look, “{network}”")), sample.FAIL)
    waived = replace(found, waiver=Waiver("=cmd", date(2027, 1, 1)))
    first, second, third = rows(
        findings_csv(
            replace(
                sample.assessment(),
                findings=(waived, replace(waived, waiver=Waiver("", None)), sample.RESULTS[4]),
            ),
            "en",
        )
    )
    assert first["title"] == "Look, “gitlab.com”"
    assert (first["network"], first["answer"], first["answered_on"], first["due_on"]) == ("other", "", "", "")
    assert (first["waived_until"], first["waiver_reason"]) == ("2027-01-01", "'=cmd")
    assert (second["waived_until"], second["waiver_reason"]) == ("always", "")
    assert (third["waived_until"], third["answer"], third["answered_on"]) == ("", "none", "2026-11-22")


def test_the_age_of_a_password_says_until_when_it_was_fresh() -> None:
    due = {row["id"]: row["due_on"] for row in rows(findings_csv(sample.assessment(), "en")) if row["due_on"]}
    assert due == {
        "insta/instagram.password-age": "2026-06-30",
        "club/instagram.password-age": "2027-02-22",
    }


def test_several_choices_are_one_cell() -> None:
    answers = [row["answer"] for row in rows(findings_csv(sample.assessment(), "en"))]
    assert "games, tools" in answers


def test_titles_speak_the_language_asked_for_and_headings_do_not() -> None:
    text = findings_csv(sample.assessment(), "fr")
    assert "Passer votre compte en privé" in text
    assert text.startswith("id,account,")


def test_figures_are_one_a_row() -> None:
    figures = figures_of(sample.assessment(), sample.OCCASION)
    values = {row["figure"]: row["value"] for row in rows(figures_csv(figures))}
    assert values["score"] == "17"
    assert values["outcomes.not_checked"] == "2"
    assert values["open.critical"] == "1"
    assert values["passwords.due"] == "2"
    assert values["next_audit_on"] == "2027-11-22"

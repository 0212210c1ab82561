"""What can be chosen, question by question."""

from __future__ import annotations

from tests.contract.terminal_questions import DAY, INSTAGRAM, YES_NO, about, check, names, server, site

from hygiene.engine.questions import Question
from hygiene.terminal.offers import offers_of
from hygiene.terminal.words import Speaker


def offered(question: Question) -> list[str]:
    return [each.words for each in offers_of(question, (), Speaker("en", DAY))]


def test_what_is_written_has_no_rows() -> None:
    """“I don’t know” is a letter there."""
    assert offered(server(INSTAGRAM)) == []
    assert offered(names(INSTAGRAM)) == []


def test_before_the_checks_not_to_know_is_offered_where_it_says_something() -> None:
    """Of a host and of the phone number; of what the person uses it would say nothing."""
    assert offered(site()) == ["amazon.fr", "amazon.de", "I don’t know"]
    for name, expected in (("phone-number", ["Yes", "No", "I don’t know"]), ("work", ["Yes", "No"])):
        assert offered(about(check(f"setup.{name}", "?", choices=YES_NO))) == expected

from __future__ import annotations

from datetime import date

from msgspec.structs import replace
from tests.unit.reporting import sample, second_year

from hygiene.model.account import YOU
from hygiene.model.finding import Waiver
from hygiene.model.record import ChecklistUsed, Via, Written
from hygiene.model.text import same
from hygiene.reporting.occasion import Occasion
from hygiene.reporting.redaction import without_names
from hygiene.reporting.report import make_report


def test_accounts_are_numbered_in_the_order_of_adding() -> None:
    hidden, _ = without_names(sample.assessment(), sample.OCCASION, sample.CATALOGUE)
    assert [each.id for each in hidden.accounts] == [f"account-{number}" for number in range(1, 7)]
    assert all(each.label == each.id and each.domain is None for each in hidden.accounts)
    assert [each.network for each in hidden.accounts] == [each.network for each in sample.ACCOUNTS]


def test_the_person_stays_you() -> None:
    hidden, occasion = without_names(sample.assessment(), sample.OCCASION, sample.CATALOGUE)
    assert hidden.results[0].account == YOU
    assert hidden.results[0].check == sample.ADDRESS
    assert occasion.put_off == frozenset({(YOU, "habits.voice")})


def test_who_publishes_a_list_goes_but_for_ours() -> None:
    """It may be the employer."""
    ours = ChecklistUsed("instagram", "2026.11", "sha256:01", "hygiene", "bundled")
    theirs = ChecklistUsed("acme-charter", "1", "sha256:02", "ACME", "source")
    assert sample.OCCASION.audit is not None
    audit = replace(sample.OCCASION.audit, checklists=(ours, theirs))
    _, hidden = without_names(sample.assessment(), replace(sample.OCCASION, audit=audit), sample.CATALOGUE)
    assert hidden.audit is not None
    assert hidden.audit.checklists == (ours, replace(theirs, publisher="", digest=""))


def test_a_service_without_a_list_is_not_named_in_titles() -> None:
    title = sample.both("Close your account on {network}", "Fermer votre compte sur {network}")
    found = sample.result("gl", sample.check("other.exit", title), sample.FAIL)
    hidden, occasion = without_names(sample.assessment((found,)), sample.OCCASION, sample.CATALOGUE)
    report = make_report(hidden, sample.CATALOGUE, sample.POLICY, occasion, "en")
    assert str(report.actions[0].title) == "Close your account on account-5"


def test_links_of_the_list_stay_and_those_of_the_account_go() -> None:
    listed = replace(sample.PRIVATE.remediation, settings_url="https://gl.example.com/me")
    known = replace(sample.PRIVATE, remediation=listed)
    unknown = sample.check("gone.away", same("x"), remedy=listed)
    results = (sample.result("insta", known, sample.FAIL), sample.result("gl", unknown, sample.FAIL))
    hidden, _ = without_names(sample.assessment(results), sample.OCCASION, sample.CATALOGUE)
    first, second = (each.check.remediation for each in hidden.results)
    assert first == sample.PRIVATE.remediation
    assert (second.settings_url, second.help_url) == (None, None)
    assert second.steps == listed.steps


def test_what_the_person_wrote_goes_and_dates_stay() -> None:
    until = date(2027, 1, 1)
    written = replace(
        sample.result("insta", sample.PRIVATE, sample.FAIL, Written("at my sister's")),
        note="ask her",
        waiver=Waiver("she said so", until),
    )
    through = sample.result("club", sample.MAP, sample.FAIL, Via("tw"))
    removed = sample.result("club", sample.MAP, sample.FAIL, Via("gone"))
    assessment = sample.assessment((written, through, removed))
    hidden, _ = without_names(assessment, sample.OCCASION, sample.CATALOGUE)
    first, second, third = hidden.results
    assert (first.answer, first.note, first.waiver) == (None, "", Waiver("", until))
    assert first.answered_on == sample.DAY
    assert (second.answer, third.answer) == (Via("account-3"), Via("account"))


def test_passwords_name_their_accounts_by_number_too() -> None:
    hidden, _ = without_names(sample.assessment(), sample.OCCASION, sample.CATALOGUE)
    assert [each.via for each in hidden.passwords if each.via] == ["account-3"]
    assert all(each.account.id.startswith("account-") for each in hidden.passwords)
    assert [each.age for each in hidden.passwords] == [each.age for each in sample.passwords()]


def test_changes_are_told_of_the_same_accounts() -> None:
    hidden, occasion = without_names(sample.assessment(), second_year.OCCASION, sample.CATALOGUE)
    assert occasion.changes
    assert [each.account for each in occasion.changes.regressed] == [
        "account-1",
        "account-3",
        YOU,
        "account-1",
        "account-2",
    ]
    assert [each.id for each in occasion.changes.closed] == ["account-6"]
    assert occasion.history == second_year.OCCASION.history
    assert hidden.score == sample.assessment().score


def test_an_account_that_only_a_change_knows_gets_a_number() -> None:
    gone = sample.result("removed-one", sample.MAP, sample.FAIL)
    occasion = Occasion(changes=replace(second_year.CHANGES, retired=(gone,)))
    _, hidden = without_names(sample.assessment(()), occasion, sample.CATALOGUE)
    assert hidden.changes
    assert hidden.changes.retired[0].account.startswith("account-")

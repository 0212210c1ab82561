from __future__ import annotations

import json
import re
import unicodedata
from datetime import date

import pytest
from msgspec.structs import replace
from tests.builders import DAY, POLICY, state
from tests.unit.reporting.sample import HOSTILE

from hygiene.engine.leaving import plan_leaving
from hygiene.model.account import Purpose
from hygiene.model.checklist import Catalogue
from hygiene.model.record import AccountAdded, AnswerGiven, Chosen, Event, NonAnswer, SettingChosen
from hygiene.reporting.json_form import to_text
from hygiene.reporting.leaving_json import leaving_json
from hygiene.reporting.leaving_markdown import render_leaving_markdown
from hygiene.reporting.leaving_sheet import Sheet, make_sheet
from hygiene.reporting.leaving_text import render_leaving
from hygiene.reporting.words import Voice

LAST = date(2027, 3, 31)
MINE = SettingChosen("computer", "mine")


def mine(account: str, network: str, label: str = "") -> AccountAdded:
    return AccountAdded(account, network, label, Purpose.PERSONAL)


def said(account: str, check: str, choice: str) -> AnswerGiven:
    return AnswerGiven(account, check, Chosen(choice))


TIED = (
    mine("insta", "instagram", "my Instagram"),
    mine("tw", "x"),
    mine("li", "linkedin"),
    AccountAdded("page", "facebook", "the company page", Purpose.WORK),
    said("insta", "instagram.owner-email", "work"),
    said("tw", "x.owner-email", "work"),
    AnswerGiven("li", "linkedin.owner-email", NonAnswer.UNKNOWN),
    said("tw", "x.recovery", "work"),
    said("you", "habits.separate-devices", "mixed"),
    said("you", "phone.own-line", "employer"),
    AccountAdded("wm", "work-mailbox", "", Purpose.WORK),
    said("wm", "work-mailbox.leaving", "no"),
)


def sheet(catalogue: Catalogue, *events: Event, language: str = "en", last: date = LAST) -> Sheet:
    said_so = state(*events)
    plan = plan_leaving(said_so, catalogue, POLICY, last, DAY)
    return make_sheet(plan, Voice(language, DAY, catalogue, said_so.accounts))


def text(catalogue: Catalogue, *events: Event, width: int = 76) -> str:
    return render_leaving(sheet(catalogue, *events), width)


def flat(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def test_an_item_says_what_where_by_when_why_and_from_which_answer(bundled: Catalogue) -> None:
    page = flat(text(bundled, *TIED))
    assert "Leaving your job on 31 March 2027" in page
    assert (
        "Bring the recovery phone and contacts up to date (by 17 March 2027, high severity, 5 min): X" in page
    )
    assert "They let you back in when the password is lost." in page
    assert "Your answer: Some belong to my employer, or to the group" in page
    assert "Open the settings: https://x.com/settings/phone" in page
    assert "- Go back and look at Email in the same way." in page


def test_one_answer_on_several_accounts_is_said_once_and_a_doubt_as_such(bundled: Catalogue) -> None:
    page = flat(text(bundled, *TIED))
    assert "my Instagram, X (Twitter). Your answer: My employer’s" in page
    assert "LinkedIn. You did not know: find that out first." in page


def test_days_stand_at_the_head_of_each_stretch(bundled: Catalogue) -> None:
    lines = text(bundled, *TIED).splitlines()
    heads = [
        "Before your last day: by 17 March 2027",
        "On your last day: 31 March 2027",
        "The day after: 1 April 2027",
        "A month later: 30 April 2027",
    ]
    assert [line for line in lines if line in heads] == heads


def test_what_comes_too_late_says_so(bundled: Catalogue) -> None:
    page = render_leaving(sheet(bundled, *TIED, last=DAY))
    assert "What was for the time before your last day: as soon as you can" in page
    assert "On your last day: 22 November 2026" in page


def test_a_look_back_lists_what_was_tied_on_accounts_and_without(bundled: Catalogue) -> None:
    after = text(bundled, *TIED).partition("The day after")[2].partition("A month later")[0]
    assert "- Bring the recovery phone and contacts up to date: X (Twitter)" in flat(after)
    assert "- Use a number that is in your own name\n" in after


def test_a_bare_no_is_not_repeated(bundled: Catalogue) -> None:
    item = text(bundled, *TIED).partition("Find out what becomes of the mailbox")[2].partition("\n\n")[0]
    assert "Read the IT charter" in item
    assert "Your answer" not in item


def test_where_everything_was_asked_no_list_of_gaps_follows(bundled: Catalogue) -> None:
    made = replace(sheet(bundled, *TIED), unasked=())
    assert "Not checked" not in render_leaving(made) + render_leaving_markdown(made)


def test_a_company_page_is_handed_over_with_a_second_administrator(bundled: Catalogue) -> None:
    page = flat(text(bundled, *TIED))
    assert "Hand over your work accounts (by 17 March 2027): the company page (Facebook)" in page
    assert "Name a second administrator" in page


def test_nobody_is_told_to_take_the_employers_files(bundled: Catalogue) -> None:
    assert "Leave your employer’s files, messages and contacts where they are" in flat(text(bundled, *TIED))


def test_who_is_tied_to_nothing_gets_a_short_honest_plan(bundled: Catalogue) -> None:
    page = text(bundled, MINE, mine("tw", "x"))
    assert "As far as your answers say, nothing of yours is tied to your work." in page
    assert "- Attach the account to the right mailbox or number: X (Twitter)" in page
    assert not re.search(r"^1\. ", page, re.MULTILINE)
    assert "nothing of yours is tied" not in text(bundled, *TIED)


def test_steps_for_many_places_are_left_to_markdown(bundled: Catalogue) -> None:
    many = [mine(network, network) for network in ("instagram", "x", "linkedin", "whatsapp", "github")]
    events: tuple[Event, ...] = (*many, said("you", "habits.separate-devices", "mixed"))
    page = text(bundled, *events)
    assert "- X (Twitter): https://x.com/settings/sessions" in page
    assert "With every step: `hygiene leaving --format md`." in page
    assert "- WhatsApp\n" in page  # no page to open there, so the steps stay
    marked = render_leaving_markdown(sheet(bundled, *events))
    assert marked.count("- [ ] ") > page.count("\n   - ")
    assert "[Open the settings](<https://x.com/settings/sessions>)" in marked


@pytest.mark.parametrize("width", [1, 40, 76, 200])
def test_lines_keep_to_the_width_and_commands_stay_whole(bundled: Catalogue, width: int) -> None:
    page = text(bundled, *TIED, width=width)
    for line in page.splitlines():
        rest = re.sub(r"`[^`]*`\S*", "", line.strip().removeprefix("- "))
        assert len(line) <= max(width, 20) or len(rest.split()) <= 1
    assert "`hygiene store backup FILE`" in page
    assert "`hygiene audit --new`" in page


def test_labels_command_neither_a_terminal_nor_markdown(bundled: Catalogue) -> None:
    events: tuple[Event, ...] = (mine("tw", "x", HOSTILE), said("tw", "x.owner-email", "work"))
    made = sheet(bundled, *events)
    for page in (render_leaving(made), render_leaving_markdown(made)):
        bad = {each for each in page if unicodedata.category(each) in ("Cc", "Cf") and each != "\n"}
        assert not bad
    assert "[a](javascript" not in render_leaving_markdown(made)


def test_markdown_is_a_list_of_boxes_with_a_word_of_warning(bundled: Catalogue) -> None:
    page = render_leaving_markdown(sheet(bundled, *TIED))
    assert page.startswith("# Leaving your job on 31 March 2027\n")
    assert "\n> This plan says what you have and where: anyone who has the file can read it.\n" in page
    assert "\n- [ ] **Bring the recovery phone and contacts up to date** (by 17 March 2027" in page
    assert "\n## Not checked: never asked, or put off\n" in page


def test_texts_of_checklists_and_days_are_in_the_language_asked_for(bundled: Catalogue) -> None:
    page = render_leaving(sheet(bundled, *TIED, language="fr"))
    assert "Rattacher le compte à la bonne boîte mail" in flat(page)
    assert "1er\N{NO-BREAK SPACE}avril 2027" in page


def test_json_has_ids_and_no_name(bundled: Catalogue) -> None:
    plan = plan_leaving(state(*TIED), bundled, POLICY, LAST, DAY)
    form = to_text(leaving_json(plan))
    assert "my Instagram" not in form
    read = json.loads(form)
    assert (read["schema"], read["last_day"], read["tied"]) == ("hygiene.leaving/1", "2027-03-31", True)
    before = read["phases"][0]
    assert (before["when"], before["by"], before["late"]) == ("before", "2027-03-17", False)
    deeds = {task["deed"]: task for task in before["tasks"]}
    assert deeds["hand-over"]["accounts"] == ["page"]
    assert any("tw/x.recovery" in task["checks"] for task in before["tasks"])
    assert "you/passwords.separate" in read["not_checked"]

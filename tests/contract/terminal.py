"""What every `Terminal` does, whatever it looks like: the same keys and numbers mean the same everywhere."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.contract.terminal_questions import (
    DAY,
    INSTAGRAM,
    LINKEDIN,
    NOTHING_LEFT,
    PASSWORD_AGE,
    PRIVATE,
    PROGRESS,
    URL,
    X,
    about,
    addresses,
    last_year,
    many,
    names,
    password,
    server,
    site,
    when_looked,
)

from hygiene.engine.questions import Answered, Back, Question, Reply, Skip, Stop, Terminal
from hygiene.model.dates import Interval
from hygiene.model.record import NEVER, PASSKEY, Chosen, ChosenMany, Dated, NonAnswer, Via, Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hygiene.model.record import Answer

WAYS_ON = ("Try again", "Use the recovery code", "I have neither")
MARCH = Dated(Interval(date(2026, 3, 1), date(2026, 3, 31)))
THIS_MONTH = Dated(Interval(date(2026, 11, 1), DAY))


@dataclass(frozen=True)
class Key:
    """A single key of a list; in plain lines, a line of its own."""

    letter: str


Typed = str | Key
"""A text is typed with Enter after it."""


@dataclass
class Desk:
    """A terminal, and what its browser was asked to open."""

    terminal: Terminal
    opened: list[str] = field(default_factory=list)

    def ask(self, question: Question) -> Reply:
        return self.terminal.ask(question, PROGRESS)


class TerminalContract(ABC):
    """Inherited by the tests of each renderer, which say how something is typed, and what its end raises."""

    ended: type[BaseException]

    @abstractmethod
    def desk(self, *typed: Typed, has_browser: bool = True) -> Desk:
        """Return a terminal at which that is typed and nothing more."""

    @pytest.fixture(autouse=True)
    def _clean_up(self) -> Iterator[None]:
        yield
        self.tear_down()

    def tear_down(self) -> None:
        """Release what `desk` took."""
        return

    def reply(self, question: Question, *typed: Typed) -> Reply:
        return self.desk(*typed).ask(question)

    def answer(self, question: Question, *typed: Typed) -> Answer:
        reply = self.reply(question, *typed)
        assert isinstance(reply, Answered)
        assert len(set(reply.by_account.values())) == 1
        assert list(reply.by_account) == [each.account_id for each in question.accounts]
        return next(iter(reply.by_account.values()))

    def test_a_choice_is_its_number(self) -> None:
        assert self.answer(PRIVATE, "2") == Chosen("no")

    def test_what_was_said_last_time_is_kept_by_enter(self) -> None:
        assert self.answer(last_year(PRIVATE, Chosen("no")), "") == Chosen("no")

    def test_a_number_that_is_not_there_chooses_nothing(self) -> None:
        assert self.answer(PRIVATE, "9", "2") == Chosen("no")

    def test_i_do_not_know_is_a_key_and_a_row(self) -> None:
        assert self.answer(PRIVATE, Key("d")) is NonAnswer.UNKNOWN
        assert self.answer(PRIVATE, "3") is NonAnswer.UNKNOWN

    def test_it_does_not_apply(self) -> None:
        assert self.answer(PRIVATE, Key("x")) is NonAnswer.NOT_APPLICABLE

    def test_that_it_does_not_apply_can_be_kept(self) -> None:
        assert self.answer(last_year(PRIVATE, NonAnswer.NOT_APPLICABLE), "") is NonAnswer.NOT_APPLICABLE

    def test_back_skip_and_stop_leave_the_question(self) -> None:
        assert self.reply(PRIVATE, Key("b")) == Back()
        assert self.reply(PRIVATE, Key("s")) == Skip()
        assert self.reply(PRIVATE, Key("q")) == Stop()

    def test_the_end_of_what_is_typed_is_a_stop(self) -> None:
        assert self.reply(PRIVATE) == Stop()

    def test_why_then_an_answer(self) -> None:
        assert self.answer(PRIVATE, Key("?"), "1") == Chosen("yes")

    def test_a_note_goes_with_the_answer(self) -> None:
        assert self.reply(PRIVATE, Key("n"), "changing in  January", "2") == Answered(
            {"instagram": Chosen("no")}, "changing in January"
        )

    def test_a_note_of_last_time_is_kept(self) -> None:
        question = last_year(PRIVATE, Chosen("no"), note="old")
        assert self.reply(question, "") == Answered({"instagram": Chosen("no")}, "old")

    def test_a_note_may_be_left_empty(self) -> None:
        assert self.reply(PRIVATE, Key("n"), "", "1") == Answered({"instagram": Chosen("yes")}, "")

    def test_one_may_stop_from_a_note(self) -> None:
        assert self.reply(PRIVATE, Key("n"), "q") == Stop()

    def test_the_settings_page_opens_after_its_host_was_shown(self) -> None:
        desk = self.desk(Key("o"), "1", "1")
        assert desk.ask(PRIVATE) == Answered({"instagram": Chosen("yes")})
        assert desk.opened == [URL]

    def test_without_a_browser_the_question_goes_on(self) -> None:
        desk = self.desk(Key("o"), "1", "1", has_browser=False)
        assert desk.ask(PRIVATE) == Answered({"instagram": Chosen("yes")})

    def test_a_page_may_stay_closed(self) -> None:
        desk = self.desk(Key("o"), Key("b"), Key("o"), Key("q"))
        assert desk.ask(PRIVATE) == Stop()
        assert desk.opened == []

    def test_many_takes_several_one_or_none(self) -> None:
        assert self.answer(many(24), "1,3,24") == ChosenMany(("n1", "n3", "n24"))
        assert self.answer(many(24), "2") == ChosenMany(("n2",))
        assert self.answer(many(3), Key("0")) == ChosenMany(())

    def test_what_was_ticked_last_time_is_kept_by_enter(self) -> None:
        assert self.answer(last_year(many(12), ChosenMany(("n2", "n11"))), "") == ChosenMany(("n2", "n11"))

    def test_a_number_that_is_not_there_ticks_nothing(self) -> None:
        assert self.answer(many(3), "9", "2") == ChosenMany(("n2",))

    def test_text_is_what_was_written(self) -> None:
        assert self.answer(names(), "the club’s page, b") == Written("the club’s page, b")

    def test_letters_alone_are_keys_even_where_one_writes(self) -> None:
        assert self.reply(names(), "b") == Back()
        assert self.reply(names(), "s") == Skip()
        assert self.reply(names(), "q") == Stop()
        assert self.answer(names(), "?", "banane") == Written("banane")

    def test_letters_that_mean_nothing_here_are_words(self) -> None:
        assert self.answer(names(), "x") == Written("x")

    def test_nothing_written_is_asked_again(self) -> None:
        assert self.answer(names(), "", "Ada") == Written("Ada")

    def test_what_was_written_last_time_is_kept_by_enter(self) -> None:
        assert self.answer(last_year(names(), Written("Ada")), "") == Written("Ada")

    def test_a_host_is_what_was_written_or_pasted(self) -> None:
        assert self.answer(server(INSTAGRAM), "@me@Mastodon.Social") == Written("mastodon.social")
        assert self.answer(server(INSTAGRAM), "https://piaille.fr/@me") == Written("piaille.fr")

    def test_what_is_no_host_is_asked_again(self) -> None:
        typed = "my server", "", "mastodon", "piaille.fr"
        assert self.answer(server(INSTAGRAM), *typed) == Written("piaille.fr")

    def test_of_addresses_the_hosts_are_kept(self) -> None:
        """What else a pasted address says is nobody's business."""
        typed = "https://gitlab.com/me?key=1, me@Notion.so www.gitlab.com"
        assert self.answer(addresses(), typed) == Written("gitlab.com, notion.so")

    def test_a_word_that_is_no_address_is_not_lost_in_silence(self) -> None:
        assert self.answer(addresses(), "gitlab", ",", "gitlab.com, my bank", "a.org") == Written("a.org")

    def test_one_need_not_know_a_host(self) -> None:
        assert self.answer(server(INSTAGRAM), "?", "d") is NonAnswer.UNKNOWN
        assert self.answer(site(), Key("d")) is NonAnswer.UNKNOWN
        assert self.answer(site(), "3") is NonAnswer.UNKNOWN

    def test_one_may_go_back_from_a_host_or_leave_it_for_later(self) -> None:
        for question in (server(INSTAGRAM), site()):
            assert self.reply(question, Key("b") if question.check.choices else "b") == Back()
            assert self.reply(question, Key("s") if question.check.choices else "s") == Skip()
            assert self.reply(question, Key("q") if question.check.choices else "q") == Stop()

    def test_a_host_may_be_one_of_a_few(self) -> None:
        assert self.answer(site(), "2") == Chosen("amazon.de")
        assert self.answer(last_year(site(), Chosen("amazon.de")), "") == Chosen("amazon.de")
        assert self.answer(last_year(site(), NonAnswer.UNKNOWN), "") is NonAnswer.UNKNOWN

    def test_a_host_that_was_written_is_kept_by_enter(self) -> None:
        before = last_year(server(INSTAGRAM), Written("piaille.fr"))
        assert self.answer(before, "") == Written("piaille.fr")
        unknown = last_year(server(INSTAGRAM), NonAnswer.UNKNOWN)
        assert self.answer(unknown, "", "piaille.fr") == Written("piaille.fr")

    def test_hosts_are_asked_account_by_account(self) -> None:
        assert self.reply(server(INSTAGRAM, X), "piaille.fr", "here", "b", "", "d") == Answered(
            {"instagram": Written("piaille.fr"), "x": NonAnswer.UNKNOWN}
        )

    def test_a_rough_age_is_a_choice(self) -> None:
        assert self.answer(when_looked(), "1") == THIS_MONTH

    def test_a_date_is_said_back_and_confirmed(self) -> None:
        assert self.answer(when_looked(), "5", "march 2026", "") == MARCH

    def test_a_date_that_is_not_understood_is_asked_again(self) -> None:
        assert self.answer(when_looked(), "5", "whenever", "31/12/2030", "2024", "march 2026", "") == MARCH

    def test_one_may_go_back_or_stop_from_a_date(self) -> None:
        assert self.answer(when_looked(), "5", "b", "6") == NEVER
        assert self.reply(when_looked(), "5", "q") == Stop()

    def test_a_date_of_last_time_is_kept_by_enter(self) -> None:
        assert self.answer(last_year(when_looked(), MARCH), "") == MARCH
        assert self.answer(last_year(when_looked(), THIS_MONTH), "") == THIS_MONTH

    def test_a_password_may_be_a_passkey(self) -> None:
        assert self.answer(about(PASSWORD_AGE, INSTAGRAM), "7") == PASSKEY

    def test_one_answer_for_all_accounts(self) -> None:
        assert self.answer(password(), "2") == Chosen("reused")

    def test_each_account_may_have_its_own_answer(self) -> None:
        assert self.reply(password(), "4", "1", "2", Key("d")) == Answered(
            {"instagram": Chosen("random"), "x": Chosen("reused"), "linkedin": NonAnswer.UNKNOWN}
        )

    def test_one_account_may_be_left_for_later(self) -> None:
        assert self.reply(password(), "4", "1", Key("s"), "2") == Answered(
            {"instagram": Chosen("random"), "x": NonAnswer.LATER, "linkedin": Chosen("reused")}
        )

    def test_back_goes_to_the_account_before_then_out(self) -> None:
        assert self.reply(password(), "4", "1", Key("b"), "2", "2", "2") == Answered(
            dict.fromkeys(("instagram", "x", "linkedin"), Chosen("reused"))
        )
        assert self.reply(password(), "4", Key("s"), Key("b"), Key("b"), Key("b")) == Back()

    def test_stopping_among_accounts_keeps_what_was_said(self) -> None:
        desk = self.desk("4", "1", Key("q"))
        assert desk.ask(password()) == Answered({"instagram": Chosen("random")})
        assert desk.ask(PRIVATE) == Stop()
        assert self.reply(password(), "4", Key("q")) == Stop()

    def test_different_answers_of_last_time_are_kept_by_enter(self) -> None:
        before: dict[str, Answer] = {
            "instagram": Chosen("random"),
            "x": Chosen("reused"),
            "linkedin": NonAnswer.UNKNOWN,
        }
        assert self.reply(last_year(password(), before), "") == Answered(before)

    def test_an_account_may_be_signed_in_to_with_another(self) -> None:
        ages = about(PASSWORD_AGE, INSTAGRAM, X, LINKEDIN)
        reply = self.reply(ages, "9", "8", "2", "8", Key("b"), "1", "1")
        assert reply == Answered({"instagram": Via("linkedin"), "x": THIS_MONTH, "linkedin": THIS_MONTH})
        assert self.reply(ages, "9", "8", Key("q")) == Stop()

    def test_many_may_differ_by_account(self) -> None:
        reply = self.reply(many(3, INSTAGRAM, X), "4", "1,2", Key("0"))
        assert reply == Answered({"instagram": ChosenMany(("n1", "n2")), "x": ChosenMany(())})

    def test_texts_are_asked_account_by_account(self) -> None:
        assert self.reply(names(INSTAGRAM, X), "Ada", "b", "", "Cleo") == Answered(
            {"instagram": Written("Ada"), "x": Written("Cleo")}
        )
        assert self.reply(names(INSTAGRAM, X), "b") == Back()

    def test_without_a_settings_page_there_is_no_key_for_it(self) -> None:
        assert self.reply(NOTHING_LEFT, Key("o"), "1") == Answered({"you": Chosen("yes")})

    def test_messages_and_yes_or_no(self) -> None:
        terminal = self.desk("", "", Key("n"), Key("y")).terminal
        terminal.show("Welcome.\n\n    ABCD-EFGH")
        assert terminal.confirm("Begin?", default=True) is True
        assert terminal.confirm("Begin?", default=False) is False
        assert terminal.confirm("Begin?", default=True) is False
        assert terminal.confirm("Begin?", default=False) is True

    def test_a_secret_is_taken_as_it_is(self) -> None:
        assert self.desk("b  q ").terminal.secret("Passphrase: ") == "b  q "

    def test_one_of_several_is_its_number_and_enter_leads_to_the_first(self) -> None:
        terminal = self.desk("3", "", "2").terminal
        assert terminal.choose("What now?", WAYS_ON) == 2
        assert terminal.choose("What now?", WAYS_ON) == 0
        assert terminal.choose("What now?", WAYS_ON) == 1

    def test_what_is_not_one_of_several_chooses_nothing(self) -> None:
        letters = [Key(letter) for letter in "bqsh?ny"]
        assert self.desk("9", "0", *letters, "2").terminal.choose("What now?", WAYS_ON) == 1

    def test_the_end_of_what_is_typed_chooses_and_writes_nothing(self) -> None:
        terminal = self.desk().terminal
        with pytest.raises(self.ended):
            terminal.choose("What now?", WAYS_ON)
        with pytest.raises(self.ended):
            terminal.line("Recovery code:")

    @pytest.mark.parametrize("words", ["", "q", "b", "?", "ABCD efgh", "notes/my  codes.txt", "the club’s"])
    def test_a_line_is_taken_as_it_is_without_the_spaces_around_it(self, words: str) -> None:
        assert self.desk(words).terminal.line("Recovery code: ") == words
        assert self.desk(f"  {words} ").terminal.line("Recovery code: ") == words

    def test_a_choice_and_a_line_end_the_interview_before_them(self) -> None:
        """Stopping among accounts stops that interview only, as `show` and `confirm` know too."""
        desk = self.desk("4", "1", Key("q"), "", "2")
        desk.ask(password())
        desk.terminal.choose("What now?", WAYS_ON)
        assert desk.ask(PRIVATE) == Answered({"instagram": Chosen("no")})
        desk = self.desk("4", "1", Key("q"), "", "2")
        desk.ask(password())
        desk.terminal.line("Recovery code:")
        assert desk.ask(PRIVATE) == Answered({"instagram": Chosen("no")})

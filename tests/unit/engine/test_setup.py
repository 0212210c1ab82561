"""What is asked before the first check, and the accounts that its answers add, name and drop."""

import pytest
from msgspec.structs import replace
from tests.builders import (
    DAY,
    audit_started,
    both,
    catalogue,
    check,
    checklist,
    sitting,
    state,
)
from tests.unit.engine import placed

from hygiene.engine.interview import Interview
from hygiene.engine.questions import Answered, Back, Question, Skip
from hygiene.engine.setup import account_id, events_of, setup_questions
from hygiene.engine.sitting import Sitting
from hygiene.engine.state import State
from hygiene.model.account import YOU, Purpose
from hygiene.model.checklist import Kind
from hygiene.model.record import (
    AccountAdded,
    AccountClosed,
    AccountPlaced,
    AccountPurposed,
    AccountRemoved,
    Answer,
    AnswerGiven,
    Chosen,
    ChosenMany,
    Event,
    NonAnswer,
    Scope,
    Written,
)

LISTS = catalogue(
    checklist("instagram", check("instagram.map"), network="instagram"),
    checklist("x", check("x.apps"), network="x"),
    checklist("other", check("other.exit"), network="other"),
)
SITTING = sitting(LISTS)
INSTA = AccountAdded("instagram", "instagram", purpose=Purpose.PERSONAL)


def given(check_id: str, answer: Answer, account: str = YOU) -> AnswerGiven:
    return AnswerGiven(account, f"setup.{check_id}", answer)


def ticked(*networks: str) -> AnswerGiven:
    return given("networks", ChosenMany(networks))


def questions(now: State, what: Sitting = SITTING) -> tuple[Question, ...]:
    audit = now.latest_audit
    assert audit is not None
    return tuple(setup_questions(now, audit, what))


def keys(now: State, what: Sitting = SITTING) -> list[str]:
    return [each.key.partition(".")[2] for each in questions(now, what)]


def started(*events: Event, before: tuple[Event, ...] = (), portion: int = 1) -> State:
    return state(*before, audit_started(Scope.DEFAULT, portion), *events)


def after(now: State, answer: AnswerGiven) -> tuple[Event, ...]:
    """The events of an answer, which end with the answer itself."""
    *others, last = events_of(answer, now, SITTING)
    assert last == answer
    return tuple(others)


class TestQuestions:
    def test_networks_come_first_in_the_order_of_the_register(self) -> None:
        """With the register's names as choices; on an empty record there is nothing else."""
        (question,) = questions(started())
        assert question.kind is Kind.MANY
        assert [each.id for each in question.check.choices] == list(LISTS.networks)
        assert question.check.choices[0].text == both("Mailbox", "Boîte mail")

    def test_other_services_are_asked_for_by_their_address(self) -> None:
        """Only where “another service” was ticked."""
        assert keys(started(ticked("other"))) == ["networks", "domains"]
        assert keys(started(ticked("instagram"))) == ["networks"]

    def test_several_accounts_are_asked_of_networks_with_a_checklist(self) -> None:
        """Each network once, however many accounts it has; a service known by its domain is one account."""
        now = started(
            INSTA,
            replace(INSTA, account="instagram-2"),
            AccountAdded("github", "github", purpose=Purpose.WORK),
            AccountAdded("other", "other", domain="a.org", purpose=Purpose.WORK),
        )
        assert keys(now) == ["networks", "several"]
        assert [each.id for each in questions(now)[1].check.choices] == ["instagram"]

    def test_names_are_asked_for_each_network_with_several(self) -> None:
        """By the network's name; a network that has no account any more is passed over."""
        now = started(
            INSTA,
            AccountAdded("x", "x", purpose=Purpose.PERSONAL),
            given("several", ChosenMany(("instagram", "x", "github"))),
        )
        asked = questions(now)
        assert [each.key for each in asked[2:]] == ["setup.names", "setup.names"]
        assert [each.accounts[0].account_id for each in asked[2:]] == ["instagram", "x"]

    def test_the_purpose_is_asked_only_where_it_is_not_known(self) -> None:
        """All accounts on one screen; one answered in this portion stays, so that “back” leads there."""
        unknown = AccountAdded("x", "x")
        assert keys(started(INSTA)) == ["networks", "several"]
        (*_, purpose) = questions(started(INSTA, unknown, AccountAdded("gh", "github")))
        assert purpose.key == "setup.purpose"
        assert [each.account_id for each in purpose.accounts] == ["x", "gh"]
        said = (AccountPurposed("x", Purpose.WORK), given("purpose", Chosen("work"), "x"))
        assert keys(started(unknown, *said)) == ["networks", "several", "purpose"]
        assert keys(started(before=(unknown, *said))) == ["networks", "several"]

    def test_later_portions_ask_only_for_purposes(self) -> None:
        """The accounts were chosen in the first one."""
        assert keys(started(AccountAdded("x", "x"), ticked("other"), portion=2)) == ["purpose"]
        assert keys(started(INSTA, portion=2)) == []

    def test_an_audit_of_named_checklists_asks_only_for_purposes(self) -> None:
        """The person has said what it is about."""
        assert keys(started(AccountAdded("x", "x"), INSTA), sitting(LISTS, "x")) == ["purpose"]

    def test_closed_accounts_are_not_asked_about(self) -> None:
        """Neither for a purpose nor for a name."""
        now = started(AccountAdded("x", "x"), AccountClosed("x"))
        assert keys(now) == ["networks"]


class TestNetworks:
    def test_ticking_adds_an_account(self) -> None:
        """With the purpose that the network itself decides; other services wait for their address."""
        assert after(started(), ticked("instagram", "work-mailbox", "other")) == (
            AccountAdded("instagram", "instagram"),
            AccountAdded("work-mailbox", "work-mailbox", purpose=Purpose.WORK),
        )

    def test_ticking_again_adds_nothing(self) -> None:
        """Last year's accounts stay the same ones."""
        assert after(started(INSTA, ticked("instagram")), ticked("instagram")) == ()

    def test_taking_a_tick_away_drops_what_was_never_used(self) -> None:
        """All accounts of that network; going back to correct a slip leaves no trace."""
        now = started(
            ticked("instagram", "x"),
            INSTA,
            AccountAdded("instagram-2", "instagram", "the club"),
            AccountAdded("x", "x"),
            given("purpose", Chosen("personal"), "instagram"),
        )
        assert after(now, ticked("x")) == (AccountRemoved("instagram"), AccountRemoved("instagram-2"))

    def test_an_account_with_answers_is_kept(self) -> None:
        """Its history is not thrown away by a missing tick."""
        now = started(ticked("instagram"), INSTA, AnswerGiven("instagram", "instagram.map", Chosen("yes")))
        assert after(now, ticked("x")) == (AccountAdded("x", "x"),)

    def test_an_account_added_elsewhere_is_kept(self) -> None:
        """`hygiene account add`, or an answers file: here it was never ticked."""
        assert after(started(INSTA), ticked()) == ()

    def test_a_network_that_is_not_in_the_register_is_passed_over(self) -> None:
        """An older store may know one that is gone."""
        assert after(started(), ticked("gone")) == ()

    @pytest.mark.parametrize("answer", [NonAnswer.UNKNOWN, NonAnswer.LATER, Chosen("instagram")])
    def test_no_ticks_are_no_change(self, answer: Answer) -> None:
        """To put the question off drops nobody."""
        assert after(started(ticked("instagram"), INSTA), given("networks", answer)) == ()


class TestDomains:
    def test_each_address_is_an_account(self) -> None:
        """As pasted, by commas, semicolons, spaces or lines; each once; what is no address is left out."""
        words = "https://GitLab.com/me?x=1, www.notion.so;notion.so\nnot an address example.org"
        added = after(started(), given("domains", Written(words)))
        assert added == (
            AccountAdded("other", "other", domain="gitlab.com"),
            AccountAdded("other-2", "other", domain="notion.so"),
            AccountAdded("other-3", "other", domain="example.org"),
        )

    def test_an_address_known_already_adds_nothing(self) -> None:
        """The same answer given again next year."""
        now = started(AccountAdded("other", "other", domain="gitlab.com"))
        assert after(now, given("domains", Written("gitlab.com, a.org"))) == (
            AccountAdded("other-2", "other", domain="a.org"),
        )

    def test_an_address_that_is_corrected_leaves_no_trace(self) -> None:
        """Unless something was said about it, or it came in otherwise."""
        slip = AccountAdded("other", "other", domain="gitlb.com")
        now = started(slip, given("domains", Written("gitlb.com")))
        corrected = given("domains", Written("gitlab.com"))
        assert after(now, corrected) == (
            AccountAdded("other-2", "other", domain="gitlab.com"),
            AccountRemoved("other"),
        )
        used = AnswerGiven("other", "other.exit", Chosen("yes"))
        added = (AccountAdded("other-2", "other", domain="gitlab.com"),)
        assert after(started(slip, given("domains", Written("gitlb.com")), used), corrected) == added
        assert after(started(slip), corrected) == added


class TestNames:
    def test_each_name_is_a_further_account(self) -> None:
        """By commas, semicolons or lines: a name may hold spaces. One said already adds nothing."""
        now = started(INSTA, AccountAdded("instagram-2", "instagram", "the club"))
        words = " the club, my old one;\n , my old one, work "
        assert after(now, given("names", Written(words), "instagram")) == (
            AccountAdded("instagram-3", "instagram", "my old one"),
            AccountAdded("instagram-4", "instagram", "work"),
        )

    def test_a_name_that_is_corrected_leaves_no_trace(self) -> None:
        """Nor do names where the tick that asked for them is taken away; ticked again, they come back."""
        slip = (INSTA, AccountAdded("instagram-2", "instagram", "clbu"), AccountAdded("x", "x", "clbu"))
        named = given("names", Written("clbu"), "instagram")
        now = started(given("several", ChosenMany(("instagram",))), *slip, named)
        assert after(now, given("names", Written("club"), "instagram")) == (
            AccountAdded("instagram-3", "instagram", "club"),
            AccountRemoved("instagram-2"),
        )
        unticked = given("several", ChosenMany(()))
        dropped = (AccountRemoved("instagram-2"),)
        assert after(now, unticked) == dropped
        without = started(*slip, named, unticked, *dropped)
        assert after(without, named) == (AccountAdded("instagram-3", "instagram", "clbu"),)
        ticked_again = given("several", ChosenMany(("instagram",)))
        assert after(without, ticked_again) == (AccountAdded("instagram-3", "instagram", "clbu"),)

    def test_a_name_of_last_year_is_the_account_that_has_another_name_now(self) -> None:
        """Enter adds nothing."""
        named = given("names", Written("the club"), "instagram")
        renamed = AccountAdded("instagram-2", "instagram", "our club")
        assert after(started(before=(INSTA, renamed, named)), named) == ()

    def test_the_same_name_on_another_network_is_another_account(self) -> None:
        """Names are told apart on one network only."""
        now = started(INSTA, AccountAdded("x", "x", "the club"))
        assert after(now, given("names", Written("the club"), "instagram")) == (
            AccountAdded("instagram-2", "instagram", "the club"),
        )


class TestPurpose:
    @pytest.mark.parametrize("purpose", list(Purpose))
    def test_the_answer_is_the_purpose(self, purpose: Purpose) -> None:
        """It is said of the account too, for all that depends on it."""
        now = started(AccountAdded("x", "x"))
        assert after(now, given("purpose", Chosen(purpose), "x")) == (AccountPurposed("x", purpose),)

    def test_not_to_know_leaves_it_open(self) -> None:
        """The next portion asks again."""
        assert after(started(AccountAdded("x", "x")), given("purpose", NonAnswer.UNKNOWN, "x")) == ()


PLACED = sitting(placed.LISTS)
MASTODON = AccountAdded("md", "mastodon", purpose=Purpose.PERSONAL)
AMAZON = AccountAdded("az", "amazon", purpose=Purpose.PERSONAL)


def hosts(now: State, what: Sitting = PLACED) -> list[tuple[str, str]]:
    """The questions about hosts, with the account of each."""
    return [
        (each.key.partition(".")[2], each.accounts[0].account_id)
        for each in questions(now, what)
        if each.kind is Kind.HOST
    ]


def said_of(now: State, answer: AnswerGiven) -> tuple[Event, ...]:
    *others, last = events_of(answer, now, PLACED)
    assert last == answer
    return tuple(others)


class TestHosts:
    def test_each_account_is_asked_about_where_its_host_is_not_known(self) -> None:
        """A person may have two servers; elsewhere all accounts are on the same host."""
        club = replace(MASTODON, account="club", label="the club", domain="piaille.fr")
        now = started(INSTA, MASTODON, AMAZON, club, replace(MASTODON, account="md-2"))
        assert hosts(now) == [("server", "md"), ("marketplace", "az"), ("server", "md-2")]
        assert hosts(started(MASTODON, AccountClosed("md"))) == []

    def test_sites_are_a_choice_and_a_server_is_written(self) -> None:
        """By the register; what it lists no longer is asked for again."""
        site, server = (
            each for each in questions(started(AMAZON, MASTODON), PLACED) if each.kind is Kind.HOST
        )
        assert [each.id for each in site.check.choices] == ["amazon.fr", "amazon.de"]
        assert site.check.choices[0].text.to("fr") == "amazon.fr"
        assert server.check.choices == ()
        assert hosts(started(replace(AMAZON, domain="amazon.com"))) == [("marketplace", "az")]
        assert hosts(started(replace(AMAZON, domain="amazon.de"))) == []

    def test_they_come_before_the_purposes(self) -> None:
        """And after the names, which may add accounts."""
        now = started(replace(MASTODON, purpose=None), given("several", ChosenMany(("mastodon",))))
        expected = ["networks", "several", "names", "server", "work", "purpose", "phone-number"]
        assert keys(now, PLACED) == expected

    def test_a_later_portion_asks_what_was_put_off_and_not_what_nobody_knows(self) -> None:
        """Next year it is asked again."""
        unknown = given("server", NonAnswer.UNKNOWN, "md")
        again = audit_started(portion=2)
        later = given("server", NonAnswer.LATER, "md")
        assert hosts(started(MASTODON, unknown)) == [("server", "md")]
        assert hosts(started(MASTODON, unknown, again)) == []
        assert hosts(started(MASTODON, later, again)) == [("server", "md")]
        next_year = replace(audit_started(), audit="a2")
        assert hosts(started(MASTODON, unknown, next_year)) == [("server", "md")]

    def test_an_audit_of_named_checklists_asks_about_theirs(self) -> None:
        """Links of other lists are not needed; nor those of a network without a list."""
        now = started(MASTODON, AMAZON)
        assert hosts(now, sitting(placed.LISTS, "mastodon")) == [("server", "md")]
        no_list = replace(placed.LISTS, checklists={})
        assert hosts(now, sitting(no_list)) == []

    @pytest.mark.parametrize(
        ("account", "check_id", "answer", "host"),
        [
            (MASTODON, "server", Written("@me@Piaille.fr"), "piaille.fr"),
            (AMAZON, "marketplace", Chosen("amazon.fr"), "amazon.fr"),
        ],
    )
    def test_the_answer_places_the_account(
        self, account: AccountAdded, check_id: str, answer: Answer, host: str
    ) -> None:
        """Once: the same answer again says nothing new."""
        reply = given(check_id, answer, account.account)
        assert said_of(started(account), reply) == (AccountPlaced(account.account, host),)
        assert said_of(started(replace(account, domain=host)), reply) == ()

    @pytest.mark.parametrize("answer", [NonAnswer.UNKNOWN, Written("my server"), Chosen("amazon.com")])
    def test_what_is_no_host_of_the_network_takes_the_place_back(self, answer: Answer) -> None:
        """Someone who corrects themselves to “I don’t know” has no link any more."""
        known = replace(AMAZON, domain="amazon.fr")
        assert said_of(started(known), given("marketplace", answer, "az")) == (AccountPlaced("az"),)
        assert said_of(started(AMAZON), given("marketplace", answer, "az")) == ()

    def test_putting_it_off_leaves_the_place(self) -> None:
        """And an answer about another network's host, or about nobody's account, does nothing."""
        known = started(replace(AMAZON, domain="amazon.fr"))
        assert said_of(known, given("marketplace", NonAnswer.LATER, "az")) == ()
        assert said_of(known, given("server", Written("piaille.fr"), "az")) == ()
        assert said_of(known, given("server", Written("piaille.fr"), "gone")) == ()

    def test_back_leads_there_and_the_correction_counts(self) -> None:
        """As with every question."""
        now = Interview(
            PLACED, started(MASTODON, ticked("mastodon"), given("several", ChosenMany(()))), "a1", DAY, 9
        )
        assert now.current is not None
        assert now.current.key == "setup.server"
        now = now.reply(Answered({"md": Written("piaille.fr")})).reply(Back())
        assert now.current is not None
        assert now.current.previous == Written("piaille.fr")
        assert now.reply(Skip()).state.accounts["md"].domain == "piaille.fr"
        now = now.reply(Answered({"md": NonAnswer.UNKNOWN}))
        assert now.state.accounts["md"].domain is None


class TestIds:
    @pytest.mark.parametrize(
        ("network", "used", "expected"),
        [
            ("x", [], "x"),
            ("x", ["x"], "x-2"),
            ("x", ["x", "x-2", "x-4"], "x-3"),
            ("you", [], "you-2"),
            ("n" * 32, [], "n" * 32),
            ("n" * 32, ["n" * 32], "n" * 30 + "-2"),
        ],
    )
    def test_ids_are_short_and_new(self, network: str, used: list[str], expected: str) -> None:
        """The network's, with a number from the second on, at most 32 characters; `you` is nobody's."""
        now = state(*(AccountAdded(each, network) for each in used))
        assert account_id(network, now) == expected
        assert len(expected) <= 32

    def test_an_id_is_never_used_again(self) -> None:
        """Not even that of an account added by mistake."""
        now = state(AccountAdded("x", "x"), AccountRemoved("x"))
        assert after(now.after(audit_started(), DAY, 9), ticked("x")) == (AccountAdded("x-2", "x"),)


def test_an_answer_to_a_check_is_only_itself() -> None:
    """Nothing but the questions before the checks changes the accounts."""
    answer = AnswerGiven("instagram", "instagram.map", ChosenMany(("x",)))
    assert events_of(answer, state(INSTA), SITTING) == (answer,)


def test_the_networks_of_accounts_that_came_in_otherwise_are_ticked_where_it_is_asked() -> None:
    """An answers file or `account add` brought them."""
    events = (AccountAdded("insta", "instagram"), audit_started())
    interview = Interview(SITTING, state(*events), "a1", DAY, 3)
    assert interview.current is not None
    assert interview.current.previous == ChosenMany(("instagram",))

"""Checks as they suit one website."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.builders import EVERYONE, check, core_check, core_checks

from hygiene.engine.sites import is_help_page, same_sign_in, suited, with_links
from hygiene.model.account import Account, Purpose
from hygiene.model.checklist import Check, Confidence, Remediation
from hygiene.model.site import Link, Site

SITE = Site(
    "gitlab.com",
    change_password=Link("https://gitlab.com/password", "2026-08"),
    close=Link("https://gitlab.com/close", "2026-07"),
    second_step=Link("https://gitlab.com/two", "2026-06"),
)
ACCOUNT = Account("gl", "other", domain="gitlab.com")


def of_core(name: str, **remedy: object) -> Check:
    (found,) = [each for each in (*core_checks("other"), core_check("other", "exit")) if each.core_id == name]
    return replace(found, remediation=replace(found.remediation, **remedy))


def fits(what: Check, site: Site = SITE, account: Account | None = ACCOUNT) -> Check | None:
    return suited(what, account, {site.domain: site})


class TestLinks:
    @pytest.mark.parametrize("name", ["password", "password-age", "exposed"])
    def test_a_check_about_the_password_leads_to_the_page_that_changes_it(self, name: str) -> None:
        """And says of which month the link is."""
        remedy = with_links(of_core(name), SITE).remediation
        assert (remedy.settings_url, remedy.sourced) == ("https://gitlab.com/password", "2026-08")

    def test_closing_leads_to_the_page_that_closes(self) -> None:
        remedy = with_links(of_core("exit"), SITE).remediation
        assert (remedy.settings_url, remedy.help_url) == ("https://gitlab.com/close", None)

    def test_a_page_that_explains_is_help(self) -> None:
        """It is not offered as the settings."""
        site = Site("gitlab.com", close=Link("https://gitlab.com/help/close", "2026-07"))
        remedy = with_links(of_core("exit"), site).remediation
        assert (remedy.settings_url, remedy.help_url) == (None, "https://gitlab.com/help/close")

    def test_the_page_on_second_steps_is_help(self) -> None:
        remedy = with_links(of_core("two-factor"), SITE).remediation
        assert (remedy.settings_url, remedy.help_url) == (None, "https://gitlab.com/two")

    @pytest.mark.parametrize("name", ["password", "exit"])
    def test_a_link_of_the_lists_own_stands(self, name: str) -> None:
        """Nothing changes, not even its date."""
        own = of_core(name, settings_url="https://example.org/own", sourced="2020-01")
        assert with_links(own, SITE) == own

    def test_help_of_the_lists_own_stands(self) -> None:
        own = of_core("two-factor", help_url="https://example.org/own")
        assert with_links(own, SITE) == own

    def test_other_checks_are_left_alone(self) -> None:
        assert with_links(check("other.else"), SITE) == check("other.else")
        assert with_links(of_core("owner-email"), SITE) == of_core("owner-email")

    def test_where_nothing_is_known_nothing_changes(self) -> None:
        assert with_links(of_core("password"), Site("gitlab.com")) == of_core("password")

    def test_the_older_date_of_the_steps_stays(self) -> None:
        """The link is newer than the steps; the whole is as old as they are."""
        remedy = with_links(of_core("password", sourced="2024-10"), SITE).remediation
        assert remedy.sourced == "2024-10"

    @pytest.mark.parametrize(("own", "then"), [("high", "medium"), ("medium", "medium"), ("low", "low")])
    def test_nobody_clicked_it_through(self, own: str, then: str) -> None:
        """So confidence is medium at most."""
        remedy = with_links(of_core("password", confidence=Confidence(own)), SITE).remediation
        assert remedy.confidence == then

    def test_the_steps_stay(self) -> None:
        bare = of_core("password")
        assert with_links(bare, SITE).remediation.steps == bare.remediation.steps != Remediation(1).steps


class TestSuited:
    def test_an_account_with_a_domain_gets_its_links(self) -> None:
        fitting = fits(of_core("password"))
        assert fitting
        assert fitting.remediation.settings_url == "https://gitlab.com/password"

    @pytest.mark.parametrize(
        "account", [None, Account("x", "x"), Account("e", "other", domain="evilgitlab.com")]
    )
    def test_any_other_is_asked_as_the_list_says(self, account: Account | None) -> None:
        """About the person, without a domain, on a website that is not known."""
        assert fits(of_core("password"), account=account) == of_core("password")

    @pytest.mark.parametrize("name", ["two-factor", "recovery-codes"])
    def test_where_no_second_step_is_offered_none_is_asked_about(self, name: str) -> None:
        """Nor the codes that come with one, which would stay a gap for ever."""
        assert fits(core_check("other", name), Site("gitlab.com", offered=frozenset())) is None

    def test_all_else_is_asked_there(self) -> None:
        assert fits(of_core("password"), Site("gitlab.com", offered=frozenset())) is not None

    def test_not_to_know_is_to_ask(self) -> None:
        assert fits(of_core("two-factor"), Site("gitlab.com")) == of_core("two-factor")

    def test_the_best_that_is_offered_is_good(self) -> None:
        """A text message passes where there is nothing better; nothing at all still fails."""
        fitting = fits(of_core("two-factor"), Site("gitlab.com", offered=frozenset({"sms"})))
        assert fitting
        good = {choice.id: choice.good for choice in fitting.choices}
        assert good == {"passkey": EVERYONE, "app": EVERYONE, "sms": EVERYONE, "none": frozenset()}
        assert fitting.recommended(Purpose.WORK)

    def test_where_better_is_offered_the_weak_one_stays_weak(self) -> None:
        site = Site("gitlab.com", offered=frozenset({"sms", "app"}))
        assert fits(of_core("two-factor"), site) == of_core("two-factor")

    def test_a_mailbox_that_offers_nothing_is_still_asked_about(self) -> None:
        """Its list says to change the provider."""
        site = Site("orange.fr", offered=frozenset(), change_password=SITE.change_password)
        account = Account("m", "mailbox", domain="orange.fr")
        assert fits(of_core("two-factor"), site, account) == of_core("two-factor")
        password = fits(of_core("password"), site, account)
        assert password
        assert password.remediation.settings_url == "https://gitlab.com/password"


@pytest.mark.parametrize(
    ("url", "is_help"),
    [
        ("https://support.spotify.com/close-account", True),
        ("https://www.facebook.com/help/delete_account", True),
        ("https://help.example.org/", True),
        ("https://example.org/hc/en-us/articles/1", True),
        ("https://www.example.org/fr/contact", True),
        ("https://www.netflix.com/account/security", False),
        ("https://example.org/helpful", False),
        ("https://support-my-club.org/account", False),
    ],
)
def test_which_pages_only_explain(url: str, *, is_help: bool) -> None:
    assert is_help_page(url) == is_help


def test_one_sign_in_for_several_domains() -> None:
    """The same host, or a group; a group of one is nobody's."""
    group = frozenset({"x.com", "twitter.com"})
    x, twitter = Site("x.com", sign_in_group=group), Site("twitter.com", sign_in_group=group)
    assert same_sign_in(x, twitter)
    assert same_sign_in(Site("a.org"), Site("a.org"))
    assert not same_sign_in(x, Site("ex.com"))
    assert not same_sign_in(Site("a.org"), Site("b.org"))

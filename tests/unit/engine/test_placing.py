"""The host that an account is on, and the links that lead there."""

from __future__ import annotations

import pytest
from tests.builders import NETWORKS, check
from tests.unit.engine.placed import AMAZON, LISTS, MASTODON

from hygiene.engine.placing import domain_of, parse_domain, parse_host, placed, takes_domain
from hygiene.model.account import OTHER, Account
from hygiene.model.checklist import Check, Remediation

PIAILLE = Account("mastodon", "mastodon", domain="piaille.fr")


def linked(settings: str | None, help_url: str | None = None) -> Check:
    return check("mastodon.apps", remediation=Remediation(2, settings_url=settings, help_url=help_url))


def links(
    settings: str | None, help_url: str | None = None, account: Account | None = PIAILLE
) -> list[str | None]:
    remedy = placed(linked(settings, help_url), account, LISTS).remediation
    return [remedy.settings_url, remedy.help_url]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("gitlab.com", "gitlab.com"),
        ("  GitLab.COM  ", "gitlab.com"),
        ("https://gitlab.com/me", "gitlab.com"),
        ("http://www.gitlab.com:8080/", "gitlab.com"),
        ("git+ssh://gitlab.com", "gitlab.com"),
        ("gitlab.com.", "gitlab.com"),
        ("my-shop.example.co.uk?x", "my-shop.example.co.uk"),
        ("www.com", "www.com"),
        ("xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai"),
        ("", None),
        ("localhost", None),
        ("gitlab", None),
        ("192.168.0.1", None),
        ("gitlab.c0", None),
        ("gitlab.co1", None),
        ("-a.org", None),
        ("a-.org", None),
        ("a..org", None),
        ("me@gitlab.com", "gitlab.com"),
        ("@me@mastodon.social", "mastodon.social"),
        ("@mastodon.social", "mastodon.social"),
        ("https://mastodon.social/@me", "mastodon.social"),
        ("@@mastodon.social", None),
        ("@me", None),
        ("my server", None),
        ("javascript:alert(1)", None),
        ("münchen.de", "xn--mnchen-3ya.de"),
        ("ü..de", None),
        ("a" * 100_000, None),
        ("a." * 50_000, None),
        ("@" * 100_000, None),
    ],
)
def test_the_host_name_in_what_was_pasted(words: str, expected: str | None) -> None:
    """A host name with a top-level domain of letters, or None."""
    assert parse_domain(words) == expected


def test_which_networks_have_accounts_on_hosts_of_their_own() -> None:
    """Any server; one of a few sites; another service; nowhere else."""
    assert parse_host("@me@piaille.fr", MASTODON) == "piaille.fr"
    assert parse_host("https://www.amazon.de/gp", AMAZON) == "amazon.de"
    assert parse_host("amazon.com", AMAZON) is None
    assert parse_host("evil.amazon.de", AMAZON) is None
    assert parse_host("gitlab.com", NETWORKS[OTHER]) == "gitlab.com"
    assert parse_host("instagram.com", NETWORKS["instagram"]) is None
    assert [takes_domain(each) for each in (MASTODON, AMAZON, NETWORKS[OTHER], NETWORKS["x"])] == [
        True,
        True,
        True,
        False,
    ]


def test_a_host_that_is_not_allowed_is_not_known() -> None:
    """The register may have changed since, and a network may be gone from it."""
    assert domain_of(Account("amazon", "amazon", domain="amazon.fr"), LISTS) == "amazon.fr"
    assert domain_of(Account("amazon", "amazon", domain="amazon.com"), LISTS) is None
    assert domain_of(Account("amazon", "amazon"), LISTS) is None
    assert domain_of(Account("gone", "gone", domain="a.org"), LISTS) is None


class TestPlaced:
    def test_both_links_lead_to_the_account_s_own_host(self) -> None:
        """With or without `www.`, with or without a path."""
        assert links("https://{server}/settings/export", "https://www.{server}") == [
            "https://piaille.fr/settings/export",
            "https://www.piaille.fr/",
        ]

    def test_all_else_of_the_check_stays(self) -> None:
        """Only the link is another one."""
        before = linked("https://{server}/about", "https://docs.joinmastodon.org/")
        after = placed(before, PIAILLE, LISTS)
        assert after == linked("https://piaille.fr/about", "https://docs.joinmastodon.org/")

    @pytest.mark.parametrize("account", [None, Account("mastodon", "mastodon"), Account("gone", "gone")])
    def test_without_a_host_there_is_no_link(self, account: Account | None) -> None:
        """Neither about the person, nor before the server is known; a fixed link stays."""
        assert links("https://{server}/about", "https://docs.org/a", account) == [None, "https://docs.org/a"]

    def test_a_site_that_is_not_allowed_any_more_gives_no_link(self) -> None:
        """However it got into the record."""
        known, unknown = (Account("a", "amazon", domain=each) for each in ("amazon.fr", "amazon.evil.com"))
        template = "https://www.{marketplace}/gp/history"
        assert links(template, account=known) == ["https://www.amazon.fr/gp/history", None]
        assert links(template, account=unknown) == [None, None]

    @pytest.mark.parametrize(
        "template",
        [
            "https://{marketplace}/about",
            "https://{server}.evil.com/",
            "https://evil.com/{server}",
            "https://evil.com@{server}/",
            "https://{server}@evil.com/",
            "https://{server}:8080/",
            "https://evil.{server}/",
            "https://{server}{server}/",
            "https://{server}/{server}",
            "http://{server}/",
            "javascript://{server}/",
            "https://{server",
        ],
    )
    def test_only_links_to_that_host_are_made(self, template: str) -> None:
        """Not below another host, nor with a name or a port before the path, nor by another placeholder."""
        assert links(template) == [None, None]

    def test_a_domain_that_is_none_makes_no_link(self) -> None:
        """Whatever a record holds, nothing but a host name stands in the link."""
        for domain in ("evil.com/x", "me@evil.com", "evil.com#"):
            assert links("https://{server}/a", account=Account("m", "mastodon", domain=domain)) == [
                "https://evil.com/a",
                None,
            ]
        assert links("https://{server}/a", account=Account("m", "mastodon", domain="no host"))[0] is None

    @pytest.mark.parametrize("url", [None, "https://docs.joinmastodon.org/user/moving/"])
    def test_a_check_without_placeholders_is_itself(self, url: str | None) -> None:
        """It costs nothing: this runs for every check of every account."""
        before = linked(url)
        assert placed(before, PIAILLE, LISTS) is before
        assert placed(before, None, LISTS) is before

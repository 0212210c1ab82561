"""What several files and entries say of one account is put together, and which account it is."""

from __future__ import annotations

from datetime import date

import pytest
from tests.builders import DAY, state

from hygiene.engine.presences import Gathered, Place, Presence, gather
from hygiene.engine.recognition import is_there, recognise, recognition
from hygiene.engine.state import State
from hygiene.model.account import OTHER, Network
from hygiene.model.checklist import Catalogue
from hygiene.model.dates import Interval
from hygiene.model.evidence import Export, Fact, Found, Mark
from hygiene.model.record import AccountAdded, AccountClosed
from hygiene.model.site import Site
from hygiene.model.text import same

GROUP = frozenset({"zalando.de", "zalando.fr"})
CATALOGUE = Catalogue(
    networks={
        each.id: each
        for each in (
            Network("google", same("Google"), ("google.com", "youtube.com")),
            Network("mailbox", same("Mailbox"), ("proton.me", "yahoo.com")),
            Network("amazon", same("Amazon"), ("amazon.com", "amazon.fr"), host="marketplace",
                    hosts=("amazon.fr", "amazon.com")),
            Network("mastodon", same("Mastodon"), ("mastodon.social",), host="server"),
            Network(OTHER, same("Another")),
        )
    },
    sites={
        "zalando.de": Site("zalando.de", sign_in_group=GROUP),
        "zalando.fr": Site("zalando.fr", sign_in_group=GROUP),
        "ytmusic.app": Site("ytmusic.app", sign_in_group=frozenset({"ytmusic.app", "google.com"})),
    },
)  # fmt: skip


def place(address: str) -> Place | None:
    """Two labels were registered, whatever the ending; `router` is at home."""
    return None if address == "router" else Place(address, ".".join(address.split(".")[-2:]))


def export(*found: Found, reader: str = "chrome-csv", made_on: date = DAY) -> Export:
    return Export(reader, made_on, found)


def login(
    address: str, user: str = "marie", password: str = "", *facts: Fact, used: date | None = None
) -> Found:
    mark = Mark(password.encode()) if password else None
    return Found(address=address, user=user, facts=facts, mark=mark, last_used=used)


def gathered(*exports: Export) -> Gathered:
    return gather(exports, CATALOGUE, place)


def words_of(presence: Presence) -> set[tuple[str, object]]:
    return {(proof.fact.name, proof.fact.value) for proof in presence.proofs}


def services(*exports: Export) -> list[tuple[str, str | None, str]]:
    return [(each.network, each.domain, each.user) for each in gathered(*exports).presences]


class TestWhere:
    def test_a_host_belongs_to_the_network_of_its_domain(self) -> None:
        assert services(export(login("accounts.google.com"))) == [("google", None, "marie")]

    def test_one_sign_in_for_several_sites_is_one_account(self) -> None:
        assert services(export(login("google.com"), login("youtube.com"))) == [("google", None, "marie")]
        assert services(export(login("zalando.de"), login("www.zalando.fr"))) == [
            (OTHER, "zalando.de", "marie")
        ]

    def test_a_site_that_shares_the_sign_in_of_a_network_is_that_network(self) -> None:
        assert services(export(login("ytmusic.app"))) == [("google", None, "marie")]

    def test_mailboxes_with_two_providers_are_two_accounts(self) -> None:
        assert services(export(login("proton.me"), login("mail.yahoo.com"))) == [
            ("mailbox", None, "marie"),
            ("mailbox", None, "marie"),
        ]

    def test_a_network_with_hosts_of_its_own_keeps_the_host(self) -> None:
        assert services(export(login("www.amazon.fr"))) == [("amazon", "amazon.fr", "marie")]

    def test_an_archive_says_its_host(self) -> None:
        archive = export(Found(network="mastodon", user="marie@piaille.fr"), reader="mastodon")
        assert services(archive) == [("mastodon", "piaille.fr", "marie@piaille.fr")]

    def test_what_is_at_home_or_nowhere_is_counted(self) -> None:
        found = gathered(export(login("router"), login(""), login("a.org")))
        assert (found.local, found.nameless, len(found.presences)) == (1, 1, 1)


class TestWho:
    def test_another_user_is_another_account(self) -> None:
        assert len(services(export(login("a.org", "marie"), login("a.org", "paul")))) == 2

    def test_letters_and_spaces_make_no_difference(self) -> None:
        assert len(services(export(login("a.org", "Marie "), login("a.org", "marie")))) == 1

    def test_an_entry_without_a_name_belongs_to_the_only_account(self) -> None:
        assert services(export(login("a.org", ""), login("a.org", "marie"))) == [(OTHER, "a.org", "marie")]

    def test_among_several_it_stays_by_itself(self) -> None:
        found = services(export(login("a.org", ""), login("a.org", "marie"), login("a.org", "paul")))
        assert sorted(user for _network, _domain, user in found) == ["", "marie", "paul"]

    def test_an_archive_belongs_to_the_only_account_whatever_it_calls_it(self) -> None:
        archive = export(Found(network="google", user="m"), reader="google")
        assert services(archive, export(login("google.com", "marie@x.org"))) == [
            ("google", None, "marie@x.org")
        ]

    def test_two_mail_addresses_are_two_accounts(self) -> None:
        archive = export(Found(network="google", user="marie@gmail.com"), reader="google")
        assert len(services(archive, export(login("google.com", "work@gmail.com")))) == 2

    def test_one_name_on_two_servers_is_two_accounts(self) -> None:
        archive = export(Found(network="mastodon", user="marie@piaille.fr"), reader="mastodon")
        assert services(archive, export(login("mastodon.social", "marie"))) == [
            ("mastodon", "piaille.fr", "marie@piaille.fr"),
            ("mastodon", "mastodon.social", "marie"),
        ]

    def test_it_was_last_used_on_the_latest_day(self) -> None:
        early, late = date(2024, 1, 1), date(2025, 1, 1)
        found = gathered(export(login("a.org", used=late), login("a.org", used=early), login("a.org")))
        assert [each.last_used for each in found.presences] == [late]


class TestPasswords:
    def test_the_same_one_with_two_services_is_reused(self) -> None:
        one, two = gathered(export(login("a.org", "m", "s3"), login("b.org", "m", "s3"))).presences
        assert words_of(one) == words_of(two) == {("password", "reused")}

    def test_the_same_one_for_one_sign_in_is_not(self) -> None:
        (found,) = gathered(export(login("google.com", "m", "s3"), login("youtube.com", "m", "s3"))).presences
        assert words_of(found) == set()

    def test_a_former_password_in_another_entry_proves_nothing(self) -> None:
        """Which of the two is in use is not known, so neither is said to serve twice, nor to be weak."""
        weak = Found(address="a.org", user="m", mark=Mark(b"s3", is_weak=True, is_leaked=True))
        found = gathered(export(weak, login("a.org", "m", "s4"), login("b.org", "m", "s3")))
        assert [words_of(each) for each in found.presences] == [set(), set()]
        assert found.unsure == 1

    def test_nor_when_it_was_changed_unless_each_has_a_date(self) -> None:
        old, new = (Fact("password-changed", Interval(day, day)) for day in (date(2024, 1, 1), DAY))
        dated, undated = login("a.org", "m", "s3", old), login("a.org", "m", "s4")
        assert words_of(gathered(export(dated, undated)).presences[0]) == set()
        (both,) = gathered(export(dated, login("a.org", "m", "s4", new))).presences
        assert words_of(both) == {("password-changed", old.value), ("password-changed", new.value)}

    def test_what_the_network_says_of_the_date_holds(self) -> None:
        changed = Fact("password-changed", Interval(DAY, DAY))
        archive = export(Found(network="google", user="m", facts=(changed,)), reader="google")
        (found,) = gathered(
            archive, export(login("google.com", "m", "1"), login("google.com", "m", "2"))
        ).presences
        assert words_of(found) == {("password-changed", changed.value)}

    def test_reuse_is_seen_across_files(self) -> None:
        found = gathered(export(login("a.org", "m", "s3")), export(login("b.org", "m", "s3"), reader="kdbx"))
        assert [proof.format for each in found.presences for proof in each.proofs] == ["chrome-csv", "kdbx"]

    def test_weak_and_leaked_are_facts(self) -> None:
        weak = Found(address="a.org", user="m", mark=Mark(b"1", is_weak=True, is_leaked=True))
        fine = Found(address="b.org", user="m", mark=Mark(b"2", is_weak=False, is_leaked=False))
        one, two = gathered(export(weak, fine)).presences
        assert words_of(one) == {("password", "weak"), ("leaked", "yes")}
        assert words_of(two) == set()

    def test_facts_keep_their_source_and_day(self) -> None:
        changed = Fact("password-changed", Interval(DAY, DAY))
        old = date(2026, 1, 1)
        archive = export(Found(network="google", facts=(changed,)), reader="google", made_on=old)
        (found,) = gathered(archive, export(login("google.com", "m", "", changed))).presences
        assert {(each.format, each.made_on, each.is_own_record) for each in found.proofs} == {
            ("google", old, True),
            ("chrome-csv", DAY, False),
        }


def presence(network: str = "google", user: str = "marie", domain: str | None = None) -> Presence:
    return Presence(network, domain, user, ())


ONE = AccountAdded("google", "google")
TWO = AccountAdded("google-2", "google")


class TestWhichAccount:
    def test_the_only_one_on_the_network_is_meant(self) -> None:
        found = recognise([presence()], state(ONE))
        assert (dict(found.known), found.unclear, found.new) == ({"google": presence()}, (), ())

    def test_on_a_network_without_one_it_is_new(self) -> None:
        assert recognise([presence()], State()).new == (presence(),)

    def test_a_closed_account_is_not_meant(self) -> None:
        assert recognise([presence()], state(ONE, AccountClosed("google"))).new == (presence(),)

    @pytest.mark.parametrize("accounts", [(ONE,), (ONE, TWO)])
    def test_which_of_several_only_the_person_knows(self, accounts: tuple[AccountAdded, ...]) -> None:
        both = (presence(user="marie"), presence(user="paul"))
        assert recognise(both, state(*accounts)).unclear == both

    def test_one_sign_in_for_two_accounts_is_unclear(self) -> None:
        assert recognise([presence()], state(ONE, TWO)).unclear == (presence(),)

    def test_a_name_of_an_earlier_import_tells(self) -> None:
        marie = recognition("google-2", presence(user="Marie"), "5a17")
        assert marie is not None
        found = recognise([presence(user="marie"), presence(user="paul")], state(ONE, TWO, marie))
        assert dict(found.known) == {"google-2": presence(user="marie")}

    def test_what_is_left_over_is_not_the_other_account_for_that(self) -> None:
        """The person may have left it out the last time."""
        marie = recognition("google-2", presence(user="marie"), "5a17")
        assert marie is not None
        both = [presence(user="marie"), presence(user="paul")]
        assert recognise(both, state(ONE, TWO, marie)).unclear == (presence(user="paul"),)

    def test_a_closed_account_is_known_by_its_name_and_not_offered_again(self) -> None:
        marie = recognition("google", presence(user="marie"), "5a17")
        assert marie is not None
        closed = state(ONE, marie, AccountClosed("google"))
        found = recognise([presence(user="marie"), presence(user="paul")], closed)
        assert (dict(found.known), found.unclear, found.new) == ({}, (), (presence(user="paul"),))

    def test_a_new_account_may_bear_the_name_of_a_closed_one(self) -> None:
        old, new = (recognition(each, presence(user="marie"), "5a17") for each in ("google", "google-2"))
        assert old is not None
        assert new is not None
        both = state(ONE, old, AccountClosed("google"), TWO, new)
        assert dict(recognise([presence(user="marie")], both).known) == {"google-2": presence(user="marie")}

    def test_an_account_of_another_name_is_not_the_only_one(self) -> None:
        """The work account is in the record; what the export shows may be the private one."""
        paul = recognition("google", presence(user="paul"), "5a17")
        assert paul is not None
        assert recognise([presence(user="marie")], state(ONE, paul)).unclear == (presence(user="marie"),)

    def test_the_name_cannot_be_read_from_what_is_kept(self) -> None:
        one, other = (recognition("google", presence(), salt) for salt in ("5a17", "5a18"))
        assert one is not None
        assert other is not None
        assert one.digest != other.digest
        assert "marie" not in repr(one)

    def test_without_a_name_nothing_is_kept(self) -> None:
        assert recognition("google", presence(user=""), "5a17") is None

    @pytest.mark.parametrize("domain", [None, "a.org", "b.a.org", "org", "c.org", "xa.org"])
    def test_it_is_looked_for_among_all_accounts_that_may_be_meant(self, domain: str | None) -> None:
        hosts = (None, "a.org", "b.a.org", "c.b.a.org", "d.org")
        now = state(*(AccountAdded(f"o{n}", OTHER, domain=host) for n, host in enumerate(hosts)))
        shown = presence(OTHER, "m", domain)
        meant = [each.id for each in now.open_accounts if is_there(each, shown)]
        found = recognise([shown], now)
        assert (found.new == (shown,)) == (not meant)
        assert list(found.known) == (meant if len(meant) == 1 else [])

    def test_another_host_is_another_service(self) -> None:
        known = AccountAdded("gl", OTHER, domain="gitlab.com")
        same_host, other_host = (presence(OTHER, "m", host) for host in ("gitlab.com", "github.io"))
        found = recognise([same_host, other_host], state(known))
        assert (dict(found.known), found.new) == ({"gl": same_host}, (other_host,))
        assert recognise([presence(OTHER, "m", "about.gitlab.com")], state(known)).known.keys() == {"gl"}

"""The reference data that is shipped, and how a website is found in it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from msgspec.structs import replace
from tests.builders import both, catalogue, checklist, core_check

from hygiene import resources
from hygiene.catalog.loading import load_sources
from hygiene.catalog.reference import Reference, find_site, with_missing_links, with_sites
from hygiene.engine.sites import same_sign_in
from hygiene.model.account import Network
from hygiene.model.checklist import Catalogue
from hygiene.model.policy import Rules
from hygiene.model.site import Link, Site

FOLDER = resources.bundled("reference_data")
FILES = sorted(FOLDER.glob("*.json"))
LARGEST = 400_000

NETWORK = Network("x", both("X"), ("x.com", "twitter.com"))
KNOWN = Site("x.com", change_password=Link("https://x.com/password", "2026-08"))
NETWORK_LIST = replace(checklist("x", core_check("x", "password"), network="x"), domains=("x.com",))


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference(FOLDER)


class TestFound:
    def test_a_website_with_all_that_is_known(self, reference: Reference) -> None:
        assert reference["yahoo.com"] == Site(
            "yahoo.com",
            change_password=Link("https://login.yahoo.com/account/change-password", "2026-08"),
            close=Link("https://edit.yahoo.com/config/delete_user", "2026-08"),
            second_step=Link("https://help.yahoo.com/kb/SLN5013.html", "2026-08"),
            offered=frozenset({"passkey", "app", "sms"}),
        )

    @pytest.mark.parametrize(
        ("domain", "close"),
        [
            ("gitlab.com", "https://gitlab.com/-/profile/account"),
            ("netflix.com", "https://www.netflix.com/account/security"),
            ("spotify.com", "https://support.spotify.com/close-account"),
            ("airbnb.fr", "https://www.airbnb.com/privacy/manage-your-data"),
        ],
    )
    def test_where_well_known_accounts_are_closed(
        self, reference: Reference, domain: str, close: str
    ) -> None:
        assert reference[domain].close == Link(close, "2026-08")

    @pytest.mark.parametrize(
        ("domain", "offered"),
        [("orange.fr", set()), ("bsky.app", {"sms"}), ("proton.me", {"app"}), ("gitlab.com", None)],
    )
    def test_which_second_steps_are_offered(
        self, reference: Reference, domain: str, offered: set[str] | None
    ) -> None:
        """None at all, a weak one only, a good one; not known."""
        assert reference[domain].offered == offered

    def test_a_host_is_found_by_its_domain(self, reference: Reference) -> None:
        found = reference["login.yahoo.com"]
        assert found == replace(reference["yahoo.com"], domain="login.yahoo.com")

    @pytest.mark.parametrize(
        "host", ["evilgoogle.com", "google.com.evil.org", "com", "", "google", "github.io", "example.org"]
    )
    def test_a_look_alike_is_not(self, reference: Reference, host: str) -> None:
        """Only what stands before a dot belongs to a domain."""
        assert host not in reference
        assert find_site(FOLDER, host) is None

    def test_the_longest_domain_decides(self, tmp_path: Path) -> None:
        write(tmp_path, close={"a.org": "https://a.org/1", "b.a.org": "https://b.a.org/2"})
        found = find_site(tmp_path, "c.b.a.org")
        assert found
        assert found.close == Link("https://b.a.org/2", "2026-01")

    def test_domains_of_one_sign_in(self, reference: Reference) -> None:
        assert same_sign_in(reference["twitter.com"], reference["mobile.x.com"])
        assert same_sign_in(reference["amazon.fr"], reference["amazon.co.uk"])
        assert not same_sign_in(reference["amazon.fr"], reference["x.com"])

    def test_every_domain_listed_is_found(self, reference: Reference) -> None:
        assert len(reference) == len([*reference]) > 2000
        assert all(domain in reference for domain in reference)


class TestShipped:
    @pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
    def test_its_month_and_source_are_told(self, file: Path) -> None:
        """In the file and in the notice, with the licence."""
        data = json.loads(file.read_bytes())
        notice = (FOLDER / "NOTICE").read_text(encoding="utf-8")
        assert re.fullmatch(r"20\d\d-\d\d", data["as_of"])
        section = notice.split(f"{file.name}\n")[1].split("\n\n")[0]
        assert data["source"].split(",")[0] in section
        assert "MIT" in section
        assert f"As of {data['as_of']}" in section

    @pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
    def test_no_link_is_in_clear(self, file: Path) -> None:
        assert "http:" not in file.read_text(encoding="utf-8").lower()

    def test_every_link_is_safe(self, reference: Reference) -> None:
        """An https address in plain characters, with no name, password or port in it."""
        for domain in reference:
            site = reference[domain]
            for link in filter(None, (site.change_password, site.close, site.second_step)):
                parts = urlsplit(link.url)
                assert parts.scheme == "https", link
                assert parts.netloc == parts.hostname, link
                assert re.fullmatch(r"[!-~]{10,300}", link.url), link

    def test_it_is_small(self) -> None:
        assert sum(file.stat().st_size for file in FOLDER.iterdir()) < LARGEST


class TestLists:
    def test_a_gap_of_a_networks_list_is_filled(self) -> None:
        found = with_missing_links(NETWORK_LIST, NETWORK, {"x.com": KNOWN})
        assert found.checks[0].remediation.settings_url == "https://x.com/password"

    @pytest.mark.parametrize(
        ("network", "domains"),
        [(NETWORK, ("cnil.fr",)), (None, ("x.com",))],
    )
    def test_a_list_that_is_not_about_one_website_stays(
        self, network: Network | None, domains: tuple[str, ...]
    ) -> None:
        """Its links may not name the network's domain; or it is about the person."""
        written = replace(NETWORK_LIST, domains=domains)
        assert with_missing_links(written, network, {"x.com": KNOWN}) == written

    def test_what_authors_wrote_stands(self, bundled_data: tuple[Catalogue, Rules]) -> None:
        """No bundled check loses or changes a link."""
        written, _ = bundled_data
        loaded, _ = load_sources(resources.bundled("checklists"), FOLDER)
        for check_list in written.checklists.values():
            for check in check_list.checks:
                then = loaded.check(check.id)
                assert then
                assert check.remediation.settings_url in (None, then.remediation.settings_url)
                assert check.remediation.help_url in (None, then.remediation.help_url)
                assert check.choices == then.choices

    def test_mailboxes_of_all_providers_are_not_protons(self) -> None:
        """Proton is first in the register, and the list is about every other one too."""
        loaded, _ = load_sources(resources.bundled("checklists"), FOLDER)
        found = loaded.check("mailbox.two-factor")
        assert found
        assert "proton" not in f"{found.remediation.help_url}{found.remediation.settings_url}"

    def test_the_catalogue_takes_the_data_with_it(self) -> None:
        assert with_sites(catalogue(), FOLDER).sites["gitlab.com"].close


def write(folder: Path, **entries: object) -> None:
    names = {"change_password": {}, "close": {}, "second_steps": {}, "sign_in_groups": []} | entries
    for name, what in names.items():
        data = {"source": "test", "as_of": "2026-01", "entries": what}
        (folder / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")

"""Networks whose accounts lie on hosts of their own, and all questions before the checks."""

from __future__ import annotations

from msgspec.structs import replace
from tests.builders import NETWORKS, SETUP, both, catalogue, check, checklist

from hygiene.model.account import Network
from hygiene.model.checklist import Kind, Remediation, Severity

MASTODON = Network("mastodon", both("Mastodon", "Mastodon"), host="server")
AMAZON = Network("amazon", both("Amazon", "Amazon"), host="marketplace", hosts=("amazon.fr", "amazon.de"))

LISTS = replace(
    catalogue(
        checklist(
            "mastodon",
            check("mastodon.apps", remediation=Remediation(2, settings_url="https://{server}/apps")),
            network="mastodon",
        ),
        checklist("amazon", check("amazon.lists"), network="amazon"),
        checklist("instagram", check("instagram.map"), network="instagram"),
    ),
    setup=SETUP
    | {
        each.id: each
        for each in (
            check("setup.server", kind=Kind.HOST, choices=()),
            check("setup.marketplace", kind=Kind.HOST, choices=()),
            check("setup.work", severity=Severity.INFO),
            check("setup.phone-number", severity=Severity.INFO),
        )
    },
    networks=NETWORKS
    | {each.id: each for each in (MASTODON, AMAZON)}
    | {name: Network(name, both(name, name)) for name in ("whatsapp", "signal", "telegram")},
)

"""What an account is called on the screen and in a report."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from hygiene.model.account import OTHER, Account
from hygiene.model.checklist import Catalogue
from hygiene.model.text import Text, same


def account_name(account: Account | None, catalogue: Catalogue) -> Text:
    """Return the person's own name for an account, else its domain or network; for None, the person."""
    if account is None:
        return Text("en", {"en": "you", "fr": "vous"})
    if account.label or account.network == OTHER:
        return same(account.label or account.domain or account.id)
    network = catalogue.networks.get(account.network)
    return network.name if network else same(account.network)


def name_among(account: Account | None, others: Iterable[Account], catalogue: Catalogue) -> Text:
    """Return what an account is called, with its network where another account has the same name."""
    name = account_name(account, catalogue)
    if account is None or not account.label:
        return name
    if not any(each.label == account.label and each.id != account.id for each in others):
        return name
    where = account_name(replace(account, label=""), catalogue)
    apart = Text("en", dict.fromkeys(("en", *where.by_language), "{label} ({network})"))
    return apart.filled("network", where).filled("label", name)

"""What an account is called on the screen and in a report."""

from __future__ import annotations

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

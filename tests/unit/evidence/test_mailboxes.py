"""Whether addresses lie with providers of personal mailboxes."""

from __future__ import annotations

import pytest

from hygiene.evidence.mailboxes import attached_to, is_address
from hygiene.model.evidence import ATTACHED_TO, FACTS


@pytest.mark.parametrize(
    "address",
    [
        "someone@gmail.com",
        "Some.One+tag@GMail.Com",
        " someone@laposte.net ",
        "someone@hotmail.fr",
        "someone@live.co.uk",
        "someone@yahoo.com.br",
        "someone@gmx.net",
        "someone@posteo.de",
        "someone@proton.me",
    ],
)
def test_an_address_with_a_provider_of_personal_mailboxes_is_public(address: str) -> None:
    assert attached_to([address]) == "public"


@pytest.mark.parametrize(
    "address",
    [
        "someone@planted.example",
        "someone@gmail.com.evil.example",
        "someone@notgmail.com",
        "someone@mail.gmail.com",
        "someone@yahoo.example",
        "someone@yahoo-inc.com",
        "someone@live.company",
        "someone@hotmail.co.planted.example",
    ],
)
def test_an_address_in_any_other_domain_is_elsewhere(address: str) -> None:
    assert attached_to([address]) == "elsewhere"


def test_addresses_of_both_kinds_are_mixed() -> None:
    assert attached_to(["a@gmail.com", "b@planted.example", "c@planted.example"]) == "mixed"


def test_several_of_one_kind_are_not_mixed() -> None:
    assert attached_to(["a@gmail.com", "b@free.fr"]) == "public"


@pytest.mark.parametrize(
    "text", ["", "None", "N/A", "@gmail.com", "someone@", "someone@localhost", "a b@gmail.com"]
)
def test_what_is_no_address_proves_nothing(text: str) -> None:
    assert attached_to([text]) is None
    assert not is_address(text)


def test_no_address_proves_nothing() -> None:
    assert attached_to([]) is None


def test_an_address_beside_what_is_none_counts_alone() -> None:
    assert attached_to(["None", "someone@gmail.com"]) == "public"


def test_every_word_is_one_of_the_fact() -> None:
    cases = (["a@gmail.com"], ["a@planted.example"], ["a@gmail.com", "a@planted.example"])
    assert {attached_to(addresses) for addresses in cases} == FACTS[ATTACHED_TO]

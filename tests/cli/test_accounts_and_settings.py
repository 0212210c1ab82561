"""`hygiene account` and `hygiene settings`."""

from tests.cli.conftest import Program


def test_add_rename_close(audited: Program) -> None:
    """Ids are given by network and never change; closing keeps the account on the list with its day."""
    added = audited("account", "add", "instagram", "--label", "the club", "--purpose", "shared")
    assert added.out == "instagram\n"
    assert audited("account", "add", "instagram").out == "instagram-2\n"
    assert audited("account", "rename", "instagram", "the choir").code == 0
    assert audited("account", "close", "instagram-2").code == 0
    accounts = {each["id"]: each for each in audited("account", "list", "--format", "json").json["accounts"]}
    assert accounts["instagram"] == {
        "id": "instagram",
        "network": "instagram",
        "domain": None,
        "label": "the choir",
        "purpose": "shared",
        "closed_on": None,
    }
    assert accounts["instagram-2"]["closed_on"] == "2026-11-22"
    assert audited("account", "add", "instagram").out == "instagram-3\n"


def test_other_services_are_known_by_domain(audited: Program) -> None:
    """A pasted address is taken for its host name."""
    assert audited("account", "add", "other", "--domain", "https://www.example.org/me").code == 0
    accounts = audited("account", "list", "--format", "json").json["accounts"]
    assert accounts[-1]["domain"] == "example.org"


def test_a_server_and_a_site_are_given_with_the_account(audited: Program) -> None:
    """And taken along by an export."""
    assert audited("account", "add", "mastodon", "--domain", "@me@piaille.fr").code == 0
    assert audited("account", "add", "amazon", "--domain", "amazon.de").code == 0
    accounts = audited("account", "list", "--format", "json").json["accounts"]
    assert [each["domain"] for each in accounts[-2:]] == ["piaille.fr", "amazon.de"]
    exported = audited("answers", "export").out
    assert '{id: "mastodon", network: "mastodon", domain: "piaille.fr"}' in exported


def test_a_label_cannot_carry_control_characters(audited: Program) -> None:
    """A label is cleaned on its way in, so no terminal or page ever sees an escape sequence."""
    audited("account", "add", "x", "--label", "a\x1b[31mred\u202e")
    accounts = audited("account", "list", "--format", "json").json["accounts"]
    assert accounts[-1]["label"] == "a\ufffd[31mred\ufffd"


def test_password_months_change_what_is_due(audited: Program) -> None:
    """The person's own period wins over the house rule, and an empty value goes back to it."""
    assert audited("settings", "password-months", "12").code == 0
    assert audited("due", "--format", "json").json["passwords"][0]["state"] == "fresh"
    assert audited("settings", "password-months").out == "12\n"
    assert audited("settings", "password-months", "").code == 0
    assert audited("due", "--format", "json").json["passwords"][0]["state"] == "due"


def test_zero_months_switches_the_reminder_off(audited: Program) -> None:
    """Nothing falls due any more."""
    audited("settings", "password-months", "0")
    assert audited("due").code == 0


def test_an_answers_file_renames_and_repurposes_an_account(audited: Program) -> None:
    """What it says otherwise of an account that is there already is taken over; what it leaves out stays."""
    changed = (
        'version: 1\naccounts:\n  - {id: insta, network: instagram, label: "the choir", purpose: shared}\n'
    )
    assert audited("audit", "--answers", audited.file("c.yaml", changed)).code == 0
    kept = "version: 1\naccounts:\n  - {id: insta, network: instagram}\n"
    assert audited("audit", "--answers", audited.file("k.yaml", kept)).code == 0
    account = audited("account", "list", "--format", "json").json["accounts"][0]
    assert (account["id"], account["label"], account["purpose"]) == ("insta", "the choir", "shared")


def test_a_name_may_be_taken_back_on_the_same_day(audited: Program) -> None:
    """Only the same answer again adds nothing; a name that was there before is a change like any other."""
    head = "version: 1\naccounts:\n"
    for label in ("the choir", "the band", "the choir"):
        row = f'  - {{id: insta, network: instagram, label: "{label}"}}\n'
        assert audited("audit", "--answers", audited.file("c.yaml", head + row)).code == 0
    assert audited("account", "list", "--format", "json").json["accounts"][0]["label"] == "the choir"

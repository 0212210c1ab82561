"""Archives of networks at their edges: what is nobody's, what is cut into parts, what is written oddly."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from typing import Any

import pytest

from hygiene.evidence.network_archives import NETWORK_READERS
from hygiene.evidence.reading import Desk, UnreadableExportError
from hygiene.model.dates import Interval
from hygiene.model.evidence import Export, Fact, Mark
from hygiene.safety.archives import bundle_of

TODAY = date(2026, 11, 22)
DESK = Desk(today=TODAY, mark=lambda _password: Mark(b""))


def zipped(members: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 20, 12, 0, 0)), content)
    return data.getvalue()


def recognised(data: bytes) -> list[str]:
    return [reader.id for reader in NETWORK_READERS if reader.recognises(bundle_of(data))]


def read(data: bytes) -> Export:
    (reader,) = (each for each in NETWORK_READERS if each.recognises(bundle_of(data)))
    return reader.read(bundle_of(data), DESK)


def facts(data: bytes) -> set[Fact]:
    return set(read(data).accounts[0].facts)


def as_json(value: Any) -> bytes:
    return json.dumps(value).encode()


LABELLED = as_json([{"label_values": [{"label": "State", "value": "Enabled"}]}])


@pytest.mark.parametrize(
    "members",
    [
        {"notes.txt": b"hello"},
        {"a/two-factor_authentication.json": LABELLED, "b.txt": b""},
        {"a/privacy_settings.json": LABELLED, "b.txt": b""},
        {"two-factor_authentication.json": LABELLED, "b.txt": b""},
        {"privacy_settings.json": LABELLED},
        {"Account/user.json": b'{"name": "somebody"}', "b.txt": b""},
        {"data/account.js": b"var account = 1", "data/manifest.js": b"export default {}"},
        {"user_data.json": b'{"users": []}', "b.txt": b""},
        {"Settings.json": b'{"theme": "dark"}', "b.txt": b""},
        {"actor.json": b'{"type": "Person"}', "b.txt": b""},
        {"connected_apps.json": b"{}", "account.json": b"{}"},
        {"statistics.csv": b"name,number\nx,1\n", "b.txt": b""},
        {"Settings.txt": b"x", "b.txt": b""},
        {"list.csv": b"url,username,password\n", "b.txt": b""},
    ],
    ids=lambda members: next(iter(members)),
)
def test_files_that_only_have_a_networks_names_are_nobodys(members: dict[str, bytes]) -> None:
    assert recognised(zipped(members)) == []


@pytest.mark.parametrize(
    "data",
    [
        LABELLED,
        b'{"Permissions": []}',
        b'{"historyEnabled": true}',
        b'{"id": "1", "username": "x"}',
        b"[]",
        b"",
        b"\x00" * 10,
        b"window.location = 1",
    ],
)
def test_a_file_on_its_own_that_could_be_anybodys_is_nobodys(data: bytes) -> None:
    assert recognised(data) == []


def test_a_second_step_is_facebooks_only_in_facebooks_folder() -> None:
    folder = "security_and_login_information/"
    members = {f"{folder}two-factor_authentication.json": LABELLED, "b.txt": b""}
    assert recognised(zipped(members)) == ["facebook"]
    assert facts(zipped(members)) == {Fact("second-step", "on")}


@pytest.mark.parametrize("network", ["instagram", "facebook"])
def test_an_archive_of_other_categories_is_recognised_and_says_what_to_ask_for(network: str) -> None:
    export = read(zipped({f"your_{network}_activity/messages/no-data.txt": b"", "b.txt": b""}))
    assert export.accounts[0].network == network
    assert export.accounts[0].facts == ()
    assert "all categories" in export.remarks[0].message


def test_a_network_that_never_dates_passwords_says_so_at_once() -> None:
    actor = {"type": "Person", "manuallyApprovesFollowers": True, "discoverable": None}
    export = read(as_json(actor))
    assert export.accounts[0].facts == (Fact("private", "yes"),)
    assert "never" in export.remarks[0].message


@pytest.mark.parametrize(
    ("address", "user"),
    [
        ("https://example.org/users/me", "me@example.org"),
        ("https://[example.org/users/me", "me"),
        ("", "me"),
    ],
)
def test_a_mastodon_user_is_named_with_its_server_where_that_is_known(address: str, user: str) -> None:
    actor = {"id": address, "preferredUsername": "me", "manuallyApprovesFollowers": False}
    assert read(as_json(actor)).accounts[0].user == user


def test_a_user_name_cannot_write_to_the_terminal() -> None:
    actor = {"preferredUsername": "me\x1b[2J\u202e", "manuallyApprovesFollowers": False}
    assert read(as_json(actor)).accounts[0].user == "me\ufffd[2J\ufffd"


def test_all_parts_of_a_script_are_read() -> None:
    def part(number: int, sessions: int) -> bytes:
        tokens = [{"deviceToken": {"createdAt": "2026-01-01T00:00:00.000Z"}}] * sessions
        return f"window.YTD.device_token.part{number} = ".encode() + as_json(tokens)

    members = {
        "data/device-token.js": part(0, 2),
        "data/device-token-part1.js": part(1, 3),
        "data/device-token-part2.js": part(2, 1),
    }
    assert facts(zipped(members)) == {Fact("sessions", 6)}


def test_a_script_with_another_variable_is_passed_over() -> None:
    account = b'window.YTD.account.part0 = [{"account": {"email": "a@gmail.com"}}]'
    members = {"data/account.js": account, "data/device-token.js": account}
    assert facts(zipped(members)) == {Fact("attached-to", "public")}


def test_a_file_of_tiktok_with_half_a_character_in_it_is_read() -> None:
    settings = b'{"Settings": {"SettingsMap": {"Private Account": "Enabled", "Interests": "\\ud83d"}}}'
    assert facts(b'{"Activity": null, "App Settings": ' + settings + b"}") == {Fact("private", "yes")}


def test_a_damaged_file_of_tiktok_is_refused() -> None:
    data = zipped({"user_data_tiktok.json": b'{"Activity": {"SettingsMap": ', "b.txt": b""})
    with pytest.raises(UnreadableExportError) as refusal:
        read(data)
    assert refusal.value.hint


def test_one_text_file_of_tiktok_is_refused() -> None:
    with pytest.raises(UnreadableExportError) as refusal:
        read(zipped({"user_data_tiktok.txt": b"Private Account: On"}))
    assert "JSON" in refusal.value.hint


def test_sessions_of_discord_are_told_by_the_last_sign_in() -> None:
    def account(**newest: object) -> bytes:
        older = {"creation_time": "2026-01-01T00:00:00Z", "is_mfa": True}
        sessions = [older, {"creation_time": "2026-11-01T00:00:00Z"} | newest]
        return as_json({"id": "1", "username": "x", "global_name": "x", "user_sessions": sessions})

    assert Fact("second-step", "on") in facts(account(is_mfa=True))
    assert facts(account(is_mfa=False)) == {Fact("sessions", 2)}


def test_a_session_of_tomorrow_proves_nothing() -> None:
    sessions = [{"creation_time": "2031-01-01T00:00:00Z", "is_mfa": True}]
    account = {"id": "1", "username": "x", "global_name": "x", "user_sessions": sessions}
    assert facts(as_json(account)) == {Fact("sessions", 1)}


def test_what_was_protected_tomorrow_proves_nothing() -> None:
    changes = [{"protectedAt": "2031-01-01T00:00:00.000Z", "action": "Protect"}]
    script = b"window.YTD.protected_history.part0 = "
    assert facts(script + as_json([{"protectedHistory": each} for each in changes])) == set()


def test_a_second_step_of_tomorrow_is_passed_over_for_the_one_before() -> None:
    events = [
        {"Date": "2031-01-01 00:00:00 UTC", "Event": "SMS disabled"},
        {"Date": "2026-01-01 00:00:00 UTC", "Event": "SMS enabled"},
    ]
    assert facts(as_json({"Two-Factor Authentication": events})) == {Fact("second-step", "sms")}


@pytest.mark.parametrize(
    ("events", "word"),
    [
        (("OTP enabled", "SMS enabled", "SMS disabled"), "app"),
        (("SMS enabled", "SMS disabled"), "off"),
        (("SMS disabled",), "off"),
        (("OTP enabled", "Two-factor disabled"), "off"),
        (("OTP enabled", "Something else"), None),
    ],
)
def test_one_second_step_switched_off_leaves_the_other(events: tuple[str, ...], word: str | None) -> None:
    history = [
        {"Date": f"2026-0{month}-01 00:00:00 UTC", "Event": event} for month, event in enumerate(events, 1)
    ]
    expected = {Fact("second-step", word)} if word else set()
    assert facts(as_json({"Two-Factor Authentication": history})) == expected


def test_an_app_is_counted_once_and_only_by_its_name() -> None:
    permissions = [{"App": "One"}, {"App": "One"}, {"App": ""}, {}, "One"]
    members = {"connected_apps.json": as_json({"Permissions": permissions}), "b.txt": b""}
    assert facts(zipped(members)) == {Fact("connected-apps", 1)}


@pytest.mark.parametrize("days", [True, "90", None, 90.0])
def test_a_time_of_keeping_that_is_no_number_of_days_proves_nothing(days: object) -> None:
    assert facts(as_json({"historyEnabled": True, "retentionWindowDays": days})) == set()


def test_a_means_of_recovery_counts_only_where_it_is_listed_as_one() -> None:
    page = (
        b"<ul><li>Google Account ID: 1</li></ul><h2>ACCOUNT RECOVERY</h2><ul><li>Recovery e-Mail:</li></ul>"
        b"<h2>PHONE NUMBERS</h2><ul><li>Recovery SMS: +33600000000</li></ul>"
    )
    assert facts(page) == {Fact("recovery", "none")}


def test_only_a_change_of_the_password_dates_it() -> None:
    table = (
        b"Apple ID Number,Password Hint Date,Last Password Update Date\n1,2026-11-01,2026-03-02 10:00:00\n"
    )
    assert facts(table) == {Fact("password-changed", Interval(date(2026, 3, 2), date(2026, 3, 2)))}


@pytest.mark.parametrize(("others", "expected"), [((), {"public"}), (("b@planted.example",), set())])
def test_an_address_with_an_unknown_label_counts_where_it_is_the_only_one(
    others: tuple[str, ...], expected: set[str]
) -> None:
    values = {f"Etiket {number}": {"value": value} for number, value in enumerate(("a@gmail.com", *others))}
    found = facts(as_json({"profile_user": [{"string_map_data": values}]}))
    assert {fact.value for fact in found} == expected

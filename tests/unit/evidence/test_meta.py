"""The two shapes, the labels and the text of the archives of Facebook and Instagram."""

from __future__ import annotations

import io
import zipfile

import pytest

from hygiene.evidence.meta import (
    Entry,
    all_entries,
    entries,
    folded,
    is_html,
    labelled,
    list_under,
    only,
    only_moments,
    records,
    seconds,
    switch,
    truth,
    unmangled,
)
from hygiene.safety.archives import Bundle, bundle_of


def mangled(text: str) -> str:
    """Return text as these archives write it."""
    return text.encode().decode("latin-1")


@pytest.mark.parametrize("text", ["Compte privé", "Nom d’utilisateur", "日本", "🦊", "plain"])
def test_mangled_text_is_readable_again(text: str) -> None:
    assert unmangled(mangled(text)) == text


@pytest.mark.parametrize("text", ["é", "Compte privé", "日本", "Ã", ""])
def test_text_that_is_not_mangled_stays(text: str) -> None:
    assert unmangled(text) == text


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        (mangled("Compte privé"), "compte privé"),
        ("Private Account", "private account"),
        (mangled("Nom d’utilisateur"), "nom d'utilisateur"),
        (mangled("Qui peut voir vos futures publications\u00a0?"), "qui peut voir vos futures publications"),
        ("Qui peut voir vos futures publications\u202f?", "qui peut voir vos futures publications"),
        ("Who can see your future posts?", "who can see your future posts"),
    ],
)
def test_labels_are_folded(label: str, expected: str) -> None:
    assert folded(label) == expected


MAP = {
    "title": "",
    "string_map_data": {mangled("Compte privé"): {"href": "", "value": "True", "timestamp": 0}},
}
LIST = {
    "timestamp": 1_700_000_000,
    "label_values": [
        {"label": "State", "value": "Enabled", "ent_field_name": "State"},
        {"label": "Time", "timestamp_value": 1_700_000_000},
        {"title": "Who", "dict": [{"label": "Inner", "value": "Friends"}]},
        {"label": "Kinds", "vec": [{"value": "one"}, {"value": "two"}]},
    ],
}


def test_the_map_shape_gives_its_entries() -> None:
    assert list(entries(MAP)) == [Entry("compte privé", "True", None, "")]


def test_the_list_shape_gives_its_entries_and_those_within() -> None:
    found = list(entries(LIST))
    assert Entry("state", "Enabled", None, "State") in found
    assert Entry("time", "", 1_700_000_000, "") in found
    assert Entry("inner", "Friends", None, "") in found
    assert [entry.value for entry in found if entry.value in {"one", "two"}] == ["one", "two"]


@pytest.mark.parametrize(
    "record",
    [
        None,
        7,
        "x",
        [],
        {"string_map_data": []},
        {"string_map_data": {"Email": "x"}},
        {"label_values": {"label": "x"}},
        {"label_values": [None, 3, {"label": 3, "value": 4, "timestamp_value": "1700000000"}]},
    ],
)
def test_wrong_types_give_no_value_and_no_error(record: object) -> None:
    assert not [entry for entry in entries(record) if entry.value or entry.seconds]


def test_a_deep_nest_is_walked_without_a_deep_stack() -> None:
    nest: list[object] = [{"label": "bottom", "value": "here"}]
    for _ in range(100_000):
        nest = [{"dict": nest}]
    assert "here" in [entry.value for entry in entries({"label_values": nest})]
    while nest:  # taken apart by hand: Python frees a deep nest by recursion
        nest = nest[0].get("dict", []) if isinstance(nest[0], dict) else []


@pytest.mark.parametrize(
    ("document", "key", "expected"),
    [
        ({"profile_user": [MAP]}, "profile_user", [MAP]),
        ({"admin_records_v2": [1, 2]}, "admin_records", [1, 2]),
        ({"profile_v2": {"a": 1}}, "profile", [{"a": 1}]),
        ([LIST], "anything", [LIST]),
        (LIST, "anything", [LIST]),
        ({"other": [MAP]}, "profile_user", []),
        (None, "profile_user", []),
    ],
)
def test_records_are_found_in_each_shape(document: object, key: str, expected: list[object]) -> None:
    assert list(records(document, key)) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["Enabled"], "on"),
        (["disabled"], "off"),
        (["ENABLED ", "some device"], "on"),
        (["Activé"], None),
        (["Enabled", "Disabled"], None),
        ([], None),
    ],
)
def test_a_switch_is_told_by_its_english_word_alone(values: list[str], expected: str | None) -> None:
    assert switch(Entry("", value, None, "") for value in values) == expected


def test_the_field_called_state_outweighs_other_values() -> None:
    found = [Entry("", "Disabled", None, "Sms"), Entry("", "Enabled", None, "State")]
    assert switch(found) == "on"


def test_values_that_contradict_each_other_prove_nothing() -> None:
    words = {"true": True, "false": False}
    assert truth(["True", "True"], words) is True
    assert truth(["True", "False"], words) is None
    assert truth(["True", "Oui"], words) is None
    assert truth([], words) is None
    assert only(["friends", "friends", None]) == "friends"
    assert only(["friends", "public"]) is None


@pytest.mark.parametrize("value", [0, -5, True, "1700000000", 1.5, None, [1]])
def test_only_a_count_of_seconds_is_a_time(value: object) -> None:
    assert seconds(value) is None


def test_a_record_tells_a_moment_only_where_it_has_one() -> None:
    one = {"string_map_data": {"Heure": {"timestamp": 1_700_000_000}, "IP": {"value": "192.0.2.1"}}}
    two = {"string_map_data": {"A": {"timestamp": 1_700_000_000}, "B": {"timestamp": 1_600_000_000}}}
    never = {"string_map_data": {"Heure": {"timestamp": 0}}}
    assert list(only_moments([[one, two, never, LIST]])) == [1_700_000_000, 1_700_000_000]


def test_labelled_values_are_those_with_a_known_label() -> None:
    found = all_entries([{"profile_user": [MAP]}], "profile_user")
    assert list(labelled(found, frozenset({"compte privé"}))) == ["True"]
    assert list(labelled(found, frozenset({"private account"}))) == []


def test_a_list_is_found_under_a_key_or_bare() -> None:
    assert list_under({"active_sessions_v2": [1]}, "active_sessions") == [1]
    assert list_under([1, 2], "active_sessions") == [1, 2]
    assert list_under({"other": [1]}, "active_sessions") is None
    assert list_under({"active_sessions_v2": {"a": 1}}, "active_sessions") == {"a": 1}


def html(**pages: bytes) -> Bundle:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, page in pages.items():
            archive.writestr(f"{name}.html", page)
    return bundle_of(data.getvalue())


def test_the_first_page_says_whose_web_pages_they_are() -> None:
    page = b"<title>Instagram</title><a href='your_instagram_activity/x.html'></a> facebook"
    bundle = html(start_here=page, media=b"x")
    assert is_html(bundle, (), "instagram", "facebook")
    assert not is_html(bundle, (), "facebook", "instagram")


def test_a_page_that_only_one_of_them_has_says_it_too() -> None:
    bundle = html(your_account_password_information=b"<html>", b=b"x")
    assert is_html(bundle, ("your_account_password_information.html",), "facebook", "instagram")
    assert not is_html(bundle, ("password_change_activity.html",), "instagram", "facebook")

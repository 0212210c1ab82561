"""Ids: taken, unknown, replaced."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.catalog.lint.desk import GOOD, OURS, check, lint, ours


@pytest.mark.parametrize("name", ["setup", "you"])
def test_names_that_stand_for_something_else(tmp_path: Path, name: str) -> None:
    """Not even ours may have them."""
    found = ours(tmp_path, OURS.replace("id: acme", f"id: {name}"), name=f"{name}.yaml")
    assert found == [f"error:2: id: “{name}” is reserved"]
    assert ours(tmp_path, OURS.replace("id: acme", f"id: {name}")) == found  # one reason is enough


def test_a_bundled_list_is_called_like_its_file(tmp_path: Path) -> None:
    """So that both are found."""
    found = ours(tmp_path, OURS, name="shop.yaml")
    assert found == ["error:2: id: the file is called shop.yaml: both have the same name"]


def test_a_network_that_nobody_knows(tmp_path: Path) -> None:
    """Its list would never be asked; one about the person has none."""
    reason = "there is no network “nowhere”: nobody would be asked"
    assert ours(tmp_path, OURS.replace("network: acme", "network: nowhere")) == [
        f"error:5: network: {reason}"
    ]
    own = GOOD.replace("domains", "network: nowhere\ndomains")
    assert lint(tmp_path, own) == [f"error:5: network: {reason}"]
    assert lint(tmp_path, own.replace("nowhere", "instagram")) == []


def test_the_name_of_a_core_question(tmp_path: Path) -> None:
    """Means that question on every network; a list about the person may have it."""
    text = OURS.replace("id: a\n", "id: two-factor\n")
    assert ours(tmp_path, text) == ["error:8: checks[0].id: “two-factor” is the name of a core question"]
    assert ours(tmp_path, text.replace("network: acme\n", "")) == []
    own = GOOD.replace("id: a\n", "id: password-age\n")
    assert lint(tmp_path, own) == []
    found = lint(tmp_path, own.replace("domains", "network: x\ndomains"))
    assert found == ["error:8: checks[0].id: “password-age” is the name of a core question"]


@pytest.mark.parametrize(
    ("replaces", "expected"),
    [
        ("[my-list.old]", []),
        (
            "[my-list.b]",
            ["error:28: checks[1].replaces[0]: “my-list.b” is still there: it cannot be replaced"],
        ),
        (
            "[my-list.a]",
            ["error:28: checks[1].replaces[0]: “my-list.a” is still there: it cannot be replaced"],
        ),
        (
            "[my-list.old, my-list.old]",
            ["error:28: checks[1].replaces[1]: “my-list.old” is replaced twice"],
        ),
        (
            "[my-list.old, my-list.taken]",
            ["error:28: checks[1].replaces[1]: “my-list.taken” is replaced twice"],
        ),
        (
            "[habits.home-address]",
            ["error:28: checks[1].replaces[0]: “habits.home-address” is still there: it cannot be replaced"],
        ),
        ("[habits.long-gone]", []),
        ("[my-other.a]", []),
        ("[old]", ["error:28: checks[1].replaces[0]: “old” is not of the form instagram.private-account"]),
    ],
)
def test_what_a_check_replaces(tmp_path: Path, replaces: str, expected: list[str]) -> None:
    """Something that is gone, in this list or another, and that nothing else replaces."""
    text = GOOD.replace("    risk", "    replaces: [my-list.taken]\n    risk") + check("b", replaces=replaces)
    assert lint(tmp_path, text) == expected

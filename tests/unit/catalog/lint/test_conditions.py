"""`when:`: what never holds, what always holds, and what rests on itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.catalog.lint.desk import GOOD, OUR_CORE, OURS, check, lint, ours

NEVER = "the condition can never hold: this would never be asked"
ALWAYS = "the condition always holds: leave it out"
THREE = "{x: {text: {en: X, fr: X}, good: true}, y: {text: {en: Y, fr: Y}}, z: {text: {en: Z, fr: Z}}}"


def three(check_id: str, **changes: str) -> str:
    """A check with the choices x, y and z."""
    return check(check_id, choices=THREE, good="", **changes)


def of_network(folder: Path, when: str, network: str = "acme") -> list[str]:
    """What is said of a condition in a list about a network."""
    text = OURS.replace("network: acme", f"network: {network}") + three("b") + three("c", when=when)
    return ours(folder, text)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("acme.b is x", None),
        ("acme.b is x|unknown", None),
        ("acme.b is w", "error: “acme.b” is never “w”; it is one of x, y, z, unknown, not-applicable"),
        ("purpose is fun", "error: “purpose” is never “fun”; it is one of personal, work, shared"),
        ("platform is web", "error: “platform” is never “web”; it is one of ios, android"),
        ("platform is ios", None),
        ("acme.b is x and not acme.b is x", f"error: {NEVER}"),
        ("acme.b is x and acme.b is y|z", f"error: {NEVER}"),
        ("purpose is work and purpose is shared", f"error: {NEVER}"),
        ("platform is ios and not (platform is ios or platform is android)", f"error: {NEVER}"),
        ("acme.b is x|y|z", f"warning: {ALWAYS}"),
        ("acme.b is x or not acme.b is x", f"warning: {ALWAYS}"),
        ("purpose is personal|work|shared", f"warning: {ALWAYS}"),
        ("platform is ios or platform is android", f"warning: {ALWAYS}"),
        ("acme.b is x|y", None),
        ("not acme.b is x", None),
        ("purpose is personal and acme.b is x", None),
        ("acme.a is yes or acme.b is x and not platform is ios", None),
        ("acme.c is x", "error: the condition rests on itself: acme.c → acme.c"),
    ],
)
def test_conditions(tmp_path: Path, when: str, expected: str | None) -> None:
    """Every combination of answers is tried."""
    level, _, reason = (expected or "").partition(": ")
    found = of_network(tmp_path, when)
    assert found == ([f"{level}:36: checks[2].when: {reason}"] if expected else [])


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("not setup.phone-number is no", []),
        ("setup.phone-numbr is no", ["there is no check “setup.phone-numbr”"]),
        ("setup.networks is x", ["“setup.networks” is not a choice: no condition can rest on it"]),
    ],
)
def test_what_was_asked_before_the_checks_is_known_too(
    tmp_path: Path, when: str, expected: list[str]
) -> None:
    """A slip there would leave a check unasked for ever."""
    found = lint(tmp_path, GOOD + check("b", when=when))
    assert [each.partition("when: ")[2] for each in found] == expected


def test_the_network_decides_the_purpose(tmp_path: Path) -> None:
    """Then only that one can be; the same in a list about the person, who is personal."""
    networks = {"mill": "purpose is personal|shared"}
    assert [each.partition("when: ")[2] for each in of_network(tmp_path, networks["mill"], "mill")] == [NEVER]
    assert [each.partition("when: ")[2] for each in of_network(tmp_path, "purpose is work", "mill")] == [
        ALWAYS
    ]
    assert lint(tmp_path, GOOD + check("b", when="purpose is work")) == [f"error:27: checks[1].when: {NEVER}"]


def test_the_condition_of_the_check_that_is_named(tmp_path: Path) -> None:
    """It has an answer only where it is asked: two harmless conditions may exclude each other."""
    named = three("b") + three("c", when="my-list.b is x")
    never = named + three("d", when="my-list.c is x and my-list.b is y")
    assert lint(tmp_path, GOOD + never) == [f"error:45: checks[3].when: {NEVER}"]
    possible = named + three("d", when="my-list.c is x and my-list.b is x")
    assert lint(tmp_path, GOOD + possible) == []
    through = three("d", when="my-list.c is x") + three("e", when="my-list.d is x and not my-list.b is x")
    assert lint(tmp_path, GOOD + named + through) == [f"error:55: checks[4].when: {NEVER}"]


def test_what_is_always_asked_where_it_is_asked_at_all(tmp_path: Path) -> None:
    """A condition on a check that is not always asked does not always hold."""
    named = three("b") + three("c", when="my-list.b is x")
    assert lint(tmp_path, GOOD + named + three("d", when="my-list.c is x|y|z")) == []


def test_a_circle(tmp_path: Path) -> None:
    """Each of its checks waits for the next."""
    text = GOOD + three("b", when="my-list.c is x") + three("c", when="my-list.b is x or my-list.a is yes")
    assert lint(tmp_path, text) == [
        "error:26: checks[1].when: the condition rests on itself: my-list.b → my-list.c → my-list.b",
        "error:36: checks[2].when: the condition rests on itself: my-list.c → my-list.b → my-list.c",
    ]
    behind = text + three("d", when="my-list.b is x")
    assert len(lint(tmp_path, behind)) == 2  # only those in the circle are at fault


def test_kinds_that_no_condition_can_rest_on(tmp_path: Path) -> None:
    """A date, or several choices, is no word."""
    dated = check("b", kind="date", within="3", choices="", good="")
    expected = "error:36: checks[2].when: “my-list.b” is not a choice: no condition can rest on it"
    assert lint(tmp_path, GOOD + dated + three("c", when="my-list.b is x")) == [expected]


def test_names_in_other_lists(tmp_path: Path) -> None:
    """Bundled ones are known; of a stranger's nobody can tell."""
    assert lint(tmp_path, GOOD + three("b", when="my-other.c is x")) == []
    assert lint(tmp_path, GOOD + three("b", when="passwords.manager is dedicated")) == []
    (missing,) = lint(tmp_path, GOOD + three("b", when="passwords.colour is red"))
    assert missing == "error:26: checks[1].when: there is no check “passwords.colour”"
    (never,) = lint(tmp_path, GOOD + three("b", when="passwords.manager is purple"))
    assert never.startswith("error:26: checks[1].when: “passwords.manager” is never “purple”; it is one of ")


def test_what_the_parser_refuses_is_not_said_twice(tmp_path: Path) -> None:
    """A name of this list that is not there, whether or not the list is known elsewhere."""
    text = OURS + three("b", when="acme.c is x")
    (ours_only,) = ours(tmp_path, text)
    assert ours_only.endswith("names “acme.c”, which is not known")
    (only,) = lint(tmp_path, GOOD + three("b", when="my-list.c is x"))
    assert (
        only == "error:26: checks[1].when: the condition of my-list.b names “my-list.c”, which is not known"
    )


def test_conditions_of_core_questions(tmp_path: Path) -> None:
    """Looked at once, where they stand; in a network only for what the network makes of them."""
    core = OUR_CORE.replace(".two-factor is app", ".two-factor is pigeon")
    text = OURS.replace("checks:", "core:\n  two-factor: {minutes: 1}\n  codes: {minutes: 1}\nchecks:")
    assert ours(tmp_path, text) == []
    (only,) = [each for each in ours(tmp_path, text, core=core) if "_core.yaml" in each]
    assert only.endswith(
        "_core.yaml:17: checks[1].when: “.two-factor” is never “pigeon”; "
        "it is one of app, none, unknown, not-applicable"
    )
    core = OUR_CORE.replace(".two-factor is app", "purpose is personal")
    found = ours(tmp_path, text.replace("network: acme", "network: mill"), core=core)
    assert found == [f"error:9: core.codes.when: {NEVER}"]
    core = OUR_CORE.replace(".two-factor is app", "purpose is work")
    assert ours(tmp_path, text.replace("network: acme", "network: mill"), core=core) == []


def test_conditions_over_too_many_answers_are_left_alone(tmp_path: Path) -> None:
    """Twenty checks of five answers each would take for ever."""
    names = [f"c{number}" for number in range(20)]
    text = GOOD + "".join(three(name) for name in names)
    when = " or ".join(f"my-list.{name} is x" for name in names)
    assert lint(tmp_path, text + three("z", when=when)) == []

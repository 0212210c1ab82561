"""Who decided what, in words."""

from __future__ import annotations

from hygiene.model.checklist import Catalogue, Severity
from hygiene.model.policy import Layer, Policy, Rules
from hygiene.reporting.policy_text import who_set_what

DEFAULT = Rules(Layer.DEFAULT, password_months=3, audit_months=12)
ACME = Rules(
    Layer.ORGANISATION,
    "ACME",
    6,
    24,
    {"x.protected-posts": Severity.LOW, "acme-gone.check": Severity.HIGH},
    frozenset({"instagram.followers"}),
)


def lines_of(catalogue: Catalogue, *layers: Rules, tag: str = "en") -> list[str]:
    return list(who_set_what(Policy((DEFAULT, *layers)), catalogue, tag))


def test_the_program_alone(bundled: Catalogue) -> None:
    """Two periods; nobody need be told that they may be changed against somebody."""
    assert lines_of(bundled) == [
        "As hygiene comes:",
        "- a reminder to change a password after 3 months",
        "- between two audits: 12 months",
    ]


def test_an_organisation(bundled: Catalogue) -> None:
    """Everything that it changed, with the name of each check; and what one may do."""
    posts, followers = (bundled.check(each) for each in ("x.protected-posts", "instagram.followers"))
    assert posts
    assert followers
    assert lines_of(bundled, ACME) == [
        "As hygiene comes:",
        "- a reminder to change a password after 3 months (not in force: ACME says otherwise)",
        "- between two audits: 12 months (not in force: ACME says otherwise)",
        "Set by ACME:",
        "- a reminder to change a password after 6 months",
        "- between two audits: 2 years",
        "- [acme-gone.check]: high severity",
        f"- “{posts.title.to('en')}” [x.protected-posts]: low severity",
        f"- left out: “{followers.title.to('en')}” [instagram.followers]",
        (
            "You can choose your own periods with `hygiene settings password-months` and"
            " `hygiene settings audit-months`; nobody is told."
        ),
    ]


def test_the_person_has_the_last_word(bundled: Catalogue) -> None:
    """It is said of what is no longer in force; a person who chose nothing is not named."""
    lines = lines_of(bundled, ACME, Rules(Layer.PERSON, password_months=0))
    assert "- a reminder to change a password after 6 months (not in force: you chose otherwise)" in lines
    assert "- between two audits: 2 years" in lines
    assert lines[lines.index("Chosen by you:") + 1] == "- no reminder to change passwords"
    assert "Chosen by you:" not in lines_of(bundled, ACME, Rules(Layer.PERSON))


def test_two_organisations(bundled: Catalogue) -> None:
    """The later one weighs; what an empty one says is not mentioned."""
    other = Rules(Layer.ORGANISATION, "Club", severities={"x.protected-posts": Severity.HIGH})
    lines = lines_of(bundled, ACME, other, Rules(Layer.ORGANISATION, "Empty"))
    assert sum("low severity (not in force: Club says otherwise)" in line for line in lines) == 1
    assert lines[lines.index("Set by Club:") + 1].endswith("[x.protected-posts]: high severity")
    assert "Set by Empty:" not in lines


def test_titles_in_the_language_asked_for(bundled: Catalogue) -> None:
    """A title that is in another one is marked."""
    french = bundled.check("x.protected-posts")
    assert french
    assert any(french.title.to("fr") in line for line in lines_of(bundled, ACME, tag="fr"))
    assert any(" [en]” [x.protected-posts]" in line for line in lines_of(bundled, ACME, tag="de"))

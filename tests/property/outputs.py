"""A person’s report with words of our choosing wherever one may write some, for laws of all outputs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace
from tests.builders import DAY, NETWORKS, POLICY, YES_NO, catalogue, check, checklist, core_checks, record

from hygiene.engine.assess import assess
from hygiene.engine.state import current_state
from hygiene.model.account import YOU, Network, Purpose
from hygiene.model.checklist import Catalogue, Choice, Remediation, Severity, Steps, Trust
from hygiene.model.finding import Assessment, Changes
from hygiene.model.record import (
    AccountAdded,
    AnswerGiven,
    AuditFinished,
    AuditStarted,
    ChecklistUsed,
    Chosen,
    Event,
    NonAnswer,
    Scope,
    Via,
    Waived,
    Written,
)
from hygiene.model.site import Link, Site
from hygiene.model.text import same
from hygiene.reporting.occasion import Occasion
from hygiene.safety.cleaning import clean
from hygiene.usecases.desk import Desk

SLOTS = 6
FRAGMENTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "' onclick='x()",
    "javascript:alert(3)",
    "[a](javascript:b)",
    "![i](https://evil.example/i.png)",
    "https://evil.example www.evil.example",
    "\x1b[31mred\x1b]8;;https://evil.example\x07",
    "\u202egnp.exe\u2069",
    "\u200b\ufeff\x85\u2028",
    "=HYPERLINK(1)",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1＋1",
    "\t=1",
    "\r=2",
    '","x"\r\n"y',
    "a\nb\n\n# c\n===\n- d\n1. e",
    "```\n~~~",
    "*_`|\\&lt;&#60;",
    "{{ 7*7 }}{% raw %}",
    "{network}{account}%(num)s",
    "</style></title>-->",
    "\ud800",
)

hostile_words = st.lists(
    st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=6)), min_size=1, max_size=4
).map(lambda parts: "".join(parts) + "z")
hostile_sets = st.lists(hostile_words, min_size=SLOTS, max_size=SLOTS, unique_by=clean)
PLAIN = tuple(f"word {number} z" for number in range(SLOTS))

slots = st.integers(0, SLOTS - 1)
ACCOUNT_IDS = ("secret-a", "secret-b", "secret-c")


class Said(Struct, frozen=True):
    """What one account is, and what was said of it; words are places in a set of words."""

    network: str
    label: int | None
    has_domain: bool
    answers: tuple[tuple[int, Any, int | None], ...]
    waivers: tuple[tuple[int, int | None], ...]


answers = st.sampled_from(
    [
        *map(Chosen, ("no", "yes", "reused", "none")),
        NonAnswer.UNKNOWN,
        Via("secret-b"),
        Written("secret"),
    ]
)
accounts_said = st.builds(
    Said,
    st.sampled_from(["instagram", "other", "mastodon"]),
    st.none() | slots,
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 9), answers, st.none() | slots), max_size=5).map(tuple),
    st.lists(st.tuples(st.integers(0, 9), st.none() | slots), max_size=3).map(tuple),
)
people = st.tuples(*[accounts_said] * len(ACCOUNT_IDS))


def lists_with(words: Sequence[str]) -> Catalogue:
    """Checklists of ours, and a list of the person's own that holds the words wherever one may write some."""
    mean = replace(
        check("my-list.mean"),
        title=same(words[0]),
        risk=same(words[1]),
        severity=Severity.HIGH,
        choices=(*YES_NO, Choice("bad", same(words[2]))),
        remediation=Remediation(
            2, (Steps(None, (same(words[3]),)),), "javascript:alert(4)", "https://me@evil.example/"
        ),
    )
    placed = check("mastodon.look")
    placed = replace(
        placed, remediation=replace(placed.remediation, settings_url="https://{server}/settings")
    )
    own = checklist("my-list", mean)
    lists = (
        checklist("instagram", *core_checks("instagram"), network="instagram"),
        checklist("other", *core_checks("other"), network="other"),
        checklist("mastodon", *core_checks("mastodon"), placed, network="mastodon"),
        replace(own, title=same(words[4]), publisher=words[5], trust=Trust.FILE),
    )
    sites = Site("secret.example", Link("https://secret.example/password", "2026-11"))
    return replace(
        catalogue(*lists),
        networks=NETWORKS | {"mastodon": Network("mastodon", same("Mastodon"), host="server")},
        sites={"secret.example": sites},
    )


def told(
    person: Sequence[Said], words: Sequence[str], of_list: Sequence[str] | None = None
) -> tuple[Assessment, Occasion, Desk]:
    """Return what a report is about; the words of the person's own list may be others than the rest."""
    lists = lists_with(of_list or words)
    desk = Desk(lists, POLICY, DAY, lambda: "id")
    used = tuple(
        ChecklistUsed(each.id, each.version, "sha256:00", each.publisher, each.trust)
        for each in lists.checklists.values()
    )
    mean = AnswerGiven(YOU, "my-list.mean", Chosen("bad"), words[0])
    events = [AuditStarted("a1", Scope.FULL, 1, used), mean, *_events(person, words), AuditFinished("a1")]
    state = current_state(record(*events))
    assessment = assess(state, lists, POLICY, DAY, Scope.FULL)
    some = assessment.results[::3]
    changes = Changes(DAY, DAY, some, some, some, some, some, assessment.accounts[:1])
    return assessment, replace(desk.occasion(state), changes=changes), desk


def _events(person: Sequence[Said], words: Sequence[str]) -> list[Event]:
    def word(slot: int | None) -> str:
        return "" if slot is None else words[slot]

    events: list[Event] = []
    for account, said in zip(ACCOUNT_IDS, person, strict=True):
        domain = "secret.example" if said.has_domain else None
        events.append(AccountAdded(account, said.network, word(said.label), Purpose.PERSONAL, domain))
        checks = [f"{said.network}.{name}" for name in ("password", "two-factor", "password-age", "look")]
        for number, answer, note in said.answers:
            events.append(AnswerGiven(account, checks[number % len(checks)], answer, word(note)))
        for number, reason in said.waivers:
            events.append(Waived(account, checks[number % len(checks)], word(reason)))
    return events

"""What editors show beside a field while somebody types; the whole is in docs/checklist-format.md."""

from __future__ import annotations

from collections.abc import Mapping

from hygiene.catalog.lint.texts import LONGEST, MOST_STEPS


def _most(kind: str) -> str:
    return f"{LONGEST[kind]} characters at most"


FILE: Mapping[str, str] = {
    "format": "The version of this format: 1.",
    "id": "The name of the checklist; it never changes. One of your own begins with “my-”.",
    "version": "Year and month of this version, such as 2026.11.",
    "language": "The language of plain texts, and what a missing translation falls back to. By default en.",
    "title": "What the checklist is about, as it is shown.",
    "network": "The network that it is about, as in the register. Leave it out for a list about the person.",
    "domains": "Links must lie on these hosts or below them.",
    "sources": "What all checks of the file rest on.",
    "core": "This network's steps and links for the questions that are shared by all networks.",
    "checks": "The checks of this list's own, in the order in which they are asked.",
}

CHECK: Mapping[str, str] = {
    "id": "The name of the check within the list. It never changes its meaning; a new meaning is a new id.",
    "revision": "Raised when the wording of the question changes, but not its meaning. By default 1.",
    "replaces": "Whole ids of checks whose answers carry over to this one, such as instagram.is-private.",
    "title": f"What to do, as an imperative, without the network's name; {_most('title')}.",
    "question": f"One fact, never denied; {_most('question')}.",
    "group_question": "The same question about several accounts at once. Core questions only.",
    "done": f"What a pass is called where the title, an advice, would read wrongly; {_most('done')}.",
    "said": "By choice, the answer as a sentence that stands without its question.",
    "evidence": "By fact of an export: for each of its words the choice that it proves, or those left open.",
    "risk": f"What can happen; shown for “why?” and in the report; {_most('risk')}.",
    "severity": "How bad it would be.",
    "core": "Whether it is asked in every audit.",
    "answer": "memory (by default), or look: where one must open the settings to know.",
    "when": "When it is asked, such as: purpose is personal and instagram.private-account is yes",
    "audience": "personal: never in a list that an organisation publishes.",
    "choices": "The answers by id, in the order shown; the first good one is recommended. Or: yes-no.",
    "good": "With “choices: yes-no”: which of the two words is the good answer.",
    "kind": "choice (by default), many (several choices; all chosen must be good) or date.",
    "within": "Of a date: how many months ago is still good.",
    "minutes": "How long it takes to mend.",
    "steps": f"How to mend it: {MOST_STEPS} steps, {_most('steps')}; or such a list for web, ios, android.",
    "settings": "The page where it is mended, by https. It lies on one of the domains.",
    "help": "The network's own help page, by https. It lies on one of the domains.",
    "sourced": "The month of the published source of steps and links, such as 2026-08, or null.",
    "verified": "The day on which a person clicked it through, such as 2026-08-17, or null.",
    "confidence": "How sure the menu names are. By default low.",
    "sources": "What this check rests on.",
}

CHOICE: Mapping[str, str] = {
    "text": f"What the answer says; {_most('choices')}.",
    "good": "true, or the purposes of an account for which it is good: [work, shared]. By default false.",
    "severity": "Where a bad choice weighs otherwise than its check.",
}

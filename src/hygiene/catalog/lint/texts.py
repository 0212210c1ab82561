"""Texts: in every language, short enough, with known placeholders, and no two alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain

from hygiene.catalog.lint.manuscript import Manuscript, Remark, error, warning
from hygiene.catalog.written import Written, choices_at, texts_at, title_of
from hygiene.language import N_

LANGUAGES = ("en", "fr")
LONGEST = {
    "title": 80,
    "done": 80,
    "choices": 90,
    "said": 160,
    "question": 160,
    "group_question": 160,
    "risk": 300,
    "steps": 200,
}
"""The longest text of each kind, in characters; of a step, in `steps`."""
MOST_STEPS = 7
PLACEHOLDERS = frozenset({"network"})

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# French puts a no-break space, narrow or not, before these and inside guillemets.
_BARE_SPACE = re.compile(r" [?!;:»]|« ")


def remarks(manuscript: Manuscript) -> Iterator[Remark]:
    """Yield what is wrong with the texts that stand in the file."""
    for text in texts_of(manuscript):
        yield from _lengths(text)
        yield from _translations(text, manuscript)
        if not manuscript.is_setup:  # what stands there is filled in by the program
            yield from _placeholders(text)
        yield from _typography(text, manuscript)
    if not manuscript.is_shared:
        yield from _without_steps(manuscript)
    yield from _like_titles(manuscript)
    yield from _like_choices(manuscript)


def texts_of(manuscript: Manuscript) -> Iterator[Written]:
    """Yield every text of the file in its order: its title, then check by check."""
    draft = manuscript.draft
    checks = (texts_at(each.at, draft.checklist.language) for each in draft.placed)
    return chain(title_of(draft), *checks)


def _lengths(text: Written) -> Iterator[Remark]:
    limit = LONGEST[text.kind]
    for language, lines in text.by_language.items():
        for number, line in enumerate(lines):
            if len(line) > limit:
                reason = N_("{found} characters, {limit} at most")
                yield error(text.place(language, number), reason, found=len(line), limit=limit)
        if len(lines) > MOST_STEPS:
            reason = N_("{found} steps, {limit} at most")
            yield error(text.place(language), reason, found=len(lines), limit=MOST_STEPS)
        if text.kind == "title" and lines[0].endswith("?"):
            yield error(text.place(language), N_("a title says what to do: it is not a question"))


def _translations(text: Written, manuscript: Manuscript) -> Iterator[Remark]:
    source = manuscript.draft.checklist.language  # the parser asks for that one
    for language in LANGUAGES:
        if language != source and text.by_language and language not in text.by_language:
            reason = N_("no text in “{language}”")
            yield manuscript.lapse(text.missing(language), reason, language=language)


def _placeholders(text: Written) -> Iterator[Remark]:
    for language, lines in text.by_language.items():
        for number, line in enumerate(lines):
            for name in _PLACEHOLDER.findall(line):
                if name not in PLACEHOLDERS:
                    where = text.place(language, number)
                    yield error(where, N_("the placeholder {name} is not known here"), name=f"{{{name}}}")


def _typography(text: Written, manuscript: Manuscript) -> Iterator[Remark]:
    for number, line in enumerate(text.by_language.get("fr", ())):
        if found := _BARE_SPACE.search(line):
            reason = N_("an ordinary space in “{near}”: French puts a no-break space there")
            yield manuscript.lapse(text.place("fr", number), reason, near=found[0])


def _without_steps(manuscript: Manuscript) -> Iterator[Remark]:
    for each in manuscript.draft.placed:
        if not each.check.remediation.steps and not each.check.core_id:
            yield warning(f"{each.at.field}.steps", N_("no steps: nobody is told what to do"))


def _like_titles(manuscript: Manuscript) -> Iterator[Remark]:
    """In a report nobody could tell the two apart, in whichever language."""
    placed = manuscript.draft.placed
    titles = [_folded(each.check.title.by_language) for each in placed]
    counts = Counter(chain.from_iterable(titles))
    for each, own in zip(placed, titles, strict=True):
        for language, words in own:
            if counts[language, words] > 1:
                where = f"{each.at.field}.title.{language}"
                yield error(where, N_("another check has the same title in “{language}”"), language=language)


def _like_choices(manuscript: Manuscript) -> Iterator[Remark]:
    for each in manuscript.draft.placed:
        written = choices_at(each.at)
        choices = [choice for choice in each.check.choices if choice.id in written]
        counts = Counter(chain.from_iterable(_folded(choice.text.by_language) for choice in choices))
        for choice in choices:
            for language, words in _folded(choice.text.by_language):
                if counts[language, words] > 1:
                    where = f"{each.at.field}.choices.{choice.id}.text.{language}"
                    yield error(where, N_("another choice reads the same"))


def _folded(texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((language, words.casefold()) for language, words in texts.items() if words)

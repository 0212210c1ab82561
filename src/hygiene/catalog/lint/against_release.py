"""A draft against the last release: answers that people have given must keep their meaning."""

from __future__ import annotations

from collections.abc import Iterator

from hygiene.catalog.lint.manuscript import Manuscript, Remark, error, warning
from hygiene.catalog.parsing import Placed
from hygiene.catalog.released import Hashes, ReleasedCheck, ReleasedList, hashes, name_of
from hygiene.catalog.written import Written, texts_at, title_of
from hygiene.language import N_
from hygiene.model.checklist import Kind


def remarks(manuscript: Manuscript) -> Iterator[Remark]:
    """Yield what changed since the last release and must not, or not alone; nothing where there was none."""
    before = manuscript.released
    if before is None:
        return
    source = manuscript.draft.checklist.language
    yield from _old_translations(title_of(manuscript.draft), before.texts, source)
    for placed in manuscript.draft.placed:
        name = name_of(placed)
        if name in before.retired:
            reason = N_("“{id}” was given up in an earlier release and cannot come back: take a new id")
            yield error(f"{placed.at.field}.id", reason, id=name)
        elif name in before.checks:
            yield from _changes(placed, before.checks[name], source)
        else:
            yield from _renamed(placed, manuscript, before)
    yield from _gone(manuscript, before)


def _old_translations(texts: Iterator[Written], before: Hashes, source: str) -> Iterator[Remark]:
    for text in texts:
        old, new = before.get(text.name, {}), hashes([text])[text.name]
        if source not in old or old[source] == new.get(source):
            continue
        for language in new.keys() & old.keys() - {source}:
            if new[language] == old[language]:
                reason = N_("the text in “{language}” is older than its source")
                yield warning(text.place(language), reason, language=language)


def _changes(placed: Placed, before: ReleasedCheck, source: str) -> Iterator[Remark]:
    yield from _old_translations(texts_at(placed.at, source), before.texts, source)
    yield from _question(placed, before, source)
    if placed.check.core_id or before.core_id:
        return
    if placed.check.kind.value != before.kind:
        reason = N_("the kind was {before} in the last release: give the check a new id")
        yield error(f"{placed.at.field}.kind", reason, before=before.kind)
    elif placed.check.kind is not Kind.DATE:
        yield from _choices(placed, before)


def _question(placed: Placed, before: ReleasedCheck, source: str) -> Iterator[Remark]:
    """A new wording is a new revision, so that earlier answers are known to be to the earlier one."""
    revision = placed.check.revision
    now = hashes(texts_at(placed.at, source)).get("question", {})
    if revision < before.revision:
        reason = N_("the last release had revision {before}")
        yield error(f"{placed.at.field}.revision", reason, before=before.revision)
    elif revision == before.revision and now.get(source) != before.texts.get("question", {}).get(source):
        where = f"{placed.at.field}.question.{source}"
        yield error(where, N_("the question changed since the last release: raise the revision"))


def _choices(placed: Placed, before: ReleasedCheck) -> Iterator[Remark]:
    now = {choice.id: tuple(sorted(choice.good)) for choice in placed.check.choices}
    for choice, good in before.choices.items():
        where = f"{placed.at.field}.choices"
        if choice not in now:
            reason = N_("the choice “{choice}” is gone since the last release: give the check a new id")
            yield error(where, reason, choice=choice)
        elif now[choice] != good:
            reason = N_(
                "“{choice}” was good for {before} in the last release, now for {now}: give the check a new id"
            )
            yield error(
                f"{where}.{choice}", reason, choice=choice, before=_said(good), now=_said(now[choice])
            )


def _said(good: tuple[str, ...]) -> str:
    return ", ".join(good) or "–"


def _renamed(placed: Placed, manuscript: Manuscript, before: ReleasedList) -> Iterator[Remark]:
    """A new id that asks what an id asked that is gone."""
    source = manuscript.draft.checklist.language
    question = hashes(texts_at(placed.at, source)).get("question", {}).get(source)
    for old in _unreplaced(manuscript, before) if question else ():
        if before.checks[old].texts.get("question", {}).get(source) == question:
            reason = N_("it asks what “{id}” asked in the last release: name that under “replaces”")
            yield error(f"{placed.at.field}.id", reason, id=old)


def _gone(manuscript: Manuscript, before: ReleasedList) -> Iterator[Remark]:
    source = manuscript.draft.checklist.language
    asked = {
        hashes(texts_at(placed.at, source)).get("question", {}).get(source)
        for placed in manuscript.draft.placed
    }
    for old in _unreplaced(manuscript, before):
        question = before.checks[old].texts.get("question", {}).get(source)
        if question is None or question not in asked:
            where = "core" if before.checks[old].core_id else "checks"
            reason = N_(
                "“{id}” of the last release is gone and nothing replaces it: its answers are history only"
            )
            yield warning(where, reason, id=old)


def _unreplaced(manuscript: Manuscript, before: ReleasedList) -> tuple[str, ...]:
    list_id = manuscript.draft.checklist.id
    placed = manuscript.draft.placed
    replaced = {old for each in placed for old in each.check.replaces}
    present = {name_of(each) for each in placed}
    return tuple(
        name for name in before.checks if name not in present and f"{list_id}.{name}" not in replaced
    )

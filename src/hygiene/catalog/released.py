"""The record of the last release, `_released.json`: what answers were given to, so that it keeps its meaning.

It holds ids, forms and short hashes of texts, no text. See docs/checklist-format.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from hygiene.catalog.parsing import Draft, Placed
from hygiene.catalog.problems import Problems
from hygiene.catalog.written import Written, texts_at, title_of
from hygiene.language import N_

FILE = "_released.json"
FORMAT = 1
_HASH_DIGITS = 8  # one change in four thousand million goes unseen

Hashes = Mapping[str, Mapping[str, str]]
"""Of each text by language: `{"question": {"en": "1f0c…", "fr": "…"}}`."""


class ReleasedCheck(msgspec.Struct, frozen=True, omit_defaults=True):
    """One check, as it was released.

    Attributes:
        core_id: the core question that it is an instance of; kind and choices are there.
        choices: the purposes for which each is good, sorted.
    """

    revision: int = 1
    kind: str = "choice"
    core: bool = False
    core_id: str = ""
    choices: Mapping[str, tuple[str, ...]] = {}
    texts: Hashes = {}


class ReleasedList(msgspec.Struct, frozen=True, omit_defaults=True):
    """One checklist, as it was released.

    Attributes:
        retired: ids of earlier releases that are gone; they never come back.
    """

    version: str = ""
    texts: Hashes = {}
    checks: Mapping[str, ReleasedCheck] = {}
    retired: tuple[str, ...] = ()


class Release(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All checklists of a folder, by the name of their file without its ending."""

    format: int = FORMAT
    lists: Mapping[str, ReleasedList] = {}


def parse_release(data: bytes, file: str) -> Release:
    """Return the record of a release.

    Raises:
        FaultyFileError: it is not such a record, or of a later format.
    """
    problems = Problems(file)
    release = Release()
    try:
        release = msgspec.json.decode(data, type=Release)
    except msgspec.DecodeError as error:
        problems.add(1, "", N_("not a record of a release: {detail}"), detail=error)
    if release.format != FORMAT:
        problems.add(1, "format", N_("must be {expected}"), expected=FORMAT)
    problems.raise_if_any()
    return release


def render_release(release: Release) -> str:
    """Return the record as JSON, sorted, with a line for each check, so that changes show line by line."""
    lists = ",\n".join(f"{_json(name)}: {_render_list(each)}" for name, each in sorted(release.lists.items()))
    return f'{{"format": {release.format}, "lists": {{\n{lists}\n}}}}\n'


def make_release(drafts: Mapping[str, Draft], before: Release) -> Release:
    """Return the record of what is released now.

    Args:
        drafts: the checklists, by the name of their file without its ending.
        before: the record of the release before; its ids that are gone are retired for ever.
    """
    names = drafts.keys() | before.lists.keys()
    return Release(
        lists={name: _released(drafts.get(name), before.lists.get(name, ReleasedList())) for name in names}
    )


def hashes(texts: Iterable[Written]) -> Hashes:
    """Return a short hash of each text in each language."""
    return {text.name: {tag: _hash(lines) for tag, lines in text.by_language.items()} for text in texts}


def _released(draft: Draft | None, before: ReleasedList) -> ReleasedList:
    language = draft.checklist.language if draft else ""
    checks = {name_of(each): _released_check(each, language) for each in draft.placed} if draft else {}
    retired = ({*before.retired, *before.checks}) - checks.keys()
    return ReleasedList(
        version=draft.checklist.version if draft else before.version,
        texts=hashes(title_of(draft)) if draft else {},
        checks=checks,
        retired=tuple(sorted(retired)),
    )


def name_of(placed: Placed) -> str:
    """Return the id of a check within its list."""
    return placed.check.id.rpartition(".")[2]


def _released_check(placed: Placed, language: str) -> ReleasedCheck:
    check = placed.check
    texts = hashes(texts_at(placed.at, language))
    if check.core_id:
        return ReleasedCheck(check.revision, core=check.core, core_id=check.core_id, texts=texts)
    choices = {choice.id: tuple(sorted(choice.good)) for choice in check.choices}
    return ReleasedCheck(check.revision, check.kind.value, check.core, choices=choices, texts=texts)


def _render_list(released: ReleasedList) -> str:
    head = {"version": released.version, "retired": released.retired, "texts": released.texts}
    whole = ", ".join(f"{_json(key)}: {_json(value)}" for key, value in head.items() if value)
    checks = ",\n".join(f"  {_json(name)}: {_json(each)}" for name, each in sorted(released.checks.items()))
    parts = (whole, f'"checks": {{\n{checks}\n}}' if checks else "")
    return f"{{{', '.join(each for each in parts if each)}}}"


def _json(value: object) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


def _hash(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(_spaced_alike(lines)).encode()).hexdigest()[:_HASH_DIGITS]


def _spaced_alike(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines with every run of spaces as one: a no-break space changes no wording."""
    return (" ".join(line.split()) for line in lines)

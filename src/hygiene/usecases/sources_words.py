"""Sources of lists in words: what was taken in, how old it is, what is the matter."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from hygiene.catalog.organisation import POLICY, OrganisationLists
from hygiene.catalog.problems import Problem
from hygiene.distribution.release import Release
from hygiene.distribution.updating import Taken
from hygiene.errors import HygieneError
from hygiene.language import _, ngettext
from hygiene.model.checklist import Trust
from hygiene.safety.cleaning import clean
from hygiene.spoken_dates import say_date
from hygiene.usecases.publishing.changes import differences
from hygiene.usecases.sources import Kept, Updated

_MOST_REASONS = 3


def say_taken(taken: Taken, lists: OrganisationLists, language: str) -> Iterator[str]:
    """Yield what a source that was added brings."""
    yield _("Added: {name}, with the lists of {day}.").format(
        name=clean(lists.organisation.name), day=say_date(taken.release.released_on, language)
    )
    for checklist in lists.checklists:
        words = ngettext("- {title}: {n} question", "- {title}: {n} questions", len(checklist.checks))
        yield words.format(title=clean(checklist.title.to(language)), n=len(checklist.checks))
    yield from say_skipped(lists)


def say_updated(updated: Updated, language: str) -> Iterator[str]:
    """Yield what came of updating one source; what went wrong is said apart."""
    taken, lists = updated.taken, updated.lists
    if taken is None or lists is None:
        return
    name, day = clean(lists.organisation.name), say_date(taken.release.released_on, language)
    if not taken.is_new:
        yield _("{name}: nothing new; the lists are of {day}.").format(name=name, day=day)
    else:
        unused = {each.file for each in lists.skipped}  # those are said by themselves
        before = taken.previous and _without(taken.previous, unused)
        release = _without(taken.release, unused)
        lines = differences(before, release)
        words = (
            _("{name}: new lists, of {day}.")
            if lines
            else _("{name}: the lists were signed again on {day}; nothing changes for you.")
        )
        yield words.format(name=name, day=day)
        yield from map(clean, lines)
        if release.files.get(POLICY) not in (None, before.files.get(POLICY) if before else None):
            yield _("`hygiene trust list` shows what a policy sets.")
    yield from say_skipped(lists)
    yield from map(say_problem, taken.warnings)


def say_kept(kept: Kept, language: str) -> Iterator[str]:
    """Yield one source: whose it is, how old its lists are, whether they were renewed in time."""
    source, verified = kept.source, kept.verified
    words = (
        _("{name} ({id}), from {address}: lists of {day}.")
        if verified
        else _("{name} ({id}), from {address}: its lists are not used at the moment.")
    )
    yield words.format(
        name=clean(source.title or source.name),
        id=source.name,
        address=clean(source.address),
        day=verified and say_date(verified.release.released_on, language),
    )
    if source.managed:
        yield _("  Set up by the administrators of this computer.")
    if verified is None:
        return
    yield _("  Last looked at on {day}.").format(day=say_date(verified.verified_on, language))
    if verified.expired_on:
        yield say_expired(verified.expired_on, language)


def say_expired(expired_on: date, language: str) -> str:
    """Return that a publisher did not renew its lists, and that they stay in use."""
    return _("  Nobody has confirmed since {day} that they are current; they are still usable.").format(
        day=say_date(expired_on, language)
    )


def say_still_usable(kept: Kept, language: str) -> str:
    """Return, before an audit, that lists are old and used all the same."""
    assert kept.verified  # noqa: S101 - the caller looked
    words = _(
        "The lists of {name} are of {day}, and nobody has confirmed for some time that they are current; "
        "they are still usable. `hygiene update` looks for newer ones."
    )
    return words.format(
        name=clean(kept.source.title or kept.source.name),
        day=say_date(kept.verified.release.released_on, language),
    )


def say_managed(handed: Iterable[OrganisationLists]) -> Iterator[str]:
    """Yield the organisations whose lists administrators installed, and what of them is not used."""
    for lists in handed:
        organisation = lists.organisation
        if organisation.trust is Trust.MANAGED:
            yield _("{name} ({id}): installed by the administrators of this computer.").format(
                name=clean(organisation.name), id=organisation.source
            )
            yield from say_skipped(lists)


def say_skipped(lists: OrganisationLists) -> Iterator[str]:
    """Yield the files that this version cannot use; the others are used."""
    for each in lists.skipped:
        yield _("  {file} is left out: {reason}").format(
            file=clean(each.file), reason=clean(_reason(each.problems))
        )


def _reason(problems: Sequence[Problem]) -> str:
    if any(each.field == "format" and each.values for each in problems):  # all others may follow from that
        return _("it is written for another version of hygiene")
    return "; ".join(map(_said, problems[:_MOST_REASONS]))


def _said(problem: Problem) -> str:
    return problem.field + _(": ") + problem.words if problem.field else problem.words


def _without(release: Release, files: Container[str]) -> Release:
    return replace(release, files={name: data for name, data in release.files.items() if name not in files})


def say_problem(problem: HygieneError) -> str:
    """Return what happened and what to do, as one line."""
    message, hint = (_(words).format(**problem.values) for words in (problem.message, problem.hint))
    return clean(_("{what} – {hint}").format(what=f"{message[:1].upper()}{message[1:]}", hint=hint))


def source_json(kept: Kept) -> dict[str, object]:
    """Return one source for scripts."""
    source, verified = kept.source, kept.verified
    return {
        "name": source.name,
        "title": source.title,
        "address": source.address,
        "fingerprint": source.fingerprint,
        "managed": source.managed,
        "released_on": verified.release.released_on.isoformat() if verified else None,
        "verified_on": source.verified_on.isoformat() if source.verified_on else None,
        "expired_on": verified.expired_on.isoformat() if verified and verified.expired_on else None,
    }

"""What changed since an earlier audit, what got worse first; and the scores of all audits, side by side.

The ages of passwords are apart here too: that time has passed is no fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from hygiene.engine.past import PastAudit
from hygiene.language import _, ngettext
from hygiene.model.finding import Changes, Result
from hygiene.model.record import Outcome
from hygiene.reporting.actions import is_about_age
from hygiene.reporting.topics import Topic, topics_of
from hygiene.reporting.words import Voice, listed, say_coverage
from hygiene.spoken_dates import say_date


class ChangeGroup(Struct, frozen=True):
    """One kind of change, its title, and what it holds.

    Attributes:
        is_worse: what got worse: it is said in full wherever the rest is only counted.
        is_good: what was achieved.
    """

    title: str
    topics: tuple[Topic, ...]
    is_worse: bool = False
    is_good: bool = False

    @property
    def count(self) -> int:
        """How many checks that makes."""
        return sum(topic.count for topic in self.topics)


class ChangeSection(Struct, frozen=True):
    """What changed.

    Attributes:
        title: since when, or from when to when.
        groups: what got worse, what is fixed, new, asked no more; those that are empty are left out.
        sentences: what else there is to say: passwords, accounts, what is as it was.
    """

    title: str
    groups: tuple[ChangeGroup, ...] = ()
    sentences: tuple[str, ...] = ()


class TrendLine(Struct, frozen=True):
    """One finished audit beside the others.

    Attributes:
        day: when it was finished, in words.
        score: as a figure, or a dash.
        change: since the one before, as “+7”; empty where there is nothing to compare.
        todo: how many checks failed or were not known.
    """

    day: str
    score: str
    change: str
    coverage: str
    todo: int

    @property
    def figure(self) -> str:
        """The score with its change: “71 (+7)”."""
        return f"{self.score} ({self.change})" if self.change else self.score


def change_section(changes: Changes, voice: Voice, *, until_today: bool = True) -> ChangeSection:
    """Return what the report says about changes.

    Args:
        changes: what differs.
        voice: the report's language.
        until_today: whether the later side is today, and not another audit.
    """
    since = say_date(changes.since, voice.language)
    title = _("Since the audit of {day}").format(day=since)
    if not until_today:
        until = say_date(changes.until, voice.language)
        title = _("From the audit of {first} to that of {last}").format(first=since, last=until)
    groups = tuple(group for group in _groups(changes, voice) if group.topics)
    return ChangeSection(title, groups, tuple(_sentences(changes, groups, voice)))


def trend_of(history: Iterable[PastAudit], language: str) -> tuple[TrendLine, ...]:
    """Return the finished audits one after the other; nothing where there are fewer than two."""
    finished = [past for past in history if past.audit.finished_on]
    if len(finished) < 2:  # noqa: PLR2004 - one alone is no trend
        return ()
    before = [None, *(past.score.value for past in finished)]
    return tuple(_trend_line(past, old, language) for past, old in zip(finished, before, strict=False))


def say_change(score: int | None, before: int | None) -> str:
    """Return how far a score moved: “+7”, “−3”, “±0”; empty where one of them is missing."""
    if score is None or before is None:
        return ""
    moved = score - before
    return f"{'+' if moved > 0 else '−' if moved else '±'}{abs(moved)}"


def _groups(changes: Changes, voice: Voice) -> Iterator[ChangeGroup]:
    worse, fixed, added, retired = map(
        _without_ages, (changes.regressed, changes.fixed, changes.added, changes.retired)
    )
    yield ChangeGroup(_("What got worse"), topics_of(worse, voice), is_worse=True)
    yield ChangeGroup(_("What is settled"), topics_of(fixed, voice, as_done=True), is_good=True)
    yield ChangeGroup(_("New to do"), topics_of(added, voice))
    yield ChangeGroup(_("No longer asked"), topics_of(retired, voice))


def _sentences(changes: Changes, groups: tuple[ChangeGroup, ...], voice: Voice) -> Iterator[str]:
    said = [*_about_passwords(changes, voice), *_about_accounts(changes, voice)]
    if not (groups or said):
        yield _("Nothing has changed.")
    yield from said
    if same := len(_without_ages(changes.unchanged)):
        yield _("Still to do, as before: {n}.").format(n=same)


def _about_passwords(changes: Changes, voice: Voice) -> Iterator[str]:
    reached = [each for each in changes.regressed if is_about_age(each) and each.outcome is Outcome.FAIL]
    if reached:
        accounts = listed(voice.accounts_of(each.account for each in reached))
        yield _("Password reminder reached since then: {accounts}.").format(accounts=accounts)
    renewed = [each for each in changes.fixed if is_about_age(each)]
    if renewed:
        accounts = listed(voice.accounts_of(each.account for each in renewed))
        words = ngettext("Password renewed: {accounts}.", "Passwords renewed: {accounts}.", len(renewed))
        yield words.format(accounts=accounts)


def _about_accounts(changes: Changes, voice: Voice) -> Iterator[str]:
    if changes.closed:
        accounts = listed(voice.accounts_of(each.id for each in changes.closed))
        words = ngettext("Account closed: {accounts}.", "Accounts closed: {accounts}.", len(changes.closed))
        yield words.format(accounts=accounts)


def _without_ages(results: Iterable[Result]) -> tuple[Result, ...]:
    return tuple(result for result in results if not is_about_age(result))


def _trend_line(past: PastAudit, before: int | None, language: str) -> TrendLine:
    score = past.score
    return TrendLine(
        day=say_date(past.audit.finished_on or past.audit.started_on, language),
        score="–" if score.value is None else str(score.value),
        change=say_change(score.value, before),
        coverage=say_coverage(score),
        todo=past.outcomes[Outcome.FAIL] + past.outcomes[Outcome.UNKNOWN],
    )

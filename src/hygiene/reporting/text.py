"""Reports in plain text, for a terminal: no escape byte, no table, nothing that must be seen.

The long forms are wrapped to a width; the lists hold one item a line, whatever its length, so that a screen
reader and `grep` both read a whole item at a time.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from hygiene.language import _, ngettext
from hygiene.model.finding import PasswordState
from hygiene.reporting.actions import Action, Place
from hygiene.reporting.occasion import Due, EndedWaiver
from hygiene.reporting.password_section import PasswordSection, say_reached
from hygiene.reporting.report import Report
from hygiene.reporting.words import listed, say_level, say_minutes
from hygiene.safety.cleaning import clean
from hygiene.spoken_dates import say_date

if TYPE_CHECKING:
    from hygiene.reporting.change_section import ChangeSection

WIDTH = 72
_NARROWEST = 20


class _Line(Struct, frozen=True):
    """A paragraph, and how far it is set in."""

    words: str
    indent: str = ""
    first: str = ""


def render_summary(report: Report, width: int = WIDTH) -> str:
    """Return what stays on the screen after an audit: score, three actions, passwords, gaps."""
    return _wrapped(_summary(report), width)


def render_status(report: Report, due: Due, width: int = WIDTH) -> str:
    """Return where the person stands, and what is due."""
    lines = [
        _Line(_score(report)),
        _Line(_todo(report)),
        *map(_Line, _passwords(report.passwords)),
        *map(_Line, _gaps(report)),
        *(_Line(words) for words in _waivers(due, report.language)),
        _Line(_audit(due, report.language)),
    ]
    return _wrapped(lines, width)


def render_findings(report: Report) -> str:
    """Return every finding, one a line: severity, title, account, minutes, id."""
    places = [(action, place) for action in report.actions for place in action.places]
    places.sort(key=lambda each: -each[1].severity)
    lines = [
        *(_finding(action, place) for action, place in places),
        *_reminders(report.passwords),
        *(_finding(action, place) for action in report.accepted for place in action.places),
    ]
    return "\n".join(lines or [_("Nothing to do.")]) + "\n"


def render_due(report: Report, due: Due) -> str:
    """Return what is due, one thing a line: passwords, dated checks, waivers that ended, the audit."""
    lines = [
        *(
            _("{state}: {account}. {sentence}").format(
                state=group.title, account=line.account, sentence=line.sentence
            )
            for group in report.passwords.groups
            for line in group.lines
        ),
        *_checks(due, report.language),
        *_waivers(due, report.language),
        _audit(due, report.language),
    ]
    return "\n".join(lines) + "\n"


def _wrapped(lines: Iterable[_Line], width: int) -> str:
    return "".join(
        textwrap.fill(
            line.words,
            max(width, _NARROWEST),
            initial_indent=line.first or line.indent,
            subsequent_indent=line.indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        + "\n"
        for line in lines
    )


def _summary(report: Report) -> Iterator[_Line]:
    yield _Line(_score(report))
    if report.top:
        yield _Line("")
        yield _Line(_("What matters most:"))
    for number, action in enumerate(report.top, start=1):
        yield _Line(_action(action), indent="   ", first=f"{number}. ")
        urls = {stop.guide.settings_url for stop in action.stops if stop.guide.settings_url}
        if len(urls) == 1:
            yield from (_Line(url, indent="   ") for url in urls)
    more = len(report.actions) - len(report.top)
    if more:
        words = ngettext("And {n} more thing to do.", "And {n} more things to do.", more)
        yield _Line(words.format(n=more))
    if not report.top:
        yield _Line(f"{report.no_action.title}.")
    if report.changes:
        yield from _changes(report.changes)
    yield _Line("")
    yield from map(_Line, _passwords(report.passwords))
    yield from map(_Line, _gaps(report))
    if report.facts.next_audit_on:
        yield _Line(_("Next audit: {day}.").format(day=report.facts.next_audit_on))


def _changes(changes: ChangeSection) -> Iterator[_Line]:
    """Yield what got worse in full, and what else changed in figures."""
    from hygiene.reporting.memory_text import say_topic

    colon = _(": ")
    yield _Line("")
    yield _Line(f"{changes.title}{colon.rstrip()}")
    for group in (group for group in changes.groups if group.is_worse):
        yield _Line(f"{group.title}{colon.rstrip()}")
        yield from (_Line(say_topic(topic), indent="  ", first="- ") for topic in group.topics)
    counts = [f"{group.title}{colon}{group.count}." for group in changes.groups if not group.is_worse]
    if counts:
        yield _Line(" ".join([*counts, _("`hygiene compare` names them.")]))
    yield from map(_Line, changes.sentences)


def _score(report: Report) -> str:
    return _("Score: {score} ({coverage}).").format(score=report.score.words, coverage=report.score.coverage)


def _todo(report: Report) -> str:
    if report.counts:
        return _("To do: {counts}.").format(counts=report.counts)
    return f"{report.no_action.title}."


def _action(action: Action) -> str:
    values = {
        "title": action.title,
        "level": say_level(action.severity),
        "minutes": say_minutes(action.minutes),
        "accounts": listed(action.accounts),
    }
    words = (
        _("{title} ({level}, {minutes}): {accounts}")
        if action.accounts
        else _("{title} ({level}, {minutes})")
    )
    return words.format(**values)


def _passwords(section: PasswordSection) -> Iterator[str]:
    """Yield a sentence for each state that needs a look, and one where none does."""
    reached = tuple(say_reached(section))
    yield from reached
    if section.of(PasswordState.FRESH) and not (reached or section.has_urgent):
        yield _("Passwords: no reminder has been reached.")


def _gaps(report: Report) -> Iterator[str]:
    parts = []
    if never := sum(topic.count for topic in report.never_asked):
        parts.append(ngettext("{n} check never asked", "{n} checks never asked", never).format(n=never))
    if put_off := sum(topic.count for topic in report.put_off):
        parts.append(ngettext("{n} put off", "{n} put off", put_off).format(n=put_off))
    if parts:
        yield _("Not checked: {parts}.").format(parts=listed(parts))
    if report.not_covered:
        yield _("No checklist yet for {accounts}.").format(accounts=listed(report.not_covered))


def _checks(due: Due, language: str) -> Iterator[str]:
    """Yield what to look at again, once for all accounts that it concerns."""
    accounts: dict[str, list[str]] = {}
    for each in due.checks:
        names = accounts.setdefault(clean(each.title.to(language)), [])
        names += [clean(each.account.to(language))] if each.account else []
    for title, names in accounts.items():
        words = _("To look at again: {title} ({accounts}).") if names else _("To look at again: {title}.")
        yield words.format(title=title, accounts=listed(names))


def _waivers(due: Due, language: str) -> Iterator[str]:
    for waiver in due.ended_waivers:
        yield _("No longer accepted: {finding}.").format(finding=_accepted_once(waiver, language))


def _accepted_once(waiver: EndedWaiver, language: str) -> str:
    """Return what had been accepted, in words where they are known, with the id by which to act on it."""
    if waiver.title is None:
        return clean(waiver.id)
    title = clean(waiver.title.to(language))
    if waiver.account:
        title = _("{title} ({facts})").format(title=title, facts=clean(waiver.account.to(language)))
    return f"{title} [{clean(waiver.id)}]"


def _audit(due: Due, language: str) -> str:
    if due.audit_due and due.next_audit_on is None:
        return _("There has been no audit yet.")
    if due.next_audit_on is None:
        return _("No next audit is planned.")
    words = _("The yearly audit has been due since {day}.") if due.audit_due else _("Next audit: {day}.")
    return words.format(day=say_date(due.next_audit_on, language))


def _finding(action: Action, place: Place) -> str:
    values = {
        "level": _sentence_case(say_level(place.severity)),
        "title": action.title,
        "account": place.account,
        "minutes": say_minutes(place.minutes),
        "accepted": f" {place.accepted}" if place.accepted else "",
        "id": place.id,
    }
    if place.account:
        return _("{level}: {title}, {account}, {minutes}.{accepted} [{id}]").format(**values)
    return _("{level}: {title}, {minutes}.{accepted} [{id}]").format(**values)


def _reminders(section: PasswordSection) -> Iterator[str]:
    for group in section.groups:
        for line in group.lines:
            if line.finding:
                words = _("{state}: {account}. {sentence} [{id}]")
                yield words.format(
                    state=group.title, account=line.account, sentence=line.sentence, id=line.finding
                )


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]

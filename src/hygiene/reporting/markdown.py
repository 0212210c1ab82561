"""The report as Markdown, to be kept in a notebook: every action is a task to tick.

Everything that comes from a checklist or a person is escaped, so that it stays the words that it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hygiene.language import _, ngettext
from hygiene.reporting.actions import Action, Guide, Place, Stop
from hygiene.reporting.change_section import ChangeSection, TrendLine
from hygiene.reporting.links import safe_url
from hygiene.reporting.method import Method
from hygiene.reporting.next_dates import NextDate
from hygiene.reporting.password_section import PasswordSection
from hygiene.reporting.report import Facts, Report
from hygiene.reporting.topics import Topic
from hygiene.reporting.words import Words, listed, say_level, say_minutes

_SPECIAL = re.compile(
    r"[\\`*_\[\]<>|#~]"
    r"|&(?=[\w#])"  # an entity
    r"|(?<=\w):(?=//)|(?<=www)\."  # what some readers make links of
    r"|^[-+=]"  # a list or an underline
)
_NUMBER = re.compile(r"^(\d+)([.)])(?=\s|$)")
_BREAKS = re.compile(r"\s*[\n\r]+\s*")
_IN_LIST = "  "


def render_markdown(report: Report) -> str:
    """Return the report as Markdown."""
    parts = (
        _head(report),
        *_changes(report),
        _part(_("What to do"), _actions(report.actions)),
        _part(_("Passwords"), _passwords(report.passwords)),
        _part(_("Already in order"), _topics(report.good, "[x] ")),
        _part(_("What was not checked, and why"), _gaps(report)),
        _part(_("Your other notes"), _notes(report)),
        _part(_("Accepted as it is"), _accepted(report.accepted)),
        _part(_("Next dates"), _dates(report.dates)),
        _part(_("How the score is worked out"), _method(report.method)),
        _part(_("This audit"), _facts(report.facts, report.menus)),
    )
    return "\n".join(line for part in parts for line in part)


def escape(words: Words | str) -> str:
    """Return words as one line of text that Markdown shows as it is."""
    line = _BREAKS.sub(" ", str(words).strip())
    return _NUMBER.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", line))


def _head(report: Report) -> Iterator[str]:
    yield f"# {escape(_('Your account check-up'))}"
    yield ""
    score = _("Score: {score} ({coverage}).").format(score=report.score.words, coverage=report.score.coverage)
    yield f"{escape(report.facts.made_on)}. **{escape(score)}**"
    yield ""
    if report.top:
        yield f"{escape(_('What matters most:'))}"
        yield ""
        for number, action in enumerate(report.top, start=1):
            yield f"{number}. {escape(action.title)} ({_effort(action)})"
    else:
        yield f"**{escape(report.no_action.title)}.** {escape(' '.join(report.no_action.sentences))}"
    yield ""
    yield f"> {escape(report.notice)}"
    yield ""


def _changes(report: Report) -> Iterator[Iterable[str]]:
    """Yield a part for what changed, and one for the scores of all audits."""
    if report.changes:
        yield _part(report.changes.title, _changed(report.changes))
    yield _part(_("Score by audit"), _trend(report.trend))


def _changed(changes: ChangeSection) -> Iterator[str]:
    for group in changes.groups:
        yield from (f"### {escape(group.title)}", "", *_topics(group.topics, "[x] " * group.is_good), "")
    for sentence in changes.sentences:
        yield from (escape(sentence), "")


def _trend(trend: Iterable[TrendLine]) -> Iterator[str]:
    for line in trend:
        yield f"- {escape(line.day)}{_(': ')}{escape(line.figure)}, {escape(line.coverage)}"


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield a part with its title; nothing where it is empty."""
    lines = list(lines)
    if lines:
        yield from (f"## {escape(title)}", "", *lines, "")


def _actions(actions: Iterable[Action]) -> Iterator[str]:
    for action in actions:
        yield f"- [ ] **{escape(action.title)}** ({_effort(action)})"
        yield f"{_IN_LIST}{escape(action.risk)}"
        is_alone = len(action.places) == 1
        for stop in action.stops:
            yield from _said(stop.places[0], _IN_LIST) if is_alone else _places(stop)
            yield from _guide(stop.guide, _IN_LIST if is_alone else _IN_LIST * 2)


def _effort(action: Action) -> str:
    facts = [say_level(action.severity), say_minutes(action.minutes)]
    if action.is_unknown:
        facts.append(_("find out first"))
    return escape(listed([*facts, *action.accounts]))


def _places(stop: Stop) -> Iterator[str]:
    for place in stop.places:
        account = escape(place.account or "")
        facts = listed((say_level(place.severity), say_minutes(place.minutes)))
        yield f"{_IN_LIST}- [ ] {account} ({escape(facts)})"
        yield from _said(place, _IN_LIST * 2)


def _said(place: Place, indent: str) -> Iterator[str]:
    if place.answered.text:
        yield f"{indent}- {escape(place.answered)}"
    if place.note:
        note = _("Your note: {words}").format(words=place.note)
        yield f"{indent}- {escape(note)}"


def _guide(guide: Guide, indent: str) -> Iterator[str]:
    for way in guide.ways:
        inner = indent
        if way.platform:
            yield f"{indent}- {escape(way.platform)}"
            inner = indent + _IN_LIST
        yield from (f"{inner}{number}. {escape(line)}" for number, line in enumerate(way.lines, start=1))
    links = [
        f"[{escape(name)}](<{url}>)"
        for name, url in (
            (_("Open the settings"), safe_url(guide.settings_url)),
            (_("Official help"), safe_url(guide.help_url)),
        )
        if url
    ]
    if guide.is_uncertain:
        links.append(escape(_("Menu names may differ.")))
    if links:
        yield f"{indent}- {' · '.join(links)}"


def _passwords(section: PasswordSection) -> Iterator[str]:
    if not section.groups:
        return
    yield f"{escape(section.rule)} {escape(section.advice)}"
    for group in section.groups:
        yield from ("", f"### {escape(group.title)}", "")
        yield from (f"- {escape(line.account)}. {escape(line.sentence)}" for line in group.lines)
    yield from ("", escape(section.purpose))
    yield from ("", escape(_("Against renewal by the calendar alone:")), "")
    for authority in section.authorities:
        yield f"- [{escape(authority.name)}](<{authority.url}>){_(': ')}{escape(authority.says)}"


def _topics(topics: Iterable[Topic], box: str = "") -> Iterator[str]:
    for topic in topics:
        yield f"- {box}{_topic(topic)}"


def _topic(topic: Topic) -> str:
    accounts = f" ({escape(listed(topic.accounts))})" if topic.accounts else ""
    return escape(topic.title) + accounts


def _dates(dates: Iterable[NextDate]) -> Iterator[str]:
    for each in dates:
        yield f"- {escape(each.day)}{_(': ')}{listed(map(_topic, each.topics))}"


def _gaps(report: Report) -> Iterator[str]:
    for title, topics in ((_("Never asked"), report.never_asked), (_("Put off by you"), report.put_off)):
        if topics:
            yield from (f"### {escape(title)}", "", *_topics(topics), "")
    if report.not_covered:
        words = _("No checklist yet for {accounts}.").format(accounts=listed(report.not_covered))
        yield from (escape(words), "")
    if report.not_applicable:
        number = report.not_applicable
        words = ngettext("%(num)s check", "%(num)s checks", number) % {"num": number}
        yield f"{escape(_('Does not apply to you'))}{_(': ')}{words}"


def _notes(report: Report) -> Iterator[str]:
    for note in report.notes:
        account = f" ({escape(note.account)})" if note.account else ""
        yield f"- {escape(note.title)}{account}{_(': ')}{escape(note.words)}"


def _accepted(actions: Iterable[Action]) -> Iterator[str]:
    for action in actions:
        for place in action.places:
            account = f" ({escape(place.account)})" if place.account else ""
            yield f"- {escape(action.title)}{account}{_(': ')}{escape(place.accepted)}"


def _method(method: Method) -> Iterator[str]:
    sentences = filter(None, (method.formula, method.worked, method.neither))
    yield from (line for sentence in sentences for line in (escape(sentence), ""))
    weights = sorted(method.weights.items(), reverse=True)
    yield from (f"- {escape(say_level(severity))}{_(': ')}{weight}" for severity, weight in weights)


def _facts(facts: Facts, menus: Iterable[str]) -> Iterator[str]:
    for sentences in (facts.sentences, menus):
        if sentences:
            yield from (escape(" ".join(sentences)), "")
    for used in facts.checklists:
        origin = listed(filter(None, (used.publisher, used.trust)))
        yield f"- {escape(used.title)} {escape(used.version)} ({escape(origin)})"

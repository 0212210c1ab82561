"""A charter as Markdown, for a handbook or an intranet: the rules numbered, the advice not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hygiene.language import _
from hygiene.reporting.charter import Charter, FirstSteps
from hygiene.reporting.charter_points import Group, Point
from hygiene.reporting.links import safe_url
from hygiene.reporting.markdown import escape
from hygiene.reporting.words import Words, listed

_BLANK = "…" * 24


def render_charter_markdown(charter: Charter) -> str:
    """Return a charter as Markdown; words of the organisation and of checklists are escaped."""
    parts = (
        _head(charter),
        _section(_("Why this charter"), charter.why),
        _rules(charter),
        _advice(charter),
        _help(charter),
        _employer(charter),
        _foot(charter),
    )
    return "\n".join(line for part in parts for line in part)


def _head(charter: Charter) -> Iterator[str]:
    yield from (f"# {escape(_('Charter of good digital conduct'))}", "")
    yield from (f"**{escape(charter.name)}**, {escape(charter.day)}", "")
    if charter.draft:
        yield from (f"> {escape(' '.join(charter.draft))}", "")


def _section(title: str, paragraphs: Iterable[Words | str]) -> Iterator[str]:
    yield from (f"## {escape(title)}", "")
    yield from _paragraphs(paragraphs)


def _paragraphs(paragraphs: Iterable[Words | str]) -> Iterator[str]:
    for words in paragraphs:
        yield from (escape(words), "")


def _rules(charter: Charter) -> Iterator[str]:
    yield from _section(_("Rules for work"), (charter.rules.lead,))
    for group in charter.rules.groups:
        yield from _group(group, is_numbered=True)
    if charter.signed:
        yield from (escape(charter.signed), "")
        yield from (f"- {escape(field)}{_(': ')}{_BLANK}" for field in (_("Name"), _("Date"), _("Signature")))
        yield ""


def _advice(charter: Charter) -> Iterator[str]:
    nobody = _("Nobody checks it, and nobody signs it.")
    yield from _section(_("Advice for your own accounts"), ())
    yield from (f"**{escape(nobody)}** {escape(charter.advice.lead)}", "")
    for group in charter.advice.groups:
        yield from _group(group, is_numbered=False)


def _group(group: Group, *, is_numbered: bool) -> Iterator[str]:
    yield from (f"### {escape(group.title)}", "")
    yield from _paragraphs(filter(None, (group.scope,)))
    for number, point in enumerate(group.points, start=group.first):
        yield f"{number}. {_point(point)}" if is_numbered else f"- {_point(point)}"
    yield ""
    yield from _paragraphs(group.after)


def _point(point: Point) -> str:
    network = f" ({escape(point.network)})" if point.network else ""
    return f"**{escape(point.title)}**{network}. {escape(point.why)}"


def _help(charter: Charter) -> Iterator[str]:
    contact = charter.help.contact
    at_work = (f"{_('At work')}{_(': ')}{contact}",) if contact else ()
    early = _("A slip that is reported at once is the easiest to mend.")
    yield from _section(_("Where to get help"), (*at_work, early, *charter.help.own))
    if charter.help.first_steps:
        yield from _first_steps(charter.help.first_steps)


def _first_steps(first: FirstSteps) -> Iterator[str]:
    yield from (f"### {escape(first.title)}", "")
    yield from (f"{number}. {escape(step)}" for number, step in enumerate(first.steps, start=1))
    if url := safe_url(first.url):
        yield from ("", f"<{url}>")
    yield ""


def _employer(charter: Charter) -> Iterator[str]:
    yield from _section(_("What your employer neither learns nor asks"), charter.employer.learns)
    yield from (escape(charter.employer.asks), "")
    yield from (f"- {escape(each)}" for each in charter.employer.list)
    yield ""


def _foot(charter: Charter) -> Iterator[str]:
    against = _("Against renewal by the calendar alone:")
    yield from _section(_("On the age of passwords"), (charter.purpose, against))
    for authority in charter.authorities:
        yield f"- [{escape(authority.name)}](<{authority.url}>){_(': ')}{escape(authority.says)}"
    used = _("Checklists used")
    yield from ("", f"{escape(used)}{_(': ')}{escape(listed(charter.lists))}", "")

"""The plan of somebody who leaves a job as Markdown: every item, and every step, is a box to tick."""

from __future__ import annotations

from collections.abc import Iterator

from hygiene.language import _
from hygiene.reporting.actions import Guide
from hygiene.reporting.leaving_sheet import Item, Sheet, Where
from hygiene.reporting.links import safe_url
from hygiene.reporting.markdown import escape
from hygiene.reporting.words import Words, listed

_IN = "  "


def render_leaving_markdown(sheet: Sheet) -> str:
    """Return the plan as Markdown; words of checklists and people are escaped."""
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    yield from (f"# {escape(sheet.title)}", "")
    for words in sheet.opening:
        yield from (escape(words), "")
    yield f"> {escape(sheet.notice)}"
    for section in sheet.sections:
        yield from ("", f"## {escape(section.title)}", "")
        for item in section.items:
            yield from _item(item)
    if sheet.unasked:
        yield from ("", f"## {escape(sheet.unasked_title)}", "", escape(sheet.unasked_hint), "")
        for topic in sheet.unasked:
            yield f"- [ ] {escape(topic.title)}{_accounts(topic.accounts)}"


def _item(item: Item) -> Iterator[str]:
    facts = escape(listed(item.facts))
    yield f"- [ ] **{escape(item.title)}** ({facts}){_accounts(item.accounts)}"
    yield from (f"{_IN}- {escape(words)}" for words in (str(item.why), *item.said) if words)
    for where in item.wheres:
        is_alone = where.accounts in ((), item.accounts)
        yield from _where(where, is_alone=is_alone)


def _where(where: Where, *, is_alone: bool) -> Iterator[str]:
    indent = _IN
    if not is_alone:
        yield f"{indent}- [ ] {escape(listed(where.accounts))}"
        indent += _IN
    for way in where.guide.ways:
        inner = indent
        if way.platform:
            yield f"{indent}- {escape(way.platform)}"
            inner += _IN
        yield from (f"{inner}- [ ] {escape(line)}" for line in way.lines)
    if links := _links(where.guide):
        yield f"{indent}- {links}"


def _links(guide: Guide) -> str:
    named = ((_("Open the settings"), guide.settings_url), (_("Official help"), guide.help_url))
    links = [f"[{escape(name)}](<{url}>)" for name, url in named if safe_url(url)]
    if links and guide.is_uncertain:
        links.append(escape(_("Menu names may differ.")))
    return " · ".join(links)


def _accounts(accounts: tuple[Words, ...]) -> str:
    return f"{_(': ')}{escape(listed(accounts))}" if accounts else ""

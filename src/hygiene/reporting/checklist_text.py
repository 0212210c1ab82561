"""A checklist, or one check of it, to read in a terminal: no escape byte, no table.

Everything is said in one order and laid out in one of two ways: set in, or, for a screen reader, each item
from the edge, with a word in front of it where the other form has a mark.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from hygiene.language import _, ngettext
from hygiene.model.checklist import Check, Checklist, Remediation, Steps
from hygiene.model.policy import Policy
from hygiene.model.text import Text
from hygiene.reporting import check_words as say
from hygiene.reporting.checklist_index import Layout
from hygiene.reporting.words import PLATFORMS, TRUSTS, Voice, say_counts, say_minutes

_NARROWEST = 20
_STEP = "   "


class _Item(Struct, frozen=True):
    """A paragraph.

    Attributes:
        depth: how many steps it is set in.
        bullet: stands before it in either layout, such as “1.”.
        mark: stands before it where lines are wrapped.
        label: stands before it where they are not: “Question”.
    """

    words: str
    depth: int = 0
    bullet: str = ""
    mark: str = ""
    label: str = ""


_GAP = _Item("")
_BREATH = _Item("", depth=1)  # between the parts of a check, where lines are wrapped


class Reader(Struct, frozen=True):
    """Reads checklists out.

    Attributes:
        policy: says how long a password stays good.
    """

    voice: Voice
    policy: Policy
    layout: Layout

    def checklist(self, checklist: Checklist) -> str:
        """Return a whole checklist: what it is about, every check, its sources."""
        items = [*self._head(checklist)]
        for number, check in enumerate(checklist.checks, start=1):
            items += [_GAP, _BREATH, *self._check(check, checklist, f"{number}.")]
        return self._laid_out([*items, *_sources(checklist.sources)])

    def check(self, check: Check, checklist: Checklist) -> str:
        """Return one check of a checklist, and where it comes from."""
        head = [_Item(self._say(checklist.title)), _Item(_origin(checklist)), _GAP]
        return self._laid_out([*head, *self._check(check, checklist, "")])

    def _laid_out(self, items: Iterable[_Item]) -> str:
        shown = (item for item in items if not (self.layout.is_plain and item is _BREATH))
        return "".join(f"{_laid_out(item, self.layout)}\n" for item in shown)

    def _say(self, text: Text) -> str:
        return str(self.voice.say(text))

    def _head(self, checklist: Checklist) -> Iterator[_Item]:
        count = len(checklist.checks)
        counts = say_counts(Counter(check.severity for check in checklist.checks))
        yield _Item(self._say(checklist.title))
        yield _Item(say.say_subject(checklist))
        words = ngettext("{n} check: {counts}.", "{n} checks: {counts}.", count)
        yield _Item(words.format(n=count, counts=counts))
        words = _("About {answering} to answer; about {mending} to put everything right, if nothing is yet.")
        answering = say_minutes(say.minutes_to_answer(checklist))
        yield _Item(words.format(answering=answering, mending=say_minutes(say.minutes_to_mend(checklist))))
        yield _Item(_origin(checklist))

    def _check(self, check: Check, checklist: Checklist, number: str) -> Iterator[_Item]:
        service = say.service_of(checklist, self.voice.catalogue)

        def words(text: Text) -> str:
            return self._say(text.filled("network", service))

        yield _Item(words(check.title), bullet=number)
        yield _Item(f"{say.say_marks(check)} [{check.id}]", 1)
        if check.when:
            clause = say.say_condition(check.when, self.voice)
            yield _Item(_("Only when {clause}.").format(clause=clause), 1)
        yield _BREATH
        yield from self._question(check, words(check.question))
        yield _BREATH
        yield _Item(_("Why: {risk}").format(risk=words(check.risk)), 1)
        yield _BREATH
        ways = ((steps, tuple(map(words, steps.lines))) for steps in check.remediation.steps)
        yield from self._remedy(check.remediation, ways)
        yield from (_Item(_("Source: {source}").format(source=each), 1) for each in check.sources)

    def _question(self, check: Check, question: str) -> Iterator[_Item]:
        yield _Item(question, 1, label=_("Question: {words}"))
        for choice in check.choices:
            yield _Item(say.say_choice(choice, check, self.voice), 1, mark="-", label=_("Choice: {words}"))
        yield from (_Item(each, 1) for each in say.say_answer(check, self.policy))

    def _remedy(self, remedy: Remediation, ways: Iterable[tuple[Steps, Sequence[str]]]) -> Iterator[_Item]:
        minutes = say_minutes(remedy.minutes)
        yield _Item(_("To put it right, about {minutes}:").format(minutes=minutes), 1)
        for steps, lines in ways:
            if steps.platform:
                platform = _(PLATFORMS.get(steps.platform, steps.platform))
                yield _Item(_("{what}:").format(what=platform), 1)
            yield from (_Item(line, 1, bullet=f"{n}.") for n, line in enumerate(lines, start=1))
        urls = [say.say_url(url) for url in (remedy.settings_url, remedy.help_url)]
        forms = (_("Settings: {url}"), _("Help: {url}"))
        yield from (_Item(form.format(url=url), 1) for form, url in zip(forms, urls, strict=True) if url)
        if any(url and say.ELLIPSIS in url for url in urls):
            yield _Item(_("Put your own server, or the site of your country, in place of “…”."), 1)
        menus = " ".join(say.say_menus(remedy, self.voice.language))
        yield from [_Item(menus, 1)] * bool(menus)


def _origin(checklist: Checklist) -> str:
    words = (
        _("Version {version}, published by {publisher}: {trust}.")
        if checklist.publisher
        else _("Version {version}: {trust}.")
    )
    return words.format(
        version=checklist.version, publisher=checklist.publisher, trust=_(TRUSTS[checklist.trust])
    )


def _sources(sources: Sequence[str]) -> Iterator[_Item]:
    if sources:
        yield from (_GAP, _BREATH, _Item(_("Sources of this list:")))
        yield from (_Item(each, mark="-") for each in sources)


def _laid_out(item: _Item, layout: Layout) -> str:
    if layout.is_plain:
        words = item.label.format(words=item.words) if item.label else item.words
        return _wrapped(f"{item.bullet} {words}" if item.bullet else words, layout.width)
    indent = _STEP * item.depth
    first = item.bullet or item.mark
    return _wrapped(item.words, layout.width, f"{indent}{first} " if first else indent)


def _wrapped(words: str, width: int, lead: str = "") -> str:
    if not width:
        return lead + words
    return textwrap.fill(
        words,
        max(width, _NARROWEST),
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )

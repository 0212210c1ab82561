"""An import in words, one thing a line: what was read, what it answers, what it does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hygiene.engine.presences import Presence
from hygiene.engine.proofs import SOURCE, Reading, Verdict
from hygiene.engine.state import State
from hygiene.evidence.reading import Reader
from hygiene.language import N_, _, ngettext
from hygiene.model.account import OTHER
from hygiene.model.checklist import Check
from hygiene.model.evidence import DATES, Export, Remark
from hygiene.model.record import Answer, Chosen, Dated
from hygiene.model.site import Site
from hygiene.reporting.actions import say_answer
from hygiene.reporting.words import Voice
from hygiene.safety.cleaning import clean
from hygiene.spoken_dates import say_date, say_interval
from hygiene.usecases.desk import Desk
from hygiene.usecases.evidence import Findings, Line
from hygiene.usecases.evidence_gaps import say_untold

_MOST_SITES = 12
_FACTS: Mapping[str, str] = {
    "password-changed": N_("when passwords were changed"),
    "password": N_("passwords that serve twice"),
    "second-step": N_("a second step"),
    "attached-to": N_("whose mailbox it is"),
    "private": N_("whether it is private"),
    "recovery": N_("ways back in"),
    "future-posts": N_("who sees what you post"),
    "contact-upload": N_("whether it has your address book"),
    "downloads": N_("whether others may download"),
    "messages-from": N_("who may write to you"),
    "suggested": N_("whether you are suggested to others"),
    "discoverable": N_("whether you can be found"),
    "search-engines": N_("whether search engines show you"),
    "timeline": N_("the record of your movements"),
    "connected-apps": N_("how many apps are connected"),
    "sessions": N_("how many devices are signed in"),
}
_VERDICTS: Mapping[Verdict, str] = {
    Verdict.NEW: N_("New: {found}"),
    Verdict.CONFIRMED: N_("As you said: {found}"),
    Verdict.OVERRULED: N_("Changed: {found}. Before: {said}"),
    Verdict.KEPT: N_("Your answer stays: {said}. The export says: {found}"),
    Verdict.OPEN: N_(
        "To look at again: you said “{said}”, and the export says otherwise without saying what"
    ),
}
_VERDICTS_ON_EXPORTS: Mapping[Verdict, str] = {
    **_VERDICTS,
    Verdict.CONFIRMED: N_("Known already: {found}"),
    Verdict.KEPT: N_("What was known stays: {said}. This export says: {found}"),
    Verdict.OPEN: N_(
        "To look at again: “{said}” was known, and this export says otherwise without saying what"
    ),
}
"""The same where what stands in the record is from an earlier export, so that the person said nothing."""


def voice_for(findings: Findings, state: State, desk: Desk, language: str) -> Voice:
    """Return what says accounts, those that would be added too."""
    lines = (*findings.listed, *findings.others)
    return Voice(
        language,
        desk.day,
        desk.catalogue,
        {**state.accounts, **{each.account.id: each.account for each in lines}},
    )


def say_exports(exports: Iterable[Export], products: Mapping[str, str], language: str) -> Iterator[str]:
    """Yield what was read: product, day, how much, and what it could not tell.

    Args:
        exports: as they were read.
        products: whose format it is, by reader.
        language: of dates.
    """
    for export in exports:
        count = len(export.accounts)
        words = ngettext(
            "{product}, export of {day}: {n} sign-in.", "{product}, export of {day}: {n} sign-ins.", count
        )
        day = say_date(export.made_on, language)
        yield words.format(product=products[export.format], day=day, n=count)
        yield from map(say_remark, export.remarks)


def say_format(reader: Reader) -> Iterator[str]:
    """Yield what can be read, how one gets it, and what it proves."""
    yield _("{product} ({id})").format(product=reader.product, id=reader.id)
    yield _("  To get it: {how}").format(how=_(reader.how))
    proves = ", ".join(_(_FACTS[fact]) for fact in reader.proves if fact in _FACTS)
    yield _("  It shows: {facts}").format(facts=proves or _("which accounts you have"))


def say_remark(remark: Remark) -> str:
    """Return a reader's remark in the person's language."""
    return clean(_(remark.message).format(**dict(remark.values)))


def say_findings(findings: Findings, voice: Voice, sites: Mapping[str, Site]) -> Iterator[str]:
    """Yield everything that the person should see before anything is stored."""
    yield from _section(_("Your accounts"), _accounts(findings.known, voice))
    yield from _section(_("Accounts that are not in your audit yet"), _accounts(findings.listed, voice))
    yield from _section(_("Other services"), _others(findings.others, voice))
    yield from _section(
        _("Not used for two years, as far as the export knows"), _dormant(findings, voice, sites)
    )
    yield from _section(_("What could not be told"), say_untold(findings))


def say_unclear(presence: Presence, voice: Voice) -> str:
    """Return the question which account a sign-in is; here alone a user name is shown."""
    network = voice.catalogue.networks[presence.network]
    service = presence.domain if presence.network == OTHER else voice.say(network.name)
    if not presence.user:
        return _("The export has an account on {service}. Which one is it?").format(service=service)
    return _("The export has the account “{user}” on {service}. Which one is it?").format(
        user=clean(presence.user), service=service
    )


def news_in(lines: Iterable[Line]) -> int:
    """Return how many answers would be stored."""
    return sum(reading.is_news for line in lines for reading in line.readings)


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    rows = tuple(lines)
    if rows:
        yield ""
        yield title
        yield from rows


def _accounts(lines: Iterable[Line], voice: Voice) -> Iterator[str]:
    for line in lines:
        name = _name(line, voice)
        said = tuple(_reading(each, line, voice) for each in line.readings)
        if not said:
            yield _("- {account}: nothing that answers a question").format(account=name)
        for words in said:
            yield _("- {account}. {words}").format(account=name, words=words)


def _name(line: Line, voice: Voice) -> str:
    name = str(voice.account(line.account.id))
    number = line.account.id.rpartition("-")[2]
    is_one_of_several = number.isdigit() and not line.account.label and line.account.network != OTHER
    return f"{name} ({line.account.id})" if is_one_of_several else name


def _reading(reading: Reading, line: Line, voice: Voice) -> str:
    if reading.verdict is Verdict.SHOWN:
        return _shown(reading)
    before = reading.before
    found = _sentence(reading.answer, reading.check, line, voice) if reading.answer else ""
    said = _sentence(before.answer, reading.check, line, voice) if before else ""
    words = _VERDICTS_ON_EXPORTS if before and before.source.startswith(SOURCE) else _VERDICTS
    return _(words[reading.verdict]).format(found=found, said=said)


def _sentence(answer: Answer, check: Check, line: Line, voice: Voice) -> str:
    """Return an answer as a sentence that stands by itself."""
    if isinstance(answer, Chosen) and answer.id in check.said:
        return str(voice.say(check.said[answer.id], line.account.id))
    if isinstance(answer, Dated) and DATES & check.evidence.keys():
        when = say_interval(answer.interval, voice.language, voice.day)
        return _("password last changed {when}").format(when=when)
    question = voice.say(check.question, line.account.id)
    return f"{question} {say_answer(answer, check, voice, voice.day)}"


def _shown(reading: Reading) -> str:
    if reading.proof.fact.name == "sessions":
        words = ngettext(
            "{n} device is signed in; whether it is yours, only you can tell",
            "{n} devices are signed in; whether they are yours, only you can tell",
            reading.count,
        )
    else:
        words = ngettext(
            "{n} app or site is connected; whether you still need it, only you can tell",
            "{n} apps or sites are connected; whether you still need them, only you can tell",
            reading.count,
        )
    return words.format(n=reading.count)


def _others(lines: tuple[Line, ...], voice: Voice) -> Iterator[str]:
    if not lines:
        return
    names = list(dict.fromkeys(str(voice.account(line.account.id)) for line in lines))
    more = len(names) - _MOST_SITES
    shown = ", ".join(names[:_MOST_SITES])
    yield (
        _("- {names} and {n} more").format(names=shown, n=more)
        if more > 0
        else _("- {names}").format(names=shown)
    )
    yield from _counted(lines)


def _counted(lines: tuple[Line, ...]) -> Iterator[str]:
    answered: dict[str, int] = {}
    for line in lines:
        for reading in line.readings:
            if reading.is_news:
                answered[reading.check.group] = answered.get(reading.check.group, 0) + 1
    words = {
        "password-age": N_("- password age known: {n} of {total}"),
        "password": N_("- a weak password, or one that serves elsewhere: {n} of {total}"),
        "exposed": N_("- a password on the list of known ones: {n} of {total}"),
        "two-factor": N_("- a second step known: {n} of {total}"),
    }
    for group, count in answered.items():
        if group in words:
            yield _(words[group]).format(n=count, total=len(lines))


def _dormant(findings: Findings, voice: Voice, sites: Mapping[str, Site]) -> Iterator[str]:
    for line in findings.dormant(voice.day):
        last = line.presence.last_used or voice.day
        words = _("- {account}, last used on {day}").format(
            account=_name(line, voice), day=say_date(last, voice.language)
        )
        link = _closing(line, sites)
        yield _("{words}. To close it: {link}").format(words=words, link=link) if link else words


def _closing(line: Line, sites: Mapping[str, Site]) -> str:
    site = sites.get(line.account.domain or "")
    return site.close.url if site and site.close else ""

"""What an author wrote about a check, in full sentences: conditions, good answers, where menus come from.

Nothing here knows any account or answer: it is the checklist alone that is read out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from hygiene.engine.questions import Asked, Question
from hygiene.language import N_, _
from hygiene.model.account import OTHER, Purpose
from hygiene.model.checklist import (
    Catalogue,
    Check,
    Checklist,
    Choice,
    Condition,
    Every,
    Is,
    Kind,
    Not,
    Remediation,
)
from hygiene.model.dates import Interval, add_months
from hygiene.model.policy import Policy
from hygiene.model.record import NonAnswer
from hygiene.model.text import Text, same
from hygiene.reporting.links import safe_url
from hygiene.reporting.words import Voice, say_level, say_months
from hygiene.spoken_dates import say_date, say_interval

_PURPOSE = "purpose"
_PLATFORM = "platform"
_SERVICE = Text("en", {"en": "this site", "fr": "ce site"})
_SECONDS_IN_MINUTE = 60
_HOST = re.compile(r"\{[a-z-]+\}")
ELLIPSIS = "…"

_FOR: Mapping[Purpose, str] = {
    Purpose.PERSONAL: N_("for a personal account"),
    Purpose.WORK: N_("for a work account"),
    Purpose.SHARED: N_("for a group’s account"),
}
_IS_FOR: Mapping[str, str] = {
    Purpose.PERSONAL: N_("the account is personal"),
    Purpose.WORK: N_("the account is for work"),
    Purpose.SHARED: N_("the account belongs to a group"),
}
_RUNS: Mapping[str, str] = {
    "ios": N_("your phone is an iPhone"),
    "android": N_("your phone runs Android"),
}
_UNSAID: Mapping[str, str] = {
    NonAnswer.UNKNOWN: N_("I don’t know"),
    NonAnswer.NOT_APPLICABLE: N_("it does not apply"),
}


def service_of(checklist: Checklist, catalogue: Catalogue) -> Text:
    """Return what stands for `{network}` where no account is meant: the service's name, else “this site”."""
    network = catalogue.networks.get(checklist.network or "")
    return network.name if network and network.id != OTHER else _SERVICE


def say_subject(checklist: Checklist) -> str:
    """Return whom a checklist asks about."""
    if checklist.network:
        return _("Asked about each account of this kind that you have.")
    return _("About you; asked once, whatever accounts you have.")


def minutes_to_answer(checklist: Checklist) -> int:
    """Return how long all its questions take for one account, by the published formula, in whole minutes."""
    asked = ((check, (Asked(None, check, same("")),)) for check in checklist.checks)
    seconds = sum(Question(check, accounts, check.question).seconds for check, accounts in asked)
    return -(-seconds // _SECONDS_IN_MINUTE)


def minutes_to_mend(checklist: Checklist) -> int:
    """Return how long it takes to put everything right, if nothing is yet."""
    return sum(check.remediation.minutes for check in checklist.checks)


def say_marks(check: Check) -> str:
    """Return how bad it would be, how often it is asked, how one knows: “High severity. Asked every year”."""
    level = say_level(check.severity)
    said = [f"{level[:1].upper()}{level[1:]}."]
    if check.core:
        said.append(_("Asked every year."))
    if check.look:
        said.append(_("You will probably have to look in the settings."))
    if check.for_person_only:
        said.append(_("Private: never in a list that an organisation publishes."))
    return " ".join(said)


def say_choice(choice: Choice, check: Check, voice: Voice) -> str:
    """Return a choice, with what the check recommends said in words: “Yes (recommended)”."""
    words = str(voice.say(choice.text))
    said = "; ".join(_advice(choice, check))
    return _("{choice} ({advice})").format(choice=words, advice=said) if said else words


def say_answer(check: Check, policy: Policy) -> Iterator[str]:
    """Yield what may be answered, and what is recommended, where that is not one of the choices."""
    if check.kind is Kind.MANY:
        yield _("Several may be chosen.")
    if check.kind is not Kind.DATE:
        return
    yield _("Answer: a date, such as “March 2026” or “a year ago”.")
    if check.within_months:
        yield _("Recommended: within the last {time}.").format(time=say_months(check.within_months))
    elif policy.password_months.value:
        time = say_months(policy.password_months.value)
        yield _("Recommended: within the last {time}, or the time that you set yourself.").format(time=time)


def say_condition(condition: Condition, voice: Voice) -> str:
    """Return when a check is asked, as a clause that follows “only when”."""
    match condition:
        case Is():
            return _is(condition, voice)
        case Not(operand):
            return _("it is not so that {clause}").format(clause=_nested(operand, voice))
        case Every(operands):
            return _(" and ").join(_nested(each, voice) for each in operands)
        case _:
            return _(" or ").join(_nested(each, voice) for each in condition.operands)


def say_menus(remedy: Remediation, language: str) -> Iterator[str]:
    """Yield how old the words of the steps are, and whether menu names may differ from them."""
    if remedy.verified:
        day = say_date(date.fromisoformat(remedy.verified), language)
        yield _("Menus gone through by hand: {day}.").format(day=day)
    if remedy.sourced:
        yield _("Menus as published: {month}.").format(month=say_month(remedy.sourced, language))
    if remedy.is_uncertain and remedy.steps:
        yield _("Menu names may differ.")


def say_url(url: str | None) -> str | None:
    """Return an address as it is read out, else None; `…` is where each account has a host of its own."""
    if url is None or not safe_url(_HOST.sub("example.org", url)):
        return None
    return _HOST.sub(ELLIPSIS, url)


def say_month(month: str, language: str) -> str:
    """Return `2025-10` as “October 2025”."""
    first = date.fromisoformat(f"{month}-01")
    after = add_months(first, 1)
    return say_interval(Interval(first, date.fromordinal(after.toordinal() - 1)), language)


def _advice(choice: Choice, check: Check) -> Iterator[str]:
    first = [each for each in Purpose if check.recommended(each) is choice]
    too = [each for each in Purpose if each in choice.good and each not in first]
    if first:
        yield _with_purposes(_("recommended"), first)
    if too:
        yield _with_purposes(_("good too"), too)
    if choice.severity is not None and choice.severity != check.severity:
        yield _("then {level}").format(level=say_level(choice.severity))


def _with_purposes(words: str, purposes: Iterable[Purpose]) -> str:
    said = tuple(purposes)
    if len(said) == len(Purpose):
        return words
    return f"{words} {_(' or ').join(_(_FOR[each]) for each in said)}"


def _is(condition: Is, voice: Voice) -> str:
    fixed = {_PURPOSE: _IS_FOR, _PLATFORM: _RUNS}.get(condition.name)
    if fixed is not None:
        return _(" or ").join(_(fixed.get(each, each)) for each in condition.values)
    check = voice.catalogue.check(condition.name)
    question = str(voice.say(check.question)) if check else condition.name
    said = (_("“{words}”").format(words=_value(each, check, voice)) for each in condition.values)
    answers = _(" or ").join(said)
    return _("the answer to “{question}” is {answers}").format(question=question, answers=answers)


def _value(value: str, check: Check | None, voice: Voice) -> str:
    choice = check.choice(value) if check else None
    return str(voice.say(choice.text)) if choice else _(_UNSAID.get(value, value))


def _nested(condition: Condition, voice: Voice) -> str:
    words = say_condition(condition, voice)
    return words if isinstance(condition, Is) else f"({words})"

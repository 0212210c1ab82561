"""An organisation's charter of good digital conduct: rules for work, and advice for what is one's own.

It is drawn up from the lists that are in use, so that it asks for nothing that an audit would not explain.
Nothing of a person's is in it: neither answers nor settings are looked at.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from hygiene.language import _
from hygiene.model.checklist import Catalogue, Check
from hygiene.model.organisation import CharterWords, Colours, Organisation
from hygiene.model.policy import Policy
from hygiene.model.text import Text
from hygiene.reporting import charter_words as words
from hygiene.reporting.authorities import Authority, authorities
from hygiene.reporting.charter_points import Part, Points
from hygiene.reporting.links import safe_url
from hygiene.reporting.words import Voice, Words
from hygiene.safety.cleaning import clean
from hygiene.spoken_dates import say_date


class FirstSteps(Struct, frozen=True):
    """What to do first when an account is stolen: a check's own title, steps and link."""

    title: Words
    steps: tuple[Words, ...]
    url: str | None


class Help(Struct, frozen=True):
    """Whom to ask.

    Attributes:
        contact: at work; empty where the organisation named nobody.
        own: what the organisation adds.
        first_steps: None where the lists do not tell.
    """

    contact: str
    own: tuple[Words, ...]
    first_steps: FirstSteps | None


class Employer(Struct, frozen=True):
    """What the employer does not learn, as sentences, and what it does not ask: an opening and a list."""

    learns: tuple[str, ...]
    asks: str
    list: tuple[str, ...]


class Charter(Struct, frozen=True):
    """A charter in one language.

    Attributes:
        name: of the organisation, or what stands in its place.
        day: when it was drawn up, in words.
        draft: what is still to be done with it; empty where an organisation stands behind it.
        why: why it matters, in general and in the organisation's own words, and how the rest is divided.
        signed: what is signed under the rules; empty where nobody signs.
        purpose: what speaks for a reminder by age; the authorities speak against more than that.
        lists: the checklists that it rests on.
    """

    language: str
    name: str
    day: str
    draft: tuple[str, ...]
    why: tuple[Words, ...]
    rules: Part
    advice: Part
    help: Help
    employer: Employer
    signed: str
    lists: tuple[Words, ...]
    purpose: str
    authorities: tuple[Authority, ...]
    logo: bytes | None = None
    colours: Colours | None = None


def make_charter(
    organisation: Organisation | None, catalogue: Catalogue, policy: Policy, language: str, day: date
) -> Charter:
    """Return an organisation's charter; without one, a draft for any.

    Args:
        organisation: whose it is; its lists are in the catalogue.
        catalogue: the lists of the program, and the organisation's.
        policy: what is left out, and how often passwords come up. A person's own layer has no place in it.
        language: of the texts of checklists and of dates; messages are in the language in use.
        day: when it is drawn up.
    """
    voice = Voice(language, day, catalogue, {})
    name = clean(organisation.name) if organisation else _(words.YOUR_ORGANISATION)
    own = organisation.charter if organisation else CharterWords()
    lists = tuple(catalogue.checklists[each] for each in organisation.lists) if organisation else ()
    points = Points(voice, policy, lists, name)
    rules, advice = points.rules(), points.advice()
    return Charter(
        language=language,
        name=name,
        day=say_date(day, language),
        draft=() if organisation else tuple(map(_, words.DRAFT)),
        why=_why(own, name, voice),
        rules=rules,
        advice=advice,
        help=_help(organisation, points.find(words.EMERGENCY), voice),
        employer=_employer(name),
        signed=_(words.SIGNED).format(last=rules.count) if own.signature and rules.count else "",
        lists=tuple(points.lists()),
        purpose=_(words.FOR_A_REMINDER),
        authorities=authorities(),
        logo=organisation.logo if organisation else None,
        colours=organisation.colours if organisation else None,
    )


def _why(own: CharterWords, name: str, voice: Voice) -> tuple[Words, ...]:
    general = (Words(_(each).format(name=name)) for each in words.WHY)
    return (*general, *_paragraphs(own.why, voice), Words(_(words.TWO_PARTS)))


def _help(organisation: Organisation | None, emergency: Check | None, voice: Voice) -> Help:
    steps = _first_steps(emergency, voice) if emergency else None
    if organisation is None:
        return Help(_(words.YOUR_CONTACT), (), steps)
    return Help(clean(organisation.contact), _paragraphs(organisation.charter.help, voice), steps)


def _first_steps(check: Check, voice: Voice) -> FirstSteps:
    remedy = check.remediation
    lines = (line for steps in remedy.steps for line in steps.lines)
    return FirstSteps(voice.say(check.title), tuple(map(voice.say, lines)), safe_url(remedy.settings_url))


def _employer(name: str) -> Employer:
    return Employer(
        tuple(_(each).format(name=name) for each in words.NEVER_LEARNS),
        _("{name} does not ask you:").format(name=name),
        tuple(map(_, words.NEVER_ASKS)),
    )


def _paragraphs(text: Text | None, voice: Voice) -> tuple[Words, ...]:
    """Return the lines of a text of the organisation's, which may have several."""
    if text is None:
        return ()
    spoken = text.language_for(voice.language)
    lines = text.to(voice.language).splitlines()
    return tuple(voice.say(Text(spoken, {spoken: line})) for line in lines if line.strip())

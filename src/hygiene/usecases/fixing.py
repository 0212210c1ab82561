"""The walk through the open findings: how to mend each, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum, auto

from hygiene.engine.questions import Answered, Back, Progress, Reply, Stop
from hygiene.engine.state import State
from hygiene.errors import HygieneError
from hygiene.language import _, ngettext
from hygiene.model.dates import add_months
from hygiene.model.finding import Result, Waiver
from hygiene.model.record import COMPUTER, EMPLOYERS, Outcome
from hygiene.reporting.actions import Guide, actions_of, is_about_age, say_accepted
from hygiene.spoken_dates import say_date
from hygiene.store.file import OpenStore
from hygiene.terminal.plain import InputEndedError
from hygiene.usecases.acting import open_findings, parse_until, question_of, said, waived
from hygiene.usecases.desk import state_of
from hygiene.usecases.finding_words import say_finding, say_left
from hygiene.usecases.passwords import settle_password
from hygiene.usecases.scene import Scene, links_of

_SECONDS_IN_MINUTE = 60
_YEAR = 12  # calendar months


class Step(Enum):
    """What can be done with a finding, besides opening a page."""

    DONE = auto()
    LATER = auto()
    ACCEPT = auto()
    STOP = auto()


class Until(Enum):
    """How long a finding is accepted."""

    YEAR = auto()
    DAY = auto()
    EVER = auto()


def walk_findings(store: OpenStore, scene: Scene) -> OpenStore:
    """Go through the open findings, each once, in the order in which to act; end with what became of them."""
    begun_with = {each.id for each in _open(store, scene)}
    seen: list[str] = []
    while left := [each for each in _open(store, scene) if each.id not in seen]:
        seen.append(left[0].id)
        seconds = sum(each.check.remediation.minutes for each in left) * _SECONDS_IN_MINUTE
        try:
            then = _settle(store, left[0], Progress(len(seen), len(seen) + len(left) - 1, seconds), scene)
        except InputEndedError:
            break
        if then is None:
            break
        store = then
    still = {each.id for each in _open(store, scene)}
    scene.terminal.show(_say_end(len(begun_with - still), len(still)))
    return store


def ask_waiver(scene: Scene) -> tuple[str, date | None]:
    """Ask why a finding is accepted, and until when; None is for good."""
    reason = scene.terminal.line(_("Why is it fine as it is? (an empty line: no reason):"))
    return reason, ask_until(scene)


def ask_until(scene: Scene) -> date | None:
    """Ask until when a finding is accepted: a year unless the person says otherwise; None is for good."""
    in_a_year = add_months(scene.desk.day, _YEAR)
    rows = {
        Until.YEAR: _("For a year, until {day}").format(day=say_date(in_a_year, scene.language)),
        Until.DAY: _("Until another day…"),
        Until.EVER: _("For good"),
    }
    while True:
        match scene.pick(_("Until when?"), rows):
            case Until.YEAR:
                return in_a_year
            case Until.EVER:
                return None
            case _:
                until = _asked_day(scene)
                if until:
                    return until


def _asked_day(scene: Scene) -> date | None:
    while words := scene.terminal.line(_("Until which day? (an empty line goes back):")):
        try:
            until = parse_until(words, scene.desk.day)
        except HygieneError as error:
            scene.terminal.show(_(error.message).format(**error.values))
            continue
        question = _("Until {day}. Is that right?").format(day=say_date(until, scene.language))
        if scene.terminal.confirm(question, default=True):
            return until
    return None


def _open(store: OpenStore, scene: Scene) -> tuple[Result, ...]:
    return open_findings(scene.desk.assess(state_of(store)))


def _settle(store: OpenStore, finding: Result, progress: Progress, scene: Scene) -> OpenStore | None:
    """Show a finding and do what the person wants with it; None: they want to stop."""
    number = _("{number} of {total}").format(number=progress.number, total=progress.total)
    state = state_of(store)
    if is_about_age(finding):
        return settle_password(store, state.accounts[finding.account], scene, number)
    (action,) = actions_of([finding], scene.voice(state))
    scene.terminal.show(_("{number}. {finding}").format(number=number, finding=say_finding(action, state)))
    options = _options(finding, action.stops[0].guide, state)
    while True:
        step = scene.pick(_("What now?"), options)
        match step:
            case str():
                scene.open(step)
                options = _with_done_first(options)
            case Step.DONE:
                reply = scene.terminal.ask(question_of(finding, state, scene.desk.catalogue), progress)
                if not isinstance(reply, Back):
                    return _replied(store, finding, reply, scene)
            case Step.ACCEPT:
                return _accepted(store, finding, scene)
            case _:
                return store if step is Step.LATER else None


def _options(finding: Result, guide: Guide, state: State) -> Mapping[Step | str, str]:
    is_unknown = finding.outcome is Outcome.UNKNOWN
    steps = {
        Step.DONE: _("I know now: ask me again") if is_unknown else _("It is done: ask me again"),
        Step.LATER: _("Later"),
        Step.ACCEPT: _("Leave it as it is, on purpose"),
        Step.STOP: _("Stop here"),
    }
    options = dict[Step | str, str]((*links_of(guide.settings_url, guide.help_url), *steps.items()))
    # Those who administer an employer's computer can read what is opened on it.
    return _with_done_first(options) if state.settings.get(COMPUTER) == EMPLOYERS else options


def _with_done_first(options: Mapping[Step | str, str]) -> Mapping[Step | str, str]:
    return dict[Step | str, str](((Step.DONE, options[Step.DONE]), *options.items()))


def _replied(store: OpenStore, finding: Result, reply: Reply, scene: Scene) -> OpenStore | None:
    """Return the store with the new answer; None: the person wants to stop."""
    if not isinstance(reply, Answered):
        return None if isinstance(reply, Stop) else store
    store = scene.sealed(store, said(finding, reply))
    is_open = any(each.id == finding.id for each in _open(store, scene))
    scene.terminal.show(_("Kept. It stays on the list.") if is_open else _("Settled."))
    return store


def _accepted(store: OpenStore, finding: Result, scene: Scene) -> OpenStore:
    reason, until = ask_waiver(scene)
    event = waived(finding, reason, until)
    scene.terminal.show(say_accepted(Waiver(event.reason, until), scene.language))
    return scene.sealed(store, event)


def _say_end(settled: int, left: int) -> str:
    if not settled:
        return say_left(left)
    words = ngettext("{n} finding settled.", "{n} findings settled.", settled).format(n=settled)
    return f"{words} {say_left(left)}"

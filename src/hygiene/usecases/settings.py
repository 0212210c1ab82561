"""The person's own settings: what they are, what they may be, and what they change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from hygiene.engine.state import State
from hygiene.errors import UsageError
from hygiene.language import N_
from hygiene.model.policy import Layer, Policy, Rules
from hygiene.model.record import Record, SettingChosen
from hygiene.usecases.desk import Desk


class Setting(Struct, frozen=True):
    """One setting.

    Attributes:
        help: what it does.
        allowed: what it may be, in words.
        accepts: whether a value is one of those.
    """

    key: str
    help: str
    allowed: str
    accepts: Callable[[str], bool]


_LONGEST_MONTHS = 120
_LONGEST_LANGUAGE = 8


def _is_months(value: str) -> bool:
    return (
        value.isascii()
        and value.isdigit()
        and len(value) <= len(str(_LONGEST_MONTHS))
        and (int(value) <= _LONGEST_MONTHS)
    )


def _is_audit_months(value: str) -> bool:
    return _is_months(value) and int(value) > 0


def _one_of(*words: str) -> Callable[[str], bool]:
    return frozenset(words).__contains__


ORGANISATIONS = "organisation-lists"
"""The setting that leaves out what organisations hand out."""

SETTINGS: Mapping[str, Setting] = {
    each.key: each
    for each in (
        Setting(
            "language",
            N_("the language of questions and reports"),
            "en, fr, …",
            lambda tag: tag.isascii() and tag.isalpha() and len(tag) <= _LONGEST_LANGUAGE,
        ),
        Setting(
            "plain", N_("plain lines in every command, for screen readers"), "yes, no", _one_of("yes", "no")
        ),
        Setting(
            "password-months", N_("after how many months a password is due; 0 for never"), "0–120", _is_months
        ),
        Setting("audit-months", N_("how many months lie between two audits"), "1–120", _is_audit_months),
        Setting(
            "reminder-line",
            N_("a line in the terminal when something is due, once a day at most"),
            "on, off",
            _one_of("on", "off"),
        ),
        Setting(
            ORGANISATIONS,
            N_("whether the lists and rules of organisations are used; off for none of them"),
            "on, off",
            _one_of("on", "off"),
        ),
        Setting(
            "platform", N_("your phone, for the steps that differ"), "ios, android", _one_of("ios", "android")
        ),
    )
}


_OWN_FILES = "own-checklists"


def without_organisations(desk: Desk) -> Desk:
    """Return the desk as the program comes, whatever organisations hand out."""
    handed = {each for one in desk.organisations for each in one.lists}
    own = {name: each for name, each in desk.catalogue.checklists.items() if name not in handed}
    layers = tuple(each for each in desk.policy.layers if each.layer is not Layer.ORGANISATION)
    catalogue = replace(desk.catalogue, checklists=own)
    return replace(desk, catalogue=catalogue, policy=Policy(layers), organisations=())


def own_files(settings: Mapping[str, str]) -> tuple[Path, ...]:
    """Return the person's own checklist files that audits have used."""
    return tuple(map(Path, filter(None, settings.get(_OWN_FILES, "").split("\n"))))


def with_own_files_remembered(settings: Mapping[str, str], files: Iterable[Path]) -> SettingChosen | None:
    """Return the statement that these files belong to the checklists too; None where it was made before."""
    known = [str(each) for each in own_files(settings)]
    all_files = list(dict.fromkeys((*known, *(str(each.absolute()) for each in files))))
    return SettingChosen(_OWN_FILES, "\n".join(all_files)) if all_files != known else None


def checked(key: str, value: str) -> str:
    """Return the value if the setting takes it; an empty one goes back to the default.

    Raises:
        UsageError: there is no such setting, or it does not take that value.
    """
    setting = SETTINGS.get(key)
    if setting is None:
        raise UsageError(
            N_("there is no setting “{key}”"),
            hint=N_("the settings are: {keys}"),
            key=key,
            keys=", ".join(SETTINGS),
        )
    if value and not setting.accepts(value):
        raise UsageError(
            N_("“{key}” does not take “{value}”"),
            hint=N_("it may be: {allowed}"),
            key=key,
            value=value,
            allowed=setting.allowed,
        )
    return value


def settings_of(record: Record) -> Mapping[str, str]:
    """Return the settings in force, without looking at anything else."""
    events = (statement.event for statement in record.statements)
    return {event.key: event.value for event in events if isinstance(event, SettingChosen)}


def with_person(desk: Desk, state: State) -> Desk:
    """Return the desk as the person wants it: their own rules above all, organisations' lists or none."""
    if state.settings.get(ORGANISATIONS) == "off":
        desk = without_organisations(desk)
    rules = Rules(
        Layer.PERSON,
        password_months=_months(state, "password-months"),
        audit_months=_months(state, "audit-months"),
    )
    return replace(desk, policy=Policy((*desk.policy.layers, rules)))


def _months(state: State, key: str) -> int | None:
    value = state.settings.get(key, "")
    return int(value) if value else None

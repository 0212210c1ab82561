"""What differs between two versions of a checklist, in words and as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from hygiene.language import N_, _
from hygiene.model.account import Purpose
from hygiene.model.checklist import Check, Checklist, Choice, Condition, Kind
from hygiene.model.text import same
from hygiene.reporting.check_words import say_condition, service_of
from hygiene.reporting.checklist_diff import Change, Effect, Reason, Versions, is_ordinary, weight_of
from hygiene.reporting.checklist_index import Layout
from hygiene.reporting.words import LEVELS, Voice, listed, say_months
from hygiene.safety.cleaning import clean

SCHEMA = "hygiene.checklist-diff/1"

EFFECTS: Mapping[Effect, str] = {
    Effect.ASKED: N_("Asked at the next audit:"),
    Effect.JUDGED: N_("Judged otherwise, without being asked again:"),
    Effect.KEPT: N_("Answers are kept:"),
    Effect.GONE: N_("No longer asked:"),
    Effect.WORDS: N_("Worded otherwise, and nothing is asked again:"),
    Effect.MEND: N_("To look at before you hand the list out:"),
}
REASONS: Mapping[Reason, str] = {
    Reason.NEW: N_("it is new"),
    Reason.NETWORK: N_("the list is about {network} now; before, {old_network}: all of it is asked anew"),
    Reason.CHOICE_GONE: N_(
        "the answer “{choice}” is gone: those who gave it are asked again; until then it counts as unasked"
    ),
    Reason.CONDITION: N_("now asked {condition}; before, {old_condition}"),
    Reason.NOW_ORDINARY: N_("until now only `hygiene audit --full` asked it"),
    Reason.SEVERITY: N_("now {severity}; before, {old_severity}"),
    Reason.CHOICE_SEVERITY: N_("the answer “{choice}”: now {severity}; before, {old_severity}"),
    Reason.GOOD: N_("the answer “{choice}”: now {good}; before, {old_good}"),
    Reason.PERIOD: N_("a date is good for {period} now; before, for {old_period}"),
    Reason.REPLACED: N_("what was answered to {old_check} is taken over"),
    Reason.REVISION: N_("worded anew, with the same meaning (revision {revision})"),
    Reason.CHOICE_NEW: N_("the answer “{choice}” is offered too; what was answered stays"),
    Reason.RETIRED: N_("it is gone; what was answered stays in the history only"),
    Reason.NOW_MINOR: N_("from now on only `hygiene audit --full` asks it"),
    Reason.WORDS: "{fields}",
    Reason.KIND: N_(
        "now answered by {kind}; before, by {old_kind}: earlier answers do not fit, so take a new id"
    ),
    Reason.QUESTION: N_(
        "the question is worded otherwise, and nobody is asked again: raise the revision if the meaning is "
        "the same, else give the check a new id"
    ),
    Reason.REVISION_FELL: N_("now revision {revision}; before, {old_revision}: it only ever rises"),
    Reason.SAME_QUESTION: N_(
        "it asks what {old_check} asked: with “replaces: [{old_check}]” its answers are taken over"
    ),
    Reason.LIST_ID: N_(
        "the list is called {id} now; before, {old_id}: "
        "only the checks that say what they replace keep their answers"
    ),
}
FIELDS: Mapping[str, str] = {
    "title": N_("the title"),
    "question": N_("a translation of the question"),
    "answers": N_("the answers"),
    "risk": N_("why it matters"),
    "steps": N_("the steps"),
    "links": N_("the links"),
}
KINDS: Mapping[Kind, str] = {
    Kind.CHOICE: N_("one choice"),
    Kind.MANY: N_("several choices"),
    Kind.DATE: N_("a date"),
}
_GOOD: Mapping[Purpose, str] = {
    Purpose.PERSONAL: N_("good for a personal account"),
    Purpose.WORK: N_("good for a work account"),
    Purpose.SHARED: N_("good for a group’s account"),
}


def render_diff(versions: Versions, voice: Voice, layout: Layout) -> str:
    """Return what differs as text: what people are asked again comes first.

    Args:
        versions: what differs.
        voice: says the texts; its catalogue knows the questions that conditions name.
        layout: how wide a line may be.
    """
    head = _("{title} ({id}): from version {old} to version {new}.")
    title, (old, new) = str(voice.say(versions.new.title)), (versions.old, versions.new)
    lines = [head.format(title=title, id=new.id, old=old.version, new=new.version)]
    if not versions.changes:
        lines.append(_("Nothing changes for those who answer."))
    for effect, changes in groupby(versions.changes, key=lambda each: each.effect):
        lines += ["", _(EFFECTS[effect])]
        lines += (_line(each, versions, voice) for each in changes)
    return "".join(f"{_laid_out(line, layout)}\n" for line in lines)


def diff_json(versions: Versions, voice: Voice) -> dict[str, Any]:
    """Return `hygiene.checklist-diff/1`."""
    return {
        "schema": SCHEMA,
        "old": _version(versions.old),
        "new": _version(versions.new),
        "changes": [_row(each, versions, voice) for each in versions.changes],
    }


def _version(checklist: Checklist) -> dict[str, Any]:
    return {"id": checklist.id, "version": checklist.version, "checks": len(checklist.checks)}


def _row(change: Change, versions: Versions, voice: Voice) -> dict[str, Any]:
    check = change.check
    return {
        "effect": change.effect.value,
        "reason": change.reason.value,
        "check": check.id if check else None,
        "before": change.before.id if change.before else None,
        "choice": change.choice.id if change.choice else None,
        "title": _title(check, versions, voice) if check else None,
        "fields": list(change.fields),
        "words": _reason(change, versions, voice),
    }


def _line(change: Change, versions: Versions, voice: Voice) -> str:
    reason, check = _reason(change, versions, voice), change.check
    if check is None:
        return f"- {reason}"
    words = _("{title} [{id}]: {reason}")
    return f"- {words.format(title=_title(check, versions, voice), id=check.id, reason=reason)}"


def _laid_out(line: str, layout: Layout) -> str:
    if layout.is_plain:
        line = line.removeprefix("- ")
    if not layout.width or not line:
        return line
    hang = "  " if line.startswith("- ") else ""
    return textwrap.fill(
        line, layout.width, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False
    )


def _title(check: Check, versions: Versions, voice: Voice) -> str:
    return str(voice.say(check.title.filled("network", service_of(versions.new, voice.catalogue))))


def _reason(change: Change, versions: Versions, voice: Voice) -> str:
    said = [_(REASONS[change.reason]).format(**dict(_values(change, versions, voice)))]
    if change.reason is Reason.NEW and change.check:
        if change.check.when:
            said.append(_("asked {condition}").format(condition=_condition(change.check.when, voice)))
        if not is_ordinary(change.check):
            said.append(_("only `hygiene audit --full` asks it"))
    return _("; ").join(said)


def _values(change: Change, versions: Versions, voice: Voice) -> Iterator[tuple[str, object]]:
    """Yield what fills the words of a reason, that of before under a name with `old_`."""
    sides = ("old_", versions.old, change.before), ("", versions.new, change.check)
    for prefix, checklist, check in sides:
        yield f"{prefix}id", checklist.id
        yield f"{prefix}network", _network(checklist, voice)
        for name, value in _facts(check, change.choice, voice) if check else ():
            yield f"{prefix}{name}", value
    yield "choice", str(voice.say(change.choice.text)) if change.choice else ""
    yield "fields", listed(_(FIELDS[each]) for each in change.fields)


def _facts(check: Check, choice: Choice | None, voice: Voice) -> Iterator[tuple[str, object]]:
    own = check.choice(choice.id) if choice else None
    yield "check", check.id
    yield "revision", check.revision
    yield "kind", _(KINDS.get(check.kind, check.kind))
    yield "condition", _condition(check.when, voice)
    yield "severity", _(LEVELS[weight_of(own, check) if own else check.severity])
    yield "period", say_months(check.within_months) if check.within_months else "–"
    yield "good", _good(own) if own else ""


def _network(checklist: Checklist, voice: Voice) -> str:
    if not checklist.network:
        return _("the person")
    network = voice.catalogue.networks.get(checklist.network)
    return str(voice.say(network.name if network else same(clean(checklist.network))))


def _condition(condition: Condition | None, voice: Voice) -> str:
    if condition is None:
        return _("of everyone")
    return _("only when {clause}").format(clause=say_condition(condition, voice))


def _good(choice: Choice) -> str:
    if len(choice.good) == len(Purpose):
        return _("good for everyone")
    return _(" or ").join(_(_GOOD[each]) for each in Purpose if each in choice.good) or _("not good")

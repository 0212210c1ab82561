"""What those who publish read: what a root changes, whose signatures are missing, what ends when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from msgspec import Struct

from hygiene.distribution.publishing.deadlines import Deadline, deadlines
from hygiene.distribution.publishing.keys import tuf_key
from hygiene.distribution.publishing.metadata import Lack
from hygiene.distribution.publishing.repository import Published, load_published
from hygiene.distribution.publishing.roles import ROOT, SNAPSHOT, TARGETS, TIMESTAMP
from hygiene.distribution.publishing.workshop import FEWEST, REPOSITORY, Level, Workshop, load_workshop
from hygiene.distribution.source import fingerprint_of, grouped, tail
from hygiene.language import N_, _, current_language, ngettext
from hygiene.spoken_dates import say_date
from hygiene.usecases.publishing.keys import Bench
from hygiene.usecases.publishing.waiting import Waiting

_ROLES: Mapping[str, str] = {
    ROOT: N_("the root, that is who may sign"),
    TARGETS: N_("the lists"),
    SNAPSHOT: N_("the snapshot"),
    TIMESTAMP: N_("the timestamp"),
}


_SIGNED: Mapping[str, str] = {
    ROOT: N_("the root"),
    TARGETS: N_("lists"),
    SNAPSHOT: N_("renewals"),
    TIMESTAMP: N_("renewals"),
}


class Symptom(Struct, frozen=True):
    """One thing looked at; not fine means that something wants doing."""

    words: str
    is_fine: bool = True


def for_the_intranet(root: bytes, workshop: Workshop) -> str:
    """Return a sentence by which employees make sure of a root."""
    sentence = _(
        "To put on the intranet, with this fingerprint: “When `hygiene trust add` asks about the lists of "
        "{title}, compare the fingerprint, and type its last four groups: {groups}”"
    )
    return sentence.format(title=workshop.title, groups=tail(fingerprint_of(root)))


def root_lines(waiting: Waiting) -> tuple[str, ...]:
    """Return what the root that waits changes, and whose keys it names; nothing where none waits."""
    change, workshop = waiting.change, waiting.workshop
    if waiting.root is None or change is None:
        return ()
    lines = [_("Root {number} says who may sign:").format(number=waiting.root.signed.version)]
    for keyid, roles in _by_name(workshop, change.added):
        words = _("  comes: “{name}” ({key}), for {what}")
        lines.append(words.format(name=_name(workshop, keyid), key=short(keyid), what=_signs(roles)))
    for keyid, roles in _by_name(workshop, change.moved):
        words = _("  changes: “{name}” ({key}), from now on for {what}")
        lines.append(words.format(name=_name(workshop, keyid), key=short(keyid), what=_signs(roles)))
    for keyid in sorted(change.removed, key=lambda each: _name(workshop, each)):
        words = _("  goes: “{name}” ({key})")
        lines.append(words.format(name=_name(workshop, keyid), key=short(keyid)))
    for role, number in change.thresholds.items():
        words = _("  signatures needed: {count}, for {what}")
        lines.append(words.format(count=number, what=_signs((role,))))
    lines.append(_("  It holds until {day}.").format(day=_day(waiting.root.signed.expires)))
    return tuple(lines)


def lack_lines(waiting: Waiting) -> tuple[str, ...]:
    """Return whose signatures are missing on what waits."""
    rows = [
        (_("The root"), waiting.root, waiting.root_lacks),
        (_("The lists"), waiting.lists, waiting.lists_lack),
    ]
    lines = []
    for what, thing, lacks in rows:
        if thing is not None and not lacks:
            lines.append(_("{what}: signed; `hygiene publish release` publishes it.").format(what=what))
        # Where two roots ask for signatures, the greater lack comes first: it mostly fills the other.
        lines += [_lack(what, lack, waiting.workshop) for lack in sorted(lacks, key=_by_need)]
    return tuple(lines)


def warned(published: Published, level: Level, now: datetime) -> tuple[str, ...]:
    """Return what ends soon, or has ended."""
    return tuple(_deadline(each) for each in deadlines(published, level, now) if each.is_near)


def examine(bench: Bench, waiting: Waiting) -> tuple[Symptom, ...]:
    """Return how a workshop stands: what ends when, which keys are here, what waits.

    Raises:
        NotDoneError, AlteredError: a file of it cannot be used.
    """
    workshop = load_workshop(bench.folder)
    published = load_published(bench.folder / REPOSITORY)
    found: list[Symptom] = []
    if published is None or published.offered is None:
        found.append(Symptom(_("nothing was released yet"), is_fine=False))
    if published:
        ends = deadlines(published, workshop.level, bench.now)
        found += [Symptom(_deadline(each), is_fine=not each.is_near) for each in ends]
    found += _keys(bench, workshop)
    if len(workshop.people) < FEWEST[workshop.level]:
        words = _("only one person publishes: another joins with `hygiene publish join NAME --new`")
        found.append(Symptom(words, is_fine=False))
    found += [Symptom(line, is_fine=False) for line in lack_lines(waiting)]
    return tuple(found)


def short(keyid: str) -> str:
    """Return the beginning of a key id, to be compared by telephone."""
    return " ".join(grouped(keyid).split()[:4])


def _keys(bench: Bench, workshop: Workshop) -> Iterator[Symptom]:
    keys = [file.key for file in bench.ring(workshop.name).files()]
    held, holders = {key.public for key in keys}, {key.holder.casefold() for key in keys}
    for each in workshop.members:
        if not each.public:
            words = _("{name} has not joined yet: `hygiene publish join {name}` on their own computer")
            yield Symptom(words.format(name=each.name), is_fine=False)
            continue
        has_old = each.public not in held and each.name.casefold() in holders
        here = _("on this computer") if each.public in held else _("not on this computer")
        if has_old:
            here = _("not on this computer, which has an old one")
        words = _("the key “{name}” ({key}): {here}")
        key = short(tuf_key(each.public).keyid)
        yield Symptom(words.format(name=each.name, key=key, here=here), is_fine=not has_old)


def _lack(what: str, lack: Lack, workshop: Workshop) -> str:
    names = ", ".join(sorted(_name(workshop, keyid) for keyid in lack.keyids))
    words = ngettext(
        "{what}: {count} signature is missing; it can come from: {names}",
        "{what}: {count} signatures are missing; they can come from: {names}",
        lack.count,
    )
    return words.format(what=what, count=lack.count, names=names)


def _by_need(lack: Lack) -> tuple[int, tuple[str, ...]]:
    return -lack.count, lack.keyids


def _deadline(each: Deadline) -> str:
    words = _("{role}: until {day}")
    if each.is_over:
        words = _("{role}: ended on {day}; employees go on with the lists that they have")
    elif each.is_near:
        words = _("{role}: only until {day}")
    return words.format(role=_(_ROLES[each.role]), day=_day(each.ends))


def _by_name(
    workshop: Workshop, keys: Mapping[str, tuple[str, ...]]
) -> Iterable[tuple[str, tuple[str, ...]]]:
    return sorted(keys.items(), key=lambda each: _name(workshop, each[0]))


def _signs(roles: Iterable[str]) -> str:
    names = list(dict.fromkeys(_(_SIGNED[role]) for role in roles))
    if len(names) == 1:
        return names[0]
    return _("{these} and {this}").format(these=", ".join(names[:-1]), this=names[-1])


def _name(workshop: Workshop, keyid: str) -> str:
    return workshop.name_of(keyid) or _("nobody whom the workshop knows")


def _day(moment: datetime) -> str:
    return say_date(moment.date(), current_language())

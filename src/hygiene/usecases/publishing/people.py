"""The people who publish: a workshop begun and joined, and the freshness key handed on."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from hygiene.catalog.list_names import RESERVED_LISTS
from hygiene.distribution.publishing.ring import load_key
from hygiene.distribution.publishing.roles import member
from hygiene.distribution.publishing.staging import stage_root
from hygiene.distribution.publishing.workshop import (
    FEWEST,
    FILE,
    FRESHNESS,
    STAGED,
    Level,
    Member,
    Workshop,
    check_person,
    check_words,
    load_workshop,
    save_workshop,
)
from hygiene.distribution.source import check_name
from hygiene.errors import NotDoneError, UsageError
from hygiene.language import N_
from hygiene.safety.files import write_atomically
from hygiene.usecases.publishing.keys import (
    Bench,
    Carried,
    check_free,
    new_key,
    new_spare,
    sealed_apart,
    sealed_keys,
)
from hygiene.usecases.publishing.opening import Opener
from hygiene.usecases.publishing.roots import stage


class Plan(Struct, frozen=True):
    """What a new source is to be.

    Attributes:
        people: those who publish, the one who sits here first.
        approvals: how many of them sign each release of lists.
    """

    name: str
    title: str
    contact: str
    level: Level
    people: tuple[str, ...]
    approvals: int = 1


def begin(bench: Bench, plan: Plan, spare: Carried | None) -> Workshop:
    """Make a workshop and the key of the person who sits here; at level 2 also freshness and spare.

    Args:
        bench: where, and how to ask.
        plan: what it is to be.
        spare: where the spare goes; level 2 has one, level 1 has none.

    Raises:
        UsageError: a name or the number of people does not fit.
        NotDoneError: something is there already, or could not be written; no key is left behind.
    """
    _check(bench, plan)
    own, fresh = new_key(), new_key()
    new = {plan.people[0]: own, **({FRESHNESS: fresh} if spare else {})}
    passphrase, (mine, *others) = sealed_keys(bench.means, new)
    ring, written = bench.ring(plan.name), list[Path]()
    members = [member(plan.people[0], plan.level, own.public)]
    members += [member(name, plan.level) for name in plan.people[1:]]
    try:
        if spare:
            members.append(new_spare(spare, plan.name, plan.level, passphrase))
            members.append(member(FRESHNESS, plan.level, fresh.public))
            written.append(spare.path)
            written.append(ring.keep(FRESHNESS, others[0].rendered(plan.name, FRESHNESS)))
        written.append(ring.keep(plan.people[0], mine.rendered(plan.name, plan.people[0])))
        workshop = _workshop(plan, tuple(members))
        save_workshop(bench.folder, workshop)
        root = stage(bench, workshop)
        if root:  # of this person's key alone, made just now
            stage_root(bench.folder / STAGED, root, [own])
    except BaseException:
        for path in (*written, bench.folder / FILE):
            path.unlink(missing_ok=True)
        raise
    return workshop


def join(bench: Bench, name: str, *, is_new: bool = False) -> Workshop:
    """Make the key of somebody whom the workshop expects; once nobody is missing, the root with it waits.

    Args:
        bench: of that person.
        name: theirs.
        is_new: nobody expects them yet. Those who sign the root see that they come.

    Raises:
        UsageError: nobody of that name is expected.
        NotDoneError: they have joined already, or the key could not be written.
    """
    workshop = load_workshop(bench.folder)
    if is_new and not workshop.find(name):
        check_person(name)
        workshop = workshop.with_member(member(name, workshop.level))
    expected = _expected(workshop, name)
    ring, key = bench.ring(workshop.name), new_key()
    ring.check_free(expected.name)
    _passphrase, (sealed,) = sealed_keys(bench.means, {expected.name: key})
    path = ring.keep(expected.name, sealed.rendered(workshop.name, expected.name))
    try:
        workshop = workshop.with_member(member(expected.name, workshop.level, key.public))
        save_workshop(bench.folder, workshop)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    stage(bench, workshop)
    return workshop


def give_freshness(bench: Bench, carried: Carried) -> None:
    """Write a copy of the freshness key, to be carried to the other person or to what renews by itself.

    Raises:
        NotDoneError: this computer does not have it, or the file is there already or cannot be written.
        LockedError: nothing opens it.
    """
    workshop = load_workshop(bench.folder)
    check_free(carried.path)
    wanted = workshop.find(FRESHNESS)
    files = bench.ring(workshop.name).among([wanted.keyid] if wanted else [])
    if not files:
        raise NotDoneError(
            N_("the freshness key is not on this computer"),
            hint=N_("`hygiene publish doctor` says which keys are; a yearly source has none"),
        )
    key = Opener(bench.ways).open(files[0].key)
    _passphrase, data = sealed_apart(carried.means, key, workshop.name, FRESHNESS)
    write_atomically(carried.path, data)


def take_freshness(bench: Bench, path: Path) -> None:
    """Take a copy of the freshness key in; it keeps the passphrase that it was carried with.

    Raises:
        NotDoneError: the file is something else, or cannot be read or kept.
        AlteredError: it is damaged.
    """
    workshop = load_workshop(bench.folder)
    key = load_key(path)
    wanted = workshop.find(FRESHNESS)
    if key.source != workshop.name or wanted is None or key.public != wanted.public:
        raise NotDoneError(
            N_("{path} is not the freshness key of “{source}”"),
            hint=N_("the one who has it writes a copy with `hygiene publish freshness --to FILE`"),
            path=path,
            source=workshop.name,
        )
    bench.ring(workshop.name).keep(FRESHNESS, path.read_bytes())


def _check(bench: Bench, plan: Plan) -> None:
    check_name(plan.name, RESERVED_LISTS)
    check_words(plan.title)
    check_words(plan.contact)
    for name in plan.people:
        check_person(name)
    if len({name.casefold() for name in plan.people}) < len(plan.people):
        raise UsageError(N_("two people have the same name"), hint=N_("tell them apart, such as Alice-B"))
    if len(plan.people) < max(FEWEST[plan.level], plan.approvals):
        raise UsageError(
            N_("two people publish together, so that nobody can do it alone"),
            hint=N_("name both: --member Alice --member Bob; alone you can publish with --yearly"),
        )
    check_free(bench.folder / FILE)
    for holder in (plan.people[0], FRESHNESS):
        bench.ring(plan.name).check_free(holder)


def _workshop(plan: Plan, members: tuple[Member, ...]) -> Workshop:
    return Workshop(
        name=plan.name,
        title=plan.title or plan.name,
        contact=plan.contact,
        level=plan.level,
        approvals=plan.approvals,
        members=members,
    )


def _expected(workshop: Workshop, name: str) -> Member:
    expected = workshop.find(name)
    if expected is None or not expected.is_person:
        raise UsageError(
            N_("the workshop does not expect anybody called “{name}”"),
            hint=N_("it expects: {names}; --new lets somebody else come"),
            name=name,
            names=", ".join(workshop.awaited) or "–",
        )
    if expected.public:
        raise NotDoneError(
            N_("{name} has joined already"),
            hint=N_("a lost or stolen key is taken away with `hygiene publish revoke`"),
            name=expected.name,
        )
    return expected

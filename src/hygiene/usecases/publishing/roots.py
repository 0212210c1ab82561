"""A change of root: a key replaced or taken away. What it leads to waits until it is looked at and signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from hygiene.distribution.publishing.repository import load_published
from hygiene.distribution.publishing.roles import is_enough, make_root, member
from hygiene.distribution.publishing.staging import stage_root
from hygiene.distribution.publishing.workshop import (
    FEWEST,
    FRESHNESS,
    REPOSITORY,
    SPARE,
    STAGED,
    Level,
    Member,
    Workshop,
    load_workshop,
    save_workshop,
)
from hygiene.errors import NotDoneError, UsageError
from hygiene.language import N_
from hygiene.usecases.publishing.keys import Bench, Carried, me, new_key, new_spare, sealed_keys

if TYPE_CHECKING:
    from tuf.api.metadata import Metadata, Root


def stage(bench: Bench, workshop: Workshop) -> Metadata[Root] | None:
    """Let the root wait that the workshop asks for, unsigned, since others can write to that file too.

    The first one waits until everybody has joined: None.

    Raises:
        NotDoneError: too few keys would be left, or it could not be written.
    """
    before = load_published(bench.folder / REPOSITORY)
    if before is None and workshop.awaited:
        return None
    version = before.root.signed.version + 1 if before else 1
    root = make_root(workshop, version, bench.now)
    _check_enough(workshop, root.signed, is_first=before is None)
    stage_root(bench.folder / STAGED, root)
    return root


def rotate(bench: Bench, what: str, spare: Carried | None = None) -> Workshop:
    """Replace the own key, the freshness key or the spare; with no name, only renew the root.

    An old key of this computer is kept until the new root is published: it signs that root too.

    Args:
        bench: where.
        what: whose key it is; empty for none.
        spare: where a new spare goes.

    Raises:
        UsageError: it is somebody else's key, or there is no such key.
        NotDoneError: a key is missing, or cannot be written.
    """
    workshop = load_workshop(bench.folder)
    own = me(bench, workshop)
    if what.casefold() == SPARE and spare and workshop.level is Level.FULL:
        workshop = workshop.with_member(new_spare(spare, workshop.name, workshop.level))
        save_workshop(bench.folder, workshop)
    elif what:
        workshop = _with_new_key(bench, workshop, _own_or_freshness(workshop, what, own))
    stage(bench, workshop)
    return workshop


def revoke(bench: Bench, name: str, instead: str = "") -> Workshop:
    """Take a member's key away, as after a theft; the freshness key, which they had too, is replaced.

    Args:
        bench: of somebody else.
        name: whose key it is.
        instead: who is to join in their place.

    Raises:
        UsageError: there is no such person, or it is the person who sits here.
        NotDoneError: too few keys would be left; the workshop is as before.
    """
    before = workshop = load_workshop(bench.folder)
    stolen = workshop.find(name)
    if stolen is None or not stolen.is_person or stolen.name == me(bench, workshop):
        raise UsageError(
            N_("“{name}” is nobody whose key could be taken away here"),
            hint=N_("your own key is replaced with `hygiene publish rotate`, or taken away by somebody else"),
            name=name,
        )
    workshop = _without(workshop, stolen, instead)
    if not workshop.awaited:
        _check_enough(workshop, make_root(workshop, 1, bench.now).signed, is_first=False)
    try:
        if workshop.level is Level.FULL and stolen.public:
            workshop = _with_new_key(bench, workshop, FRESHNESS)
        save_workshop(bench.folder, workshop)
        stage(bench, workshop)
    except BaseException:
        save_workshop(bench.folder, before)
        raise
    return workshop


def _check_enough(workshop: Workshop, root: Root, *, is_first: bool) -> None:
    people = sum(bool(each.public) for each in workshop.people)
    if not is_enough(root) or (is_first and people < FEWEST[workshop.level]):
        raise NotDoneError(
            N_("too few keys would be left to publish with"),
            hint=N_("let somebody come in their place: --instead NAME"),
        )


def _without(workshop: Workshop, stolen: Member, instead: str) -> Workshop:
    left = workshop.without(stolen)
    if instead:
        left = left.with_member(member(instead, workshop.level))
    people = sum(bool(each.public) for each in left.people)
    return replace(left, approvals=max(1, min(left.approvals, people)))


def _with_new_key(bench: Bench, workshop: Workshop, holder: str) -> Workshop:
    key = new_key()
    _passphrase, (sealed,) = sealed_keys(bench.means, {holder: key})
    bench.ring(workshop.name).keep(holder, sealed.rendered(workshop.name, holder))
    workshop = workshop.with_member(member(holder, workshop.level, key.public))
    save_workshop(bench.folder, workshop)
    return workshop


def _own_or_freshness(workshop: Workshop, what: str, own: str) -> str:
    if what.casefold() == FRESHNESS and workshop.level is Level.FULL:
        return FRESHNESS
    if what.casefold() == own.casefold():
        return own
    raise UsageError(
        N_("“{name}” is not a key that you can replace"),
        hint=N_(
            "name yourself, freshness or spare; another's key is taken away with `hygiene publish revoke`"
        ),
        name=what,
    )

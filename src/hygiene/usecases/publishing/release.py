"""Publishing: lists signed, released, renewed, packed; each release compared with what is there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hygiene.distribution.publishing import metadata, staging
from hygiene.distribution.publishing.bundle import render_lists
from hygiene.distribution.publishing.composing import (
    Freshness,
    Lists,
    compose,
    make_targets,
    renewed,
    write_all,
)
from hygiene.distribution.publishing.keys import PrivateKey
from hygiene.distribution.publishing.memory import remember
from hygiene.distribution.publishing.placing import sweep
from hygiene.distribution.publishing.repository import METADATA, Published, load_published
from hygiene.distribution.publishing.roles import SNAPSHOT, TARGETS, TIMESTAMP
from hygiene.distribution.publishing.workshop import REPOSITORY, STAGED, Level, Workshop, load_workshop
from hygiene.distribution.release import Release, parse_release
from hygiene.errors import HygieneError, NotDoneError
from hygiene.language import N_
from hygiene.usecases.publishing.keys import Bench, own_keys
from hygiene.usecases.publishing.lists import Collected, keep_record
from hygiene.usecases.publishing.opening import Opener
from hygiene.usecases.publishing.plan import Plan, nothing_yet, numbers_of, own_private, plan_of, there
from hygiene.usecases.publishing.waiting import Waiting


def released(folder: Path) -> Release | None:
    """Return the last release of a workshop, or None.

    Raises:
        NotDoneError, AlteredError: the repository is damaged or not complete.
    """
    published = load_published(folder / REPOSITORY)
    if published is None or published.offered is None:
        return None
    return parse_release(published.offered.lists)


def next_release(folder: Path, collected: Collected, day: date) -> Release:
    """Return what a release of the lists as collected would say."""
    return parse_release(render_lists(load_workshop(folder), collected.files, day))


def waiting_release(waiting: Waiting) -> Release | None:
    """Return what the lists that wait for signatures say, or None.

    Raises:
        UnusableReleaseError: they are no release.
    """
    return parse_release(waiting.lists.data) if waiting.lists else None


def sign(bench: Bench, collected: Collected) -> tuple[str, ...]:
    """Sign the lists as collected, and let them wait; return the key ids of which a signature is missing.

    Raises:
        NotDoneError: no root is ready, no key is here, or the files are too large.
        LockedError: the key does not open.
    """
    opener = Opener(bench.ways)
    plan = plan_of(bench, load_workshop(bench.folder), opener)
    lists = _signed_lists(bench, plan, collected, opener)
    staging.stage_lists(bench.folder / STAGED, lists)
    return tuple(keyid for lack in metadata.missing(lists.targets, plan.asked) for keyid in lack.keyids)


def release(bench: Bench, collected: Collected) -> Published:
    """Publish the lists as collected; with them a root that waits, if all have signed it.

    Raises:
        NotDoneError: signatures or keys are missing, somebody else was quicker, or a file cannot be written.
        LockedError: a key does not open.
        AlteredError: the repository, or what waits, is damaged.
    """
    workshop, opener = load_workshop(bench.folder), Opener(bench.ways)
    plan = plan_of(bench, workshop, opener)
    lists = _ready_lists(bench, plan, collected, opener)
    freshness = Freshness(_fresh_keys(bench, plan, opener), workshop.level, bench.now)
    files = compose(plan.published, lists, freshness, plan.root)
    keep_record(bench.folder, collected)
    repository = bench.folder / REPOSITORY
    sweep(repository / METADATA)
    write_all(repository, files, _number(plan.published))
    staging.clear(bench.folder / STAGED)
    return _finished(bench, workshop)


def renew(bench: Bench) -> Published:
    """Publish a new snapshot and timestamp of what is released.

    Raises:
        NotDoneError: nothing is released, the key is not here, or a file cannot be written.
        LockedError: the key does not open.
    """
    workshop = load_workshop(bench.folder)
    published = there(bench, workshop)
    if published is None:
        raise nothing_yet()
    plan = Plan(workshop, published, None)
    keys = _fresh_keys(bench, plan, Opener(bench.ways))
    files = renewed(published, Freshness(keys, workshop.level, bench.now))
    write_all(bench.folder / REPOSITORY, files, _number(published))
    return _finished(bench, workshop)


def _ready_lists(bench: Bench, plan: Plan, collected: Collected, opener: Opener) -> Lists:
    """Return the lists with all their signatures: those that waited, or signed now.

    Raises:
        NotDoneError: another person has to sign; they wait for it.
    """
    waiting = staging.staged_lists(bench.folder / STAGED, plan.published)
    if waiting is None or not _is_same(waiting, collected, plan.workshop):
        waiting = _signed_lists(bench, plan, collected, opener)
    if metadata.is_signed(waiting.targets, plan.asked):
        return waiting
    staging.stage_lists(bench.folder / STAGED, waiting)
    raise NotDoneError(
        N_("the lists wait for another signature; nothing was published"),
        hint=N_("the other person looks at them with `hygiene publish countersign`, then release again"),
    )


def _signed_lists(bench: Bench, plan: Plan, collected: Collected, opener: Opener) -> Lists:
    data = render_lists(plan.workshop, collected.files, bench.now.date())
    version = plan.published.next_version(TARGETS) if plan.published else 1
    targets = make_targets(data, version, plan.workshop.level, bench.now)
    metadata.sign(targets, own_private(bench, plan.workshop, plan.keyids(TARGETS), opener))
    return Lists(targets, targets.to_bytes(), data)


def _is_same(waiting: Lists, collected: Collected, workshop: Workshop) -> bool:
    try:
        found = parse_release(waiting.data)
    except HygieneError:
        return False
    return (found.files, found.title, found.contact) == (collected.files, workshop.title, workshop.contact)


def _fresh_keys(bench: Bench, plan: Plan, opener: Opener) -> tuple[PrivateKey, ...]:
    """Return the keys that sign snapshot and timestamp, of the new root and of the one before.

    Raises:
        NotDoneError: none of the new root's is on this computer.
    """
    ring, wanted = bench.ring(plan.workshop.name), plan.keyids(SNAPSHOT, TIMESTAMP)
    if plan.workshop.level is Level.YEARLY:
        files = tuple(file for file in own_keys(bench, plan.workshop) if file.keyid in wanted)
    else:
        files = ring.among(wanted)
    needed = frozenset(plan.asked.roles[TIMESTAMP].keyids)
    if not any(file.keyid in needed for file in files):
        raise NotDoneError(
            N_("the freshness key is not on this computer; nothing was published"),
            hint=N_("the one who has it releases, or hands it on: `hygiene publish freshness --to FILE`"),
        )
    return tuple(opener.open_all(files, plan.workshop).values())


def _number(published: Published | None) -> int:
    offered = published.offered if published else None
    return offered.timestamp.signed.version if offered else 0


def _finished(bench: Bench, workshop: Workshop) -> Published:
    """Return what is published now, after noting its numbers and deleting keys that count no longer."""
    published = load_published(bench.folder / REPOSITORY)
    if published is None:
        raise nothing_yet()
    remember(numbers_of(bench, workshop), published)
    bench.ring(workshop.name).drop_old(published.root.signed.keys)
    return published

"""An organisation's files -> `OrganisationLists`. What cannot be used is passed over and named."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from hygiene.catalog.cursor import Cursor
from hygiene.catalog.organisation import POLICY, OrganisationLists, Skipped, digest_of
from hygiene.catalog.parsing import Draft, Origin, digested, read_draft
from hygiene.catalog.policy_file import parse_policy
from hygiene.catalog.policy_rules import Surroundings
from hygiene.catalog.problems import FaultyFileError, Problem, Problems
from hygiene.catalog.tree import parse_tree
from hygiene.language import N_
from hygiene.model.checklist import Catalogue, Checklist, Trust
from hygiene.model.organisation import Organisation
from hygiene.model.policy import Layer, Rules

_UNUSED: Final = "notice.yaml"
_YAML: Final = ".yaml"


class Publisher(Struct, frozen=True):
    """Who is known to have handed the files out, before one of them is read.

    Attributes:
        source: what the ids of the lists begin with.
        title: what it calls itself; its policy may say otherwise.
        contact: whom to ask, likewise.
    """

    source: str
    trust: Trust
    title: str = ""
    contact: str = ""


def load_organisation(
    files: Mapping[str, bytes], publisher: Publisher, known: Catalogue
) -> OrganisationLists:
    """Return what can be used of an organisation's files.

    A checklist that this version cannot read, that asks what only the person may ask themselves, or that
    carries another one's name is passed over; so is a policy that cannot be read. Both are named.

    Args:
        files: the bytes of each, by name.
        publisher: who handed them out.
        known: the checklists that come with the program.
    """
    organisation, rules, faulty = _policy(files, publisher, known)
    origin = Origin(publisher.trust, organisation.name, f"{publisher.source}-")
    checklists: dict[str, Checklist] = {}
    skipped = [*faulty, *_unused(files)]
    for file, data in _lists(files):
        try:
            checklist = _read_list(data, file, origin, known, checklists.keys())
        except FaultyFileError as error:
            skipped.append(Skipped(file, error.problems))
        else:
            checklists[checklist.id] = checklist
    return OrganisationLists(
        replace(organisation, lists=tuple(checklists)),
        rules,
        tuple(checklists.values()),
        tuple(skipped),
        digest_of(files, publisher.trust, publisher.title, publisher.contact),
    )


def _policy(
    files: Mapping[str, bytes], publisher: Publisher, known: Catalogue
) -> tuple[Organisation, Rules, tuple[Skipped, ...]]:
    """Return what the policy says; without one, what is known of the publisher, and no rules."""
    name = publisher.title or publisher.source
    plain = Organisation(publisher.source, name, publisher.trust, publisher.contact)
    none = Rules(Layer.ORGANISATION, set_by=name)
    if POLICY not in files:
        return plain, none, ()
    try:
        policy = parse_policy(files[POLICY], POLICY, Surroundings(known, publisher.source, files))
    except FaultyFileError as error:
        return plain, none, (Skipped(POLICY, error.problems),)
    organisation = replace(
        plain,
        name=policy.name,
        contact=policy.contact or publisher.contact,
        opening=policy.opening,
        notice=policy.notice,
        logo=policy.logo,
        colours=policy.colours,
        charter=policy.charter,
    )
    return organisation, policy.rules, ()


def _lists(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    return (
        (file, data)
        for file, data in sorted(files.items())
        if file.endswith(_YAML) and file not in (POLICY, _UNUSED)
    )


def _unused(files: Mapping[str, bytes]) -> Iterator[Skipped]:
    for file in sorted(files):
        if file == _UNUSED:
            reason = N_("this file is not read: put the words under “notice:” of policy.yaml")
            yield Skipped(file, (Problem(file, 1, "", reason),))
        elif file.endswith(".yml"):
            reason = N_("this file is not read: its name must end in “.yaml”")
            yield Skipped(file, (Problem(file, 1, "", reason),))


def _read_list(data: bytes, file: str, origin: Origin, known: Catalogue, taken: Collection[str]) -> Checklist:
    problems = Problems(file)
    draft = read_draft(Cursor(parse_tree(data, file), "", problems), {}, origin)
    report_unpublishable(draft, known)
    if draft.checklist.id in taken:
        _place(draft, "id").problem(N_("another file has this id"))
    problems.raise_if_any()
    return digested(draft.checklist, data)


def report_unpublishable(draft: Draft, known: Catalogue) -> None:
    """Note what an organisation's checklist must not do, though a person's own may."""
    network = draft.checklist.network
    if network and network not in known.networks:
        reason = N_("“{id}” is not a network of this version")
        _place(draft, "network").problem(reason, id=network)
    for placed in draft.placed:
        if placed.check.for_person_only:
            placed.at.problem(N_("this question is for the person alone: an organisation cannot publish it"))


def _place(draft: Draft, key: str) -> Cursor:
    return draft.root.entries()[key]

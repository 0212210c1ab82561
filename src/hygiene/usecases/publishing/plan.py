"""What a release is made of: the workshop, what is published, and a root that comes with it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from hygiene.distribution.publishing import metadata, staging
from hygiene.distribution.publishing.keys import PrivateKey
from hygiene.distribution.publishing.memory import continued, is_turned_back, number_file
from hygiene.distribution.publishing.repository import Published, load_published
from hygiene.distribution.publishing.roles import ROOT, TARGETS, expiry, threshold
from hygiene.distribution.publishing.workshop import FILE, REPOSITORY, STAGED, Level, Workshop
from hygiene.errors import AlteredError, NotDoneError
from hygiene.language import N_, _
from hygiene.usecases.publishing.keys import Bench, own_keys
from hygiene.usecases.publishing.opening import Opener

if TYPE_CHECKING:
    from tuf.api.metadata import Metadata, Root


class Plan(Struct, frozen=True):
    """What a release is made of.

    Attributes:
        published: what is there now, or None.
        root: new and fully signed, or None where the published one stays.
    """

    workshop: Workshop
    published: Published | None
    root: Metadata[Root] | None

    @property
    def asked(self) -> Root:
        """The root that asks for the signatures."""
        if self.root:
            return self.root.signed
        assert self.published is not None  # noqa: S101 - `plan_of` refuses to go on without either
        return self.published.root.signed

    def keyids(self, *roles: str) -> frozenset[str]:
        """Return the keys of these roles, of the root before too: it checks a release that breaks off."""
        roots = [self.asked, *([self.published.root.signed] if self.published else [])]
        return frozenset(keyid for root in roots for role in roles for keyid in root.roles[role].keyids)


def plan_of(bench: Bench, workshop: Workshop, opener: Opener) -> Plan:
    """Return what a release is to be made of.

    Raises:
        NotDoneError: somebody has not joined yet, or a root waits for signatures.
    """
    published = there(bench, workshop)
    root = staging.staged_root(bench.folder / STAGED, published)
    if root is None and published and workshop.level is Level.YEARLY:
        root = _prolonged(bench, workshop, published, opener)
    if root and not metadata.is_root_signed(root, published.root.signed if published else None):
        raise NotDoneError(
            N_("the root waits for a signature"),
            hint=N_("`hygiene publish countersign` gives it; `hygiene publish doctor` says whose is missing"),
        )
    if root is None and published is None:
        raise NotDoneError(
            N_("the first release waits for: {names}"),
            hint=N_("`hygiene publish join NAME`, on their own computer and in this folder"),
            names=", ".join(workshop.awaited) or "–",
        )
    return Plan(workshop, published, root)


def _prolonged(
    bench: Bench, workshop: Workshop, published: Published, opener: Opener
) -> Metadata[Root] | None:
    """Return a root that lasts as long as yearly lists, where the published one does not."""
    if published.root.signed.expires >= expiry(TARGETS, workshop.level, bench.now):
        return None
    # The published one, not what the workshop says: nobody looks at it before it is signed.
    root = metadata.parse(published.root_bytes, ROOT, bench.folder / REPOSITORY)
    root.signatures.clear()
    root.signed.version += 1
    root.signed.expires = expiry(ROOT, workshop.level, bench.now)
    metadata.sign(root, own_private(bench, workshop, root.signed.roles[ROOT].keyids, opener))
    return root


def there(bench: Bench, workshop: Workshop) -> Published | None:
    """Return what is published, with numbers that go on from what this computer has published.

    Raises:
        NotDoneError, AlteredError: the repository is damaged or not complete, or the workshop was changed.
    """
    published, path = load_published(bench.folder / REPOSITORY), numbers_of(bench, workshop)
    if published is None:
        return None
    if published.root.signed.roles[ROOT].threshold != threshold(ROOT, workshop):
        raise AlteredError(
            N_("{path} speaks of another level than the published root: somebody changed it"),
            hint=N_("put back the file from before the change; nothing was published"),
            path=bench.folder / FILE,
        )
    if is_turned_back(published, path):
        bench.ways.say(
            _(
                "The folder is older than what this computer has published, as after a backup: its numbers "
                "go on from there, so that no computer refuses them."
            )
        )
    return continued(published, path)


def numbers_of(bench: Bench, workshop: Workshop) -> Path:
    """Return where this computer keeps the numbers that it has published."""
    return number_file(bench.ring(workshop.name).folder, workshop.name)


def own_private(
    bench: Bench, workshop: Workshop, keyids: Iterable[str], opener: Opener
) -> tuple[PrivateKey, ...]:
    """Return those of the own keys that are among these, opened."""
    wanted = frozenset(keyids)
    files = [file for file in own_keys(bench, workshop) if file.keyid in wanted]
    return tuple(opener.open_all(files, workshop).values())


def nothing_yet() -> NotDoneError:
    """Return the error of a workshop without a release."""
    return NotDoneError(
        N_("nothing was released yet"), hint=N_("`hygiene publish release` makes the first release")
    )

"""The key files of one computer: `<home>/keys/SOURCE-HOLDER.key`, never in the workshop."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from msgspec import Struct

from hygiene.distribution.publishing.keys import LARGEST_KEY_FILE, SealedKey, keyid_of, parse_key
from hygiene.errors import HygieneError, NotDoneError
from hygiene.language import N_
from hygiene.safety.files import ensure_private_folder, read_regular, write_atomically

FOLDER = "keys"
_OLD = "old"


class KeyFile(Struct, frozen=True):
    """One key file and what it holds, still sealed."""

    path: Path
    key: SealedKey

    @property
    def keyid(self) -> str:
        """How metadata names the key."""
        return keyid_of(self.key.public)


class Ring(Struct, frozen=True):
    """The keys for one source that this computer has.

    Attributes:
        folder: where they lie, for the owner only.
        source: the name of the source; it has no dash, so that its files are told from others by it.
    """

    folder: Path
    source: str

    def path(self, holder: str) -> Path:
        """Return where the key of somebody lies."""
        return self.folder / f"{self.source}-{holder.casefold()}.key"

    def files(self) -> Iterator[KeyFile]:
        """Yield the keys that can be read; a damaged one is left out, as one that is missing."""
        for path in sorted(self.folder.glob(f"{self.source}-*.key")):
            try:
                found = KeyFile(path, load_key(path))
            except HygieneError:
                continue
            if found.key.source == self.source:
                yield found

    def among(self, keyids: Collection[str]) -> tuple[KeyFile, ...]:
        """Return the keys of this computer that are among these, each once."""
        found = {each.keyid: each for each in self.files()}
        return tuple(each for keyid, each in found.items() if keyid in keyids)

    def check_free(self, holder: str) -> None:
        """Make sure that no key is written over.

        Raises:
            NotDoneError: there is one already.
        """
        if self.path(holder).exists():
            raise NotDoneError(
                N_("there is a key already: {path}"),
                hint=N_("`hygiene publish rotate` replaces a key; this one may still be needed"),
                path=self.path(holder),
            )

    def keep(self, holder: str, data: bytes) -> Path:
        """Write a key file, for its owner only; one that is there is set aside under its key id.

        Raises:
            NotDoneError: it could not be written.
        """
        ensure_private_folder(self.folder)
        path = self.path(holder)
        if path.exists():
            self._set_aside(path)
        write_atomically(path, data)
        return path

    def drop_old(self, needed: Collection[str]) -> None:
        """Delete what was set aside, save keys that are still needed."""
        for file in tuple(self.files()):
            if file.path.stem.rpartition("-")[2].startswith(_OLD) and file.keyid not in needed:
                file.path.unlink(missing_ok=True)

    def _set_aside(self, path: Path) -> None:
        try:
            name = load_key(path).public[:8]
            path.replace(path.with_name(f"{path.stem}-{_OLD}{name}.key"))
        except OSError as error:
            raise NotDoneError(
                N_("{path} could not be set aside"),
                hint=N_("check that you may write to its folder"),
                path=path,
            ) from error


def load_key(path: Path) -> SealedKey:
    """Return the key in a file.

    Raises:
        MissingFileError, NotDoneError: there is none, it cannot be read, or it is something else.
        AlteredError: it is damaged.
    """
    return parse_key(read_regular(path, LARGEST_KEY_FILE))

"""Opening the keys of those who publish: passphrase file, keyring, question."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from hygiene.distribution.publishing.keys import PrivateKey, SealedKey, open_key
from hygiene.distribution.publishing.ring import KeyFile
from hygiene.distribution.publishing.workshop import Workshop
from hygiene.errors import LockedError, NotDoneError
from hygiene.language import N_, _
from hygiene.safety.keyring_slot import Unavailable
from hygiene.safety.secrets import Secret, parse_secret
from hygiene.usecases.unlock import WaysIn, keys_in, warn_if_open

_TRIES = 3


class Opener:
    """Opens key files; what opened one is tried on the next before anything is asked again."""

    def __init__(self, ways: WaysIn) -> None:
        self._ways = ways
        self._known: list[Secret] = []
        self._opened: dict[str, PrivateKey] = {}

    def open(self, key: SealedKey, *, is_old: bool = False) -> PrivateKey:
        """Return the key that can sign.

        Args:
            key: sealed.
            is_old: another one has taken its place, so that the person may pass over it.

        Raises:
            LockedError: nothing opens it.
            AlteredError: its file is damaged.
        """
        if key.public not in self._opened:
            self._opened[key.public] = self._open(key, is_old=is_old)
        return self._opened[key.public]

    def open_all(self, files: Iterable[KeyFile], workshop: Workshop) -> dict[str, PrivateKey]:
        """Return the keys that can sign, by key id; of those that others replaced, the ones that open.

        An old key makes a change of root smoother; one whose passphrase is forgotten may be why it changes.

        Raises:
            LockedError: nothing opens one that counts.
            AlteredError: a file is damaged.
        """
        in_force = {each.public for each in workshop.members}
        held = tuple(files)
        old = {file.keyid for file in held if file.key.public not in in_force}
        opened = {}
        for file in sorted(held, key=lambda each: each.keyid in old):
            with suppress(*(LockedError,) if file.keyid in old else ()):
                opened[file.keyid] = self.open(file.key, is_old=file.keyid in old)
        return opened

    def _open(self, key: SealedKey, *, is_old: bool) -> PrivateKey:
        found = self._by_known(key)
        if found:
            return found
        if self._ways.passphrase_file:
            return self._with(key, self._from_file(self._ways.passphrase_file))
        return self._by_keyring(key) or self._by_asking(key, is_old=is_old)

    def _by_known(self, key: SealedKey) -> PrivateKey | None:
        for secret in self._known:
            try:
                return open_key(key, secret)
            except LockedError:
                continue
        return None

    def _with(self, key: SealedKey, secret: Secret) -> PrivateKey:
        opened = open_key(key, secret)
        self._known.append(secret)
        return opened

    def _from_file(self, path: Path) -> Secret:
        given = self._ways.load(path)
        warn_if_open(path, readable_by_others=given.readable_by_others, say=self._ways.say)
        return given.secret

    def _by_keyring(self, key: SealedKey) -> PrivateKey | None:
        if self._ways.key_store is None:
            return None
        try:
            for secret in keys_in(self._ways.key_store, key.slots):
                return open_key(key, secret)
        except (Unavailable, LockedError):  # the passphrase opens it too
            return None
        return None

    def _by_asking(self, key: SealedKey, *, is_old: bool) -> PrivateKey:
        locked = LockedError(
            N_("the key “{holder}” is locked, and there is no terminal to ask for its passphrase"),
            hint=N_("name a file with --passphrase-file or HYGIENE_PASSPHRASE_FILE"),
            holder=key.holder,
        )
        if self._ways.terminal is None:
            raise locked
        terminal = self._ways.terminal()
        question = _("Passphrase of the key “{holder}”: ")
        if is_old:
            question = _("Passphrase of the key “{holder}” from before (an empty line: go on without it): ")
        for left in reversed(range(_TRIES)):
            words = terminal.secret(question.format(holder=key.holder))
            if is_old and not words:
                raise locked
            try:
                return self._with(key, parse_secret(words))
            except (LockedError, NotDoneError):
                if not left:
                    raise
                terminal.show(_("That is not it. Please try again."))
        raise AssertionError("the last try returns or raises")

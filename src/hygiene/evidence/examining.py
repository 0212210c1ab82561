"""What may be kept of a password for one run: whether two are the same, would be guessed, or are known."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import blake2b

from hygiene.errors import NotDoneError
from hygiene.evidence.known_passwords import KnownPasswords
from hygiene.language import N_
from hygiene.model.evidence import Mark

_KEY_BYTES, _DIGEST_BYTES = 32, 16
_WEAK_UP_TO = 2
_LOOKED_AT = (
    72  # characters: zxcvbn's own limit in other languages, since its work grows faster than the length
)


class Examiner:
    """Takes passwords, and keeps of each what may be kept for one run.

    Two passwords are the same if their bytes are. The digest is keyed with random bytes that are never
    stored, so it is of no use to another run, or to anybody who guesses. An empty password is like no other,
    and nothing is said about it. Each password is looked at once, however many accounts have it.
    """

    def __init__(
        self,
        *,
        strength: bool = False,
        known: KnownPasswords | None = None,
        progress: Callable[[int], None] = lambda _count: None,
    ) -> None:
        """Make an examiner for one run.

        Args:
            strength: look whether a password would be guessed; needs the extra `strength`.
            known: a list of known passwords to look in.
            progress: told after each different password how many there were.

        Raises:
            NotDoneError: what looks at the strength is not installed.
        """
        self._key = os.urandom(_KEY_BYTES)
        self._is_weak = _weakness() if strength else None
        self._known = known
        self._progress = progress
        self._marks: dict[bytes, Mark] = {}

    def __call__(self, password: str) -> Mark:
        """Return what is kept of a password.

        Raises:
            NotDoneError: the list of known passwords cannot be read.
        """
        if not password:
            return Mark(os.urandom(_DIGEST_BYTES))
        data = password.encode("utf-8", "surrogatepass")
        digest = blake2b(data, digest_size=_DIGEST_BYTES, key=self._key).digest()
        if digest not in self._marks:
            self._marks[digest] = self._looked_at(password, digest)
            self._progress(len(self._marks))
        return self._marks[digest]

    def _looked_at(self, password: str, digest: bytes) -> Mark:
        return Mark(
            digest,
            is_weak=self._is_weak(password) if self._is_weak else None,
            is_leaked=self._known.has(password) if self._known else None,
        )


def _weakness() -> Callable[[str], bool]:
    """Return what tells whether a password would be guessed, by the scale of zxcvbn.

    Its scores go from 0 to 4. Up to 2, some 10^8 guesses are enough: too many for somebody who tries at the
    sign-in, and few for somebody who has taken the service's hashes (https://github.com/dropbox/zxcvbn#usage;
    the library used here calls all of them too weak). A long password is judged by its first 72 characters.
    """
    try:
        from zxcvbn_rs_py import zxcvbn
    except ImportError as error:
        raise NotDoneError(
            N_("weak passwords cannot be found yet: that needs one more package"),
            hint=N_("`pip install 'hygiene-audit[strength]'` adds it"),
        ) from error
    return lambda password: int(zxcvbn(_as_text(password[:_LOOKED_AT])).score) <= _WEAK_UP_TO


def _as_text(password: str) -> str:
    """Return the password with a question mark for each lone surrogate, which zxcvbn does not take."""
    return password.encode("utf-8", "replace").decode("utf-8")

"""The secrets that open a store: passphrase, recovery code, and the key kept by the system keyring."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import force_setattr

from hygiene.errors import NotDoneError
from hygiene.language import N_
from hygiene.safety import files
from hygiene.safety.cleaning import clean

if TYPE_CHECKING:
    from pathlib import Path

KEYRING_KEY_BYTES: Final = 32
RECOVERY_BYTES: Final = 16
PASSPHRASE_FILE_LIMIT: Final = 4096

# Crockford's base 32: no I, L, O (taken for 1, 1, 0) and no U.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FOLDED: Final = str.maketrans("ILO", "110")
_SEPARATORS: Final = frozenset({"Zs", "Pd"})
_BITS: Final = 5
_DATA_CHARACTERS: Final = 26
_CHECK_CHARACTERS: Final = 2
_GROUP: Final = 4
_GROUPS: Final = 7
# The largest prime below 32 * 32. It divides no d, 31 * d or 33 * d with 0 < d < 32, nor a power of 32: so
# that one wrong character and two swapped neighbours always change the remainder.
_CHECK_MODULUS: Final = 1021


class Unspoken(Struct, frozen=True):
    """A value that no log, error or traceback may show: its representation is its name alone."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"


class Passphrase(Unspoken, frozen=True):
    """Words that a person remembers, in Unicode normalisation form C so that every keyboard gives the same.

    Raises:
        ValueError: it is empty or not text (a lone surrogate).
    """

    text: str

    def __post_init__(self) -> None:
        normal = unicodedata.normalize("NFC", self.text)
        force_setattr(self, "text", normal)
        if not self.material:
            raise ValueError("an empty passphrase protects nothing")

    @property
    def material(self) -> bytes:
        """What goes into the key derivation: UTF-8."""
        return self.text.encode()


class KeyringKey(Unspoken, frozen=True):
    """32 random bytes that the system keyring keeps.

    Raises:
        ValueError: another length.
    """

    material: bytes

    def __post_init__(self) -> None:
        if len(self.material) != KEYRING_KEY_BYTES:
            raise ValueError("a keyring key has 32 bytes")


class RecoveryCode(Unspoken, frozen=True):
    """128 random bits that a person keeps on paper.

    Raises:
        ValueError: another length.
    """

    material: bytes

    def __post_init__(self) -> None:
        if len(self.material) != RECOVERY_BYTES:
            raise ValueError("a recovery code has 16 bytes")


Secret = Passphrase | KeyringKey | RecoveryCode


class SecretFile(Struct, frozen=True):
    """What a passphrase file held, and whether others on this computer can read it: worth a warning."""

    secret: Passphrase | RecoveryCode
    readable_by_others: bool


def parse_secret(text: str) -> Passphrase | RecoveryCode:
    """Return the recovery code that the text is, or else the passphrase.

    Raises:
        NotDoneError: it is empty or holds something that is not text.
    """
    if is_recovery_code(text):
        return RecoveryCode(parse_recovery_code(text))
    try:
        return Passphrase(text)
    except UnicodeEncodeError:
        # The encoder's error quotes the text, so it must not travel along.
        raise NotDoneError(
            N_("the passphrase holds something that is not text"),
            hint=N_("choose one of letters, digits, signs and spaces"),
        ) from None
    except ValueError as error:
        raise NotDoneError(N_("the passphrase is empty"), hint=N_("choose a few words")) from error


def parse_new_passphrase(text: str) -> Passphrase:
    """Return the passphrase that somebody chose for a store.

    Raises:
        NotDoneError: it is empty, not text, or reads as a recovery code and so could never be told from one.
    """
    secret = parse_secret(text)
    if isinstance(secret, RecoveryCode):
        raise NotDoneError(
            N_("this passphrase has the form of a recovery code"),
            hint=N_("choose other words, or add one"),
        )
    return secret


def load_passphrase(path: Path) -> SecretFile:
    """Read a passphrase or a recovery code from a file or a named pipe: UTF-8, at most 4096 bytes.

    One line break at the end is dropped, since most editors add one; everything else belongs to it.

    Raises:
        NotDoneError: it cannot be read, is too long, empty, or not UTF-8.
    """
    open_to_others = files.is_readable_by_others(path)
    data = files.read_bounded(path, PASSPHRASE_FILE_LIMIT)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        # The decoder's error quotes the bytes, so it must not travel along.
        raise NotDoneError(
            N_("{path} is not UTF-8 text"), hint=N_("save it again as UTF-8"), path=clean(str(path))
        ) from None
    without_feed = text.removesuffix("\n")
    if without_feed != text:
        without_feed = without_feed.removesuffix("\r")
    return SecretFile(parse_secret(without_feed), open_to_others)


def render_recovery_code(bits: bytes) -> str:
    """Return 16 bytes as people write them: 7 groups of 4 characters.

    The bytes are one big-endian number of 26 digits in Crockford's base 32; two more digits are its remainder
    modulo 1021.

    Raises:
        ValueError: not 16 bytes.
    """
    number = int.from_bytes(RecoveryCode(bits).material)
    digits = _digits(number, _DATA_CHARACTERS) + _digits(number % _CHECK_MODULUS, _CHECK_CHARACTERS)
    return "-".join(digits[start : start + _GROUP] for start in range(0, len(digits), _GROUP))


def parse_recovery_code(text: str) -> bytes:
    """Return the 16 bytes of a recovery code as somebody typed it.

    Case, spaces and dashes do not matter; I and L are read as 1, O as 0. Every single wrong character and
    every two neighbours swapped are noticed, anything else with 1020 chances in 1021.

    Raises:
        NotDoneError: it is no recovery code, or was mistyped.
    """
    plain = _without_separators(text)
    # Only ASCII is folded: elsewhere upper case can change a text's length or borrow its letters.
    folded = plain.upper().translate(_FOLDED) if plain.isascii() else plain
    if len(folded) != _DATA_CHARACTERS + _CHECK_CHARACTERS or not set(folded) <= set(ALPHABET):
        raise NotDoneError(
            N_("this is not a recovery code"),
            hint=N_("a recovery code is 7 groups of 4 letters or digits; the letter U never occurs"),
        )
    number = _number(folded[:_DATA_CHARACTERS])
    is_checked = _number(folded[_DATA_CHARACTERS:]) == number % _CHECK_MODULUS
    if not is_checked or number.bit_length() > 8 * RECOVERY_BYTES:
        raise NotDoneError(
            N_("the recovery code was mistyped"),
            hint=N_("compare it with your paper, group by group; two characters may have changed places"),
        )
    return number.to_bytes(RECOVERY_BYTES)


def is_recovery_code(text: str) -> bool:
    """Return whether the text is a recovery code without a typing error."""
    try:
        parse_recovery_code(text)
    except NotDoneError:
        return False
    return True


def is_mistyped_recovery_code(text: str) -> bool:
    """Return whether the text has the form of a recovery code and is none, as after a slip."""
    plain = _without_separators(text)
    groups = len(text.replace("-", " ").split())
    is_long = len(plain) == _DATA_CHARACTERS + _CHECK_CHARACTERS and plain.isascii() and plain.isalnum()
    return is_long and groups in {1, _GROUPS} and not is_recovery_code(text)


def _without_separators(text: str) -> str:
    return "".join(char for char in text.strip() if unicodedata.category(char) not in _SEPARATORS)


def _digits(number: int, count: int) -> str:
    return "".join(ALPHABET[(number >> _BITS * place) % len(ALPHABET)] for place in reversed(range(count)))


def _number(digits: str) -> int:
    number = 0
    for digit in digits:
        number = (number << _BITS) | ALPHABET.index(digit)
    return number

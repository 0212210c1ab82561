from __future__ import annotations

import itertools
import os
import threading
import traceback
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.errors import NotDoneError
from hygiene.safety import secrets
from hygiene.safety.secrets import KeyringKey, Passphrase, RecoveryCode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EXAMPLE = "0004-1061-050R-3GG2-8A1C-60T3-GF5E"
BITS = bytes(range(16))


class TestValues:
    @pytest.mark.parametrize(
        "secret",
        [
            Passphrase("marker-7731"),
            KeyringKey(b"marker-7731".ljust(32)),
            RecoveryCode(b"marker-7731".ljust(16)),
        ],
        ids=["passphrase", "keyring", "recovery"],
    )
    def test_nothing_secret_is_shown(self, secret: secrets.Secret) -> None:
        """A secret in a log or a traceback shows its kind only."""
        assert "marker" not in f"{secret!r} {secret}"

    def test_a_passphrase_is_the_same_from_every_keyboard(self) -> None:
        """An accent typed apart and one typed together are the same words."""
        assert Passphrase("cafe\u0301") == Passphrase("caf\u00e9")
        assert Passphrase("cafe\u0301").material == b"caf\xc3\xa9"

    @pytest.mark.parametrize(
        "build",
        [
            lambda: Passphrase(""),
            lambda: Passphrase("\ud800"),
            lambda: KeyringKey(bytes(31)),
            lambda: RecoveryCode(bytes(17)),
        ],
        ids=["empty", "surrogate", "keyring", "recovery"],
    )
    def test_an_impossible_secret_is_refused(self, build: Callable[[], secrets.Secret]) -> None:
        """Wrong lengths and empty words never reach the cryptography."""
        with pytest.raises(ValueError, match=r"."):
            build()


class TestParseSecret:
    def test_words_are_a_passphrase(self) -> None:
        """Anything that is no recovery code is a passphrase, kept to the last space."""
        assert secrets.parse_secret(" four cafés ") == Passphrase(" four cafés ")

    def test_a_recovery_code_is_accepted_in_its_place(self) -> None:
        """Wherever a passphrase is typed, the recovery code works too."""
        assert secrets.parse_secret(EXAMPLE) == RecoveryCode(BITS)
        assert secrets.parse_secret(f" {EXAMPLE.lower()} ") == RecoveryCode(BITS)

    def test_a_mistyped_recovery_code_is_taken_for_words(self) -> None:
        """It then opens nothing, which is right."""
        assert isinstance(secrets.parse_secret(EXAMPLE[:-1] + "F"), Passphrase)

    @pytest.mark.parametrize(("text", "message"), [("", "empty"), ("marker-7731\udcff", "not text")])
    def test_a_passphrase_that_cannot_be_one_is_refused(self, text: str, message: str) -> None:
        """The reason is told without quoting what was typed, also in a traceback."""
        with pytest.raises(NotDoneError, match=message) as caught:
            secrets.parse_secret(text)
        assert "marker" not in "".join(traceback.format_exception_only(caught.value))
        assert caught.value.__suppress_context__

    def test_a_new_passphrase_must_not_look_like_a_recovery_code(self) -> None:
        """It could never be typed as a passphrase again."""
        assert secrets.parse_new_passphrase("four cafés") == Passphrase("four cafés")
        with pytest.raises(NotDoneError, match="form of a recovery code"):
            secrets.parse_new_passphrase(EXAMPLE)


class TestLoadPassphrase:
    @pytest.mark.parametrize(
        ("data", "text"),
        [
            (b"words", "words"),
            (b"words\n", "words"),
            (b"words\r\n", "words"),
            (b"words\n\n", "words\n"),
            (b"words\r", "words\r"),
            (b" words \n", " words "),
            ("cafe\u0301\n".encode(), "café"),
            (b"x" * 4096, "x" * 4096),
        ],
    )
    def test_one_line_break_at_the_end_is_dropped(self, tmp_path: Path, data: bytes, text: str) -> None:
        """What an editor adds is dropped, everything else belongs to the passphrase."""
        path = tmp_path / "passphrase"
        path.write_bytes(data)
        path.chmod(0o600)
        assert secrets.load_passphrase(path) == secrets.SecretFile(Passphrase(text), readable_by_others=False)

    def test_a_file_that_others_can_read_is_told(self, tmp_path: Path) -> None:
        """The caller learns of it and may warn; the passphrase is used all the same."""
        path = tmp_path / "passphrase"
        path.write_bytes(b"words")
        path.chmod(0o644)
        assert secrets.load_passphrase(path).readable_by_others

    def test_a_recovery_code_in_the_file_is_one(self, tmp_path: Path) -> None:
        """The file may hold the recovery code instead."""
        path = tmp_path / "passphrase"
        path.write_text(EXAMPLE + "\n")
        assert secrets.load_passphrase(path).secret == RecoveryCode(BITS)

    def test_a_named_pipe_is_read(self, tmp_path: Path) -> None:
        """A password manager may hand the passphrase over without a file."""
        path = tmp_path / "pipe"
        os.mkfifo(path, 0o600)
        feeder = threading.Thread(target=path.write_bytes, args=(b"words\n",))
        feeder.start()
        assert secrets.load_passphrase(path).secret == Passphrase("words")
        feeder.join()

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"", "empty"),
            (b"\n", "empty"),
            (b"x" * 4097, "larger than 4096"),
            ("marker-7731".encode("utf-16"), "not UTF-8"),
        ],
        ids=["empty", "only-a-line-break", "too-long", "utf-16"],
    )
    def test_a_file_without_a_usable_passphrase_is_refused(
        self, tmp_path: Path, data: bytes, message: str
    ) -> None:
        """Each reason has words, and none quotes the file."""
        path = tmp_path / "passphrase"
        path.write_bytes(data)
        with pytest.raises(NotDoneError, match=message) as caught:
            secrets.load_passphrase(path)
        assert caught.value.hint
        assert "marker" not in str(caught.value)
        assert caught.value.__suppress_context__ or caught.value.__context__ is None


class TestRecoveryCode:
    def test_the_documented_example_holds(self) -> None:
        """Seven groups of four, as docs/store-format.md shows them."""
        assert secrets.render_recovery_code(BITS) == EXAMPLE
        assert secrets.parse_recovery_code(EXAMPLE) == BITS

    def test_only_16_bytes_are_a_code(self) -> None:
        """Another length is the caller's error."""
        with pytest.raises(ValueError, match="16 bytes"):
            secrets.render_recovery_code(bytes(15))

    @given(st.binary(min_size=16, max_size=16))
    def test_reading_gives_back_what_was_written(self, bits: bytes) -> None:
        """Every code is read as written, and also as people type it."""
        code = secrets.render_recovery_code(bits)
        assert secrets.parse_recovery_code(code) == bits
        as_typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
        assert secrets.parse_recovery_code(f"  {as_typed}\n") == bits
        assert secrets.parse_recovery_code(code.replace("1", "I").replace("-", "\u2011")) == bits
        assert secrets.is_recovery_code(code.replace("-", ""))

    def test_no_single_wrong_character_passes_exhaustively(self) -> None:
        """The arithmetic of the check, for every position and every difference of two characters.

        The remainder is linear, so a difference of d at place k moves it by d * 32**k; two neighbours swapped
        move it by 31 * d * 32**k; the last data character swapped with the first check character by 33 * d.
        """
        differences = [d for d in range(-31, 32) if d]
        for place, difference in itertools.product(range(26), differences):
            assert difference * 32**place % secrets._CHECK_MODULUS != 0
            assert 31 * difference * 32**place % secrets._CHECK_MODULUS != 0
        assert all(33 * difference % secrets._CHECK_MODULUS for difference in differences)
        assert secrets._CHECK_MODULUS <= 32 * 32

    @given(st.binary(min_size=16, max_size=16))
    def test_every_substitution_and_swap_of_a_code_is_noticed(self, bits: bytes) -> None:
        """All 868 single substitutions and all swaps of unequal neighbours are refused by the reader."""
        code = secrets.render_recovery_code(bits).replace("-", "")
        for place, char in itertools.product(range(28), secrets.ALPHABET):
            if char != code[place]:
                assert not secrets.is_recovery_code(code[:place] + char + code[place + 1 :])
        for place in range(27):
            first, second = code[place], code[place + 1]
            if first != second:
                assert not secrets.is_recovery_code(code[:place] + second + first + code[place + 2 :])

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "words",
            EXAMPLE[:-1],
            EXAMPLE + "0",
            EXAMPLE.replace("4", "U"),
            EXAMPLE.replace("4", "é"),
            "ß" * 14,
        ],
    )
    def test_other_text_is_no_code(self, text: str) -> None:
        """Text of another length or with other characters is told what a code looks like."""
        with pytest.raises(NotDoneError, match="not a recovery code"):
            secrets.parse_recovery_code(text)

    @pytest.mark.parametrize(
        "slip",
        [
            lambda code: "1" + code[1:],
            lambda code: ("1" + code[1:]).replace("-", ""),
            lambda code: f"  {('1' + code[1:]).replace('-', ' ').lower()}\n",
            lambda code: code[:-1] + "U",
            lambda code: code.replace("4", "z", 1),
        ],
        ids=["as shown", "one word", "with spaces", "a letter that never occurs", "another letter"],
    )
    def test_a_slip_is_told_from_a_passphrase(self, slip: Callable[[str], str]) -> None:
        """It has the length and the groups of a code, and is none."""
        assert not secrets.is_recovery_code(slip(EXAMPLE))
        assert secrets.is_mistyped_recovery_code(slip(EXAMPLE))

    @pytest.mark.parametrize(
        "text",
        [
            EXAMPLE,
            EXAMPLE.replace("-", ""),
            EXAMPLE.lower().replace("-", " "),
            "",
            "1" + EXAMPLE[1:-1],
            "1" + EXAMPLE[1:] + "0",
            "seven word phrase for my store here",
            "correct horse battery staple now",
            "fourteen wordsoffourteen",
            "é" + EXAMPLE[1:],
            "!" + EXAMPLE[1:],
        ],
    )
    def test_other_text_has_no_slip(self, text: str) -> None:
        """A right code, another length, other groups or other characters."""
        assert not secrets.is_mistyped_recovery_code(text)

    def test_a_number_too_large_is_refused(self) -> None:
        """26 characters hold two bits more than the code; a writer leaves them zero."""
        number = 2**128
        digits = secrets._digits(number, 26) + secrets._digits(number % 1021, 2)
        with pytest.raises(NotDoneError, match="mistyped"):
            secrets.parse_recovery_code(digits)

    def test_a_remainder_too_large_is_refused(self) -> None:
        """The check characters are the remainder itself, not anything equal to it modulo 1021."""
        assert secrets.is_recovery_code("0" * 28)
        assert not secrets.is_recovery_code("0" * 26 + secrets._digits(1021, 2))

    def test_a_typing_error_is_told_without_the_code(self) -> None:
        """The hint says what to compare, and the error does not repeat what was typed."""
        with pytest.raises(NotDoneError, match="mistyped") as caught:
            secrets.parse_recovery_code("1" + EXAMPLE[1:])
        assert EXAMPLE[1:] not in f"{caught.value}{caught.value.hint}{caught.value.values}"

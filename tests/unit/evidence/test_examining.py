from __future__ import annotations

import sys
import traceback
from hashlib import blake2b, sha1

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import astuple

from hygiene.errors import NotDoneError
from hygiene.evidence.examining import Examiner
from hygiene.model.evidence import Mark

MARKER = "Zx9-MARKER-pass-7Qv"
WEAK = ("password", "azerty123", "Summer2026!", "marie1987", "a" * 300, "12345678")
STRONG = (
    MARKER,
    "gK7#vQ2!x",
    "correct horse battery staple",
    "gK7#vQ2!xR9$mZ4&",
    "x9Kq" * 4 + "Lw8#fT2@pB6!",
)


class _Known:
    """A list of known passwords that remembers how often it was asked."""

    def __init__(self, *listed: str) -> None:
        self.listed = listed
        self.asked = 0

    def has(self, password: str) -> bool:
        self.asked += 1
        return password in self.listed


class _Failing:
    def has(self, _password: str) -> bool:
        raise NotDoneError("the list is gone", hint="find it")


# Reuse


@given(st.text(min_size=1), st.text(min_size=1))
def test_the_same_password_has_the_same_mark_and_another_another(one: str, other: str) -> None:
    """Within one run, and only byte for byte: no folding of capitals or accents."""
    examine = Examiner()
    assert examine(one) == examine(one)
    assert (examine(one).digest == examine(other).digest) == (one == other)


def test_accents_composed_or_not_are_two_passwords() -> None:
    """A service that was given one does not take the other."""
    examine = Examiner()
    assert examine("\u00e9t\u00e9").digest != examine("e\u0301te\u0301").digest


def test_lone_surrogates_are_not_lumped_together() -> None:
    """JSON can hold halves of pairs."""
    examine = Examiner()
    assert examine("\ud800").digest != examine("\ud801").digest


def test_two_runs_share_nothing() -> None:
    """A mark that was left behind matches nothing, and no list made beforehand."""
    marks = {Examiner()(MARKER).digest for _ in range(5)}
    data = MARKER.encode()
    unkeyed = {blake2b(data, digest_size=16).digest(), blake2b(data).digest()[:16], sha1(data).digest()[:16]}  # noqa: S324
    assert len(marks) == 5
    assert not marks & unkeyed


def test_an_empty_password_is_like_no_other_and_nothing_is_said_about_it() -> None:
    """Two entries without a password share none."""
    known = _Known("")
    examine = Examiner(strength=True, known=known)
    one, other = examine(""), examine("")
    assert one.digest != other.digest
    assert (one.is_weak, one.is_leaked, known.asked) == (None, None, 0)


# What was not asked for


def test_what_is_not_looked_at_stays_open() -> None:
    """Not “no”, but nothing."""
    mark = Examiner()("password")
    assert (mark.is_weak, mark.is_leaked) == (None, None)


def test_strength_needs_its_package_only_where_it_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who does not want it need not install it, and who does hears so before anything is read."""
    monkeypatch.setitem(sys.modules, "zxcvbn_rs_py", None)
    assert Examiner()("password").is_weak is None
    with pytest.raises(NotDoneError) as caught:
        Examiner(strength=True)
    assert "hygiene-audit[strength]" in caught.value.hint.format(**caught.value.values)


# Strength


@pytest.mark.parametrize("password", WEAK)
def test_what_would_be_guessed_is_weak(password: str) -> None:
    """Words, names with years, keys in a row, one character over and over."""
    assert Examiner(strength=True)(password).is_weak is True


@pytest.mark.parametrize("password", STRONG)
def test_what_would_not_be_guessed_is_not_weak(password: str) -> None:
    """A generator's passwords, and four words."""
    assert Examiner(strength=True)(password).is_weak is False


@pytest.mark.parametrize("password", ["4@8({[<369!1|0$5+7%2" * 50_000, "ab" * 500_000, "1/1/1991" * 100_000])
def test_a_long_password_does_not_hold_up_the_run(password: str) -> None:
    """A file pasted as a password; the work on it would grow faster than its length."""
    assert Examiner(strength=True)(password).is_weak is not None


def test_a_long_password_is_judged_by_its_beginning() -> None:
    """By as many characters as zxcvbn is made for, and no more."""
    examine = Examiner(strength=True)
    assert examine("a" * 72 + MARKER).is_weak is True
    assert examine("a" * (72 - len(MARKER)) + MARKER).is_weak is False


@given(st.lists(st.characters() | st.sampled_from([*"0123456789/\n\t\0aA@", "\ud800"]), min_size=1))
@example(["\udfff"])
def test_every_text_has_an_answer(chars: list[str]) -> None:
    """Line breaks, lone surrogates and digits of other scripts too."""
    assert Examiner(strength=True)("".join(chars)).is_weak in {True, False}


# Known


def test_what_is_on_the_list_is_known() -> None:
    """And what is not, is not."""
    examine = Examiner(known=_Known(MARKER))
    assert examine(MARKER).is_leaked is True
    assert examine("another").is_leaked is False


def test_a_password_is_looked_at_once_and_told_once() -> None:
    """However many accounts have it."""
    known, told = _Known(), list[int]()
    examine = Examiner(known=known, progress=told.append)
    for password in ("one", "two", "one", "", "three", "two"):
        examine(password)
    assert known.asked == 3
    assert told == [1, 2, 3]


def test_a_list_that_fails_is_heard_of() -> None:
    """Nothing is kept as “not known” because of it."""
    examine = Examiner(known=_Failing())
    for _ in range(2):
        with pytest.raises(NotDoneError, match="gone"):
            examine(MARKER)


# Nothing of the password stays


def test_a_mark_holds_nothing_of_the_password() -> None:
    """Neither in its fields nor in what it is shown as, and the examiner keeps marks only."""
    examine = Examiner(strength=True, known=_Known())
    mark = examine(MARKER)
    assert type(mark) is Mark
    assert len(mark.digest) == 16
    assert [type(each) for each in astuple(mark)] == [bytes, bool, bool]
    kept = (
        repr(mark)
        + repr(examine)
        + repr([value for name, value in vars(examine).items() if name != "_known"])
    )
    assert MARKER not in kept


def test_an_error_tells_nothing_of_the_password() -> None:
    """Its chain neither."""
    examine = Examiner(known=_Failing())
    with pytest.raises(NotDoneError) as caught:
        examine(MARKER)
    assert MARKER not in "".join(traceback.format_exception(caught.value))

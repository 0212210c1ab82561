"""The one tree of errors, and the exit codes that scripts rely on.

An error carries an untranslated template and its values; it never prints, logs or exits. The command line
renders it in one place as ``hygiene: error: …`` and ``hygiene: hint: …``.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process says when it ends. 1 stays reserved for the unexpected."""

    DONE = 0
    USAGE = 2
    NOT_DONE = 3
    NOT_VERIFIED = 4
    ACTION_NEEDED = 10
    INTERRUPTED = 130


class HygieneError(Exception):
    """Something that a person can cause or meet, said in words.

    Attributes:
        message: an untranslated template in the form of `str.format`.
        hint: what to do about it, also a template.
        values: fill both templates. They never hold an answer, an account's name or a key.
    """

    exit_code = ExitCode.NOT_DONE

    def __init__(self, message: str, *, hint: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.values = values

    def __str__(self) -> str:
        return self.message.format(**self.values)


class UsageError(HygieneError):
    """The command was called in a way that it does not know."""

    exit_code = ExitCode.USAGE


class NotDoneError(HygieneError):
    """The world did not let the command do its work: a file, a terminal, a disk."""


class LockedError(HygieneError):
    """No key slot of the store opened: a wrong secret, or a damaged slot."""


class AlteredError(HygieneError):
    """A key slot opened and what it protects does not verify: altered or damaged."""

    exit_code = ExitCode.NOT_VERIFIED

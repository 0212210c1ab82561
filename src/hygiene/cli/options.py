"""The global options, accepted before or after the command; taken out before the command is parsed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from hygiene.errors import UsageError
from hygiene.language import N_

_FALSE = frozenset({"", "0", "false", "no"})


class Options(Struct, frozen=True):
    """What the global options said; None or False where they did not."""

    home: str | None = None
    lang: str | None = None
    passphrase_file: str | None = None
    recovery_file: str | None = None
    on: str | None = None
    no_keyring: bool = False
    plain: bool = False
    version: bool = False


FLAGS = ("--no-keyring", "--plain", "--version")
VALUES = ("--home", "--lang", "--passphrase-file", "--recovery-file", "--on")

HELP: Mapping[str, str] = {
    "--home DIR": N_("keep everything below this folder"),
    "--lang TAG": N_("speak this language, such as en or fr"),
    "--passphrase-file FILE": N_("read the passphrase from a file"),
    "--recovery-file FILE": N_("write a new recovery code to this file"),
    "--no-keyring": N_("do not use the system keyring"),
    "--plain": N_("plain lines, for screen readers"),
    "--on DATE": N_("as if today were that day, such as 2027-03-01"),
    "--version": N_("say the version"),
}


def take_options(arguments: Sequence[str]) -> tuple[Options, list[str]]:
    """Return the global options and the arguments without them; after `--` nothing is taken.

    Raises:
        UsageError: an option lacks its value.
    """
    taken: dict[str, Any] = {}
    rest: list[str] = []
    pending = iter(arguments)
    for argument in pending:
        name, equals, value = argument.partition("=")
        if argument == "--":
            rest += ["--", *pending]
        elif argument in FLAGS:
            taken[_field(argument)] = True
        elif name in VALUES:
            taken[_field(name)] = value if equals else _next(pending, name)
        else:
            rest.append(argument)
    return Options(**taken), rest


def with_environment(options: Options, environment: Mapping[str, str]) -> Options:
    """Return the options, with the environment's where the command line said nothing."""
    from_environment = {
        "home": environment.get("HYGIENE_HOME"),
        "lang": environment.get("HYGIENE_LANG"),
        "passphrase_file": environment.get("HYGIENE_PASSPHRASE_FILE"),
        "on": environment.get("HYGIENE_TODAY"),
        "no_keyring": environment.get("HYGIENE_NO_KEYRING", "").lower() not in _FALSE,
    }
    said = {name: getattr(options, name) for name in options.__struct_fields__}
    merged: dict[str, Any] = {
        name: value or from_environment.get(name) or value for name, value in said.items()
    }
    return Options(**merged)


def _field(option: str) -> str:
    return option.removeprefix("--").replace("-", "_")


def _next(pending: Iterator[str], name: str) -> str:
    value = next(pending, None)
    if value is None:
        raise UsageError(N_("{option} needs a value"), hint=N_("see `hygiene --help`"), option=name)
    return value

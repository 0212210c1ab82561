"""Asks questions at a real terminal: `driver.py rich|plain QUESTION,QUESTION… [no-colour] REPLIES_FILE`.

A QUESTION is one of `QUESTIONS`, or one of the moments outside an interview in `OUTSIDE`.
"""

from __future__ import annotations

import getpass
import os
import signal
import sys
import termios
from collections.abc import Callable

from tests.contract.terminal_questions import (
    DAY,
    INSTAGRAM,
    PASSWORD_AGE,
    PRIVATE,
    about,
    last_year,
    many,
    names,
    password,
)

from hygiene.engine.questions import Back, Progress, Stop, Terminal
from hygiene.model.record import Chosen
from hygiene.terminal.plain import PlainTerminal, Streams
from hygiene.terminal.rich import Device, RichTerminal

QUESTIONS = {
    "many": many(24),
    "names": names(),
    "private": last_year(PRIVATE, Chosen("no")),
    "password": password(),
    "age": about(PASSWORD_AGE, INSTAGRAM),
}

MARGIN = 2
WRONG = "That is neither the passphrase nor the recovery code of this store. What now?"
WAYS_ON = (
    "Try again",
    "Use the recovery code",
    "I have neither: set this store aside, nothing of it is deleted, and begin afresh",
)
OUTSIDE: dict[str, Callable[[Terminal], object]] = {
    "secret": lambda terminal: f"{len(terminal.secret('Passphrase: '))} characters",
    "choose": lambda terminal: terminal.choose(WRONG, WAYS_ON),
    "line": lambda terminal: terminal.line("The recovery code, or the file in which you kept it:"),
}


def terminal_of(kind: str, options: list[str]) -> Terminal:
    if kind == "plain":
        streams = Streams(sys.stdin, sys.stderr, os.get_terminal_size().columns - MARGIN, getpass.getpass)
        return PlainTerminal(streams, "en", DAY, lambda _url: False)
    return RichTerminal("en", DAY, lambda _url: False, Device(has_colour="no-colour" not in options))


def main(kind: str, asked: str, *options: str) -> None:
    # Tests that run in the background hand down a Ctrl-C that is ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    before = termios.tcgetattr(0)
    terminal = terminal_of(kind, list(options))
    terminal.show("Welcome.")
    replies: list[object] = []
    names_of = asked.split(",")
    while len(replies) < len(names_of):
        outside = OUTSIDE.get(names_of[len(replies)])
        if outside:
            try:
                replies.append(outside(terminal))
            except KeyboardInterrupt:
                replies.append("interrupted")
            continue
        reply = terminal.ask(QUESTIONS[names_of[len(replies)]], Progress(len(replies) + 1, 31, 360))
        if reply == Back():
            del replies[-1:]
            continue
        replies.append(reply)
        if reply == Stop():
            break
    terminal.show("Everything is kept.")
    try:
        sane = "sane" if termios.tcgetattr(0) == before else "NOT SANE"
    except termios.error:
        sane = "gone"
    # A file, since after a hang-up there is no terminal to tell it to.
    with open(options[-1], "w", encoding="utf-8") as file:  # noqa: PTH123 - the path is text
        file.write("\n".join([*map(str, replies), sane]))


if __name__ == "__main__":
    main(*sys.argv[1:])

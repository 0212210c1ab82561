"""The composition root: the only module that knows the clock, the environment and the platform's folders."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from hygiene import language, resources
from hygiene.cli.desks import Desks
from hygiene.cli.homes import state_folder
from hygiene.cli.options import Options
from hygiene.errors import NotDoneError, UsageError
from hygiene.language import N_, _

if TYPE_CHECKING:
    from hygiene.engine.questions import Terminal
    from hygiene.safety.keyring_slot import KeyStore
    from hygiene.safety.secrets import SecretFile
    from hygiene.store.file import OpenStore
    from hygiene.usecases.counter import Watch
    from hygiene.usecases.new_secrets import Means
    from hygiene.usecases.unlock import WaysIn

STORE_NAME = "answers.hygiene"
YEARS = range(2000, 2200)


class Services(Desks):
    """What commands are given: everything that touches the world, made when it is first needed."""

    def __init__(self, options: Options, environment: Mapping[str, str]) -> None:
        self.options = options
        self.environment = environment
        self.settings: Mapping[str, str] = {}
        self.watch: Watch | None = None
        self.last_store: OpenStore | None = None
        self.has_saved = False
        self._secrets: dict[Path, SecretFile] = {}

    @cached_property
    def day(self) -> date:
        """Today, or the day that `--on` or HYGIENE_TODAY names."""
        if not self.options.on:
            return date.today()  # noqa: DTZ011 - the person's own calendar day is meant
        day = _day(self.options.on)
        if day is None:
            raise UsageError(
                N_("“{value}” is not a day"), hint=N_("write it as 2027-03-01"), value=self.options.on
            )
        return day

    def real_time(self) -> datetime:
        """Return what the clock says, UTC: what is signed expires by it, whatever day is asked about.

        Raises:
            UsageError: another day was asked for on the command line.
        """
        # HYGIENE_TODAY comes in by the same door as --on, and is passed over.
        if self.options.on and self.options.on != self.environment.get("HYGIENE_TODAY"):
            raise UsageError(
                N_("what is signed expires by the real clock, so that this command knows no --on"),
                hint=N_("leave --on out"),
            )
        return now()

    @cached_property
    def home(self) -> Path:
        """The folder that holds all state."""
        return Path(self.options.home) if self.options.home else state_folder(self.environment)

    @property
    def store_path(self) -> Path:
        """Where the answers are sealed."""
        return self.home / STORE_NAME

    @property
    def has_store(self) -> bool:
        """Whether there is a store, or something in its place."""
        return os.path.lexists(self.store_path)

    @property
    def language(self) -> str:
        """The language of the interface."""
        return language.current_language()

    @cached_property
    def key_store(self) -> KeyStore | None:
        """The system keyring, or None where it is switched off."""
        if self.options.no_keyring:
            return None
        from hygiene.safety.keyring_slot import SystemKeyring

        return SystemKeyring()

    @property
    def is_interactive(self) -> bool:
        """Whether there is a terminal to ask on."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    def open(self, *, makes_code: bool = False) -> OpenStore:
        """Return the person's store.

        Args:
            makes_code: the command makes a new recovery code.

        Raises:
            NotDoneError: there is none yet.
            LockedError, AlteredError: it does not open.
        """
        from hygiene.cli.opening import open_for_command
        from hygiene.usecases.settings import settings_of

        if self.options.recovery_file and not makes_code:
            self.say(_("--recovery-file is for a new code: `hygiene store recovery` makes one."))
        self.last_store = store = open_for_command(self)
        self._follow(settings_of(store.record))
        return store

    def output(self, path: Path) -> Path:
        """Return where the person wants something written, if that does no harm.

        Raises:
            NotDoneError: it is hygiene's own folder, or something else than a file.
        """
        if path.absolute().parent.resolve() == self.home.resolve():
            raise NotDoneError(
                N_("{path} is in hygiene's own folder"), hint=N_("write it to another folder"), path=path
            )
        if not path.name or (os.path.lexists(path) and not path.is_file()):
            raise NotDoneError(
                N_("{path} is not an ordinary file"), hint=N_("name a file to write to"), path=path
            )
        return path

    def load_secret(self, path: Path) -> SecretFile:
        """Return what a passphrase file holds; a pipe gives it once only."""
        from hygiene.safety.secrets import load_passphrase

        if path not in self._secrets:
            self._secrets[path] = load_passphrase(path)
        return self._secrets[path]

    @property
    def ways_in(self) -> WaysIn:
        """How this run may open a sealed file."""
        from hygiene.usecases.unlock import WaysIn

        terminal = self.plain_terminal if self.is_interactive else None
        return WaysIn(self.path("passphrase_file"), self.key_store, terminal, self.say, load=self.load_secret)

    def means(self, terminal: Terminal | None, passphrase_file: Path | None) -> Means:
        """Return how this run may give a store new secrets."""
        from hygiene.usecases.new_secrets import Means

        recovery_file = self.path("recovery_file")
        if recovery_file:
            self.output(recovery_file)
        return Means(terminal, passphrase_file, recovery_file, self.key_store, self.say)

    def note(self, store: OpenStore) -> None:
        """Take in a store that was written, and its save counter."""
        self.last_store, self.has_saved = store, True
        if self.watch:
            self.watch.note(store.header.counter)

    def close(self) -> None:
        """End the run: the keyring remembers the last save."""
        if self.watch:
            self.watch.close()

    def _follow(self, settings: Mapping[str, str]) -> None:
        """Do as the person's own settings say, where neither command line nor environment says otherwise."""
        self.settings = settings
        if settings.get("language") and not self.options.lang:
            language.use(language.language_of(settings["language"]), resources.bundled("locale"))

    def begin(self, terminal: Terminal | None) -> OpenStore:
        """Return a new store, made as the person chooses."""
        from hygiene.cli.opening import watched
        from hygiene.usecases.begin import begin

        store, events = begin(self.store_path, self.means(terminal, self.path("passphrase_file")))
        watched(self, store)
        return self.desk.seal(self.desk.say(store, *events)) if events else store

    @property
    def is_plain(self) -> bool:
        """Whether the person asked for plain lines: an option, a variable or a setting."""
        return self.rendering_is_plain(is_terminal=True)

    def terminal(self) -> Terminal:
        """Return the renderer that fits this terminal and this person.

        Raises:
            UsageError: there is no terminal, and `--plain` was not given.
        """
        if self.rendering_is_plain(is_terminal=self.is_interactive):
            return self.plain_terminal()
        from hygiene.terminal.rich import Device, RichTerminal

        has_colour = not self.environment.get("NO_COLOR")
        return RichTerminal(self.language, self.day, self.open_page, Device(has_colour))

    def terminal_or_none(self) -> Terminal | None:
        """Return the renderer, or None where there is nobody to ask."""
        return self.terminal() if self.is_interactive or self.options.plain else None

    def rendering_is_plain(self, *, is_terminal: bool) -> bool:
        """Return whether questions are asked in plain lines.

        Raises:
            UsageError: there is no terminal, and `--plain` was not given.
        """
        from hygiene.terminal.choose import Rendering, choose_rendering

        rendering = choose_rendering(
            accessible=self.environment.get("ACCESSIBLE", ""),
            plain=self.options.plain,
            setting=self.settings.get("plain") == "yes",
            term=self.environment.get("TERM", ""),
            is_terminal=is_terminal,
        )
        return rendering is Rendering.PLAIN

    def plain_terminal(self) -> Terminal:
        """Return a renderer of plain lines."""
        from getpass import getpass

        from hygiene.terminal.plain import PlainTerminal, Streams

        secret = getpass if self.is_interactive else None
        streams = Streams(sys.stdin, sys.stderr, self.width(), secret)
        return PlainTerminal(streams, self.language, self.day, self.open_page)

    def path(self, name: str) -> Path | None:
        """Return the path that a global option names, or None."""
        value = getattr(self.options, name)
        return Path(value) if value else None


def now() -> datetime:
    """Return the real time, UTC."""
    return datetime.now(UTC)


def _day(words: str) -> date | None:
    """Return a day written as 2027-03-01, of a year that calendars of people reach."""
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return None
    return day if day.isoformat() == words and day.year in YEARS else None

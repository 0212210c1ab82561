"""A new checklist: its author is asked for it, and a file is written that lint has nothing against."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from hygiene.catalog.check_fields import WITHIN, YES_NO
from hygiene.catalog.cursor import LANGUAGE
from hygiene.catalog.lint.texts import MOST_STEPS
from hygiene.catalog.list_names import RESERVED_LISTS
from hygiene.catalog.parsing import OWN_FILE
from hygiene.engine.questions import Terminal
from hygiene.language import N_, SOURCE_LANGUAGE, _
from hygiene.model.account import Network
from hygiene.model.checklist import Catalogue, Kind, Severity
from hygiene.reporting.links import host_of
from hygiene.usecases.authoring.file import NewCheck, NewChoice, NewList, render_list
from hygiene.usecases.authoring.names import LONGEST, NOT_CHOICES, free_name, is_name, name_of
from hygiene.usecases.authoring.pen import Pen
from hygiene.usecases.authoring.place import check_folder, check_free, write_new

FEWEST_CHOICES, MOST_CHOICES = 2, 12
"""A question with one answer asks nothing, and nobody reads out more than a dozen."""

SEVERITIES: Mapping[Severity, str] = {
    Severity.MEDIUM: N_("medium: it should be put right this year"),
    Severity.HIGH: N_("high: it should be put right soon"),
    Severity.CRITICAL: N_("critical: it should be put right today"),
    Severity.LOW: N_("low: asked with `hygiene audit --full` only"),
    Severity.INFO: N_("for information: asked with `--full` only, and of no weight in the score"),
}

Key = TypeVar("Key")


class Wish(Struct, frozen=True):
    """What the author asked for on the command line.

    Attributes:
        path: the file to write; None: called by the list's id, in `folder`.
        source: the name of the organisation's source that the list is for; empty for one of one's own.
        language: of the texts.
    """

    path: Path | None
    folder: Path
    source: str
    language: str
    day: date

    @property
    def prefix(self) -> str:
        """What the id of the list begins with."""
        return f"{self.source}-" if self.source else OWN_FILE.prefix


def author(wish: Wish, terminal: Terminal, catalogue: Catalogue) -> Path:
    """Ask for a list and its checks, write the file, and return where.

    Whoever stops on the way (Ctrl-C) keeps the checks that are complete.

    Raises:
        NotDoneError: there is a file already, or it could not be written.
        KeyboardInterrupt: the author stopped.
    """
    check_folder(wish.path.parent if wish.path else wish.folder)
    if wish.path:
        check_free(wish.path)
    terminal.show(
        _(
            "A checklist is a file of questions with their answers. You say what they are; "
            "every line of the file can be changed later."
        )
    )
    language = wish.language if LANGUAGE.fullmatch(wish.language) else SOURCE_LANGUAGE
    desk = _Desk(Pen(terminal, language), catalogue)
    new = desk.head(wish)
    path = wish.path or wish.folder / f"{new.id}.yaml"
    checks: list[NewCheck] = []
    try:
        while not checks or terminal.confirm(_("Another check?"), default=False):
            checks.append(desk.check(checks, new))
    except KeyboardInterrupt:
        if checks:
            write_new(path, _text(new, checks, desk.network(new)))
            terminal.show(_("What you had finished is in {path}.").format(path=path))
        raise
    write_new(path, _text(new, checks, desk.network(new)))
    return path


def _text(new: NewList, checks: list[NewCheck], network: Network | None) -> str:
    links = [check.settings for check in checks if check.settings]
    domains = dict.fromkeys(_domain(link, network) for link in links)
    return render_list(replace(new, domains=tuple(domains), checks=tuple(checks)))


def _domain(link: str, network: Network | None) -> str:
    """Return the host that a list declares for a link: the network's own one where it lies on that."""
    host = (host_of(link) or "").removeprefix("www.")
    known = (each for each in (network.domains if network else ()) if f".{host}".endswith(f".{each}"))
    return next(known, host)


class _Desk(Struct, frozen=True):
    """What the author is asked, piece by piece."""

    pen: Pen
    catalogue: Catalogue

    def network(self, new: NewList) -> Network | None:
        return self.catalogue.networks.get(new.network or "")

    def head(self, wish: Wish) -> NewList:
        """Ask what the list is about, and what it is called."""
        pen = self.pen
        about: dict[str | None, str] = {None: _("the person, whatever accounts they have")}
        about |= {each.id: each.name.to(pen.language) for each in self.catalogue.networks.values()}
        network = self._pick(_("What is the list about?"), about)
        title = pen.text(_("What is the list called? Such as “Our choir”:"), "title")
        list_id = self._id(name_of(title, wish.prefix), wish)
        return NewList(list_id, wish.day, pen.language, title, network)

    def _id(self, offered: str, wish: Wish) -> str:
        message = _("Its name in files, which never changes (an empty line: {id}):").format(id=offered)
        while True:
            words = self.pen.terminal.line(message) or offered
            reason = _against(words, wish)
            if not reason:
                return words
            self.pen.terminal.show(_("Please write it once more: {reason}.").format(reason=reason))

    def check(self, before: list[NewCheck], new: NewList) -> NewCheck:
        """Ask for one check."""
        pen = self.pen
        pen.terminal.show(_("Check {number}").format(number=len(before) + 1))
        question = pen.question(_("What do you ask? One fact, such as “Who has a key to the room?”:"))
        check = NewCheck("", question, "", "", Severity.INFO)
        check = self._answers(check)
        title = pen.text(
            _("What should people do? In a few words, such as “Lock the room”:"),
            "title",
            [each.title for each in before],
        )
        check = replace(
            check,
            id=free_name(title, {*(each.id for each in before), *self._core_names(new)}, "check"),
            title=title,
            risk=pen.text(_("Why does it matter? What can happen otherwise:"), "risk"),
            severity=self._pick(
                _("How bad would it be?"), {key: _(each) for key, each in SEVERITIES.items()}
            ),
            steps=self._steps(),
            settings=pen.link(_("The page where it is set, https://… (an empty line: none):")),
        )
        pen.terminal.show(_("Written down: {title}").format(title=title))
        return check

    def _answers(self, check: NewCheck) -> NewCheck:
        """Ask for the form of the answer, and which one is good."""
        ways: Mapping[Callable[[NewCheck], NewCheck], str] = {
            self._yes_no: _("yes or no"),
            self._one_of: _("one of several answers"),
            self._many: _("several answers may be ticked"),
            self._date: _("a date, such as when it was last done"),
        }
        return self._pick(_("How is “{question}” answered?").format(question=check.question), ways)(check)

    def _yes_no(self, check: NewCheck) -> NewCheck:
        words = {word: text.to(self.pen.language) for word, text in YES_NO.items()}
        return replace(check, good=self._pick(_("Which answer is the good one?"), words))

    def _one_of(self, check: NewCheck) -> NewCheck:
        """Ask for answers of which one at least is good, and one is not."""
        texts = self._texts()
        while True:
            choices = tuple(self._choices(texts, _("Is “{answer}” a good answer?")))
            good = {each.is_good for each in choices}
            if len(good) > 1:
                return replace(check, choices=choices)
            reason = (
                _("no choice is good")
                if good == {False}
                else _("every choice is good: nothing can be found here")
            )
            self.pen.terminal.show(_("Please say it once more: {reason}.").format(reason=reason))

    def _many(self, check: NewCheck) -> NewCheck:
        """Ask for answers; where nothing ticked is the best reply, none of them is good."""
        choices = tuple(self._choices(self._texts(), _("Is it all right to tick “{answer}”?")))
        return replace(check, kind=Kind.MANY, choices=choices)

    def _date(self, check: NewCheck) -> NewCheck:
        message = _("How many months ago is still good? From {low} to {high}:")
        within = self.pen.number(message.format(low=WITHIN[0], high=WITHIN[1]), *WITHIN)
        return replace(check, kind=Kind.DATE, within=within)

    def _texts(self) -> tuple[str, ...]:
        terminal = self.pen.terminal
        while True:
            texts = tuple(self.pen.texts(_("An answer (an empty line: no more):"), "choices", MOST_CHOICES))
            if len(texts) >= FEWEST_CHOICES:
                return texts
            terminal.show(_("Please write {count} answers at least.").format(count=FEWEST_CHOICES))

    def _choices(self, texts: tuple[str, ...], question: str) -> Iterator[NewChoice]:
        taken = set(NOT_CHOICES)
        for text in texts:
            name = free_name(text, taken, "choice")
            taken.add(name)
            is_good = self.pen.terminal.confirm(question.format(answer=text), default=False)
            yield NewChoice(name, text, is_good)

    def _steps(self) -> tuple[str, ...]:
        message = _("How to put it right, a step a line (an empty line: no more):")
        return tuple(self.pen.texts(message, "steps", MOST_STEPS))

    def _core_names(self, new: NewList) -> frozenset[str]:
        """Return the names that mean a question asked on every network."""
        checks = (check for each in self.catalogue.checklists.values() for check in each.checks)
        return frozenset(check.core_id for check in checks if check.core_id) if new.network else frozenset()

    def _pick(self, message: str, options: Mapping[Key, str]) -> Key:
        keys = tuple(options)
        return keys[self.pen.terminal.choose(message, tuple(options.values()))]


def _against(list_id: str, wish: Wish) -> str:
    """Return why a list cannot have an id, or nothing."""
    if not list_id.startswith(wish.prefix) or list_id == wish.prefix:
        return _("the id must begin with “{prefix}”").format(prefix=wish.prefix)
    if not is_name(list_id):
        return _("small letters, digits and “-”, {most} at most").format(most=LONGEST)
    if list_id in RESERVED_LISTS:
        return _("“{id}” is reserved").format(id=list_id)
    if wish.path is None and (wish.folder / f"{list_id}.yaml").exists():
        return _("{path} is there already").format(path=f"{list_id}.yaml")
    return ""

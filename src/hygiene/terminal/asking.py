"""One question from first sight to its reply, whichever renderer draws it.

A question about several accounts is put once; “different for each” then goes through them one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from hygiene.engine.questions import Answered, Asked, Back, Progress, Question, Reply, Skip, Stop
from hygiene.engine.state import STILL, Latest
from hygiene.language import _
from hygiene.model.checklist import Kind
from hygiene.model.record import Answer, ChosenMany, NonAnswer, Via, Written
from hygiene.safety.cleaning import clean
from hygiene.terminal import dating
from hygiene.terminal.hosts import written_or
from hygiene.terminal.links import Link, links_of
from hygiene.terminal.offers import Offer, Step, offers_of
from hygiene.terminal.pages import Key, Manner, Page, Picked, Pressed, Row, Screen, Ticked, Wrote
from hygiene.terminal.words import (
    Speaker,
    is_written,
    key_words,
    more_key_words,
    progress_words,
    short_keys,
)

_LEAVING = (Key.BACK, Key.SKIP, Key.STOP)

Said = Answer | Step | Key


class _View(Struct, frozen=True):
    """A question as it is put now, and what can be said to it."""

    question: Question
    offers: tuple[Offer, ...]
    links: tuple[Link, ...]


class Asking:
    """Puts questions on a screen and makes replies of what the person does.

    Args:
        screen: draws the pages.
        speaker: says what is on them.
        open_page: opens an address in the browser, and tells whether it could.
    """

    def __init__(self, screen: Screen, speaker: Speaker, open_page: Callable[[str], bool]) -> None:
        self._screen = screen
        self._speaker = speaker
        self._open_page = open_page
        self._progress = Progress(1, 0, 0)
        self._note = ""
        self._is_leaving = False

    def ask(self, question: Question, progress: Progress) -> Reply:
        """Put the question and return the reply."""
        if self._is_leaving:
            self._is_leaving = False
            return Stop()
        self._progress = progress
        self._note = _note_before(question)
        if is_written(question.check) and len(question.accounts) > 1:
            return self._each(question) or Back()
        while True:
            said = self._about(question, question.accounts, ())
            reply = self._each(question) if said is Step.EACH else self._reply(question, said)
            if reply is not None:
                return reply

    def forget_leaving(self) -> None:
        """The interview has ended: the next one begins with its first question."""
        self._is_leaving = False

    def _reply(self, question: Question, said: Said) -> Reply:
        if said is Key.BACK:
            return Back()
        if said is Key.STOP:
            return Stop()
        if said is Key.SKIP:
            self._screen.leave(self._speaker.asked(question), _("for later"), is_done=False)
            return Skip()
        if said is Step.AS_BEFORE:
            before = {each.account_id: each.previous.answer for each in question.accounts if each.previous}
            return self._answered(question, before)
        if isinstance(said, Step | Key):  # pragma: no cover - the others never leave `_about`
            raise TypeError(said)
        return self._answered(question, {each.account_id: said for each in question.accounts})

    def _answered(
        self, question: Question, given: Mapping[str, Answer], notes: Mapping[str, str] | None = None
    ) -> Answered:
        self._screen.leave(self._speaker.asked(question), self._speaker.answers(given, question))
        if notes is None:
            return Answered(dict(given), self._note)
        return Answered(dict(given), notes={each: notes[each] for each in given if notes.get(each)})

    def _each(self, question: Question) -> Reply | None:
        """Go through the accounts one by one; None: back to all of them together."""
        given: dict[str, Answer] = {}
        notes: dict[str, str] = {}
        index = 0
        while index < len(question.accounts):
            asked = _with_answer(question.accounts[index], given, self._speaker)
            place = _("account {number} of {total}").format(number=index + 1, total=len(question.accounts))
            narrowed = _narrowed(asked)
            self._note = notes.get(asked.account_id, _note_before(narrowed))
            said = self._about(narrowed, question.accounts, (place,))
            notes[asked.account_id] = self._note
            if said is Key.BACK:
                index -= 1
                if index < 0:
                    return None
                continue
            if said is Key.STOP:
                # What was said is kept: it is the reply, and the next question is not put any more.
                self._is_leaving = bool(given)
                return self._answered(question, given, notes) if given else Stop()
            given[asked.account_id] = NonAnswer.LATER if said is Key.SKIP else _as_answer(said)
            index += 1
        return self._answered(question, given, notes)

    def _about(self, question: Question, all_accounts: tuple[Asked, ...], place: tuple[str, ...]) -> Said:
        """Return what was said about the accounts of a question."""
        others = tuple(each for each in all_accounts if each.account_id != question.accounts[0].account_id)
        offers = offers_of(question, others if place else (), self._speaker)
        view = _View(question, offers, links_of(question.accounts))
        page = self._page(view, place)
        while True:
            said = self._said(view, page, others)
            if not isinstance(said, Page):
                return said
            page = said

    def _said(self, view: _View, page: Page, others: tuple[Asked, ...]) -> Said | Page:
        """Show the page once; return what was said, or the page to show next."""
        match self._screen.put(page):
            case Pressed(key, cursor, ticked):
                return self._pressed(key, view, replace(page, cursor=cursor, ticked=ticked, message=""))
            case Ticked(rows):
                choices = view.question.check.choices
                return ChosenMany(tuple(choices[row].id for row in sorted(rows)))
            case Wrote(words):
                return self._wrote(words, view, page)
            case Picked(row):
                return self._chosen(view.offers[row].leads_to, replace(page, cursor=row), others)

    def _pressed(self, key: Key, view: _View, page: Page) -> Said | Page:
        if key in _LEAVING:
            return key
        if key is Key.UNKNOWN:
            return NonAnswer.UNKNOWN
        if key is Key.NOT_APPLICABLE:
            return NonAnswer.NOT_APPLICABLE
        return self._ask_note(view, page) if key is Key.NOTE else self._ask_link(view, page)

    def _wrote(self, words: str, view: _View, page: Page) -> Said | Page:
        if view.question.kind is Kind.DATE:
            return self._date_or(page, words)
        return written_or(view.question.check, page, words)

    def _chosen(self, leads_to: Answer | Step, page: Page, others: tuple[Asked, ...]) -> Said | Page:
        if leads_to is Step.EXACT_DATE:
            return self._date_or(page, "")
        if leads_to is Step.THROUGH:
            return self._ask_through(page, others)
        return leads_to

    def _date_or(self, page: Page, words: str) -> Said | Page:
        said = dating.ask_date(self._screen, self._speaker, page, words)
        return replace(page, message="") if said is Key.BACK else said

    def _ask_through(self, page: Page, others: tuple[Asked, ...]) -> Said | Page:
        """Ask which other account one signs in with."""
        rows = tuple(Row(self._speaker.text(each.name)) for each in others)
        question = _("Which account do you sign in with?")
        act = self._screen.put(_inside(page, Manner.PICK, question, rows=rows))
        if isinstance(act, Picked):
            return Via(others[act.row].account_id)
        return Key.STOP if _is_stop(act) else page

    def _ask_note(self, view: _View, page: Page) -> Said | Page:
        inside = _inside(page, Manner.WRITE, _("A note of your own, to read next year"), text=self._note)
        hint = _("An empty line: no note.")
        act = self._screen.put(replace(inside, hint=hint, is_amended=True, may_be_empty=True))
        if isinstance(act, Wrote):
            self._note = clean(act.words)
            kept = _("Your note is kept with the answer.") if self._note else _("No note.")
            return replace(page, details=self._details(view.question), message=kept)
        return Key.STOP if _is_stop(act) else page

    def _ask_link(self, view: _View, page: Page) -> Said | Page:
        """Show which hosts the settings pages are on, and open the one that is chosen."""
        rows = tuple(Row(f"{self._speaker.text(link.name)} — {link.host}") for link in view.links)
        which = _("Which page shall your browser open?")
        act = self._screen.put(_inside(page, Manner.PICK, which, rows=rows))
        if isinstance(act, Picked):
            return replace(page, message=self._opened(view.links[act.row]))
        return Key.STOP if _is_stop(act) else page

    def _opened(self, link: Link) -> str:
        if self._open_page(link.url):
            return _("{host} is open in your browser.").format(host=link.host)
        return _("No browser answered. The address is {url}").format(url=link.url)

    def _page(self, view: _View, place: tuple[str, ...]) -> Page:
        question = view.question
        progress = progress_words(self._progress)
        manner = Manner.TICK if question.kind is Kind.MANY else Manner.PICK
        if is_written(question.check):
            manner = Manner.WRITE
        return replace(
            _with_previous(Page(manner, self._speaker.text(question.text)), view, self._speaker),
            heading=(*progress[:1], *place) if place else progress,
            subject=self._speaker.names(question.accounts),
            details=self._details(question),
            why=self._speaker.text(question.check.risk),
            keys=key_words(question.check, has_page=bool(view.links)),
            more=more_key_words(question.check, has_page=bool(view.links)),
            hint=_("A number, or a date such as “March 2026”.") if question.kind is Kind.DATE else "",
            takes_words=question.kind is Kind.DATE,
            may_be_empty=question.check.id.startswith(STILL),
        )

    def _details(self, question: Question) -> tuple[str, ...]:
        note = _("Your note: {note}").format(note=self._note) if self._note else ""
        return tuple(filter(None, (self._speaker.before(question), note)))


def _with_previous(page: Page, view: _View, speaker: Speaker) -> Page:
    """Return the page with its rows, those chosen before marked."""
    previous = view.question.previous
    kept = speaker.answer(previous, view.question) if previous else ""
    if isinstance(previous, Written) and page.manner is Manner.WRITE:
        return replace(page, text=previous.words, is_amended=True, kept=kept)
    if page.manner is Manner.TICK:
        return _with_ticks(page, view, kept)
    return _with_cursor(page, view, kept, speaker.mark(view.question))


def _with_ticks(page: Page, view: _View, kept: str) -> Page:
    previous = view.question.previous
    rows = tuple(Row(each.words, leads_on=isinstance(each.leads_to, Step)) for each in view.offers)
    if not isinstance(previous, ChosenMany):
        return replace(page, rows=rows)
    choices = view.question.check.choices
    ticked = frozenset(at for at, choice in enumerate(choices) if choice.id in previous.ids)
    return replace(page, rows=rows, ticked=ticked, kept=kept)


def _with_cursor(page: Page, view: _View, kept: str, mark: str) -> Page:
    previous = view.question.previous
    before = [offer.leads_to in (previous, Step.AS_BEFORE) for offer in view.offers]
    rows = tuple(
        Row(offer.words, "" if offer.says_so or offer.leads_to != previous else mark) for offer in view.offers
    )
    if True not in before:
        return replace(page, rows=rows)
    cursor = before.index(True)
    return replace(page, rows=rows, cursor=cursor, kept=kept or view.offers[cursor].words)


def _inside(page: Page, manner: Manner, question: str, *, rows: tuple[Row, ...] = (), text: str = "") -> Page:
    """Return a page inside the question of another."""
    return Page(manner, question, rows, page.heading, page.subject, keys=short_keys(), text=text)


def _is_stop(act: object) -> bool:
    return isinstance(act, Pressed) and act.key is Key.STOP


def _as_answer(said: Said) -> Answer:
    if isinstance(said, Step | Key):  # pragma: no cover - one account alone has neither
        raise TypeError(said)
    return said


def _narrowed(asked: Asked) -> Question:
    """Return the question about one of its accounts, in the words for one."""
    return Question(asked.check, (asked,), asked.check.question.filled("network", asked.name))


def _with_answer(asked: Asked, given: Mapping[str, Answer], speaker: Speaker) -> Asked:
    """Return the account with what was said a moment ago as its previous answer."""
    answer = given.get(asked.account_id)
    if answer is None or answer is NonAnswer.LATER:
        return asked
    return replace(asked, previous=Latest(answer, speaker.day, 0))


def _note_before(question: Question) -> str:
    notes = {asked.previous.note if asked.previous else "" for asked in question.accounts}
    return clean(notes.pop()) if len(notes) == 1 else ""

"""The second year: last time's answers on a few screens, and one question, what has changed since.

Each screen says what was answered, a line for all accounts with the same answer. What is ticked has changed
and is asked anew; the rest is kept as an answer of today. A date that is still fresh is not asked at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from hygiene.engine.ages import PASSWORD_AGE, password_of
from hygiene.engine.answer_words import answer_in_words
from hygiene.engine.names import name_among
from hygiene.engine.passwords import age_of
from hygiene.engine.questions import Question
from hygiene.engine.sitting import Sitting, Subject, ask
from hygiene.engine.state import STILL, Latest, State
from hygiene.model.account import YOU, Account
from hygiene.model.checklist import Check, Choice
from hygiene.model.finding import PasswordState
from hygiene.model.policy import Policy
from hygiene.model.record import PASSKEY, Answer, AnswerGiven, Chosen, ChosenMany, Dated, NonAnswer, Via
from hygiene.model.text import Text


class _Line(Struct, frozen=True):
    """What several accounts have in common: the same answer to the same question."""

    id: str
    answer: Answer
    subjects: tuple[Subject, ...]


def is_fresh(subject: Subject, state: State, policy: Policy, day: date) -> bool:
    """Return whether a date of last time is still good on that day, so that there is nothing to ask."""
    said = _last_time(subject, state)
    if said is None or not isinstance(said.answer, Dated):
        return False
    account, check = subject
    if account and check.core_id == PASSWORD_AGE:  # its reminder may have been put off, or switched off
        then = replace(state, answers=state.before)
        age = password_of(account, then, policy.password_months.value, day).age
    else:
        age = age_of(said.answer.interval, check.within_months or 0, day, as_of=said.as_of)
    return age.state is PasswordState.FRESH


def is_sayable(subject: Subject, state: State) -> bool:
    """Return whether last time's answer can be confirmed as it is: no date, its choices still offered."""
    said = _last_time(subject, state)
    match said.answer if said else None:
        case Chosen(choice) as answer:
            return subject[1].choice(choice) is not None or answer == PASSKEY
        case ChosenMany(choices):
            return all(subject[1].choice(each) for each in choices)
        case Via() | NonAnswer.NOT_APPLICABLE:
            return True
        case _:
            return False


def is_on_screen(subject: Subject, state: State) -> bool:
    """Return whether a screen says last time's answer, or has said it in this audit.

    A check that has been answered since the audit began is asked by itself, if at all. So is one that was no
    part of the screen when that was answered: in an audit of named checklists, or by its condition.
    """
    if not is_sayable(subject, state):
        return False
    if ticked_at(subject, state):
        return True
    account, check = subject
    before, now = _last_time(subject, state), state.latest(_id_of(account), check)
    screen = state.answers.get((YOU, _group_of(subject)))
    if screen is None or now is None or before is None:
        return now == before
    return before.seq < now.seq < screen.seq and now.answer == before.answer


def still_questions(subjects: Iterable[Subject], state: State, sitting: Sitting) -> Iterator[Question]:
    """Yield a screen for each group of what can be confirmed: the core questions, then list by list."""
    groups: dict[str, list[Subject]] = {}
    for subject in subjects:
        groups.setdefault(_group_of(subject), []).append(subject)
    for group, members in groups.items():
        template = sitting.catalogue.setup[STILL]
        choices = tuple(
            Choice(line.id, _words_of(line, template, state, sitting)) for line in _lines(members, state)
        )
        check = replace(template, id=group, choices=choices, core=members[0][1].core)
        yield ask([(None, check)], state, sitting.catalogue)


def ticked_at(subject: Subject, state: State) -> int:
    """Return where in the record a person said that this has changed since last time; 0 if they did not."""
    latest, said = state.answers.get((YOU, _group_of(subject))), _last_time(subject, state)
    return latest.seq if latest and said and _is_ticked(subject[1], said, latest.answer) else 0


def confirmed(given: AnswerGiven, subjects: Iterable[Subject], state: State) -> Iterator[AnswerGiven]:
    """Yield the answers of last time that a reply leaves as they are, to be said again today."""
    for account, check in subjects:
        said = _last_time((account, check), state)
        is_here = _group_of((account, check)) == given.check
        if is_here and said and not _is_ticked(check, said, given.answer):
            yield AnswerGiven(_id_of(account), check.id, said.answer, said.note)


def _is_ticked(check: Check, said: Latest, reply: Answer) -> bool:
    """Whether a reply says that an answer has changed; “I don't know” leaves none as it is."""
    return not isinstance(reply, ChosenMany) or _line_id(check, said.answer) in reply.ids


def _last_time(subject: Subject, state: State) -> Latest | None:
    account, check = subject
    ids = (check.id, *check.replaces)
    return next(filter(None, (state.before.get((_id_of(account), each)) for each in ids)), None)


def _id_of(account: Account | None) -> str:
    return account.id if account else YOU


def _group_of(subject: Subject) -> str:
    account, check = subject
    about = check.id.partition(".")[0]
    if not check.core:
        return f"{STILL}-{about}-more"
    return f"{STILL}-{about}" if account is None else f"{STILL}-accounts"


def _lines(subjects: Iterable[Subject], state: State) -> Iterator[_Line]:
    lines: dict[str, tuple[Answer, list[Subject]]] = {}
    for subject in subjects:
        if said := _last_time(subject, state):
            line = _line_id(subject[1], said.answer)
            lines.setdefault(line, (said.answer, []))[1].append(subject)
    return (_Line(line, answer, tuple(members)) for line, (answer, members) in lines.items())


def _line_id(check: Check, answer: Answer) -> str:
    words = answer_in_words(answer)
    return f"{check.group}={words if isinstance(words, str) else '+'.join(words)}"


def _words_of(line: _Line, template: Check, state: State, sitting: Sitting) -> Text:
    accounts = [account for account, _check in line.subjects if account]
    names = _joined(name_among(account, state.open_accounts, sitting.catalogue) for account in accounts)
    told = _told(line, template, state, sitting).filled("network", names)
    if not accounts:
        return told
    return _form("of-accounts", template).filled("told", told).filled("accounts", names)


def _told(line: _Line, template: Check, state: State, sitting: Sitting) -> Text:
    """Return what was answered as a sentence of its own, else the question with its answer."""
    check = line.subjects[0][1]
    match line.answer:
        case Via(account):
            through = name_among(state.accounts.get(account), state.open_accounts, sitting.catalogue)
            return _form("through", template).filled("account", through)
        case Chosen(choice) if choice in check.said:
            return check.said[choice]
        case answer if answer == PASSKEY:
            return _form("no-password", template)
        case answer:
            several = len(line.subjects) > 1 and check.group_question
            asked = _form("asked", template).filled("question", several or check.question)
            return asked.filled("answer", _answer_words(answer, check, template))


def _answer_words(answer: Answer, check: Check, template: Check) -> Text:
    match answer:
        case Chosen(choice_id) if choice := check.choice(choice_id):
            return choice.text
        case ChosenMany(ids) if ids:
            return _joined(choice.text for choice in map(check.choice, ids) if choice)
        case ChosenMany():
            return _form("none", template)
        case _:
            return _form("does-not-apply", template)


def _form(name: str, template: Check) -> Text:
    choice = template.choice(name)
    assert choice is not None, name  # noqa: S101 - `_setup.yaml` is our own file, and tested
    return choice.text


def _joined(texts: Iterable[Text]) -> Text:
    parts = tuple(texts)
    languages = {tag for text in parts for tag in text.by_language} | {"en"}
    return Text("en", {tag: ", ".join(text.to(tag) for text in parts) for tag in languages})

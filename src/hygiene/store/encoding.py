"""Statements as JSON lines, one a statement. The written form: docs/record-format.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from hygiene.errors import AlteredError, NotDoneError
from hygiene.language import N_
from hygiene.model.account import Purpose
from hygiene.model.checklist import Severity
from hygiene.model.dates import Interval
from hygiene.model.record import (
    AccountAdded,
    AccountClosed,
    AccountPlaced,
    AccountPurposed,
    AccountRecognised,
    AccountRemoved,
    AccountRenamed,
    Answer,
    AnswerGiven,
    AuditFinished,
    AuditStarted,
    BackupWritten,
    ChecklistUsed,
    Chosen,
    ChosenMany,
    Dated,
    Event,
    Judged,
    Judgement,
    NonAnswer,
    Outcome,
    PasswordReminded,
    Reminder,
    ReportWritten,
    Scope,
    SettingChosen,
    Statement,
    Titled,
    Via,
    Waived,
    Written,
)

SCHEMA = 4
_REQUIRED = object()
_NON_ANSWERS = {str(each): each for each in NonAnswer}


def encode(statement: Statement) -> bytes:
    """Return a statement as one line of JSON, without the line's end."""
    form = _FORM_OF[type(statement.event)]
    line: dict[str, Any] = {
        "id": statement.id,
        "seq": statement.seq,
        "on": statement.on.isoformat(),
        "kind": form.kind,
    }
    for name, default in form.defaults.items():
        value = getattr(statement.event, name)
        if value != default:
            codec = form.codecs.get(name)
            line[name] = codec.encode(value) if codec else value
    try:
        return msgspec.json.encode(line)
    except UnicodeEncodeError:  # a path whose name is no text; only escaped does it stay UTF-8
        import json

        return json.dumps(line, separators=(",", ":")).encode()


def encode_payload(lines: Iterable[bytes]) -> bytes:
    """Return the payload of a store: its schema, then its statements, a line each."""
    return b"\n".join((b'{"schema":%d}' % SCHEMA, *lines))


def decode_payload(payload: bytes) -> Mapping[bytes, Statement]:
    """Return the statements of a payload by their lines, in the order written.

    Raises:
        NotDoneError: a newer version of the program wrote it.
        AlteredError: it is not what any version of the program writes.
    """
    head, *lines = payload.split(b"\n")
    try:
        schema = _loads(head)["schema"]
        if schema > SCHEMA:
            raise NotDoneError(
                N_("the store was written by a newer version of hygiene"),
                hint=N_("update hygiene-audit, then try again; nothing was changed"),
            )
        # One call for all lines is several times faster than one call each.
        rows = _loads(b"[" + b",".join(lines) + b"]")
        return dict(zip(lines, map(_decode, rows), strict=True))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise AlteredError(
            N_("the store opens, but what it holds cannot be read"),
            hint=N_("`hygiene store restore FILE --replace` puts a backup in its place; this file is kept"),
        ) from error


def _loads(written: bytes) -> Any:
    """Return what a JSON text says; half a surrogate pair, as in a path, is for the slower reader."""
    try:
        return msgspec.json.decode(written)
    except msgspec.DecodeError:
        import json

        return json.loads(written)


def _decode(row: dict[str, Any]) -> Statement:
    form = _FORMS[row.pop("kind")]
    statement_id, seq, on = row.pop("id"), row.pop("seq"), row.pop("on")
    for name, codec in form.codecs.items():
        if name in row:
            row[name] = codec.decode(row[name])
    return Statement(statement_id, seq, date.fromisoformat(on), form.event(**row))


class _Codec(Struct, frozen=True):
    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]


class _Form(Struct, frozen=True):
    """How a kind of event is written; fields without a codec are plain JSON, defaults are left out."""

    kind: str
    event: Callable[..., Event]
    codecs: Mapping[str, _Codec]
    defaults: Mapping[str, object]


def _form(kind: str, event: type[Event], **codecs: _Codec) -> _Form:
    names, defaults = event.__struct_fields__, event.__struct_defaults__
    required = len(names) - len(defaults)
    return _Form(kind, event, codecs, dict(zip(names, (*[_REQUIRED] * required, *defaults), strict=True)))


def _encode_answer(answer: Answer) -> Any:
    match answer:
        case Chosen(choice):
            return choice
        case ChosenMany(ids):
            return list(ids)
        case Dated(interval):
            return {"dated": _encode_interval(interval)}
        case Via(account):
            return {"via": account}
        case Written(words):
            return {"written": words}
        case _:
            return answer.value


def _decode_answer(written: Any) -> Answer:
    match written:
        case str():
            return _NON_ANSWERS.get(written) or Chosen(written)
        case list():
            return ChosenMany(tuple(written))
        case {"dated": interval}:
            return Dated(_decode_interval(interval))
        case {"via": account}:
            return Via(account)
        case {"written": words}:
            return Written(words)
        case _:
            raise ValueError("no such answer")


def _encode_interval(interval: Interval) -> list[str | None]:
    return [end.isoformat() if end else None for end in (interval.not_before, interval.not_after)]


def _decode_interval(written: list[str | None]) -> Interval:
    not_before, not_after = (date.fromisoformat(end) if end else None for end in written)
    return Interval(not_before, not_after)


def _decode_lists(written: list[list[str]]) -> tuple[ChecklistUsed, ...]:
    return tuple(ChecklistUsed(*row) for row in written)


def _decode_judgements(written: list[list[Any]]) -> tuple[Judgement, ...]:
    return tuple(
        Judgement(check, revision, Outcome(outcome), Severity[severity.upper()], weight)
        for check, revision, outcome, severity, weight in written
    )


def _encode_judgements(judgements: tuple[Judgement, ...]) -> list[list[Any]]:
    return [
        [each.check, each.revision, str(each.outcome), each.severity.word, each.weight] for each in judgements
    ]


def _judged_in_schema_1(audit: str, account: str, **judgement: Any) -> Judged:
    """Return the event of a line that held the judgement of a single check."""
    written = [judgement.pop(key) for key in ("check", "revision", "outcome", "severity", "weight")]
    if judgement:
        raise ValueError("no such key")
    return Judged(audit, account, _decode_judgements([written]))


def _encode_lists(lists: tuple[ChecklistUsed, ...]) -> list[list[str]]:
    return [[each.id, each.version, each.digest, each.publisher, each.trust] for each in lists]


_DAY = _Codec(date.isoformat, date.fromisoformat)
_INTERVAL = _Codec(_encode_interval, _decode_interval)
_ANSWER = _Codec(_encode_answer, _decode_answer)
_PURPOSE = _Codec(str, Purpose)
_SCOPE = _Codec(str, Scope)
_REMINDER = _Codec(str, Reminder)
_JUDGEMENTS = _Codec(_encode_judgements, _decode_judgements)
_LISTS = _Codec(_encode_lists, _decode_lists)

_FORMS = {
    form.kind: form
    for form in (
        _form("account-added", AccountAdded, purpose=_PURPOSE, opened=_INTERVAL),
        _form("account-renamed", AccountRenamed),
        _form("account-purposed", AccountPurposed, purpose=_PURPOSE),
        _form("account-placed", AccountPlaced),
        _form("account-recognised", AccountRecognised),
        _form("account-closed", AccountClosed),
        _form("account-removed", AccountRemoved),
        _form("answer", AnswerGiven, answer=_ANSWER, as_of=_DAY),
        _form("waived", Waived, until=_DAY),
        _form("audit-started", AuditStarted, scope=_SCOPE, checklists=_LISTS),
        _form("audit-finished", AuditFinished),
        _form("judgements", Judged, judgements=_JUDGEMENTS),
        _form("titled", Titled),
        _form("password-reminded", PasswordReminded, reminder=_REMINDER),
        _form("setting", SettingChosen),
        _form("report-written", ReportWritten),
        _form("backup-written", BackupWritten),
    )
}
_FORM_OF = {form.event: form for form in _FORMS.values()}
# Read for ever, written no more: a line that is kept is kept byte for byte.
_FORMS["judged"] = _Form("judged", _judged_in_schema_1, {}, {})

"""Statements as JSON lines: every kind of event, every form of answer, to the byte."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from tests.builders import days

from hygiene.errors import AlteredError, NotDoneError
from hygiene.model.account import Purpose
from hygiene.model.checklist import Severity, Trust
from hygiene.model.dates import Interval
from hygiene.model.record import (
    NEVER,
    PASSKEY,
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
from hygiene.store.encoding import SCHEMA, decode_payload, encode, encode_payload

GOLDENS = Path(__file__).parents[2] / "golden"
GOLDEN = GOLDENS / "record.jsonl"
DAY = date(2026, 11, 22)
MARCH = days(date(2026, 3, 1), date(2026, 3, 31))

EVENTS: tuple[Event, ...] = (
    AuditStarted(
        "a1",
        Scope.DEFAULT,
        1,
        (
            ChecklistUsed("instagram", "2026.11", "sha256:01", "hygiene", Trust.BUNDLED),
            ChecklistUsed("my-list", "1", "sha256:02", "", "file"),
        ),
    ),
    AccountAdded("insta", "instagram"),
    AccountAdded("gl", "other", "Le « Git » d’équipe", Purpose.WORK, "gitlab.com", MARCH),
    AccountRenamed("insta", "the club’s \u2028 page\n\t\\\"'"),
    AccountPurposed("insta", Purpose.SHARED),
    AnswerGiven("insta", "instagram.private-account", Chosen("no")),
    AnswerGiven("insta", "instagram.two-factor", Chosen("sms"), "changing in January"),
    AnswerGiven("you", "setup.networks", ChosenMany(("instagram", "x"))),
    AnswerGiven("you", "setup.several", ChosenMany(())),
    AnswerGiven("you", "setup.domains", Written("gitlab.com, a.org")),
    AnswerGiven("insta", "instagram.password-age", Dated(MARCH), "", "evidence:csv", date(2026, 11, 1)),
    AnswerGiven("insta", "instagram.password-age", Dated(Interval(None, DAY)), "", "file"),
    AnswerGiven("insta", "instagram.password-age", Dated(Interval(date(2026, 3, 1), None))),
    AnswerGiven("insta", "instagram.password-age", Dated(Interval(None, None))),
    AnswerGiven("insta", "instagram.password-age", NEVER),
    AnswerGiven("insta", "instagram.password-age", PASSKEY),
    AnswerGiven("insta", "instagram.password-age", Via("gl")),
    AnswerGiven("insta", "instagram.map", NonAnswer.UNKNOWN),
    AnswerGiven("insta", "instagram.map", NonAnswer.NOT_APPLICABLE),
    AnswerGiven("insta", "instagram.map", NonAnswer.LATER),
    Waived("insta", "instagram.private-account", "it is a page", date(2027, 1, 31)),
    Waived("you", "habits.voice"),
    Judged(
        "a1",
        "insta",
        (
            Judgement("instagram.private-account", 2, Outcome.FAIL, Severity.HIGH, 6),
            Judgement("instagram.map", 1, Outcome.UNKNOWN, Severity.LOW, 2),
        ),
    ),
    Judged("a1", "you", (Judgement("habits.voice", 1, Outcome.NOT_CHECKED, Severity.INFO, 0),)),
    Titled("instagram.private-account", 2, "en", "Make your account private"),
    AuditFinished("a1"),
    AuditStarted("a1", Scope.FULL, 2),
    AuditFinished("a1", 2),
    SettingChosen("plain", "yes"),
    ReportWritten("/home/me/hygiene-report-2026-11-22.html"),
    ReportWritten("/home/me/caf\udce9.html"),
    AccountClosed("gl"),
    AccountRemoved("insta"),
    BackupWritten("/media/stick/hygiene-backup-2026-11-22.hygiene"),
    AccountPlaced("md", "mastodon.social"),
    AccountPlaced("md"),
    PasswordReminded("insta", Reminder.YEAR),
    AccountRecognised("insta", "5a17", "00112233445566778899aabbccddeeff"),
)
RECORD = [Statement(f"{seq:04x}", seq, DAY, event) for seq, event in enumerate(EVENTS, 1)]


def test_the_golden_file_covers_every_kind_of_event_and_answer() -> None:
    """A kind added to the model must be added here, with its bytes."""
    assert {type(each) for each in EVENTS} == set(get_args(Event))
    answers = {type(each.answer) for each in EVENTS if isinstance(each, AnswerGiven)}
    assert answers == set(get_args(Answer))
    assert {each.answer for each in EVENTS if isinstance(each, AnswerGiven)} >= set(NonAnswer)


def test_a_record_is_written_to_the_byte() -> None:
    """The file is read years later, and by other people's readers: these bytes never change."""
    assert encode_payload(map(encode, RECORD)) == GOLDEN.read_bytes()


def test_a_record_is_read_back() -> None:
    """In the order written, each under its own line."""
    read = decode_payload(GOLDEN.read_bytes())
    assert list(read.values()) == RECORD
    assert list(read) == GOLDEN.read_bytes().split(b"\n")[1:]


def test_a_record_of_the_first_schema_is_read() -> None:
    """It had a line for every judgement, and no backups; `record-1.jsonl` is never written again."""
    read = [each.event for each in decode_payload((GOLDENS / "record-1.jsonl").read_bytes()).values()]
    later = BackupWritten, Judged, AccountPlaced, PasswordReminded, AccountRecognised
    assert [each for each in EVENTS if not isinstance(each, later)] == [
        each for each in read if not isinstance(each, later)
    ]
    assert [each for each in read if isinstance(each, later)] == [
        Judged("a1", "insta", (Judgement("instagram.private-account", 2, Outcome.FAIL, Severity.HIGH, 6),)),
        Judged("a1", "you", (Judgement("habits.voice", 1, Outcome.NOT_CHECKED, Severity.INFO, 0),)),
    ]


def test_a_record_of_the_second_schema_is_read() -> None:
    """Nothing in it was written otherwise; `record-2.jsonl` is never written again."""
    read = decode_payload((GOLDENS / "record-2.jsonl").read_bytes())
    later = AccountPlaced, PasswordReminded, AccountRecognised
    assert list(read.values()) == [each for each in RECORD if not isinstance(each.event, later)]


def test_a_record_of_the_third_schema_is_read() -> None:
    """Nothing in it was written otherwise; `record-3.jsonl` is never written again."""
    read = decode_payload((GOLDENS / "record-3.jsonl").read_bytes())
    assert list(read.values()) == [each for each in RECORD if not isinstance(each.event, AccountRecognised)]


def test_words_of_closed_lists_become_their_members_again() -> None:
    """Equal texts would hide a plain word where the model promises a member."""
    for said in decode_payload(GOLDEN.read_bytes()).values():
        match said.event:
            case AccountAdded(purpose=purpose):
                assert purpose is None or isinstance(purpose, Purpose)
            case AnswerGiven(answer=str() as answer):
                assert isinstance(answer, NonAnswer)
            case Judged(judgements=judgements):
                assert {type(each.outcome) for each in judgements} == {Outcome}
                assert {type(each.severity) for each in judgements} == {Severity}
            case AuditStarted(scope=scope):
                assert isinstance(scope, Scope)
            case _:
                pass


def test_an_empty_record_is_its_schema() -> None:
    """One line, no line's end."""
    assert encode_payload(()) == b'{"schema":4}'
    for schema in range(1, SCHEMA + 1):
        assert decode_payload(b'{"schema":%d}' % schema) == {}


@pytest.mark.parametrize("schema", [SCHEMA + 1, 99])
def test_a_newer_schema_is_refused_whatever_follows(schema: int) -> None:
    """It is not damaged: a newer program wrote it, and nothing was changed."""
    payload = b'{"schema":%d,"more":true}\nwhatever a newer program writes' % schema
    with pytest.raises(NotDoneError, match="newer version") as caught:
        decode_payload(payload)
    assert not isinstance(caught.value, AlteredError)
    assert "update" in caught.value.hint


LINE = b'{"id":"a","seq":1,"on":"2026-11-22","kind":"account-closed","account":"x"}'
STARTED = (
    b'{"id":"a","seq":1,"on":"2026-11-22",'
    b'"kind":"audit-started","audit":"a","scope":"default","checklists":[]}'
)
JUDGED = (
    b'{"id":"b","seq":2,"on":"2026-11-22","kind":"judged","audit":"a","account":"x","check":"x.a",'
    b'"revision":1,"outcome":"pass","severity":"high","weight":6}'
)
HEAD = b'{"schema":4}\n'


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\n",
        b"not json",
        b"[]",
        b"5",
        b"null",
        b'{"schema":"1"}',
        b'{"schema":null}',
        b'{"version":1}',
        HEAD,
        HEAD + b"not json",
        HEAD + b"5",
        HEAD + b'"text"',
        HEAD + b"null",
        HEAD + b"[]",
        HEAD + b"{}",
        HEAD + b"\xff",
        HEAD + LINE + b"\n",
        HEAD + LINE + b"\n\n" + LINE,
        HEAD + LINE[:-1],
        HEAD + LINE + b"," + LINE,
        HEAD + LINE.replace(b"account-closed", b"account-lost"),
        HEAD + LINE.replace(b'"account-closed"', b"[]"),
        HEAD + LINE.replace(b'"kind":"account-closed",', b""),
        HEAD + LINE.replace(b'"id":"a",', b""),
        HEAD + LINE.replace(b'"seq":1,', b""),
        HEAD + LINE.replace(b'"on":"2026-11-22",', b""),
        HEAD + LINE.replace(b"2026-11-22", b"2026-11-31"),
        HEAD + LINE.replace(b'"2026-11-22"', b"20261122"),
        HEAD + LINE.replace(b',"account":"x"', b""),
        HEAD + LINE.replace(b'"account":"x"', b'"account":"x","colour":"red"'),
        *(
            HEAD
            + b'{"id":"a","seq":1,"on":"2026-11-22","kind":"answer","account":"x","check":"x.a","answer":%b}'
            % answer
            for answer in (
                b"5",
                b"null",
                b"{}",
                b'{"dated":"2026"}',
                b'{"dated":["2026-03-01"]}',
                b'{"dated":["2026-03-31","2026-03-01"]}',
                b'{"dates":[null,null]}',
            )
        ),
        HEAD + LINE.replace(b'closed",', b'added","network":"x","purpose":"fun",'),
        HEAD + STARTED.replace(b"default", b"some"),
        HEAD + JUDGED.replace(b'"weight":6', b'"weight":6,"colour":"red"'),
        HEAD + JUDGED.replace(b',"weight":6', b""),
        HEAD + JUDGED.replace(b'"pass"', b'"perhaps"'),
        HEAD + STARTED.replace(b"[]", b'[["x"]]'),
    ],
)
def test_what_no_version_writes_is_refused(payload: bytes) -> None:
    """The seal held, so it is no slip of the disk: exit code 4, with the way to a copy."""
    with pytest.raises(AlteredError, match="cannot be read") as caught:
        decode_payload(payload)
    assert "backup" in caught.value.hint


def test_the_lines_of_the_damaged_cases_are_sound() -> None:
    """Otherwise the table above would prove nothing."""
    sound = decode_payload(HEAD + LINE + b"\n" + STARTED + b"\n" + JUDGED)
    assert [each.event for each in sound.values()] == [
        AccountClosed("x"),
        AuditStarted("a", Scope.DEFAULT),
        Judged("a", "x", (Judgement("x.a", 1, Outcome.PASS, Severity.HIGH, 6),)),
    ]

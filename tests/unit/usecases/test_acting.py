"""Which finding is meant, what “done” says of it, and what accepting one says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.builders import choice, many
from tests.unit.usecases.acting_desk import (
    AGE,
    DAY,
    PRIVATE,
    SECOND_STEP,
    answer,
    desk,
    open_ids,
    result,
    store_with,
)

from hygiene.errors import NotDoneError, UsageError
from hygiene.model.account import Purpose
from hygiene.model.checklist import Kind
from hygiene.model.dates import Interval
from hygiene.model.record import (
    AccountAdded,
    AnswerGiven,
    Chosen,
    ChosenMany,
    Dated,
    Event,
    Outcome,
    Waived,
)
from hygiene.store.file import OpenStore
from hygiene.usecases.acting import done, find_result, parse_until, taken_back, waived
from hygiene.usecases.desk import state_of


@pytest.fixture
def store(tmp_path: Path) -> OpenStore:
    return store_with(tmp_path)


def found(words: str, store: OpenStore) -> str:
    return find_result(words, desk().assess(state_of(store))).id


def after(store: OpenStore, *events: Event) -> OpenStore:
    return desk().say(store, *events)


class TestFinding:
    @pytest.mark.parametrize(
        "words", [PRIVATE, "instagram.private-account", "private-account", " private-account "]
    )
    def test_an_id_or_its_ending(self, words: str, store: OpenStore) -> None:
        """Down to the name of the check."""
        assert found(words, store) == PRIVATE

    def test_an_open_finding_comes_before_what_is_none(self, store: OpenStore) -> None:
        """Both accounts have a second step; only one of them is a finding."""
        assert found("two-factor", store) == SECOND_STEP
        assert found("insta/instagram.two-factor", store) == "insta/instagram.two-factor"
        accepted = after(store, waived(result(store, SECOND_STEP), "", None))
        assert found("two-factor", accepted) == SECOND_STEP

    def test_one_of_several_is_not_guessed(self, store: OpenStore) -> None:
        """They are named, by their ids and nothing else."""
        both = after(store, answer("insta", "instagram.two-factor", Chosen("none")))
        with pytest.raises(UsageError) as caught:
            found("two-factor", both)
        assert caught.value.values == {"ids": "insta/instagram.two-factor, tw/x.two-factor"}

    @pytest.mark.parametrize("words", ["account", "vate-account", "nobody/x.two-factor", "", "/"])
    def test_an_ending_is_of_whole_words(self, words: str, store: OpenStore) -> None:
        """And what is no finding is not repeated: it may be a name."""
        with pytest.raises(UsageError, match=r"^there is no such finding$"):
            found(words, store)


class TestDone:
    @pytest.mark.parametrize("finding", [PRIVATE, SECOND_STEP, AGE])
    def test_done_settles_it(self, finding: str, store: OpenStore) -> None:
        """A statement of today, in force at once."""
        given = done(result(store, finding), state_of(store), DAY)
        assert given
        settled = after(store, given)
        assert finding in open_ids(store)
        assert finding not in open_ids(settled)
        assert result(settled, finding).outcome is Outcome.PASS
        assert result(settled, finding).answered_on == DAY

    @pytest.mark.parametrize(
        ("purpose", "mailbox"), [(Purpose.PERSONAL, "personal"), (Purpose.WORK, "work"), (None, "personal")]
    )
    def test_what_is_recommended_depends_on_the_purpose(
        self, purpose: Purpose | None, mailbox: str, tmp_path: Path
    ) -> None:
        """A work account belongs in a work mailbox."""
        store = store_with(tmp_path, AccountAdded("gh", "github", purpose=purpose))
        owner = result(store, "gh/github.owner-email")
        assert done(owner, state_of(store), DAY) == AnswerGiven("gh", "github.owner-email", Chosen(mailbox))

    def test_a_date_is_today(self, store: OpenStore) -> None:
        """A password is changed today, devices are looked at today."""
        given = done(result(store, AGE), state_of(store), DAY)
        assert given == answer("tw", "x.password-age", Dated(Interval(DAY, DAY)))

    def test_of_several_choices_the_good_ones_stay(self, store: OpenStore) -> None:
        """What was mended is what is no longer chosen."""
        apps = many("instagram.apps", choice("tools", good=True), choice("games"), choice("music", good=True))
        base = replace(result(store, PRIVATE), check=apps)
        chosen = replace(base, answer=ChosenMany(("tools", "games", "gone")))
        for finding, ids in ((chosen, ("tools",)), (base, ())):
            given = done(finding, state_of(store), DAY)
            assert given == AnswerGiven("insta", "instagram.apps", ChosenMany(ids))

    @pytest.mark.parametrize(
        "changes", [{"choices": (choice("a"), choice("b"))}, {"kind": Kind.TEXT}, {"kind": Kind.HOST}]
    )
    def test_nothing_is_recommended_everywhere(self, changes: dict[str, object], store: OpenStore) -> None:
        """Then the question has to be asked."""
        finding = result(store, PRIVATE)
        silent = replace(finding, check=replace(finding.check, **changes))
        assert done(silent, state_of(store), DAY) is None


class TestAccepting:
    def test_an_accepted_finding_is_open_no_longer_until_it_is_taken_back(self, store: OpenStore) -> None:
        """The reason is kept, cleaned; afterwards it is as if it had never been accepted."""
        accepted = after(store, waived(result(store, PRIVATE), " it is a\x1b[31m page ", date(2027, 3, 1)))
        assert PRIVATE not in open_ids(accepted)
        waiver = result(accepted, PRIVATE).waiver
        assert waiver
        assert waiver.until == date(2027, 3, 1)
        assert waiver.reason.startswith("it is a")
        assert "\x1b" not in waiver.reason
        again = after(accepted, *taken_back(result(accepted, PRIVATE), state_of(accepted), DAY))
        assert PRIVATE in open_ids(again)
        assert desk().due(state_of(again)).ended_waivers == ()

    def test_what_was_accepted_under_an_earlier_name_is_taken_back_too(self, store: OpenStore) -> None:
        """A check that was renamed since is the same one."""
        old = Waived("insta", "instagram.before", "", date(2027, 3, 1))
        accepted = after(store, old, waived(result(store, PRIVATE), "", None))
        finding = result(accepted, PRIVATE)
        finding = replace(finding, check=replace(finding.check, replaces=("instagram.before",)))
        again = after(accepted, *taken_back(finding, state_of(accepted), DAY))
        assert state_of(again).waiver("insta", finding.check) is None

    def test_only_a_finding_is_accepted(self, store: OpenStore) -> None:
        """And only what was accepted is taken back."""
        with pytest.raises(NotDoneError, match="nothing to accept"):
            waived(result(store, "insta/instagram.two-factor"), "", None)
        with pytest.raises(NotDoneError, match="not among what you accepted"):
            taken_back(result(store, PRIVATE), state_of(store), DAY)

    def test_a_reason_has_an_end(self, store: OpenStore) -> None:
        """It is a line, not a diary."""
        assert waived(result(store, PRIVATE), "a" * 1000, None) == Waived(
            "insta", "instagram.private-account", "a" * 200
        )

    def test_the_last_day_lies_ahead(self) -> None:
        """And no more than ten years."""
        assert parse_until("2036-11-22", DAY) == date(2036, 11, 22)
        assert parse_until("tomorrow", DAY) == date(2026, 11, 23)
        for words in ("today", "March 2026", "whenever"):
            with pytest.raises(UsageError, match="no day to come"):
                parse_until(words, DAY)
        with pytest.raises(NotDoneError, match="ten years"):
            parse_until("2036-11-23", DAY)


def test_the_reminder_of_a_password_is_not_accepted_but_put_off(store: OpenStore) -> None:
    """Or it would be due all the same."""
    with pytest.raises(NotDoneError, match="reminder"):
        waived(result(store, AGE), "", None)

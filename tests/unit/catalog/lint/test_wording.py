"""Questions that deny, and questions that ask two things."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.catalog.lint.desk import BUNDLED, GOOD, lint

from hygiene.catalog.lint.wording import is_denial, is_double
from hygiene.catalog.loading import load_sources


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Don’t you use a second step?"),
        ("en", "Don't you use a second step?"),
        ("en", "Is your account not public?"),
        ("en", "Have you never shared your password?"),
        ("en", "Do you sign in without a password?"),
        ("en", "Does nobody else know this password?"),
        ("en", "Is there no list of who has keys?"),
        ("en", "If you use it, can strangers not see your list?"),
        ("en", "Which of these have you not done?"),
        ("fr", "N’avez-vous jamais partagé votre mot de passe ?"),
        ("fr", "Votre compte n’est-il pas public ?"),
        ("fr", "Est-ce que vous ne partagez pas vos codes ?"),
        ("fr", "Vous connectez-vous sans mot de passe ?"),
        ("fr", "Personne d’autre ne connaît-il ce mot de passe ?"),
        ("fr", "Aucun autre appareil n'est-il connecté ?"),
    ],
)
def test_questions_that_deny(language: str, question: str) -> None:
    """A “yes” to them may mean either."""
    assert is_denial(question, language)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Does Mastodon recommend your profile to people you do not know?"),
        ("en", "Who sees a new post of yours when you change nothing?"),
        ("en", "If you do not use it, is it closed?"),
        ("en", "How is “Do not track” set?"),
        ("en", "Is your account private or not?"),
        ("en", "Is it public, yes or no?"),
        ("en", "Is an app listed that you no longer use?"),
        ("en", "Do you keep a note (never the code itself)?"),
        ("fr", "Avez-vous jamais changé de mot de passe ?"),
        ("fr", "Qui voit un nouveau message quand vous ne changez rien ?"),
        ("fr", "Si vous ne l’utilisez plus, est-il fermé ?"),
        ("fr", "Votre profil est-il proposé à des gens que vous ne connaissez pas ?"),
        ("fr", "Si votre téléphone perdait le réseau sans raison claire, que feriez-vous ?"),
        ("fr", "Comment est réglé « Ne pas me suivre » ?"),
        ("de", "Haben Sie nicht …?"),
    ],
)
def test_questions_that_do_not(language: str, question: str) -> None:
    """A “not” aside, quoted, or in a clause that only says which people are meant."""
    assert not is_denial(question, language)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Is it private? Since when?"),
        ("en", "Is it private, and do you know who follows you?"),
        ("en", "Do you have one, and if so, is it up to date?"),
        ("fr", "Votre compte est-il privé, et savez-vous qui vous suit ?"),
        ("fr", "Votre compte est-il privé et l’avez-vous vérifié ?"),
        ("fr", "Est-il privé et est-ce que vous le vérifiez ?"),
        ("de", "Ist es privat? Seit wann?"),
    ],
)
def test_two_questions_in_one(language: str, question: str) -> None:
    """They may have two answers."""
    assert is_double(question, language)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Are your phone and computer up to date?"),
        ("en", "Is it open, or is it closed?"),
        ("en", "Who can see your posts and write to you?"),
        ("fr", "Le téléphone et l’ordinateur sont-ils à jour ?"),
        ("fr", "Qui peut voir vos messages et vous écrire ?"),
    ],
)
def test_one_question(language: str, question: str) -> None:
    """About two things, or with two sides."""
    assert not is_double(question, language)


def test_they_are_warned_about_where_they_stand(tmp_path: Path) -> None:
    """In each language by itself."""
    text = GOOD.replace("{en: Q, fr: Q}", "{en: Q? And why?, fr: N’en avez-vous pas}")
    assert lint(tmp_path, text) == [
        "warning:9: checks[0].question.en: two questions in one: ask one fact at a time",
        "warning:9: checks[0].question.fr: the question denies: ask for the thing itself",
    ]


def test_hardly_a_false_alarm_on_what_is_shipped() -> None:
    """Some hundreds of questions in two languages, read by people."""
    lists = load_sources(BUNDLED)[0].checklists.values()
    questions = {
        (language, words)
        for checklist in lists
        for check in checklist.checks
        for text in (check.question, check.group_question or check.question)
        for language, words in text.by_language.items()
    }
    alarms = [
        words for language, words in questions if is_denial(words, language) or is_double(words, language)
    ]
    assert len(questions) > 400
    assert len(alarms) < 5, alarms

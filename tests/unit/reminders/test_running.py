"""Starting a program of the system, within a time."""

from __future__ import annotations

import sys
import time

from hygiene.reminders.running import NOT_RUN, Ran, run


def test_words_and_input_reach_the_program_as_they_are() -> None:
    """No shell reads them."""
    ran = run(
        (sys.executable, "-c", "import sys; print(sys.argv[1], sys.stdin.read(), end='')", "$HOME `x`"), "é"
    )
    assert ran == Ran(0, "$HOME `x` é")


def test_how_it_ended_is_told() -> None:
    """Exit code and error stream."""
    assert run((sys.executable, "-c", "import sys; sys.exit('no crontab for ada')")) == Ran(
        1, "", "no crontab for ada\n"
    )


def test_a_program_that_is_missing_is_not_run() -> None:
    """Nor is one whose name no system can take."""
    assert run(("/nonexistent/program",)).code == NOT_RUN
    assert run(("a\0b",)).code == NOT_RUN


def test_a_program_that_does_not_end_is_ended() -> None:
    """Within the seconds given."""
    begun = time.monotonic()
    assert run((sys.executable, "-c", "import time; time.sleep(60)"), seconds=0.3).code == NOT_RUN
    assert time.monotonic() - begun < 5


def test_it_speaks_english_and_knows_what_it_is_told() -> None:
    """Programs are understood by their words in one language."""
    show = "import os; print(os.environ['LC_ALL'], os.environ['HYGIENE_NOTICE_TITLE'])"
    assert run((sys.executable, "-c", show), environment={"HYGIENE_NOTICE_TITLE": "é"}).out == "C é\n"

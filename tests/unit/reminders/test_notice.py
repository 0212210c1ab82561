"""What a notification starts on each system; a real desktop: `tests/contract/test_reminders_real.py`."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from hygiene.reminders.notice import SECONDS, Notice, show
from hygiene.reminders.running import NOT_RUN, Ran

NOTICE = Notice('a "title" $x', "a `body` & <b>more</b>; rm")


@dataclass
class Starts:
    """Keeps what would be started."""

    code: int = 0
    words: tuple[str, ...] = ()
    seconds: float = 0
    environment: dict[str, str] = field(default_factory=dict)

    def __call__(
        self, words: tuple[str, ...], *, seconds: float, environment: dict[str, str] | None = None
    ) -> Ran:
        self.words, self.seconds, self.environment = words, seconds, environment or {}
        return Ran(self.code)


@pytest.mark.parametrize("code", [0, 1, NOT_RUN])
@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_shown_is_what_the_program_says(system: str, code: int) -> None:
    """Zero, and nothing else."""
    assert show(NOTICE, system, None, Starts(code)) is (code == 0)


def test_on_macos_the_words_are_arguments() -> None:
    """After a script that is always the same."""
    start = Starts()
    show(NOTICE, "darwin", None, start)
    other = Starts()
    show(Notice("", ""), "darwin", None, other)
    assert start.words[-2:] == (NOTICE.title, NOTICE.body)
    assert start.words[:-2] == other.words[:-2]
    assert start.words[0] == "osascript"
    assert start.seconds == SECONDS


def test_on_windows_the_words_are_variables() -> None:
    """The script is always the same, and does not hold them."""
    start = Starts()
    show(NOTICE, "win32", None, start)
    other = Starts()
    show(Notice("", ""), "win32", None, other)
    assert start.words == other.words
    assert start.environment == {"HYGIENE_NOTICE_TITLE": NOTICE.title, "HYGIENE_NOTICE_BODY": NOTICE.body}
    for name in start.environment:
        assert f"$env:{name}" in start.words[-1]


@pytest.mark.parametrize("bus", [None, "unix:path=/nonexistent/bus", "rubbish", "tcp:host=127.0.0.1,port=1"])
def test_without_a_bus_that_answers_notify_send_is_started(bus: str | None) -> None:
    """Its body is markup, so it is escaped; nothing is taken for an option; the time is what is left."""
    start = Starts()
    assert show(NOTICE, "linux", bus, start)
    escaped = "a `body` &amp; &lt;b&gt;more&lt;/b&gt;; rm"
    assert start.words == ("notify-send", "--app-name", "hygiene", "--", NOTICE.title, escaped)
    assert 0 < start.seconds <= SECONDS
    assert start.environment == ({"DBUS_SESSION_BUS_ADDRESS": bus} if bus else {})

"""A notification on the desktop. Everything has an end in time, whatever the desktop does.

Our text reaches the systems' own programs as an argument or a variable, never inside a script.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from enum import Enum
from html import escape
from typing import Protocol

from msgspec import Struct

from hygiene.reminders.running import Ran

SECONDS = 3.0
"""How long the desktop may take to answer."""

_WINDOWS_SECONDS = 20.0  # PowerShell alone may take some of them to start
_AS_THE_SYSTEM_LIKES = -1
_PROGRAM = "hygiene"
_APPLESCRIPT = (
    "on run argv",
    "display notification (item 2 of argv) with title (item 1 of argv)",
    "end run",
)
_TOAST = r"""
$ErrorActionPreference = 'Stop'
[void][Windows.UI.Notifications.ToastNotificationManager,Windows.UI.Notifications,ContentType=WindowsRuntime]
[void][Windows.Data.Xml.Dom.XmlDocument,Windows.Data.Xml.Dom,ContentType=WindowsRuntime]
$manager = [Windows.UI.Notifications.ToastNotificationManager]
$page = $manager::GetTemplateContent([Windows.UI.Notifications.ToastTemplateType]::ToastText02)
$lines = $page.GetElementsByTagName('text')
[void]$lines.Item(0).AppendChild($page.CreateTextNode($env:HYGIENE_NOTICE_TITLE))
[void]$lines.Item(1).AppendChild($page.CreateTextNode($env:HYGIENE_NOTICE_BODY))
$shell = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\WindowsPowerShell\v1.0\powershell.exe'
$manager::CreateToastNotifier($shell).Show([Windows.UI.Notifications.ToastNotification]::new($page))
"""


class Notice(Struct, frozen=True):
    """What is said: neutral, since it may stand on a locked screen."""

    title: str
    body: str


class Start(Protocol):
    """Starts a program within a time; `reminders.running.run` is one."""

    def __call__(
        self, words: tuple[str, ...], *, seconds: float, environment: dict[str, str] | None = None
    ) -> Ran:
        """Return how the program ended."""
        ...


class _Reply(Enum):
    """What a session bus came to."""

    SHOWN = "shown"
    REFUSED = "refused"
    SILENT = "silent"


def show(notice: Notice, system: str, bus: str | None, start: Start) -> bool:
    """Show a notification; return whether the desktop took it.

    Args:
        notice: what is said.
        system: `sys.platform` of this computer.
        bus: the address of the session bus, elsewhere than on Windows and macOS.
        start: starts a program.
    """
    match system:
        case "win32":
            return _on_windows(notice, start)
        case "darwin":
            return _on_macos(notice, start)
        case _:
            return _on_the_bus(notice, bus, start)


def _on_the_bus(notice: Notice, bus: str | None, start: Start) -> bool:
    """Ask the notification service of freedesktop.org's specification, else `notify-send`."""
    begun = time.monotonic()
    reply = _within(SECONDS, lambda: _call(notice, bus)) if bus else _Reply.REFUSED
    if reply is not _Reply.REFUSED:
        return reply is _Reply.SHOWN
    words = ("notify-send", "--app-name", _PROGRAM, "--", notice.title, escape(notice.body, quote=False))
    address = {"DBUS_SESSION_BUS_ADDRESS": bus} if bus else None
    left = SECONDS - (time.monotonic() - begun)
    return start(words, seconds=left, environment=address).code == 0


def _call(notice: Notice, bus: str) -> _Reply:
    from jeepney import DBusAddress, MessageType, new_method_call  # type: ignore[import-untyped]
    from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]

    service = DBusAddress(
        "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "org.freedesktop.Notifications"
    )
    body = escape(notice.body, quote=False)  # many services read it as markup
    no_actions: list[str] = []
    no_hints: dict[str, object] = {}
    arguments = (_PROGRAM, 0, "", notice.title, body, no_actions, no_hints, _AS_THE_SYSTEM_LIKES)
    with open_dbus_connection(bus) as connection:
        call = new_method_call(service, "Notify", "susssasa{sv}i", arguments)
        answer = connection.send_and_get_reply(call, timeout=SECONDS)
    return _Reply.SHOWN if answer.header.message_type is MessageType.method_return else _Reply.REFUSED


def _within(seconds: float, work: Callable[[], _Reply]) -> _Reply:
    """Return what the work comes to in time.

    A thread that may be left behind: the library has no limit for the first words of a bus. As a daemon it
    does not keep the process.
    """
    replies: list[_Reply] = []

    def try_it() -> None:
        try:
            replies.append(work())
        except TimeoutError:
            replies.append(_Reply.SILENT)
        except Exception:  # noqa: BLE001 - whatever a bus or its library says, it did not show it
            replies.append(_Reply.REFUSED)

    thread = threading.Thread(target=try_it, name="hygiene-notice", daemon=True)
    thread.start()
    thread.join(seconds)
    return replies[0] if replies else _Reply.SILENT


def _on_macos(notice: Notice, start: Start) -> bool:
    lines = (word for line in _APPLESCRIPT for word in ("-e", line))
    return start(("osascript", *lines, notice.title, notice.body), seconds=SECONDS).code == 0


def _on_windows(notice: Notice, start: Start) -> bool:
    words = ("powershell", "-NoProfile", "-NonInteractive", "-Command", _TOAST)
    said = {"HYGIENE_NOTICE_TITLE": notice.title, "HYGIENE_NOTICE_BODY": notice.body}
    return start(words, seconds=_WINDOWS_SECONDS, environment=said).code == 0

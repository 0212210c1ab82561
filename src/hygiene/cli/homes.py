"""The platform's folders: where a person's own state lies, and where administrators put things."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

NAME = "hygiene"
SOURCES = "sources"
"""Below a person's state: a folder for each source that was agreed to."""


def state_folder(environment: Mapping[str, str]) -> Path:
    """Return the folder that holds a person's state."""
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA", Path.home())) / NAME
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / NAME
    base = environment.get("XDG_DATA_HOME", "")
    # A relative path there is to be ignored (XDG Base Directory Specification).
    return (Path(base) if base.startswith("/") else Path.home() / ".local" / "share") / NAME


def shared_folders(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Return the folders in which administrators may put checklists and roots, by precedence.

    On Linux `/etc/hygiene`, and the folders of XDG_CONFIG_DIRS. A person may set that variable; it leads
    nowhere but to folders that only administrators can write to, which is looked at before they are used.
    """
    if sys.platform == "win32":
        return (Path(environment.get("PROGRAMDATA", "C:\\ProgramData")) / NAME,)
    if sys.platform == "darwin":
        return (Path("/Library/Application Support") / NAME,)
    named = environment.get("XDG_CONFIG_DIRS") or "/etc/xdg"
    folders = (Path("/etc"), *(Path(each) for each in named.split(":") if each.startswith("/")))
    return tuple(folder / NAME for folder in folders)

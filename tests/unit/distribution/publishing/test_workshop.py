"""The shared folder: written by several, changed by anybody, never trusted for more than a name."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.distribution.publishing.conftest import NOW

from hygiene.distribution.publishing.bundle import check_name, render_lists
from hygiene.distribution.publishing.placing import put, sweep
from hygiene.distribution.publishing.roles import member
from hygiene.distribution.publishing.workshop import (
    Level,
    Workshop,
    load_workshop,
    save_workshop,
)
from hygiene.distribution.release import parse_release
from hygiene.errors import NotDoneError, UsageError

PEOPLE = (member("Alice", Level.FULL, "1" * 64), member("Bob", Level.FULL))
WORKSHOP = Workshop(name="acme", title="ACME", contact="it@acme.example", members=PEOPLE)


def test_it_comes_back_as_it_was(tmp_path: Path) -> None:
    save_workshop(tmp_path, WORKSHOP)
    assert load_workshop(tmp_path) == WORKSHOP
    assert {path.name for path in tmp_path.iterdir()} == {"lists", "repository", "staged", "workshop.json"}


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"name": "Acme"},
        {"name": "my"},
        {"title": "a\x1b[2J"},
        {"contact": "x" * 201},
        {"level": 3},
        {"approvals": 0},
        {"approvals": 3},
        {"members": [{"name": "../../etc", "public": ""}]},
        {"members": [{"name": "Alice", "public": "../x"}]},
        {"former": [{"name": "\u202eecilA", "public": ""}]},
        {"members": "Alice"},
    ],
)
def test_a_changed_file_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    save_workshop(tmp_path, WORKSHOP)
    path = tmp_path / "workshop.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(NotDoneError, match="cannot be used"):
        load_workshop(tmp_path)


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b"{"])
def test_another_file_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "workshop.json").write_bytes(data)
    with pytest.raises(NotDoneError, match="cannot be used"):
        load_workshop(tmp_path)


def test_a_member_replaced_is_remembered_by_the_old_key() -> None:
    """So that a change of root says whose key goes."""
    changed = WORKSHOP.with_member(member("alice", Level.FULL, "2" * 64))
    assert [each.public for each in changed.members] == ["2" * 64, ""]
    assert changed.name_of(PEOPLE[0].keyid) == "Alice"
    assert WORKSHOP.without(PEOPLE[0]).name_of(PEOPLE[0].keyid) == "Alice"
    assert WORKSHOP.name_of("f" * 64) is None


def test_a_release_is_read_back_by_the_receiving_side() -> None:
    files = {"acme-phones.yaml": "id: acme-phones\né".encode(), "logo.png": b"\x89PNG\r\n\x1a\n\x00"}
    data = render_lists(WORKSHOP, files, NOW.date())
    release = parse_release(data)
    assert (release.source, release.title, release.contact) == ("acme", "ACME", "it@acme.example")
    assert (release.released_on, release.files) == (NOW.date(), files)
    assert render_lists(WORKSHOP, dict(reversed(files.items())), NOW.date()) == data


def test_a_release_that_no_computer_takes_is_not_made() -> None:
    with pytest.raises(NotDoneError, match="at most 5"):
        render_lists(WORKSHOP, {"acme-phones.yaml": b"x" * 5 * 2**20}, NOW.date())


@pytest.mark.parametrize(
    "name", ["Phones.yaml", "a.txt", "../a.yaml", f"{'a' * 41}.yaml", ".yaml", "a.png.exe"]
)
def test_names_that_no_release_holds(name: str) -> None:
    with pytest.raises(UsageError):
        check_name(name)


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "timestamp.json"
    put(path, b"old")

    def refuse(_self: Path, _target: Path) -> Path:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(NotDoneError, match="could not be written"):
        put(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["timestamp.json"]


def test_the_last_step_refused_leaves_what_was_there(tmp_path: Path) -> None:
    """The name is a folder: the file was written under its waiting name, and is taken away again."""
    path = tmp_path / "timestamp.json"
    (path / "inside").mkdir(parents=True)
    with pytest.raises(NotDoneError, match="could not be written"):
        put(path, b"new")
    assert [each.name for each in tmp_path.iterdir()] == ["timestamp.json"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotDoneError, match="could not be written"):
        put(tmp_path / "file" / "metadata" / "timestamp.json", b"new")


def test_sweeping_touches_nothing_else(tmp_path: Path) -> None:
    for name in (".hygiene-1.new", ".hygiene-2.tmp", "1.root.json", ".hidden"):
        (tmp_path / name).write_bytes(b"")
    sweep(tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == [".hidden", "1.root.json"]
    sweep(tmp_path / "nowhere")

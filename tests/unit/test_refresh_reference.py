"""The tool that rewrites the reference data: what it takes, what it drops, what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

from hygiene import resources
from hygiene.catalog.reference import Reference

ROOT = Path(__file__).resolve().parents[2]
TOOL = run_path(str(ROOT / "tools" / "refresh_reference.py"))
FILES = ("change_password", "close", "second_steps", "sign_in_groups")

Refresh = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped data, to be rewritten."""
    copy = tmp_path / "reference_data"
    copy.mkdir()
    for file in resources.bundled("reference_data").glob("*.json"):
        (copy / file.name).write_bytes(file.read_bytes())
    return copy


@pytest.fixture
def refresh(folder: Path, tmp_path: Path) -> Refresh:
    """Refresh one file of the copy from a tree, and return its entries and what was said."""

    def run(name: str, tree: Any, as_of: str = "2026-09") -> tuple[Any, str]:
        source = tmp_path / "source.json"
        source.write_text(json.dumps(tree), encoding="utf-8")
        said = TOOL["refresh"](name, source, as_of, folder)
        return json.loads((folder / f"{name}.json").read_bytes())["entries"], said

    return run


def closing(url: str, *domains: str, difficulty: str = "easy") -> dict[str, Any]:
    return {"name": "?", "url": url, "difficulty": difficulty, "domains": [*domains]}


class TestLinks:
    def test_a_link_on_the_website_is_taken(self, refresh: Refresh, folder: Path) -> None:
        """With all its domains, and with the month that was named."""
        entries, _ = refresh("close", [closing("https://my.a.org/close", "b.net", "a.org")])
        assert entries == dict.fromkeys(("a.org", "b.net"), "https://my.a.org/close")
        found = Reference(folder)["b.net"].close
        assert found
        assert found.as_of == "2026-09"

    @pytest.mark.parametrize(
        "url",
        [
            "http://a.org/close",
            "https://evila.org/close",
            "https://a.org.evil.net/close",
            "https://a.org@evil.net/close",
            "https://me:secret@a.org/close",
            "https://a.org:8080/close",
            "https://a.org/close now",
            "https://a.org/\u202eesolc",
            "https://а.org/close",
            "https://[a.org/close",
            "javascript:alert(1)",
            "https://a.org",
            "https://a.org/",
            "https://a.org/" + "x" * 300,
        ],
    )
    def test_any_other_is_dropped_and_counted(self, refresh: Refresh, url: str) -> None:
        """Not https, elsewhere, made to look otherwise, or only the home page."""
        entries, said = refresh("close", [closing(url, "a.org"), closing("https://b.org/close", "b.org")])
        assert entries == {"b.org": "https://b.org/close"}
        assert "1 not a safe link on the website itself" in said

    @pytest.mark.parametrize("domain", ["https://a.org/", "A.org", "a", "co.uk", "a.org/x", "1.2.3.4", 7])
    def test_what_is_no_domain_is_dropped(self, refresh: Refresh, domain: Any) -> None:
        """A suffix under which strangers register is none either."""
        entries, said = refresh("close", [closing("https://b.org/close", "b.org", domain)])
        assert entries == {"b.org": "https://b.org/close"}
        assert "1 not a website's domain" in said

    def test_what_cannot_be_closed_has_no_link(self, refresh: Refresh) -> None:
        entries, said = refresh(
            "close",
            [
                closing("https://a.org/why", "a.org", difficulty="impossible"),
                closing("https://b.org/close", "b.org", difficulty="hard"),
            ],
        )
        assert entries == {"b.org": "https://b.org/close"}
        assert "1 the account cannot be closed" in said

    def test_two_links_for_one_domain_are_none(self, refresh: Refresh) -> None:
        """Nobody knows which one is meant."""
        entries, _ = refresh(
            "close", [closing("https://a.org/1", "a.org", "b.org"), closing("https://b.org/2", "b.org")]
        )
        assert entries == {"a.org": "https://a.org/1"}

    def test_a_subdomain_that_says_the_same_is_left_out(self, refresh: Refresh, folder: Path) -> None:
        """It is found without; one that says something else stays."""
        entries, _ = refresh(
            "close",
            [
                closing("https://a.org/1", "a.org", "help.a.org", "old.help.a.org"),
                closing("https://shop.a.org/2", "shop.a.org"),
            ],
        )
        assert entries == {"a.org": "https://a.org/1", "shop.a.org": "https://shop.a.org/2"}
        assert Reference(folder)["old.help.a.org"].close == Reference(folder)["a.org"].close

    def test_where_passwords_are_changed(self, refresh: Refresh) -> None:
        """The marks that make a browser scroll to some words are cut off."""
        entries, _ = refresh("change_password", {"a.org": "https://id.a.org/pw#:~:text=Change"})
        assert entries == {"a.org": "https://id.a.org/pw"}


class TestSecondSteps:
    def test_methods_become_choices(self, folder: Path, tmp_path: Path) -> None:
        """Of every domain of an entry; no method at all is none offered."""
        source = tmp_path / "entries" / "a"
        source.mkdir(parents=True)
        one = {"A": {"domain": "a.org", "additional-domains": ["b.org"], "tfa": ["totp", "call", "u2f"]}}
        one["A"]["documentation"] = "https://help.a.org/2fa"
        (source / "a.org.json").write_text(json.dumps(one), encoding="utf-8")
        none = {"C": {"domain": "c.org", "documentation": "https://elsewhere.net/2fa"}}
        (source / "c.org.json").write_text(json.dumps(none), encoding="utf-8")
        said = TOOL["refresh"]("second_steps", source.parent, "2026-09", folder)
        sites = Reference(folder)
        assert sites["b.org"].offered == frozenset({"app", "sms", "passkey"})
        assert sites["b.org"].second_step == sites["a.org"].second_step is not None
        assert (sites["c.org"].offered, sites["c.org"].second_step) == (frozenset(), None)
        assert "1 no page of the website's own" in said


@pytest.mark.parametrize(
    "tree",
    [
        [["b.org", "a.org"], ["alone.org"]],
        [{"shared": ["a.org", "b.org"]}],
        [{"from": ["a.org"], "to": ["b.org"], "fromDomainsAreObsoleted": True}],
        {"data": [{"relatedRealms": [["a.org", "b.org"]]}], "timestamp": 1},
    ],
)
def test_groups_come_in_several_forms(refresh: Refresh, tree: Any) -> None:
    assert refresh("sign_in_groups", tree)[0] == [["a.org", "b.org"]]


class TestRefused:
    @pytest.mark.parametrize(
        ("name", "tree"),
        [
            ("close", {"a.org": "https://a.org/close"}),
            ("close", [{"name": "?", "url": "https://a.org/close", "domains": ["a.org"]}]),
            ("close", ["a.org"]),
            ("close", []),
            ("change_password", [closing("https://a.org/close", "a.org")]),
            ("sign_in_groups", {"shared": ["a.org", "b.org"]}),
            ("sign_in_groups", [{"a": 1}]),
        ],
    )
    def test_a_file_of_another_form(self, refresh: Refresh, folder: Path, name: str, tree: Any) -> None:
        """It is named, and what there was stays as it was."""
        before = (folder / f"{name}.json").read_bytes()
        with pytest.raises(TOOL["FaultyInputError"], match=r"source\.json: "):
            refresh(name, tree)
        assert (folder / f"{name}.json").read_bytes() == before

    def test_a_method_that_nobody_has_sorted(self, folder: Path, tmp_path: Path) -> None:
        """A new word of the directory is not guessed at."""
        entry = {"A": {"domain": "a.org", "tfa": ["telepathy"]}}
        (tmp_path / "a.org.json").write_text(json.dumps(entry), encoding="utf-8")
        with pytest.raises(TOOL["FaultyInputError"], match="telepathy"):
            TOOL["refresh"]("second_steps", tmp_path, "2026-09", folder)

    @pytest.mark.parametrize("as_of", ["2026", "2026-13", "August 2026"])
    def test_a_month_that_is_none(self, refresh: Refresh, as_of: str) -> None:
        with pytest.raises(TOOL["FaultyInputError"], match="2026-08"):
            refresh("close", [closing("https://a.org/close", "a.org")], as_of)

    @pytest.mark.parametrize("content", [None, b"{", b"\xff"])
    def test_the_command_says_so_in_one_line(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
    ) -> None:
        """A file that is missing, cut short, or no text."""
        file = tmp_path / "sites.json"
        if content is not None:
            file.write_bytes(content)
        assert TOOL["main"](["--as-of", "2026-09", "--close", str(file)]) == 1
        said = capsys.readouterr().err
        assert said.startswith(f"refresh_reference: error: {file}: ")
        assert said.count("\n") == 1


@pytest.mark.parametrize("name", FILES)
def test_what_is_shipped_is_what_the_tool_writes(name: str) -> None:
    """So that the next refresh shows what changed in the directory, and nothing else."""
    shipped = resources.bundled("reference_data") / f"{name}.json"
    data = json.loads(shipped.read_bytes())
    assert shipped.read_text(encoding="utf-8") == TOOL["render"](**data)
    entries = data["entries"]
    assert [*entries] == sorted(entries)

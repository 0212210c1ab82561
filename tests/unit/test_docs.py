"""The documentation says what the program does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

from hygiene import resources
from hygiene.catalog.loading import load_bundled
from hygiene.cli.commands import COMMANDS
from hygiene.cli.options import FLAGS, VALUES
from hygiene.model.checklist import Catalogue, Severity
from hygiene.model.policy import WEIGHTS

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
GUIDE = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def bundled() -> Catalogue:
    return load_bundled(resources.bundled("checklists"))[0]


@pytest.fixture(scope="module")
def ten_minutes() -> Mapping[str, Any]:
    return run_path(str(ROOT / "docs" / "generate_ten_minutes.py"))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_section(command: str) -> None:
    """In the user guide."""
    assert re.search(rf"^## hygiene {command}$", GUIDE, re.MULTILINE)


@pytest.mark.parametrize("option", [*FLAGS, *VALUES])
def test_every_global_option_is_told(option: str) -> None:
    """In the user guide."""
    assert f"`{option}" in GUIDE


@pytest.mark.parametrize("severity", Severity)
def test_the_weights_are_published(severity: Severity) -> None:
    """As they are in the code."""
    assert re.search(rf"\| *{severity.word} *\| *{WEIGHTS[severity]} *\|", GUIDE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_inside_the_project_leads_somewhere(page: Path) -> None:
    """Files and pictures."""
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readme_counts_the_checks(bundled: Catalogue) -> None:
    """The figure is that of the bundled checklists."""
    count = sum(len(each.checks) for each in bundled.checklists.values())
    assert f"{count} checks" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_continuous_integration_runs_the_readmes_test_command() -> None:
    """What `.ci/run` cuts out of the README is one line that runs the tests."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"<!-- tests -->\n```sh\n(.*?)\n```", readme, re.DOTALL)
    assert block
    assert "\n" not in block[1]
    assert block[1].endswith("pytest -n auto tests")


def test_nothing_points_outside_the_project() -> None:
    """No path of one machine in a page."""
    for page in PAGES:
        assert not re.search(r"/work/|/root/|\.\./shared", page.read_text(encoding="utf-8")), page


def test_every_check_has_its_page() -> None:
    """The pages are what their generator makes of the checklists today, and there are no others."""
    generator = run_path(str(ROOT / "docs" / "generate_checks.py"))
    pages = {file.name: file.read_text(encoding="utf-8") for file in (ROOT / "docs" / "checks").iterdir()}
    made = generator["render_pages"]()
    assert pages.keys() == made.keys()
    assert [name for name, text in made.items() if pages[name] != text] == []


def test_the_pages_of_checks_say_all_of_each(bundled: Catalogue) -> None:
    """Every check is on its list's page, with its question in both languages and every step."""
    for each in bundled.checklists.values():
        page = (ROOT / "docs" / "checks" / f"{each.id}.md").read_text(encoding="utf-8")
        for check in each.checks:
            steps = [line for way in check.remediation.steps for line in way.lines]
            texts = [check.question.to("en"), check.question.to("fr"), *(line.to("en") for line in steps)]
            assert f"`{check.id}`" in page
            parts = (part for text in texts for part in text.split("{network}"))
            assert [part for part in parts if part not in page] == []


def test_the_page_of_the_ten_minutes_is_current(ten_minutes: Mapping[str, Any]) -> None:
    """It is what its generator computes today."""
    assert (ROOT / "docs" / "ten-minutes.md").read_text(encoding="utf-8") == ten_minutes["render_page"]()


def test_the_first_portion_takes_ten_minutes(ten_minutes: Mapping[str, Any]) -> None:
    """At most, and 35 screens at most, for every typical set of accounts and either way of answering."""
    firsts = {key: total.first for key, total in ten_minutes["sums"]().items()}
    assert len(firsts) == 10
    assert {key: each for key, each in firsts.items() if each.seconds > 600 or each.screens > 35} == {}


def test_the_sums_are_those_of_whole_audits(ten_minutes: Mapping[str, Any]) -> None:
    """Nothing is left out: as many checks are answered as apply, and the second year asks less."""
    for (words, how), total in ten_minutes["sums"]().items():
        assert total.checks > 50, words
        assert total.later.screens, words
        assert total.next_year.screens < total.first.screens, (words, how)

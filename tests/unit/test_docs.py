"""The documentation says what the program does."""

from __future__ import annotations

import re
from pathlib import Path
from runpy import run_path

import pytest

from hygiene import resources
from hygiene.catalog.loading import load_bundled
from hygiene.cli.commands import COMMANDS
from hygiene.cli.options import FLAGS, VALUES
from hygiene.model.checklist import Severity
from hygiene.model.policy import WEIGHTS

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
GUIDE = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")


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


def test_the_readme_counts_the_checks() -> None:
    """The figure is that of the bundled checklists."""
    catalogue, _ = load_bundled(resources.bundled("checklists"))
    count = sum(len(each.checks) for each in catalogue.checklists.values())
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
    """The page is what its generator makes of the checklists today."""
    generator = run_path(str(ROOT / "docs" / "generate_checks.py"))
    assert (ROOT / "docs" / "checks.md").read_text(encoding="utf-8") == generator["render_checks"]()

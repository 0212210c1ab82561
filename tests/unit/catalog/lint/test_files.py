"""Checklist files as an editor reads them: problems and remarks at once, each in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.catalog.lint.desk import BUNDLED, CHECK, DAY, GOOD, OUR_CORE, OURS, lint, ours
from tests.unit.catalog.said import HEAD, YES_NO_GOOD

from hygiene.catalog.lint.files import lint_files, list_files
from hygiene.catalog.loading import PACKED, load_sources, pack
from hygiene.catalog.problems import Level
from hygiene.errors import NotDoneError


def test_no_bundled_list_has_an_error() -> None:
    """Ours are held to our own rules, and all of them are read in one go."""
    problems = lint_files(list_files(BUNDLED), BUNDLED, DAY)
    assert [str(each) for each in problems if each.level is Level.ERROR] == []


def test_the_register_and_the_policy_can_be_looked_through_too(tmp_path: Path) -> None:
    """With their own rules."""
    files = [BUNDLED / "_networks.yaml", BUNDLED / "_policy.yaml"]
    assert lint_files(files, BUNDLED, DAY) == ()
    (tmp_path / "_core.yaml").write_text(OUR_CORE)
    assert lint(tmp_path, "networks: 5", tmp_path, "_networks.yaml") == ["error:1: networks: must be a map"]
    found = lint(tmp_path, "audit_months: 12\npassword_months: soon", tmp_path, "_policy.yaml")
    assert found == ["error:2: password_months: must be a whole number from 0 to 120"]


def test_a_good_file_has_no_remarks(tmp_path: Path) -> None:
    """In both languages, with links on its own hosts and below."""
    assert lint(tmp_path, GOOD) == []
    assert ours(tmp_path, OURS) == []


def test_problems_and_remarks_come_together(tmp_path: Path) -> None:
    """In the order of the file; what cannot be read at all comes alone."""
    text = (
        HEAD.replace("title: T", f"title: {'x' * 100}").replace("severity: low", "severity: dire")
        + YES_NO_GOOD
    )
    assert lint(tmp_path, "colour: red\n" + text) == [
        "error:1: colour: unknown key",
        "warning:5: title.fr: no text in “fr”",
        "warning:7: checks[0].steps: no steps: nobody is told what to do",
        "error:8: checks[0].title: 100 characters, 80 at most",
        "warning:8: checks[0].title.fr: no text in “fr”",
        "warning:9: checks[0].question.fr: no text in “fr”",
        "warning:10: checks[0].risk.fr: no text in “fr”",
        "error:11: checks[0].severity: “dire” is not one of info, low, medium, high, critical",
    ]
    assert lint(tmp_path, "a: [") == ["error:1: not YAML: did not find expected node content"]


def test_a_file_in_the_bundled_folder_is_held_to_our_rules(tmp_path: Path) -> None:
    """Its name needs no “my-”, it may take up core questions, and a missing translation is an error."""
    text = OURS.replace("en: T, fr: T", "en: T").replace(
        "checks:", "core: {two-factor: {minutes: 3}}\nchecks:"
    )
    assert ours(tmp_path, text) == ["error:10: checks[0].title.fr: no text in “fr”"]


def test_the_shared_questions_are_looked_through_with_our_lists(tmp_path: Path) -> None:
    """Once, under their own name, however many lists take them up."""
    core = OUR_CORE.replace("{en: Codes, fr: Codes}", "{en: Codes}")
    assert ours(tmp_path, OURS, core=core) == [
        f"error:{tmp_path}/_core.yaml:13: checks[1].title.fr: no text in “fr”"
    ]
    second = tmp_path / "other.yaml"
    second.write_text(OURS.replace("id: acme", "id: other"))
    problems = lint_files([tmp_path / "acme.yaml", second, tmp_path / "_core.yaml"], tmp_path, DAY)
    assert [each.line for each in problems] == [13]


def test_shared_questions_that_cannot_be_read_are_a_problem_of_their_own(tmp_path: Path) -> None:
    """The list itself is looked through all the same."""
    found = ours(tmp_path, OURS.replace("en: T, fr: T", "en: T"), core="checks: [", networks="networks: 5")
    assert found[0] == "error:9: checks[0].title.fr: no text in “fr”"
    assert "_core.yaml:1: not YAML" in found[1]
    assert len(found) == 2


def test_a_place_that_the_parser_refuses_has_no_remark_besides(tmp_path: Path) -> None:
    """One reason is enough."""
    text = GOOD.replace("{en: T, fr: T}", "{en: '', fr: T}")
    assert lint(tmp_path, text) == [
        "error:8: checks[0].title: the text in the file's language (en) is missing",
    ]


def test_a_list_of_ones_own_beside_ours_is_not_ours(tmp_path: Path) -> None:
    """The folder decides, not the name."""
    found = lint(tmp_path, GOOD.replace("my-list", "instagram"))
    assert found == ["error:2: id: the id must begin with “my-”"]
    twice = "error:17: checks[1]: the id “my-list.a” stands here twice"
    assert twice in lint(tmp_path, GOOD + CHECK)


def test_an_installed_program_has_its_lists_packed(tmp_path: Path) -> None:
    """It compares with these, and with the core questions beside them."""
    bundled = tmp_path / "bundled"
    bundled.mkdir()
    (bundled / PACKED).write_bytes(pack(*load_sources(BUNDLED)))
    (bundled / "_core.yaml").write_bytes((BUNDLED / "_core.yaml").read_bytes())
    text = GOOD.replace("domains", "network: instagram\ndomains").replace("id: a\n", "id: password\n")
    when = '    when: "instagram.colour is red"\n'
    assert lint(tmp_path, text + when, bundled) == [
        "error:8: checks[0].id: “password” is the name of a core question",
        "error:18: checks[0].when: there is no check “instagram.colour”",
    ]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """Is no problem of a checklist."""
    with pytest.raises(NotDoneError, match="cannot be read"):
        lint_files([tmp_path / "missing.yaml"], BUNDLED, DAY)

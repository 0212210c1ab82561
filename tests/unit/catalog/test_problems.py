"""What is wrong in a file, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hygiene import resources
from hygiene.catalog.parsing import OWN_FILE, parse_checklist
from hygiene.catalog.problems import FaultyFileError, Level, Problem, Problems
from hygiene.errors import ExitCode
from hygiene.language import use


@pytest.fixture
def _in_french() -> Iterator[None]:
    folder = resources.bundled("locale")
    use("fr", folder)
    yield
    use("en", folder)


def faulty(data: bytes) -> FaultyFileError:
    with pytest.raises(FaultyFileError) as caught:
        parse_checklist(data, "f.yaml", {}, OWN_FILE)
    return caught.value


def test_the_error_says_everything_at_once() -> None:
    """One message: the file, then a line for every problem; braces of an author stay what they are."""
    error = faulty(b'format: 1\nid: "{0}"\nversion: "2026.11"\ntitle: T\n')
    assert str(error) == (
        "f.yaml cannot be used\n"
        "f.yaml:1: no checks\n"
        "f.yaml:2: id: “{0}” is not of the form instagram\n"
        "f.yaml:2: id: the id must begin with “my-”"
    )
    assert error.hint
    assert error.exit_code is ExitCode.NOT_DONE


@pytest.mark.usefixtures("_in_french")
def test_it_speaks_the_reader_s_language() -> None:
    """File, line and field stay, the reason is translated."""
    (problem, *_) = str(faulty(b"a: [")).splitlines()[1:]
    assert problem.startswith("f.yaml:1: ")
    assert "not YAML" not in problem


def test_problems_come_in_the_order_of_the_file() -> None:
    """By line, then field; warnings keep nothing from being used."""
    problems = Problems("f.yaml")
    problems.add(9, "z", "last")
    problems.add(2, "b", "second")
    problems.add(1, "", "worth a look", Level.WARNING)
    problems.add(2, "a", "first of {n}", n=2)
    assert list(map(str, problems.errors)) == [
        "f.yaml:2: a: first of 2",
        "f.yaml:2: b: second",
        "f.yaml:9: z: last",
    ]


def test_warnings_alone_stop_nothing() -> None:
    """Errors do."""
    problems = Problems("f.yaml")
    problems.add(1, "a", "worth a look", Level.WARNING)
    problems.raise_if_any()
    problems.add(1, "a", "wrong")
    with pytest.raises(FaultyFileError) as caught:
        problems.raise_if_any()
    assert caught.value.problems == (Problem("f.yaml", 1, "a", "wrong"),)

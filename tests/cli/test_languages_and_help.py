"""Help, languages and the global options."""

import pytest
from tests.cli.conftest import Program

from hygiene import __version__
from hygiene.cli.commands import COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_in_both_languages(program: Program, command: str) -> None:
    """The two helps differ, and the French one says « Utilisation »."""
    english, french = program(command, "--help"), program("--lang", "fr", command, "--help")
    assert (english.code, french.code) == (0, 0)
    assert english.out.startswith("Usage: hygiene ")
    assert french.out.startswith("Utilisation")


def test_the_whole_help_needs_no_command_module(program: Program) -> None:
    """`hygiene --help` names every command and every global option."""
    run = program("--help")
    assert all(f"  {name}" in run.out for name in COMMANDS)
    assert "--passphrase-file FILE" in run.out


def test_global_options_stand_before_or_after(audited: Program) -> None:
    """The same either way, with = or without."""
    before = audited("--on", "2027-12-01", "due", "--format", "json")
    after = audited("due", "--format", "json", "--on=2027-12-01")
    assert before == after
    assert before.json["audit"]["due"] is True


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "Utilisation"),
        ({"LANG": "fr_CA"}, "Utilisation"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "Usage"),
        ({"LANG": "fr_FR.UTF-8", "HYGIENE_LANG": "en"}, "Usage"),
        ({"LANG": "de_DE.UTF-8"}, "Usage"),
    ],
)
def test_the_language_follows_the_system(program: Program, variables: dict[str, str], expected: str) -> None:
    """HYGIENE_LANG, then LC_ALL, then LANG; a language that we do not speak is English."""
    program.environment |= variables
    assert program("--help").out.startswith(expected)


def test_usage_errors_speak_french(program: Program) -> None:
    """Click's own words too."""
    run = program("--lang", "fr", "status", "--nope")
    assert run.code == 2
    assert run.err.startswith("hygiene\N{NO-BREAK SPACE}: erreur")
    assert "No such option" not in run.err


def test_version(program: Program) -> None:
    """`--version` says the version wherever it stands."""
    assert program("--version").out == f"hygiene {__version__}\n"
    assert program("status", "--version").out == f"hygiene {__version__}\n"


def test_the_overview_without_a_terminal_asks_nothing(program: Program) -> None:
    """`hygiene` alone says how to begin."""
    run = program()
    assert run.code == 0
    assert "hygiene audit" in run.out
    assert not program.home.exists()


def test_the_overview_after_an_audit_says_where_one_stands(audited: Program) -> None:
    """Score first, then what to do next."""
    run = audited()
    assert run.out.startswith("Score: ")
    assert "hygiene findings" in run.out

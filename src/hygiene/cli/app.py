"""The command line: the language first, then the command, and one place where errors are rendered."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click
import typer
from typer.core import TyperGroup

from hygiene import __version__, language, resources
from hygiene.cli.commands import COMMANDS
from hygiene.cli.options import HELP, take_options, with_environment
from hygiene.cli.services import Services
from hygiene.errors import ExitCode, HygieneError
from hygiene.language import _


class _Commands(TyperGroup):
    """The table of commands as a Click group, each loaded when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, loading its module."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module = importlib.import_module(f"hygiene.cli.{entry.module}")
        command = typer.main.get_command(getattr(module, entry.app))
        command.help = f"{_(entry.help)[:1].upper()}{_(entry.help)[1:]}."
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table without loading any command."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(entry.help)) for name, entry in COMMANDS.items()])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the global options; the commands come first, since most people look for them."""
        self.format_commands(ctx, formatter)
        with formatter.section(_("Options, before or after the command")):
            formatter.write_dl([(name, _(help_text)) for name, help_text in HELP.items()])


def root_command() -> click.Command:
    """Return the program as a Click command."""
    app = typer.Typer(cls=_Commands, add_completion=False, rich_markup_mode=None)

    @app.callback(invoke_without_command=True)
    def overview(context: typer.Context) -> None:
        if context.invoked_subcommand is None:
            from hygiene.cli.overview import show_overview

            show_overview(context.obj)

    command = typer.main.get_command(app)
    command.help = _("A yearly, private look at your own accounts. Answers stay sealed on this computer.")
    return command


def run(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> int:
    """Run one command line and return its exit code."""
    try:
        _speak(language.wanted_language(environment))
        options, rest = take_options(arguments)
        options = with_environment(options, environment)
        if options.lang:
            _speak(language.language_of(options.lang))
        if options.version:
            sys.stdout.write(f"hygiene {__version__}\n")
            return ExitCode.DONE
        services = Services(options, environment)
        result: Any = root_command().main(rest, prog_name="hygiene", standalone_mode=False, obj=services)
        return int(result or ExitCode.DONE)
    except HygieneError as error:
        return _report(error)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        return _report_usage(error)
    except (KeyboardInterrupt, click.Abort):
        _say(_("Stopped. Everything you answered is kept."))
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader went away (`hygiene findings | head`): nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except Exception as error:  # noqa: BLE001 - the last boundary: no traceback with someone's answers in it
        return _report_unexpected(error)


def _speak(code: str) -> None:
    language.use(code, resources.bundled("locale"))


def _report(error: HygieneError) -> int:
    _say(f"{_('hygiene: error:')} {_(error.message).format(**error.values)}")
    if error.hint:
        _say(f"{_('hygiene: hint:')} {_(error.hint).format(**error.values)}")
    return error.exit_code


def _report_usage(error: click.ClickException) -> int:
    message = error.format_message().rstrip(".")
    _say(f"{_('hygiene: error:')} {message[:1].lower()}{message[1:]}")
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "hygiene"
    _say(f"{_('hygiene: hint:')} " + _("see `{command} --help`").format(command=path))
    return ExitCode.USAGE


def _report_unexpected(error: Exception) -> int:
    """Say where it happened and nothing of what was being handled: values may be answers."""
    trace, places = error.__traceback__, []
    while trace:
        places.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
        trace = trace.tb_next
    ours = [place for place in places if place.startswith("hygiene.")]
    where = " < ".join(reversed(ours[-4:]))
    _say(
        f"{_('hygiene: error:')} "
        + _("something unexpected happened: {kind} at {place}").format(kind=type(error).__name__, place=where)
    )
    _say(f"{_('hygiene: hint:')} " + _("your answers are as they were last saved; please report this line"))
    return 1


def _say(message: str) -> None:
    sys.stderr.write(f"{message}\n")

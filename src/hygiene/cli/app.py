"""The commands as Typer sees them, each loaded when it is called."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

import click
import typer
from typer.core import TyperGroup

from hygiene.cli.commands import COMMANDS
from hygiene.cli.options import HELP
from hygiene.cli.run import say_error
from hygiene.cli.services import Services
from hygiene.errors import ExitCode
from hygiene.language import _


class _Commands(TyperGroup):
    """The table of commands as a Click group."""

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
        words = _(entry.help)
        command.help = f"{words[:1].upper()}{words[1:]}."
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


def run_typer(arguments: Sequence[str], services: Services) -> int:
    """Run a command through Typer and return its exit code."""
    try:
        result = _root().main(list(arguments), prog_name="hygiene", standalone_mode=False, obj=services)
        if result == ExitCode.INTERRUPTED:  # Typer's own way to say it, without a word
            raise KeyboardInterrupt
        return int(result or ExitCode.DONE)
    except SystemExit:  # Typer's reply to a reader that went away; it lets every other error through
        raise BrokenPipeError from None
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.exceptions.NoArgsIsHelpError as error:
        sys.stderr.write(error.format_message() + "\n")
        return ExitCode.USAGE
    except click.ClickException as error:
        message = error.format_message().rstrip(".")
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "hygiene"
        say_error(message[:1].lower() + message[1:], _("see `{command} --help`").format(command=path))
        return ExitCode.USAGE


def _root() -> click.Command:
    app = typer.Typer(cls=_Commands, add_completion=False, rich_markup_mode=None)

    @app.callback(invoke_without_command=True)
    def overview(context: typer.Context) -> None:
        if context.invoked_subcommand is None:
            from hygiene.cli.overview import show_overview

            show_overview(context.obj)

    command = typer.main.get_command(app)
    command.help = _("A yearly, private look at your own accounts. Answers stay sealed on this computer.")
    return command

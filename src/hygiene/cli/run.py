"""One command line from end to end: the language, the global options, the command, and what went wrong.

`status`, `findings` and `due` in their plain forms answer without Typer, whose import costs more than they do
(docs/adr/0008-three-commands-without-typer.md); everything else, and every mistake, goes through it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from hygiene import __version__, language, resources
from hygiene.cli.commands import COMMANDS
from hygiene.cli.options import take_options, with_environment
from hygiene.cli.services import Services
from hygiene.errors import ExitCode, HygieneError
from hygiene.language import _

UNEXPECTED = 1


def run(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> int:
    """Run one command line and return its exit code."""
    try:
        _speak(language.wanted_language(environment, _system_language()))
        options, rest = take_options(arguments)
        options = with_environment(options, environment)
        if options.lang:
            _speak(language.language_of(options.lang))
        if options.version:
            sys.stdout.write(f"hygiene {__version__}\n")
            return ExitCode.DONE
        services = Services(options, environment)
        try:
            return _command(rest, services)
        finally:
            services.close()
    except HygieneError as error:
        say_error(_(error.message).format(**error.values), _(error.hint).format(**error.values))
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("\n" + _("Stopped. What was saved is kept.") + "\n")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader went away (`hygiene findings | head`): nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except Exception as error:  # noqa: BLE001 - the last boundary: no traceback with someone's answers in it
        return _unexpected(error)


def say_error(message: str, hint: str) -> None:
    """Write what happened and what to do, on standard error; names of files cannot command the terminal."""
    from hygiene.safety.cleaning import clean

    words = clean(f"{_('hygiene: error:')} {message}\n{_('hygiene: hint:')} {hint}", multiline=True)
    if sys.stderr.isatty():  # elsewhere a line is a line, for those who search it
        from hygiene.cli.talk import wrapped

        words = wrapped(words)
    sys.stderr.write(words + "\n")


def _command(rest: Sequence[str], services: Services) -> int:
    match rest:
        case [name] if name in COMMANDS and COMMANDS[name].is_quick:
            return _quick(name, services, "text")
        case [name, "--format", form] if name in COMMANDS and COMMANDS[name].is_quick:
            return _quick(name, services, form)
        case _:
            language.lend_to_click()
            from hygiene.cli.app import run_typer

            return run_typer(rest, services)


def _quick(name: str, services: Services, form: str) -> int:
    import gc

    from hygiene.cli import standing

    gc.disable()  # the command is over before a collection would pay
    quick = {"status": standing.status, "findings": standing.findings, "due": standing.due}
    return quick[name](services, form)


def _system_language() -> str | None:
    """Return the locale of Windows' own screens, which no variable tells; None elsewhere."""
    if sys.platform != "win32":
        return None
    import ctypes
    import locale

    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage())


def _speak(code: str) -> None:
    language.use(code, resources.bundled("locale"))


def _unexpected(error: Exception) -> int:
    """Say where it happened and nothing of what was being handled: values may be answers."""
    trace, places = error.__traceback__, []
    while trace:
        places.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
        trace = trace.tb_next
    ours = [place for place in places if place.startswith("hygiene.")]
    say_error(
        _("something unexpected happened: {kind} at {place}").format(
            kind=type(error).__name__, place=" < ".join(reversed(ours[-4:]))
        ),
        _("your answers are as they were last saved; please report this line"),
    )
    return UNEXPECTED

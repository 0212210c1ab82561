"""One command line from end to end: the language, the global options, the command, and what went wrong.

`status`, `findings` and `due` in their plain forms answer without Typer, whose import costs more than they do
(docs/adr/0008-three-commands-without-typer.md); everything else, and every mistake, goes through it.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from hygiene import __version__, language, resources
from hygiene.cli.commands import COMMANDS
from hygiene.cli.options import take_options, with_environment
from hygiene.cli.reminding import after_command, hook, say_if_due
from hygiene.cli.reminding import run as run_reminder
from hygiene.cli.services import Services
from hygiene.errors import ExitCode, HygieneError
from hygiene.language import _

UNEXPECTED = 1


def run(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> int:
    """Run one command line and return its exit code."""
    _open_closed_streams()
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
            code = _command(rest, services)
        finally:
            services.close()
            after_command(services)
            gc.enable()
        say_if_due(services, rest)
        sys.stdout.flush()  # or a full disk would only show after the last boundary
    except HygieneError as error:
        say_error(_(error.message).format(**error.values), _(error.hint).format(**error.values))
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("\n" + _("Stopped. What was saved is kept.") + "\n")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader went away (`hygiene findings | head`): nobody is left to tell.
        _drop_output()
        return ExitCode.DONE
    except OSError as error:
        _drop_output()
        say_error(
            _("the output could not be written: {reason}").format(reason=error.strerror or "?"),
            _("make room on the disk, then try again; your answers are as they were last saved"),
        )
        return ExitCode.NOT_DONE
    except Exception as error:  # noqa: BLE001 - the last boundary: no traceback with someone's answers in it
        return _unexpected(error)
    else:
        return code


def say_error(message: str, hint: str) -> None:
    """Write what happened and what to do, on standard error; names of files cannot command the terminal."""
    from hygiene.safety.cleaning import clean

    words = clean(f"{_('hygiene: error:')} {message}\n{_('hygiene: hint:')} {hint}", multiline=True)
    if sys.stderr.isatty():  # elsewhere a line is a line, for those who search it
        from hygiene.cli.talk import wrapped

        words = wrapped(words)
    sys.stderr.write(words + "\n")


def _open_closed_streams() -> None:
    """Put an empty file where a stream was closed (`<&-` in a shell); Python has None there."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - for the whole run
            setattr(sys, name, stream)


def _drop_output() -> None:
    """Let what is still to be written go nowhere: the stream would fail again when the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _command(rest: Sequence[str], services: Services) -> int:
    match rest:
        case [name] if name in COMMANDS and COMMANDS[name].is_quick:
            return _quick(name, services, "text")
        case [name, "--format", form] if name in COMMANDS and COMMANDS[name].is_quick:
            return _quick(name, services, form)
        case ["remind", "run"]:
            return run_reminder(services)
        case ["remind", "hook", *shell] if len(shell) <= 1 and not "".join(shell).startswith("-"):
            return hook(services, *shell)
        case ["tuf-conformance", *words]:  # for TUF's public suite, and for nobody else
            from hygiene.distribution.conformance import main

            return main(words)
        case _:
            language.lend_to_click()
            from hygiene.cli.app import run_typer

            return run_typer(rest, services)


def _quick(name: str, services: Services, form: str) -> int:
    from hygiene.cli import standing

    quick = {"status": standing.status, "findings": standing.findings, "due": standing.due}
    gc.disable()  # the command is over before a collection would pay
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

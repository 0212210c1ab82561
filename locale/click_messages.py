"""Messages that extraction would not find otherwise; this module is read by Babel and never imported.

Click looks its own words up in our catalogue at run time (see `hygiene.cli`), and what stands inside an
f-string is not seen before Python 3.12.
"""

# ruff: noqa: INP001

from hygiene.language import _, ngettext

# Inside f-strings.

_("hygiene: error:")
_("hygiene: hint:")
_("(nothing answered yet)")
_("closed")
_("error")
_("fine")
_("good")
_("look")
_("warning")

# Click 8.5 and Typer 0.25.
_("Usage:")
_("Arguments")
_("Positional arguments")
_("Options")
_("Commands")
_("default: {default}")
_("env var: {var}")
_("required")
_("(dynamic)")
_("deprecated")
_("file")
_("directory")
_("path")
_("Show this message and exit.")
_("Show the version and exit.")
_("Try '{command} {option}' for help.")
_("Error: {message}")
_("Aborted!")
_("Missing command.")
_("No such command {name!r}.")
_("No such option {name!r}.")
ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 2)
ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 2)
_("Missing argument")
_("Missing option")
_("Missing parameter")
_("Missing {param_type}")
_("Missing parameter: {param_name}")
_("Option {name!r} does not take a value.")
ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 2)
_("Argument {name!r} takes {nargs} values.")
ngettext("Takes {nargs} values but 1 was given.", "Takes {nargs} values but {len} were given.", 2)
ngettext(
    "{len_type} values are required, but {len_value} was given.",
    "{len_type} values are required, but {len_value} were given.",
    2,
)
_("Invalid value: {message}")
_("Invalid value for {param_hint}: {message}")
ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 2)
_("Choose from:\n\t{choices}")
_("{value!r} is not a valid {number_type}.")
_("{value} is not in the range {range}.")
_("{value!r} is not a valid boolean. Recognized values: {states}")
ngettext(
    "{value!r} does not match the format {format}.",
    "{value!r} does not match the formats {formats}.",
    2,
)
_("{name} {filename!r} does not exist.")
_("{name} {filename!r} is a file.")
_("{name} {filename!r} is a directory.")
_("{name} {filename!r} is not readable.")
_("{name} {filename!r} is not writable.")
_("Could not open file {filename!r}: {message}")
_("unknown error")

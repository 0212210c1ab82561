"""A few lines for a shell's start file: they read the due-file in the shell itself and start no hygiene.

They say one line at most once a day, together with hygiene's own commands: both use the same file for what
was said. A due-file that is missing or garbled is passed over.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping

from hygiene.reminders.due_file import OFF, DueFile

_BASH = """\
# {begin}
__hygiene_due() {{
  local due='' said='' today=''
  [[ -t 2 && -f {due} && -r {due} ]] || return 0
  IFS= read -r due < {due}
  [[ $due == [12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9] ]] || return 0
  [[ -f {said} ]] && IFS= read -r said < {said}
  {today}
  [[ $said == {off} || $said == "$today" ]] && return 0
  (( ${{due//-/}} <= ${{today//-/}} )) || return 0
  {{ printf '%s\\n' "$today" >| {said}; }} 2> /dev/null || return 0
  printf '%s\\n' {words} >&2
}}
__hygiene_due
unset -f __hygiene_due
# {end}
"""
# bash before 4.2 (macOS has 3.2) cannot tell the day by itself.
_BASH_TODAY = "printf -v today '%(%Y-%m-%d)T' -1 2> /dev/null || today=$(date +%Y-%m-%d)"
_ZSH_TODAY = "today=${(%):-%D{%Y-%m-%d}}"

_FISH = """\
# {begin}
function __hygiene_due
  isatty stderr; and test -f {due}; and test -r {due}; or return 0
  read -l due < {due}
  string match -qr '^[12]\\d\\d\\d-[01]\\d-[0-3]\\d$' -- "$due"; or return 0
  set -l said
  test -f {said}; and read said < {said}
  set -l today (date +%Y-%m-%d)
  contains -- "$said" {off} $today; and return 0
  test (string replace -a -- - '' $due) -le (string replace -a -- - '' $today); or return 0
  if test -e {said}
    test -f {said}; and test -w {said}; or return 0
  else
    test -w {folder}; or return 0
  end
  echo $today > {said}
  printf '%s\\n' {words} >&2
end
__hygiene_due
functions -e __hygiene_due
# {end}
"""
_BEGIN, _END = "hygiene remind hook: begin", "hygiene remind hook: end"


def _posix(today: str) -> Callable[[DueFile, str], str]:
    return lambda file, words: _filled(_BASH, file, words, shlex.quote, today)


def _fish(file: DueFile, words: str) -> str:
    return _filled(_FISH, file, words, _fish_quoted, "")


def _filled(template: str, file: DueFile, words: str, quoted: Callable[[str], str], today: str) -> str:
    return template.format(
        begin=_BEGIN,
        end=_END,
        folder=quoted(str(file.folder)),
        due=quoted(str(file.path)),
        said=quoted(str(file.said_path)),
        words=quoted(words),
        off=OFF,
        today=today,
    )


def _fish_quoted(word: str) -> str:
    """Return a word in single quotes, in which fish knows two escapes."""
    return "'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'"


SHELLS: Mapping[str, Callable[[DueFile, str], str]] = {
    "bash": _posix(_BASH_TODAY),
    "zsh": _posix(_ZSH_TODAY),
    "fish": _fish,
}
"""Gives the lines for a shell, from the due-file (absolute paths) and the words to say."""

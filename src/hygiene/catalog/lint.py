"""What an editor would say about a checklist: lengths, translations, links, reflex answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from hygiene.catalog.loading import read_file
from hygiene.catalog.parsing import BUNDLED, OWN_FILE, parse_core, read_checklist
from hygiene.catalog.problems import FaultyFileError, Level, Problem, Problems
from hygiene.language import N_
from hygiene.model.checklist import Check, Checklist
from hygiene.model.text import Text

LANGUAGES = ("en", "fr")
LONGEST_TITLE = 80
LONGEST_QUESTION = 160
LONGEST_RISK = 300
LONGEST_STEP = 200
MOST_STEPS = 7


def lint_file(file: Path, bundled: Path) -> tuple[Problem, ...]:
    """Return everything that is wrong, or could be better, in a checklist file.

    Args:
        file: the checklist.
        bundled: the folder of the bundled checklists; a file in it is held to their rules.

    Raises:
        NotDoneError: the file cannot be read.
    """
    is_ours = file.resolve().parent == bundled.resolve()
    problems = Problems(str(file))
    core = parse_core((bundled / "_core.yaml").read_bytes(), "_core.yaml") if is_ours else {}
    try:
        checklist = read_checklist(read_file(file), problems, core, BUNDLED if is_ours else OWN_FILE)
    except FaultyFileError as error:
        return error.problems
    if not problems.errors:
        for reason in _remarks(checklist, Level.ERROR if is_ours else Level.WARNING):
            problems.found.append(Problem(str(file), 1, *reason))
    return tuple(sorted(problems.found, key=lambda each: (each.line, each.field)))


_Remark = tuple[str, str, tuple[tuple[str, object], ...], Level]


def _remarks(checklist: Checklist, translation: Level) -> Iterator[_Remark]:
    titles = Counter(check.title.to(checklist.language) for check in checklist.checks)
    for check in checklist.checks:
        yield from _lengths(check)
        yield from _translations(check, translation)
        yield from _links(check, checklist)
        if titles[check.title.to(checklist.language)] > 1:
            yield check.id, N_("another check has the same title"), (), Level.ERROR
    yield from _reflexes(checklist)


def _lengths(check: Check) -> Iterator[_Remark]:
    limits = (
        ("title", check.title, LONGEST_TITLE),
        ("question", check.question, LONGEST_QUESTION),
        ("risk", check.risk, LONGEST_RISK),
        *(("steps", line, LONGEST_STEP) for steps in check.remediation.steps for line in steps.lines),
    )
    for name, text, limit in limits:
        longest = max(map(len, text.by_language.values()))
        if longest > limit:
            values = (("found", longest), ("limit", limit))
            yield f"{check.id}.{name}", N_("{found} characters, {limit} at most"), values, Level.ERROR
    if any(len(steps.lines) > MOST_STEPS for steps in check.remediation.steps):
        yield f"{check.id}.steps", N_("more than {limit} steps"), (("limit", MOST_STEPS),), Level.ERROR


def _translations(check: Check, level: Level) -> Iterator[_Remark]:
    for name, text in _texts(check):
        for language in LANGUAGES:
            if not text.by_language.get(language):
                values = (("language", language),)
                yield f"{check.id}.{name}", N_("no text in “{language}”"), values, level


def _texts(check: Check) -> Iterator[tuple[str, Text]]:
    yield from (("title", check.title), ("question", check.question), ("risk", check.risk))
    yield from (("done", each) for each in [check.done] if each)
    yield from ((f"choices.{choice.id}", choice.text) for choice in check.choices)
    yield from (("steps", line) for steps in check.remediation.steps for line in steps.lines)


def _links(check: Check, checklist: Checklist) -> Iterator[_Remark]:
    for url in (check.remediation.settings_url, check.remediation.help_url):
        host = urlsplit(url).hostname if url else None
        if host and not any(host == domain or host.endswith(f".{domain}") for domain in checklist.domains):
            yield (
                check.id,
                N_("the link's host {host} is not among the domains"),
                (("host", host),),
                Level.ERROR,
            )


def _reflexes(checklist: Checklist) -> Iterator[_Remark]:
    """Where the good answer is always “yes”, people stop reading."""
    yes_no = [check for check in checklist.checks if check.choice("yes") and check.choice("no")]
    if (
        len(yes_no) > 1
        and all(_is_yes_good(check) for check in yes_no)
        and len(yes_no) == len(checklist.checks)
    ):
        yield "checks", N_("the good answer is always “yes”"), (), Level.WARNING


def _is_yes_good(check: Check) -> bool:
    choice = check.choice("yes")
    return choice is not None and bool(choice.good)

"""`hygiene checklist new` and `preview`: for those who write a list of their own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from hygiene.cli.services import Services
from hygiene.errors import ExitCode
from hygiene.language import _, ngettext

if TYPE_CHECKING:
    from hygiene.catalog.problems import Problem
    from hygiene.model.checklist import Check, Checklist


def write_list(services: Services, file: Path | None, source: str) -> ExitCode:
    """Ask for a list, write it, and say what lint remarks; 10 where it cannot be used yet."""
    from hygiene import resources
    from hygiene.catalog.problems import Level
    from hygiene.usecases.authoring.asking import Wish, author
    from hygiene.usecases.authoring.lists import remarks_on

    wish = Wish(services.output(file) if file else None, Path(), source, services.language, services.day)
    path = author(wish, services.terminal(), services.desk.catalogue)
    problems = remarks_on([path], source, resources.bundled("checklists"), services.day)
    services.write(str(path))
    _say_remarks(services, problems)
    services.say(_("`hygiene checklist preview {path}` shows what people will see.").format(path=path))
    has_errors = any(each.level is Level.ERROR for each in problems)
    return ExitCode.ACTION_NEEDED if has_errors else ExitCode.DONE


def preview_list(services: Services, file: Path, output: Path | None, *, is_invented: bool) -> None:
    """Ask what a list asks, or show it where nobody can be asked; then its report with invented answers."""
    from hygiene import resources
    from hygiene.reporting.html import render_html
    from hygiene.reporting.text import render_summary
    from hygiene.safety.files import write_atomically
    from hygiene.usecases.authoring.lists import load_list
    from hygiene.usecases.previewing import preview, rehearse

    output = services.output(output) if output else None
    checklist = load_list(file, resources.bundled("checklists"))
    seen = preview(services.desk, checklist, services.language, services.width())
    terminal = None if is_invented else services.terminal_or_none()
    if terminal:
        unasked = rehearse(services.desk, checklist, terminal)
        terminal.show(_("This was a preview: your answers are thrown away, and nothing was stored."))
        _say_unasked(services, checklist, unasked or ())
    else:
        services.write(seen.screens.lstrip("\n") + "\n")
        _say_unasked(services, checklist, seen.unasked)
    services.write(render_summary(seen.report, services.width()))
    services.say(_("The report is one with invented answers, every other one good; nothing was stored."))
    if output:
        write_atomically(output, render_html(seen.report, resources.bundled("report_templates")).encode())
        services.write(str(output))


def _say_unasked(services: Services, checklist: Checklist, unasked: Iterable[Check]) -> None:
    """Say which checks are for others, and for whom."""
    from hygiene.reporting.check_words import say_condition, service_of
    from hygiene.reporting.words import Voice
    from hygiene.usecases.authoring.lists import with_list

    voice = Voice(services.language, services.day, with_list(services.desk.catalogue, checklist), {})
    for check in unasked:
        title = voice.say(check.title.filled("network", service_of(checklist, voice.catalogue)))
        if check.when:
            words = _("Not asked this time: “{title}”; only when {clause}.")
            services.say(words.format(title=title, clause=say_condition(check.when, voice)))
        else:
            services.say(_("Not asked this time: “{title}”.").format(title=title))


def _say_remarks(services: Services, problems: Iterable[Problem]) -> None:
    """Say what lint remarks; translations that are missing, all in one line."""
    from hygiene.safety.cleaning import clean

    missing = [each for each in problems if each.reason == "no text in “{language}”"]
    others = [each for each in problems if each not in missing]
    for each in others:
        services.say(clean(f"{each} ({_(each.level)})"))
    if not others:
        services.say(_("Lint has nothing against it."))
    for language in sorted({str(dict(each.values)["language"]) for each in missing}):
        count = sum(dict(each.values)["language"] == language for each in missing)
        words = ngettext(
            "{count} text is not in “{language}” yet; it will be read in its own language.",
            "{count} texts are not in “{language}” yet; they will be read in their own language.",
            count,
        )
        services.say(words.format(count=count, language=language))

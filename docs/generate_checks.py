"""Write `docs/checks/`, a page for each checklist with every check, and an index, from the checklists.

python docs/generate_checks.py
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from hygiene import language
from hygiene.catalog.loading import load_sources
from hygiene.model.checklist import Check, Checklist, Choice, Severity
from hygiene.model.policy import Policy
from hygiene.model.text import Text
from hygiene.reporting import check_words as say
from hygiene.reporting.words import PLATFORMS, Voice, say_minutes

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "checks"
MADE_BY = "Made by `python docs/generate_checks.py`; change the checklists, not this page."
TIMES = (
    "“To answer” is the time for one account by [the published formula](../ten-minutes.md), all questions"
    " together; an audit asks at most ten minutes at a time. “To mend” is the time to put everything"
    " right, if nothing is yet."
)
WORST_FIRST = sorted(Severity, reverse=True)


def render_pages() -> Mapping[str, str]:
    """Return every page by the name of its file."""
    language.use("en", ROOT / "locale")
    catalogue, rules = load_sources(ROOT / "checklists")
    voice = Voice("en", date.min, catalogue, {})
    lists = tuple(catalogue.checklists.values())
    pages = {f"{each.id}.md": _page(each, voice, Policy((rules,))) for each in lists}
    return {"README.md": _index(lists), **pages}


def _index(lists: Iterable[Checklist]) -> str:
    levels = [severity.word for severity in WORST_FIRST]
    lines = ["# Every check", "", MADE_BY, "", _row("checklist", "checks", *levels, "to answer", "to mend")]
    lines.append(_row("---", *["--:"] * (len(levels) + 3)))
    total: Counter[Severity] = Counter()
    for each in lists:
        counts = Counter(check.severity for check in each.checks)
        total += counts
        times = say_minutes(say.minutes_to_answer(each)), say_minutes(say.minutes_to_mend(each))
        lines.append(_row(f"[{each.title.to('en')}]({each.id}.md)", *_counted(counts), *times))
    lines.append(_row("**in all**", *_counted(total), "", ""))
    return _joined([*lines, "", TIMES])


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _counted(counts: Mapping[Severity, int]) -> Iterator[str]:
    yield str(sum(counts.values()))
    yield from (str(counts.get(severity, 0)) for severity in WORST_FIRST)


def _page(checklist: Checklist, voice: Voice, policy: Policy) -> str:
    about = f"`{checklist.id}`, version {checklist.version}, {len(checklist.checks)} checks."
    lines = [
        f"# {checklist.title.to('en')}",
        "",
        f"{about} {say.say_subject(checklist)} [All checklists](README.md).",
        "",
        f"{MADE_BY} The good choices are bold.",
    ]
    service = say.service_of(checklist, voice.catalogue)
    for check in checklist.checks:
        lines += _check(check, service, voice, policy)
    if checklist.sources:
        lines += ["", "## Sources", "", *(f"- {each}" for each in checklist.sources)]
    return _joined(lines)


def _check(check: Check, service: Text, voice: Voice, policy: Policy) -> Iterator[str]:
    def words(text: Text, tag: str = "en") -> str:
        return text.filled("network", service).to(tag)

    yield from ("", f"## {words(check.title)}", "", f"`{check.id}`. {say.say_marks(check)}")
    if check.when:
        yield from ("", f"Only when {say.say_condition(check.when, voice)}.")
    yield from ("", f"> {words(check.question)}", ">", f"> {words(check.question, 'fr')}", "")
    yield from (f"- {_choice(choice, check, voice)}" for choice in check.choices)
    yield from (f"- {each}" for each in say.say_answer(check, policy))
    yield from ("", words(check.risk))
    yield from _remedy(check, words)
    if check.sources:
        yield from ("", f"From: {'; '.join(check.sources)}.")


def _choice(choice: Choice, check: Check, voice: Voice) -> str:
    said = say.say_choice(choice, check, voice)
    text = choice.text.to("en")
    return f"**{text}**{said.removeprefix(text)}" if choice.good else said


def _remedy(check: Check, words: Callable[[Text], str]) -> Iterator[str]:
    remedy = check.remediation
    yield from ("", f"To put it right, about {say_minutes(remedy.minutes)}:")
    for steps in remedy.steps:
        if steps.platform:
            yield from ("", f"{PLATFORMS.get(steps.platform, steps.platform)}:")
        yield ""
        yield from (f"{number}. {words(line)}" for number, line in enumerate(steps.lines, start=1))
    links = (("Settings", say.say_url(remedy.settings_url)), ("Help", say.say_url(remedy.help_url)))
    notes = [_link(name, url) for name, url in links if url]
    notes += say.say_menus(remedy, "en")
    if notes:
        yield from ("", " ".join(notes))


def _link(name: str, url: str) -> str:
    if say.ELLIPSIS in url:
        return f"{name}: `{url}`, with your own server, or the site of your country, in place of “…”."
    return f"[{name}]({url})."


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def write_pages() -> None:
    """Write every page, and delete those of checklists that are gone."""
    pages = render_pages()
    FOLDER.mkdir(exist_ok=True)
    for stray in {file.name for file in FOLDER.iterdir()} - pages.keys():
        (FOLDER / stray).unlink()
    for name, text in pages.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_pages()

"""What employees will see changed by a release, in words for those who publish it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hygiene.catalog.cursor import Cursor
from hygiene.catalog.parsing import Draft, Origin, read_draft
from hygiene.catalog.problems import FaultyFileError, Problems
from hygiene.catalog.tree import parse_tree
from hygiene.distribution.release import Release
from hygiene.language import N_, _, current_language, ngettext
from hygiene.model.checklist import Check, Checklist, Trust
from hygiene.model.text import Text

_FILES: Mapping[str, tuple[str, str, str]] = {
    "policy.yaml": (N_("The policy is new."), N_("The policy changes."), N_("The policy goes.")),
}
_OTHERS = N_("{file} is new."), N_("{file} changes."), N_("{file} goes.")


def changes(before: Release | None, after: Release) -> tuple[str, ...]:
    """Return what employees will see changed against the last release, a line each; that nothing is, too."""
    return differences(before, after) or (_("Nothing changes for employees."),)


def differences(before: Release | None, after: Release) -> tuple[str, ...]:
    """Return what employees see changed between two releases, a line each; nothing where nothing is."""
    old = before.files if before else {}
    lines: list[str] = []
    for name in sorted({*old, *after.files}):
        was, now = old.get(name), after.files.get(name)
        lists = _checklist(name, was, after.source), _checklist(name, now, after.source)
        if was == now:
            continue
        if any(lists):
            lines += _of_list(*lists)
        else:
            words = _FILES.get(name, _OTHERS)[0 if was is None else 2 if now is None else 1]
            lines.append(_(words).format(file=name))
    if before and (before.title, before.contact) != (after.title, after.contact):
        words = _("The publisher is called “{title}” now; employees ask: {contact}")
        lines.append(words.format(title=after.title, contact=after.contact or "–"))
    return tuple(lines)


def _of_list(before: Checklist | None, after: Checklist | None) -> Iterator[str]:
    if before is None and after:
        words = ngettext(
            "“{title}” ({id}) is new, with {count} question.",
            "“{title}” ({id}) is new, with {count} questions.",
            len(after.checks),
        )
        yield words.format(title=_say(after.title), id=after.id, count=len(after.checks))
    elif after is None and before:
        words = ngettext(
            "“{title}” ({id}) goes, with its {count} question; answers to it are kept.",
            "“{title}” ({id}) goes, with its {count} questions; answers to them are kept.",
            len(before.checks),
        )
        yield words.format(title=_say(before.title), id=before.id, count=len(before.checks))
    elif before and after:
        yield _("“{title}” ({id}) changes:").format(title=_say(after.title), id=after.id)
        lines = tuple(_of_checks(before, after))
        yield from lines or (_("  its title, its links or its order; nothing is asked again"),)


def _of_checks(before: Checklist, after: Checklist) -> Iterator[str]:
    old = {check.id: check for check in before.checks}
    new = {check.id: check for check in after.checks}
    replaced = {each for check in after.checks for each in check.replaces}
    for check in after.checks:
        earlier = old.get(check.id) or next((old[each] for each in check.replaces if each in old), None)
        line = _of_check(earlier, check)
        if line:
            yield line.format(title=_say(check.title))
    for check_id in old.keys() - new.keys() - replaced:
        yield _("  no longer asked: {title}").format(title=_say(old[check_id].title))


def _of_check(before: Check | None, after: Check) -> str | None:
    if before is None:
        return _("  new: {title}")
    if before.id != after.id:
        return _("  has another name now, and answers go with it: {title}")
    if before.revision != after.revision:
        return _("  worded anew: {title}")
    if before.severity != after.severity:
        return _("  weighs otherwise: {title}")
    return _("  explained otherwise, or other steps: {title}") if before != after else None


def _checklist(name: str, data: bytes | None, source: str) -> Checklist | None:
    """Return the checklist in a file; None for another file, or one that cannot be read now."""
    if data is None or not name.endswith(".yaml") or not name.startswith(f"{source}-"):
        return None
    try:
        root = Cursor(parse_tree(data, name), "", Problems(name))
    except FaultyFileError:
        return None
    draft: Draft = read_draft(root, {}, Origin(Trust.SOURCE, "", f"{source}-"))
    return draft.checklist


def _say(text: Text) -> str:
    return text.to(current_language())

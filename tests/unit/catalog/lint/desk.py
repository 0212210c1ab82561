"""A desk for tests: a checklist written for the occasion, and what an editor says of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hygiene import resources
from hygiene.catalog.lint.files import lint_files

BUNDLED = resources.bundled("checklists")
DAY = date(2026, 11, 22)

HEAD = """\
format: 1
id: my-list
version: "2026.11"
title: {en: Mine, fr: La mienne}
domains: [example.org]
"""
CHECK = """\
  - id: a
    title: {en: T, fr: T}
    question: {en: Q, fr: Q}
    risk: {en: R, fr: R}
    severity: low
    choices: yes-no
    good: "no"
    settings: https://www.example.org/a
    help: https://example.org/
    steps: {en: [Do it.], fr: [Faire.]}
"""
GOOD = f"{HEAD}checks:\n{CHECK}"
CHOICES = """\
    choices:
      fine: {text: {en: F, fr: B}, good: true}
      bad: {text: {en: B, fr: M}}
"""

OUR_CORE = """\
format: 1
language: en
checks:
  - id: two-factor
    title: {en: Second step, fr: Seconde étape}
    question: {en: Which one?, fr: Laquelle\u202f?}
    risk: {en: R, fr: R}
    severity: high
    choices:
      app: {text: {en: App, fr: Appli}, good: true}
      none: {text: {en: None, fr: Aucune}}
  - id: codes
    title: {en: Codes, fr: Codes}
    question: {en: Where?, fr: Où\u202f?}
    risk: {en: R, fr: R}
    severity: low
    when: ".two-factor is app"
    choices: yes-no
    good: "yes"
"""
OUR_NETWORKS = """\
format: 1
networks:
  acme: {name: Acme, domains: [acme.org]}
  mill: {name: Mill, purpose: work}
  fedi: {name: Fedi, host: server}
"""
OURS = GOOD.replace("my-list", "acme").replace(
    "domains: [example.org]", "network: acme\ndomains: [example.org]"
)


def check(check_id: str, **changes: str) -> str:
    """Another check, with fields changed: `when` is added, an empty one is left out."""
    lines = {line.strip().partition(":")[0]: line for line in CHECK.splitlines(keepends=True)}
    title = f"    title: {{en: T {check_id}, fr: T {check_id}}}\n"
    lines |= {"- id": f"  - id: {check_id}\n", "title": title}
    lines |= {name: f"    {name}: {value}\n" if value else "" for name, value in changes.items()}
    return "".join(lines.values())


def lint(
    folder: Path, text: str, bundled: Path = BUNDLED, name: str = "mine.yaml", day: date = DAY
) -> list[str]:
    """The remarks on a file, without its name: `level:line: field: reason`."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return [f"{each.level}:{str(each).removeprefix(f'{file}:')}" for each in lint_files([file], bundled, day)]


def ours(folder: Path, text: str, **files: str) -> list[str]:
    """The remarks on a bundled list in a folder made for it; `core`, `networks` and `released` as told."""
    (folder / "_core.yaml").write_text(files.get("core", OUR_CORE), encoding="utf-8")
    (folder / "_networks.yaml").write_text(files.get("networks", OUR_NETWORKS), encoding="utf-8")
    return lint(folder, text, folder, files.get("name", "acme.yaml"))

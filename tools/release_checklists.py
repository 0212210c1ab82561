"""Write `_released.json` beside the checklists: the record of what is released now.

python tools/release_checklists.py [FOLDER]

Ids that the record had and the checklists have no more are retired in it, for ever. Checklists with an error
are not released. Before anything was ever released, delete the record first to begin anew.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from hygiene import resources
from hygiene.catalog.lint.files import lint_files, list_files, read_drafts
from hygiene.catalog.problems import Level
from hygiene.catalog.released import FILE, Release, make_release, parse_release, render_release


def release(folder: Path, bundled: Path) -> str:
    """Return the new record of a folder of checklists.

    Raises:
        FaultyFileError: a checklist, or the record before, cannot be used.
    """
    record = folder / FILE
    before = parse_release(record.read_bytes(), str(record)) if record.exists() else Release()
    return render_release(make_release(read_drafts(folder, bundled), before))


def faults(folder: Path, bundled: Path) -> list[str]:
    """Return the errors that keep the checklists of a folder from being released."""
    problems = lint_files(list_files(folder), bundled, datetime.now(UTC).date())
    return [str(each) for each in problems if each.level is Level.ERROR]


def main(arguments: list[str]) -> int:
    """Write the record; 1 when the checklists have errors."""
    bundled = resources.bundled("checklists")
    folder = Path(arguments[0]) if arguments else bundled
    if found := faults(folder, bundled):
        print("\n".join([*found, "nothing was written: mend these first"]), file=sys.stderr)
        return 1
    (folder / FILE).write_text(release(folder, bundled), encoding="utf-8")
    print(folder / FILE)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

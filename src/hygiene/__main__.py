"""The program's entry: what needs no command answers before any library is loaded."""

from __future__ import annotations

import gc
import sys

ALLOCATIONS_BETWEEN_COLLECTIONS = 100_000
"""A run is short and makes hardly any cycle; looking for them as often as usual took a twentieth of `due`."""


def main() -> int:
    """Run the command line and return the exit code."""
    if sys.argv[1:] == ["--version"]:
        from hygiene import __version__

        sys.stdout.write(f"hygiene {__version__}\n")
        return 0
    gc.set_threshold(ALLOCATIONS_BETWEEN_COLLECTIONS)
    from hygiene.cli.run import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

"""The command line of TUF's public conformance suite, over the code that updates from sources.

    --metadata-dir D init ROOT.json
    --metadata-dir D --metadata-url U refresh
    --metadata-dir D --metadata-url U --target-name N … --target-base-url B --target-dir T download

It ends with 0 or 1. The suite (https://github.com/theupdateframework/tuf-conformance) serves on this computer
without TLS, which is allowed here and nowhere else; the time is the system's, which the suite may shift. The
root that everything starts from lies in D under a name that the suite does not take for metadata.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hygiene.distribution.addresses import checked_url
from hygiene.distribution.failures import explained
from hygiene.distribution.tuf_client import open_updater
from hygiene.errors import HygieneError

if TYPE_CHECKING:
    from tuf.ngclient.updater import Updater

_PINNED: Final = "pinned-root"


def main(argv: Sequence[str]) -> int:
    """Carry out one call and return 0 where it went well, else 1."""
    arguments = _parser().parse_args(argv)
    commands = {"init": _init, "refresh": _refresh, "download": _download}
    try:
        with explained(str(arguments.metadata_dir), str):
            commands[arguments.command](arguments)
    except HygieneError as error:
        print(repr(error.__cause__ or error), file=sys.stderr)  # noqa: T201 - shown beside a failed test
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hygiene tuf-conformance", description=__doc__)
    parser.add_argument("--metadata-dir", type=Path, required=True)
    parser.add_argument("--metadata-url", default="")
    parser.add_argument("--target-name", action="append", default=[])
    parser.add_argument("--target-base-url", default="")
    parser.add_argument("--target-dir", type=Path)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("init").add_argument("root", type=Path)
    commands.add_parser("refresh")
    commands.add_parser("download")
    return parser


def _init(arguments: argparse.Namespace) -> None:
    root = arguments.root.read_bytes()
    arguments.metadata_dir.mkdir(parents=True, exist_ok=True)
    (arguments.metadata_dir / _PINNED).write_bytes(root)
    (arguments.metadata_dir / "root.json").write_bytes(root)


def _refresh(arguments: argparse.Namespace) -> None:
    _updater(arguments).refresh()


def _download(arguments: argparse.Namespace) -> None:
    updater = _updater(arguments)
    updater.target_dir = str(arguments.target_dir)
    for name in arguments.target_name:
        target = updater.get_targetinfo(name)
        if target is None:
            raise ValueError(name)
        if updater.find_cached_target(target) is None:
            updater.download_target(target)


def _updater(arguments: argparse.Namespace) -> Updater:
    from hygiene.distribution.fetching import Fetcher
    from hygiene.distribution.web import WebHost

    metadata = checked_url(arguments.metadata_url, plain_loopback=True)
    targets = checked_url(arguments.target_base_url or arguments.metadata_url, plain_loopback=True)
    pinned = (arguments.metadata_dir / _PINNED).read_bytes()
    bases = (f"{metadata}/", f"{targets}/")
    return open_updater(arguments.metadata_dir, Fetcher(WebHost("")), pinned, bases=bases)

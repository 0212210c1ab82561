"""How long it takes to read what a person exported, and to look passwords up.

    python benchmarks/evidence.py known [--lines 10000000]
    python benchmarks/evidence.py logins [--count 100000]
    python benchmarks/evidence.py archive [--megabytes 2048]

Everything is made up, in a temporary folder that is removed again. Exports are read by a fresh process, whose
user + system CPU and peak resident memory are those of the interpreter, the imports and the reading together.
The figures are printed and never asserted.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha1
from pathlib import Path
from typing import NamedTuple

TODAY = date(2026, 11, 22)
LISTED = 1000  # passwords of ours among the hashes of a list
SMALL_FILES = 20_000  # of an archive, beside what takes up its room
MEMBER_MEGABYTES = 16
FIREFOX_COLUMNS = (
    "url username password httpRealm formActionOrigin guid timeCreated timeLastUsed timePasswordChanged"
)
MOMENT = 1_700_000_000_000  # of 2023, in milliseconds since 1970


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parts = parser.add_subparsers(dest="part", required=True)
    parts.add_parser("known").add_argument("--lines", dest="size", type=int, default=10_000_000)
    parts.add_parser("logins").add_argument("--count", dest="size", type=int, default=100_000)
    parts.add_parser("archive").add_argument("--megabytes", dest="size", type=int, default=2048)
    parts.add_parser("read").add_argument("size", metavar="path", type=Path)
    arguments = parser.parse_args()
    work: dict[str, Callable[..., Iterator[str]]] = {"known": _known, "logins": _logins, "archive": _archive}
    if arguments.part == "read":
        print(_read(arguments.size))
        return
    with tempfile.TemporaryDirectory() as name:
        for line in work[arguments.part](Path(name), arguments.size):
            print(line)


def _known(folder: Path, lines: int) -> Iterator[str]:
    """Time look-ups in a sorted list: while it lies in memory, and when each has to go to the disk."""
    from hygiene.evidence.known_passwords import open_known_passwords

    path = _list_of_hashes(folder / "known.txt", lines)
    yield f"{'lines':44} {lines:9} ({path.stat().st_size / 1e6:.0f} MB)"
    begun = time.perf_counter()
    known = open_known_passwords(path)
    yield f"{'opening it':44} {(time.perf_counter() - begun) * 1000:9.2f} ms"
    listed = [f"listed-{n}" for n in range(LISTED)]
    others = [f"other-{n}" for n in range(LISTED)]
    looked = {each: _timed(known.has, each) for each in random.sample([*listed, *others], 2 * LISTED)}
    found = sum(looked[each].answer for each in listed), sum(looked[each].answer for each in others)
    yield f"{'found, of those listed and of the others':44} {found[0]:9} and {found[1]} of {LISTED} each"
    yield _spread("a look-up, work", [each.work for each in looked.values()])
    yield _spread("a look-up, by the clock", [each.clock for each in looked.values()])
    cold = [_timed(known.has, each).clock for each in listed if _forgotten(path)]
    yield _spread("the same, the file not in memory", cold)


class Look(NamedTuple):
    """A look-up: what it said, and the seconds of CPU and of the clock that it took."""

    answer: bool
    work: float
    clock: float


def _list_of_hashes(path: Path, lines: int) -> Path:
    """Write a sorted list of random hashes, and some of passwords of ours, one first byte after the other."""
    ours: dict[int, list[str]] = {}
    for n in range(LISTED):
        digest = sha1(f"listed-{n}".encode(), usedforsecurity=False).hexdigest().upper()
        ours.setdefault(int(digest[:2], 16), []).append(digest)
    with path.open("w", encoding="ascii") as file:
        for first in range(256):
            hashes = [f"{first:02X}{os.urandom(19).hex().upper()}" for _ in range(lines // 256)]
            hashes += ours.get(first, [])
            file.writelines(f"{each}:{10 ** (n % 7)}\n" for n, each in enumerate(sorted(hashes)))
        file.flush()
        os.fsync(file.fileno())
    return path


def _timed(has: Callable[[str], bool], password: str) -> Look:
    clock, work = time.perf_counter(), time.thread_time()
    answer = has(password)
    return Look(answer, time.thread_time() - work, time.perf_counter() - clock)


def _forgotten(path: Path) -> bool:
    """Drop what the system keeps of a file in memory."""
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return True


def _spread(name: str, seconds: list[float]) -> str:
    median, late = statistics.median(seconds) * 1000, statistics.quantiles(seconds, n=100)[98] * 1000
    return f"{name:44} {median:9.3f} ms, 99 in 100 within {late:.3f} ms"


def _logins(folder: Path, count: int) -> Iterator[str]:
    """Read the exports of two browsers."""
    chrome, firefox = folder / "chrome.csv", folder / "firefox.csv"
    with chrome.open("w", encoding="utf-8") as file:
        file.write("name,url,username,password,note\n")
        for n in range(count):
            file.write(
                f"site{n}.example,https://site{n}.example/login,user{n}@mail.example,{_password(n)},\n"
            )
    with firefox.open("w", encoding="utf-8", newline="\r\n") as file:
        file.write(",".join(f'"{each}"' for each in FIREFOX_COLUMNS.split()) + "\n")
        for n in range(count):
            file.write(
                f"site{n}.example,https://site{n}.example/login,user{n}@mail.example,{_password(n)},\n"
            )
    with firefox.open("w", encoding="utf-8", newline="\r\n") as file:
        file.write(",".join(f'"{each}"' for each in FIREFOX_COLUMNS.split()) + "\n")
        for n in range(count):
            file.write(
                f"site{n}.example,https://site{n}.example/login,user{n}@mail.example,{_password(n)},\n"
            )
    with firefox.open("w", encoding="utf-8", newline="\r\n") as file:
        file.write(",".join(f'"{each}"' for each in FIREFOX_COLUMNS.split()) + "\n")
        for n in range(count):
            file.write(
                f"site{n}.example,https://site{n}.example/login,user{n}@mail.example,{_password(n)},\n"
            )
    with firefox.open("w", encoding="utf-8", newline="\r\n") as file:
        file.write(",".join(f'"{each}"' for each in FIREFOX_COLUMNS.split()) + "\n")
        for n in range(count):
            file.write(
                f'"https://site{n}.example","user{n}@mail.example","{_password(n)}",,"https://site{n}.example",'
                f'"{{{n:032x}}}","{MOMENT}","{MOMENT + n * 9000}","{MOMENT + n * 4000}"\n'
            )
    for path in (chrome, firefox):
        yield f"{path.name:44} {_in_a_process(path)}"


def _password(n: int) -> str:
    """Return a password; one in ten is used twice."""
    return f"made-up-{n - 1 if n % 10 == 1 else n}"


def _archive(folder: Path, megabytes: int) -> Iterator[str]:
    """Read a network's archive, nearly all of which is pictures and films."""
    path = folder / "archive.zip"
    told = {
        "manifest": 'window.__THAR_CONFIG = {"archiveInfo": {"generationDate": "2026-11-20T10:00:00.000Z"}}',
        "account": 'window.YTD.account.part0 = [{"account": {"email": "a@mail.example", "username": "a"}}]',
        "device-token": "window.YTD.device_token.part0 = [{}, {}]",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for n in range(SMALL_FILES):
            archive.writestr(f"data/tweets_media/{n}.jpg", b"picture")
        for n in range(megabytes // MEMBER_MEGABYTES):
            archive.writestr(f"data/tweets_media/film-{n}.mp4", bytes(MEMBER_MEGABYTES * 2**20))
        for name, script in told.items():
            archive.writestr(f"data/{name}.js", script)
    yield f"{'bytes':44} {path.stat().st_size}"
    yield f"{'reading it':44} {_in_a_process(path)}"


def _in_a_process(path: Path) -> str:
    command = [sys.executable, str(Path(__file__)), "read", str(path)]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip()


def _read(path: Path) -> str:
    """Read one export and say what that took."""
    from hygiene.evidence.examining import Examiner
    from hygiene.evidence.formats import READERS
    from hygiene.evidence.reading import Desk
    from hygiene.safety.archives import open_bundle

    begun = time.perf_counter()
    with open_bundle(path) as bundle:
        (reader,) = [each for each in READERS if each.recognises(bundle)]
        export = reader.read(bundle, Desk(TODAY, Examiner()))
    wall = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_SELF)
    facts = sum(len(each.facts) for each in export.accounts)
    work, peak = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    what = f"{export.format}: {len(export.accounts)} accounts, {facts} facts"
    return f"{work:6.2f} s of work, {wall:.2f} s by the clock, {peak:.0f} MB; {what}"


if __name__ == "__main__":
    main()

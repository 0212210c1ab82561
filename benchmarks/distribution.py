"""How long an update takes: 1,000 checklists after 100 releases over a folder, and a first run from far away.

    python -m benchmarks.distribution [--runs 20]

Publisher and server are the tests' own: real keys, real TLS on this computer. From far away each answer waits
for one round trip; the two of a new connection are added by hand, as nothing here delays those. Imports are
not counted. The figures are printed and never asserted.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.attacks.employee import Employee
from tests.attacks.publisher import NOW, Publisher
from tests.attacks.transports import FolderTransport, served

CHECKLISTS = 1000
RELEASES = 100
ROUND_TRIP = 0.05  # seconds
CONNECTING = 2 * ROUND_TRIP  # TCP, then TLS 1.3
CHECK = "  - id: check-{n}\n    title: A check among many others, with words as they are in a real one\n"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=20)
    runs = parser.parse_args().runs
    publisher = _published()
    print(
        f"the lists: {len(publisher.files[publisher.lists_name]) / 1e6:.1f} MB, {len(publisher.files)} files"
    )
    with tempfile.TemporaryDirectory() as name:
        _over_a_folder(Path(name), publisher, runs)
        _from_far_away(Path(name), publisher)


def _published() -> Publisher:
    publisher = Publisher(NOW - timedelta(days=RELEASES))
    checks = "".join(CHECK.format(n=number) for number in range(40))
    files = {
        f"acme-list-{number}.yaml": f"id: acme-list-{number}\nchecks:\n{checks}"
        for number in range(CHECKLISTS)
    }
    for number in range(RELEASES):
        publisher.now += timedelta(days=1)
        publisher.release({**files, "acme-list-0.yaml": f"id: acme-list-0\nversion: {number}\n"})
    return publisher


def _over_a_folder(folder: Path, publisher: Publisher, runs: int) -> None:
    (folder / "share").mkdir()
    share = FolderTransport(folder / "share")
    share.put(publisher.files)
    someone = Employee(folder / "first", share)
    print(f"folder, first run: {_milliseconds(lambda: someone.join(publisher.first_root)):.0f} ms")
    for what, work in (("nothing new", someone.update), ("the lists offline", someone.lists)):
        times = [_milliseconds(work) for _ in range(runs)]
        print(f"folder, {what}: {statistics.median(times):.1f} ms (median of {runs})")


def _from_far_away(folder: Path, publisher: Publisher) -> None:
    with served(folder) as web:
        web.put(publisher.files)
        someone = Employee(folder / "second", web)
        for what, work in (
            ("first run", lambda: someone.join(publisher.first_root)),
            ("nothing new", someone.update),
        ):
            web.delay = ROUND_TRIP
            web.asked.clear()
            seconds = _milliseconds(work) / 1000 + CONNECTING
            print(f"https, 50 ms away, {what}: {len(web.asked)} requests, {seconds:.2f} s")


def _milliseconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


if __name__ == "__main__":
    main()

"""How long things take, as ratios to a bare interpreter in the same run.

    python benchmarks/speed.py [--runs 15]

Times are user + system CPU of fresh processes (a busy machine disturbs them less than the wall clock), taken
in turns so that a slow moment falls on all rows alike; each row is the median. The program is taken from
a wheel built from this checkout and byte-compiled, as an installer leaves it. The figures are printed and never
asserted.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 11, 22)
ACCOUNTS = 50
YEARS = 10
ANSWERS = 1500

Row = tuple[str, list[str], dict[str, str]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        programs = _installed(folder)
        for line in _commands(folder, programs, arguments.runs):
            print(line)
        for line in _sealing(folder):
            print(line)


def _installed(folder: Path) -> Path:
    """Install the wheel into an environment of its own; return its folder of programs."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=True)
    programs = folder / "env" / "bin"
    install = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--compile", str(wheel)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(install, check=True, capture_output=True, env=environment)
    return programs


def _commands(folder: Path, programs: Path, runs: int) -> Iterator[str]:
    rows = [*_rows(folder, programs)]
    bare = ("bare interpreter", [str(programs / "python"), "-I", "-c", "pass"], {})
    times: dict[str, list[float]] = {row[0]: [] for row in [bare, *rows]}
    for _ in range(runs):
        for name, command, environment in [bare, *rows]:
            times[name].append(_cpu(command, environment))
    base = statistics.median(times[bare[0]])
    yield f"{bare[0]:44} {base * 1000:7.1f} ms  1.00"
    for name, *_ in rows:
        median = statistics.median(times[name])
        yield f"{name:44} {median * 1000:7.1f} ms  {median / base:.2f}"


def _rows(folder: Path, programs: Path) -> Iterator[Row]:
    common = {
        "PATH": os.defpath,
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "HYGIENE_TODAY": str(TODAY),
        "HYGIENE_NO_KEYRING": "1",
    }
    cheap = _store(folder, "cheap", memory=8)
    full = _store(folder, "full", memory=64 * 1024)
    python, program = str(programs / "python"), [str(programs / "hygiene")]
    yield "--version", [*program, "--version"], common
    for command in ("status", "due", "findings"):
        yield f"{command}, {ACCOUNTS} accounts, no key derivation", [*program, command], common | cheap
    many = "import hygiene.cli.commands as c; e = c.COMMANDS['status']; " + (
        "c.COMMANDS.update({f'more-{n}': e for n in range(55)}); "
        "from hygiene.cli.run import run; import sys; sys.exit(run(['status']))"
    )
    yield "status, 55 commands more", [python, "-c", many], common | cheap
    yield "status, with the key derivation", [*program, "status"], common | full
    yield "the system keyring alone", [python, "-c", "import keyring; keyring.get_keyring()"], common
    page = str(folder / "page.html")
    yield "report, HTML", [*program, "report", "-o", page], common | cheap
    yield "first question, plain", [*program, "--plain", "audit"], common | cheap
    yield "first question, rich (imports and paint)", [python, "-c", _FIRST_RICH], common | cheap


_FIRST_RICH = """
import sys
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.application import create_app_session
from hygiene.cli import app
from hygiene.cli.services import Services
from hygiene.cli.options import Options
from hygiene.cli.sitting import sit
from hygiene.usecases.audit import Wish
import os
with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
    keys.send_text("q")
    services = Services(Options(home=os.environ["HYGIENE_HOME"], on=os.environ["HYGIENE_TODAY"], no_keyring=True,
                                passphrase_file=os.environ["HYGIENE_PASSPHRASE_FILE"]), os.environ)
    services.rich_terminal = True
    sit(services, (), Wish())
"""


def _store(folder: Path, name: str, memory: int) -> dict[str, str]:
    """Make a store of 50 accounts, all checks answered; `memory` is the cost of the key derivation in KiB."""
    from hygiene.catalog.loading import load_bundled
    from hygiene.engine.assess import subjects_of
    from hygiene.engine.state import current_state
    from hygiene.model.policy import Policy
    from hygiene.model.record import AccountAdded, AnswerGiven, AuditFinished, AuditStarted, Scope
    from hygiene.safety.container import Costs
    from hygiene.safety.sealing import wrap_key
    from hygiene.safety.secrets import Passphrase
    from hygiene.store.file import create_store, said, save
    from hygiene.usecases.demo import demo_answer

    home = folder / name
    passphrase = folder / f"{name}.passphrase"
    passphrase.write_text("quatre mots pas plus", encoding="utf-8")
    passphrase.chmod(0o600)
    key, store_id = os.urandom(32), os.urandom(16)
    costs = Costs(memory=memory, passes=1 if memory < 1024 else 3, lanes=1 if memory < 1024 else 4)
    slot = wrap_key(key, Passphrase("quatre mots pas plus"), store_id, costs=costs)
    store = create_store(home / "answers.hygiene", key, store_id, (slot,))
    catalogue, rules = load_bundled(ROOT / "checklists")
    networks = [each for each in catalogue.networks if catalogue.for_network(each)]
    accounts = [
        AccountAdded(f"account-{n}", networks[n % len(networks)], domain="example.org")
        for n in range(ACCOUNTS)
    ]
    store = said(store, [AuditStarted("a", Scope.DEFAULT), *accounts], TODAY, _new_id)
    subjects = subjects_of(current_state(store.record), catalogue, Policy((rules,)))
    answers = [
        AnswerGiven(account.id if account else "you", check.id, answer)
        for place, (account, check) in enumerate(subjects)
        if (answer := demo_answer(account, check, place, TODAY))
    ]
    store = said(store, [*answers, AuditFinished("a")] if name != "first" else answers, TODAY, _new_id)
    save(store)
    return {"HYGIENE_HOME": str(home), "HYGIENE_PASSPHRASE_FILE": str(passphrase)}


def _sealing(folder: Path) -> Iterator[str]:
    """Time the sealing of one more answer in a store of ten audits."""
    from hygiene.model.checklist import Severity
    from hygiene.model.record import AnswerGiven, Chosen, Judged, Outcome
    from hygiene.safety.container import Costs
    from hygiene.safety.sealing import wrap_key
    from hygiene.safety.secrets import Passphrase
    from hygiene.store.file import create_store, said, save

    key, store_id = os.urandom(32), os.urandom(16)
    slot = wrap_key(key, Passphrase("x" * 12), store_id, costs=Costs(memory=8, passes=1, lanes=1))
    store = create_store(folder / "ten" / "answers.hygiene", key, store_id, (slot,))
    for year in range(YEARS):
        given = [
            AnswerGiven(f"account-{n}", "instagram.two-factor", Chosen("app"))
            for n in range(ANSWERS // YEARS)
        ]
        judged = [
            Judged(f"audit-{year}", f"account-{n}", "instagram.two-factor", 1, Outcome.PASS, Severity.HIGH, 6)
            for n in range(ANSWERS // YEARS)
        ]
        store = said(store, [*given, *judged], TODAY, _new_id)
    store = save(store)
    times = []
    for _ in range(50):
        begun = time.perf_counter()
        store = save(said(store, [AnswerGiven("you", "habits.voice", Chosen("yes"))], TODAY, _new_id))
        times.append(time.perf_counter() - begun)
    size = store.path.stat().st_size // 1024
    yield f"sealing one answer, {ANSWERS} stored ({size} KiB)     {statistics.median(times) * 1000:7.1f} ms (wall)"


def _new_id() -> str:
    return os.urandom(8).hex()


def _cpu(command: list[str], environment: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()

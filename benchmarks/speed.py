"""How long things take, as ratios to a bare interpreter in the same run.

    python benchmarks/speed.py [--runs 15]

Times are user + system CPU of fresh processes (a busy machine disturbs them less than the wall clock),
taken in turns so that a slow moment falls on all rows alike; each row is the median. The program is
installed from a wheel into an environment of its own and byte-compiled, as an installer leaves it. The
first question is read from a real pseudo-terminal. The figures are printed and never asserted.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect

if TYPE_CHECKING:
    from hygiene.safety.secrets import RecoveryCode
    from hygiene.store.file import OpenStore

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 11, 22)
ACCOUNTS = 50
YEARS = 10
ANSWERS = 1500
CHECKS = 10  # of an account
CHECK = "instagram.two-factor"
FIRST_PLAIN, FIRST_RICH = "first question, plain", "first question, rich"
FIRST_WORDS = "Which of these do you use"

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
    bare: Row = ("bare interpreter", [str(programs / "python"), "-I", "-c", "pass"], {})
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
    cheap = _store(folder, "cheap", is_full=False)
    full = _store(folder, "full", is_full=True)
    python, program = str(programs / "python"), [str(programs / "hygiene")]
    yield "--version", [*program, "--version"], common
    for command in ("status", "due", "findings"):
        yield f"{command}, {ACCOUNTS} accounts, no key derivation", [*program, command], common | cheap
    yield "checklist list", [*program, "checklist", "list"], common | {"TERM": "xterm-256color"}
    many = (
        "import hygiene.cli.commands as c; e = c.COMMANDS['status']; "
        "c.COMMANDS.update({f'more-{n}': e for n in range(55)}); "
        "from hygiene.cli.run import run; import sys; sys.exit(run(['status']))"
    )
    yield "status, 55 commands more", [python, "-c", many], common | cheap
    yield "status, with the key derivation", [*program, "status"], common | full
    yield "the system keyring alone", [python, "-c", "import keyring; keyring.get_keyring()"], common
    page = str(folder / "page.html")
    yield "report, HTML", [*program, "report", "-o", page], common | cheap
    begun = _store(folder, "begun", is_full=False, answered=False)
    yield FIRST_PLAIN, [*program, "--plain", "audit"], common | begun
    yield FIRST_RICH, [*program, "audit"], common | begun | {"TERM": "xterm-256color"}


def _store(folder: Path, name: str, *, is_full: bool, answered: bool = True) -> dict[str, str]:
    """Make a store of 50 accounts, nearly all checks answered; a full one costs the usual key derivation."""
    from hygiene.catalog.loading import load_bundled
    from hygiene.engine.assess import subjects_of
    from hygiene.engine.state import current_state
    from hygiene.model.policy import Policy
    from hygiene.model.record import AccountAdded, AnswerGiven, AuditFinished, AuditStarted, Scope
    from hygiene.safety.sealing import wrap_key
    from hygiene.safety.secrets import Passphrase, RecoveryCode, render_recovery_code
    from hygiene.store.file import create_store, said, save
    from hygiene.usecases.demo import demo_answer

    home = folder / name
    words, code = "quatre mots pas plus", os.urandom(16)
    passphrase = folder / f"{name}.passphrase"
    # A recovery code opens without the key derivation, and leaves a passphrase slot as it is.
    passphrase.write_text(words if is_full else render_recovery_code(code), encoding="utf-8")
    passphrase.chmod(0o600)
    key, store_id = os.urandom(32), os.urandom(16)
    slots = (wrap_key(key, Passphrase(words), store_id), wrap_key(key, RecoveryCode(code), store_id))
    store = create_store(home / "answers.hygiene", key, store_id, slots)
    catalogue, rules = load_bundled(ROOT / "checklists")
    networks = [each for each in catalogue.networks if catalogue.for_network(each)]
    accounts = [
        AccountAdded(f"account-{n}", network, domain="yahoo.com" if network == "other" else None)
        for n, network in enumerate(islice(cycle(networks), ACCOUNTS))
    ]
    store = said(store, [AuditStarted("a", Scope.DEFAULT), *accounts], TODAY, _new_id)
    if not answered:
        save(store)
        return {"HYGIENE_HOME": str(home), "HYGIENE_PASSPHRASE_FILE": str(passphrase)}
    subjects = subjects_of(current_state(store.record), catalogue, Policy((rules,)))
    answers = [
        AnswerGiven(account.id if account else "you", check.id, answer)
        for place, (account, check) in enumerate(subjects)
        if (answer := demo_answer(account, check, place, TODAY))
    ]
    save(said(store, [*answers, AuditFinished("a")], TODAY, _new_id))
    return {"HYGIENE_HOME": str(home), "HYGIENE_PASSPHRASE_FILE": str(passphrase)}


def _sealing(folder: Path) -> Iterator[str]:
    """Time sealing one more answer in a store of ten audits, and opening it, without the key derivation."""
    from hygiene.model.record import AnswerGiven, Chosen
    from hygiene.safety.secrets import RecoveryCode
    from hygiene.store.file import open_store, read_store, said, save

    code = RecoveryCode(os.urandom(16))
    store = save(_ten_audits(folder, code))
    size = store.path.stat().st_size
    name = f"bytes an answer, {ANSWERS} over {YEARS} audits"
    yield f"{name:44} {size / ANSWERS:7.0f} ({size} in all)"
    opening = []
    for _ in range(50):
        begun = time.perf_counter()
        open_store(store.path, read_store(store.path), code)
        opening.append(time.perf_counter() - begun)
    yield f"{'opening it, without the key derivation':44} {statistics.median(opening) * 1000:7.1f} ms"
    times, work = [], []
    for _ in range(50):
        begun, worked = time.perf_counter(), time.process_time()
        store = save(said(store, [AnswerGiven("you", "habits.voice", Chosen("yes"))], TODAY, _new_id))
        times.append(time.perf_counter() - begun)
        work.append(time.process_time() - worked)
    name = f"sealing one answer, {ANSWERS} stored"
    wall, cpu = statistics.median(times) * 1000, statistics.median(work) * 1000
    yield f"{name:44} {cpu:7.1f} ms of work, {wall:.1f} ms with the disk's flush"


def _ten_audits(folder: Path, code: RecoveryCode) -> OpenStore:
    """Return a store of ten audits, each with its lists, its answers and a judgement of each answer."""
    from hygiene.catalog.loading import load_bundled
    from hygiene.model.checklist import Severity
    from hygiene.model.record import (
        AnswerGiven,
        AuditFinished,
        AuditStarted,
        ChecklistUsed,
        Chosen,
        Judged,
        Judgement,
        Outcome,
        Scope,
    )
    from hygiene.safety.sealing import wrap_key
    from hygiene.safety.secrets import Passphrase
    from hygiene.store.file import create_store, said

    key, store_id = os.urandom(32), os.urandom(16)
    slots = (wrap_key(key, Passphrase("x" * 12), store_id), wrap_key(key, code, store_id))
    store = create_store(folder / "ten" / "answers.hygiene", key, store_id, slots)
    lists = tuple(
        ChecklistUsed(each.id, each.version, each.digest, each.publisher, each.trust)
        for each in load_bundled(ROOT / "checklists")[0].checklists.values()
    )
    a_year = ANSWERS // YEARS
    accounts = [f"account-{n}" for n in range(a_year // CHECKS)]
    checks = [f"{CHECK}-{n}" for n in range(CHECKS)]
    for _ in range(YEARS):
        audit = _new_id()
        given = [AnswerGiven(account, check, Chosen("app")) for account in accounts for check in checks]
        judgements = tuple(Judgement(check, 1, Outcome.PASS, Severity.HIGH, 6) for check in checks)
        judged = [Judged(audit, account, judgements) for account in accounts]
        begun, finished = AuditStarted(audit, Scope.DEFAULT, 1, lists), AuditFinished(audit)
        store = said(store, [begun, *given, finished, *judged], TODAY, _new_id)
    return store


def _new_id() -> str:
    return os.urandom(8).hex()


def _cpu(command: list[str], environment: dict[str, str]) -> float:
    # A question is painted on a terminal and then waits, so that process is ended from outside.
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    if "audit" in command:
        child = pexpect.spawn(command[0], command[1:], env=environment, dimensions=(24, 80), encoding="utf-8")
        child.expect(FIRST_WORDS)
        child.kill(signal.SIGKILL)
        child.wait()
    else:
        subprocess.run(command, env=environment, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()

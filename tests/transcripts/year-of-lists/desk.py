"""hygiene for many commands, most of whose time would go into loading it; `ask.py` asks: `desk.py SOCKET`.

Each command has a process, a day and a terminal of its own. The day is that of HYGIENE_TODAY, nine o'clock,
for what is signed too, which elsewhere goes by the real clock. Passphrases of keys are quick to try.
"""

from __future__ import annotations

import json
import os
import pkgutil
import socket
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import import_module

from hygiene import language, resources, usecases
from hygiene.cli import run, services
from hygiene.distribution.publishing.keys import PrivateKey, wrap
from hygiene.safety.container import Costs, Slot
from hygiene.safety.secrets import Secret
from hygiene.usecases.publishing import keys

_CHEAP = Costs(memory=64, passes=1, lanes=1)


def _wrap(key: PrivateKey, secret: Secret, costs: Costs = _CHEAP) -> Slot:
    return wrap(key, secret, min(costs, _CHEAP, key=lambda each: each.memory))


def _serve(place: str) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"{place}.new")
        server.listen()
        os.rename(f"{place}.new", place)  # noqa: PTH104 - whoever sees it can connect
        while True:
            with server.accept()[0] as asking:
                _done(asking)


def _done(asking: socket.socket) -> None:
    """Do one command in a process of its own, and answer with its exit code."""
    streams = socket.recv_fds(asking, 1, 3)[1]
    with asking.makefile("r", encoding="utf-8") as lines:
        arguments, environment, folder = json.loads(lines.readline())
    child = os.fork()
    if not child:
        _be(streams, environment, folder)
        code = run.run(arguments)
        sys.stderr.flush()
        os._exit(code)
    for stream in streams:
        os.close(stream)
    asking.send(bytes([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])]))


def _be(streams: Sequence[int], environment: dict[str, str], folder: str) -> None:
    """Sit down at that terminal, in that folder, on that day."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115 - for the whole run
    sys.stdout = open(1, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", buffering=1)  # noqa: SIM115
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    now = datetime.fromisoformat(environment["HYGIENE_TODAY"]).replace(tzinfo=UTC) + timedelta(hours=9)
    services.now = lambda: now


keys.wrap = _wrap  # type: ignore[attr-defined]
language._load = cache(language._load)
language._load("fr", resources.bundled("locale"))
for module in pkgutil.walk_packages(usecases.__path__, "hygiene.usecases."):
    import_module(module.name)
for name in ("hygiene.cli.app", "tuf.ngclient", "urllib3"):
    import_module(name)
_serve(sys.argv[1])

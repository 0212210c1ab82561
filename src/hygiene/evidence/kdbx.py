"""KeePass databases (KDBX 3 and 4), opened by pykeepass, which is an extra of this program."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable

from hygiene.evidence.candidates import Candidate
from hygiene.evidence.json_text import LARGEST
from hygiene.evidence.kdbx_header import is_affordable
from hygiene.evidence.keepass import Element, logins_of
from hygiene.evidence.logins import OF_DATED_PASSWORDS, export_of
from hygiene.evidence.reading import Desk, Reader, UnreadableExportError
from hygiene.evidence.times import export_day
from hygiene.evidence.vault_json import member, recogniser
from hygiene.language import N_
from hygiene.model.evidence import Export
from hygiene.safety.archives import Bundle

_SIGNATURE = bytes.fromhex("03d9a29a67fb4bb5")
_SIGNATURE_OF_1 = bytes.fromhex("03d9a29a65fb4bb5")  # KeePass 1, which pykeepass does not read


def _fits(candidate: Candidate) -> bool:
    return candidate.head.startswith((_SIGNATURE, _SIGNATURE_OF_1))


def _read(bundle: Bundle, desk: Desk) -> Export:
    found = member(bundle, _fits)
    if found.head.startswith(_SIGNATURE_OF_1):
        raise UnreadableExportError(
            N_("this is a database of KeePass 1, which is not read here"),
            hint=N_("open it in KeePassXC (Database › Import), and save it as .kdbx"),
        )
    made_on = export_day(None, bundle.made_on, desk.today)
    events = _events(bundle.read(found.name, LARGEST), desk)
    return export_of(READER.id, made_on, logins_of(events, desk, made_on, in_clear=True))


def _events(data: bytes, desk: Desk) -> Iterable[tuple[str, Element]]:
    """Return the start and the end of every element in a database.

    Raises:
        UnreadableExportError: pykeepass is missing, or the database asks for too much, or did not open.
    """
    try:
        from lxml.etree import iterwalk  # type: ignore[import-untyped]
        from pykeepass import PyKeePass  # type: ignore[import-untyped]
        from pykeepass.exceptions import CredentialsError  # type: ignore[import-untyped]
    except ImportError:
        raise UnreadableExportError(
            N_("a KeePass database can only be opened with the extra `kdbx`"),
            hint=N_("run `pip install 'hygiene-audit[kdbx]'`, or export XML from KeePass or KeePassXC"),
        ) from None
    if not is_affordable(data):
        raise UnreadableExportError(
            N_("this KeePass database takes more time or memory to open than it is given here"),
            hint=N_("export XML from KeePass or KeePassXC, and delete that file afterwards"),
        )
    passphrase = _passphrase(desk)
    logging.getLogger("pykeepass").setLevel(logging.CRITICAL)  # it would write to the terminal
    try:
        tree = PyKeePass(io.BytesIO(data), password=passphrase).tree
    except CredentialsError:
        raise UnreadableExportError(
            N_("this KeePass database did not open with that passphrase"),
            hint=N_("try once more; if it also has a key file, export XML from KeePass or KeePassXC"),
        ) from None
    # Five libraries work below pykeepass, each with errors of its own, and it translates only some.
    except Exception:  # noqa: BLE001
        raise UnreadableExportError(
            N_("this KeePass database is damaged, or of a kind that is not read here"),
            hint=N_("export XML from KeePass or KeePassXC, and delete that file afterwards"),
        ) from None
    events: Iterable[tuple[str, Element]] = iterwalk(tree, events=("start", "end"))
    return events


def _passphrase(desk: Desk) -> str:
    passphrase = desk.secret("KeePass")
    if passphrase is None:
        raise UnreadableExportError(
            N_("this KeePass database has a passphrase, and nobody could be asked for it"),
            hint=N_("run the command in a terminal, where you can type it"),
        )
    return passphrase


READER = Reader(
    "kdbx",
    "KeePass, KeePassXC",
    OF_DATED_PASSWORDS,
    N_("The .kdbx file itself: its history tells when each password was changed."),
    recogniser(_fits),
    _read,
)

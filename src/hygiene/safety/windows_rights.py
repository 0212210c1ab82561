"""Who may change a file on Windows, from its security descriptor in Microsoft's text form (SDDL).

The form is that of [MS-DTYP] 2.5.1. Names of people and groups differ from one language of Windows to the
next; the abbreviations and numbers of SDDL do not. `sddl_of`, which asks Windows, has never run on Windows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from hygiene.errors import NotDoneError
from hygiene.language import N_
from hygiene.safety.cleaning import clean

if TYPE_CHECKING:
    from pathlib import Path

# SYSTEM, the Administrators, and the installer that owns the folders of Windows itself.
ADMINISTRATORS: Final = frozenset(
    [
        "SY",
        "S-1-5-18",
        "BA",
        "S-1-5-32-544",
        "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",
    ]
)
# What changes a file, or what a folder holds: write data or add a file, append or add a folder, write
# extended attributes, delete a child, write attributes, delete, change rights, take ownership, all, write.
_CHANGING: Final = 0x2 | 0x4 | 0x10 | 0x40 | 0x100 | 0x10000 | 0x40000 | 0x80000 | 0x10000000 | 0x40000000
# What takes a thing out of the folder above it; whoever may only add there does no harm.
_DISPLACING: Final = 0x40 | 0x10000 | 0x40000 | 0x80000 | 0x10000000
_RIGHTS: Final = {
    "GA": 0x10000000,
    "GX": 0x20000000,
    "GW": 0x40000000,
    "GR": 0x80000000,
    "RC": 0x20000,
    "SD": 0x10000,
    "WD": 0x40000,
    "WO": 0x80000,
    "FA": 0x1F01FF,
    "FX": 0x1200A0,
    "FW": 0x120116,
    "FR": 0x120089,
    "CC": 0x1,
    "DC": 0x2,
    "LC": 0x4,
    "SW": 0x8,
    "RP": 0x10,
    "WP": 0x20,
    "DT": 0x40,
    "LO": 0x80,
    "CR": 0x100,
}
_EVERYTHING: Final = 0xFFFFFFFF
_SDDL: Final = re.compile(
    r"O:(?P<owner>[A-Z]{2}|S-[0-9-]+)(G:([A-Z]{2}|S-[0-9-]+))?D:(?P<flags>[A-Z_]*)(?P<rules>(\([^()]*\))*)"
)
_NUMBER: Final = re.compile(r"0x[0-9A-Fa-f]{1,8}")
_RULE: Final = re.compile(r"\(([^()]*)\)")
_ALLOW: Final = frozenset({"A", "XA", "OA"})
_DENY: Final = frozenset({"D", "OD"})
_NO_RULES: Final = "NO_ACCESS_CONTROL"


def is_owned_by_administrators(sddl: str) -> bool:
    """Return whether SYSTEM, the Administrators or the installer of Windows own it."""
    found = _SDDL.fullmatch(sddl)
    return found is not None and found["owner"] in ADMINISTRATORS


def is_changed_by_others(sddl: str, *, is_above: bool) -> bool:
    """Return whether somebody else may change it; also where that cannot be made out.

    Args:
        sddl: owner, group and rights.
        is_above: it is a folder further up: what matters is only whether what lies in it can be displaced.
    """
    found = _SDDL.fullmatch(sddl)
    if found is None or _NO_RULES in found["flags"]:
        return True
    harmful = _DISPLACING if is_above else _CHANGING
    return any(rights & harmful for rights in _rights_of_others(found["rules"]))


def _rights_of_others(rules: str) -> Iterator[int]:
    """Yield what each rule lets others do: kind, flags (`IO`: for what lies inside only), rights, …, who."""
    for rule in _RULE.findall(rules):
        match rule.split(";"):
            case [kind, flags, rights, _, _, who]:
                is_for_children = "IO" in (flags[at : at + 2] for at in range(0, len(flags), 2))
                if kind not in _DENY and not is_for_children and who not in ADMINISTRATORS:
                    yield _mask(rights) if kind in _ALLOW else _EVERYTHING
            case _:
                yield _EVERYTHING


def _mask(rights: str) -> int:
    if _NUMBER.fullmatch(rights):
        return int(rights, 16)
    mask = 0
    for at in range(0, len(rights), 2):
        mask |= _RIGHTS.get(rights[at : at + 2], _EVERYTHING)
    return mask


def sddl_of(path: Path) -> str:
    """Return owner, group and rights of what is at the path, as Windows writes them.

    Raises:
        NotDoneError: Windows does not say.
    """
    import ctypes

    owner_group_rights, a_file, revision = 0x1 | 0x2 | 0x4, 1, 1
    library = getattr(ctypes, "WinDLL")  # noqa: B009 - elsewhere the type checker knows no such thing
    security, kernel = library("advapi32"), library("kernel32")
    kernel.LocalFree.argtypes = [ctypes.c_void_p]
    descriptor, words = ctypes.c_void_p(), ctypes.c_wchar_p()
    failed = security.GetNamedSecurityInfoW(
        str(path), a_file, owner_group_rights, None, None, None, None, ctypes.byref(descriptor)
    )
    if failed:
        raise _unknown(path)
    try:
        if not security.ConvertSecurityDescriptorToStringSecurityDescriptorW(
            descriptor, revision, owner_group_rights, ctypes.byref(words), None
        ):
            raise _unknown(path)
        said = words.value or ""
        kernel.LocalFree(words)
    finally:
        kernel.LocalFree(descriptor)
    return said


def _unknown(path: Path) -> NotDoneError:
    return NotDoneError(
        N_("Windows does not say who may change {path}"),
        hint=N_("check that you may read it; until then everything else works as before"),
        path=clean(str(path)),
    )

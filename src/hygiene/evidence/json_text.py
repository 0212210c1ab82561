"""JSON from outside: bytes to a value, and small total functions to walk a value that may hold anything."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from hygiene.evidence.reading import UnreadableExportError
from hygiene.language import N_

_NO_ITEMS = msgspec.Raw(b"[]")
LARGEST = 64 * 1024 * 1024  # bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"\s*(:)?|([\[{])|([\]}])')


def json_value(data: bytes) -> object:
    """Return the value that a JSON document holds.

    A byte-order mark is passed over. Half a surrogate pair, which RFC 8259 section 8.2 allows and UTF-8 does
    not, is read as a question mark.

    Raises:
        UnreadableExportError: it is no JSON, nested too deeply, or larger than `LARGEST`.
    """
    if len(data) > LARGEST:
        raise UnreadableExportError(
            N_("this file is larger than {size} MB, which is more than can be read here"),
            hint=N_("check that it is the export you meant"),
            size=LARGEST // 1024**2,
        )
    try:
        return _decoded(in_utf8(data))
    except (ValueError, RecursionError):  # msgspec's DecodeError is a ValueError, as is a wrong encoding
        raise UnreadableExportError(
            N_("this file looks like an export in JSON, but it is damaged or incomplete"),
            hint=N_("make the export again, and do not open it in another program before"),
        ) from None


def parted(data: bytes, name: str) -> tuple[Mapping[str, object], Iterable[object]]:
    """Return a JSON object without one of its arrays, and the items of that, each made when it is asked for.

    A vault of a hundred thousand items takes several times its size in memory once it is all values.

    Args:
        data: the document, with its byte-order mark if it has one.
        name: the array's.

    Raises:
        UnreadableExportError: as `json_value`; of an item only when it is asked for.
    """
    try:
        fields = msgspec.json.decode(in_utf8(data), type=dict[str, msgspec.Raw])
        items = msgspec.json.decode(fields.pop(name, _NO_ITEMS), type=list[msgspec.Raw])
    except (ValueError, RecursionError):  # another form than usual: the slower way says what it is
        whole = mapping(json_value(data))
        return whole, sequence(whole.get(name))
    return {key: json_value(bytes(raw)) for key, raw in fields.items()}, (
        json_value(bytes(each)) for each in items
    )


def in_utf8(data: bytes) -> bytes:
    """Return text without its byte-order mark, from UTF-16 too.

    Raises:
        UnicodeDecodeError: it begins as UTF-16 and is none.
    """
    encoding = encoding_of(data)
    return data.decode(encoding).encode() if encoding else data


def encoding_of(data: bytes) -> str:
    """Return the encoding that a byte-order mark names; nothing where there is no mark."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")


def keys_by_depth(head: bytes, deepest: int) -> tuple[frozenset[str], ...]:
    """Return which keys the beginning of a JSON document has, in its outermost object first.

    Lists count as a level too: in `{"items": [{"id": 1}]}` the third level has `id`. Never raises; what is no
    JSON has no keys.

    Args:
        head: the first bytes, cut off anywhere.
        deepest: how many levels are wanted.
    """
    found: tuple[set[str], ...] = tuple(set() for _ in range(deepest))
    words = head.decode(encoding_of(head) or "utf-8", errors="replace")
    depth = 0
    for word, colon, opening, closing in _TOKEN.findall(words if words.lstrip()[:1] in {"{", "["} else ""):
        depth += bool(opening) - bool(closing)
        if colon and 0 < depth <= deepest:
            found[depth - 1].add(word)
    return tuple(map(frozenset, found))


def _decoded(data: bytes) -> object:
    try:
        return msgspec.json.decode(data)
    except msgspec.DecodeError:
        # The only documents that the standard library reads and msgspec does not hold half surrogate pairs,
        # or NaN, which is refused by the second pass.
        whole = json.dumps(json.loads(data), ensure_ascii=False)
        return msgspec.json.decode(whole.encode(errors="replace"))


def mapping(value: object) -> Mapping[str, object]:
    """Return a JSON object as it is, and anything else as an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: object) -> Sequence[object]:
    """Return a JSON array as it is, and anything else as an empty one."""
    return value if isinstance(value, list) else ()


def text(value: object) -> str:
    """Return a JSON string as it is, and anything else as an empty one."""
    return value if isinstance(value, str) else ""


def at(value: object, *keys: str) -> object:
    """Return what lies in nested objects under these keys, or None."""
    for key in keys:
        value = mapping(value).get(key)
    return value

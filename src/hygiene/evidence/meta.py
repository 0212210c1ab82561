"""What the archives of Facebook and Instagram have in common: their two shapes, their labels, their text.

Both write each byte of UTF-8 as a character of its own, in keys and in values, so that “é” arrives as “Ã©”.
Labels are in the language of the account, and sometimes of some other year; keys, file names and the values
True, False and Enabled stay English.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from hygiene.evidence.json_text import at, mapping, sequence, text
from hygiene.evidence.network_files import Source
from hygiene.evidence.reading import UnreadableExportError
from hygiene.language import N_
from hygiene.safety.archives import Bundle

HTML_START = "start_here.html"
_SWITCH = {"enabled": "on", "disabled": "off"}
_STATE = "State"  # the field's name in archives of the winter of 2024
_START_BYTES = 64 * 1024


class Entry(Struct, frozen=True):
    """One labelled value, in whichever shape it was written.

    Attributes:
        label: folded, see `folded`.
        value: readable; empty where there is none.
        seconds: since 1970; None where there are none.
        field: the name of the field, which is English; most archives have none.
    """

    label: str
    value: str
    seconds: int | None
    field: str


def unmangled(mangled: str) -> str:
    """Return text as it was before each byte of it became a character; other text stays as it is."""
    try:
        return mangled.encode("latin-1").decode()
    except UnicodeError:
        return mangled


def folded(label: str) -> str:
    """Return a label as labels are compared: readable, small letters, plain spaces and apostrophes."""
    return " ".join(unmangled(label).replace("’", "'").casefold().split()).rstrip("?: ")


def records(document: object, key: str = "") -> Iterator[object]:
    """Yield the records of a file in either shape.

    Args:
        document: a list of records, one record, or an object with records under a key.
        key: how that key begins: it got an ending such as `_v2` over the years.
    """
    for name, value in mapping(document).items():
        if key and name.startswith(key):
            yield from sequence(value) if isinstance(value, list) else (value,)
    if "label_values" in mapping(document):
        yield document
    yield from sequence(document)


def entries(record: object) -> Iterator[Entry]:
    """Yield the labelled values of a record, those within others too."""
    for label, content in mapping(at(record, "string_map_data")).items():
        yield _entry(label, content, "timestamp")
    waiting = [at(record, "label_values")]
    while waiting:
        for content in sequence(waiting.pop()):
            yield _entry(text(at(content, "label")), content, "timestamp_value")
            waiting += [at(content, "dict"), at(content, "vec")]


def all_entries(documents: Iterable[object], key: str = "") -> list[Entry]:
    """Return the labelled values of all records of some files."""
    return [entry for document in documents for record in records(document, key) for entry in entries(record)]


def only_moments(documents: Iterable[object], key: str = "") -> Iterator[int]:
    """Yield the moment of each record that has just one, in seconds since 1970, whatever its label is."""
    for document in documents:
        for record in records(document, key):
            found = {entry.seconds for entry in entries(record) if entry.seconds}
            if len(found) == 1:
                yield found.pop()


def switch(found: Iterable[Entry]) -> str | None:
    """Return `on` or `off` where the values say so with one voice."""
    found = list(found)
    states = [entry for entry in found if entry.field == _STATE] or found
    return only(_SWITCH.get(entry.value.strip().casefold()) for entry in states)


def only(values: Iterable[str | None]) -> str | None:
    """Return the one value that there is, however often; None where there are several or none."""
    found = {value for value in values if value}
    return found.pop() if len(found) == 1 else None


def labelled(found: Iterable[Entry], labels: frozenset[str]) -> Iterator[str]:
    """Yield the values with one of these labels."""
    return (entry.value for entry in found if entry.label in labels and entry.value)


def truth(values: Iterable[str], words: Mapping[str, bool]) -> bool | None:
    """Return what the values say with one voice; None where they do not, or use other words."""
    found = {words.get(value.strip().casefold()) for value in values}
    return found.pop() if len(found) == 1 else None


def seconds(value: object) -> int | None:
    """Return seconds since 1970; None for anything but a number, and for 0, which means never."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def list_under(document: object, key: str) -> object:
    """Return what stands under a key that begins so, or the document itself where it is a list."""
    under = (value for name, value in mapping(document).items() if name.startswith(key))
    return document if isinstance(document, list) else next(under, None)


def html_twins(sources: Iterable[Source]) -> frozenset[str]:
    """Return what files are called in an archive of web pages."""
    return frozenset(name.removesuffix(".json") + ".html" for source in sources for name in source.names)


def is_html(bundle: Bundle, twins: Iterable[str], network: str, other: str) -> bool:
    """Return whether this is an archive of web pages.

    Args:
        bundle: what was given.
        twins: names of files that only this network has.
        network: its name, in small letters: its first page has it more often than the other's.
        other: the other network that makes such archives.
    """
    starts = (bundle.head(name, _START_BYTES).lower() for name in bundle.find(HTML_START))
    return any(start.count(network.encode()) > start.count(other.encode()) for start in starts) or any(
        bundle.find(name) for name in twins
    )


def made_as_html() -> UnreadableExportError:
    """Return the error for an archive of web pages."""
    return UnreadableExportError(
        N_("this archive was made as web pages (HTML), which cannot be read here"),
        hint=N_("ask for it once more under “Export your information”, with the format JSON instead of HTML"),
    )


def _entry(label: str, content: object, when: str) -> Entry:
    return Entry(
        label=folded(label),
        value=unmangled(text(at(content, "value"))),
        seconds=seconds(at(content, when)),
        field=text(at(content, "ent_field_name")),
    )

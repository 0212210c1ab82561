"""Whatever is done to an export, its reader returns facts of the closed vocabulary or says what is wrong.

Every sample of every format is damaged: bytes are changed, cut, doubled and spliced, and values inside JSON
take another form. The budget is fixed, so that it runs with every change.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.evidence.archives.sample import zipped
from tests.evidence.test_managers import SAMPLES as MANAGERS
from tests.evidence.test_network_archives import SAMPLES as NETWORKS

from hygiene.errors import HygieneError
from hygiene.evidence.formats import READERS
from hygiene.evidence.reading import Desk
from hygiene.model.dates import Interval
from hygiene.model.evidence import COUNTS, DATES, FACTS, Export, Mark
from hygiene.safety.archives import bundle_of

BUDGET = 500  # damaged exports
FIRST_DAY = date(2004, 1, 1)
SNIPPETS = (
    *(
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b'"',
        b",",
        b"\r\n",
        b"{",
        b"}",
        b"[" * 3000,
        b"\\ud800",
        b"\x1b[2J",
    ),
    *(b"99999999999999999999", b"-1", b"null", b'{"a":' * 200, b"<!DOCTYPE x [<!ENTITY e 'e'>]>", b"&e;"),
    *("\u202e".encode(), b"2099-01-01T00:00:00.000Z", b"1970-01-01", b"NaN", b"A" * 70_000),
)
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        None,
        True,
        -1,
        0,
        2**63,
        1e308,
        "",
        "None",
        "x" * 500,
        [],
        {},
        [[]],
        {"": None},
        "2099-01-01",
        "\x1b[2J",
    ]
)


def parts_of(data: bytes | Mapping[str, bytes]) -> dict[str, bytes]:
    return {"": data} if isinstance(data, bytes) else dict(data)


FILES = tuple(
    (sample.name, parts_of(sample.data), sample.today, getattr(sample, "secret", None)) for sample in MANAGERS
) + tuple((sample.name, parts_of(sample.members), sample.today, None) for sample in NETWORKS)


def _flipped(data: bytes, first: int) -> bytes:
    return data[:first] + bytes([data[first] ^ 0x41]) + data[first + 1 :] if first < len(data) else data


WAYS: tuple[Callable[[bytes, int, int, bytes], bytes], ...] = (
    lambda data, first, last, _snippet: data[:first] + data[last:],
    lambda data, first, _last, _snippet: data[:first],
    lambda data, first, last, _snippet: data[:last] + data[first:last] + data[last:],
    lambda data, first, _last, snippet: data[:first] + snippet + data[first:],
    lambda data, first, last, snippet: data[:first] + snippet + data[last:],
    lambda data, first, _last, _snippet: _flipped(data, first),
)


def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """Change some bytes, cut or double a stretch, or put a snippet somewhere."""
    for _ in range(draw(st.integers(1, 4))):
        first, last = sorted(draw(st.tuples(*[st.integers(0, len(data))] * 2)))
        data = draw(st.sampled_from(WAYS))(data, first, last, draw(st.sampled_from(SNIPPETS)))
    return data


def twisted(draw: st.DrawFn, value: Any) -> Any:
    """Put something of another form in the place of one value."""
    if isinstance(value, dict) and value and draw(st.booleans()):
        key = draw(st.sampled_from(sorted(value)))
        return {**value, key: twisted(draw, value[key])}
    if isinstance(value, list) and value and draw(st.booleans()):
        place = draw(st.integers(0, len(value) - 1))
        return [*value[:place], twisted(draw, value[place]), *value[place + 1 :]]
    return draw(ODD)


def spoilt(draw: st.DrawFn, data: bytes) -> bytes:
    try:
        value = json.loads(data)
    except ValueError:
        return damaged(draw, data)
    return json.dumps(twisted(draw, value)).encode() if draw(st.booleans()) else damaged(draw, data)


@st.composite
def exports(draw: st.DrawFn) -> tuple[bytes, date, str | None]:
    """A damaged export, the day, and its passphrase."""
    _name, parts, today, secret = draw(st.sampled_from(FILES))
    chosen = draw(st.sampled_from(sorted(parts)))
    parts = {**parts, chosen: spoilt(draw, parts[chosen])}
    data = parts[""] if "" in parts else zipped(parts, today)
    return (damaged(draw, data) if "" not in parts and draw(st.booleans()) else data), today, secret


def mark(password: str) -> Mark:
    return Mark(blake2b(password.encode(errors="surrogatepass")).digest())


def check(export: Export, today: date) -> None:
    assert export.made_on <= today
    for fact in (fact for found in export.accounts for fact in found.facts):
        if fact.name in DATES:
            assert isinstance(fact.value, Interval)
            for end in filter(None, (fact.value.not_before, fact.value.not_after)):
                assert FIRST_DAY <= end <= today + timedelta(days=1)
        elif fact.name in COUNTS:
            assert isinstance(fact.value, int)
            assert fact.value >= 0
        else:
            assert fact.value in FACTS[fact.name]


@settings(max_examples=BUDGET, deadline=None, suppress_health_check=list(HealthCheck))
@given(exports())
def test_no_damage_makes_a_reader_fall(made: tuple[bytes, date, str | None]) -> None:
    """Nor prove anything outside the vocabulary, or on a day that cannot be."""
    data, today, secret = made
    desk = Desk(today, mark, lambda _name: secret)
    with suppress(HygieneError), bundle_of(data) as bundle:
        for reader in READERS:
            if reader.recognises(bundle):
                check(reader.read(bundle, desk), today)

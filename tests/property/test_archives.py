"""Laws of reading what someone packed."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.faults.packing import DEFLATED, Entry, deflated, packed_tar, packed_zip, plain_zip

from hygiene.safety.archives import Limits, RefusedArchiveError, bundle_of

LIMITS = Limits(
    members=200,
    directory_bytes=20_000,
    member_bytes=5_000,
    stream_bytes=10_000,
    total_bytes=50_000,
    nested_bytes=5_000,
)
_INNER = plain_zip({"in/é.json": b'{"b": 2}', "c.json": b"{}"})
_MEMBERS = {"a.json": b'{"a": 1}' * 20, "sub/p.zip": _INNER, "sub/ünï.csv": b"url,name\n", "empty/": b""}
ARCHIVES = (
    plain_zip(_MEMBERS),
    plain_zip(_MEMBERS, 0),
    packed_zip([Entry(b"a", deflated(bytes(3000)), DEFLATED, size=3000), Entry(b"b.zip", _INNER, flags=1)]),
    packed_tar(_MEMBERS),
)
archives = st.sampled_from(ARCHIVES)
places = st.floats(0, 1)


@st.composite
def changed(draw: st.DrawFn) -> bytes:
    """An archive of which a few bytes are others; the end, where a ZIP's contents are told, more often."""
    data = bytearray(draw(archives))
    last = draw(st.sampled_from([len(data), 22, 120]))
    for _ in range(draw(st.integers(1, 6))):
        data[-1 - min(last - 1, draw(st.integers(0, last - 1)))] = draw(st.integers(0, 255))
    return bytes(data)


@st.composite
def cut(draw: st.DrawFn) -> bytes:
    data = draw(archives)
    start, end = sorted((draw(places), draw(places)))
    return data[: int(start * len(data))] + data[int(end * len(data)) :]


@st.composite
def spliced(draw: st.DrawFn) -> bytes:
    one, other = draw(archives), draw(st.one_of(archives, st.binary(max_size=60)))
    place = int(draw(places) * len(one))
    return one[:place] + other + one[place + draw(st.integers(0, 40)) :]


begun = st.tuples(st.sampled_from([b"", b"PK\3\4", b"PK\5\6", b"\x1f\x8b"]), st.binary(max_size=300)).map(
    b"".join
)


@settings(max_examples=300)
@given(st.one_of(begun, changed(), cut(), spliced()))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Nothing else is raised, no member exceeds its limit, and the first bytes are given or not, quietly."""
    with suppress(RefusedArchiveError):
        bundle = bundle_of(data, LIMITS)
        for name in bundle.names:
            assert ".." not in name.split("/")
            assert not name.startswith("/")
            assert len(bundle.head(name, 100)) <= 100
            with suppress(RefusedArchiveError):
                assert len(bundle.read(name)) <= LIMITS.member_bytes
        bundle.close()


@settings(max_examples=100)
@given(
    st.dictionaries(
        st.from_regex(r"[a-zé][a-z .é]{0,8}(/[a-z]{1,4})?\.json", fullmatch=True), st.binary(max_size=300)
    )
)
def test_what_was_packed_is_read(members: dict[str, bytes]) -> None:
    """As a ZIP and as a tar."""
    for data in (plain_zip(members), packed_tar(members)):
        bundle = bundle_of(data)
        if bundle.label != "file":
            assert {name: bundle.read(name) for name in bundle.names} == members

"""Key files: small, sealed, bound to what they say."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from hygiene.distribution.publishing.keys import (
    PrivateKey,
    container_id,
    open_key,
    parse_key,
    render_key,
    tuf_key,
    wrap,
)
from hygiene.distribution.publishing.ring import Ring
from hygiene.errors import AlteredError, LockedError, NotDoneError
from hygiene.safety.container import Costs
from hygiene.safety.sealing import wrap_key
from hygiene.safety.secrets import KeyringKey, Passphrase

CHEAP = Costs(memory=64, passes=1, lanes=1)
WORDS = Passphrase("Zx9-MARKER-pass-7Qv")
# RFC 8032 section 7.1, test 1
SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"


@pytest.fixture
def file() -> bytes:
    key = PrivateKey(SEED)
    return render_key("acme", "Alice", key, [wrap(key, WORDS, CHEAP)])


def test_the_public_half_is_that_of_the_standard() -> None:
    assert PrivateKey(SEED).public == PUBLIC


def test_what_is_sealed_opens_with_its_passphrase_alone(file: bytes) -> None:
    assert open_key(parse_key(file), WORDS).seed == SEED
    with pytest.raises(LockedError, match="“Alice” did not open"):
        open_key(parse_key(file), Passphrase("other words than these"))


def test_a_keyring_slot_opens_it_too() -> None:
    key, by_keyring = PrivateKey(SEED), KeyringKey(b"k" * 32)
    slot = wrap_key(SEED, by_keyring, container_id(key.public))
    file = render_key("acme", "Alice", key, [wrap(key, WORDS, CHEAP), slot])
    assert open_key(parse_key(file), by_keyring).seed == SEED


def test_neither_seed_nor_passphrase_is_in_the_file_or_shown(file: bytes) -> None:
    assert SEED.hex().encode() not in file
    assert WORDS.text.encode() not in file
    assert repr(PrivateKey(SEED)) == "PrivateKey(…)"


def test_it_fits_on_a_printed_page(file: bytes) -> None:
    lines = file.decode().splitlines()
    assert len(lines) <= 15
    assert max(map(len, lines)) <= 80


def test_its_signature_is_one_of_the_key_that_metadata_names() -> None:
    signature = PrivateKey(SEED).signer().sign(b"words")
    tuf_key(PUBLIC).verify_signature(signature, b"words")


@pytest.mark.parametrize("name", ["public", "sealed"])
def test_every_changed_digit_is_noticed(file: bytes, name: str) -> None:
    key = json.loads(file)
    text = "".join(key[name])
    for place in range(0, len(text.rstrip("=")), 7):
        changed = text[:place] + ("A" if text[place] not in "aA" else "b") + text[place + 1 :]
        spoilt = {**key, name: [changed] if name == "sealed" else changed}
        with pytest.raises((AlteredError, LockedError)):
            open_key(parse_key(json.dumps(spoilt).encode()), WORDS)


@pytest.mark.parametrize("data", [b"", b"{}", b"\x89HYGIENE", b"[1]", b'{"format": 1}', b"\xff\xfe"])
def test_another_file_is_no_key(data: bytes) -> None:
    with pytest.raises(NotDoneError, match="not a key"):
        parse_key(data)


def test_a_newer_form_is_said_to_be_newer(file: bytes) -> None:
    with pytest.raises(NotDoneError, match="newer hygiene"):
        parse_key(file.replace(b'"format": 1', b'"format": 2'))


def test_a_ring_keeps_keys_to_their_owner_and_sets_old_ones_aside(tmp_path: Path, file: bytes) -> None:
    ring = Ring(tmp_path / "keys", "acme")
    path = ring.keep("Alice", file)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    other = PrivateKey(b"o" * 32)
    ring.keep("Alice", render_key("acme", "Alice", other, [wrap(other, WORDS, CHEAP)]))
    assert {each.key.public for each in ring.files()} == {PUBLIC, other.public}
    ring.drop_old({tuf_key(PUBLIC).keyid})
    assert {each.key.public for each in ring.files()} == {PUBLIC, other.public}
    ring.drop_old({tuf_key(other.public).keyid})
    assert {each.key.public for each in ring.files()} == {other.public}


def test_keys_of_other_sources_and_damaged_ones_are_passed_over(tmp_path: Path, file: bytes) -> None:
    ring = Ring(tmp_path / "keys", "acme")
    ring.keep("Alice", file)
    (ring.folder / "acme-bob.key").write_bytes(b"spoilt")
    (ring.folder / "acme-eve.key").write_bytes(file.replace(b'"acme"', b'"evil"'))
    assert [each.key.holder for each in ring.files()] == ["Alice"]
    with pytest.raises(NotDoneError, match="a key already"):
        ring.check_free("alice")


def test_a_file_that_holds_another_key_than_it_says_is_noticed() -> None:
    """Sealed with the right words, by somebody who knows them, under the name of a key that counts."""
    slot = wrap_key(b"e" * 32, WORDS, container_id(PUBLIC), costs=CHEAP)
    file = render_key("acme", "Alice", PrivateKey(SEED), [slot])
    with pytest.raises(AlteredError, match="damaged"):
        open_key(parse_key(file), WORDS)


def test_a_key_that_cannot_be_set_aside_is_not_written_over(
    tmp_path: Path, file: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, _target: Path) -> Path:
        raise OSError(errno.EACCES, "Permission denied")

    ring = Ring(tmp_path / "keys", "acme")
    path = ring.keep("Alice", file)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(NotDoneError, match="could not be set aside"):
        ring.keep("Alice", b"another")
    assert path.read_bytes() == file

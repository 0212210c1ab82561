"""A small store for tests: one slot of each kind, at the lowest costs."""

from __future__ import annotations

from hygiene.safety import sealing
from hygiene.safety.container import Costs, Draft
from hygiene.safety.secrets import KeyringKey, Passphrase, RecoveryCode, Secret

CHEAP = Costs(memory=8, passes=1, lanes=1)
STORE_KEY = bytes(range(32))
STORE_ID = bytes(range(200, 216))
PHRASE = Passphrase("four cafés in March")
RING = KeyringKey(bytes(range(50, 82)))
CODE = RecoveryCode(bytes(range(16)))
SECRETS: tuple[Secret, ...] = (PHRASE, RING, CODE)
SLOTS = tuple(sealing.wrap_key(STORE_KEY, secret, STORE_ID, costs=CHEAP) for secret in SECRETS)
DRAFT = Draft(STORE_ID, 7, SLOTS)
SEALED = sealing.seal(b"data", STORE_KEY, DRAFT)

from __future__ import annotations

import pytest
from tests.attacks.publisher import Publisher


@pytest.fixture
def acme() -> Publisher:
    """A publisher with one release."""
    publisher = Publisher()
    publisher.release()
    return publisher

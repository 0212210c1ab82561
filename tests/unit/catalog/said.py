"""What is wrong with a file, as the lines that a person reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hygiene.catalog.problems import FaultyFileError


def problems(read: Callable[[], object]) -> list[str]:
    """The problems of a file that must be refused."""
    with pytest.raises(FaultyFileError) as caught:
        read()
    return [str(each) for each in caught.value.problems]

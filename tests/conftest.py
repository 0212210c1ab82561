from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import settings

from hygiene import language, resources
from hygiene.catalog import loading
from hygiene.catalog.loading import load_sources
from hygiene.model.checklist import Catalogue
from hygiene.model.policy import Rules

# A law holds on a busy machine too.
settings.register_profile("hygiene", deadline=None)
settings.load_profile("hygiene")


@pytest.fixture(autouse=True, scope="session")
def _lists_are_read_once() -> Iterator[None]:
    """Every command that runs in this process reads the same YAML, and nothing changes what comes of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "load_sources", cache(load_sources))
        yield


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A command that spoke French must not leave its language to the next test."""
    yield
    language.use("en", resources.bundled("locale"))


@pytest.fixture(scope="session")
def bundled_data() -> tuple[Catalogue, Rules]:
    """The checklists and the default policy that hygiene ships, read from their YAML files."""
    return load_sources(resources.bundled("checklists"))


@pytest.fixture(scope="session")
def bundled(bundled_data: tuple[Catalogue, Rules]) -> Catalogue:
    """The checklists that hygiene ships."""
    return bundled_data[0]

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from hygiene import language, resources
from hygiene.catalog.loading import load_sources
from hygiene.model.checklist import Catalogue
from hygiene.model.policy import Rules

# A law holds on a busy machine too.
settings.register_profile("hygiene", deadline=None)
settings.load_profile("hygiene")


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

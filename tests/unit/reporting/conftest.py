"""One report for all forms, in English and in French, and the golden files they are compared with.

`HYGIENE_WRITE_GOLDENS=1 pytest tests/unit/reporting` writes the golden files anew; then read the difference.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.unit.reporting import sample

from hygiene import language
from hygiene.reporting.occasion import Due, EndedWaiver
from hygiene.reporting.report import Report, make_report

ROOT = Path(__file__).resolve().parents[3]
GOLDEN = ROOT / "tests" / "golden" / "reporting"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    language.use("en", ROOT / "locale")
    yield
    language.use("en", ROOT / "locale")


@pytest.fixture
def templates() -> Path:
    return ROOT / "report_templates"


@pytest.fixture
def report() -> Report:
    return make_report(sample.assessment(), sample.CATALOGUE, sample.POLICY, sample.OCCASION, "en")


@pytest.fixture
def french() -> Report:
    language.use("fr", ROOT / "locale")
    return make_report(sample.assessment(), sample.CATALOGUE, sample.POLICY, sample.OCCASION, "fr")


@pytest.fixture
def due() -> Due:
    return Due(
        on=sample.DAY,
        passwords=sample.passwords(),
        last_audit_on=sample.DAY,
        next_audit_on=sample.NEXT,
        audit_due=False,
        ended_waivers=(EndedWaiver("insta/instagram.map", sample.DAY.replace(month=10)),),
    )


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if os.environ.get("HYGIENE_WRITE_GOLDENS"):
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text

    return compare

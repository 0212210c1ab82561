"""Write `checklists/checklist.schema.json`, the JSON Schema of checklists, from what their parser knows.

python tools/write_schema.py
"""

from __future__ import annotations

from pathlib import Path

from hygiene.catalog.parsing import parse_core
from hygiene.catalog.schema import render_schema

CHECKLISTS = Path(__file__).resolve().parents[1] / "checklists"
SCHEMA = CHECKLISTS / "checklist.schema.json"


def schema() -> str:
    """Return the text of the schema."""
    return render_schema(parse_core((CHECKLISTS / "_core.yaml").read_bytes(), "_core.yaml"))


if __name__ == "__main__":
    SCHEMA.write_text(schema(), encoding="utf-8")
    print(SCHEMA)

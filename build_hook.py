"""Build hook of the wheel: checklists packed as JSON, messages compiled. Runs at build time only."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DataHook(BuildHookInterface[Any]):
    """Adds `hygiene/_data/checklists/packed.json`, the core questions for lint, and the compiled messages."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files and name them to the builder. An editable install reads the checkout instead."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        made = Path(tempfile.mkdtemp(prefix="hygiene-build-"))
        include: dict[str, str] = build_data["force_include"]
        include[str(_packed(root, made))] = "hygiene/_data/checklists/packed.json"
        include[str(root / "checklists" / "_core.yaml")] = "hygiene/_data/checklists/_core.yaml"
        for source in sorted((root / "locale").glob("*/LC_MESSAGES/*.po")):
            compiled = _compiled(source, made)
            place = f"hygiene/_data/locale/{source.parent.parent.name}/LC_MESSAGES/{source.stem}.mo"
            include[str(compiled)] = place


def _packed(root: Path, made: Path) -> Path:
    from hygiene.catalog.loading import load_sources, pack

    target = made / "packed.json"
    target.write_bytes(pack(*load_sources(root / "checklists", root / "reference_data")))
    return target


def _compiled(source: Path, made: Path) -> Path:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    target = made / f"{source.parent.parent.name}-{source.stem}.mo"
    with source.open("rb") as text, target.open("wb") as binary:
        write_mo(binary, read_po(text))
    return target

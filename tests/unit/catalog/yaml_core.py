"""YAML as an editor reads it: the core schema of YAML 1.2 (section 10.3.2), on top of PyYAML."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import yaml


class _Core(yaml.SafeLoader):
    """Numbers, booleans and null typed as in YAML 1.2; dates, `yes` and `no` are text."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}  # type: ignore[misc]  # as PyYAML does


def _number(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    return int(loader.construct_scalar(node), 0 if node.value.startswith("0") and node.value != "0" else 10)


def _decimal(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> float:
    return float(loader.construct_scalar(node))


def _boolean(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> bool:
    return str(loader.construct_scalar(node)).lower() == "true"


_Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(null|Null|NULL|~|)$"), [*"nN~", ""])
_Core.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_Core.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$"), list("-+0123456789")
)
_Core.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$"),
    list("-+.0123456789"),
)
_Core.add_constructor("tag:yaml.org,2002:int", _number)
_Core.add_constructor("tag:yaml.org,2002:float", _decimal)
_Core.add_constructor("tag:yaml.org,2002:bool", _boolean)


def load(text: str) -> Any:
    """Return what an editor sees."""
    return yaml.load(text, Loader=_Core)  # noqa: S506 - a SafeLoader with other words for numbers

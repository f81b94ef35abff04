"""A step of the build: no wheel is made from files that are not what their manifests say.

Hatch runs it for each wheel; see ``tool.hatch.build`` in pyproject.toml.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MANIFESTS = ("third_party/uplot/manifest.json", "models/manifest.json")


class SumsHook(BuildHookInterface):
    """Ends the build with a line for each file that differs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        wrong = [line for name in MANIFESTS for line in differing(Path(self.root) / name)]
        if wrong:
            raise RuntimeError("; ".join(wrong))


def differing(manifest: Path) -> list[str]:
    """One line for each file beside a manifest that is not what it says."""
    content = json.loads(manifest.read_text(encoding="utf-8"))
    files = content.get("files") or {one["name"]: one for one in content["models"].values()}
    lines = []
    for name, known in files.items():
        path = manifest.parent / name
        data = path.read_bytes() if path.is_file() else b""
        if (len(data), hashlib.sha256(data).hexdigest()) != (known["size"], known["sha256"]):
            lines.append(f"{path} is not the file that {manifest.name} beside it names")
    return lines

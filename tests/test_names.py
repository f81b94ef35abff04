"""A class name says one thing in the whole house."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import neckform

HOUSE = Path(neckform.__file__).parent


def test_no_class_name_stands_twice() -> None:
    homes = defaultdict(list)
    for path in sorted(HOUSE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                homes[node.name.lstrip("_")].append(path.relative_to(HOUSE).as_posix())
    assert len(homes) > 100, "the house was not read"
    assert {name: paths for name, paths in homes.items() if len(paths) > 1} == {}

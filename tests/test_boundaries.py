"""The walls of the house: who may import whom."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import neckform

PACKAGE = Path(neckform.__file__).parent
JOBS = {
    "analyze",
    "api",
    "calibrate",
    "coach",
    "demo",
    "doctor",
    "guide",
    "heat",
    "lookback",
    "sleep",
    "watch",
}
EDGES = {"sensing", "showing", "history"}
DOORS = {"cli", "__init__"}
"""Where neckform is entered: from the command line, and from Python."""


def modules(*rooms: str) -> list[Path]:
    found = [path for room in rooms for path in sorted((PACKAGE / room).rglob("*.py"))]
    found += [PACKAGE / f"{room}.py" for room in rooms if (PACKAGE / f"{room}.py").exists()]
    return [path for path in found if "__pycache__" not in path.parts]


def imported(path: Path) -> Iterator[str]:
    """Absolute names of all modules that a file imports, late imports included."""
    package = path.relative_to(PACKAGE.parent).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def rooms_used(path: Path) -> set[str]:
    names = (name.split(".") for name in imported(path))
    return {parts[1] for parts in names if parts[0] == "neckform" and len(parts) > 1}


def test_there_are_modules_to_look_at() -> None:
    for room in ("core", *EDGES, *JOBS):
        assert modules(room), room


@pytest.mark.parametrize("path", modules("core"), ids=str)
def test_core_uses_numpy_and_the_standard_library_only(path: Path) -> None:
    tops = {name.split(".")[0] for name in imported(path)} - {"neckform", "numpy"}
    assert tops <= set(sys.stdlib_module_names), path
    assert rooms_used(path) <= {"core"}, path


@pytest.mark.parametrize("path", modules("core"), ids=str)
def test_core_has_no_clock_and_no_file(path: Path) -> None:
    tops = {name.split(".")[0] for name in imported(path)}
    assert not tops & {"time", "datetime", "os", "io", "pathlib", "subprocess", "socket"}, path
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not calls & {"open", "print", "input"}, path


@pytest.mark.parametrize("path", modules("sensing"), ids=str)
def test_sensing_knows_neither_showing_nor_jobs(path: Path) -> None:
    assert not rooms_used(path) & (JOBS | EDGES - {"sensing"} | {"cli"}), path


@pytest.mark.parametrize("path", modules("showing"), ids=str)
def test_showing_knows_neither_sensing_nor_jobs(path: Path) -> None:
    assert not rooms_used(path) & (JOBS | EDGES - {"showing"} | {"cli"}), path
    assert "mediapipe" not in {name.split(".")[0] for name in imported(path)}, path


@pytest.mark.parametrize("path", modules("history"), ids=str)
def test_history_needs_the_core_and_the_standard_library_only(path: Path) -> None:
    tops = {name.split(".")[0] for name in imported(path)} - {"neckform"}
    assert tops <= set(sys.stdlib_module_names), path
    assert rooms_used(path) <= {"core", "history", "files"}, path


def test_pyav_never_shares_a_process_with_opencv() -> None:
    users = {
        path.name
        for path in PACKAGE.rglob("*.py")
        if "av" in {name.split(".")[0] for name in imported(path)}
    }
    assert users == {"film_writer.py"}
    writer = PACKAGE / "showing" / "film_writer.py"
    assert not {name.split(".")[0] for name in imported(writer)} & {"cv2", "neckform", "mediapipe"}


def test_only_the_doors_import_jobs() -> None:
    for path in PACKAGE.rglob("*.py"):
        own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if own in DOORS:
            continue
        # The demo is the analysis of one clip: a job may be made of a job, nothing else may.
        allowed = {own, "analyze"} if own in JOBS else {own}
        assert not (rooms_used(path) & JOBS) - allowed, path


ALLOWED = """
import importlib.abc, sys

class Wall(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        top = name.split(".")[0]
        if top in sys.stdlib_module_names or top == "numpy":
            return None
        # neckform.analyze is only a name there: an empty room.
        if name in ("neckform", "neckform.analyze", "neckform.core"):
            return None
        if name.startswith("neckform.core."):
            return None
        raise ImportError(f"{name} is beyond the wall")

sys.meta_path.insert(0, Wall())
"""


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(PACKAGE.parent)}
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False
    )


def test_core_can_be_imported_with_nothing_else_there() -> None:
    names = [f"neckform.core.{path.stem}" for path in modules("core") if path.stem != "__init__"]
    done = run_python(ALLOWED + "\n".join(f"import {name}" for name in names))
    assert done.returncode == 0, done.stderr


def test_the_wall_stands() -> None:
    done = run_python(ALLOWED + "import neckform.showing.overlay")
    assert done.returncode != 0
    assert "beyond the wall" in done.stderr


def test_the_command_line_loads_nothing_heavy() -> None:
    heavy = {"numpy", "cv2", "mediapipe", "rich", "matplotlib"}
    done = run_python(
        "import sys, neckform.cli; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    )
    assert done.returncode == 0, done.stderr
    assert not heavy & set(done.stdout.split())

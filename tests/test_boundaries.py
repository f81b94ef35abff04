"""The walls of the house: who may import whom."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import neckform

PACKAGE = Path(neckform.__file__).parent
ROOMS = {
    "core": {"core"},
    "sensing": {"core", "sensing", "files", "resources"},
    "showing": {"core", "showing", "files", "resources"},
    "history": {"core", "history", "files"},
    "config": {"core", "config", "files", "resources"},
    "terminal": {"core", "showing", "terminal"},
    "app": {"core", "sensing", "showing", "terminal", "files", "app"},
}
"""Which rooms each room may import. Jobs import all of them; only the doors import jobs."""
CORE = {
    "measure": {"measure"},
    "neutral": {"measure", "neutral"},
    "stretch": {"measure", "stretch"},
    "posture": {"measure", "posture"},
    "coach": {"measure", "neutral", "stretch", "coach"},
    "monitor": {"measure", "neutral", "stretch", "posture", "monitor"},
}
"""The same inside the core. Neither stretch and posture, nor coach and monitor, know each other."""
DOORS = {"cli", "api", "__init__", "__main__"}
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


def inner_rooms_used(path: Path) -> set[str]:
    names = (name.split(".") for name in imported(path))
    return {parts[2] for parts in names if parts[:2] == ["neckform", "core"] and len(parts) > 2}


def test_there_are_modules_to_look_at() -> None:
    for room in ("jobs", *ROOMS, *(f"core/{inner}" for inner in CORE)):
        assert modules(room), room
    inner = {path.name for path in (PACKAGE / "core").iterdir() if (path / "__init__.py").exists()}
    assert inner == set(CORE)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_knows_its_neighbours_only(room: str) -> None:
    for path in modules(room):
        assert rooms_used(path) <= ROOMS[room], path


@pytest.mark.parametrize("room", CORE)
def test_a_room_of_the_core_knows_its_neighbours_only(room: str) -> None:
    for path in modules(f"core/{room}"):
        assert inner_rooms_used(path) & set(CORE) <= CORE[room], path


@pytest.mark.parametrize("path", modules("core"), ids=str)
def test_core_uses_numpy_and_the_standard_library_only(path: Path) -> None:
    tops = {name.split(".")[0] for name in imported(path)} - {"neckform", "numpy"}
    assert tops <= set(sys.stdlib_module_names), path


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


@pytest.mark.parametrize("path", modules("showing"), ids=str)
def test_showing_knows_no_landmark_model(path: Path) -> None:
    assert "mediapipe" not in {name.split(".")[0] for name in imported(path)}, path


@pytest.mark.parametrize("path", modules("history"), ids=str)
def test_history_needs_the_standard_library_only(path: Path) -> None:
    tops = {name.split(".")[0] for name in imported(path)} - {"neckform"}
    assert tops <= set(sys.stdlib_module_names), path


def test_pyav_reads_recordings_and_writes_films_and_no_window_is_opened() -> None:
    """OpenCV's windows hang on Linux where PyAV was loaded before: so there are none."""
    users = {
        path.name
        for path in PACKAGE.rglob("*.py")
        if "av" in {name.split(".")[0] for name in imported(path)}
    }
    assert users == {"film_writer.py", "track.py", "upright.py"}
    writer = PACKAGE / "showing" / "video" / "film_writer.py"
    assert not {name.split(".")[0] for name in imported(writer)} & {"cv2", "neckform", "mediapipe"}
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b(imshow|namedWindow|waitKey)\b", text), path


def test_only_the_doors_import_jobs() -> None:
    for path in PACKAGE.rglob("*.py"):
        own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        assert own in {"jobs", *DOORS} or "jobs" not in rooms_used(path), path


def test_a_job_is_made_of_no_other_job_but_the_analysis() -> None:
    for path in modules("jobs"):
        own = path.relative_to(PACKAGE / "jobs").parts[0].removesuffix(".py")
        if own == "home":  # it has a door to each of the others
            continue
        used = {name.split(".")[2] for name in imported(path) if name.startswith("neckform.jobs.")}
        assert used <= {own, "analyze", "advice", "kept_routines", "own_history", "progress"}, path


ALLOWED = """
import importlib.abc, sys

class Wall(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        top = name.split(".")[0]
        if top in sys.stdlib_module_names or top == "numpy":
            return None
        if name in ("neckform", "neckform.core"):
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
    files = [path.relative_to(PACKAGE.parent).with_suffix("") for path in modules("core")]
    names = [".".join(path.parts) for path in files if path.name != "__init__"]
    done = run_python(ALLOWED + "\n".join(f"import {name}" for name in names))
    assert done.returncode == 0, done.stderr


def test_the_wall_stands() -> None:
    done = run_python(ALLOWED + "import neckform.showing.video.overlay")
    assert done.returncode != 0
    assert "beyond the wall" in done.stderr


def test_the_command_line_loads_nothing_heavy() -> None:
    heavy = {"numpy", "cv2", "mediapipe", "rich", "matplotlib"}
    done = run_python(
        "import sys, neckform.cli; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    )
    assert done.returncode == 0, done.stderr
    assert not heavy & set(done.stdout.split())


# --- what is printed goes one way ---------------------------------------------------------

PRINTING = {"terminal/echo.py", "terminal/printing.py"}
"""Everything that reaches a terminal goes through these, which let no name do harm there."""


def printed_by_hand(source: str) -> list[str]:
    """Calls that print without them."""
    calls = [ast.unparse(node.func) for node in ast.walk(ast.parse(source))
             if isinstance(node, ast.Call)]  # fmt: skip
    by_hand = re.compile(
        r"print|click\.(echo|secho|echo_via_pager|prompt|confirm)|(\w+\.)*Console|rich\.print\w*"
        r"|sys\.(__)?(stdout|stderr)(__)?\..*write(lines)?|console\.(file\.write|out)"
    )
    return [call for call in calls if by_hand.fullmatch(call)]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("print(name)", ["print"]),
        ("click.echo(name, err=True)", ["click.echo"]),
        ("sys.stdout.buffer.write(name)", ["sys.stdout.buffer.write"]),
        ("Console().print(name)", ["Console"]),
        ("printing.out().print(Text(name))", []),
        ("sys.stdout.flush()", []),
    ],
)
def test_what_prints_by_hand_is_found(source: str, found: list[str]) -> None:
    assert printed_by_hand(source) == found


def test_nothing_prints_but_the_terminal_s_own_room() -> None:
    by_hand = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if printed_by_hand(path.read_text(encoding="utf-8"))
    }
    assert by_hand <= PRINTING
    assert "terminal/echo.py" in by_hand, "the search finds nothing"


# --- what is shown was judged before ------------------------------------------------------

LIMIT = re.compile(
    r"(\w*_limit(_\w+)?|(enter|leave|target|to|target_to|ease_off\w*|lean|turn)_deg"
    r"|(rise|drift|up|across)_sw|ease_off)$"
)
SHOWN = [*modules("showing"), *modules("app"), *modules("terminal"), *modules("jobs/history")]
PAGE_FILES = sorted((PACKAGE / "showing").rglob("*.js"))
ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


def limits_compared(source: str) -> list[str]:
    """Names of limits, or of what they bound, that stand on a side of ``<``, ``>`` and the like."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Compare) or not any(isinstance(op, ORDER) for op in node.ops):
            continue
        for part in ast.walk(node):
            name = {
                ast.Name: lambda it: it.id,
                ast.Attribute: lambda it: it.attr,
                ast.Constant: lambda it: it.value,
            }.get(type(part), lambda _: None)(part)
            if isinstance(name, str) and LIMIT.match(name):
                found.append(name)
    return found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("angle > guidance.ease_off_flexion_deg", ["ease_off_flexion_deg"]),
        ("gauge['target_deg'] <= angle", ["target_deg"]),
        ("up_sw < x", ["up_sw"]),
        ("abs(moved.drift_sw) / limits.drift_sw > 1", ["drift_sw", "drift_sw"]),
        ("0 < shoulder.up_limit_sw", ["up_limit_sw"]),
        ("status.ease_off is True", []),
        ("max(axis.target_deg, axis.enter_deg)", []),
        ("angle_deg > best_deg", []),
    ],
)
def test_a_comparison_with_a_limit_is_found(source: str, found: list[str]) -> None:
    assert sorted(limits_compared(source)) == found


@pytest.mark.parametrize("path", SHOWN, ids=str)
def test_what_is_shown_was_judged_in_the_core(path: Path) -> None:
    assert not limits_compared(path.read_text(encoding="utf-8")), path


PAGE_LIMIT = (
    r"\b\w*(?:_limit_sw|enter_deg|leave_deg|target_deg|to_deg|ease_off\w*|up_sw|across_sw)\b"
)


def limits_compared_in_page(script: str) -> list[str]:
    """The same in a script of the page: a limit beside ``<`` or ``>``."""
    code = re.sub(r"//[^\n]*|=>", "", script)
    before = rf"{PAGE_LIMIT}[\s)\]]*[<>]"
    after = rf"[<>]=?[\s(]*(?:\w+(?:\?\.|\.|\())*{PAGE_LIMIT}"
    return re.findall(rf"{before}|{after}", code)


@pytest.mark.parametrize(
    ("script", "is_found"),
    [
        ("const there = gauge.angle_deg >= gauge.target_deg;", True),
        ("angle <= (gauge.to_deg ?? gauge.ease_off_deg)", True),
        ("if (shoulder.up_sw > x) return;", True),
        ("Math.abs(shoulder.across_sw) < 1", True),
        ("const y = -shoulder.up_sw / shoulder.up_limit_sw;", False),
        ("const top = gauge.ease_off_deg + BEYOND_DEG; // > target_deg", False),
        ("place(() => gauge.target_deg)", False),
    ],
)
def test_a_page_s_comparison_with_a_limit_is_found(script: str, is_found: bool) -> None:
    assert bool(limits_compared_in_page(script)) is is_found


@pytest.mark.parametrize("path", PAGE_FILES, ids=str)
def test_a_page_judges_nothing(path: Path) -> None:
    assert not limits_compared_in_page(path.read_text(encoding="utf-8")), path


def test_each_file_of_tests_has_a_name_of_its_own() -> None:
    """Pytest imports them by it, and takes the second for the first."""
    names = [path.name for path in Path(__file__).parent.rglob("test_*.py")]
    assert len(names) == len(set(names))

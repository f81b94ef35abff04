"""The landmarks by name, and that no other file knows their numbers."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import neckform
from neckform.core.measure import skeleton

HOUSE = Path(neckform.__file__).parent
(HOME,) = HOUSE.rglob("core/**/skeleton.py")
FILES = sorted({*HOUSE.rglob("*.py")} - {HOME})
LANDMARKS = {"points", "visibility", "visible", "world", "pose_head", "mesh", "places"}
NAMED = re.compile(
    r"(NOSE|EYE|EAR|MOUTH|SHOULDER|HIP|WRIST|HAND|CHIN|FOREHEAD|OVAL|MESH|MIRROR)"
    r"(S|_POINTS|_PAIRS)?$"
)


def literal_landmarks(tree: ast.AST) -> Iterator[int]:
    """Lines that index landmarks with a number, or give the name of one to a number."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and _named(node.value) in LANDMARKS:
            index = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) else node.slice
            if _numbers(index):
                yield node.lineno
        elif isinstance(node, ast.Assign) and _numbers(node.value):
            each_target = (each for target in node.targets for each in ast.walk(target))
            if any(NAMED.search(_named(each)) for each in each_target):
                yield node.lineno


def _named(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _numbers(node: ast.AST) -> bool:
    """Whether a whole number stands in it, other than to pick from something named."""
    if isinstance(node, ast.Constant):
        return type(node.value) is int
    inner = () if isinstance(node, ast.Subscript) else ast.iter_child_nodes(node)
    return any(_numbers(each) for each in inner)


@pytest.mark.parametrize(
    "line",
    ["pose.points[11]", "points[0, :2]", "mesh[[10, 152]]", "pose.visibility[:11]", "NOSE = 1",
     "_WRIST = {Side.LEFT: 15}", "OVAL = (10, 338)"],
)  # fmt: skip
def test_a_number_for_a_landmark_is_noticed(line: str) -> None:
    assert list(literal_landmarks(ast.parse(line))) == [1]


@pytest.mark.parametrize(
    "line",
    ["pose.points[NOSE, 1]", "points[:, :2]", "LEVEL_NOSE_SW = 0.62", "SHOULDERS_MS = 500",
     "left = mesh[PAIRS[:, 1]]"],
)  # fmt: skip
def test_a_name_or_a_measure_is_left_alone(line: str) -> None:
    assert list(literal_landmarks(ast.parse(line))) == []


def test_point_numbers_stand_in_one_file() -> None:
    assert list(literal_landmarks(ast.parse(HOME.read_text(encoding="utf-8"))))
    elsewhere = {
        f"{path.relative_to(HOUSE)}:{line}"
        for path in FILES
        for line in literal_landmarks(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert elsewhere == set()


def test_mirrored_points_are_each_others() -> None:
    right, left = skeleton.MESH_MIRROR_PAIRS.T
    assert len(set(right)) == len(right) == len(set(left))
    assert set(right) & set(left) == {6}, "only the bridge of the nose is its own mirror image"

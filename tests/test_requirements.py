"""pyproject.toml says what neckform needs; the two files with hashes hold to it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ASKED = [
    Requirement(line)
    for lines in (PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
    for line in lines
    if not line.startswith("neckform[")
]


def pinned(name: str) -> dict[str, Version]:
    """The versions of a file, by package; each with a hash."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", "")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert all(" --hash=sha256:" in line for line in lines)
    found = [re.match(r"([\w.-]+)==([\w.]+)", line) for line in lines]
    return {canonicalize_name(one[1]): Version(one[2]) for one in found if one is not None}


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_a_lower_bound_is_the_version_that_is_tried(asked: Requirement) -> None:
    (bound,) = [each.version for each in asked.specifier if each.operator == ">="]
    tried = pinned("requirements-lowest.txt")[canonicalize_name(asked.name)]
    release = Version(bound).release
    assert tried.release[: len(release)] == release, f"{asked} is tried with {tried}"


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_what_the_check_takes_is_allowed(asked: Requirement) -> None:
    version = pinned("requirements-check.txt")[canonicalize_name(asked.name)]
    assert asked.specifier.contains(version)


def test_all_that_is_needed_was_looked_at() -> None:
    assert len(ASKED) > 25

"""Lines of the accuracy tables: a group's errors on screen, and the same numbers by name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from neckform.core.types import Sample

AXES = ("flexion", "rotation", "lateral")
FEWEST = 100
"""Groups of fewer frames are shown but not kept: their numbers are chance."""


def print_head(title: str) -> None:
    print(f"\n{title}")
    print(f"  {'':<20}{'frames':>7}" + "".join(f"{axis:>10}" for axis in AXES) + "  within 2 s.e.")


def print_angles(
    name: str, group: str, pairs: Sequence[tuple[NDArray[np.float64], Sample]]
) -> dict[str, float]:
    """Print one line; the same numbers by name."""
    if not pairs:
        return {}
    errors = np.abs(np.array([error for error, _ in pairs]))
    stated = np.array([sample.head.uncertainty for _, sample in pairs if sample.head])
    within = (errors <= 2 * stated).mean(axis=0)
    mean = errors.mean(axis=0)
    numbers = "".join(f"{value:10.2f}" for value in mean)
    print(f"  {group:<20}{len(pairs):7}{numbers}   " + " ".join(f"{w:4.0%}" for w in within))
    out = {f"{name}.{group}.{axis}_deg": float(v) for axis, v in zip(AXES, mean, strict=True)}
    out[f"{name}.{group}.within"] = float(within.mean())
    return out if len(pairs) >= FEWEST else {}

"""A person's profile: their own neutral, kept in a file for other recordings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from neckform.core.errors import OutputError, SettingsError
from neckform.core.types import Baseline

SCHEMA = "neckform/profile/1"

_ARRAYS = ("mesh", "left_shoulder", "right_shoulder", "pose_head")
_NUMBERS = ("shoulder_width_px", "shoulder_world_turn_deg")


def write_profile(path: Path, baseline: Baseline) -> None:
    """Keep a neutral.

    Raises
    ------
    OutputError
    """
    content: dict[str, Any] = {
        "size": list(baseline.size),
        "start_ms": baseline.start_ms,
        "end_ms": baseline.end_ms,
    }
    content |= {name: float(getattr(baseline, name)) for name in _NUMBERS}
    content |= {name: np.asarray(getattr(baseline, name)).tolist() for name in _ARRAYS}
    text = json.dumps({"schema": SCHEMA, "baseline": content}, allow_nan=False)
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_text(text + "\n", encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from error


def read_profile(path: Path) -> Baseline:
    """Read a neutral that `write_profile` kept.

    Raises
    ------
    SettingsError
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(str(path), [f"cannot be read: {error.strerror or error}"]) from None
    except ValueError:
        raise SettingsError(str(path), ["is not a profile: it is not JSON"]) from None
    schema = content.get("schema") if isinstance(content, dict) else None
    if schema != SCHEMA:
        raise SettingsError(str(path), [f"is not a profile: its schema should be {SCHEMA}"])
    try:
        return _baseline(content["baseline"])
    except (KeyError, TypeError, ValueError) as error:
        raise SettingsError(
            str(path), [f"is a damaged profile ({error}); save it again with --save-profile"]
        ) from None


def _baseline(content: dict[str, Any]) -> Baseline:
    shapes = {"mesh": (468, 3), "left_shoulder": (2,), "right_shoulder": (2,), "pose_head": (11, 2)}
    arrays = {name: np.array(content[name], dtype=np.float64) for name in _ARRAYS}
    for name, array in arrays.items():
        if array.shape != shapes[name] or not np.isfinite(array).all():
            raise ValueError(f"{name} is not {shapes[name]} finite numbers")
    width, height = (int(number) for number in content["size"])
    return Baseline(
        kind="profile",
        start_ms=int(content["start_ms"]),
        end_ms=int(content["end_ms"]),
        size=(width, height),
        mesh=arrays["mesh"],
        left_shoulder=arrays["left_shoulder"],
        right_shoulder=arrays["right_shoulder"],
        shoulder_width_px=float(content["shoulder_width_px"]),
        shoulder_world_turn_deg=float(content["shoulder_world_turn_deg"]),
        pose_head=arrays["pose_head"],
    )

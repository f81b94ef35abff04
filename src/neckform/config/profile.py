"""A profile: a person's own neutral and comfortable range, in a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from neckform.core.errors import SettingsError
from neckform.core.measure.observation import Baseline
from neckform.core.measure.plausible import FARTHEST, are_near, have_depth, is_size
from neckform.core.parameter import checked, parameters, setting
from neckform.core.stretch.stretches import OwnRange
from neckform.core.time import LONGEST_MS
from neckform.core.wording import why, worded
from neckform.files import printable, read_json, write_text

SCHEMA = "neckform/profile/1"

_ARRAYS = {
    "mesh": (468, 3),
    "left_shoulder": (2,),
    "right_shoulder": (2,),
    "pose_head": (11, 2),
    "pose_hips": (2, 2),
}
_NOT_IN_ALL = "pose_hips"
"""A profile that was written before neckform knew of hips has none, and does without."""
_NUMBERS = ("shoulder_width_px", "shoulder_world_turn_deg")


@dataclass(frozen=True, slots=True)
class _NeutralNumbers:
    """The single numbers of a neutral, and their bounds; see `Baseline`."""

    start_ms: int = setting("where it begins", low=0, high=LONGEST_MS)
    end_ms: int = setting("where it ends", low=0, high=LONGEST_MS)
    shoulder_width_px: float = setting("between the shoulders", low=1, high=FARTHEST)
    shoulder_world_turn_deg: float = setting("how the trunk was turned", low=-180, high=180)


_NEUTRAL_NUMBERS = tuple(parameters(_NeutralNumbers))


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """What is known about a person, or about a place where they sit.

    Attributes
    ----------
    own_range : OwnRange
        How far the head moves without pain; each direction may be unknown.
    """

    baseline: Baseline
    own_range: OwnRange


def write_profile(path: Path, baseline: Baseline, own_range: OwnRange | None = None) -> None:
    """Write a neutral and a range. Without a new range, the file keeps the range that it has.

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
    arrays = {name: getattr(baseline, name) for name in _ARRAYS}
    content |= {
        name: np.asarray(array).tolist() for name, array in arrays.items() if array is not None
    }
    kept: dict[str, Any] = {"schema": SCHEMA, "baseline": content}
    known = _known_range(path) if own_range is None else own_range
    if known != OwnRange():
        kept["own_range"] = asdict(known)
    write_text(path, json.dumps(kept, allow_nan=False) + "\n")


def own_range_of(values: Mapping[str, Any]) -> OwnRange:
    """Make a range from degrees by the names of the fields of `OwnRange`.

    Raises
    ------
    ValueError
        Its arguments are sentences, one for each value that is wrong.
    """
    good, problems = checked(OwnRange, values)
    if problems:
        raise ValueError(*problems)
    return OwnRange(**good)


def read_profile(path: Path) -> Profile:
    """Read what `write_profile` wrote.

    Raises
    ------
    SettingsError
    """
    try:
        content = read_json(path)
    except OSError as error:
        raise SettingsError(
            str(path), [worded("cannot be read: {reason}", reason=why(error))]
        ) from None
    except ValueError as error:
        reason = worded("is not a profile: it is not JSON ({error})", error=printable(error))
        raise SettingsError(str(path), [reason]) from None
    schema = content.get("schema") if isinstance(content, dict) else None
    if schema != SCHEMA:
        raise SettingsError(
            str(path), [worded("is not a profile: its schema should be {schema}", schema=SCHEMA)]
        )
    try:
        own_range = own_range_of(content.get("own_range", {}))
        return Profile(_baseline(content["baseline"]), own_range)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        reason = worded("is a damaged profile ({error})", error=printable(error))
        raise SettingsError(
            str(path), [worded("{reason}; save it again, with neckform calibrate", reason=reason)]
        ) from None


def _known_range(path: Path) -> OwnRange:
    try:
        return read_profile(path).own_range
    except SettingsError:
        return OwnRange()


def _baseline(content: dict[str, Any]) -> Baseline:
    arrays = {
        name: np.array(content[name], dtype=np.float64)
        for name in _ARRAYS
        if name in content or name != _NOT_IN_ALL
    }
    for name, array in arrays.items():
        if array.shape != _ARRAYS[name] or not are_near(array):
            raise ValueError(
                worded(
                    "{name} is not {shape} numbers within bounds", name=name, shape=_ARRAYS[name]
                )
            )
    if not have_depth(arrays["mesh"][None]):
        raise ValueError(worded("mesh is flat, which no face is"))
    good, problems = checked(_NeutralNumbers, {name: content[name] for name in _NEUTRAL_NUMBERS})
    width, height = content["size"]
    if problems or not is_size(width, height):
        raise ValueError("; ".join(problems) or "size is that of no picture")
    return Baseline(
        kind="profile",
        size=(int(width), int(height)),
        mesh=arrays["mesh"],
        left_shoulder=arrays["left_shoulder"],
        right_shoulder=arrays["right_shoulder"],
        pose_head=arrays["pose_head"],
        pose_hips=arrays.get(_NOT_IN_ALL),
        **good,
    )

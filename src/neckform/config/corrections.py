"""The fitted corrections that ship with neckform."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from neckform.core.errors import ModelError
from neckform.core.measure.correction import Correction
from neckform.core.neutral.level_heads import LevelHeads
from neckform.core.wording import worded
from neckform.resources import resource

T = TypeVar("T")


@cache
def load_correction() -> Correction:
    """The corrections of ``calibration/correction.json``, and the turn of ``trunk.json``.

    Raises
    ------
    ModelError
        The file is missing or damaged.
    """
    turn = _fitted("trunk.json", lambda data: data["turn"])
    return replace(_fitted("correction.json", Correction.from_dict), turn=turn)


@cache
def load_level_heads() -> LevelHeads:
    """How level heads look, and what each kind of neutral is worth: ``calibration/neutral.json``.

    Raises
    ------
    ModelError
        The file is missing or damaged.
    """
    return _fitted("neutral.json", LevelHeads.from_dict)


def _fitted(name: str, read: Callable[[Mapping[str, Any]], T]) -> T:
    path = resource("calibration", name)
    try:
        return read(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            worded(
                "neckform's corrections {path} are missing or damaged ({name}: {error}); "
                "install neckform again",
                path=path,
                name=type(error).__name__,
                error=error,
            )
        ) from error

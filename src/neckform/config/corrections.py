"""The fitted corrections that ship with neckform."""

from __future__ import annotations

import json
from functools import cache

from neckform.core.errors import ModelError
from neckform.core.measure.correction import Correction
from neckform.resources import resource


@cache
def load_correction() -> Correction:
    """The corrections of ``calibration/correction.json``.

    Raises
    ------
    ModelError
        The file is missing or damaged.
    """
    path = resource("calibration", "correction.json")
    try:
        return Correction.from_dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"neckform's corrections {path} are missing or damaged "
            f"({type(error).__name__}: {error}); install neckform again"
        ) from error

"""What is known of level heads before a camera, and of neutrals that are not a still second.

Measured on people who are in no truth clip, by ``calibration/neutral_fit.py``, and shipped as
``calibration/neutral.json``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from neckform.core.types import Angles


@dataclass(frozen=True, slots=True)
class KindOfNeutral:
    """How much one kind of neutral says.

    Attributes
    ----------
    trust : Angles
        Of how far its moments look from people's average, the share that is this person's own
        neutral, 0 to 1 for each angle; the rest is that the moments were no neutral.
    error : Angles
        One standard error that it adds to each angle, degrees.
    """

    trust: Angles
    error: Angles


@dataclass(frozen=True, slots=True)
class LevelHeads:
    """How level heads look to a camera before them, and the kinds of neutral.

    All angles are those of the face's own axes against the camera, degrees; lateral flexion is
    against the shoulder line.

    Attributes
    ----------
    mean : Angles
        People's average; rotation and lateral flexion are 0, as for their mirror images.
    spread : Angles
        One standard deviation between people and set-ups.
    kinds : mapping of str to KindOfNeutral
        ``held``, ``brief``, ``usual``, ``assumed``.
    """

    mean: Angles
    spread: Angles
    kinds: Mapping[str, KindOfNeutral]

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> LevelHeads:
        """Read what ``calibration/neutral_fit.py`` wrote.

        Raises
        ------
        KeyError, TypeError
            A group is missing, or is none.
        """
        return cls(
            mean=Angles(*map(float, data["mean_deg"])),
            spread=Angles(*map(float, data["spread_deg"])),
            kinds={
                kind: KindOfNeutral(
                    trust=Angles(*map(float, known["trust"])),
                    error=Angles(*map(float, known["error_deg"])),
                )
                for kind, known in data["kinds"].items()
            },
        )

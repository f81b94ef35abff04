"""Turns the pictures of a person who lies down until the head is up.

Face and pose models are made for people who sit or stand; they see little of a person who lies
across the picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np

from neckform.core.measure.observation import Observation
from neckform.core.measure.shoulders import shoulders_seen
from neckform.core.measure.skeleton import NOSE, SHOULDERS
from neckform.sensing.landmarks.bundles import Models
from neckform.sensing.landmarks.observer import EVERY_FRAME, observe
from neckform.sensing.sources.video import Frame

TRIED = 8
"""How many pictures each of the four ways is tried on; the models need a few to settle."""
EVERY = 5
"""Every fifth picture is tried."""


def turned(frames: Iterable[Frame], quarters: int) -> Iterator[Frame]:
    """Each picture, turned counter-clockwise by a number of quarter turns."""
    for frame in frames:
        if quarters % 4 == 0:
            yield frame
        else:
            image = np.ascontiguousarray(np.rot90(frame.image, quarters))
            yield Frame(frame.t_ms, image)


def quarters_to_upright(frames: Iterable[Frame], models: Models) -> int:
    """How many quarter turns bring the head up; 0 when nobody is seen any way round."""
    tried = list(islice(frames, 0, TRIED * EVERY, EVERY))

    def score(quarters: int) -> float:
        looks = observe(turned(tried, quarters), models, pace=EVERY_FRAME)
        return sum(uprightness(observation) for _, observation in looks)

    return max(range(4), key=score)


def uprightness(observation: Observation) -> float:
    """How well somebody is seen with the head up: 0 to 2."""
    pose, found = observation.pose, 0.0
    if pose is not None and shoulders_seen(pose):
        shoulders = pose.points[SHOULDERS, :2]
        width = float(np.linalg.norm(shoulders[0] - shoulders[1]))
        above = float(pose.points[NOSE, 1] - shoulders[:, 1].mean()) / max(width, 1.0)
        found += min(1.0, max(0.0, above))
    return found + (observation.face is not None and found > 0.0)

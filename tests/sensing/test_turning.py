"""A picture is turned until the head is up."""

from __future__ import annotations

import numpy as np
import pytest

import clips
from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.sources.turning import quarters_to_upright, turned
from neckform.sensing.sources.video import Frame

pytestmark = pytest.mark.slow


def frames() -> list[Frame]:
    return [Frame(index * 100, image) for index, image in enumerate(clips.demo_frames(0.0, 2.0))]


@pytest.mark.parametrize("quarters", range(4))
def test_turning_is_undone_by_turning_on(quarters: int) -> None:
    (frame,) = frames()[:1]
    (there,) = turned([frame], quarters)
    (back,) = turned([there], 4 - quarters)
    assert there.image.shape[:2] == frame.image.shape[:2][:: -1 if quarters % 2 else 1]
    assert there.image.flags["C_CONTIGUOUS"]
    assert (back.image == frame.image).all()


@pytest.mark.parametrize("quarters", range(4))
def test_the_way_up_is_found_however_the_person_lies(quarters: int) -> None:
    lying = list(turned(frames(), quarters))
    assert quarters_to_upright(lying, find_models()) == (4 - quarters) % 4


def test_an_empty_bed_is_not_turned() -> None:
    empty = [Frame(t, np.full((120, 160, 3), 90, np.uint8)) for t in range(0, 2000, 100)]
    assert quarters_to_upright(empty, find_models()) == 0

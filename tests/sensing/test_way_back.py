"""Somebody who was out of sight is measured again at once, and never where they no longer are."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from neckform.sensing.landmarks.bundles import Models
from neckform.sensing.landmarks.landmarkers import Image
from neckform.sensing.landmarks.observer import observe
from neckform.sensing.sources.video import Frame

STEP_MS = 100


def frames(person: Image, away_ms: int, moved_px: int) -> Iterator[Frame]:
    """A second in view, gone, and back elsewhere in the picture."""
    nobody = np.full_like(person, 90)
    back = np.roll(person, moved_px, axis=1)
    for t_ms in range(0, 1000 + away_ms + 1000, STEP_MS):
        seen = person if t_ms < 1000 else nobody if t_ms < 1000 + away_ms else back
        yield Frame(t_ms, seen)


@pytest.mark.parametrize("away_ms", [600, 2000, 5000])
@pytest.mark.parametrize("moved_px", [0, -120, 120])
def test_back_within_half_a_second(
    models: Models, person: Image, away_ms: int, moved_px: int
) -> None:
    observations = [o for _, o in observe(frames(person, away_ms, moved_px), models)]
    before = next(o.face for o in observations if o.face is not None)
    away = [o for o in observations if 1000 <= o.t_ms < 1000 + away_ms]
    assert not any(o.face for o in away)
    faces = [o for o in observations if o.t_ms >= 1000 + away_ms and o.face is not None]
    assert faces[0].t_ms <= 1000 + away_ms + 500
    for one in faces:
        assert one.face is not None
        shift = (one.face.points - before.points)[:, :2].mean(axis=0)
        assert shift == pytest.approx([moved_px, 0], abs=8), one.t_ms

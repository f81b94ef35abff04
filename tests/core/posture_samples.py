"""Short sequences of samples, and what the posture machines make of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hold_samples import during, sample

from neckform.config.settings import load_postures
from neckform.core.events import Event, EventKind
from neckform.core.measure.observation import NO_ERROR
from neckform.core.posture import postures
from neckform.core.posture.flags import PostureSettings
from neckform.core.types import Angles, Flag, ForwardHead, HeadSource, Sample

KNOWN = ("chin-to-chest", "slouch", "chin-up", "side-tilt", "twisted")
_SHIPPED = load_postures()
SETTINGS = replace(
    _SHIPPED, postures=tuple(posture for posture in _SHIPPED.postures if posture.id in KNOWN)
)
"""The shipped settings with the postures that these tests are about."""
CHIN = Angles(42.0, 0.0, 0.0)
SLOUCH = Angles(24.0, 0.0, 0.0)
CHIN_UP = Angles(-20.0, 0.0, 0.0)
TILT_LEFT = Angles(0.0, 0.0, 20.0)
TWIST_LEFT = Angles(0.0, 40.0, 0.0)


def carried(samples: Sequence[Sample], carriage: ForwardHead) -> list[Sample]:
    return [replace(one, carriage=carriage) for one in samples]


def face_lost(start_s: float, end_s: float, height: float, *, fps: float = 10) -> list[Sample]:
    """Only the pose is seen, with the nose at a share of its height in the neutral."""
    seen = during(start_s, end_s, Angles(3.0, 0.0, 0.0), fps=fps, source=HeadSource.POSE)
    return carried(seen, ForwardHead(height, None))


def fold(
    samples: Sequence[Sample],
    *,
    live: bool = False,
    settings: PostureSettings = SETTINGS,
    stretching: tuple[float, float] | None = None,
    neutral_error: Angles = NO_ERROR,
) -> list[Event]:
    """All events, with those of the end; a hold is counted from and up to two times in seconds."""
    state = postures.begin(settings, live=live, neutral_error=neutral_error)
    events: list[Event] = []
    for one in samples:
        counted = stretching is not None and (
            stretching[0] * 1000 <= one.t_ms < stretching[1] * 1000
        )
        state, new = postures.step(state, one, stretching=counted)
        events += new
    return [*events, *postures.finish(state)[1]]


def flags(samples: Sequence[Sample], **choices: object) -> list[Flag]:
    events = fold(samples, **choices)  # type: ignore[arg-type]
    return [e.flag for e in events if e.kind is EventKind.FLAG_ENDED and e.flag is not None]


def only_flag(samples: Sequence[Sample], **choices: object) -> Flag:
    (flag,) = flags(samples, **choices)
    return flag


def spans(samples: Sequence[Sample], **choices: object) -> list[tuple[str, float, float]]:
    """Which flag, from when to when."""
    return [(f.flag, f.start_ms / 1000, f.end_ms / 1000) for f in flags(samples, **choices)]


__all__ = [
    "CHIN",
    "CHIN_UP",
    "SETTINGS",
    "SLOUCH",
    "TILT_LEFT",
    "TWIST_LEFT",
    "carried",
    "during",
    "face_lost",
    "flags",
    "fold",
    "only_flag",
    "sample",
    "spans",
]

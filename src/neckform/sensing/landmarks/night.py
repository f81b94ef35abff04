"""A night in seldom looks: the models run where the picture has changed, whichever way round.

Sleepers hardly move. A picture that is still the one that was looked at shows what that one
showed, for ten seconds at most. Where nobody is found with the head up, the picture is looked at
turned, too: a sleeper may lie down the other way round.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from neckform.core.measure.observation import Observation
from neckform.core.measure.way_up import turned as turned_back
from neckform.core.whom import Whom
from neckform.sensing.landmarks.bundles import Models
from neckform.sensing.landmarks.observer import EVERY_FRAME, observe
from neckform.sensing.landmarks.sparse_observer import Glancer
from neckform.sensing.sources.video import Frame

LOOK_MS = 10_000
"""A look comes after this long though nothing has changed."""
SETTLING_MS = 3000
"""And for this long after a change: the models need a few pictures to find who lies anew."""
PARTS = (32, 24)
CHANGED = 8.0
"""Grey levels of 255 by which a part of the picture differs when somebody has moved. A sensor's
noise is averaged away in a part; a breath under a sheet moves less."""
SEEN = 1.2
"""Of 2: somebody is seen with the head up, and no other way round is tried."""

Upright = Callable[[Observation], float]


def observe_night(
    frames: Iterable[Frame], models: Models, upright: Upright, *, whom: Whom | None = None
) -> Generator[tuple[Frame, Observation]]:
    """Observe one person through a night; must be closed, as `observe`.

    Parameters
    ----------
    frames : iterable of Frame
        A second apart or more.
    upright : callable
        How well an observation shows somebody with the head up, 0 to 2.

    Yields
    ------
    tuple of Frame and Observation
        Of each frame, also of those that nothing has changed in.
    """
    same: deque[int] = deque()
    before: tuple[Frame, Observation] | None = None
    with (
        ExitStack() as stack,
        closing(observe(_changed(frames, same), models, whom=whom, pace=EVERY_FRAME)) as seen,
    ):
        ways = _OtherWays(stack, models, upright)
        for frame, first in seen:
            yield from _unchanged(same, before, frame.t_ms)
            # A codec that finds nothing to send is no camera that froze.
            before = frame, replace(ways.best(frame, first), still_ms=0)
            yield before
        yield from _unchanged(same, before, None)


def _changed(frames: Iterable[Frame], same: deque[int]) -> Iterator[Frame]:
    """The frames to look at; the times of the others go into `same`."""
    looked: NDArray[np.float32] | None = None
    looked_ms = changed_ms = 0
    for frame in frames:
        parts = _parts(frame.image)
        if looked is None or float(np.abs(parts - looked).max()) >= CHANGED:
            changed_ms = frame.t_ms
        settling = frame.t_ms - changed_ms <= SETTLING_MS
        if settling or frame.t_ms - looked_ms >= LOOK_MS:
            looked, looked_ms = parts, frame.t_ms
            yield frame
        else:
            same.append(frame.t_ms)


def _parts(image: NDArray[np.uint8]) -> NDArray[np.float32]:
    import cv2

    # Green is most of what grey is made of.
    green = np.ascontiguousarray(image[::2, ::2, 1])
    return cv2.resize(green, PARTS, interpolation=cv2.INTER_AREA).astype(np.float32)


def _unchanged(
    same: deque[int], before: tuple[Frame, Observation] | None, until_ms: int | None
) -> Iterator[tuple[Frame, Observation]]:
    while before is not None and same and (until_ms is None or same[0] < until_ms):
        t_ms = same.popleft()
        yield Frame(t_ms, before[0].image), replace(before[1], t_ms=t_ms)


class _OtherWays:
    """Looks at a picture turned, where nobody is seen with the head up."""

    def __init__(self, stack: ExitStack, models: Models, upright: Upright) -> None:
        self._stack, self._models, self._upright = stack, models, upright
        self._glancers: dict[int, Glancer] = {}
        self._order = [2, 1, 3]

    def best(self, frame: Frame, first: Observation) -> Observation:
        found, best = first, self._upright(first)
        for quarters in tuple(self._order):
            if best >= SEEN:
                break
            image = np.ascontiguousarray(np.rot90(frame.image, quarters))
            seen = self._glancer(quarters).look(Frame(frame.t_ms, image))
            score = self._upright(seen)
            if score > best:
                found, best = turned_back(seen, -quarters), score
                self._order.remove(quarters)
                self._order.insert(0, quarters)
        return found

    def _glancer(self, quarters: int) -> Glancer:
        if quarters not in self._glancers:
            self._glancers[quarters] = self._stack.enter_context(Glancer(self._models, pose_ms=1))
        return self._glancers[quarters]

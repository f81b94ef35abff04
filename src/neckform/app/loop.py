"""The one loop at the camera: look, judge, show and say, and do what is asked for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from enum import StrEnum
from typing import Any

from neckform.app.guide import Guide
from neckform.core.coach.framing import Scene
from neckform.core.whom import Whom
from neckform.sensing.landmarks.bundles import Models
from neckform.sensing.scene import SceneReader
from neckform.sensing.sources.camera import LiveSource
from neckform.sensing.sources.live import Look, looks


class Ended(StrEnum):
    """Why the loop ended, as far as it matters for what comes next."""

    OVER = "over"
    """All is done, the recording is at its end, or the person or the program stops."""
    HURTS = "hurts"
    AGAIN = "again"
    """The person goes back to the beginning, and needs no results."""


Seen = Callable[[Look], None]


def follow(
    guide: Guide[Any],
    source: LiveSource,
    models: Models,
    seen: Seen,
    *,
    whom: Whom | None = None,
) -> Ended:
    """Lead one person through, until all is done or somebody ends it.

    Time counts from the first picture on.

    Parameters
    ----------
    seen : callable
        Gets each look after it is judged, to keep something of it.
    whom : Whom, optional
        Which of several people to follow.
    """
    desk = guide.desk
    ended = Ended.OVER
    t_ms = 0
    with (
        SceneReader(models.face) as scenes,
        closing(
            looks(source, desk.clock, models, lambda: desk.over, desk.clock.restart, whom=whom)
        ) as stream,
    ):
        for look in stream:
            t_ms = look.t_ms
            wish = _obey(guide, t_ms)
            if wish is not None:
                ended = wish
                break
            _judge(guide, scenes, look)
            seen(look)
            desk.show(guide.page(), look)
            if guide.over:
                break
    if desk.over:
        ended = Ended.OVER
    guide.finish(max(t_ms, desk.clock.now_ms()))
    return ended


def _judge(guide: Guide[Any], scenes: SceneReader, look: Look) -> None:
    if look.frame is None or look.observation is None:
        guide.blind(look.t_ms)
        return
    scene = Scene()
    if guide.places:
        scene = scenes.look(look.frame, look.observation.face)
    guide.step(look.observation, scene)


def _obey(guide: Guide[Any], t_ms: int) -> Ended | None:
    for order in guide.desk.orders():
        wish = order["do"]
        if wish == "hurts":
            return Ended.HURTS
        if wish in ("stop", "again"):
            return Ended.OVER if wish == "stop" else Ended.AGAIN
        guide.obey(t_ms, wish)
    return None

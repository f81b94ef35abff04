"""The one loop at the camera: a look, a judgement, what is seen and heard, and orders."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from enum import StrEnum
from typing import Any

from neckform.core.framing import Scene
from neckform.live.guide import Guide
from neckform.sensing.camera import LiveSource
from neckform.sensing.live import Look, looks
from neckform.sensing.models import Models
from neckform.sensing.scene import SceneReader


class Ended(StrEnum):
    """Why following ended."""

    DONE = "done"
    SOURCE = "source"
    """A recording has come to its end."""
    HURTS = "hurts"
    AGAIN = "again"
    """What was done is seen; back to the beginning."""
    STOPPED = "stopped"
    """The person has had enough, or the program is to end."""


Seen = Callable[[Look], None]


def follow(guide: Guide[Any], source: LiveSource, models: Models, seen: Seen) -> Ended:
    """Lead one person through, until it is done or somebody ends it.

    Time counts from the first picture on.

    Parameters
    ----------
    seen : callable
        Told of each look after it was judged: for those who keep something of it.
    """
    desk = guide.desk
    ended = Ended.SOURCE
    t_ms = 0
    with (
        SceneReader(models.face) as scenes,
        closing(looks(source, desk.clock, models, lambda: desk.over, desk.clock.restart)) as stream,
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
                ended = Ended.DONE
                break
    if desk.over:
        ended = Ended.STOPPED
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
            return Ended.STOPPED if wish == "stop" else Ended.AGAIN
        guide.obey(t_ms, wish)
    return None

"""What a camera sees, as a script: acts of the packaged clip, an empty room, a plug pulled out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

import clips

Image = clips.Image
Script = Callable[[float], Image | None]
"""What the camera sees at a time in seconds; None: it is unplugged."""

NOBODY: Image = np.full((480, 640, 3), 110, np.uint8)


def looped(start_s: float, end_s: float) -> Script:
    """The packaged clip between two times, there and back for ever."""
    frames = list(clips.demo_frames(start_s, end_s))
    swing = frames + frames[::-1]
    return lambda t_s: swing[int(t_s * clips.FPS) % len(swing)]


def acts(*parts: tuple[float, Script]) -> Script:
    """One script after the other; each until a time in seconds."""

    def script(t_s: float) -> Image | None:
        chosen = next((one for until_s, one in parts if t_s < until_s), parts[-1][1])
        return chosen(t_s)

    return script


def unplugged(_t_s: float) -> Image | None:
    return None


def nobody(_t_s: float) -> Image | None:
    return NOBODY

"""When each frame of a recording is shown: from 0, and always later than the one before it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from neckform.core.errors import InputError
from neckform.core.wording import worded

LONGEST_S = 10 * 365.25 * 86_400
"""No recording is longer than ten years: a file that says so is damaged."""
BACK_MS = 100
"""Times that go back by more begin anew, as in joined files; less is a frame out of order."""
LEAP_MS = 1000
"""A time that lies further off is a mistake where the next one goes on as if it were not there."""
ASSUMED_FPS = 25.0
"""The rate of a stream that tells neither times nor a rate."""


class Stamps:
    """Gives frames their times.

    Parameters
    ----------
    path : Path
        For an error.
    rate : float or None
        Frames a second, as the stream says.
    is_bare : bool
        What is called its times was made up from an assumed rate.

    Attributes
    ----------
    rate : float
        The same, or what is assumed.
    is_assumed : bool
        Whether a frame's time came from a rate that nothing told.
    is_joined : bool
        Whether the times began anew.
    is_ordered : bool
        Whether the times at which packets say that they are shown can be believed.
    zero_s : float or None
        The file's own time of the first frame.
    """

    def __init__(self, path: Path, rate: float | None, *, is_bare: bool) -> None:
        self._path = path
        self._is_told = rate is not None
        self.rate = rate or ASSUMED_FPS
        self._is_bare = is_bare
        self.is_assumed = self.is_joined = False
        self.zero_s: float | None = None
        self._count = 0
        self._own_ms: float | None = None
        self._t_ms: int | None = None
        self._joined_ms = 0.0
        self._shown: int | None = None
        self._decoded: int | None = None
        self._tells_decoded = False
        self._faults = {"shown": 0, "decoded": 0}

    def timed(self, frames: Iterator[Any]) -> Iterator[tuple[int, Any]]:
        """Each frame with its time in milliseconds.

        A single time that leaps away from those on both sides of it is a mistake.

        Raises
        ------
        InputError
            The pictures lie years apart.
        """
        leapt: tuple[Any, float] | None = None
        for frame in frames:
            told_ms = self._told_ms(frame)
            if leapt is not None:
                before, odd_ms = leapt
                leapt = None
                yield self._next(None if self._goes_on(told_ms) else odd_ms), before
            if self._goes_on(told_ms) or told_ms is None:
                yield self._next(told_ms), frame
            else:
                leapt = frame, told_ms
        if leapt is not None:
            yield self._next(leapt[1]), leapt[0]

    def ms(self, own_s: Any) -> float | None:
        """A time of the file's own, from 0; None before the first frame."""
        if self.zero_s is None:
            return None
        return (float(own_s) - self.zero_s) * 1000 + self._joined_ms

    @property
    def is_ordered(self) -> bool:
        return not self._is_bare and self._faults["shown"] <= self._faults["decoded"]

    @property
    def _step_ms(self) -> int:
        return max(1, round(1000 / self.rate))

    def _told_ms(self, frame: Any) -> float | None:
        """What the file says of a frame, from 0; None where it says nothing."""
        ticks = None if self._is_bare or frame.time_base is None else self._ticks(frame)
        if ticks is None:
            self.is_assumed |= not self._is_told
            return None
        shown_s = float(ticks * frame.time_base)
        if self.zero_s is None:
            self.zero_s = shown_s
        return (shown_s - self.zero_s) * 1000

    def _ticks(self, frame: Any) -> int | None:
        """When a frame is shown, or where that is plainly wrong, when it came out of the decoder.

        The rule is FFmpeg's own: the one of the two that has gone back less often. AVI tells of
        frames that were reordered only when they are decoded, and so do files into which a bare
        stream was copied.
        """
        shown, decoded = frame.pts, frame.dts
        if decoded is not None:
            self._faults["decoded"] += self._decoded is not None and decoded <= self._decoded
        if shown is not None:
            self._faults["shown"] += self._shown is not None and shown <= self._shown
        self._tells_decoded |= decoded is not None
        self._decoded = shown if decoded is None else decoded
        self._shown = decoded if shown is None else shown
        if shown is not None and (self.is_ordered or not self._tells_decoded):
            return int(shown)
        return None if decoded is None else int(decoded)

    def _goes_on(self, told_ms: float | None) -> bool:
        """Whether a time follows the last one that was taken, or nearly so."""
        if told_ms is None:
            return False
        return self._own_ms is None or abs(told_ms - self._own_ms) <= LEAP_MS

    def _next(self, told_ms: float | None) -> int:
        """The time of the next frame."""
        self._t_ms = t_ms = self._placed(told_ms)
        self._count += 1
        return t_ms

    def _placed(self, told_ms: float | None) -> int:
        before_ms = self._t_ms
        if told_ms is None:
            if self._is_bare:
                return round(self._count * 1000 / self.rate)
            return 0 if before_ms is None else before_ms + self._step_ms
        self._own_ms = told_ms
        t_ms = round(told_ms + self._joined_ms)
        if before_ms is None:
            return max(0, t_ms)
        if t_ms <= before_ms - BACK_MS:
            self._joined_ms += before_ms + self._step_ms - t_ms
            self.is_joined = True
            t_ms = before_ms + self._step_ms
        if t_ms > LONGEST_S * 1000:
            raise InputError(
                worded(
                    "{path}: its pictures lie years apart: its times are damaged; convert it with "
                    "another program first",
                    path=self._path,
                )
            )
        return max(t_ms, before_ms + 1)

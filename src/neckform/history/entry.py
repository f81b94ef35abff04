"""What the history keeps of one recording: numbers, and nothing that names a person.

No picture, no landmark, and not what the recording is called, which may be a person's name. A
recording is known again by the SHA-256 sum of its content.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from neckform.core.coach.pain import LEAST, MOST
from neckform.core.events import MissReason, NearMiss
from neckform.core.outcome import Direction
from neckform.core.parameter import milliseconds, setting
from neckform.core.report import FlagTotal, SessionReport
from neckform.core.stretch.stretches import Stretch
from neckform.core.time import LONGEST_MS
from neckform.core.types import Axis, Exercise, Hold, Side, toward


def _seconds() -> Any:
    return setting("of the recording, in seconds", low=0, high=LONGEST_MS / 1000)


def _degrees() -> Any:
    return setting("from neutral, in degrees", low=-360, high=360)


@dataclass(frozen=True, slots=True)
class KeptHold:
    """One hold, in seconds of the recording and degrees from the person's own neutral.

    Attributes
    ----------
    angle_deg : float or None
        Mean over the time in form on the stretch's main axis, + toward the stretch, whichever its
        side. None when the stretch was no longer known.
    angle_error_deg : float or None
        One standard error of it.
    flexion_deg, rotation_deg, lateral_deg : float
        Means over the time in form; signs as in docs/conventions.md.
    name : str or None
        What the stretch was called.
    """

    stretch: str
    side: str | None
    start_s: float = _seconds()
    end_s: float = _seconds()
    held_s: float = _seconds()
    target_s: float = _seconds()
    completed: bool = setting("whether it reached the target")
    ended_by: str = setting("what ended it")
    angle_deg: float | None = _degrees()
    angle_error_deg: float | None = _degrees()
    flexion_deg: float = _degrees()
    rotation_deg: float = _degrees()
    lateral_deg: float = _degrees()
    name: str | None = None

    @property
    def exercise(self) -> Exercise:
        return Exercise(self.stretch, None if self.side is None else Side(self.side))


def _measured() -> Any:
    return setting("in degrees, or in shoulder widths", low=-360, high=360)


@dataclass(frozen=True, slots=True)
class KeptMiss:
    """One attempt that did not count; the fields are those of `NearMiss`, times in seconds."""

    stretch: str
    side: str | None = setting("which side", choices=tuple(Side))
    start_s: float = _seconds()
    end_s: float = _seconds()
    near_s: float = _seconds()
    reason: str = setting("why it did not count", choices=tuple(MissReason))
    axis: str | None = setting("which angle was measured", choices=tuple(Axis))
    measured: float = _measured()
    limit: float = _measured()
    error: float | None = _measured()
    shoulder: str | None = setting("which shoulder was up", choices=tuple(Side))
    name: str | None = None

    @property
    def miss(self) -> NearMiss:
        """As the core said it."""
        return NearMiss(
            self.stretch,
            None if self.side is None else Side(self.side),
            milliseconds(self.start_s),
            milliseconds(self.end_s),
            milliseconds(self.near_s),
            MissReason(self.reason),
            None if self.axis is None else Axis(self.axis),
            self.measured,
            self.limit,
            self.error,
            None if self.shoulder is None else Side(self.shoulder),
        )


@dataclass(frozen=True, slots=True)
class KeptFlag:
    """How often and how long a neck rested badly in one way."""

    flag: str
    side: str | None
    times: int = setting("how often", low=0, high=1e6)
    total_s: float = _seconds()
    peak_deg: float | None = _degrees()


@dataclass(frozen=True, slots=True)
class KeptReach:
    """How far the head went in one direction, in degrees from neutral, and its standard error."""

    direction: str
    reached_deg: float = _degrees()
    uncertainty_deg: float = _degrees()


@dataclass(frozen=True, slots=True)
class KeptPain:
    """How much it hurt before and after a routine, 0 to 10; `after` is None when not told."""

    before: int = setting("0 to 10", low=LEAST, high=MOST)
    after: int | None = setting("0 to 10", low=LEAST, high=MOST, default=None)


@dataclass(frozen=True, slots=True)
class Entry:
    """One recording.

    Attributes
    ----------
    recording : str
        SHA-256 of its content.
    made_at : datetime
        When it was made, as far as is known, with the time zone.
    head_seen_s, unseen_s : float
    pain : tuple of KeptPain
        One where it was asked for, with the coach; else none.
    """

    recording: str
    made_at: datetime
    head_seen_s: float = _seconds()
    unseen_s: float = _seconds()
    neckform_version: str = setting("what judged it")
    holds: tuple[KeptHold, ...] = ()
    flags: tuple[KeptFlag, ...] = ()
    reached: tuple[KeptReach, ...] = ()
    near_misses: tuple[KeptMiss, ...] = ()
    pain: tuple[KeptPain, ...] = ()

    @property
    def day(self) -> date:
        """The day in the person's own time zone."""
        return self.made_at.date()


@dataclass(frozen=True, slots=True)
class Scope:
    """What was looked for in a recording; whatever else is known about it stays.

    Attributes
    ----------
    stretches : bool
    only : frozenset of Exercise
        Empty: all stretches.
    postures : bool
    """

    stretches: bool = True
    only: frozenset[Exercise] = frozenset()
    postures: bool = True


def entry_of(
    report: SessionReport, recording: str, made_at: datetime, pain: tuple[KeptPain, ...] = ()
) -> Entry:
    """What to keep of a report."""
    return Entry(
        recording=recording,
        made_at=made_at,
        head_seen_s=report.coverage.head_seen_ms / 1000,
        unseen_s=report.coverage.unseen_ms / 1000,
        neckform_version=report.version,
        holds=tuple(_hold(hold, report.settings.by_id[hold.stretch]) for hold in report.holds),
        flags=tuple(_flag(total) for total in report.flag_totals),
        reached=tuple(
            KeptReach(direction, reached.deg, reached.uncertainty)
            for direction in Direction
            if (reached := report.reached.get(direction)) is not None
        ),
        near_misses=tuple(
            _miss(miss, report.settings.by_id[miss.stretch]) for miss in report.near_misses
        ),
        pain=pain,
    )


def _hold(hold: Hold, stretch: Stretch) -> KeptHold:
    return KeptHold(
        stretch=hold.stretch,
        side=hold.side,
        start_s=hold.start_ms / 1000,
        end_s=hold.end_ms / 1000,
        held_s=hold.held_ms / 1000,
        target_s=hold.target_ms / 1000,
        completed=hold.completed,
        ended_by=hold.ended_by,
        angle_deg=stretch.shown.of(toward(hold.mean, hold.side)),
        angle_error_deg=stretch.shown.of(hold.uncertainty),
        flexion_deg=hold.mean.flexion_deg,
        rotation_deg=hold.mean.rotation_deg,
        lateral_deg=hold.mean.lateral_deg,
        name=stretch.name,
    )


def _miss(miss: NearMiss, stretch: Stretch) -> KeptMiss:
    return KeptMiss(
        stretch=miss.stretch,
        side=miss.side,
        start_s=miss.start_ms / 1000,
        end_s=miss.end_ms / 1000,
        near_s=miss.near_ms / 1000,
        reason=miss.reason,
        axis=miss.axis,
        measured=miss.measured,
        limit=miss.limit,
        error=miss.error,
        shoulder=miss.shoulder,
        name=stretch.name,
    )


def _flag(total: FlagTotal) -> KeptFlag:
    total_s = total.total_ms / 1000
    return KeptFlag(total.flag, total.side, len(total.times), total_s, total.peak_deg)

"""What the history keeps of one recording: numbers, and nothing that names anybody.

No picture, no landmark, and not what the recording is called, which may be a person's name. A
recording is known again by the SHA-256 sum of its content.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

Exercise = tuple[str, str | None]
"""A stretch's id and its side, ``left``, ``right`` or None."""


@dataclass(frozen=True, slots=True)
class KeptHold:
    """One hold; seconds are the recording's, degrees relative to the person's own neutral.

    Attributes
    ----------
    angle_deg : float or None
        Mean over the time in form on the stretch's main axis, + toward the stretch, whichever its
        side. None when the stretch was no longer known.
    angle_error_deg : float or None
        One standard error of it.
    flexion_deg, rotation_deg, lateral_deg : float
        Means over the time in form, signed as everywhere.
    """

    stretch: str
    side: str | None
    start_s: float
    end_s: float
    held_s: float
    target_s: float
    completed: bool
    ended_by: str
    angle_deg: float | None
    angle_error_deg: float | None
    flexion_deg: float
    rotation_deg: float
    lateral_deg: float

    @property
    def exercise(self) -> Exercise:
        return self.stretch, self.side


@dataclass(frozen=True, slots=True)
class KeptFlag:
    """How often and how long a neck rested badly in one way."""

    flag: str
    side: str | None
    times: int
    total_s: float
    peak_deg: float | None


@dataclass(frozen=True, slots=True)
class KeptReach:
    """How far the head went in one direction, in degrees from neutral, and its standard error."""

    direction: str
    reached_deg: float
    uncertainty_deg: float


@dataclass(frozen=True, slots=True)
class Entry:
    """One recording.

    Attributes
    ----------
    recording : str
        SHA-256 of its content.
    made_at : datetime
        When it was made, as far as is known; with its time zone.
    head_seen_s, unseen_s : float
    """

    recording: str
    made_at: datetime
    head_seen_s: float
    unseen_s: float
    neckform_version: str
    holds: tuple[KeptHold, ...] = ()
    flags: tuple[KeptFlag, ...] = ()
    reached: tuple[KeptReach, ...] = ()

    @property
    def day(self) -> date:
        """The day where the person was, not in Greenwich."""
        return self.made_at.date()


@dataclass(frozen=True, slots=True)
class Scope:
    """What a recording was looked at for; the rest of what is known about it stays.

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
    report: Mapping[str, Any],
    recording: str,
    made_at: datetime,
    main_axis: Mapping[str, str],
) -> Entry:
    """What to keep of a report.

    Parameters
    ----------
    report : mapping
        As in ``report.json``.
    main_axis : mapping of str to str
        ``flexion``, ``rotation`` or ``lateral`` of each stretch known.
    """
    return Entry(
        recording=recording,
        made_at=made_at,
        head_seen_s=float(report["coverage"]["head_seen_s"]),
        unseen_s=float(report["coverage"]["unseen_s"]),
        neckform_version=str(report["neckform_version"]),
        holds=tuple(_hold(hold, main_axis) for hold in report["holds"]),
        flags=tuple(_flag(line) for line in report["summary"]["flags"]),
        reached=tuple(
            KeptReach(direction, reach["reached_deg"], reach["uncertainty_deg"])
            for direction, reach in report["range_of_motion"].items()
            if reach is not None
        ),
    )


def _hold(hold: Mapping[str, Any], main_axis: Mapping[str, str]) -> KeptHold:
    axis = main_axis.get(hold["stretch"])
    angle = error = None
    if axis is not None:
        values = hold[f"{axis}_deg"]
        # Rotation and lateral are + to the left; flexion has no side.
        mirrored = hold["side"] == "right" and axis != "flexion"
        angle = -values["mean"] if mirrored else values["mean"]
        error = values["uncertainty"]
    return KeptHold(
        stretch=hold["stretch"],
        side=hold["side"],
        start_s=hold["start_s"],
        end_s=hold["end_s"],
        held_s=hold["held_s"],
        target_s=hold["target_s"],
        completed=bool(hold["completed"]),
        ended_by=hold["ended_by"],
        angle_deg=angle,
        angle_error_deg=error,
        flexion_deg=hold["flexion_deg"]["mean"],
        rotation_deg=hold["rotation_deg"]["mean"],
        lateral_deg=hold["lateral_deg"]["mean"],
    )


def _flag(line: Mapping[str, Any]) -> KeptFlag:
    return KeptFlag(line["flag"], line["side"], line["times"], line["total_s"], line["peak_deg"])

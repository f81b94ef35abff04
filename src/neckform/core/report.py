"""The report of one session: what was found, in what, and by which settings.

It holds the session's own objects and adds the few figures that sum them up. It is not laid out or
put into words here: that is done where it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from neckform.core.events import NearMiss
from neckform.core.measure.observation import Baseline
from neckform.core.outcome import Coverage, Direction, Outcome, Reached
from neckform.core.posture.flags import PostureSettings
from neckform.core.prescription import CardAnswer, Prescription, answers
from neckform.core.stretch.holds import HoldSettings
from neckform.core.types import Exercise, Flag, Hold, Side


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """Where a report's numbers come from.

    Attributes
    ----------
    duration_s : float or None
        None when the file does not say.
    frames_read, frames_analyzed : int
        Pictures decoded, and those of them that were analysed.
    note : str or None
        What limits the result, such as a file that breaks off in the middle.
    turned_deg : int
        Clockwise, by 0, 90, 180 or 270: how a picture that lay on its side was set up.
    mirrored : bool
        Its pictures were said to be mirror images, and were mirrored back.
    live : bool
        A routine at the camera, of which there is no recording.
    frozen_s : float
        For how long the picture stood still, which counts as unseen after its first second.
    people : int
        The most who were in view at once while the one who is judged was.
    person : int
        Whom of them the report is about, counted from the left of the picture.
    who : str or None
        Whose neck it is; None: nobody said.
    recorded_at : str or None
        When it was recorded: ISO 8601, in the local time zone, with its offset.
    recorded_from : str or None
        Who says so: ``recording`` (as cameras write it into the file), ``file`` (when it was last
        changed) or ``camera`` (live).
    camera_moved : bool
        A camera held by hand, or one that frames by itself.
    """

    path: str
    duration_s: float | None
    frames_read: int
    frames_analyzed: int
    width: int
    height: int
    note: str | None = None
    turned_deg: int = 0
    mirrored: bool = False
    live: bool = False
    frozen_s: float = 0.0
    people: int = 1
    person: int = 1
    who: str | None = None
    recorded_at: str | None = None
    recorded_from: str | None = None
    camera_moved: bool = False


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """Which model bundle was used."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FlagTotal:
    """One flag to one side: each time that it was raised, and all of them together."""

    flag: str
    side: Side | None
    times: tuple[Flag, ...]

    @property
    def total_ms(self) -> int:
        """How long it lasted in all."""
        return sum(flag.end_ms - flag.start_ms for flag in self.times)

    @property
    def peak_deg(self) -> float | None:
        """The furthest of all; None when the face was out of sight each time."""
        return max(
            (flag.peak_deg for flag in self.times if flag.peak_deg is not None), default=None
        )


@dataclass(frozen=True, slots=True)
class SessionReport:
    """All that is known about one session, once it is over.

    Attributes
    ----------
    models : mapping of str to ModelFacts
        ``pose`` and ``face``.
    settings : HoldSettings
        With the stretches that were looked for; none when only posture was judged.
    postures : PostureSettings or None
        None when posture was not judged.
    lying_on : str or None
        ``back`` or ``side`` of a person who lies down.
    version : str
        neckform's own.
    asked : tuple of Exercise
        The stretches that were to be done, each side by itself.
    card : Prescription or None
        What a therapist asked for.
    """

    outcome: Outcome
    source: SourceFacts
    models: Mapping[str, ModelFacts]
    settings: HoldSettings
    postures: PostureSettings | None
    version: str
    lying_on: str | None = None
    asked: tuple[Exercise, ...] = ()
    card: Prescription | None = None

    @property
    def holds(self) -> tuple[Hold, ...]:
        """Each attempt at a stretch, in the order of its beginning."""
        return tuple(sorted(self.outcome.holds, key=lambda hold: (hold.start_ms, hold.stretch)))

    @property
    def near_misses(self) -> tuple[NearMiss, ...]:
        """Each attempt that did not count, in the order of its beginning."""
        return self.outcome.near_misses

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Each time that the neck rested badly."""
        return self.outcome.flags

    @property
    def baseline(self) -> Baseline | None:
        """The neutral; None when none was found or needed."""
        return self.outcome.baseline

    @property
    def coverage(self) -> Coverage:
        """How long head and shoulders were seen."""
        return self.outcome.coverage

    @property
    def reached(self) -> Mapping[Direction, Reached]:
        """The range of motion, in the directions that the head went in."""
        return {reached.direction: reached for reached in self.outcome.reached}

    @property
    def names(self) -> Mapping[str, str]:
        """What each stretch and each flag is called."""
        stretches = {stretch.id: stretch.name for stretch in self.settings.stretches}
        return stretches if self.postures is None else {**stretches, **self.postures.names}

    @property
    def half_unseen(self) -> bool:
        """Whether the head was out of sight for as long as it was seen, or longer."""
        return self.coverage.unseen_ms >= max(self.coverage.head_seen_ms, 1)

    @property
    def shoulders_missed(self) -> bool:
        """Whether the shoulders were out of sight for a tenth or more of what the head was seen."""
        return self.coverage.shoulders_seen_ms < 0.9 * self.coverage.head_seen_ms

    @property
    def judges_stretches(self) -> bool:
        """Whether stretches were looked for."""
        return bool(self.settings.stretches)

    @property
    def judges_postures(self) -> bool:
        """Whether resting posture was looked at."""
        return self.postures is not None

    @property
    def could_judge(self) -> bool:
        """Whether there was something to judge by: a neutral, or a person who lies down."""
        return self.baseline is not None or self.lying_on is not None

    @property
    def completed(self) -> int:
        """How many holds reached their target."""
        return sum(hold.completed for hold in self.outcome.holds)

    @property
    def answers(self) -> tuple[CardAnswer, ...]:
        """What came of each line of the card; none without one."""
        if self.card is None:
            return ()
        return answers(self.card, self.holds, self.settings.stretches)

    @property
    def done(self) -> frozenset[Exercise]:
        """Each stretch and side that was completed at least once."""
        return frozenset(hold.exercise for hold in self.outcome.holds if hold.completed)

    @property
    def attempts(self) -> Mapping[Exercise, tuple[Hold, ...]]:
        """The holds of each stretch and side that was tried, in order."""
        alike: dict[Exercise, tuple[Hold, ...]] = {}
        for hold in self.holds:
            alike[hold.exercise] = (*alike.get(hold.exercise, ()), hold)
        return alike

    @property
    def flag_totals(self) -> tuple[FlagTotal, ...]:
        """Each flag and side that was raised, the one that lasted longest in all first."""
        alike: dict[tuple[str, Side | None], tuple[Flag, ...]] = {}
        for flag in self.flags:
            key = flag.flag, flag.side
            alike[key] = (*alike.get(key, ()), flag)
        totals = [FlagTotal(*key, flags) for key, flags in alike.items()]
        return tuple(sorted(totals, key=lambda total: -total.total_ms))


def best_of(holds: Sequence[Hold]) -> Hold:
    """The longest of several holds; the first of them when there are more."""
    return max(holds, key=lambda hold: hold.held_ms)

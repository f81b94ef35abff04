"""Near misses: attempts at a stretch that did not count, and by how much.

A small machine beside the hold machines, fed with the same samples: ``step(misses, holds)``,
``finish(misses)``. A spell is a time near a stretch: almost at its angle, or at it while the body
helps or the head strays, or at the angle of the other side than the one that was asked for. What
remains of a hold after a shoulder spoiled it is a spell, too: it is not told, because the hold
tells it, but it is no resting posture.

A head that looks down, or strays while it does, does so all day: that is an attempt only where the
stretch was asked for, or where it was being held just before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from neckform.core.events import Event, EventKind, MissReason, NearMiss
from neckform.core.parameter import milliseconds
from neckform.core.stretch.compensation import ShoulderLimits, Verdict
from neckform.core.stretch.hold_machine import Events, HoldRules, Machine
from neckform.core.stretch.holds import Holds, HoldSettings
from neckform.core.stretch.stretches import Stretch, classify
from neckform.core.types import Angles, Axis, Evidence, Exercise, Head, Reason, Sample, Side, toward

TRY_MS = 5000
"""Whoever is near a stretch for less passes by."""
ALMOST = 0.75
"""A head that has gone this share of the way, on each main axis, is almost there."""
HELPED = 0.35
"""A head that has gone this share itself tries, if the body carries it the rest of the way."""
STRAY_DEG = 15.0
"""A head further than this beyond a limit does something else."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """What is missing at one moment; the fields are those of `NearMiss`."""

    reason: MissReason
    axis: Axis | None
    measured: float
    limit: float
    error: float | None
    shoulder: Side | None = None

    @property
    def kind(self) -> tuple[MissReason, Axis | None, Side | None]:
        return self.reason, self.axis, self.shoulder


@dataclass(frozen=True, slots=True)
class _Sum:
    """The moments of one kind of gap, each weighted with the milliseconds that it lasted."""

    latest: _Gap
    lasted_ms: int = 0
    measured: float = 0.0
    limit: float = 0.0
    error: float = 0.0

    def add(self, gap: _Gap, ms: int) -> _Sum:
        return _Sum(
            gap,
            self.lasted_ms + ms,
            self.measured + gap.measured * ms,
            self.limit + gap.limit * ms,
            self.error + (gap.error or 0.0) * ms,
        )


@dataclass(frozen=True, slots=True)
class _Spell:
    """A time near one stretch, under way.

    Attributes
    ----------
    near_ms, held_ms : int
        How long something was missing so far, and how long nothing was.
    missing : bool
        Whether something was missing at `last_ms`.
    """

    start_ms: int
    last_ms: int
    near_ms: int = 0
    held_ms: int = 0
    missing: bool = False
    sums: tuple[_Sum, ...] = ()

    def add(self, t_ms: int, gap: _Gap | None, gap_ms: int) -> _Spell:
        """The same spell, going on at `t_ms`; a time without samples is not earned."""
        elapsed_ms = t_ms - self.last_ms
        earned_ms = elapsed_ms if elapsed_ms <= gap_ms else 0
        spell = replace(self, last_ms=t_ms, missing=gap is not None)
        if gap is None:
            return replace(spell, held_ms=self.held_ms + earned_ms)
        sums = {one.latest.kind: one for one in self.sums}
        sums[gap.kind] = sums.get(gap.kind, _Sum(gap)).add(gap, earned_ms)
        return replace(spell, near_ms=self.near_ms + earned_ms, sums=tuple(sums.values()))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One stretch and side: `asked` by name, or `instead_of` the side that was."""

    stretch: Stretch
    side: Side | None
    asked: bool
    instead_of: Side | None = None
    spell: _Spell | None = None

    @property
    def everyday(self) -> bool:
        """Whether its angle alone is nothing that only a stretch has: a head that looks down."""
        return not self.asked and set(self.stretch.main) == {Axis.FLEXION}


@dataclass(frozen=True, slots=True)
class NearMisses:
    """The spells of all stretches and sides."""

    settings: HoldSettings
    tracks: tuple[_Candidate, ...]
    last_ms: int | None = None

    @property
    def near(self) -> bool:
        """Whether the latest moment was near a stretch, so that it is no resting posture."""
        return any(track.spell and track.spell.last_ms == self.last_ms for track in self.tracks)


def begin(settings: HoldSettings, only: Sequence[Exercise] = ()) -> NearMisses:
    """State before the first sample; `only` is what was asked for, as in `holds.begin`."""
    return NearMisses(settings, tuple(_tracks(settings, only)))


def _tracks(settings: HoldSettings, only: Sequence[Exercise]) -> Iterator[_Candidate]:
    for stretch in settings.stretches:
        asked = [
            side
            for side in stretch.sides
            if (stretch.id, side) in only or (stretch.id, None) in only
        ]
        for side in stretch.sides:
            if side in asked or not only:
                yield _Candidate(stretch, side, asked=side in asked)
            elif asked:
                yield _Candidate(stretch, side, asked=True, instead_of=asked[0])


def step(misses: NearMisses, holds: Holds) -> tuple[NearMisses, Events]:
    """Take in what the hold machines made of their latest sample."""
    sample = holds.sample
    if sample is None:
        return misses, ()
    found = _nearest(misses, holds, sample)
    rules = misses.settings.holds
    tracks: list[_Candidate] = []
    ended: list[Event] = []
    for track in misses.tracks:
        spell = track.spell
        if spell is not None and sample.t_ms - spell.last_ms > milliseconds(rules.pause_s):
            ended += _told(track, spell, rules, sample.t_ms)
            spell = None
        if found is not None and found[0] is track:
            spell = spell or _Spell(sample.t_ms, sample.t_ms)
            spell = spell.add(sample.t_ms, found[1], milliseconds(rules.gap_s))
        tracks.append(replace(track, spell=spell))
    return replace(misses, tracks=tuple(tracks), last_ms=sample.t_ms), tuple(ended)


def finish(misses: NearMisses) -> tuple[NearMisses, Events]:
    """End the spells that are still running; there are no more samples."""
    rules = misses.settings.holds
    ended = [
        event
        for track in misses.tracks
        if track.spell is not None and misses.last_ms is not None
        for event in _told(track, track.spell, rules, misses.last_ms)
    ]
    tracks = tuple(replace(track, spell=None) for track in misses.tracks)
    return replace(misses, tracks=tracks), tuple(ended)


def _told(track: _Candidate, spell: _Spell, rules: HoldRules, t_ms: int) -> Iterator[Event]:
    """What a spell comes to: nothing when it was short, or a hold tells of it."""
    held = track.instead_of is None and spell.held_ms >= milliseconds(rules.report_s)
    if held or spell.near_ms < TRY_MS:
        return
    most = max(spell.sums, key=lambda one: one.lasted_ms)
    gap, ms = most.latest, max(most.lasted_ms, 1)
    side = track.instead_of or track.side
    missed = NearMiss(
        track.stretch.id,
        side,
        spell.start_ms,
        spell.last_ms,
        spell.near_ms,
        gap.reason,
        gap.axis,
        most.measured / ms,
        most.limit / ms,
        None if gap.error is None else most.error / ms,
        gap.shoulder,
    )
    yield Event(t_ms, EventKind.NEAR_MISS, track.stretch.id, side, miss=missed)


# --- one moment ----------------------------------------------------------------------------


def _nearest(
    misses: NearMisses, holds: Holds, sample: Sample
) -> tuple[_Candidate, _Gap | None] | None:
    """The stretch that this moment is a try of, and what it lacks; the clock that runs first."""
    machines = {(one.stretch.id, one.side): one for one in holds.machines}
    head, shoulders = sample.face_head, holds.shoulders
    runs = [
        track
        for track in misses.tracks
        if track.instead_of is None and _in_form(machines[track.stretch.id, track.side])
    ]
    if runs:
        return max(runs, key=lambda track: track.spell is not None), None
    if head is None or shoulders is None:
        return None
    gaps = [
        (track, gap)
        for track in misses.tracks
        if (gap := _gap(misses.settings, track, head, sample, shoulders)) is not None
    ]
    # A stretch that is being tried stays the one; else the one that the head is closest to.
    return max(
        gaps,
        key=lambda one: (one[0].spell is not None, _share(one[0], head)),
        default=None,
    )


def _in_form(machine: Machine) -> bool:
    attempt = machine.attempt
    return attempt is not None and attempt.lapse is None


def _share(track: _Candidate, head: Head) -> float:
    here = toward(head.angles, track.side)
    return min(axis.of(here) / goal.enter_deg for axis, goal in track.stretch.main.items())


def _gap(
    settings: HoldSettings, track: _Candidate, head: Head, sample: Sample, shoulders: Verdict
) -> _Gap | None:
    """What keeps this moment from counting; None when it is no try, or nothing does."""
    rules = settings.holds
    held_before = track.spell is not None and track.spell.held_ms > 0
    evidence, why = classify(
        track.stretch,
        track.side,
        head,
        inside=track.spell is not None,
        hysteresis_deg=rules.hysteresis_deg if held_before else rules.first_hysteresis_deg,
        margin_deg=rules.doubt_deg,
    )
    body = _of_body(settings.shoulders, shoulders)
    if track.instead_of is not None:
        right = evidence is Evidence.IN and shoulders.evidence is not Evidence.OUT
        return _wrong_side(track, head) if right else None
    if evidence is Evidence.IN:
        if track.everyday:
            return body if held_before else None
        return body or _in_doubt(track, head, shoulders, rules.doubt_deg)
    if track.everyday:
        return None
    if why is Reason.CROSS_AXIS:
        return _strayed(track, head) if track.asked else None
    return _almost(track, head, sample, shoulders, body)


def _in_doubt(track: _Candidate, head: Head, shoulders: Verdict, doubt_deg: float) -> _Gap | None:
    """At the angle by its number, and not counted because of its error."""
    if shoulders.evidence is not Evidence.IN:
        return None
    gap = _too_little(track, head)
    return gap if gap.measured < gap.limit + doubt_deg else _strayed(track, head)


def _almost(
    track: _Candidate, head: Head, sample: Sample, shoulders: Verdict, body: _Gap | None
) -> _Gap | None:
    """Not at the angle: almost there, or carried there; the body's fault comes first."""
    here = toward(head.angles, track.side)
    carried = toward(_carried(sample, shoulders), track.side)
    goals = track.stretch.main.items()
    if not _stays(track.stretch, here):
        return None
    if all(axis.of(here) >= ALMOST * goal.enter_deg for axis, goal in goals):
        return body or _too_little(track, head)
    helped = all(
        axis.of(here) >= HELPED * goal.enter_deg
        and axis.of(here) + max(0.0, axis.of(carried)) >= goal.enter_deg
        for axis, goal in goals
    )
    return body if helped else None


def _stays(stretch: Stretch, here: Angles) -> bool:
    return all(
        limit.from_deg <= axis.of(here) <= limit.to_deg for axis, limit in stretch.stay.items()
    )


def _carried(sample: Sample, shoulders: Verdict) -> Angles:
    """How far the body takes the head along, in degrees from where the shoulders rested."""
    moved = shoulders.moved
    lean_deg = sample.carriage.lean_deg if sample.carriage is not None else 0.0
    if moved is None:
        return Angles(lean_deg, 0.0, 0.0)
    return Angles(lean_deg, moved.turn_deg, moved.tilt_deg)


def _too_little(track: _Candidate, head: Head) -> _Gap:
    """The main axis that lacks most."""
    here = toward(head.angles, track.side)
    axis, goal = min(track.stretch.main.items(), key=lambda one: one[0].of(here) / one[1].enter_deg)
    return _Gap(
        MissReason.ANGLE_LOW, axis, axis.of(here), goal.enter_deg, abs(axis.of(head.uncertainty))
    )


def _wrong_side(track: _Candidate, head: Head) -> _Gap:
    axis = track.stretch.shown
    measured = axis.of(toward(head.angles, track.side))
    enter_deg = track.stretch.main[axis].enter_deg
    return _Gap(MissReason.WRONG_SIDE, axis, measured, enter_deg, abs(axis.of(head.uncertainty)))


def _strayed(track: _Candidate, head: Head) -> _Gap | None:
    """The axis that is furthest beyond where it should stay; None where that is something else."""
    here = toward(head.angles, track.side)
    beyond = {
        (axis, end): sign * (axis.of(here) - end)
        for axis, limit in track.stretch.stay.items()
        for sign, end in ((-1, limit.from_deg), (1, limit.to_deg))
    }
    (axis, end), deg = max(beyond.items(), key=lambda one: one[1])
    if deg > STRAY_DEG:
        return None
    error = abs(axis.of(head.uncertainty))
    return _Gap(MissReason.CROSS_AXIS, axis, axis.of(here), end, error)


def _of_body(limits: ShoulderLimits, shoulders: Verdict) -> _Gap | None:
    """What the shoulders or the trunk did; None when they were still or unseen."""
    moved, reason = shoulders.moved, shoulders.reason
    if moved is None or reason is None or shoulders.evidence is not Evidence.OUT:
        return None
    if reason is Reason.SHOULDER_RISE:
        # The verdict judges no shoulder whose hand comes or goes.
        raised = [
            (one.up_sw, side)
            for side, one in ((Side.LEFT, shoulders.left), (Side.RIGHT, shoulders.right))
            if one is not None and one.raised
        ]
        up_sw, side = max(raised)
        return _Gap(MissReason.SHOULDER_RISE, None, up_sw, limits.rise_sw, None, side)
    measured, limit = {
        Reason.SHOULDER_DRIFT: (moved.drift_sw, limits.drift_sw),
        Reason.TRUNK_LEAN: (moved.tilt_deg, limits.lean_deg),
        Reason.TRUNK_TURN: (moved.turn_deg, limits.turn_deg),
        Reason.TRUNK_BEND: (moved.bend_deg, limits.bend_deg),
    }[reason]
    return _Gap(MissReason(reason.value), None, measured, limit, None)

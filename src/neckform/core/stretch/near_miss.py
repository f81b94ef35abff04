"""Near misses: attempts at a stretch that did not count, and by how much.

A small machine beside the hold machines, fed with the same samples: ``step(misses, holds)``,
``finish(misses)``. A spell is a time near a stretch: almost at its angle, or at it while the body
helps or the head strays, or at the angle of the other side than the one that was asked for. What
remains of a hold after a shoulder spoiled it is a spell, too: it is not told, because the hold
tells it, but it is no resting posture.

What one moment lacks is told by `gap`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from neckform.core.events import Event, EventKind, NearMiss
from neckform.core.parameter import milliseconds
from neckform.core.stretch.gap import Before, Gap, Trial, gap_of
from neckform.core.stretch.hold_machine import Events, HoldRules
from neckform.core.stretch.holds import Holds, HoldSettings, is_asked
from neckform.core.types import Exercise, HoldState, Sample, toward

TRY_MS = 5000
"""Whoever is near a stretch for less passes by."""
MEANT_TRY_MS = 15_000
"""For a head that only looks down this is the least: whoever reads a line does so, too."""
CAME_DOWN_MS = 2500
"""A head that takes longer to come down from neutral sinks."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """The moments of one kind of gap, each weighted with the milliseconds that it lasted."""

    latest: Gap
    lasted_ms: int = 0
    measured: float = 0.0
    limit: float = 0.0
    error: float = 0.0

    def add(self, gap: Gap, ms: int) -> _Sum:
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
    hands : bool
        Whether a hand was at the head.
    """

    start_ms: int
    last_ms: int
    near_ms: int = 0
    held_ms: int = 0
    hands: bool = False
    sums: tuple[_Sum, ...] = ()

    def add(self, t_ms: int, gap: Gap | None, gap_ms: int) -> _Spell:
        """The same spell, going on at `t_ms`; a time without samples is not earned."""
        elapsed_ms = t_ms - self.last_ms
        earned_ms = elapsed_ms if elapsed_ms <= gap_ms else 0
        spell = replace(self, last_ms=t_ms)
        if gap is None:
            return replace(spell, held_ms=self.held_ms + earned_ms)
        sums = {one.latest.kind: one for one in self.sums}
        sums[gap.kind] = sums.get(gap.kind, _Sum(gap)).add(gap, earned_ms)
        return replace(spell, near_ms=self.near_ms + earned_ms, sums=tuple(sums.values()))


@dataclass(frozen=True, slots=True)
class _Followed:
    """One trial, and the spell that is under way.

    Attributes
    ----------
    up_ms : int or None
        When the head was last near neutral on the main axes.
    """

    trial: Trial
    spell: _Spell | None = None
    up_ms: int | None = None

    def before(self, sample: Sample) -> Before:
        """What came before a sample."""
        spell = self.spell
        if spell is not None:
            return Before(near=True, held=spell.held_ms > 0, meant=True)
        quick = self.up_ms is not None and sample.t_ms - self.up_ms <= CAME_DOWN_MS
        return Before(near=False, held=False, meant=quick or bool(sample.hands_on_head))


@dataclass(frozen=True, slots=True)
class NearMisses:
    """The spells of all stretches and sides."""

    settings: HoldSettings
    tracks: tuple[_Followed, ...]
    last_ms: int | None = None

    @property
    def near(self) -> bool:
        """Whether the latest moment was near a stretch, so that it is no resting posture."""
        return any(track.spell and track.spell.last_ms == self.last_ms for track in self.tracks)


def begin(settings: HoldSettings, only: Sequence[Exercise] = ()) -> NearMisses:
    """State before the first sample; `only` is what was asked for, as in `holds.begin`."""
    return NearMisses(settings, tuple(_tracks(settings, only)))


def _tracks(settings: HoldSettings, only: Sequence[Exercise]) -> Iterator[_Followed]:
    for stretch in settings.stretches:
        asked = [side for side in stretch.sides if is_asked(only, stretch, side)]
        for side in stretch.sides:
            if side in asked or not only:
                yield _Followed(Trial(stretch, side, asked=side in asked))
            elif asked:
                yield _Followed(Trial(stretch, side, asked=True, instead_of=asked[0]))


def step(misses: NearMisses, holds: Holds) -> tuple[NearMisses, Events]:
    """Take in what the hold machines made of their latest sample."""
    sample = holds.sample
    if sample is None:
        return misses, ()
    found = _nearest(misses, holds, sample)
    rules, near_deg = misses.settings.holds, misses.settings.shoulders.near_neutral_deg
    tracks: list[_Followed] = []
    ended: list[Event] = []
    for track in misses.tracks:
        spell, up_ms = track.spell, track.up_ms
        if _is_up(track.trial, sample, near_deg):
            up_ms = sample.t_ms
        if spell is not None and sample.t_ms - spell.last_ms > milliseconds(rules.pause_s):
            ended += _told(track, spell, rules, sample.t_ms)
            spell = None
        if found is not None and found[0] is track:
            spell = spell or _Spell(sample.t_ms, sample.t_ms)
            if sample.hands_on_head and not spell.hands:
                spell = replace(spell, hands=True)
            spell = spell.add(sample.t_ms, found[1], milliseconds(rules.gap_s))
        tracks.append(replace(track, spell=spell, up_ms=up_ms))
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


def _told(track: _Followed, spell: _Spell, rules: HoldRules, t_ms: int) -> Iterator[Event]:
    """What a spell comes to: nothing when it was short, or a hold tells of it."""
    trial = track.trial
    held = trial.instead_of is None and spell.held_ms >= milliseconds(rules.report_s)
    least_ms = MEANT_TRY_MS if trial.everyday and not spell.hands else TRY_MS
    if held or spell.near_ms < least_ms:
        return
    most = max(spell.sums, key=lambda one: one.lasted_ms)
    gap, ms = most.latest, max(most.lasted_ms, 1)
    side = trial.instead_of or trial.side
    missed = NearMiss(
        trial.stretch.id,
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
    yield Event(t_ms, EventKind.NEAR_MISS, trial.stretch.id, side, miss=missed)


# --- one moment ----------------------------------------------------------------------------


def _nearest(
    misses: NearMisses, holds: Holds, sample: Sample
) -> tuple[_Followed, Gap | None] | None:
    """The stretch that this moment is a try of, and what it lacks; the clock that runs first."""
    machines = {(one.stretch.id, one.side): one for one in holds.machines}
    head, shoulders = sample.face_head, holds.shoulders
    runs = [
        track
        for track in misses.tracks
        if track.trial.instead_of is None
        and machines[track.trial.stretch.id, track.trial.side].state is HoldState.HOLDING
    ]
    if runs:
        return max(runs, key=lambda track: track.spell is not None), None
    if head is None or shoulders is None:
        return None
    gaps = [
        (track, gap)
        for track in misses.tracks
        if (gap := gap_of(misses.settings, track.trial, track.before(sample), sample, shoulders))
    ]
    # A stretch that is being tried stays the one; else the one that the head is closest to.
    return max(
        gaps,
        key=lambda one: (one[0].spell is not None, one[0].trial.share(head)),
        default=None,
    )


def _is_up(trial: Trial, sample: Sample, near_deg: float) -> bool:
    head = sample.face_head
    if head is None:
        return False
    here = toward(head.angles, trial.side)
    return all(axis.of(here) <= near_deg for axis in trial.stretch.main)

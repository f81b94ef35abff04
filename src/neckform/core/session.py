"""One person, one recording or sitting: observations in, events out.

Live, recorded and replayed sessions are the same loop over `Session.step`; they differ only in
where the observations come from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from neckform.core.events import Event, EventKind, NearMiss
from neckform.core.measure import sampling
from neckform.core.measure.camera_motion import steadied
from neckform.core.measure.correction import Correction
from neckform.core.measure.frozen import unless_frozen
from neckform.core.measure.observation import NO_ERROR, Baseline, Observation
from neckform.core.measure.sampling import Sampling
from neckform.core.neutral import baseline as neutral
from neckform.core.neutral.baseline import NeutralSearch, NotNeutral
from neckform.core.outcome import Coverage, Outcome
from neckform.core.posture import postures
from neckform.core.posture.dozing import is_dozing
from neckform.core.posture.flags import PostureSettings
from neckform.core.posture.postures import Postures, PostureStatus, Zone
from neckform.core.stretch import holds, near_miss, range_of_motion
from neckform.core.stretch.holds import Holds, HoldSettings
from neckform.core.stretch.near_miss import NearMisses
from neckform.core.stretch.range_of_motion import Reach
from neckform.core.stretch.status import HoldStatus
from neckform.core.stretch.stretches import OwnRange
from neckform.core.time import LONGEST_STEP_MS, expect_later, seen_ms
from neckform.core.types import Exercise, Flag, Hold, HoldState, Sample


@dataclass(frozen=True, slots=True)
class SessionSettings:
    """What a session needs to know.

    Attributes
    ----------
    holds : HoldSettings
        The stretches and the rules of a hold.
    correction : Correction
        The fitted corrections.
    only : tuple of Exercise
        What to look for, without a side on each side; empty means all.
    own_range : OwnRange or None
        The person's own comfortable range, which targets follow.
    postures : PostureSettings or None
        How resting posture is flagged; None: not at all.
    live : bool
        At a camera: flags come late and seldom. A hold does not silence them there: whether it was
        a stretch is known later, see `stretching`.
    """

    holds: HoldSettings
    correction: Correction
    only: tuple[Exercise, ...] = ()
    own_range: OwnRange | None = None
    postures: PostureSettings | None = None
    live: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What one observation led to.

    Attributes
    ----------
    sample : Sample or None
        None until a neutral is known.
    status : HoldStatus
        The running attempt.
    events : tuple of Event
    resting : PostureStatus or None
        How the neck rests; None when that is not asked for.
    """

    t_ms: int
    sample: Sample | None
    status: HoldStatus
    events: tuple[Event, ...]
    resting: PostureStatus | None = None


@dataclass(frozen=True, slots=True)
class SessionState:
    """State between two observations; bounded, however long a session is.

    Attributes
    ----------
    looks : bool
        Whether a neutral is looked for where none is known yet. Not in a recording that has none:
        it was looked for in all of it before.
    """

    settings: SessionSettings
    search: NeutralSearch
    measuring: Sampling | None
    holds: Holds
    misses: NearMisses
    postures: Postures | None = None
    coverage: Coverage = field(default_factory=Coverage)
    reach: Reach = field(default_factory=Reach)
    last: Sample | None = None
    last_ms: int | None = None
    looks: bool = True


def begin(
    settings: SessionSettings, baseline: Baseline | None = None, *, looks: bool = True
) -> SessionState:
    """State before the first observation; without a baseline, one is looked for."""
    return SessionState(
        settings=settings,
        search=NeutralSearch(),
        measuring=sampling.begin(baseline, settings.correction) if baseline else None,
        holds=holds.begin(settings.holds, settings.own_range, settings.only),
        misses=near_miss.begin(settings.holds, settings.only),
        postures=_resting(settings, baseline),
        looks=looks,
    )


def _resting(settings: SessionSettings, baseline: Baseline | None) -> Postures | None:
    if settings.postures is None:
        return None
    error = baseline.error if baseline else NO_ERROR  # one that is found later is a held one
    return postures.begin(settings.postures, live=settings.live, neutral_error=error)


def handed_over(state: SessionState, settings: SessionSettings, baseline: Baseline) -> SessionState:
    """The same session, from here on of somebody else with this neutral.

    How long somebody was seen stays counted. What was held has ended: nobody was seen for longer
    than a hold waits.
    """
    begun = begin(settings, baseline)
    return replace(begun, coverage=state.coverage, last_ms=state.last_ms)


def step(state: SessionState, observation: Observation) -> tuple[SessionState, Step]:
    """Take in one observation.

    Raises
    ------
    ValueError
        When its time is not after that of the observation before it.
    """
    expect_later(observation.t_ms, state.last_ms)
    observation = steadied(unless_frozen(observation))
    state = replace(
        state,
        coverage=covered(state.coverage, state.last, state.last_ms, observation.t_ms),
        last=None,
        last_ms=observation.t_ms,
    )
    if state.measuring is None:
        return _look_for_neutral(state, observation)
    measure, sample = sampling.step(state.measuring, observation)
    held, events = holds.step(state.holds, sample)
    misses, missed = near_miss.step(state.misses, held)
    events = (*events, *missed)
    far = range_of_motion.step(state.reach, sample)
    state = replace(state, measuring=measure, holds=held, misses=misses, reach=far, last=sample)
    status = holds.status(held)
    if state.postures is None:
        return state, Step(observation.t_ms, sample, status, events)
    stretching = status.state is not HoldState.REST or misses.near
    resting, flagged = postures.step(
        state.postures, sample, stretching=stretching and not state.settings.live
    )
    state = replace(state, postures=resting)
    return state, Step(
        observation.t_ms, sample, status, (*events, *flagged), postures.status(resting)
    )


def finish(state: SessionState) -> tuple[SessionState, tuple[Event, ...]]:
    """End what is still running; there are no more observations."""
    held, events = holds.finish(state.holds)
    misses, missed = near_miss.finish(state.misses)
    state, events = replace(state, holds=held, misses=misses), (*events, *missed)
    if state.postures is None:
        return state, events
    resting, flagged = postures.finish(state.postures)
    return replace(state, postures=resting), (*events, *flagged)


def outcome(
    state: SessionState,
    found: Iterable[Hold],
    flagged: Iterable[Flag],
    missed: Iterable[NearMiss] = (),
) -> Outcome:
    """Lay out what a session found, as far as it has ended, and what the state has counted.

    The chin of somebody who sleeps is where the paraspinal stretch wants it: that is no hold, and
    no attempt at one.
    """
    flagged = list(flagged)
    naps = [flag for flag in flagged if is_dozing(flag.flag)]

    def awake(tried: Hold | NearMiss) -> bool:
        return all(tried.end_ms <= nap.start_ms or nap.end_ms <= tried.start_ms for nap in naps)

    return Outcome(
        state.measuring.baseline if state.measuring else None,
        state.coverage,
        tuple(sorted(filter(awake, found), key=lambda hold: hold.start_ms)),
        tuple(sorted(flagged, key=lambda flag: (flag.start_ms, flag.flag))),
        state.reach.best,
        tuple(sorted(filter(awake, missed), key=lambda miss: (miss.start_ms, miss.stretch))),
    )


def _look_for_neutral(state: SessionState, observation: Observation) -> tuple[SessionState, Step]:
    search, found = neutral.step(state.search, observation)
    events: tuple[Event, ...] = ()
    measure = None
    if found is not None and not state.looks:
        search = replace(search, trouble=NotNeutral.NOT_UPRIGHT)
    elif found is not None:
        measure = sampling.begin(found, state.settings.correction)
        search = NeutralSearch()
        events = (Event(observation.t_ms, EventKind.NEUTRAL_FOUND),)
    state = replace(state, search=search, measuring=measure)
    resting = None if state.postures is None else PostureStatus(Zone.UNSEEN)
    return state, Step(observation.t_ms, None, HoldStatus(HoldState.REST), events, resting)


def covered(
    before: Coverage,
    sample: Sample | None,
    last_ms: int | None,
    t_ms: int,
    longest_ms: int = LONGEST_STEP_MS,
) -> Coverage:
    """Add the time since the last observation to what was seen in that one."""
    if last_ms is None:
        return before
    elapsed_ms, step_ms = t_ms - last_ms, seen_ms(last_ms, t_ms, longest_ms)
    head = sample is not None and sample.head is not None
    face = sample is not None and sample.face_head is not None
    shoulders = sample is not None and sample.shoulders is not None
    return Coverage(
        head_seen_ms=before.head_seen_ms + (step_ms if face else 0),
        shoulders_seen_ms=before.shoulders_seen_ms + (step_ms if shoulders else 0),
        unseen_ms=before.unseen_ms + (elapsed_ms - step_ms if head else elapsed_ms),
    )


class Session:
    """A session that keeps its own state and collects its holds and flags.

    Parameters
    ----------
    settings : SessionSettings
    baseline : Baseline, optional
        None: the neutral is found by itself, if anybody looks for it.
    looks : bool
        See `SessionState`.
    """

    def __init__(
        self, settings: SessionSettings, baseline: Baseline | None = None, *, looks: bool = True
    ) -> None:
        self._state = begin(settings, baseline, looks=looks)
        self._holds: list[Hold] = []
        self._flags: list[Flag] = []
        self._missed: list[NearMiss] = []

    @property
    def baseline(self) -> Baseline | None:
        """The neutral, as soon as it is known."""
        measure = self._state.measuring
        return measure.baseline if measure else None

    @property
    def trouble(self) -> NotNeutral | None:
        """Why no neutral was found so far."""
        return self._state.search.trouble

    def step(self, observation: Observation) -> Step:
        """Take in one observation; see `step`."""
        self._state, result = step(self._state, observation)
        self._collect(result.events)
        return result

    def finish(self) -> tuple[tuple[Event, ...], Outcome]:
        """End the session: the last events, and all that was found."""
        self._state, events = finish(self._state)
        self._collect(events)
        return events, outcome(self._state, self._holds, self._flags, self._missed)

    def replay(self, observations: Iterable[Observation]) -> tuple[tuple[Event, ...], Outcome]:
        """Fold a whole recording: all its events, and all that was found."""
        events = [event for seen in observations for event in self.step(seen).events]
        last, outcome = self.finish()
        return (*events, *last), outcome

    def _collect(self, events: Iterable[Event]) -> None:
        for event in events:
            if event.hold is not None:
                self._holds.append(event.hold)
            if event.kind is EventKind.FLAG_ENDED and event.flag is not None:
                self._flags.append(event.flag)
            if event.miss is not None:
                self._missed.append(event.miss)

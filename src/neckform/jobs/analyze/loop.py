"""The one loop: what a source shows goes through a session, and each step to whoever wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from neckform.config.profile import read_profile
from neckform.core.errors import NoNeutralError, ViewError
from neckform.core.events import Event
from neckform.core.lying import LyingSession
from neckform.core.measure import frozen
from neckform.core.measure.baseline import LEAST_FACES, baseline_from
from neckform.core.measure.frozen import FrozenTime
from neckform.core.measure.observation import Baseline, Observation
from neckform.core.measure.shoulders import shoulders_seen
from neckform.core.outcome import Outcome
from neckform.core.report import SessionReport
from neckform.core.session import Session, Step
from neckform.jobs.analyze.judged import Judged
from neckform.jobs.analyze.noticed import with_frozen
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.jobs.analyze.passes import TwoPasses
from neckform.jobs.analyze.sources import Seen, Source, open_source
from neckform.sensing.sources.video import Frame
from neckform.terminal.interrupt import Stop

_UNSEEN_LYING = (
    "nobody usable is in view; face and shoulders must be uncovered and in the light, filmed from "
    "above for the back and from where the person faces for the side"
)
_UNSEEN_SITTING = (
    "nobody usable is in view; the picture should reach from above the head to below the "
    "shoulders, with light on the face"
)


class JudgedFrame(NamedTuple):
    """One moment of a source, after it is judged.

    Attributes
    ----------
    frame : Frame or None
        None where the source holds landmarks and no picture.
    baseline : Baseline or None
        The neutral, as soon as it is known.
    """

    frame: Frame | None
    observation: Observation
    step: Step
    baseline: Baseline | None


Take = Callable[[JudgedFrame], None]
"""Takes in each judged frame, in order."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the loop found.

    Attributes
    ----------
    events : tuple of Event
        Those that came after the last frame.
    stopped_ms : int or None
        When somebody stopped it; None when the source was judged to its end.
    problem : ViewError or None
        Why nothing could be judged.
    notes : tuple of str
        What limits the result, for the person.
    """

    report: SessionReport
    events: tuple[Event, ...]
    stopped_ms: int | None
    problem: ViewError | None
    notes: tuple[str, ...] = ()


def judge(
    options: AnalyzeOptions,
    judged: Judged,
    source: Source,
    sink: AbstractContextManager[Take],
    *,
    stop: Stop = lambda: False,
    advance: Callable[[float], None] = lambda _share: None,
) -> Findings:
    """Take a session through a source.

    Parameters
    ----------
    sink : context manager of Take
        Is entered once the neutral that was asked for is known, and left after the last frame.
    stop : callable
        Is asked after each frame; when it says so, what was judged so far is the result.
    advance : callable
        Is given the share that is done, 0 to 1.

    Raises
    ------
    NeckformError
        The source cannot be read, or the neutral that was asked for cannot be had.
    """
    if judged.lying_on or judged.baseline.given:
        session, note = session_for(options, judged, source.path, stop)
        with sink as take, closing(source.seen()) as seen:
            counted = _fold(
                session, seen, take, duration_s=source.duration_s, stop=stop, advance=advance
            )
    else:
        with TwoPasses(source, pictures=bool(options.annotate or options.pictures)) as passes:
            looked = passes.look(stop, advance)
            baseline, note = passes.baseline(held_alone=judged.baseline.held), None
            session = Session(judged.session, baseline)
            with sink as take, closing(passes.again()) as seen:
                # A look that was stopped is still judged; else the judging can be stopped, too.
                again = stop if looked is None else lambda: False
                counted = _fold(session, seen, take, stop=again)
            if looked is not None:
                counted = replace(counted, stopped_ms=looked)
    events, outcome = session.finish()
    facts = with_frozen(source.facts(counted.frames), counted.still)
    report = judged.report(outcome, facts, source.models)
    problem = _problem(source.path.name, judged, outcome, counted.faces, session.trouble)
    return Findings(report, events, counted.stopped_ms, problem, (note,) if note else ())


@dataclass(frozen=True, slots=True)
class _Counted:
    """What went through a session, when somebody stopped it, and when the picture stood still."""

    frames: int
    faces: int
    stopped_ms: int | None
    still: FrozenTime


def _fold(
    session: Session | LyingSession,
    seen: Iterable[Seen],
    take: Take,
    *,
    duration_s: float | None = None,
    stop: Stop = lambda: False,
    advance: Callable[[float], None] = lambda _share: None,
) -> _Counted:
    frames = faces = 0
    still = FrozenTime()
    for frame, observation in seen:
        frames += 1
        faces += observation.face is not None
        still = frozen.count(still, observation)
        take(JudgedFrame(frame, observation, session.step(observation), session.baseline))
        if duration_s:
            advance(min(1.0, observation.t_ms / 1000 / duration_s))
        if stop():
            return _Counted(frames, faces, observation.t_ms, still)
    return _Counted(frames, faces, None, still)


def session_for(
    options: AnalyzeOptions, judged: Judged, recording: Path, stop: Stop = lambda: False
) -> tuple[Session | LyingSession, str | None]:
    """The session for a neutral that was named, and what is not ideal about that neutral."""
    settings, choice = judged.session, judged.baseline
    if judged.lying_on and settings.postures is not None:
        return LyingSession(settings.postures, judged.lying_on), None
    if choice.profile is not None:
        profile = read_profile(choice.profile)
        own = replace(settings, own_range=profile.own_range)
        return Session(own, profile.baseline), None
    if choice.span_ms is not None:
        baseline, note = _baseline(options, recording, choice.span_ms, stop)
        return Session(settings, baseline), note
    return Session(settings), None


def _baseline(
    options: AnalyzeOptions, recording: Path, span_ms: tuple[int, int], stop: Stop
) -> tuple[Baseline, str | None]:
    """The neutral of a span, and what is not ideal about it.

    The span is read in a pass of its own, which ends with it: it may lie anywhere, and what comes
    before it is judged against it too.
    """
    start_ms, end_ms = span_ms
    within: list[Observation] = []
    shoulders = None
    with open_source(recording, options) as source, closing(source.seen()) as seen:
        for _, observation in seen:
            if observation.t_ms > end_ms or stop():
                break
            if observation.pose is not None and shoulders_seen(observation.pose):
                shoulders = observation.pose
            if observation.t_ms >= start_ms:
                within.append(observation)
    try:
        baseline, trouble = baseline_from(within, "span", shoulders)
    except NoNeutralError as error:
        raise NoNeutralError(f"{recording.name}: {error}; name another one") from error
    if trouble is None:
        return baseline, None
    return baseline, f"{recording.name}: the span named as neutral is not ideal: {trouble}"


def _problem(
    name: str, judged: Judged, outcome: Outcome, faces: int, trouble: str | None
) -> ViewError | None:
    """Why a recording that could be read could not be judged; None when it could.

    Parameters
    ----------
    faces : int
        In how many frames there was one.
    trouble : str or None
        Why the session found no neutral.
    """
    unseen = outcome.coverage.head_seen_ms == 0
    if judged.lying_on:
        nobody = unseen and not outcome.flags
        return ViewError(f"{name}: {_UNSEEN_LYING}") if nobody else None
    if outcome.baseline is not None and not unseen:
        return None
    if faces == 0:
        return ViewError(f"{name}: {_UNSEEN_SITTING}")
    if faces < LEAST_FACES:
        return NoNeutralError(
            f"{name}: a face is seen in {faces} of its pictures, too few to measure; film "
            "for longer, or look more often with --sample-fps"
        )
    return NoNeutralError(
        f"{name}: no still upright second was found ({trouble or 'it is shorter than a second'}); "
        "leave out --baseline held to take the best neutral that there is"
        if judged.baseline.held
        else f"{name}: no face was usable: all are too small in the picture; film from nearer"
    )

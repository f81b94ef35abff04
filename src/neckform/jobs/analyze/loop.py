"""The one loop: what a source shows goes through a session, and each step to whoever wants it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from neckform.config.profile import read_profile
from neckform.core.errors import NoNeutralError, ViewError
from neckform.core.lying import LyingSession
from neckform.core.measure.baseline import baseline_from
from neckform.core.measure.observation import Baseline, Observation
from neckform.core.outcome import Outcome
from neckform.core.report import SessionReport
from neckform.core.session import Session, Step
from neckform.core.types import Event
from neckform.jobs.analyze.judged import Judged
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.jobs.analyze.sources import Source, open_source
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
    """

    report: SessionReport
    events: tuple[Event, ...]
    stopped_ms: int | None
    problem: ViewError | None


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
    session = session_for(options, judged, source.path, stop)
    frames = faces = 0
    stopped_ms = None
    with sink as take, closing(source.seen()) as seen:
        for frame, observation in seen:
            frames += 1
            faces += observation.face is not None
            take(JudgedFrame(frame, observation, session.step(observation), session.baseline))
            if source.duration_s:
                advance(min(1.0, observation.t_ms / 1000 / source.duration_s))
            if stop():
                stopped_ms = observation.t_ms
                break
    events, outcome = session.finish()
    report = judged.report(outcome, source.facts(frames), source.models)
    problem = _problem(source.path.name, judged, outcome, faces, session.trouble)
    return Findings(report, events, stopped_ms, problem)


def session_for(
    options: AnalyzeOptions, judged: Judged, recording: Path, stop: Stop = lambda: False
) -> Session | LyingSession:
    """The session that judges a recording, with the neutral that was asked for."""
    settings, choice = judged.session, judged.baseline
    if judged.lying_on and settings.postures is not None:
        return LyingSession(settings.postures, judged.lying_on)
    if choice.profile is not None:
        profile = read_profile(choice.profile)
        return Session(replace(settings, own_range=profile.own_range), profile.baseline)
    if choice.span_ms is not None:
        return Session(settings, _baseline(options, recording, choice.span_ms, stop))
    return Session(settings)


def _baseline(
    options: AnalyzeOptions, recording: Path, span_ms: tuple[int, int], stop: Stop
) -> Baseline:
    """The neutral of a span.

    The span is read in a pass of its own, which ends with it: it may lie anywhere, and what comes
    before it is judged against it too.
    """
    start_ms, end_ms = span_ms
    within = []
    with open_source(recording, options) as source, closing(source.seen()) as seen:
        for _, observation in seen:
            if observation.t_ms > end_ms or stop():
                break
            if observation.t_ms >= start_ms:
                within.append(observation)
    try:
        return baseline_from(within, "span")
    except NoNeutralError as error:
        raise NoNeutralError(f"{recording.name}: {error}; name another one") from error


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
    return NoNeutralError(
        f"{name}: no neutral was found ({trouble or 'it is shorter than a second'}), so nothing "
        "could be judged; begin with two seconds of sitting upright and still, facing the camera, "
        "or give --baseline START-END"
    )

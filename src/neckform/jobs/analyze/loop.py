"""The one loop: what a source shows goes through a session, and each step to whoever wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from typing import NamedTuple

from neckform.config.profile import Profile, read_profile
from neckform.core.errors import NoNeutralError, ViewError
from neckform.core.events import Event
from neckform.core.lying import LyingSession
from neckform.core.measure import camera_motion, frozen
from neckform.core.measure.camera_motion import CameraTime
from neckform.core.measure.frozen import FrozenTime
from neckform.core.measure.observation import Baseline, Observation
from neckform.core.neutral.baseline import LEAST_FACES, NotNeutral
from neckform.core.outcome import Outcome
from neckform.core.people import People, unless_other
from neckform.core.report import SessionReport
from neckform.core.session import Session, SessionSettings, Step
from neckform.core.wording import plural, worded
from neckform.jobs.analyze.judged import Judged
from neckform.jobs.analyze.noticed import with_camera, with_company, with_frozen
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.jobs.analyze.passes import TwoPasses
from neckform.jobs.analyze.sources import Seen, Source
from neckform.sensing.sources.video import Frame
from neckform.showing.words.phrases import not_neutral
from neckform.terminal.interrupt import Stop

_UNSEEN_LYING = worded(
    "nobody usable is in view; face and shoulders must be uncovered and in the "
    "light, filmed from above for the back and from where the person faces for the "
    "side"
)
_UNSEEN_SITTING = worded(
    "nobody usable is in view; the picture should reach from above the head to "
    "below the shoulders, with light on the face"
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
    pictures_lost : bool
        Whether the pictures that were asked for could not be read a second time.
    """

    report: SessionReport
    events: tuple[Event, ...]
    stopped_ms: int | None
    problem: ViewError | None
    notes: tuple[str, ...] = ()
    pictures_lost: bool = False


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
    chosen = options.person is not None
    note, lost, main = None, None, None
    session: Session | LyingSession
    if judged.lying_on and judged.session.postures is not None:
        session = LyingSession(
            judged.session.postures,
            judged.lying_on,
            _up(judged.lying_on, source),
            seldom=source.is_night,
        )
        with sink as take, closing(source.seen()) as seen:
            counted = _fold(
                session, seen, take, duration_s=source.duration_s, stop=stop, advance=advance
            )
    else:
        named = judged.baseline.profile
        profile = None if named is None else read_profile(named)
        with TwoPasses(source, pictures=bool(options.annotate or options.pictures)) as passes:
            looked = passes.look(stop, advance)
            main = passes.people.main(chosen=chosen)
            if profile is None:
                baseline, note = passes.baseline(judged.baseline, main)
                session = Session(judged.session, baseline, looks=False)
            else:
                session = session_with(profile, judged.session)
            with sink as take, closing(passes.again()) as seen:
                # A look that was stopped is still judged; else the judging can be stopped, too.
                again = stop if looked is None else lambda: False
                counted = _fold(session, seen, take, main, stop=again)
            lost = passes.lost
            if looked is not None:
                counted = replace(counted, stopped_ms=looked)
    events, outcome = session.finish()
    facts = with_frozen(source.facts(counted.frames), counted.still)
    facts = with_camera(facts, counted.camera)
    facts = with_company(facts, counted.people.company(main), chosen=chosen)
    facts = replace(facts, who=options.who)
    report = judged.report(outcome, facts, source.models)
    problem = _problem(source.path.name, judged, outcome, counted, session.trouble)
    notes = tuple(each for each in (note, lost) if each)
    return Findings(
        report, events, counted.stopped_ms, problem, notes, pictures_lost=lost is not None
    )


def _up(lying_on: str, source: Source) -> tuple[float, float, float] | None:
    """Away from the ground: toward a camera above the bed, else up in the picture as taken."""
    if lying_on == "back":
        return 0.0, 0.0, 1.0
    return None if source.up is None else (*source.up, 0.0)


@dataclass(frozen=True, slots=True)
class _Counted:
    """What went through a session.

    Attributes
    ----------
    faces : int
        In how many of the frames there was one.
    stopped_ms : int or None
        When somebody stopped it.
    still : FrozenTime
        When the picture stood still.
    people : People
        Who was there.
    camera : CameraTime
        How far the camera moved.
    """

    frames: int
    faces: int
    stopped_ms: int | None
    still: FrozenTime
    people: People
    camera: CameraTime


def _fold(
    session: Session | LyingSession,
    seen: Iterable[Seen],
    take: Take,
    person: int | None = None,
    *,
    duration_s: float | None = None,
    stop: Stop = lambda: False,
    advance: Callable[[float], None] = lambda _share: None,
) -> _Counted:
    frames = faces = 0
    stopped_ms: int | None = None
    still, people, camera = FrozenTime(), People(), CameraTime()
    for frame, observation in seen:
        frames += 1
        faces += observation.face is not None
        still = frozen.count(still, observation)
        people.add(observation)
        camera = camera_motion.count(camera, observation)
        step = session.step(unless_other(observation, person))
        take(JudgedFrame(frame, observation, step, session.baseline))
        if duration_s:
            advance(min(1.0, observation.t_ms / 1000 / duration_s))
        if stop():
            stopped_ms = observation.t_ms
            break
    return _Counted(frames, faces, stopped_ms, still, people, camera)


def session_with(profile: Profile, settings: SessionSettings) -> Session:
    """The session of a person whose neutral and own range are known."""
    return Session(replace(settings, own_range=profile.own_range), profile.baseline)


def _problem(
    name: str, judged: Judged, outcome: Outcome, counted: _Counted, trouble: NotNeutral | None
) -> ViewError | None:
    """Why a recording that could be read could not be judged; None when it could.

    Parameters
    ----------
    trouble : NotNeutral or None
        Why the session found no neutral.
    """
    unseen = outcome.coverage.head_seen_ms == 0
    if judged.lying_on:
        nobody = unseen and not outcome.flags
        return (
            ViewError(worded("{name}: {what}", name=name, what=_UNSEEN_LYING)) if nobody else None
        )
    if outcome.baseline is not None and not unseen:
        return None
    faces, most = counted.faces, counted.people.most_heads
    if faces == 0 and most:
        return ViewError(
            plural(
                "{name}: not more than {n} person is in view at once, so the one whom --person "
                "names is not there",
                "{name}: not more than {n} people are in view at once, so the one whom --person "
                "names is not there",
                name=name,
                n=most,
            )
        )
    if faces == 0:
        return ViewError(worded("{name}: {what}", name=name, what=_UNSEEN_SITTING))
    if faces < LEAST_FACES:
        return NoNeutralError(
            worded(
                "{name}: a face is seen in {faces} of its pictures, too few to measure; film for "
                "longer, or look more often with --sample-fps",
                name=name,
                faces=faces,
            )
        )
    why = not_neutral(trouble) if trouble else worded("it is shorter than a second")
    return NoNeutralError(
        worded(
            "{name}: no still upright second was found ({why}); leave out --baseline held to take "
            "the best neutral that there is",
            name=name,
            why=why,
        )
        if judged.baseline.held
        else worded(
            "{name}: no face was usable: all are too small in the picture; film from nearer",
            name=name,
        )
    )

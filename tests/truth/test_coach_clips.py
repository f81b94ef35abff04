"""The coach over clips with truth: its events are those of an analysis, and its words are fair."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from neckform.config.corrections import load_correction
from neckform.config.settings import load_settings
from neckform.core.coach import coaching
from neckform.core.coach.coaching import Coaching, CoachSettings
from neckform.core.coach.cues import CueKind
from neckform.core.coach.framing import Scene
from neckform.core.coach.placement import RECORDED
from neckform.core.events import Event, EventKind
from neckform.core.measure.observation import Observation
from neckform.core.session import Session, SessionSettings
from neckform.core.types import Exercise, Side
from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.landmarks.observer import observe
from neckform.sensing.sources.video import open_video

pytestmark = [pytest.mark.truth, pytest.mark.slow]

ASKED = {
    "trap_L_hike_tom": Exercise("upper-trapezius", Side.LEFT),
    "trap_R_broken_tom": Exercise("upper-trapezius", Side.RIGHT),
    "lev_R_wrongside_mei": Exercise("levator-scapulae", Side.RIGHT),
}
HEARD = {
    "trap_L_hike_tom": CueKind.SHOULDER_DOWN,
    "trap_R_broken_tom": CueKind.STAY,
    "lev_R_wrongside_mei": CueKind.WRONG_SIDE,
}
FPS = 8.0


def observations(path: Path) -> list[Observation]:
    with open_video(path, sample_fps=FPS) as video:
        seen = observe(video, find_models())
        with closing(seen):
            return [observation for _, observation in seen]


@pytest.mark.parametrize("name", ASKED)
def test_the_events_are_those_of_an_analysis(truth_data: Path, name: str) -> None:
    path = truth_data / "synthetic" / f"{name}.mp4"
    assert path.exists(), f"{path} is missing"
    seen = observations(path)
    judged = SessionSettings(load_settings(), load_correction(), live=True)
    state: Coaching = coaching.begin(CoachSettings(judged, (ASKED[name],), patience=RECORDED), 0)
    events: list[Event] = []
    heard: list[CueKind] = []
    for one in seen:
        state, told = coaching.step(state, one, Scene(120.0, 120.0, 1))
        events += told.events
        heard += [said.cue.kind for said in told.said if said.words]
    events += coaching.finish(state, seen[-1].t_ms)[1].events
    found, _ = Session(judged).replay(seen)
    assert events == [event for event in found if event.kind is not EventKind.NEUTRAL_FOUND]
    assert len(events) >= 2
    assert HEARD[name] in heard

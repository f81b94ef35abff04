"""The coach over clips with truth: its events are those of an analysis, and its words are fair."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from changed import resized, with_open_mouth
from neckform.config.corrections import load_correction
from neckform.config.settings import load_settings
from neckform.core.coach import coaching
from neckform.core.coach.coaching import Coaching, CoachSettings
from neckform.core.coach.cues import Cue, CueKind, Weight
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


@cache
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


# --- what else somebody may do -----------------------------------------------------------------

UPRIGHT_MS, ELSEWHERE_MS = 1500, 8000
"""The neutral is taken by then; and in the middle of a hold."""


def heard(name: str, seen: list[Observation]) -> tuple[list[tuple[int, Cue]], int]:
    """What was said in words, and how long the exercise was held."""
    judged = SessionSettings(load_settings(), load_correction(), live=True)
    state: Coaching = coaching.begin(CoachSettings(judged, (ASKED[name],), patience=RECORDED), 0)
    words: list[tuple[int, Cue]] = []
    for one in seen:
        state, told = coaching.step(state, one, Scene(120.0, 120.0, 1))
        words += [(said.t_ms, said.cue) for said in told.said if said.words]
    clock = state.clock or state.finished[-1]
    return words, clock.held_ms


def corrections(words: list[tuple[int, Cue]], since_ms: int) -> list[tuple[int, CueKind]]:
    wrong = (Weight.CORRECTION, Weight.URGENT)
    return [(t_ms, cue.kind) for t_ms, cue in words if t_ms >= since_ms and cue.weight in wrong]


def test_an_open_mouth_is_no_head_that_moves(truth_data: Path) -> None:
    name = "trap_R_broken_tom"
    seen = observations(truth_data / "synthetic" / f"{name}.mp4")
    opened = [
        one
        if one.face is None or one.t_ms < UPRIGHT_MS
        else replace(one, face=with_open_mouth(one.face))
        for one in seen
    ]
    words, held_ms = heard(name, opened)
    shut_words, shut_ms = heard(name, seen)
    assert [cue for _, cue in words] == [cue for _, cue in shut_words]
    assert corrections(words, UPRIGHT_MS) == []
    assert held_ms == pytest.approx(shut_ms, abs=500)


@pytest.mark.parametrize(("size", "kind"), [(0.9, CueKind.COME_CLOSER), (1.15, CueKind.MOVE_BACK)])
def test_who_rolls_away_in_a_hold_hears_that_first(
    truth_data: Path, size: float, kind: CueKind
) -> None:
    """Head and shoulders become smaller, or larger, within a second, and stay so."""
    name = "trap_R_broken_tom"
    seen = [
        resized(one, 1.0 + (size - 1.0) * min(1.0, max(0.0, (one.t_ms - ELSEWHERE_MS) / 1000)))
        for one in observations(truth_data / "synthetic" / f"{name}.mp4")
    ]
    words, _ = heard(name, [one for one in seen if one.t_ms < ELSEWHERE_MS + 5000])
    (at_ms, first), *_ = corrections(words, UPRIGHT_MS)
    assert first is kind
    assert ELSEWHERE_MS < at_ms < ELSEWHERE_MS + 1000 + 2000

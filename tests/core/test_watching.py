"""The whole of the core's watching, on a made-up person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from people import REST, SIZE, observation

from neckform.config.corrections import load_correction
from neckform.config.settings import load_postures, load_settings
from neckform.core import session
from neckform.core.events import EventKind
from neckform.core.measure.observation import Observation
from neckform.core.monitor import monitor
from neckform.core.monitor.alert_settings import AlertSettings
from neckform.core.monitor.monitor import MonitorState, Watched, WatchSettings
from neckform.core.types import Angles

SETTINGS = WatchSettings(load_postures(), load_correction(), load_settings())
SLUMPED = Angles(28.0, 0.0, 0.0)
"""Made-up heads bend without sinking, which is corrected to less: a slouch, and too little for a
stretch."""
ASIDE = Angles(0.0, 0.0, -30.0)
OTHER_SIDE = Angles(0.0, 0.0, 30.0)
UP = Angles(-25.0, 0.0, 0.0)
DEEP = Angles(50.0, 0.0, 0.0)


def stretch(angles: Angles | None, start_s: float, end_s: float) -> list[Observation]:
    return [
        observation(t, angles, looked=t % 1000 == 0)
        for t in range(round(start_s * 1000), round(end_s * 1000), 500)
    ]


def neutral() -> list[Observation]:
    return [observation(t, looked=t % 400 == 0) for t in range(0, 2000, 200)]


def empty(start_s: float, end_s: float) -> list[Observation]:
    return [
        Observation(t, SIZE, None, None, True)
        for t in range(round(start_s * 1000), round(end_s * 1000), 500)
    ]


def run(seen: Iterable[Observation]) -> tuple[MonitorState, list[Watched]]:
    state, told = monitor.begin(SETTINGS), []
    for one in seen:
        state, watched = monitor.step(state, one)
        told.append(watched)
    return state, told


def said(told: Sequence[Watched]) -> list[tuple[str, str | None]]:
    return [(request.kind.value, request.posture) for one in told for request in one.requests]


def test_a_neutral_is_found_and_then_judged_against() -> None:
    state, told = run([*neutral(), *stretch(REST, 2, 10)])
    assert sum(one.neutral_found for one in told) == 1
    assert state.baseline is not None
    assert {one.zone for one in told[-10:]} == {"good"}


def test_two_pictures_a_second_are_enough_for_a_hint_and_a_notice() -> None:
    _, told = run([*neutral(), *stretch(SLUMPED, 2, 70), *stretch(REST, 70, 80)])
    assert said(told) == [
        ("hint", "slouch"), ("notice", "slouch"), ("eased", "slouch"),
    ]  # fmt: skip
    at_s = [one.t_ms / 1000 for one in told for _ in one.requests]
    assert at_s[:2] == pytest.approx([32, 62], abs=2)


def test_one_clock_counts_bad_rest() -> None:
    seen = [*neutral(), *stretch(SLUMPED, 2, 70)]
    state, raised = session.begin(SETTINGS.session), []
    for one in seen:
        state, step = session.step(state, one)
        raised += [event.flag for event in step.events if event.kind is EventKind.FLAG_RAISED]
    assert raised == []
    assert ("notice", "slouch") in said(run(seen)[1])


def test_each_flag_that_the_session_raises_is_told() -> None:
    _, told = run([*neutral(), *stretch(REST, 2, 640)])
    assert said(told) == [("notice", "static")]
    (notice,) = [request for one in told for request in one.requests]
    assert notice.lasted_ms == pytest.approx(600_000, abs=6000)


def test_a_stretch_is_no_bad_rest() -> None:
    """Each side, for as long as people are told to, and a little longer."""
    seen = [*neutral()]
    for number, angles in enumerate((ASIDE, OTHER_SIDE, ASIDE, OTHER_SIDE)):
        begin_s = 2 + 50 * number
        seen += [
            *stretch(angles, begin_s, begin_s + 45),
            *stretch(REST, begin_s + 45, begin_s + 50),
        ]
    state, told = run(seen)
    assert said(told) == []
    spent_s = {zone: spent / 1000 for zone, spent in state.tally.spent_ms.items()}
    assert spent_s["stretch"] == pytest.approx(4 * 45, abs=8)
    assert spent_s["side-tilt"] <= 2


def test_sides_changed_in_a_second_are_two_stretches() -> None:
    seen = [*neutral(), *stretch(ASIDE, 2, 42), *stretch(REST, 42, 43)]
    seen += [*stretch(OTHER_SIDE, 43, 83), *stretch(REST, 83, 90)]
    assert said(run(seen)[1]) == []


def test_a_head_that_stays_tilted_is_no_stretch_after_twice_the_time() -> None:
    state, told = run([*neutral(), *stretch(ASIDE, 2, 90), *stretch(REST, 90, 100)])
    assert said(told) == [("notice", "side-tilt"), ("eased", "side-tilt")]
    (notice, _) = [one.t_ms / 1000 for one in told for _ in one.requests]
    assert notice == pytest.approx(63, abs=2)
    assert state.tally.spent_ms["side-tilt"] == pytest.approx(88_000, abs=3000)
    assert "stretch" not in state.tally.spent_ms


def test_a_hold_too_short_is_bad_rest_in_the_day_and_forgiven() -> None:
    glance = [(ASIDE, 12), (REST, 4)]
    seen, begin_s = [*neutral()], 2
    for angles, lasts_s in glance * 10:
        seen += stretch(angles, begin_s, begin_s + lasts_s)
        begin_s += lasts_s
    state, told = run(seen)
    assert said(told) == []
    assert "stretch" not in state.tally.spent_ms
    assert state.tally.spent_ms["side-tilt"] > 60_000


def test_a_sleeper_s_chin_is_told_though_the_face_is_lost_again_and_again() -> None:
    seen, begin_s = [*neutral()], 2
    for _ in range(8):
        seen += stretch(DEEP, begin_s, begin_s + 18)
        seen += stretch(None, begin_s + 18, begin_s + 21)
        begin_s += 21
    _, told = run(seen)
    assert "notice" in [kind for kind, _ in said(told)]


def test_a_head_that_is_not_back_soon_after_a_hold_did_not_stretch() -> None:
    """Half a minute of bad rest in two ways, the first of which could have been a stretch."""
    seen = [*neutral(), *stretch(ASIDE, 2, 27), *stretch(UP, 27, 40), *stretch(REST, 40, 50)]
    assert said(run(seen)[1])[0][0] == "hint"


def test_what_was_no_stretch_does_not_become_one_while_it_lasts() -> None:
    _, told = run([*neutral(), *stretch(ASIDE, 2, 400)])
    first, second = [one.t_ms for one in told for _ in one.requests]
    assert second - first == 300_000  # when the quiet after the first is over, and not later


def test_a_completed_stretch_is_the_break() -> None:
    settings = replace(SETTINGS, alarms=AlertSettings(break_min=2))
    seen = [*neutral(), *stretch(REST, 2, 100), *stretch(ASIDE, 100, 135)]
    seen += stretch(REST, 135, 240)
    state = monitor.begin(settings)
    asked: list[str] = []
    for one in seen:
        state, watched = monitor.step(state, one)
        asked += [request.kind.value for request in watched.requests]
    assert asked == []


def test_the_minutes_add_up() -> None:
    seen = [*neutral(), *stretch(REST, 2, 60), *stretch(SLUMPED, 60, 90), *empty(90, 200)]
    state, _ = run(seen)
    spent_s = {zone: spent / 1000 for zone, spent in state.tally.spent_ms.items()}
    assert sum(spent_s.values()) == pytest.approx(199.5)
    assert spent_s["good"] == pytest.approx(58, abs=2)
    assert spent_s["slouch"] == pytest.approx(30, abs=2)
    # Somebody who left is unseen for half a minute, and away from then on.
    assert spent_s["away"] == pytest.approx(80, abs=1)


def test_nobody_is_never_alarmed() -> None:
    _, told = run([*neutral(), *stretch(SLUMPED, 2, 20), *empty(20, 400)])
    assert said(told) == []
    assert told[-1].zone == "away"


def test_a_new_neutral_keeps_the_minutes_and_the_quiet() -> None:
    state, told = run([*neutral(), *stretch(SLUMPED, 2, 70)])
    assert ("notice", "slouch") in said(told)
    before = dict(state.tally.spent_ms)
    state = monitor.recalibrate(state)
    assert state.baseline is None
    assert dict(state.tally.spent_ms) == before
    # What was bad is the new neutral; asked for, and so taken at its word.
    again = [observation(t, Angles(18.0, 0, 0)) for t in range(70_000, 72_000, 200)]
    for one in again:
        state, watched = monitor.step(state, one)
    assert state.baseline is not None
    assert watched.zone == "good"
    assert state.alarms.notice_after_ms is not None


def test_paused_time_is_in_no_zone() -> None:
    state, _ = run([*neutral(), *stretch(REST, 2, 10)])
    before = state.tally.spent_ms
    state = monitor.pause(state)
    state, _ = monitor.step(state, observation(10_400))
    assert state.tally.spent_ms == before


def test_moved_away_is_asked_once_but_not_while_snoozed() -> None:
    from test_fit import moved

    seen = [moved(t, head=(0.5, 0), body=(0.5, 0)) for t in range(2000, 400_000, 1000)]
    _, told = run([*neutral(), *seen])
    assert sum(one.misfit for one in told) == 1
    state, _ = run(neutral())
    state = monitor.snooze(state, 10**9)
    for one in seen:
        state, watched = monitor.step(state, one)
        assert not watched.misfit


def test_what_is_remembered_does_not_grow() -> None:
    state, _ = run([*neutral(), *stretch(REST, 2, 60)])
    assert state.session.search.window == ()
    assert len(state.tally.spent_ms) <= 3


def test_every_prefix_tells_the_same_story() -> None:
    whole = [*neutral(), *stretch(SLUMPED, 2, 66), *stretch(REST, 66, 75)]
    _, told = run(whole)
    for cut in (1, 40, 100):
        assert run(whole[:cut])[1] == told[:cut]


def sinking(to: Angles, over_s: float, start_s: float) -> list[Observation]:
    seen = []
    for i in range(round(over_s * 2)):
        share = i / (over_s * 2)
        seen += stretch(
            Angles(*(share * angle for angle in to)), start_s + i / 2, start_s + i / 2 + 0.5
        )
    return seen


def test_nodding_off_is_told_as_that_in_place_of_the_posture() -> None:
    sunk = [*neutral(), *stretch(REST, 2, 10), *sinking(DEEP, 8, 10), *stretch(DEEP, 18, 980)]
    _, told = run([*sunk, *stretch(REST, 980, 990)])
    requests = [request for one in told for request in one.requests]
    assert [(one.kind.value, one.posture) for one in requests] == [
        ("notice", "chin-to-chest"),
        *[("notice", "dozing-down")] * 3,
        ("eased", "chin-to-chest"),
    ]
    # In the quiet after the notice of the posture, then every five minutes; from the beginning.
    when = [one.t_ms / 1000 for one in requests[1:4]]
    assert when == pytest.approx([318, 618, 918], abs=6)
    lasted = [one.lasted_ms / 1000 for one in requests[1:4]]
    assert lasted == pytest.approx([300, 600, 900], abs=6)


def test_a_snooze_is_silent_about_sleep_too() -> None:
    state, told = monitor.begin(SETTINGS), []
    for one in [*neutral(), *stretch(REST, 2, 10), *sinking(DEEP, 8, 10), *stretch(DEEP, 18, 400)]:
        state, watched = monitor.step(monitor.snooze(state, 10**9), one)
        told.append(watched)
    assert said(told) == []


def test_not_bad_is_counted_for_the_day_and_moves_no_limit() -> None:
    begun = monitor.begin(SETTINGS)
    said = monitor.not_bad(monitor.not_bad(begun, "side-tilt"), "side-tilt")
    assert dict(said.not_bad) == {"side-tilt": 2}
    assert (said.settings, said.alarms, said.session) == (
        begun.settings, begun.alarms, begun.session,
    )  # fmt: skip
    assert dict(monitor.new_day(said).not_bad) == {}

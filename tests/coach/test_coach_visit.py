"""A visit, from choosing to what is kept, with a camera and a person that obey a script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from visit_stage import (
    LEFT,
    NO,
    RIGHT,
    Person,
    Visited,
    files,
    kept,
    kept_soon,
    visit,
)

from histories import entry
from neckform.config.corrections import load_correction
from neckform.core.events import EventKind
from neckform.core.session import Session, SessionSettings
from neckform.core.stretch.stretches import OwnRange
from neckform.history.store import Store
from neckform.jobs.coach.options import CoachOptions
from neckform.jobs.own_history import own_history
from neckform.resources import resource
from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.landmarks.observer import observe
from neckform.sensing.sources import recording
from neckform.sensing.sources.camera import RecordedCamera
from neckform.sensing.sources.video import open_video
from neckform.showing.words.safety import SIGNS
from scripts import Script, acts, nobody, unplugged

pytestmark = pytest.mark.slow

RUNNING = {"framing", "neutral", "show", "hold", "rest"}


@pytest.fixture
def once(sitting: Script, left: Script) -> Script:
    """A neutral, and a left stretch of seven seconds."""
    return acts((5.5, sitting), (12.5, left), (99, sitting))


# --- the questions ------------------------------------------------------------------------


@pytest.mark.parametrize("sign", SIGNS)
def test_any_yes_ends_with_advice_and_the_camera_is_never_opened(sign: str) -> None:
    went = visit(unplugged, Person(answers={**NO, sign: True}))
    assert went.phases == ["setup", "questions", "advice", "setup"]
    assert went.cameras == []
    advice = went.in_phase("advice")[-1]["advice"]
    assert advice["title"] == "Not today"
    assert any(word in " ".join(advice["lines"]) for word in ("physiotherapist", "doctor"))
    assert kept() == []


@pytest.mark.parametrize(
    "answers", [{}, {"stuck": False}, {**NO, "pain": "no"}, {**NO, "fever": None}, None, []]
)
def test_a_question_without_an_answer_is_not_a_no(answers: Any) -> None:
    went = visit(unplugged, Person(answers=answers))
    assert went.in_phase("advice")[-1]["advice"]["title"] == "Not yet"
    assert went.cameras == []


# --- a good visit -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def both(
    sitting: Script, left: Script, right: Script, right_risen: Script,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Visited]:  # fmt: skip
    """Left as it should be; right with a shoulder up in the middle; recorded and written out."""
    folder = tmp_path_factory.mktemp("both")
    script = acts((5.5, sitting), (12.5, left), (17, sitting), (20.5, right), (21.7, right_risen),
                  (27, right), (99, sitting))  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NECKFORM_DATA", str(folder / "own"))
        options = CoachOptions(out=folder / "out", record=folder / "visit.nfobs")
        yield visit(script, exercises=(LEFT, RIGHT), options=options)


def test_it_goes_through_all_phases(both: Visited) -> None:
    assert both.phases == ["setup", "questions", "framing", "neutral", "show", "hold", "rest",
                           "show", "hold", "done", "setup"]  # fmt: skip


def test_a_rest_between_two_sides_says_so(both: Visited) -> None:
    assert {state["rest"]["swaps"] for state in both.in_phase("rest")} == {True}


def test_both_are_held_to_the_end(both: Visited) -> None:
    done = both.done
    assert done["title"] == "Done for today"
    assert [(one["side"], one["completed"]) for one in done["exercises"]] == [
        ("left", True),
        ("right", True),
    ]


def test_a_risen_shoulder_pauses_with_its_reason_spoken(both: Visited) -> None:
    assert "Left shoulder down." in both.words
    second = both.done["exercises"][1]
    assert second["pauses"] == [{"text": "Left shoulder down.", "times": 1}]
    paused = [s for s in both.in_phase("hold") if s["hold"]["state"] == "paused"]
    assert "Left shoulder down." in [state["hold"]["text"] for state in paused]
    assert {state["shoulders"]["reason"] for state in paused} >= {"shoulder-rise"}
    assert not paused[0]["shoulders"]["left"]["in"]
    assert paused[0]["shoulders"]["right"]["in"]
    (hold,) = [one for one in both.holds if one.side == "right"]
    assert [pause.reason.value for pause in hold.pauses] == ["shoulder-rise"]


def test_nobody_is_told_of_a_wrong_side_on_the_way(both: Visited) -> None:
    assert both.words == [
        "Sit upright, look at the camera and keep still.",
        "Good.",
        *both.words[2:-1],
        "That was all. Well done.",
    ]
    assert not [words for words in both.words if words.startswith(("Other side", "I cannot"))]


def test_each_state_can_be_sent_to_a_page(both: Visited) -> None:
    for state in both.person.states:
        json.dumps(state, allow_nan=False)


def test_cues_are_numbered_once_and_only_the_latest_are_carried(both: Visited) -> None:
    numbers = [one["id"] for one in both.person.heard]
    assert numbers == list(range(1, len(numbers) + 1))
    assert max(len(state["said"]) for state in both.person.states) <= 12


def test_the_report_that_is_written_is_valid_and_says_the_same(both: Visited) -> None:
    out = both.visit.options.out
    assert out is not None
    assert files(out) == {"report.html", "report.json", "frames.csv"}
    report = json.loads((out / "report.json").read_text("utf-8"))
    schema = json.loads(resource("showing/exports", "report.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(report)
    assert [(one["stretch"], one["side"], one["completed"]) for one in report["holds"]] == [
        ("upper-trapezius", "left", True),
        ("upper-trapezius", "right", True),
    ]
    assert report["baseline"]["kind"] == "held"
    rows = (out / "frames.csv").read_text("utf-8").splitlines()
    # One picture may be read ahead when it ends.
    assert len(both.camera.read_at) - 1 <= len(rows) - 1 <= len(both.camera.read_at)


def test_a_page_to_look_at_is_at_hand(both: Visited) -> None:
    (page,) = both.person.reports
    assert "Ear to shoulder" in page
    assert "Content-Security-Policy" in page


def test_the_events_are_those_of_a_replay_of_its_recording(both: Visited) -> None:
    record, guide = both.visit.options.record, both.visit.guide
    assert record is not None
    assert guide is not None
    baseline = guide.state.guided.baseline
    assert baseline is not None
    seen = [one for one in recording.open_recording(record) if one.t_ms > baseline.end_ms]
    judged = guide.state.settings.session
    events, _ = Session(judged, baseline).replay(seen)
    assert list(events) == both.events
    assert len(events) >= 6


def test_it_is_kept_in_the_history_and_said_where(
    sitting: Script, once: Script, own_data: Path
) -> None:
    went = visit(once)
    (entry,) = kept()
    assert [(one.exercise, one.completed) for one in entry.holds] == [
        (("upper-trapezius", "left"), True)
    ]
    assert str(own_data / "history.db") in went.done["kept"]
    assert went.done["streak_days"] == 1


def test_after_a_fortnight_the_advice_is_shown_and_only_once(once: Script, own_data: Path) -> None:
    """A hold that is kept in the middle of a routine does not use it up."""
    today = datetime.now(UTC).astimezone().date()
    with Store(own_data / "history.db") as store:
        for days in (14, 10):
            store.keep(entry(today - timedelta(days=days)))
    assert "see a therapist" in " ".join(visit(once).done["lines"])
    assert "see a therapist" not in " ".join(visit(once).done["lines"])


def test_nothing_else_is_left_behind(
    once: Script, own_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No picture, no landmark, no answer: not in the folder, not in the person's own."""
    monkeypatch.chdir(tmp_path)
    visit(once)
    assert files(tmp_path) == set()
    assert files(own_data) == set()
    content = (own_data / "history.db").read_bytes()
    assert b"JFIF" not in content
    assert len(content) < 100_000


def test_no_history_keeps_nothing(once: Script, own_data: Path) -> None:
    went = visit(once, options=CoachOptions(history=False))
    assert went.done["exercises"][0]["completed"]
    assert went.done["kept"] is None
    assert list(own_data.iterdir()) == []


def test_a_film_of_it_is_kept_only_where_that_was_asked(once: Script, tmp_path: Path) -> None:
    visit(once, options=CoachOptions(record=tmp_path / "visit.mp4"))
    assert files(tmp_path) == {"visit.mp4"}
    with open_video(tmp_path / "visit.mp4") as film:
        frames = list(film)
    assert len(frames) > 50
    assert frames[0].image.shape == (480, 640, 3)
    assert frames[-1].t_ms == pytest.approx(12_500, abs=3000)


# --- things that go wrong -----------------------------------------------------------------


def test_the_wrong_side_is_said(sitting: Script, right: Script) -> None:
    went = visit(acts((5.5, sitting), (99, right)), until_s=10)
    assert "Other side: to the left." in went.words
    assert went.done["exercises"][0]["held_ms"] == 0
    assert not went.done["exercises"][0]["completed"]


def test_it_hurts_stops_at_once_says_what_to_do_and_keeps_what_was_held(once: Script) -> None:
    went = visit(once, Person(orders={10.0: {"do": "hurts"}}), hold_s=30)
    assert went.phases[-3:] == ["hold", "advice", "setup"]
    advice = went.in_phase("advice")[-1]["advice"]
    assert advice["title"].startswith("Stop")
    assert went.words[-1] == "Stopped. Let go, and rest."
    assert went.words.count(went.words[-1]) == 1
    assert went.camera.read_at[-1] < 11.0
    assert not went.camera.is_open
    (entry,) = kept_soon()
    (hold,) = entry.holds
    assert hold.held_s == pytest.approx(4.0, abs=0.6)
    assert not hold.completed


def test_a_camera_unplugged_in_a_hold_pauses_and_picks_up_again(
    sitting: Script, left: Script
) -> None:
    script = acts((5.5, sitting), (10, left), (20, unplugged), (21, sitting), (27, left),
                  (99, sitting))  # fmt: skip
    went = visit(script, hold_s=6)
    lost = [state for state in went.person.states if state["paused"]]
    assert {state["paused"]["by"] for state in lost} == {"camera"}
    assert not lost[0]["camera"]["ok"]
    assert "unplugged" in lost[0]["camera"]["text"]
    assert went.words.count("The camera is gone. Paused.") == 1
    assert "Going on." in went.words
    (done,) = went.done["exercises"]
    assert (done["completed"], done["parts"]) == (True, 2)
    assert went.camera.opened >= 2
    # Nothing was earned in the dark.
    assert sum(hold.held_ms for hold in went.holds) < 12_000
    assert not [t_s for t_s in went.camera.read_at if 11.7 < t_s < 19.9 and t_s % 1.5 < 0.01]


def test_who_leaves_pauses_it(sitting: Script, left: Script) -> None:
    script = acts((5.5, sitting), (10, left), (16, nobody), (18, sitting), (24, left),
                  (99, sitting))  # fmt: skip
    went = visit(script, hold_s=6)
    assert went.words.count("Paused. Come back when you like.") == 1
    assert went.words.count("Welcome back.") == 1
    assert went.done["exercises"][0]["completed"]


def test_pause_resume_skip_and_stop_are_obeyed(sitting: Script, left: Script) -> None:
    orders = {
        7.0: {"do": "pause"},
        9.0: {"do": "resume"},
        11.0: {"do": "skip"},
        11.5: {"do": "mute", "on": True},
        11.6: {"do": "nonsense"},
        12.0: {"do": "stop"},
    }
    went = visit(acts((5.5, sitting), (99, left)), Person(orders=orders), exercises=(LEFT, RIGHT))
    assert {"Paused.", "Going on."} <= set(went.words)
    assert [one["skipped"] for one in went.done["exercises"]] == [True, False]
    assert went.camera.read_at[-1] < 13
    assert went.person.states[-1]["muted"]


def test_ctrl_c_keeps_what_was_done(once: Script) -> None:
    went = visit(once, hold_s=30, stop=lambda t_s: t_s > 11)
    assert not went.camera.is_open
    (entry,) = kept()
    assert entry.holds[0].held_s > 4
    assert went.phases[-1] != "setup"


def test_a_second_visit_is_an_entry_of_its_own(once: Script) -> None:
    went = visit(once, Person(visits=2))
    assert len(went.cameras) == 2
    assert len(kept()) == 2
    starts = [state["t_ms"] for state in went.in_phase("framing")]
    assert min(starts) < 1000
    assert sum(after < before for before, after in pairwise(starts)) == 1


def test_an_own_range_moves_target_and_ease_off(once: Script) -> None:
    def gauge(own_range: OwnRange | None) -> dict[str, Any]:
        went = visit(once, own_range=own_range, until_s=7)
        found = went.in_phase("hold")[-1]["hold"]["gauge"]
        assert isinstance(found, dict)
        return found

    plain, own = gauge(None), gauge(OwnRange(left_lateral_deg=36.0, right_lateral_deg=80.0))
    assert (plain["target_deg"], plain["ease_off_deg"]) == (25.0, 50.0)
    assert (own["target_deg"], own["ease_off_deg"]) == (27.0, 46.0)


# --- choices ------------------------------------------------------------------------------


def test_what_was_chosen_is_used_and_remembered(once: Script, tmp_path: Path) -> None:
    path = tmp_path / "routine.json"
    wanted = {"routine": [{"stretch": "upper-trapezius", "side": "left"}], "hold_s": 6,
              "repetitions": 1, "language": "de", "volume": 0.3, "tones": False}  # fmt: skip
    went = visit(
        once, Person(choose={"do": "choose", "choices": wanted}), exercises=(RIGHT,),
        choices_file=path,
    )  # fmt: skip
    assert "Bleib so." in went.words
    assert went.done["exercises"][0]["target_ms"] == 6000
    last = went.person.states[-1]
    assert (last["volume"], last["tones"], last["language"]) == (0.3, False, "de")
    kept_choices = json.loads(path.read_text("utf-8"))
    assert kept_choices["schema"] == "neckform/routine/1"
    assert {name: kept_choices[name] for name in wanted} == {**wanted, "hold_s": 6.0}


def test_what_cannot_be_chosen_is_named_and_the_rest_is_taken() -> None:
    wanted = {"routine": [{"stretch": "nose-dive", "side": None}], "hold_s": 1, "rest_s": "long",
              "volume": 0.1, "language": "tlh"}  # fmt: skip
    went = visit(unplugged, Person(choose={"do": "choose", "choices": wanted}, visits=0))
    setup = went.person.states[-1]["setup"]
    for name in ("routine", "nose-dive", "hold_s", "rest_s", "language", "tlh"):
        assert any(name in problem for problem in setup["problems"]), name
    assert setup["choices"]["volume"] == 0.1
    assert setup["choices"]["hold_s"] == 5.0
    assert [one["side"] for one in setup["choices"]["routine"]] == ["left"]


@pytest.mark.parametrize(
    "wanted",
    [
        {"routine": [{"stretch": [], "side": {}}]},
        {"routine": [{"stretch": "upper-trapezius", "side": ["left"]}]},
        {"routine": [{"stretch": {}}, 7, None]},
        {"language": ["en"]},
        {"rest_s": float("nan")},
        {"volume": {}},
        {"repetitions": []},
        {"hold_s": 10**400},
    ],
)
def test_choices_of_another_kind_than_was_asked_are_named(wanted: dict[str, Any]) -> None:
    """A page, or somebody at its socket, may send anything."""
    went = visit(unplugged, Person(choose={"do": "choose", "choices": wanted}, visits=0))
    before, after = (went.person.states[index]["setup"] for index in (0, -1))
    assert after["problems"]
    assert after["choices"] == before["choices"]


@pytest.mark.parametrize("choices", [None, "all", 7, []])
def test_choices_that_are_none_change_nothing(choices: Any) -> None:
    went = visit(unplugged, Person(choose={"do": "choose", "choices": choices}, visits=0))
    assert went.person.states[-1]["setup"] == went.person.states[0]["setup"]


# --- a recording in the camera's place ----------------------------------------------------


def test_a_recording_gives_the_events_of_an_analysis(held_clip: Path) -> None:
    """At each of its pictures, as the analysis with --sample-fps 60 looks at it."""
    went = visit(
        unplugged,
        options=CoachOptions(source=held_clip),
        source=lambda clock: RecordedCamera(held_clip, clock),
        hold_s=5,
    )
    assert went.done["exercises"][0]["completed"]
    assert kept() == []
    guide = went.visit.guide
    assert guide is not None
    with ExitStack() as stack:
        video = stack.enter_context(open_video(held_clip, sample_fps=60))
        seen = stack.enter_context(closing(observe(video, find_models())))
        observations = [observation for _, observation in seen]
    judged = SessionSettings(guide.state.settings.session.holds, load_correction())
    events, _ = Session(judged).replay(observations)
    found = [event for event in events if event.kind is not EventKind.NEUTRAL_FOUND]
    assert len(found) >= 2
    assert [(e.kind, e.stretch, e.side) for e in went.events] == [
        (e.kind, e.stretch, e.side) for e in found
    ]
    for live, recorded in zip(went.events, found, strict=True):
        assert live.t_ms == pytest.approx(recorded.t_ms, abs=100)


def test_a_locked_history_keeps_nobody_waiting(once: Script, own_data: Path) -> None:
    with Store(own_data / "history.db") as store, store.transaction():
        went = visit(once)
        assert str(own_data / "waiting") in went.done["kept"]
    assert kept() == []
    with own_history() as store:
        assert len(store.entries()) == 1

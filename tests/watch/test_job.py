"""The loop: what it says and does when people, cameras and computers come and go."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest
from stage import Stage

from neckform.config.profile import read_profile, write_profile
from neckform.core.errors import CameraError
from neckform.core.stretch.stretches import OwnRange
from neckform.history.watched import forget_days, read_day, write_day
from neckform.jobs.watch.orders import Order
from scripts import Image, Script, acts, looped, nobody, unplugged
from tiny_disk import fill, left

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sitting() -> Script:
    return looped(0, 2.5)


@pytest.fixture(scope="module")
def slumped() -> Script:
    return looped(66, 69)


@pytest.fixture
def stage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Stage:
    return Stage(tmp_path, capsys)


def test_a_hint_then_a_notice_then_good_again(stage: Stage, sitting: Script) -> None:
    tilted = looped(58.6, 58.8)  # by 17 degrees, which no stretch begins at
    shown = stage.play(acts((10, sitting), (80, tilted), (999, sitting)), 95)
    assert shown.events("minute") == ["neutral-wanted", "neutral", "hint", "notice", "eased", "end"]
    assert shown.named("hint")[0]["posture"] == "side-tilt"
    (notice,) = shown.named("notice")
    assert "Head fallen sideways for 1 min" in notice["text"]


def test_a_stretch_is_no_alarm_and_counts_as_one(stage: Stage, sitting: Script) -> None:
    stretched = looped(20, 30)
    shown = stage.play(acts((10, sitting), (55, stretched), (999, sitting)), 120)
    assert shown.events("minute") == ["neutral-wanted", "neutral", "end"]
    assert shown.today_s["stretch"] == pytest.approx(44, abs=3)
    assert shown.today_s["side-tilt"] < 3
    assert "stretched 4" in shown.lines[-1]["text"]


def test_what_could_be_a_stretch_is_told_once_it_can_be_none(
    stage: Stage, sitting: Script, slumped: Script
) -> None:
    """A chin on the chest for a minute: nothing at half of it, and a notice in time."""
    shown = stage.play(acts((10, sitting), (80, slumped), (999, sitting)), 95)
    assert shown.events("minute") == ["neutral-wanted", "neutral", "notice", "eased", "end"]
    (notice,) = shown.named("notice")
    assert notice["posture"] == "chin-to-chest"
    assert 60_000 <= notice["lasted_ms"] <= 62_000
    assert "Chin on the chest for 1 min" in notice["text"]
    assert "Lift your head" in notice["text"]
    # A head that jumps there between two pictures takes a moment to be believed.
    assert 64 <= shown.today_s["chin-to-chest"] <= 70


def test_the_camera_goes_and_comes_back_twice(stage: Stage, sitting: Script) -> None:
    script = acts((10, sitting), (25, unplugged), (50, sitting), (65, unplugged), (999, sitting))
    shown = stage.play(script, 90)
    assert shown.events("minute") == [
        "neutral-wanted", "neutral", "camera-gone", "camera-back", "camera-gone", "camera-back",
        "end",
    ]  # fmt: skip
    assert "no picture" in shown.named("camera-gone")[0]["text"]
    # Tried every ten seconds, and what nobody saw is in no zone: 87 - 2 gaps of 15 to 25 s.
    assert 36 <= sum(shown.today_s.values()) <= 57
    assert shown.camera.held[-1] > 85


def test_a_day_that_is_forgotten_meanwhile_begins_afresh(stage: Stage, sitting: Script) -> None:
    forgotten: list[int] = []

    def script(t_s: float) -> Image | None:
        if t_s >= 120 and not forgotten:
            forgotten.append(forget_days(stage.folder))
        return sitting(t_s)

    shown = stage.play(script, 200)
    # Even before the first five minutes: what is forgotten must not come back with the next save.
    assert sum(shown.today_s.values()) == pytest.approx(200 - 120, abs=62)
    assert sum(read_day(stage.folder, date(2026, 11, 23)).values()) / 1000 <= 80 + 1


def test_no_camera_at_the_start_is_an_error(stage: Stage) -> None:
    with pytest.raises(CameraError, match="unplugged"):
        stage.play(unplugged, 10)


def test_an_empty_chair_lets_the_camera_go_until_somebody_is_back(
    stage: Stage, sitting: Script
) -> None:
    shown = stage.play(acts((10, sitting), (100, nobody), (999, sitting)), 130)
    assert shown.events("minute") == ["neutral-wanted", "neutral", "away", "back", "end"]
    held = [t for t in shown.camera.held if 45 <= t < 100]
    # A look of two seconds every twenty, at two pictures a second.
    assert len(held) <= 20
    assert shown.today_s["away"] == pytest.approx(60, abs=22)
    assert max(shown.camera.held) > 125


def test_the_computer_sleeps_and_wakes(stage: Stage, sitting: Script, slumped: Script) -> None:
    script = acts((10, sitting), (30, slumped), (7240, slumped), (9999, sitting))
    shown = stage.play(script, 7250, sleep=(30, 7200))
    assert shown.events("minute") == ["neutral-wanted", "neutral", "slept", "end"]
    assert "2 h 0 min" in shown.named("slept")[0]["text"]
    # Twenty seconds before and ten after are no half minute; two hours are no time at all.
    assert sum(shown.today_s.values()) < 52


def test_pause_lets_the_camera_go_and_takes_it_back(stage: Stage, sitting: Script) -> None:
    shown = stage.play(sitting, 50, keys={15: "p", 40: "p"})
    assert shown.events("minute") == ["neutral-wanted", "neutral", "paused", "resumed", "end"]
    assert not [t for t in shown.camera.held if 15.5 < t < 40]
    assert [t for t in shown.camera.held if t > 41]
    # From when the neutral was looked for, 3 s, to the pause, and from its end.
    assert sum(shown.today_s.values()) == pytest.approx(12 + 10, abs=2)


def test_even_a_short_pause_counts_for_nothing(stage: Stage, sitting: Script) -> None:
    shown = stage.play(sitting, 20, keys={15: "p", 17: "p"})
    assert sum(shown.today_s.values()) == pytest.approx(12 + 3, abs=1)


def test_a_snooze_is_silent(stage: Stage, sitting: Script, slumped: Script) -> None:
    shown = stage.play(acts((10, sitting), (999, slumped)), 100, keys={12: "s"})
    assert shown.events("minute") == ["neutral-wanted", "neutral", "snoozed", "end"]
    assert "quiet until Monday 09:30" in shown.named("snoozed")[0]["text"]


def test_orders_from_another_terminal_are_obeyed_and_answered(
    stage: Stage, sitting: Script
) -> None:
    orders = {10.0: Order.TODAY, 15.0: Order.SNOOZE_TOMORROW, 20.0: Order.STOP}
    shown = stage.play(sitting, 60, orders=orders)
    assert shown.events() == ["neutral-wanted", "neutral", "today", "snoozed", "end"]
    assert "watching, now good" in shown.named("today")[0]["text"]
    assert "Tuesday 05:00" in shown.named("snoozed")[0]["text"]
    assert max(shown.camera.held) < 21


def test_an_order_that_makes_no_sense_is_nothing(stage: Stage, sitting: Script) -> None:
    (stage.folder / "order.json").write_text("{")  # one that an earlier run left behind
    shown = stage.play(sitting, 12)
    assert shown.events() == ["neutral-wanted", "neutral", "end"]
    assert not (stage.folder / "order.json").exists()


def test_a_new_neutral_on_demand(stage: Stage, sitting: Script, tmp_path: Path) -> None:
    profile = tmp_path / "desk.json"
    shown = stage.play(sitting, 30, keys={15: "c"}, profile=profile)
    assert shown.events() == ["neutral-wanted", "neutral", "neutral-wanted", "neutral", "end"]
    kept = read_profile(profile).baseline
    assert kept.start_ms > 15_000
    again = stage.play(sitting, 10, baseline=kept)
    assert again.events() == ["neutral", "end"]
    assert again.today_s["good"] > 8


def test_a_new_neutral_leaves_the_own_range_in_the_profile(
    stage: Stage, sitting: Script, tmp_path: Path
) -> None:
    profile = tmp_path / "desk.json"
    stage.play(sitting, 8, keys={1: "c"}, profile=profile)
    before = read_profile(profile)
    assert before.own_range == OwnRange()
    known = OwnRange(flexion_deg=41.0, left_lateral_deg=33.0)
    write_profile(profile, before.baseline, known)
    stage.play(sitting, 25, keys={12: "c"}, profile=profile)
    after = read_profile(profile)
    assert after.baseline.start_ms > 12_000
    assert after.own_range == known


def test_no_neutral_is_said_with_its_reason_each_minute(stage: Stage, slumped: Script) -> None:
    tilted = looped(10, 12)
    shown = stage.play(tilted, 65)
    (minute,) = shown.named("minute")
    assert "no neutral yet: the head is tilted to a side" in minute["text"]


def test_a_line_a_minute_adds_up(stage: Stage, sitting: Script) -> None:
    shown = stage.play(sitting, 130)
    first, second = shown.named("minute")
    assert sum(second["zones_ms"].values()) == pytest.approx(60_000, abs=1000)
    assert second["text"] == "good 60 s" or second["text"] == "good 1 min"
    assert sum(first["zones_ms"].values()) < 60_500


def test_the_day_s_minutes_are_kept_and_go_on(stage: Stage, sitting: Script) -> None:
    today = date(2026, 11, 23)
    write_day(stage.folder, today, {"good": 600_000, "slouch": 60_000})
    shown = stage.play(sitting, 20)
    assert shown.today_s["good"] > 610
    assert read_day(stage.folder, today) == shown.loop.today_ms
    assert "slouching 1 min" in shown.named("end")[0]["text"]


def test_midnight_begins_a_new_day(stage: Stage, sitting: Script) -> None:
    shown = stage.play(sitting, 130, begin=datetime(2026, 11, 23, 23, 59, 30))
    assert "day" in shown.events()
    first = read_day(stage.folder, date(2026, 11, 23))
    second = read_day(stage.folder, date(2026, 11, 24))
    assert sum(first.values()) == pytest.approx(60_000, abs=4500)
    assert sum(second.values()) == pytest.approx(70_000, abs=2000)


def test_a_folder_that_cannot_be_written_is_said_once(stage: Stage, sitting: Script) -> None:
    (stage.folder / "2026-11-23.json").mkdir()
    shown = stage.play(sitting, 12)
    assert len(shown.named("not-saved")) == 1
    assert shown.events()[-1] == "end"


def test_the_status_is_there_to_be_read(stage: Stage, sitting: Script) -> None:
    read: list[dict[str, object]] = []

    def script(t_s: float) -> object:
        path = stage.folder / "status.json"
        if t_s > 61 and path.exists() and not read:
            read.append(json.loads(path.read_text()))
        return sitting(t_s)

    stage.play(script, 65)  # type: ignore[arg-type]
    (status,) = read
    assert status["schema"] == "neckform/watch-status/1"
    assert status["camera"] == "on"
    assert not (stage.folder / "status.json").exists()


def test_a_full_disk_is_said_once_and_leaves_nothing(
    disk: Path, capsys: pytest.CaptureFixture[str], sitting: Script
) -> None:
    fill(disk)
    shown = Stage(disk, capsys).play(sitting, 400)
    (said,) = shown.named("not-saved")
    assert "No space left on device" in said["text"]
    assert shown.today_s["good"] > 300
    assert left(disk) <= {"lock"}


def test_a_call_has_the_camera_and_gives_it_back(
    stage: Stage, sitting: Script, slumped: Script
) -> None:
    """Quiet while another program uses it, however the neck rests; a short look is no call."""
    script = acts((10, sitting), (150, slumped), (999, sitting))
    shown = stage.play(script, 260, calls=((5, 7), (20, 140)))
    assert shown.events("minute") == [
        "neutral-wanted", "neutral", "call", "call-over", "end"
    ]  # fmt: skip
    assert not [at_s for at_s in shown.camera.held if 30 < at_s < 140]
    assert 140 < min(at_s for at_s in shown.camera.held if at_s > 140) < 160
    assert shown.today_s["chin-to-chest"] < 30


def test_a_computer_that_sleeps_amid_a_call_wakes_to_what_is_so_then(
    stage: Stage, sitting: Script
) -> None:
    shown = stage.play(sitting, 1300, calls=((20, 60),), sleep=(40, 1200))
    assert shown.events("minute") == [
        "neutral-wanted", "neutral", "call", "slept", "call-over", "end"
    ]  # fmt: skip
    assert sum(shown.today_s.values()) < 120


def test_a_pause_stays_one_when_a_call_is_over(stage: Stage, sitting: Script) -> None:
    shown = stage.play(sitting, 90, calls=((20, 50),), orders={30: Order.PAUSE, 75: Order.RESUME})
    held = [at_s for at_s in shown.camera.held if at_s > 30]
    assert min(held) >= 75
    assert "call-over" not in shown.events()


def test_on_battery_it_looks_less_often_and_counts_the_same(stage: Stage, sitting: Script) -> None:
    shown = stage.play(sitting, 130, battery_s=1.0)
    late = [at_s for at_s in shown.camera.held if at_s >= 60]
    assert 65 <= len(late) <= 75
    assert shown.today_s["good"] == pytest.approx(125, abs=6)


def test_a_new_place_is_asked_for_once_and_the_old_one_is_known_again(
    stage: Stage, sitting: Script
) -> None:
    """Head and shoulders lie elsewhere in the picture, as when the screen was turned."""

    def aside(t_s: float) -> Image | None:
        image = sitting(t_s)
        return None if image is None else np.roll(image, 110, axis=1)

    shown = stage.play(
        acts((30, sitting), (260, aside), (999, sitting)), 380, orders={245: Order.RECALIBRATE}
    )
    assert shown.events("minute") == [
        "neutral-wanted", "neutral", "misfit", "neutral-wanted", "neutral", "place", "end",
    ]  # fmt: skip
    assert len(shown.places) == 2

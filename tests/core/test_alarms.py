"""When to speak up: short stories of (zone, seconds), and what should be said when."""

from __future__ import annotations

from dataclasses import replace

import pytest

from neckform.core.monitor import alerts as alarm
from neckform.core.monitor.alert_settings import AlertSettings
from neckform.core.monitor.alerts import Alerts, RequestKind
from neckform.core.monitor.exemption import Stretched
from neckform.core.monitor.zones import (
    AWAY,
    CAUTION,
    GOOD,
    UNSEEN,
)
from neckform.core.posture.flags import STATIC, LiveRules
from neckform.core.types import Flag

CHIN, SLOUCH, TILT = "chin-to-chest", "slouch", "side-tilt"
Story = list[tuple[str, float]]
Told = list[tuple[float, str, str | None]]


def moments(story: Story, every_ms: int = 500) -> list[tuple[int, str]]:
    found, begin_ms = [], 0
    for zone, lasts_s in story:
        end_ms = begin_ms + round(lasts_s * 1000)
        found += [(t_ms, zone) for t_ms in range(begin_ms, end_ms, every_ms)]
        begin_ms = end_ms
    return found


def told(story: Story, alarms: Alerts | None = None, every_ms: int = 500) -> Told:
    """What was said, when in seconds, about which posture."""
    alarms, said = alarms or Alerts(), []
    for t_ms, zone in moments(story, every_ms):
        alarms, requests = alarm.step(alarms, t_ms, zone)
        said += [(request.t_ms / 1000, request.kind.value, request.posture) for request in requests]
    return said


@pytest.mark.parametrize(
    "story",
    [
        [(GOOD, 600)],
        [(CAUTION, 600)],
        [(UNSEEN, 600)],
        [(AWAY, 600)],
        # A glance down, at the keyboard, at a second screen, a drink, again and again.
        [(GOOD, 10), (SLOUCH, 20), (GOOD, 10)] * 20,
        [(GOOD, 30), ("twisted", 29), (GOOD, 4)] * 10,
        [(GOOD, 20), ("chin-up", 8), (GOOD, 20)] * 10,
        # Somebody passes by, and the chair is left.
        [(GOOD, 10), (TILT, 5), (AWAY, 120)] * 5,
        # Somebody signs, or nods along: the head moves in and out all the time.
        [(TILT, 2.5), (GOOD, 1.5)] * 100,
        [("chin-up", 1.5), (CAUTION, 1), ("chin-up", 3), (GOOD, 1.5)] * 100,
        # Bad, but nobody knows for how long: the computer sleeps in between.
        [(SLOUCH, 25), (UNSEEN, 40)] * 10,
    ],
)
def test_no_alarm(story: Story) -> None:
    assert told(story) == []


@pytest.mark.parametrize("every_ms", [200, 500, 1000, 2000])
def test_first_a_hint_then_a_notice_at_any_rate(every_ms: int) -> None:
    story: Story = [(GOOD, 10), (CHIN, 70), (GOOD, 10)]
    assert told(story, every_ms=every_ms)[:2] == [(40, "hint", CHIN), (70, "notice", CHIN)]


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ([(SLOUCH, 100)], [(30, "hint", SLOUCH), (60, "notice", SLOUCH)]),
        # A straight back for a moment forgives nothing, for three seconds everything.
        ([(SLOUCH, 40), (GOOD, 2), (SLOUCH, 40)], [(30, "hint", SLOUCH), (62, "notice", SLOUCH)]),
        (
            [(SLOUCH, 25), (GOOD, 2), (SLOUCH, 10), (GOOD, 2), (SLOUCH, 30)],
            [(32, "hint", SLOUCH), (64, "notice", SLOUCH)],
        ),
        ([(SLOUCH, 40), (GOOD, 10), (SLOUCH, 25)], [(30, "hint", SLOUCH), (43, "eased", SLOUCH)]),
        # Upright for a moment now and then is no movement.
        ([(SLOUCH, 8), (GOOD, 2)] * 8, [(36, "hint", SLOUCH), (74, "notice", SLOUCH)]),
        # Who stops moving and then rests badly is told, from then on.
        (
            [*([(TILT, 2), (GOOD, 2)] * 100), (TILT, 60.5)],
            [(430, "hint", TILT), (460, "notice", TILT)],
        ),
        # Nearly bad is not bad.
        ([(SLOUCH, 40), (CAUTION, 10)], [(30, "hint", SLOUCH), (43, "eased", SLOUCH)]),
        # Bad rest is bad rest, and is called after what there was most of.
        ([(SLOUCH, 20), (CHIN, 45)], [(30, "hint", SLOUCH), (60, "notice", CHIN)]),
        # Unseen neither counts nor forgives.
        ([(CHIN, 50), (UNSEEN, 20), (CHIN, 15)], [(30, "hint", CHIN), (80, "notice", CHIN)]),
        ([(CHIN, 50), (AWAY, 40), (CHIN, 25)], [(30, "hint", CHIN)]),
    ],
)
def test_what_is_said(story: Story, expected: Told) -> None:
    assert told(story) == expected


def test_quiet_for_five_minutes_after_a_notice() -> None:
    said = told([(SLOUCH, 700)])
    assert said == [(30, "hint", SLOUCH), (60, "notice", SLOUCH), (360, "notice", SLOUCH),
                    (660, "notice", SLOUCH)]  # fmt: skip


def test_no_more_than_one_hint_in_five_minutes() -> None:
    said = told([(SLOUCH, 35), (GOOD, 10)] * 10)
    assert [t for t, kind, _ in said if kind == "hint"] == [30, 345]
    assert "notice" not in {kind for _, kind, _ in said}


def test_a_notice_comes_soon_after_quiet_where_one_is_due() -> None:
    said = told([(SLOUCH, 65), (GOOD, 200), (SLOUCH, 120)])
    # 60 s of it had passed at 325 s; quiet lasted until 360 s.
    assert said[-1] == (360, "notice", SLOUCH)


def test_own_times() -> None:
    own = Alerts(AlertSettings(hint_s=10), replace(LiveRules(), after_s=20.0, cooldown_s=15.0))
    said = told([(SLOUCH, 60)], own)
    assert [(t, kind) for t, kind, _ in said] == [
        (10, "hint"), (20, "notice"), (35, "notice"), (50, "notice"),
    ]  # fmt: skip


def test_a_gap_earns_nothing_and_a_long_one_ends_the_run() -> None:
    alarms = Alerts()
    for t_ms in range(0, 25_001, 500):
        alarms, said = alarm.step(alarms, t_ms, SLOUCH)
        assert said == ()
    # Ten seconds that nobody watched do not make it thirty.
    alarms, said = alarm.step(alarms, 35_000, SLOUCH)
    assert said == ()
    assert alarms.rest.lasted_ms == 25_000
    alarms, said = alarm.step(alarms, 3_635_000, SLOUCH)
    assert said == ()
    assert alarms.rest.lasted_ms == 0


def test_a_snooze_is_silent_and_then_counts_afresh() -> None:
    alarms = alarm.snooze(Alerts(), 1_800_000)
    said = told([(SLOUCH, 1900)], alarms)
    assert said == [(1830, "hint", SLOUCH), (1860, "notice", SLOUCH)]
    assert alarms.snoozed(1_799_999)
    assert not alarms.snoozed(1_800_000)


def test_waking_ends_a_snooze() -> None:
    alarms = alarm.wake(alarm.snooze(Alerts(), 10**9))
    assert told([(SLOUCH, 40)], alarms) == [(30, "hint", SLOUCH)]


def test_a_break_is_offered_after_fifty_minutes_and_again_after_as_many() -> None:
    said = told([(GOOD, 60 * 120)], every_ms=2000)
    assert [(t, kind) for t, kind, _ in said] == [(3000, "break"), (6000, "break")]


@pytest.mark.parametrize(
    ("story", "at_s"),
    [
        ([(GOOD, 2400), (AWAY, 121), (GOOD, 2400)], []),
        ([(GOOD, 2400), (AWAY, 100), (GOOD, 700)], [3100]),
        # What cannot be seen is still sitting there.
        ([(GOOD, 1500), (UNSEEN, 1501)], [3000]),
    ],
)
def test_two_minutes_away_are_a_break(story: Story, at_s: list[float]) -> None:
    assert [t for t, _, _ in told(story)] == at_s


def test_a_break_is_never_offered_to_an_empty_chair_nor_when_switched_off() -> None:
    assert told([(AWAY, 4000)]) == []
    assert told([(GOOD, 4000)], Alerts(AlertSettings(break_min=0))) == []


def test_the_computer_s_sleep_is_a_break() -> None:
    alarms = Alerts()
    for t_ms in range(0, 2_400_001, 2000):
        alarms, _ = alarm.step(alarms, t_ms, GOOD)
    alarms, _ = alarm.step(alarms, 9_000_000, GOOD)
    assert alarms.sitting.sat_ms == 0


UNMOVING = Flag(STATIC, 0, 600_000, 1.0, 2.0)


def test_a_flag_is_told_within_the_same_quiet() -> None:
    alarms, said = alarm.flagged(Alerts(), 600_000, UNMOVING)
    assert [(r.kind, r.posture, r.lasted_ms) for r in said] == [
        (RequestKind.NOTICE, STATIC, 600_000)
    ]
    assert alarm.flagged(alarms, 899_999, UNMOVING)[1] == ()
    assert alarm.flagged(alarms, 900_000, UNMOVING)[1] != ()
    assert alarm.flagged(alarm.snooze(Alerts(), 600_001), 600_000, UNMOVING)[1] == ()
    assert alarm.flagged(alarm.snooze(Alerts(), 600_000), 600_000, UNMOVING)[1] != ()


def test_a_flag_is_no_bad_rest_that_could_be_eased() -> None:
    alarms, _ = alarm.flagged(Alerts(), 600_000, UNMOVING)
    for t_ms in range(600_500, 630_500, 500):
        alarms, said = alarm.step(alarms, t_ms, SLOUCH if t_ms < 620_000 else GOOD)
        assert said == ()


# --- each limit, from just before it -------------------------------------------------------


def after(*steps: tuple[int, str], alarms: Alerts | None = None) -> Alerts:
    """The state after moments of (t_ms, zone)."""
    alarms = alarms or Alerts()
    for t_ms, zone in steps:
        alarms, _ = alarm.step(alarms, t_ms, zone)
    return alarms


BAD_FOR_10_S = tuple((t_ms, SLOUCH) for t_ms in range(0, 10_001, 2000))


@pytest.mark.parametrize(("gap_ms", "lasted_ms"), [(2000, 12_000), (2001, 10_000)])
def test_bad_rest_counts_across_gap_s_and_no_longer(gap_ms: int, lasted_ms: int) -> None:
    assert after(*BAD_FOR_10_S, (10_000 + gap_ms, SLOUCH)).rest.lasted_ms == lasted_ms


def test_the_gap_is_the_one_of_the_live_rules() -> None:
    own = Alerts(rules=LiveRules(gap_s=1.0))
    assert after(*BAD_FOR_10_S, alarms=own).rest.lasted_ms == 0


@pytest.mark.parametrize(("unseen_ms", "lasted_ms"), [(30_000, 10_001), (30_001, 0)])
def test_unseen_for_longer_than_unseen_s_ends_the_run(unseen_ms: int, lasted_ms: int) -> None:
    unseen = [(10_001, UNSEEN), (10_001 + unseen_ms, SLOUCH)]
    assert after(*BAD_FOR_10_S, *unseen).rest.lasted_ms == lasted_ms


@pytest.mark.parametrize(("good_ms", "lasted_ms"), [(2999, 10_001), (3000, 0)])
def test_good_for_lapse_s_ends_the_run(good_ms: int, lasted_ms: int) -> None:
    good = [(10_001, GOOD), (11_501, CAUTION), (10_001 + good_ms, GOOD)]
    assert after(*BAD_FOR_10_S, *good).rest.lasted_ms == lasted_ms


def test_good_and_unseen_time_begin_again_with_each_bad_moment() -> None:
    first = [(10_001, GOOD), (12_001, SLOUCH), (12_002, GOOD), (14_002, UNSEEN)]
    then = [(34_002, SLOUCH), (34_003, UNSEEN), (54_003, SLOUCH), (54_004, SLOUCH)]
    rest = after(*BAD_FOR_10_S, *first, *then).rest
    assert (rest.lasted_ms, rest.good_ms, rest.unseen_ms) == (10_004, 0, 0)


@pytest.mark.parametrize(("away_ms", "sat_ms"), [(119_999, 10_000), (120_000, 0)])
def test_away_for_rest_min_is_a_break(away_ms: int, sat_ms: int) -> None:
    sitting = tuple((t_ms, GOOD) for t_ms in range(0, 8_001, 2000))
    assert after(*sitting, (10_000, AWAY), (10_000 + away_ms, GOOD)).sitting.sat_ms == sat_ms


def test_an_absence_begins_again_with_each_return() -> None:
    sitting = [(0, GOOD), (1000, AWAY), (80_000, GOOD), (81_000, AWAY), (160_000, GOOD)]
    assert after(*sitting).sitting.sat_ms == 2000


# --- stretches -----------------------------------------------------------------------------


def test_a_stretch_is_forgiven_and_what_was_bad_beside_it_is_not() -> None:
    alarms = after(*BAD_FOR_10_S, (12_000, CHIN), (14_000, GOOD))
    assert dict(alarms.rest.posture_ms) == {SLOUCH: 12_000, CHIN: 2000}
    partly = alarm.forgive(alarms, Stretched({SLOUCH: 11_000, CHIN: 2000}, completed=False))
    assert dict(partly.rest.posture_ms) == {SLOUCH: 1000}
    assert partly.sitting.sat_ms == alarms.sitting.sat_ms == 14_000
    all_of_it = alarm.forgive(alarms, Stretched({SLOUCH: 12_000, CHIN: 2000}, completed=True))
    assert all_of_it.rest.lasted_ms == 0
    assert all_of_it.sitting.sat_ms == 0


def test_bad_rest_that_was_told_is_eased_though_it_is_forgiven() -> None:
    alarms = after(*((t_ms, SLOUCH) for t_ms in range(0, 30_001, 2000)))
    assert alarms.rest.told
    alarms = alarm.forgive(alarms, Stretched({SLOUCH: 30_000}, completed=False))
    eased = []
    for t_ms in range(30_500, 35_000, 500):
        alarms, requests = alarm.step(alarms, t_ms, GOOD)
        eased += [request.kind for request in requests]
    assert eased == [RequestKind.EASED]


def test_every_prefix_tells_the_same_story_and_steps_change_nothing() -> None:
    whole = moments([(GOOD, 5), (SLOUCH, 40), (UNSEEN, 5), (CHIN, 40), (GOOD, 10)])
    alarms, states, said = Alerts(), [], []
    for t_ms, zone in whole:
        states.append(alarms)
        alarms, requests = alarm.step(alarms, t_ms, zone)
        said.append(requests)
    again = [alarm.step(state, *moment)[1] for state, moment in zip(states, whole, strict=True)]
    assert again == said
    assert any(said)


def test_time_must_increase() -> None:
    alarms, _ = alarm.step(Alerts(), 500, GOOD)
    with pytest.raises(ValueError, match="time must increase"):
        alarm.step(alarms, 500, GOOD)

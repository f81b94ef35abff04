"""What a number of pain means for today, by the bounds that ship and by others."""

from pathlib import Path

import pytest

from neckform.config.settings import load_pain, load_settings
from neckform.core.coach.pain import (
    Easing,
    Felt,
    PainBounds,
    Today,
    eased,
    eased_range,
    is_pain,
    today,
)
from neckform.core.errors import SettingsError
from neckform.core.stretch.stretches import OwnRange
from neckform.core.types import Axis

RULES = load_pain()
WHAT = {
    0: Today.FREE, 1: Today.GENTLE, 2: Today.GENTLE, 3: Today.GENTLE, 4: Today.EASED,
    5: Today.EASED, 6: Today.EASED, 7: Today.NOT, 8: Today.NOT, 9: Today.NOT, 10: Today.NOT,
}  # fmt: skip


@pytest.mark.parametrize("pain", range(11))
def test_each_number_has_its_day(pain: int) -> None:
    assert today(pain, RULES.bounds) is WHAT[pain]


def test_a_physiotherapist_may_draw_the_bounds_elsewhere(tmp_path: Path) -> None:
    own = tmp_path / "pain.toml"
    own.write_text("[bounds]\ngentle_to = 2\neased_to = 4\n", "utf-8")
    bounds = load_pain(own).bounds
    assert [today(pain, bounds) for pain in (2, 3, 4, 5)] == [
        Today.GENTLE,
        Today.EASED,
        Today.EASED,
        Today.NOT,
    ]
    assert load_pain(own).eased == RULES.eased


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[bounds]\ngentle_to = 11\n", "gentle_to"),
        ("[bounds]\ngentle_to = 3.5\n", "gentle_to"),
        ("[bounds]\neased_to = 1\n", "must not be below"),
        ("[bound]\neased_to = 5\n", "did you mean bounds"),
        ("gentle_to = 3\n", "stands under no heading"),
        ("[eased]\nhold_share = 2\n", "hold_share"),
    ],
)
def test_bounds_that_make_no_sense_are_named(tmp_path: Path, text: str, words: str) -> None:
    own = tmp_path / "pain.toml"
    own.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=words):
        load_pain(own)


@pytest.mark.parametrize(
    ("number", "is_one"),
    [(0, True), (10, True), (11, False), (-1, False), (True, False), (3.0, False), ("3", False),
     (None, False), ([3], False)],
)  # fmt: skip
def test_only_a_whole_number_from_0_to_10_is_pain(number: object, is_one: bool) -> None:
    assert is_pain(number) is is_one


@pytest.mark.parametrize(
    ("before", "after", "worse"),
    [(3, None, 0), (3, 3, 0), (3, 4, 0), (3, 5, 2), (0, 10, 10), (5, 2, 0), (0, 2, 2)],
)
def test_two_points_more_are_worse(before: int, after: int | None, worse: int) -> None:
    assert Felt(before, after).worse(RULES.bounds) == worse


def test_half_the_hold_and_less_far() -> None:
    settings = load_settings()
    easier = eased(settings, Easing(0.5, 0.75))
    for whole, half in zip(settings.stretches, easier.stretches, strict=True):
        assert half.hold_s == whole.hold_s / 2
        assert half.stay == whole.stay
        for axis, goal in whole.main.items():
            assert half.main[axis].enter_deg == 0.75 * goal.enter_deg
            assert half.main[axis].target_deg == 0.75 * goal.target_deg
        for side in whole.sides:
            for axis in whole.main:
                far, near = (
                    each.guidance.ease_off(axis, side, OwnRange()) for each in (settings, easier)
                )
                assert near == 0.75 * far


def test_the_own_range_is_not_used_up_either() -> None:
    less = eased_range(OwnRange(left_lateral_deg=40.0), Easing(0.5, 0.75))
    assert less.of(Axis.LATERAL, None) is None
    assert less.left_lateral_deg == 30.0
    assert less.flexion_deg is None


def test_a_hold_that_is_short_already_stays_one_that_can_be_reported() -> None:
    settings = load_settings()
    short = eased(eased(eased(eased(settings, Easing(0.5, 1)), Easing(0.5, 1)), Easing(0.5, 1)), Easing(0.1, 1))  # fmt: skip  # noqa: E501
    assert {stretch.hold_s for stretch in short.stretches} == {3.0}


def test_the_bounds_are_those_that_the_guide_says() -> None:
    assert RULES.bounds == PainBounds(gentle_to=3, eased_to=6, worse_by=2)
    assert RULES.eased == Easing(hold_share=0.5, reach_share=0.75)

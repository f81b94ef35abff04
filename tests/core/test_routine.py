"""Exercises, as they are asked for, printed, and laid out by side."""

from __future__ import annotations

import pytest

from neckform.config.settings import load_settings
from neckform.core.coach.routine import all_exercises, each_side, parse_exercises
from neckform.core.errors import SettingsError
from neckform.core.types import Exercise, Side


def test_stretches_are_chosen_with_and_without_side() -> None:
    known = load_settings().stretches
    asked = ["upper-trapezius", "levator-scapulae:right", "upper-trapezius"]
    assert parse_exercises(asked, known) == (
        ("upper-trapezius", None),
        ("levator-scapulae", Side.RIGHT),
    )


def test_all_wrong_stretches_are_named_at_once() -> None:
    known = load_settings().stretches
    with pytest.raises(SettingsError) as caught:
        parse_exercises(["yoga", "upper-trapezius:up", "cervical-paraspinal:left"], known)
    assert len(caught.value.problems) == 3


def test_an_exercise_is_printed_as_it_is_asked_for() -> None:
    known = load_settings().stretches
    every = all_exercises(known)
    assert str(every[0]) == "cervical-paraspinal"
    assert "upper-trapezius:left" in map(str, every)
    assert parse_exercises(map(str, every), known) == every


def test_without_a_side_each_side_is_asked_for() -> None:
    known = load_settings().stretches
    asked = (
        Exercise("upper-trapezius"),
        Exercise("cervical-paraspinal"),
        Exercise("levator-scapulae", Side.RIGHT),
    )
    assert [str(exercise) for exercise in each_side(asked, known)] == [
        "upper-trapezius:left",
        "upper-trapezius:right",
        "cervical-paraspinal",
        "levator-scapulae:right",
    ]

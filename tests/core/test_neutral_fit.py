"""What a kind of neutral is worth is found again where it is known."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.append(str(Path(__file__).resolve().parents[2] / "calibration"))
from neckform.config.corrections import load_level_heads
from neckform.core.neutral.glimpses import Columns
from neckform.core.types import Float64
from neutral_fit import KINDS, Chosen, Setup, left_out, level_heads, trust_in, worth

MEAN = np.array([-9.0, 0.0, 0.0])
TRUST = np.array([0.9, 0.7, 0.5])
ERROR = np.array([2.0, 1.5, 1.0])


def recordings(people: int = 20, each: int = 60, outliers: int = 0) -> list[Chosen]:
    """Recordings whose moments are worth just `TRUST` and `ERROR`."""
    draw = np.random.default_rng(3)
    made = []
    for person in range(people):
        for index in range(each):
            found = MEAN + draw.normal(0.0, [8.0, 6.0, 4.0])
            true = MEAN + TRUST * (found - MEAN) + draw.normal(0.0, ERROR)
            if index < outliers:
                found = found + np.array([40.0, 0.0, 0.0])
            made.append(Chosen(f"p{person:02d}", "brief", 4, true, found))
    return made


@pytest.mark.parametrize("outliers", [0, 3])
def test_trust_is_found_again_whatever_a_few_recordings_say(outliers: int) -> None:
    assert trust_in(recordings(outliers=outliers), MEAN) == pytest.approx(TRUST, abs=0.1)


def test_a_standard_error_is_found_again() -> None:
    known = worth(recordings(), "brief", MEAN)
    assert known.error == pytest.approx(ERROR, abs=0.2)


def test_errors_are_those_of_people_left_out() -> None:
    """A person whose moments mean the opposite is measured by what the others say."""
    others = recordings(people=5)
    odd = [
        Chosen("odd", "brief", 4, MEAN - (one.found - MEAN), one.found)
        for one in recordings(people=1)
    ]
    errors = left_out([*others, *odd], "brief", MEAN)
    of_odd = errors[: len(odd)]  # people are taken by name
    found = np.array([one.found for one in odd])
    assert of_odd == pytest.approx((1.0 + trust_in(others, MEAN)) * (found - MEAN))


def test_the_average_person_looks_straight() -> None:
    mean, spread = level_heads([setup([-10.0, 4.0, 2.0]), setup([-6.0, 2.0, 0.0])])
    assert mean == pytest.approx([-8.0, 0.0, 0.0])
    assert spread == pytest.approx([2.0, 3.2, 1.4], abs=0.05)


def test_what_ships_is_whole() -> None:
    known = load_level_heads()
    assert set(known.kinds) == set(KINDS)
    for kind in known.kinds.values():
        assert all(0.0 <= share <= 1.0 for share in kind.trust)
        assert all(0.0 <= error < 10.0 for error in kind.error)


def setup(looks: list[float]) -> Setup:
    """A person whose neutral looks like this, by columns of `Columns`."""
    values: dict[str, float] = dict.fromkeys(Columns._fields, 0.0)
    values |= dict(zip(("flexion", "rotation", "lateral"), looks, strict=True))
    row: Float64 = np.array([[values[name] for name in Columns._fields]] * 2)
    return Setup("p", row, row)

"""Who was there, whom a recording is about, and which of several people is meant."""

from __future__ import annotations

from dataclasses import replace

import pytest
from people import observation

from neckform.config.corrections import load_level_heads
from neckform.core.measure.observation import Observation
from neckform.core.neutral.choice import baseline_of, choose
from neckform.core.neutral.glimpses import Glimpses
from neckform.core.people import People, unless_other
from neckform.core.types import Angles
from neckform.core.whom import Whom


def seen(start_s: float, end_s: float, person: int, *heads: float) -> list[Observation]:
    return [
        replace(observation(t_ms), person=person, heads=heads if t_ms % 500 == 0 else ())
        for t_ms in range(round(start_s * 1000), round(end_s * 1000), 100)
    ]


def people(observations: list[Observation]) -> People:
    collected = People()
    for one in observations:
        collected.add(one)
    return collected


@pytest.mark.parametrize(
    ("text", "across", "index"),
    [
        ("left", (300.0, 100.0, 500.0), 1),
        ("right", (300.0, 100.0, 500.0), 2),
        ("Middle", (300.0, 100.0, 500.0), 0),
        ("middle", (300.0, 100.0), 0),
        ("middle", (), None),
        ("1", (300.0, 100.0), 1),
        ("2", (300.0, 100.0), 0),
        ("3", (300.0, 100.0), None),
        ("left", (), None),
    ],
)
def test_who_is_meant(text: str, across: tuple[float, ...], index: int | None) -> None:
    assert Whom.parse(text).pick(across, 320.0) == index


@pytest.mark.parametrize("text", ["", "0", "-1", "10", "the tall one", "1.5"])
def test_nobody_is_meant(text: str) -> None:
    with pytest.raises(ValueError, match="number from 1"):
        Whom.parse(text)


def test_alone() -> None:
    company = people(seen(0, 10, 0, 0.0)).company(0)
    assert (company.people, company.number, company.place) == (1, 1, None)
    assert company.instead_from_ms is None


def test_who_is_beside_is_counted_and_the_place_is_the_pictures() -> None:
    company = people(seen(0, 4, 0, 5.0) + seen(4, 10, 0, 5.0, -200.0)).company(0)
    assert (company.people, company.number, company.place) == (2, 2, "right")
    assert 5000 <= company.beside_ms <= 6000
    assert not company.moved


def test_a_face_that_is_seen_once_is_nobody() -> None:
    once = [*seen(0, 4, 0, 5.0), *seen(4, 4.5, 0, 5.0, 300.0), *seen(4.5, 9, 0, 5.0)]
    assert people(once).company(0).people == 1


def test_who_changes_places_has_the_first_one() -> None:
    company = people(seen(0, 4, 0, -200.0, 200.0) + seen(4, 20, 0, 200.0, -200.0)).company(0)
    assert (company.place, company.moved) == ("left", True)


def test_a_recording_is_about_who_was_there_for_longest() -> None:
    collected = people(seen(0, 5, 0, 0.0) + seen(8, 30, 1, 0.0))
    assert collected.main(chosen=False) == 1
    company = collected.company(1)
    assert company.instead_from_ms == 0
    assert 4500 <= company.instead_ms <= 5000
    assert collected.company(None).instead_from_ms is None, "whoever was there is judged"


def test_who_was_chosen_among_several_is_the_one() -> None:
    collected = people(seen(0, 20, 0, 0.0) + seen(20, 30, 1, -200.0, 200.0))
    assert collected.main(chosen=True) == 1
    assert collected.main(chosen=False) == 0


def test_who_was_there_first_gives_no_neutral() -> None:
    tilted = [
        replace(observation(t, Angles(0.0, 0.0, 3.0 + t % 2000 / 100)), person=1)
        for t in range(5000, 15_000, 100)
    ]
    everybody = seen(0, 5, 0, 0.0) + tilted + seen(15, 17, 1, 0.0)
    glimpses = Glimpses()
    for one in everybody:
        glimpses.add(one)
    known = load_level_heads()
    choice = choose(glimpses.columns(1), known)
    assert choice is not None
    assert min(choice.times_ms) >= 15_000
    assert (
        baseline_of(choice, (unless_other(one, 1) for one in everybody), known).start_ms >= 15_000
    )
    assert unless_other(everybody[0], 1).face is None
    assert unless_other(everybody[0], None).face is not None

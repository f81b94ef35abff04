"""What the page is told while a comfortable range is measured, and when it is looked over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from neckform.core.coach.cues import Cue, CueKind
from neckform.core.coach.guided import Phase
from neckform.core.coach.range_test import RangeTest
from neckform.core.outcome import Direction, Reached
from neckform.core.parameter import parameters
from neckform.core.stretch.stretches import OwnRange
from neckform.showing.page.coach_states import paused_state, placement_state
from neckform.showing.page.figures import direction_figure
from neckform.showing.words.catalogue import phrase
from neckform.showing.words.spoken import words_of


def range_state(state: RangeTest, language: str) -> dict[str, Any]:
    """The parts of a state that belong to the measuring."""
    person = state.guided
    told = {"phase": person.phase.value, **paused_state(person, language)}
    if person.phase in (Phase.FRAMING, Phase.NEUTRAL):
        return told | placement_state(person.placement, language)
    # Until the review comes, the last direction stays as it was.
    told["phase"] = Phase.REACH.value
    last = len(state.settings.directions) - 1
    direction = state.settings.directions[min(state.index, last)]
    best = state.best if state.index <= last else state.measured.get(direction)
    told["range"] = {
        "index": min(state.index, last),
        "count": len(state.settings.directions),
        "direction": direction.value,
        "figure": direction_figure(direction, language),
        "name": phrase(f"direction.{direction}", language),
        "sentence": words_of(Cue(CueKind.REACH, stretch=direction.value), language),
        "now_deg": state.excursion.now_deg,
        "best_deg": None if best is None else best.deg,
        "uncertainty_deg": state.excursion.uncertainty_deg if best is None else best.uncertainty,
    }
    return told


def review_state(
    profile: str,
    values: Mapping[str, float | None],
    measured: Mapping[Direction, Reached | None],
    language: str,
    *,
    where: str,
    problems: Sequence[str] = (),
    saved: bool = False,
) -> dict[str, Any]:
    """What was measured, to be looked over, changed and kept.

    Parameters
    ----------
    values : mapping
        Degrees by the names of `OwnRange`, as they stand in the page.
    """
    degrees = parameters(OwnRange)["flexion_deg"]
    rows = []
    for direction in Direction:
        reached = measured.get(direction)
        rows.append(
            {
                "id": f"{direction.value}_deg",
                "name": phrase(f"direction.{direction}", language),
                "deg": values.get(f"{direction.value}_deg"),
                "uncertainty_deg": None if reached is None else reached.uncertainty,
            }
        )
    return {
        "phase": "review",
        "review": {
            "profile": profile,
            "values": rows,
            "limits": [degrees.low, degrees.high],
            "problems": list(problems),
            "saved": saved,
            "where": where,
        },
    }

"""What the page needs to draw a person: the head's angles, the view, and a label.

The page moves one figure to these angles. It knows no stretch and no direction by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from neckform.core.coach.cues import Cue, CueKind
from neckform.core.outcome import Direction
from neckform.core.stretch.stretches import Stretch
from neckform.core.types import Angles, Side
from neckform.showing.words.catalogue import phrase
from neckform.showing.words.spoken import words_of

_DIRECTIONS: Mapping[Direction, tuple[Angles, Side | None]] = {
    Direction.FLEXION: (Angles(46, 0, 0), None),
    Direction.EXTENSION: (Angles(-36, 0, 0), None),
    Direction.LEFT_ROTATION: (Angles(0, 58, 0), Side.LEFT),
    Direction.RIGHT_ROTATION: (Angles(0, -58, 0), Side.RIGHT),
    Direction.LEFT_LATERAL: (Angles(0, 0, 36), Side.LEFT),
    Direction.RIGHT_LATERAL: (Angles(0, 0, -36), Side.RIGHT),
}


def stretch_figure(stretch: Stretch, side: Side | None, language: str) -> dict[str, Any]:
    """A person who stretches toward `side`."""
    instruction = words_of(
        Cue(CueKind.INSTRUCTION, side, stretch.id), language, {stretch.id: stretch}
    )
    marks = {"feel": stretch.figure.feel, "hand": stretch.figure.hand}
    return {**_figure(stretch.drawn(side), side, instruction, language), **marks}


def direction_figure(direction: Direction, language: str) -> dict[str, Any]:
    """A person whose head goes in one direction."""
    instruction = words_of(Cue(CueKind.REACH, stretch=direction.value), language)
    return _figure(*_DIRECTIONS[direction], instruction, language)


def feel_words(stretch: Stretch, language: str) -> str | None:
    """A sentence on where the stretch may be felt; None if the stretch does not say."""
    feel = stretch.figure.feel
    return None if feel is None else phrase(f"feel.{feel}", language)


def _figure(pose: Angles, side: Side | None, instruction: str, language: str) -> dict[str, Any]:
    # The side view shows a nod best and hides every turn and tilt.
    view = "side" if pose.rotation_deg == pose.lateral_deg == 0 else "front"
    return {
        "view": view,
        "side": None if side is None else side.value,
        **pose._asdict(),
        "label": phrase(f"figure.{view}", language, instruction=instruction),
        "lang": language,
    }

"""The words: all of them there, in each language, for each side and each stretch."""

from __future__ import annotations

from dataclasses import replace

import pytest

from neckform.config.settings import load_settings
from neckform.core.coach.cues import WORDLESS, Cue, CueKind
from neckform.core.outcome import Direction
from neckform.core.stretch.stretches import Goal, Stretch
from neckform.core.types import Axis, Side
from neckform.showing.words.catalogue import languages, phrase
from neckform.showing.words.spoken import words_of

OWN = Stretch(
    "own", "Ear", sided=True, how_to="-", when_not="-", main={Axis.LATERAL: Goal(20, 25)}, stay={}
)
STRETCHES = load_settings().stretches
SIDED = (CueKind.SHOULDER_DOWN, CueKind.SWAP_SIDES, CueKind.WRONG_SIDE)
TOLD_OF_A_STRETCH = (CueKind.INSTRUCTION, CueKind.NEXT)


def every_cue() -> list[Cue]:
    """Each kind as it comes up: with the sides, stretches and directions that it is about."""
    of_stretches = [
        Cue(kind, side, stretch.id)
        for kind in TOLD_OF_A_STRETCH
        for stretch in STRETCHES
        for side in stretch.sides
    ]
    reaches = [Cue(CueKind.REACH, stretch=direction.value) for direction in Direction]
    sided = [Cue(kind, side) for kind in SIDED for side in Side]
    rest = set(CueKind) - set(SIDED) - set(TOLD_OF_A_STRETCH) - {CueKind.REACH} - WORDLESS
    return [*of_stretches, *reaches, *sided, *map(Cue, sorted(rest))]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("cue", every_cue(), ids=lambda cue: cue.topic)
def test_each_cue_has_words_in_each_language(cue: Cue, language: str) -> None:
    words = words_of(cue, language)
    assert words[0].isupper() or words[0] in "¿¡"
    assert words.endswith(".")
    assert "{" not in words
    assert len(words) <= 120


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", [*SIDED, *TOLD_OF_A_STRETCH])
def test_left_is_not_right(kind: CueKind, language: str) -> None:
    left, right = (words_of(Cue(kind, side, "upper-trapezius"), language) for side in Side)
    assert left != right
    # Both are made of one sentence, but for an adjective's ending.
    assert abs(len(left.split()) - len(right.split())) <= 1


@pytest.mark.parametrize("language", [one for one in languages() if one != "en"])
@pytest.mark.parametrize("cue", every_cue(), ids=lambda cue: cue.topic)
def test_no_language_speaks_another_s_words(cue: Cue, language: str) -> None:
    """A sentence that was forgotten would be the English one."""
    assert words_of(cue, language) != words_of(cue, "en")


def test_english_as_it_is_heard() -> None:
    assert words_of(Cue(CueKind.SHOULDER_DOWN, Side.LEFT), "en") == "Left shoulder down."
    assert words_of(Cue(CueKind.WRONG_SIDE, Side.RIGHT), "en") == "Other side: to the right."
    assert (
        words_of(Cue(CueKind.INSTRUCTION, Side.LEFT, "upper-trapezius"), "en")
        == "Shoulders still. Bring your ear toward your left shoulder."
    )
    assert words_of(Cue(CueKind.SHOULDER_DOWN, Side.RIGHT), "de") == "Rechte Schulter runter."


def test_a_tick_has_no_words() -> None:
    assert {words_of(Cue(kind), language) for kind in WORDLESS for language in languages()} == {""}


def test_a_stretch_without_words_is_called_by_its_name() -> None:
    known = {OWN.id: OWN}
    assert words_of(Cue(CueKind.INSTRUCTION, Side.LEFT, OWN.id), "en", known) == "Ear, left."
    assert words_of(Cue(CueKind.NEXT, Side.LEFT, OWN.id), "fr", known) == "Ensuite : Ear, gauche."


def test_a_stretch_that_is_not_known_is_called_by_its_id() -> None:
    assert words_of(Cue(CueKind.INSTRUCTION, None, "nose-dive"), "en") == "Nose dive."


def test_a_stretch_s_own_words_come_before_those_of_the_language() -> None:
    shipped = load_settings().by_id["upper-trapezius"]
    mine = replace(shipped, instruction="Ear to the {side}, {so}.", announcement="ear, {side}.")
    known = {mine.id: mine}
    instruction = words_of(Cue(CueKind.INSTRUCTION, Side.LEFT, mine.id), "de", known)
    assert instruction == "Ear to the links, {so}."
    assert words_of(Cue(CueKind.NEXT, Side.RIGHT, mine.id), "en", known) == "Ear, right."


def test_an_unknown_language_is_english() -> None:
    assert words_of(Cue(CueKind.STAY), "tlh") == "Stay."


@pytest.mark.parametrize(
    ("language", "left", "right"),
    [("en", "left", "right"), ("de", "links", "rechts"), ("fr", "gauche", "droite"),
     ("es", "izquierda", "derecha")],
)  # fmt: skip
def test_the_sides_names(language: str, left: str, right: str) -> None:
    assert (phrase("side.left", language), phrase("side.right", language)) == (left, right)

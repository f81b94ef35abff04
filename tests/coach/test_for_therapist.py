"""What goes along with a routine that is sent: what was to be done."""

from __future__ import annotations

from pathlib import Path

from neckform.config.card import card_in, text_of
from neckform.config.corrections import load_correction
from neckform.config.settings import load_settings
from neckform.core.coach.coaching import CoachSettings
from neckform.core.coach.routine import all_exercises, held_for, repeated
from neckform.core.session import SessionSettings
from neckform.jobs.coach.for_therapist import asked_for

SETTINGS = load_settings()


def test_a_routine_of_ones_own_is_a_card_that_asks_for_the_same() -> None:
    holds = held_for(SETTINGS, 45.0, each=True)
    exercises = repeated(all_exercises(holds.stretches)[:3], 2)
    routine = CoachSettings(SessionSettings(holds, load_correction()), exercises)
    card = card_in(text_of(asked_for(routine)), Path("card.toml"), SETTINGS.stretches)
    assert sorted(map(str, card.exercises)) == sorted(map(str, exercises))
    laid = card.over(SETTINGS).by_id
    for exercise in exercises:
        assert laid[exercise.stretch].hold_s == holds.by_id[exercise.stretch].hold_s == 45.0

"""What a therapist asks for: stretches, how long, how often, how far; and what came of it.

A card is laid over the settings: it changes how long each stretch is held and what to aim for.
Whether a hold counts is judged as ever; how far it went is answered beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from neckform.core.parameter import setting
from neckform.core.stretch.holds import HoldSettings
from neckform.core.stretch.stretches import Stretch
from neckform.core.types import Exercise, Hold, Side, toward


@dataclass(frozen=True, slots=True)
class CardLine:
    """One stretch of a card.

    Attributes
    ----------
    sides : tuple of Side
        Empty for a stretch without sides.
    """

    stretch: str = setting("which stretch, by its id, such as upper-trapezius")
    sides: tuple[Side, ...] = ()
    hold_s: float = setting("how long to hold, in seconds", low=3, high=600, default=30.0)
    repetitions: int = setting("how often", low=1, high=20, default=1)
    to_deg: float | None = setting(
        "how far to go on the main axis, in degrees", low=5, high=90, default=None
    )
    words: str | None = setting("the therapist's own words", default=None)


@dataclass(frozen=True, slots=True)
class Prescription:
    """A therapist's card.

    Attributes
    ----------
    days : tuple of str
        On which days of the week; empty: every day.
    """

    lines: tuple[CardLine, ...]
    days: tuple[str, ...] = ()
    who: str | None = setting("whose it is; a pseudonym does", default=None)
    words: str | None = setting("the therapist's own words", default=None)

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """Each exercise as often as it is asked for, in the order of the card, sides in turn."""
        return tuple(
            Exercise(line.stretch, side)
            for line in self.lines
            for _ in range(line.repetitions)
            for side in line.sides or (None,)
        )

    def over(self, settings: HoldSettings) -> HoldSettings:
        """The settings with what the card asks for."""
        by_id = {line.stretch: line for line in self.lines}
        stretches = tuple(
            _asked(stretch, by_id[stretch.id]) if stretch.id in by_id else stretch
            for stretch in settings.stretches
        )
        return replace(settings, stretches=stretches)


@dataclass(frozen=True, slots=True)
class CardAnswer:
    """What came of one line of a card, to one side.

    Attributes
    ----------
    done : int
        How often it was held to the end, `repetitions` at the most.
    best : Hold or None
        The longest hold; None when it was not tried.
    angle_deg, error_deg : float or None
        Its mean on the main axis, + toward the stretch, and one standard error of that.
    """

    line: CardLine
    exercise: Exercise
    done: int
    best: Hold | None
    angle_deg: float | None
    error_deg: float | None

    @property
    def far_enough(self) -> bool | None:
        """Whether it went as far as was asked, its own error allowed; None: nobody knows."""
        if self.line.to_deg is None or self.angle_deg is None:
            return None
        return self.angle_deg + (self.error_deg or 0.0) >= self.line.to_deg


def answers(
    card: Prescription, holds: Sequence[Hold], stretches: Sequence[Stretch]
) -> tuple[CardAnswer, ...]:
    """What came of each line and side of a card, in its order."""
    by_id = {stretch.id: stretch for stretch in stretches}
    return tuple(
        _answer(line, Exercise(line.stretch, side), holds, by_id[line.stretch])
        for line in card.lines
        if line.stretch in by_id
        for side in line.sides or (None,)
    )


def _answer(
    line: CardLine, exercise: Exercise, holds: Sequence[Hold], stretch: Stretch
) -> CardAnswer:
    tried = [hold for hold in holds if hold.exercise == exercise]
    done = min(sum(hold.completed for hold in tried), line.repetitions)
    if not tried:
        return CardAnswer(line, exercise, done, None, None, None)
    best = max(tried, key=lambda hold: hold.held_ms)
    angle_deg = stretch.shown.of(toward(best.mean, best.side))
    return CardAnswer(line, exercise, done, best, angle_deg, stretch.shown.of(best.uncertainty))


def _asked(stretch: Stretch, line: CardLine) -> Stretch:
    how_to = stretch.how_to if line.words is None else line.words
    asked = replace(stretch, hold_s=line.hold_s, how_to=how_to)
    if line.to_deg is None:
        return asked
    goal = stretch.main[stretch.shown]
    aimed = replace(
        goal,
        enter_deg=min(goal.enter_deg, line.to_deg),
        target_deg=line.to_deg,
        target_to_deg=None,
    )
    return replace(asked, main={**stretch.main, stretch.shown: aimed})

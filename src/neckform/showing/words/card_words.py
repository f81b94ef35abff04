"""A therapist's card in words: what it asks for, and what came of it."""

from __future__ import annotations

from neckform.core.prescription import CardAnswer, CardLine, Prescription
from neckform.core.stretch.stretches import Stretch
from neckform.core.types import Side
from neckform.core.wording import Worded, listed, plural, worded
from neckform.showing.words import phrases

DAY_NAMES = dict(
    zip(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        phrases.WEEKDAYS,
        strict=True,
    )
)


def days_words(card: Prescription) -> Worded:
    """On which days."""
    if not card.days:
        return worded("Every day.")
    return worded("{days}.", days=listed([DAY_NAMES[day] for day in card.days], ", "))


def asked_words(stretch: Stretch, line: CardLine, side: Side | None) -> Worded:
    """What a line asks for on one side: ``Ear to shoulder, left: 3 times 30 s, to 35°``."""
    said = plural(
        "{title}: once {hold_s:g} s",
        "{title}: {n} times {hold_s:g} s",
        title=phrases.title(stretch.name, side),
        n=line.repetitions,
        hold_s=line.hold_s,
    )
    if line.to_deg is None:
        return said
    return worded("{said}, to {to_deg:g}°", said=said, to_deg=line.to_deg)


def answer_words(stretch: Stretch, answer: CardAnswer) -> Worded:
    """What came of a line: ``... : 2 of 3 done; on average 33° (± 2), far enough``."""
    asked = asked_words(stretch, answer.line, answer.exercise.side)
    if answer.best is None:
        return worded("{asked}: not tried.", asked=asked)
    said = worded(
        "{asked}: {done} of {n} done",
        asked=asked,
        done=answer.done,
        n=answer.line.repetitions,
    )
    if not answer.done:
        held = answer.best.held_ms // 1000
        said = worded("{said}, {held_s} s at the longest", said=said, held_s=held)
    if answer.far_enough is None or answer.angle_deg is None:
        return worded("{said}.", said=said)
    deg, sure = round(answer.angle_deg), max(1, round(answer.error_deg or 0))
    far = worded("far enough") if answer.far_enough else worded("not far enough")
    return worded(
        "{said}; on average {deg}° (± {sure}), {far}.", said=said, deg=deg, sure=sure, far=far
    )

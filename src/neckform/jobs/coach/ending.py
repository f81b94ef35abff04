"""The end of a routine: the days in a row, one true sentence about the weeks, and tomorrow."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from neckform.core.stretch.stretches import Stretch
from neckform.core.types import Exercise
from neckform.history.trends import Trend
from neckform.showing.exports.reminder_ics import reminder
from neckform.showing.words.catalogue import phrase
from neckform.showing.words.safety import what_helps
from neckform.showing.words.spoken import stretch_words

_ONE = timedelta(days=1)


def ending_state(
    exercises: Sequence[Exercise],
    stretches: Mapping[str, Stretch],
    trends: Sequence[Trend],
    now: datetime,
    language: str,
) -> dict[str, Any]:
    """What a page shows at the end, beside what was done.

    Parameters
    ----------
    exercises : sequence of Exercise
        The routine, each exercise once.
    trends : sequence of Trend
        Of the history, with today; empty where nothing is kept.
    now : datetime
        Local time: tomorrow's reminder is for the same hour.
    """
    once = list(dict.fromkeys(exercises))
    tomorrow = phrase("outcome.tomorrow", language, n=len(once))
    names = [_named(exercise, stretches, language) for exercise in once]
    return {
        "trend": trend_line(trends, once, stretches, language),
        "tomorrow": tomorrow,
        "reminder": reminder(now + _ONE, phrase("shortcut", language), "\n".join(names)),
    }


def unwell_state(language: str) -> dict[str, Any]:
    """What a page shows instead of tomorrow when it hurts: what helps today."""
    return {"tomorrow": None, "reminder": None, "helps": what_helps(language)}


def trend_line(
    trends: Sequence[Trend],
    exercises: Collection[Exercise],
    stretches: Mapping[str, Stretch],
    language: str,
) -> str | None:
    """The one thing that is true of the weeks so far: the change that stands out most, or none.

    None where nothing is kept yet.
    """
    ours = [trend for trend in trends if trend.exercise in exercises]
    if not ours:
        return None
    known = [(trend, deg) for trend in ours if (deg := trend.change.angle_deg) is not None]
    if not known:
        return phrase("outcome.trend-new", language)
    told = [(trend, deg) for trend, deg in known if trend.change.beyond_noise]
    if not told:
        return phrase("outcome.trend-same", language)
    trend, deg = max(told, key=lambda one: abs(one[1]) / one[0].change.band_deg)
    key = "outcome.trend-further" if deg > 0 else "outcome.trend-less"
    name = _named(trend.exercise, stretches, language)
    return phrase(key, language, name=name, deg=abs(round(deg)))


def _named(exercise: Exercise, stretches: Mapping[str, Stretch], language: str) -> str:
    name = stretch_words(stretches[exercise.stretch], language).name
    side = exercise.side
    return name if side is None else f"{name}, {phrase(f'side.{side}', language)}"

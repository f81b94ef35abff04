"""A quarter of a minute before and after a routine, if wanted: how far the neck turns."""

from __future__ import annotations

from collections.abc import Sequence

from neckform.app.desk import Desk
from neckform.app.guide import Guide
from neckform.app.loop import Ended, follow
from neckform.core.coach import range_test
from neckform.core.coach.range_change import Measured, RangeChange
from neckform.core.coach.range_test import RangeSettings
from neckform.core.outcome import Direction
from neckform.core.whom import Whom
from neckform.sensing.landmarks.bundles import Models
from neckform.sensing.sources.camera import LiveSource
from neckform.showing.page.range_states import range_state
from neckform.showing.words.catalogue import phrase


def measure(
    desk: Desk,
    settings: RangeSettings,
    models: Models,
    source: LiveSource,
    *,
    whom: Whom | None,
) -> tuple[Measured | None, Ended]:
    """Let the person turn to each side; None when it was not done to the end."""
    guide = Guide(desk, range_test, range_test.begin(settings, 0), range_state)
    ended = follow(guide, source, models, lambda _: None, whom=whom)
    done = ended is Ended.OVER and guide.state.direction is None
    return (guide.state.measured if done else None), ended


def lines(changes: Sequence[RangeChange], language: str) -> list[str]:
    """What the check found, a sentence for each side that differs, or one for none."""
    told = [
        phrase(
            "turn.further" if change.deg > 0 else "turn.less",
            language,
            side=phrase(f"toward.{_SIDES[change.direction]}", language),
            deg=abs(round(change.deg)),
        )
        for change in changes
        if change.beyond_noise
    ]
    return told or ([phrase("turn.same", language)] if changes else [])


_SIDES = {Direction.LEFT_ROTATION: "left", Direction.RIGHT_ROTATION: "right"}

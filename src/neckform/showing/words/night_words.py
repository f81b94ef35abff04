"""A night in words: how somebody lay, for how long, and what would help the neck."""

from __future__ import annotations

from neckform.core.night import ASLEEP, Lie, LyingChange, Night
from neckform.core.wording import Worded, listed, plural, worded
from neckform.showing.words.watch_words import lasting

LIES = {
    Lie.BACK: worded("On the back"),
    Lie.LEFT: worded("On the left side"),
    Lie.RIGHT: worded("On the right side"),
    Lie.FRONT: worded("On the belly"),
    Lie.SITTING: worded("Sitting up"),
    Lie.UNCLEAR: worded("Position unclear"),
    Lie.NOBODY: worded("Nobody seen"),
}
CHANGES = {
    LyingChange.LOWER: worded("A lower pillow: the head lay too high."),
    LyingChange.HIGHER: worded(
        "A higher pillow: the head lay too low. On the side, the shoulder must fit below."
    ),
    LyingChange.NOT_FACE_DOWN: worded(
        "Not face down: there the neck stays twisted. A long pillow before the chest keeps you on "
        "the side."
    ),
    LyingChange.STRAIGHT: worded("Turn the whole body, not only the head: the neck lay twisted."),
}


def night_line(night: Night) -> Worded:
    """A whole night in one sentence, such as ``Lay for 7 h, turned once. On the back: 7 h.``."""
    spent = night.spent_ms
    slept_ms = sum(spent.get(lie, 0) for lie in ASLEEP)
    if not slept_ms:
        return worded("Nobody was seen lying.")
    turned = len(night.turns)
    turns = (
        plural("turned once", "turned {n} times", n=turned) if turned else worded("never turned")
    )
    parts = [
        worded("{name}: {lasted}", name=LIES[lie], lasted=lasting(spent_ms))
        for lie, spent_ms in spent.items()
    ]
    return worded(
        "Lay for {lasted}, {turns}. {parts}.",
        lasted=lasting(slept_ms),
        turns=turns,
        parts=listed(parts, ", "),
    )

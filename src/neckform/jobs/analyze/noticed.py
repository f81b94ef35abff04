"""What was noticed about a recording as a whole, told in its note."""

from __future__ import annotations

from dataclasses import replace

from neckform.core.measure.frozen import FrozenTime
from neckform.core.report import SourceFacts


def with_frozen(facts: SourceFacts, still: FrozenTime) -> SourceFacts:
    """The same facts, and for how long the picture stood still."""
    if still.first_ms is None:
        return facts
    total_s, first_s = still.total_ms / 1000, still.first_ms / 1000
    times = "once" if still.times == 1 else f"{still.times} times"
    told = (
        f"the picture stood still {times}, for {total_s:.1f} s in all, first at {first_s:.1f} s: "
        "a camera or call that froze shows nobody, so this counts as unseen after a second"
    )
    return replace(facts, frozen_s=total_s, note=noted(facts.note, told))


def noted(before: str | None, told: str) -> str:
    """One note of two."""
    return told if before is None else f"{before}; {told}"

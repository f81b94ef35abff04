"""What was noticed about a recording as a whole, told in its note."""

from __future__ import annotations

from dataclasses import replace

from neckform.core.measure.frozen import FrozenTime
from neckform.core.people import Company
from neckform.core.report import SourceFacts

_WHERE = {
    "left": "on the left of the picture",
    "middle": "in the middle of the picture",
    "right": "on the right of the picture",
}


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


def with_company(facts: SourceFacts, company: Company, *, chosen: bool) -> SourceFacts:
    """The same facts, and who was there beside the one who is judged."""
    note = facts.note
    if company.people > 1:
        number = f"number {company.number} from the left of the picture"
        where = _WHERE.get(company.place or "", number)
        if company.moved:
            where += " at first"
        told = (
            f"up to {company.people} people are in view, for {company.beside_ms / 1000:.0f} s: "
            f"judged is the one who is {where}"
        )
        note = noted(note, told if chosen else f"{told}; --person chooses another")
    if company.instead_from_ms is not None:
        told = (
            f"somebody else was there without the one who is judged, for "
            f"{company.instead_ms / 1000:.0f} s, first at {company.instead_from_ms / 1000:.1f} s: "
            "that counts as unseen and gives no neutral"
        )
        note = noted(note, told)
    return replace(facts, people=company.people, person=company.number, note=note)


def noted(*notes: str | None) -> str | None:
    """One note of those that there are."""
    return "; ".join(filter(None, notes)) or None

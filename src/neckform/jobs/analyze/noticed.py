"""What was noticed about a recording as a whole, told in its note."""

from __future__ import annotations

from dataclasses import replace

from neckform.core.measure.camera_motion import CameraTime
from neckform.core.measure.frozen import FrozenTime
from neckform.core.people import Company
from neckform.core.report import SourceFacts
from neckform.core.wording import listed, plural, worded

_WHERE = {
    "left": worded("on the left of the picture"),
    "middle": worded("in the middle of the picture"),
    "right": worded("on the right of the picture"),
}


def with_frozen(facts: SourceFacts, still: FrozenTime) -> SourceFacts:
    """The same facts, and for how long the picture stood still."""
    if still.first_ms is None:
        return facts
    total_s, first_s = still.total_ms / 1000, still.first_ms / 1000
    times = plural("once", "{n} times", n=still.times)
    told = worded(
        "the picture stood still {times}, for {total_s:.1f} s in all, first at "
        "{first_s:.1f} s: a camera or call that froze shows nobody, so this counts as "
        "unseen after a second",
        times=times,
        total_s=total_s,
        first_s=first_s,
    )
    return replace(facts, frozen_s=total_s, note=noted(facts.note, told))


def with_camera(facts: SourceFacts, camera: CameraTime) -> SourceFacts:
    """The same facts, and whether the camera moved."""
    if not camera.moved:
        return facts
    told = worded(
        "the camera moved: what it did to the picture is taken out of what the shoulders did"
    )
    note = noted(facts.note, told)
    if camera.lost_ms:
        told = worded(
            "for {lost_s:.1f} s the background does not show what the camera did: the shoulders "
            "are unseen",
            lost_s=camera.lost_ms / 1000,
        )
        note = noted(note, told)
    return replace(facts, camera_moved=True, note=note)


def with_company(facts: SourceFacts, company: Company, *, chosen: bool) -> SourceFacts:
    """The same facts, and who was there beside the one who is judged."""
    note = facts.note
    if company.people > 1:
        number = worded("number {number} from the left of the picture", number=company.number)
        where = _WHERE.get(company.place or "", number)
        if company.moved:
            where = worded("{where} at first", where=where)
        told = worded(
            "up to {people} people are in view, for {beside_s:.0f} s: judged is the one who "
            "is {where}",
            people=company.people,
            beside_s=company.beside_ms / 1000,
            where=where,
        )
        note = noted(
            note, told if chosen else worded("{told}; --person chooses another", told=told)
        )
    if company.instead_from_ms is not None:
        told = worded(
            "somebody else was there without the one who is judged, for {instead_s:.0f} s, "
            "first at {from_s:.1f} s: that counts as unseen and gives no neutral",
            instead_s=company.instead_ms / 1000,
            from_s=company.instead_from_ms / 1000,
        )
        note = noted(note, told)
    return replace(facts, people=company.people, person=company.number, note=note)


def noted(*notes: str | None) -> str | None:
    """One note of those that there are."""
    there = [note for note in notes if note]
    return listed(there) if there else None

"""The sentences about a report: the same in the files, on the page and on the terminal."""

from __future__ import annotations

from neckform.core.coach.next_time import raised_shoulder
from neckform.core.events import MissReason, NearMiss
from neckform.core.posture.flags import STATIC
from neckform.core.report import FlagTotal, SessionReport
from neckform.core.types import Axis, Flag, Hold, Reason, Side
from neckform.core.wording import Worded, listed, named, plural, worded
from neckform.showing.words import phrases
from neckform.showing.words.catalogue import DEFAULT_LANGUAGE, words_at

_ENDED: dict[str, Worded] = {
    "angle": worded("the head came back"),
    Reason.CROSS_AXIS: worded("the head also went another way"),
    Reason.SHOULDER_DRIFT: worded("the shoulders moved sideways"),
    Reason.TRUNK_LEAN: worded("the upper body leaned over"),
    Reason.TRUNK_TURN: worded("the upper body turned"),
    Reason.TRUNK_BEND: worded("the upper body bent forward"),
    Reason.UNSEEN: worded("the head or the shoulders could no longer be seen"),
}

_LYING: dict[tuple[str | None, str], Worded] = {
    ("back", "chin-to-chest"): worded(
        "Your chin lies toward your chest: a lower pillow lets your head lie level."
    ),
    ("back", "chin-up"): worded(
        "Your head lies tilted back: a slightly higher pillow, under head and neck, lets it lie "
        "level."
    ),
    ("back", "twisted"): worded(
        "Your head lies turned: look to the ceiling, or turn all of you onto your side."
    ),
    ("side", "side-tilt"): worded(
        "Your neck lies bent sideways: a pillow as high as your shoulder keeps it straight; lower "
        "where it props your head up, higher where your head sinks in."
    ),
    ("side", "chin-to-chest"): worded(
        "Your chin lies toward your chest: pull the pillow out from under your shoulder, and let "
        "your back grow long."
    ),
    ("side", "twisted"): worded(
        "Your head lies turned away from your chest: turn shoulders and hips with it."
    ),
}
"""Advice for a neck that lies; at a desk, other things help."""

_DIRECTED = {
    Axis.FLEXION: phrases.flexion_words,
    Axis.ROTATION: phrases.rotation_words,
    Axis.LATERAL: phrases.lateral_words,
}


def hold_title(report: SessionReport, hold: Hold | NearMiss) -> Worded:
    """What a stretch is called, and its side: ``Ear to shoulder, left``."""
    return phrases.title(report.names.get(hold.stretch, hold.stretch), hold.side)


def flag_title(report: SessionReport, flag: Flag | FlagTotal) -> Worded:
    """What a flag is called, and its side."""
    return phrases.title(report.names.get(flag.flag, flag.flag), flag.side)


def flag_advice(report: SessionReport, flag: str) -> Worded:
    """What helps: of somebody who lies, the pillow; a person's own words stand as they are."""
    own = report.postures.by_flag[flag].advice if report.postures else ""
    shipped = words_at(DEFAULT_LANGUAGE, "posture", flag, "advice")
    lying = _LYING.get((report.lying_on, flag))
    return named(own) if lying is None or own != shipped else lying


def hold_verdict(report: SessionReport, hold: Hold) -> Worded:
    """What became of a hold, in one sentence.

    Whole seconds are those that were really held: 29.9 of 30 is 29, because it was not enough.
    """
    held = worded(
        "{title}: held {held_s} s of {target_s:g} s",
        title=hold_title(report, hold),
        held_s=hold.held_ms // 1000,
        target_s=hold.target_ms / 1000,
    )
    if hold.completed:
        return worded("{held}. Done.", held=held)
    return worded(
        "{held}: {ended} at {end_s:.1f} s.",
        held=held,
        ended=what_ended(hold, live=report.source.live),
        end_s=hold.end_ms / 1000,
    )


def miss_verdict(report: SessionReport, miss: NearMiss) -> Worded:
    """What an attempt that did not count lacked, in one sentence."""
    return worded("{title}: {what}", title=hold_title(report, miss), what=miss_words(miss))


def miss_words(miss: NearMiss) -> Worded:
    """The same without the stretch's name: ``33 s at 17° tilted left (± 1°), it starts at ...``."""
    near_s = miss.near_ms // 1000
    if miss.reason is MissReason.WRONG_SIDE and miss.side is not None:
        if miss.side is Side.LEFT:
            return worded("{near_s} s done to the right; left was asked for.", near_s=near_s)
        return worded("{near_s} s done to the left; right was asked for.", near_s=near_s)
    if miss.axis is None:
        return worded("{near_s} s, but {what}.", near_s=near_s, what=_of_body(miss))
    # What is measured is toward the side that was tried; what is said is the person's own.
    against = miss.side is Side.RIGHT and miss.axis is not Axis.FLEXION
    angle = angle_words(miss.axis, -miss.measured if against else miss.measured)
    if miss.error is not None:
        sure = max(1, round(miss.error))
        angle = worded("{angle} (± {sure}°)", angle=angle, sure=sure)
    limit = phrases.whole(miss.limit)
    if miss.reason is MissReason.CROSS_AXIS:
        said = worded(
            "{near_s} s, but the head was also {angle}; up to {limit} counts",
            near_s=near_s,
            angle=angle,
            limit=limit,
        )
    elif miss.reason is MissReason.UNSEEN:
        said = worded(
            "{near_s} s at {angle}, but the shoulders were not seen", near_s=near_s, angle=angle
        )
    else:
        said = worded(
            "{near_s} s at {angle}, it starts at {limit}", near_s=near_s, angle=angle, limit=limit
        )
    if miss.perhaps:
        return worded("{said}: perhaps it counted.", said=said)
    if miss.reason is MissReason.CROSS_AXIS:
        return worded("{said}.", said=said)
    return worded("{said}: about {gap}° more.", said=said, gap=max(1, round(miss.gap)))


_TRUNK = {
    MissReason.TRUNK_LEAN: "the body leaned by {measured}; up to {limit:g}° counts",
    MissReason.TRUNK_TURN: "the body turned by {measured}; up to {limit:g}° counts",
    MissReason.TRUNK_BEND: "the body bent forward by {measured}; up to {limit:g}° counts",
}
_SHARES = {
    None: "a shoulder was up by {measured:.0%} of the shoulder width; up to {limit:.0%} counts",
    Side.LEFT: "the left shoulder was up by {measured:.0%} of the shoulder width; up to "
    "{limit:.0%} counts",
    Side.RIGHT: "the right shoulder was up by {measured:.0%} of the shoulder width; up to "
    "{limit:.0%} counts",
}
_DRIFT = (
    "the shoulders moved sideways by {measured:.0%} of the shoulder width; up to {limit:.0%} counts"
)
MESSAGES = (*_TRUNK.values(), *_SHARES.values(), _DRIFT)
"""Those that stand in no call."""


def _of_body(miss: NearMiss) -> Worded:
    """What the shoulders or the trunk did, and how much of it counts."""
    if did := _TRUNK.get(miss.reason):
        return worded(did, measured=phrases.whole(miss.measured), limit=miss.limit)
    shares = _DRIFT if miss.reason is MissReason.SHOULDER_DRIFT else _SHARES[miss.shoulder]
    return worded(shares, measured=abs(miss.measured), limit=miss.limit)


def rested_words(report: SessionReport) -> Worded:
    """What is said where no posture was flagged; nobody rested well who was hardly seen."""
    if not report.could_judge or report.coverage.head_seen_ms == 0:
        return worded("Nothing could be judged.")
    if report.half_unseen:
        return worded(
            "No bad posture in the {seen_s:.0f} s that were seen; for {unseen_s:.0f} s nothing "
            "can be said.",
            seen_s=report.coverage.head_seen_ms / 1000,
            unseen_s=report.coverage.unseen_ms / 1000,
        )
    return worded("The neck rested well as far as it was seen.")


def seen_words(report: SessionReport) -> Worded:
    """How long it was and what of it was seen: ``60 s of recording; the head was seen for ...``."""
    if not report.could_judge:
        return listed([length_words(report), worded("nothing was judged")])
    seen = unseen_words(report) or worded("the head was seen throughout")
    return listed([length_words(report), seen])


def unseen_words(report: SessionReport) -> Worded | None:
    """What was not seen: ``the head was seen for 56 s, 4 s are unseen``; None when all was."""
    coverage = report.coverage
    unseen_s = round(coverage.unseen_ms / 1000)
    head = worded("the head was seen throughout")
    if unseen_s:
        head = worded(
            "the head was seen for {seen_s:.0f} s, {unseen_s} s are unseen",
            seen_s=coverage.head_seen_ms / 1000,
            unseen_s=unseen_s,
        )
    if not report.judges_stretches or not report.shoulders_missed:
        return head if unseen_s else None
    if coverage.shoulders_seen_ms == 0:
        return listed([head, worded("the shoulders never were")])
    seen_s = coverage.shoulders_seen_ms / 1000
    return listed([head, worded("the shoulders for {seen_s:.0f} s", seen_s=seen_s)])


def no_stretch_words(report: SessionReport) -> Worded:
    """What is said where no stretch was tried; nobody rules out what could not be seen."""
    if report.shoulders_missed and report.coverage.shoulders_seen_ms == 0:
        return worded("No stretch can count where the shoulders are not in the picture.")
    if report.half_unseen:
        return worded(
            "No stretch of 3 s or more in the {seen_s:.0f} s that were seen.",
            seen_s=report.coverage.head_seen_ms / 1000,
        )
    return worded("No stretch of 3 s or more was seen.")


def flag_verdict(report: SessionReport, flag: Flag) -> Worded:
    """How a neck rested badly, in one sentence."""
    lasted = worded(
        "{title}: for {lasted_s} s",
        title=flag_title(report, flag),
        lasted_s=(flag.end_ms - flag.start_ms) // 1000,
    )
    if flag.mean_deg is None or flag.peak_deg is None:
        return worded("{lasted}, the face out of sight.", lasted=lasted)
    if flag.flag == STATIC:
        return worded("{lasted}, within {deg:.0f}°.", lasted=lasted, deg=2 * flag.peak_deg)
    return worded(
        "{lasted}, {mean_deg:.0f}° on average and {peak_deg:.0f}° at most.",
        lasted=lasted,
        mean_deg=flag.mean_deg,
        peak_deg=flag.peak_deg,
    )


def angle_words(axis: Axis, degrees: float) -> Worded:
    """An angle on one axis: ``35° tilted left``."""
    return worded(
        "{angle} {direction}", angle=phrases.whole(degrees), direction=_DIRECTED[axis](degrees)
    )


def hand_words(hands: frozenset[Side]) -> Worded | None:
    """Which hands were at the head: ``left hand on the head``; None when none was."""
    if len(hands) == 2:
        return worded("both hands on the head")
    if not hands:
        return None
    if Side.LEFT in hands:
        return worded("left hand on the head")
    return worded("right hand on the head")


def length_words(report: SessionReport) -> Worded:
    """How long it was, of a recording or at the camera: ``75 s of recording``."""
    source, coverage = report.source, report.coverage
    total_s = source.duration_s or (coverage.head_seen_ms + coverage.unseen_ms) / 1000
    if source.live:
        return worded("{total_s:.0f} s at the camera", total_s=total_s)
    return worded("{total_s:.0f} s of recording", total_s=total_s)


def missed_words(report: SessionReport) -> Worded | None:
    """How many attempts did not count; None when all did."""
    missed = len(report.near_misses)
    if not missed:
        return None
    return plural("{n} more attempt did not count.", "{n} more attempts did not count.", n=missed)


def what_ended(hold: Hold, *, live: bool) -> Worded:
    """Why a hold ended before its time, as a clause: ``the head came back``."""
    if hold.ended_by == "end":
        return worded("the routine ended") if live else worded("the recording ended")
    if hold.ended_by != Reason.SHOULDER_RISE:
        return _ENDED[hold.ended_by]
    side = raised_shoulder(hold)
    if side is None:
        return worded("both shoulders came up")
    if side is Side.LEFT:
        return worded("the left shoulder came up")
    return worded("the right shoulder came up")

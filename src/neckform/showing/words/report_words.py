"""The sentences about a report: the same in the files, on the page and on the terminal."""

from __future__ import annotations

from neckform.core.coach.next_time import raised_shoulder
from neckform.core.events import MissReason, NearMiss
from neckform.core.posture.flags import STATIC
from neckform.core.report import FlagTotal, SessionReport
from neckform.core.types import Axis, Flag, Hold, Reason, Side
from neckform.showing.words import phrases

_ENDED: dict[str, str] = {
    "angle": "the head came back",
    Reason.CROSS_AXIS: "the head also went another way",
    Reason.SHOULDER_DRIFT: "the shoulders moved sideways",
    Reason.TRUNK_LEAN: "the upper body leaned over",
    Reason.TRUNK_TURN: "the upper body turned",
    Reason.TRUNK_BEND: "the upper body bent forward",
    Reason.UNSEEN: "the head or the shoulders could no longer be seen",
}

_DIRECTED = {
    Axis.FLEXION: phrases.flexion_words,
    Axis.ROTATION: phrases.rotation_words,
    Axis.LATERAL: phrases.lateral_words,
}


def hold_title(report: SessionReport, hold: Hold | NearMiss) -> str:
    """What a stretch is called, and its side: ``Ear to shoulder, left``."""
    return phrases.title(report.names.get(hold.stretch, hold.stretch), hold.side)


def flag_title(report: SessionReport, flag: Flag | FlagTotal) -> str:
    """What a flag is called, and its side."""
    return phrases.title(report.names.get(flag.flag, flag.flag), flag.side)


def hold_verdict(report: SessionReport, hold: Hold) -> str:
    """What became of a hold, in one sentence.

    Whole seconds are those that were really held: 29.9 of 30 is 29, because it was not enough.
    """
    held = f"{hold_title(report, hold)}: held {hold.held_ms // 1000} s of "
    held += f"{hold.target_ms / 1000:g} s"
    if hold.completed:
        return f"{held}. Done."
    ended = _what_ended(hold, live=report.source.live)
    return f"{held}: {ended} at {hold.end_ms / 1000:.1f} s."


def miss_verdict(report: SessionReport, miss: NearMiss) -> str:
    """What an attempt that did not count lacked, in one sentence."""
    return f"{hold_title(report, miss)}: {miss_words(miss)}"


def miss_words(miss: NearMiss) -> str:
    """The same without the stretch's name: ``33 s at 17° tilted left (± 1°), it starts at ...``."""
    lasted = f"{miss.near_ms // 1000} s"
    if miss.reason is MissReason.WRONG_SIDE and miss.side is not None:
        return f"{lasted} done to the {miss.side.other}; {miss.side} was asked for."
    if miss.axis is None:
        return f"{lasted}, but {_of_body(miss)}."
    sure = "" if miss.error is None else f" (± {max(1, round(miss.error))}°)"
    if miss.reason is MissReason.CROSS_AXIS:
        strayed = angle_words(miss.axis, miss.measured)
        said = f"{lasted}, but the head was also {strayed}{sure}; up to "
        said += phrases.whole(miss.limit)
        return f"{said} counts{': perhaps it counted' if miss.perhaps else ''}."
    said = f"{lasted} at {angle_words(miss.axis, miss.measured)}{sure}, it starts at "
    said += phrases.whole(miss.limit)
    if miss.perhaps:
        return f"{said}: perhaps it counted."
    return f"{said}: about {max(1, round(miss.gap))}° more."


_TRUNK = {
    MissReason.TRUNK_LEAN: "leaned",
    MissReason.TRUNK_TURN: "turned",
    MissReason.TRUNK_BEND: "bent forward",
}


def _of_body(miss: NearMiss) -> str:
    """What the shoulders or the trunk did, and how much of it counts."""
    if did := _TRUNK.get(miss.reason):
        return f"the body {did} by {phrases.whole(miss.measured)}; up to {miss.limit:g}° counts"
    shares = f"{abs(miss.measured):.0%} of the shoulder width; up to {miss.limit:.0%} counts"
    if miss.reason is MissReason.SHOULDER_DRIFT:
        return f"the shoulders moved sideways by {shares}"
    which = "a shoulder" if miss.shoulder is None else f"the {miss.shoulder} shoulder"
    return f"{which} was up by {shares}"


def rested_words(report: SessionReport) -> str:
    """What is said where no posture was flagged; nobody rested well who was hardly seen."""
    if not report.could_judge or report.coverage.head_seen_ms == 0:
        return "Nothing could be judged."
    if report.half_unseen:
        seen_s, unseen_s = report.coverage.head_seen_ms / 1000, report.coverage.unseen_ms / 1000
        return (
            f"No bad posture in the {seen_s:.0f} s that were seen; for {unseen_s:.0f} s nothing "
            "can be said."
        )
    return "The neck rested well as far as it was seen."


def seen_words(report: SessionReport) -> str:
    """How long it was and what of it was seen: ``60 s of recording; the head was seen for ...``."""
    if not report.could_judge:
        return f"{length_words(report)}; nothing was judged"
    seen = unseen_words(report) or "the head was seen throughout"
    return f"{length_words(report)}; {seen}"


def unseen_words(report: SessionReport) -> str | None:
    """What was not seen: ``the head was seen for 56 s, 4 s are unseen``; None when all was."""
    coverage = report.coverage
    unseen_s = round(coverage.unseen_ms / 1000)
    head = "the head was seen throughout"
    if unseen_s:
        head = (
            f"the head was seen for {coverage.head_seen_ms / 1000:.0f} s, {unseen_s} s are unseen"
        )
    if not report.judges_stretches or not report.shoulders_missed:
        return head if unseen_s else None
    if coverage.shoulders_seen_ms == 0:
        return f"{head}; the shoulders never were"
    return f"{head}; the shoulders for {coverage.shoulders_seen_ms / 1000:.0f} s"


def no_stretch_words(report: SessionReport) -> str:
    """What is said where no stretch was tried; nobody rules out what could not be seen."""
    if report.shoulders_missed and report.coverage.shoulders_seen_ms == 0:
        return "No stretch can count where the shoulders are not in the picture."
    if report.half_unseen:
        seen_s = report.coverage.head_seen_ms / 1000
        return f"No stretch of 3 s or more in the {seen_s:.0f} s that were seen."
    return "No stretch of 3 s or more was seen."


def flag_verdict(report: SessionReport, flag: Flag) -> str:
    """How a neck rested badly, in one sentence."""
    lasted = f"{flag_title(report, flag)}: for {(flag.end_ms - flag.start_ms) // 1000} s"
    if flag.mean_deg is None or flag.peak_deg is None:
        return f"{lasted}, the face out of sight."
    if flag.flag == STATIC:
        return f"{lasted}, within {2 * flag.peak_deg:.0f}°."
    return f"{lasted}, {flag.mean_deg:.0f}° on average and {flag.peak_deg:.0f}° at most."


def angle_words(axis: Axis, degrees: float) -> str:
    """An angle on one axis: ``35° tilted left``."""
    return f"{phrases.whole(degrees)} {_DIRECTED[axis](degrees)}"


def hand_words(hands: frozenset[Side]) -> str | None:
    """Which hands were at the head: ``left hand on the head``; None when none was."""
    if len(hands) == 2:
        return "both hands on the head"
    return next((f"{side.value} hand on the head" for side in hands), None)


def length_words(report: SessionReport) -> str:
    """How long it was, of a recording or at the camera: ``75 s of recording``."""
    source, coverage = report.source, report.coverage
    total_s = source.duration_s or (coverage.head_seen_ms + coverage.unseen_ms) / 1000
    return f"{total_s:.0f} s {'at the camera' if source.live else 'of recording'}"


def _what_ended(hold: Hold, *, live: bool) -> str:
    if hold.ended_by == "end":
        return "the routine ended" if live else "the recording ended"
    if hold.ended_by != Reason.SHOULDER_RISE:
        return _ENDED[hold.ended_by]
    side = raised_shoulder(hold)
    return "both shoulders came up" if side is None else f"the {side.value} shoulder came up"

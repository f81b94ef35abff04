"""Whether the shoulders keep still: where they rested, how far they are from there, what moved.

They are judged against where they rested in the last second before the head left neutral. While
the head is away that place stands: a shoulder that comes up with the stretch counts, and one that
is up already does not become the new normal. That second has an error of its own: a shoulder that
seems to rest a little lower than in the neutral rests as there, one that seems to rest a little
higher does so by half.

A hand on the head lifts its shoulder, which is no fault. While a hand comes or goes, the rise of
its side and the shoulder line are not judged; when it has settled, both are judged from where they
settled. The sideways place of the shoulders' middle hardly moves with an arm, so it is judged
throughout.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from neckform.core.parameter import milliseconds, setting
from neckform.core.types import Angles, Evidence, Reason, Sample, Shoulders, Side

_NEUTRAL = Shoulders(0.0, 0.0, 0.0, 0.0, 0.0)
_OF_TRUNK = frozenset({Reason.TRUNK_LEAN, Reason.TRUNK_TURN, Reason.TRUNK_BEND})
STILL_DEG = 6.0
"""The head has arrived when its angles differ by no more than this for `rest_s`."""
CERTAIN_ERRORS = 4.0
"""A shoulder that rests so many errors off the neutral was not misread at all."""
MISREAD_HIGHER = 0.5
"""Of a shoulder that seems to rest a little higher than in the neutral, this share is misread. On
ten rendered people in no clip of a stretch (`twist_*` of the truth clips, trunk turned by less than
5 degrees), what was read later was off by 0.0124 with the whole of it taken out, 0.0096 with half,
0.0125 with none; of one that seems lower, 0.0193, 0.0139 and 0.0113."""


@dataclass(frozen=True, slots=True)
class ShoulderLimits:
    """How far the shoulders may move while they count as still."""

    rise_sw: float = setting("either shoulder, upward, in shoulder widths", low=0.01, high=1,
                             default=0.08)  # fmt: skip
    drift_sw: float = setting("their middle, to either side, in shoulder widths", low=0.01,
                              high=2, default=0.10)  # fmt: skip
    lean_deg: float = setting("the line between them, in degrees", low=1, high=90, default=8.0)
    turn_deg: float = setting("the trunk, to either side, in degrees", low=1, high=90, default=15.0)
    bend_deg: float = setting("the trunk, forward, in degrees", low=1, high=90, default=12.0)
    nearer: float = setting("the whole person, nearer or further, as a share of the distance",
                            low=0.01, high=1, default=0.07)  # fmt: skip
    return_share: float = setting(
        "once out, they are still again within this share of the limits", low=0.1, high=1,
        default=0.75,
    )  # fmt: skip
    rest_error_sw: float = setting(
        "a shoulder that rests off the neutral by up to this may be misread", low=0, high=1,
        default=0.03,
    )  # fmt: skip
    near_neutral_deg: float = setting(
        "the head counts as not yet stretching within this, on each axis, in degrees", low=1,
        high=20, default=10.0,
    )  # fmt: skip
    rest_s: float = setting(
        "they rest where they were for this long before the head left neutral, in seconds",
        low=0.1, high=10, default=1.0,
    )  # fmt: skip
    settle_s: float = setting(
        "a hand that comes to the head, or leaves it, has settled after this, in seconds",
        low=0.1, high=10, default=1.0,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShoulderVerdict:
    """What one shoulder did at one moment.

    Attributes
    ----------
    up_sw, across_sw : float
        How far it is from where it rested: upward, and toward the person's own left.
    up_limit_sw, across_limit_sw : float
        The limits that it was judged by: closer ones while the shoulders are on their way back.
    raised : bool
        Its own rise was beyond its limit. While its hand comes or goes, no rise is judged.
    evidence : Evidence
        Out also when the trunk carried both shoulders too far.
    """

    up_sw: float
    across_sw: float
    up_limit_sw: float
    across_limit_sw: float
    raised: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the shoulders did at one moment.

    Attributes
    ----------
    reason : Reason or None
        What is out, or ``UNSEEN``; None when they are still.
    moved : Shoulders or None
        How far they are from where they rested; None when unseen.
    left, right : ShoulderVerdict or None
        Each for itself; None when unseen. Both are in when `evidence` is in, and never else.
    beyond : tuple of Reason
        Everything that is out, `reason` first.
    nearer : float
        How much nearer the whole person is than where they rested, a share of the distance, where
        that is too much for shoulders to be compared: they are unseen then. Else 0.
    looks : int
        How many looks at the shoulders, one after the other, have found them out.
    """

    evidence: Evidence
    reason: Reason | None
    moved: Shoulders | None
    left: ShoulderVerdict | None = None
    right: ShoulderVerdict | None = None
    beyond: tuple[Reason, ...] = ()
    nearer: float = 0.0
    looks: int = 0


@dataclass(frozen=True, slots=True)
class _Hand:
    """One hand: whether it is at the head, and since when that has been changing."""

    here: bool = False
    changing_since_ms: int | None = None
    settled: tuple[Shoulders, ...] = ()


@dataclass(frozen=True, slots=True)
class Compensation:
    """What must be remembered of the shoulders from one sample to the next.

    Attributes
    ----------
    window : tuple of (int, Shoulders)
        Where they were while the head has been near neutral without a break, the last `rest_s`.
    rest : Shoulders
        Where they rested; the baseline's own place until anything better is known.
    still : (int, Angles) or None
        Since when a head that left neutral has kept still, and where.
    arrived : Shoulders or None
        As they were when it had done so for `rest_s`.
    out_looks : tuple of int
        When the first and the latest look were that found them out, one after the other.
    """

    limits: ShoulderLimits
    window: tuple[tuple[int, Shoulders], ...] = ()
    rest: Shoulders = _NEUTRAL
    rest_known: bool = False
    left_hand: _Hand = _Hand()
    right_hand: _Hand = _Hand()
    out: bool = False
    still: tuple[int, Angles] | None = None
    arrived: Shoulders | None = None
    out_looks: tuple[int, ...] = ()


def step(state: Compensation, sample: Sample) -> tuple[Compensation, Verdict]:
    """Take in one sample and judge its shoulders."""
    shoulders = sample.shoulders
    if shoulders is None:
        return state, Verdict(Evidence.UNSEEN, Reason.UNSEEN, None)
    state = _follow_rest(state, sample, shoulders)
    state = _follow_hand(state, sample, shoulders, Side.LEFT)
    state = _follow_hand(state, sample, shoulders, Side.RIGHT)
    moved = Shoulders(
        shoulders.left_rise_sw - _rested(state, Side.LEFT),
        shoulders.right_rise_sw - _rested(state, Side.RIGHT),
        shoulders.drift_sw - state.rest.drift_sw,
        shoulders.tilt_deg - state.rest.tilt_deg,
        _turned(state.rest, shoulders),
        shoulders.bend_deg - state.rest.bend_deg,
        *_resized(state, shoulders),
    )
    scale = state.limits.return_share if state.out else 1.0
    beyond = _beyond(state, moved, scale)
    reason = _what_moved(beyond, moved)
    nearer = _elsewhere(state, moved, beyond, scale)
    if nearer:
        # Further away, still shoulders lie higher in the picture, and nearer ones lower.
        return replace(state, out=True, out_looks=()), Verdict(
            Evidence.UNSEEN, Reason.UNSEEN, None, nearer=nearer
        )
    left, right = (_one_of(state, moved, side, beyond, scale) for side in Side)
    evidence = Evidence.IN if reason is None else Evidence.OUT
    if reason is None:
        state = _arrive(state, sample, shoulders)
    out = tuple(sorted(beyond, key=lambda one: (one is not reason, -beyond[one])))
    looks = () if reason is None else _looked(state, sample)
    verdict = Verdict(evidence, reason, moved, left, right, out, looks=len(looks))
    return replace(state, out=reason is not None, out_looks=looks), verdict


def _looked(state: Compensation, sample: Sample) -> tuple[int, ...]:
    """The first and the latest look in a row that found them out, this one among them."""
    look_ms = sample.t_ms if sample.shoulders_ms is None else sample.shoulders_ms
    return tuple(sorted({*state.out_looks[:1], look_ms}))


def _rested(state: Compensation, side: Side) -> float:
    """Where a shoulder rested: the resting second has an error, too.

    One that reads lower than in the neutral would make a still shoulder rise later. While the other
    arm comes up, it reads lower still. One that reads higher would hide a rise, unless its own arm
    lifts it. One that is off by several times the error truly is.
    """
    rest_sw = state.rest.rise_sw(side)
    hands = state.left_hand, state.right_hand
    own, other = hands if side is Side.LEFT else hands[::-1]
    arm_up = other.here or other.changing_since_ms is not None
    error_sw = state.limits.rest_error_sw * (2.0 if arm_up else 1.0)
    if error_sw == 0.0:
        return rest_sw
    certain = (abs(rest_sw) / error_sw - 1.0) / (CERTAIN_ERRORS - 1.0)
    doubt = min(1.0, max(0.0, 1.0 - certain))
    if rest_sw < 0.0:
        return min(0.0, rest_sw + error_sw * doubt)
    if own.here or own.changing_since_ms is not None:
        return rest_sw
    return rest_sw - MISREAD_HIGHER * min(rest_sw, state.limits.rest_error_sw) * doubt


def _turned(rest: Shoulders, now: Shoulders) -> float:
    # A turn of 0 is one that is not known: there is nothing to compare with the resting one.
    return now.turn_deg - rest.turn_deg if now.turn_deg else 0.0


def _follow_rest(state: Compensation, sample: Sample, shoulders: Shoulders) -> Compensation:
    """Move the resting place along while the head is near neutral; leave it while it is away."""
    head = sample.face_head
    if head is None:
        return state
    if max(abs(angle) for angle in head.angles) > state.limits.near_neutral_deg:
        return replace(state, window=())
    state = replace(state, still=None, arrived=None)
    rest_ms = milliseconds(state.limits.rest_s)
    window = (*state.window, (sample.t_ms, shoulders))
    window = tuple(entry for entry in window if sample.t_ms - entry[0] <= rest_ms)
    # One stray reading of a neutral head in the middle of a hold must not forgive a raised
    # shoulder: a resting place is replaced only by one that lasted.
    lasted = sample.t_ms - window[0][0] >= 0.4 * rest_ms
    if state.rest_known and not lasted:
        return replace(state, window=window)
    rest = _mean(tuple(entry[1] for entry in window))
    return replace(state, window=window, rest=rest, rest_known=True)


def _follow_hand(
    state: Compensation, sample: Sample, shoulders: Shoulders, side: Side
) -> Compensation:
    """Notice a hand that comes or goes, and judge its side from where that settles.

    A hand lost from sight for less than the settling time never went away.
    """
    hand = state.left_hand if side is Side.LEFT else state.right_hand
    seen = side in sample.hands_on_head
    if seen == hand.here:
        return _with_hand(state, side, _Hand(hand.here))
    since = sample.t_ms if hand.changing_since_ms is None else hand.changing_since_ms
    settle_ms = milliseconds(state.limits.settle_s)
    settled = hand.settled
    if sample.t_ms - since >= settle_ms / 2:
        settled = (*settled, shoulders)
    if sample.t_ms - since < settle_ms:
        return _with_hand(state, side, _Hand(hand.here, since, settled))
    place = _mean(settled)
    rest = replace(state.rest, tilt_deg=place.tilt_deg)
    if side is Side.LEFT:
        rest = replace(rest, left_rise_sw=_rise(rest.left_rise_sw, place.left_rise_sw, seen))
    else:
        rest = replace(rest, right_rise_sw=_rise(rest.right_rise_sw, place.right_rise_sw, seen))
    return _with_hand(replace(state, rest=rest), side, _Hand(seen))


def _rise(rest_sw: float, settled_sw: float, hand_came: bool) -> float:
    # A hand that goes lets its shoulder down: nothing that is up after that belongs to it.
    return settled_sw if hand_came else min(rest_sw, settled_sw)


def _with_hand(state: Compensation, side: Side, hand: _Hand) -> Compensation:
    if side is Side.LEFT:
        return replace(state, left_hand=hand)
    return replace(state, right_hand=hand)


def _beyond(state: Compensation, moved: Shoulders, scale: float) -> dict[Reason, float]:
    """Each measure beyond its limit, and how many times the limit it is."""
    limits = state.limits
    rises = (moved.rise_sw(side) for side in Side if not _changes(state, side))
    tilt_deg = 0.0 if any(_changes(state, side) for side in Side) else moved.tilt_deg
    ratios = {
        Reason.SHOULDER_RISE: max((0.0, *rises)) / limits.rise_sw,
        Reason.SHOULDER_DRIFT: abs(moved.drift_sw) / limits.drift_sw,
        Reason.TRUNK_LEAN: abs(tilt_deg) / limits.lean_deg,
        Reason.TRUNK_TURN: abs(moved.turn_deg) / limits.turn_deg,
        Reason.TRUNK_BEND: moved.bend_deg / limits.bend_deg,
    }
    return {reason: ratio for reason, ratio in ratios.items() if ratio > scale}


def _resized(state: Compensation, now: Shoulders) -> tuple[float, float]:
    """How much larger shoulders and head look than where they rested, or where they arrived."""
    since = state.rest if state.arrived is None else state.arrived
    return now.wider - since.wider, now.head_nearer - since.head_nearer


def _arrive(state: Compensation, sample: Sample, shoulders: Shoulders) -> Compensation:
    """Remember how large all looks once the head keeps still in a stretch.

    A head that bends looks larger by up to a tenth, and shoulders narrower: that is no distance.
    """
    head = sample.face_head
    if head is None or state.window or state.arrived is not None:
        return state
    since = state.still
    if since is None or not all(
        abs(now - then) <= STILL_DEG for now, then in zip(head.angles, since[1], strict=True)
    ):
        return replace(state, still=(sample.t_ms, head.angles))
    if sample.t_ms - since[0] < milliseconds(state.limits.rest_s):
        return state
    return replace(state, arrived=shoulders)


def _elsewhere(
    state: Compensation, moved: Shoulders, beyond: Mapping[Reason, float], scale: float
) -> float:
    """How much nearer the whole person came, where that is too much and no doing of the trunk's.

    Head and shoulders grow alike then. A trunk that leans or turns changes sizes a little, too, and
    one that bends forward changes them much.
    """
    alike = moved.wider * moved.head_nearer > 0.0
    nearer = min(moved.wider, moved.head_nearer, key=abs) if alike else 0.0
    trunk = max((beyond[reason] for reason in _OF_TRUNK & beyond.keys()), default=0.0)
    far = abs(nearer) / state.limits.nearer > max(scale, trunk)
    return nearer if far and Reason.TRUNK_BEND not in beyond else 0.0


def _what_moved(beyond: Mapping[Reason, float], moved: Shoulders) -> Reason | None:
    """The measure that is furthest beyond its limit, or None.

    A trunk that leans tilts the shoulder line, carries the shoulders sideways and lifts one of
    them, all at once: tilted and carried to the same side is a lean, whatever is largest.
    """
    same_way = moved.tilt_deg * moved.drift_sw > 0
    if same_way and Reason.TRUNK_LEAN in beyond and Reason.SHOULDER_DRIFT in beyond:
        return Reason.TRUNK_LEAN
    return max(beyond, key=lambda reason: beyond[reason], default=None)


def _one_of(
    state: Compensation, moved: Shoulders, side: Side, beyond: Mapping[Reason, float], scale: float
) -> ShoulderVerdict:
    """One shoulder: it is out by its own rise, or because both went with the trunk or aside."""
    limits = state.limits
    raised = not _changes(state, side) and moved.rise_sw(side) / limits.rise_sw > scale
    carried = Reason.SHOULDER_DRIFT in beyond or (_what_moved(beyond, moved) in _OF_TRUNK)
    return ShoulderVerdict(
        up_sw=moved.rise_sw(side),
        across_sw=moved.drift_sw,
        up_limit_sw=scale * limits.rise_sw,
        across_limit_sw=scale * limits.drift_sw,
        raised=raised,
        evidence=Evidence.OUT if raised or carried else Evidence.IN,
    )


def _changes(state: Compensation, side: Side) -> bool:
    """Whether the hand of this side is coming to the head or leaving it."""
    hand = state.left_hand if side is Side.LEFT else state.right_hand
    return hand.changing_since_ms is not None


def _mean(places: tuple[Shoulders, ...]) -> Shoulders:
    n = len(places)
    return Shoulders(
        sum(place.left_rise_sw for place in places) / n,
        sum(place.right_rise_sw for place in places) / n,
        sum(place.drift_sw for place in places) / n,
        sum(place.tilt_deg for place in places) / n,
        sum(place.turn_deg for place in places) / n,
        sum(place.bend_deg for place in places) / n,
        sum(place.wider for place in places) / n,
        sum(place.head_nearer for place in places) / n,
    )

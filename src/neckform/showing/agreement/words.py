"""The words of a comparison; abbreviations are those of papers, in every language."""

from __future__ import annotations

from collections.abc import Mapping

from neckform.core.agreement import Estimate
from neckform.core.types import Axis
from neckform.core.wording import Worded, named, worded

AXIS_NAMES: Mapping[Axis, Worded] = {
    Axis.FLEXION: named("flexion"),
    Axis.ROTATION: named("rotation"),
    Axis.LATERAL: named("lateral"),
}
OURS, THEIRS = "neckform", worded("reference")


def degrees(value: float) -> Worded:
    """A difference, to a tenth: more is not known of a head."""
    return worded("{value:+.1f}", value=float(value))


def interval(estimate: Estimate) -> Worded | None:
    """Its 95 % interval; None where it is not known."""
    if estimate.low is None or estimate.high is None:
        return None
    return worded("[{low:+.2f}, {high:+.2f}]", low=float(estimate.low), high=float(estimate.high))


def icc(estimate: Estimate | None) -> Worded | str:
    """A correlation."""
    return "-" if estimate is None else worded("{value:.3f}", value=float(estimate.value))


def icc_interval(estimate: Estimate | None) -> Worded | None:
    """Its 95 % interval; None where it is not known."""
    if estimate is None or estimate.low is None or estimate.high is None:
        return None
    return worded("[{low:.3f}, {high:.3f}]", low=float(estimate.low), high=float(estimate.high))

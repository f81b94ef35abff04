"""How far the trunk has turned, and how much of that can be told from error.

One camera in front sees a turn of the trunk in four weak signs: the shoulder line's turn as the
pose model guesses it, its narrowing in the picture, how far the head travels against the shoulders
for how far it turns, and the shoulder line's tilt, because the nearer shoulder looks lower. A trunk
that leans tilts the shoulders, too, but then the hips, which the model guesses, are elsewhere.
Narrowing does not know its side: the other signs say that. So the turn is read twice: first without
the narrowing, then with it, on the side that came out first. Every term is odd: a mirrored person
turns the other way, whatever the coefficients are, which ``calibration/fit_trunk.py`` fits.

How far a still trunk looks turned differs with where the head is. Only a turn beyond that is known,
and a smaller one is taken as none.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from neckform.core.measure.correction import (
    Coefficients,
    Terms,
    clip,
    limited,
    total,
    trunk_terms,
)
from neckform.core.measure.head import HeadReading
from neckform.core.measure.shoulders import ShoulderReading
from neckform.core.types import Angles

FARTHEST_DEG = 45.0
"""Nobody's trunk turns further while the face is seen from in front."""
FARTHEST_NEARER = 0.3
"""Logarithm of how much nearer or further the head may be for a turn to be read: beyond that,
shoulders that look narrower are nothing but further away."""
SIDE_DEG = 10.0
"""How far it must look turned at first for its side to be clear."""
KNOWN_FROM, KNOWN_AT = 1.0, 1.3
"""A turn counts against a hold from this many times its error, and in full from so many: a verdict
must not jump where a turn becomes known."""
SURE_FROM, SURE_AT = 1.15, 1.45
"""It is taken out of the head's rotation from a little more: whoever turns the head alone must not
be told of another angle."""
LEAST_ERROR_DEG = 6.0
"""And never where it is of the size of what a reading is off by, on people left out of the fit."""
TURN_ERROR_SHARE = 0.4
"""Of 833 pictures of ten people whose turn is taken out whole, each read by a fit without them,
74 % are off by less than this share of it; of all 968 in which some of it is, 66 %."""


def turn_terms(
    head: HeadReading, shoulders: ShoulderReading, shoulder_widths_per_face: float
) -> Terms:
    """Odd terms of the trunk's turn, without the narrowing.

    Parameters
    ----------
    head : HeadReading
    shoulders : ShoulderReading
        Of the same picture.
    shoulder_widths_per_face : float
        The neutral's shoulder width in face sizes.

    Returns
    -------
    dict
        Dimensionless, of the order of one.
    """
    f, r, t = (limited(angle) / 30.0 for angle in head.angles)
    travelled = head.right_x - shoulders.right_x_sw * shoulder_widths_per_face
    return trunk_terms(head, shoulders) | {
        "own.x": clip(travelled, 4.0),
        "eyes.x": shoulders.eyes_x_sw,
        "hips.x": shoulders.hips_x_sw,
        "hips.tilt": shoulders.hips_tilt_sw,
        "ft": f * t,
        "ffr": f * f * r,
    }


def narrowing_terms(
    first_deg: float, terms: Terms, head: HeadReading, shoulders: ShoulderReading
) -> Terms:
    """The same terms, with the narrowing on the side of the turn that was read from them.

    Parameters
    ----------
    first_deg : float
        The turn by `terms` alone.
    """
    side = math.tanh(first_deg / SIDE_DEG)
    # Shoulders that are further away look narrower, too: then the face has shrunk with them. A head
    # that bends comes nearer by itself, and says nothing of the shoulders.
    further = min(FARTHEST_NEARER, max(0.0, -head.nearer))
    narrower = max(0.0, -math.expm1(shoulders.wider + further))
    # The root of how much narrower: about the sine of the turn that makes them look so.
    return terms | {"first": first_deg / 10.0, "side": side, "narrow": side * math.sqrt(narrower)}


def error_terms(angles: Angles, lean_deg: float) -> Terms:
    """Even terms of how far a still trunk may look turned: by the head's angles and its lean."""
    f, r, t = (abs(limited(angle)) / 30.0 for angle in angles)
    return {"least": 1.0, "f": f, "r": r, "t": t, "lean": abs(limited(lean_deg)) / 10.0}


def turn_read(
    model: Mapping[str, Coefficients],
    head: HeadReading,
    shoulders: ShoulderReading,
    shoulder_widths_per_face: float,
) -> float:
    """The trunk's turn against the neutral, as read, degrees; + to the person's own left."""
    terms = turn_terms(head, shoulders, shoulder_widths_per_face)
    first_deg = total(model["first"], terms)
    turn_deg = total(model["second"], narrowing_terms(first_deg, terms, head, shoulders))
    return clip(turn_deg, FARTHEST_DEG)


def turn_error(model: Mapping[str, Coefficients], angles: Angles, lean_deg: float) -> float:
    """How far nineteen in twenty still trunks look turned at most, degrees."""
    return total(model["error"], error_terms(angles, lean_deg))


def known_turn(turn_deg: float, error_deg: float) -> float:
    """The turn where it is beyond its error, else none."""
    return _beyond(turn_deg, error_deg, KNOWN_FROM, KNOWN_AT)


def sure_turn(turn_deg: float, error_deg: float) -> float:
    """The turn where it is so far beyond its error that it is no part of the neck's rotation."""
    return _beyond(turn_deg, max(error_deg, LEAST_ERROR_DEG), SURE_FROM, SURE_AT)


def _beyond(turn_deg: float, error_deg: float, none_at: float, all_at: float) -> float:
    beyond = (abs(turn_deg) / max(error_deg, 1e-6) - none_at) / (all_at - none_at)
    return turn_deg * min(1.0, max(0.0, beyond))

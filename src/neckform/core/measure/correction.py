"""From readings to true degrees: what is systematic in the models' errors, taken out.

The coefficients are fitted, in the open, by ``calibration/fit.py`` and shipped as
``calibration/correction.json``; the terms that they belong to are defined here and nowhere else,
so that the fit and the measurement cannot drift apart.

Each correction is a short sum of coefficients and terms. Terms are *even* when mirroring the
person leaves them as they are, *odd* when it changes their sign. Flexion is corrected by even
terms alone; rotation and lateral flexion by odd ones alone: so a mirrored person is always measured
as the mirror image, whatever the coefficients are.

Why each group is there:

- powers and products of the angles: the mesh of a strongly turned head reads short;
- how far the head has moved, in the picture and against the shoulders: a head that bends also
  travels, and that is often seen better than the bend itself. In flexion, products of all of
  these say also how much of a nod is the trunk's, which bends forward unseen;
- how the neutral face looks to the camera: a face that looks flat reads short when it bends.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations_with_replacement
from typing import Any

from neckform.core.measure.geometry import angles_from_rotation, rotation_from_angles
from neckform.core.measure.head import HeadReading
from neckform.core.measure.shoulder_bias import Limits
from neckform.core.measure.shoulders import ShoulderReading
from neckform.core.measure.skeleton import (
    EARS,
    EYES,
    MOUTH_CORNERS,
    NOSE,
)
from neckform.core.types import Angles, Float64, Shoulders

Terms = dict[str, float]
Coefficients = Mapping[str, float]

WIDEST_DEG = 70.0
"""Angles beyond this are outside all that was fitted; terms stop growing there."""
SHORTER_FROM_DEG = 40.0
"""Of a head that looks turned by more than this, the mesh reads each further degree shorter. (With
a fifth power instead, people left out are measured as well, but 70 would read less than 60.)"""
TRUNK_TURNS_DEG = 10.0
"""Of the fitting pictures that look turned by less than 5 degrees, the trunk is turned in one of
seventeen; of those that look turned by 10 to 20, in two of five."""
LARGEST_CORRECTION_DEG = 25.0
"""No correction is larger. In the fitting data the largest that was right was 22."""


@dataclass(frozen=True, slots=True)
class HeadCorrection:
    """Coefficients of the three angles' corrections, by term."""

    flexion: Coefficients
    rotation: Coefficients
    lateral: Coefficients


@dataclass(frozen=True, slots=True)
class Correction:
    """All fitted coefficients.

    Attributes
    ----------
    head, head_alone : HeadCorrection
        With the shoulders in view, and without.
    trunk_lean : mapping
        The trunk's lean, degrees, by term of `trunk_terms`.
    turn : mapping
        The trunk's turn, for `trunk.turn_read` and `trunk.turn_error`; fitted by
        ``calibration/fit_trunk.py`` in a file of its own.
    rise_gain : float
        What a shoulder's rise of 1 reads as: the pose model pulls risen shoulders down.
    rise_bias : mapping
        What a head's angles make a resting shoulder read as, by term of `rise_terms`.
    misread : misreading.Limits
        How far resting shoulders are misread while the head is away from neutral.
    coarse : HeadCorrection
        The direction of a head whose face is lost, by term of `coarse_terms`.
    misfit : mapping
        How little a mesh that was well seen looks like the neutral one, by term of `misfit_terms`.
    uncertainty : mapping
        For each axis (``flexion``, ``rotation``, ``lateral``) and for each of them from the pose
        alone (``coarse_flexion`` ...): the standard error, degrees, by term of
        `uncertainty_terms`.
    """

    head: HeadCorrection
    head_alone: HeadCorrection
    trunk_lean: Coefficients
    rise_gain: float
    rise_bias: Coefficients
    misread: Limits
    coarse: HeadCorrection
    misfit: Coefficients
    uncertainty: Mapping[str, Coefficients]
    turn: Mapping[str, Coefficients] = field(default_factory=dict)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Correction:
        """Read what ``calibration/fit.py`` wrote.

        Raises
        ------
        KeyError
            A group is missing.
        """

        def head(name: str) -> HeadCorrection:
            group = data[name]
            return HeadCorrection(group["flexion"], group["rotation"], group["lateral"])

        return cls(
            head=head("head"),
            head_alone=head("head_alone"),
            trunk_lean=data["trunk_lean"],
            rise_gain=float(data["rise_gain"]),
            rise_bias=data["rise_bias"],
            misread=Limits(**data["misread"]),
            coarse=head("coarse"),
            misfit=data["misfit"],
            uncertainty=data["uncertainty"],
        )


# --- terms ---------------------------------------------------------------------------------


def head_terms(
    head: HeadReading, shoulders: ShoulderReading | None, shoulder_widths_per_face: float
) -> tuple[Terms, Terms]:
    """Terms of the head's correction.

    Parameters
    ----------
    head : HeadReading
    shoulders : ShoulderReading or None
        None leaves out the terms of the head against the shoulders.
    shoulder_widths_per_face : float
        The neutral's shoulder width in face sizes.

    Returns
    -------
    even, odd : dict
        Dimensionless, of the order of one. All are 0 for the neutral itself.
    """
    f, r, t = (limited(angle) / 30.0 for angle in head.angles)
    x, y, n = clip(head.right_x, 4.0), clip(head.up_y, 4.0), clip(head.nearer, 0.6)
    pitch = head.neutral_pitch_deg / 10.0
    cubes = {"fff": f**3, "frr": f * r * r, "ftt": f * t * t, "frt": f * r * t}
    evens, odds = {"f": f, "y": y, "n": n}, {"r": r, "t": t, "x": x}
    far = math.copysign(max(0.0, abs(r) - SHORTER_FROM_DEG / 30.0), r)
    odd = {
        "r": r, "r.far": far, "t": t, "fr": f * r, "ft": f * t, "ffr": f * f * r, "fft": f * f * t,
        "rrr": r**3, "ttt": t**3, "rrt": r * r * t, "rtt": r * t * t,
        "pitch.r": pitch * r, "pitch.t": pitch * t,
    } | _odd_travel("", x, y, n, (f, r, t))  # fmt: skip
    if shoulders is not None:
        x -= shoulders.right_x_sw * shoulder_widths_per_face
        y -= shoulders_up_sw(shoulders) * shoulder_widths_per_face
        n -= clip(shoulders.wider, 0.5)
        x, y = clip(x, 4.0), clip(y, 4.0)
        evens, odds = evens | {"own.y": y, "own.n": n}, odds | {"own.x": x}
        odd |= _odd_travel("own.", x, y, n, (f, r, t))
    seen_from = {f"pitch.{name}": pitch * value for name, value in evens.items()}
    return evens | seen_from | _products(evens) | _products(odds) | cubes, odd


def trunk_terms(head: HeadReading, shoulders: ShoulderReading) -> Terms:
    """Odd terms of the trunk's lean, and some of those of its turn.

    The head is among them because the pose model takes some of a turned head for a turned trunk.
    """
    f, r, t = (limited(angle) / 30.0 for angle in head.angles)
    return {
        "turn": shoulders.world_turn_deg / 20.0,
        "x": shoulders.right_x_sw,
        "tilt": shoulders.tilt_deg / 10.0,
        "r": r,
        "t": t,
        "fr": f * r,
        "rrr": r**3,
    }


def rise_terms(angles: Angles, left: bool) -> Terms:
    """Terms of a resting shoulder's reading: the head's angles, seen from its side."""
    own = angles if left else angles.mirrored()
    f, r, t = (limited(angle) / 30.0 for angle in own)
    return {
        "down": max(f, 0.0),
        "up": max(-f, 0.0),
        "turned_to": max(r, 0.0),
        "turned_from": max(-r, 0.0),
        "tilted_to": max(t, 0.0),
        "tilted_from": max(-t, 0.0),
    }


_PAIRS = {"eyes": EYES, "ears": EARS, "mouth": MOUTH_CORNERS}


def coarse_terms(head_moved_sw: Float64) -> tuple[Terms, Terms]:
    """Terms of the direction that the pose model's face points give.

    Parameters
    ----------
    head_moved_sw : ndarray, shape (11, 2)
        Their places from the shoulders' middle minus those of the neutral, in shoulder widths.

    Returns
    -------
    even, odd : dict
    """
    moved = head_moved_sw * 5.0
    even: Terms = {"nose.y": float(moved[NOSE, 1])}
    odd: Terms = {"nose.x": float(moved[NOSE, 0])}
    for name, (left, right) in _PAIRS.items():
        even[f"{name}.y"] = float(moved[left, 1] + moved[right, 1]) / 2.0
        even[f"{name}.apart"] = float(moved[left, 0] - moved[right, 0])
        odd[f"{name}.x"] = float(moved[left, 0] + moved[right, 0]) / 2.0
        odd[f"{name}.tilt"] = float(moved[left, 1] - moved[right, 1])
    return even, odd


def misfit_terms(angles: Angles) -> Terms:
    """Terms of how little a mesh that was well seen still looks like the neutral one.

    A head that bends or turns shows the model less of the face, which it draws a little differently
    each time: that much oddness is no sign of a guess.
    """
    f, r, t = (limited(angle) / 30.0 for angle in angles)
    return {
        "f": f, "ff": f * f, "rr": r * r, "tt": t * t,
    }  # fmt: skip


def uncertainty_terms(
    angles: Angles, misfit: float, expected_misfit: float, shoulders_known: bool
) -> Terms:
    """Terms of the standard error.

    It grows with each angle, with how little the mesh still looks like the neutral one, beyond what
    such angles explain above all (a mesh that was guessed looks odd), and without the shoulders. A
    trunk that turns is hardly seen and carries the head with it: a head that looks turned may be a
    turned trunk, one that does not cannot be.
    """
    f, r, t = (min(abs(angle), WIDEST_DEG) / 30.0 for angle in angles)
    odd = 10.0 * min(0.2, max(0.0, misfit - expected_misfit))
    blind = 0.0 if shoulders_known else 1.0
    turned = min(abs(angles.rotation_deg) / TRUNK_TURNS_DEG, 1.0)
    return {
        "least": 1.0, "f": f, "r": r, "t": t, "turned": turned, "misfit": odd, "blind": blind,
    }  # fmt: skip


# --- what they add up to -------------------------------------------------------------------


def corrected_head(
    correction: Correction,
    head: HeadReading,
    shoulders: ShoulderReading | None,
    shoulder_widths_per_face: float,
) -> Angles:
    """The head relative to the camera and the neutral, freed of systematic error; degrees.

    A trunk that turns or leans is still in it, one that bends forward is not: see `against_trunk`.
    """
    even, odd = head_terms(head, shoulders, shoulder_widths_per_face)
    table = correction.head_alone if shoulders is None else correction.head
    return Angles(
        head.angles.flexion_deg + _bounded_total(table.flexion, even),
        head.angles.rotation_deg + _bounded_total(table.rotation, odd),
        head.angles.lateral_deg + _bounded_total(table.lateral, odd),
    )


def trunk_lean(correction: Correction, head: HeadReading, shoulders: ShoulderReading) -> float:
    """The trunk's lean against the neutral, degrees; + to the person's own left."""
    return total(correction.trunk_lean, trunk_terms(head, shoulders))


def against_trunk(head: Angles, turn_deg: float, lean_deg: float) -> Angles:
    """Take the trunk's own turn and lean out of the head's angles.

    Parameters
    ----------
    head : Angles
        Relative to the camera.
    turn_deg : float
        What is sure of the trunk's turn, `trunk.sure_turn`: a still trunk must not add its noise to
        the head.
    lean_deg : float
        `trunk_lean`.
    """
    trunk = rotation_from_angles(Angles(0.0, turn_deg, lean_deg))
    return angles_from_rotation(trunk.T @ rotation_from_angles(head))


def corrected_shoulders(
    correction: Correction, shoulders: ShoulderReading, head: Angles | None, turn_deg: float
) -> Shoulders:
    """Shoulders in true shoulder widths and degrees; `head` None takes the head as neutral."""

    def rise(reading: float, left: bool) -> float:
        bias = total(correction.rise_bias, rise_terms(head, left)) if head else 0.0
        return (reading - bias) / correction.rise_gain

    return Shoulders(
        left_rise_sw=rise(shoulders.left_rise_sw, left=True),
        right_rise_sw=rise(shoulders.right_rise_sw, left=False),
        drift_sw=shoulders.right_x_sw,
        tilt_deg=shoulders.tilt_deg,
        turn_deg=turn_deg,
    )


def coarse_angles(correction: Correction, head_moved_sw: Float64) -> Angles:
    """A direction, not a degree: where a head points whose face is lost."""
    even, odd = coarse_terms(head_moved_sw)
    table = correction.coarse
    return Angles(
        clip(total(table.flexion, even), WIDEST_DEG),
        clip(total(table.rotation, odd), WIDEST_DEG),
        clip(total(table.lateral, odd), WIDEST_DEG),
    )


def uncertainty(
    correction: Correction, angles: Angles, reading: HeadReading | None, *, shoulders_known: bool
) -> Angles:
    """One standard error of each angle, degrees; `reading` None is a coarse direction."""
    misfit = reading.misfit if reading else 0.0
    expected = total(correction.misfit, misfit_terms(angles)) if reading else 0.0
    terms = uncertainty_terms(angles, misfit, expected, shoulders_known)
    prefix = "" if reading else "coarse_"
    flexion, rotation, lateral = (
        total(correction.uncertainty[prefix + axis], terms)
        for axis in ("flexion", "rotation", "lateral")
    )
    return Angles(flexion, rotation, lateral)


def total(coefficients: Coefficients, terms: Terms) -> float:
    """Sum of coefficients times terms.

    Raises
    ------
    KeyError
        A coefficient belongs to no term: the file and this version do not fit together.
    """
    return sum(weight * terms[name] for name, weight in coefficients.items())


def shoulders_up_sw(shoulders: ShoulderReading) -> float:
    """How far the shoulders' middle has moved up, in shoulder widths."""
    return (shoulders.left_rise_sw + shoulders.right_rise_sw) / 2.0


def _products(values: Terms) -> Terms:
    """Each with itself and with each other. Even with even and odd with odd, they are even."""
    pairs = combinations_with_replacement(values.items(), 2)
    return {f"{one}*{other}": a * b for (one, a), (other, b) in pairs}


def _odd_travel(
    prefix: str, x: float, y: float, n: float, angles: tuple[float, float, float]
) -> Terms:
    f, r, t = angles
    terms = {"x": x, "x.f": x * f, "y.r": y * r, "y.t": y * t, "n.r": n * r, "n.t": n * t}
    return {prefix + name: value for name, value in terms.items()}


def _bounded_total(coefficients: Coefficients, terms: Terms) -> float:
    return clip(total(coefficients, terms), LARGEST_CORRECTION_DEG)


def limited(angle_deg: float) -> float:
    """An angle, as far as the correction was fitted; degrees."""
    return clip(angle_deg, WIDEST_DEG)


def clip(value: float, bound: float) -> float:
    """The value, no further from 0 than the bound."""
    return min(bound, max(-bound, value))

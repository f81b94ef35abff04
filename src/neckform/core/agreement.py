"""How well neckform agrees with another instrument: the figures that a paper gives.

Differences are neckform minus reference, in degrees; axes and signs as everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from neckform.core.types import Axis

Z95 = 1.96
"""Standard normal deviate within which 95 % lie."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % confidence interval.

    Attributes
    ----------
    low, high : float or None
        None where there are too few independent pairs to say.
    """

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """All figures of one group of pairs.

    Attributes
    ----------
    pairs : int
    independent : float
        As many independent pairs would tell as much about the mean: neighbours in time are alike.
    bias : Estimate
        Mean difference.
    sd_deg : float
        Standard deviation of the differences.
    lower, upper : Estimate
        Limits of agreement: bias -+ 1.96 standard deviations (Bland and Altman 1986).
    icc_2_1, icc_3_1 : Estimate or None
        Intraclass correlations of single measurements, absolute agreement and consistency (Shrout
        and Fleiss 1979); None of fewer than three pairs, or where they do not differ.
    sem_deg : float
        Standard error of measurement: root of the residual mean square of the two-way analysis.
    mdc95_deg : float
        Minimal detectable change between two measurements, 95 %.
    """

    pairs: int
    independent: float
    bias: Estimate
    sd_deg: float
    lower: Estimate
    upper: Estimate
    mae_deg: float
    rmse_deg: float
    icc_2_1: Estimate | None
    icc_3_1: Estimate | None
    sem_deg: float
    mdc95_deg: float


@dataclass(frozen=True, slots=True)
class RangeAgreement:
    """The pairs whose reference lies in a range; None is no bound.

    Attributes
    ----------
    agreement : Agreement or None
        None where there are fewer than two pairs.
    """

    low_deg: float | None
    high_deg: float | None
    pairs: int
    agreement: Agreement | None


@dataclass(frozen=True, slots=True)
class AxisAgreement:
    """One axis: all pairs together, and range by range of the reference.

    Attributes
    ----------
    by_size : bool
        Whether ranges are of the angle's size, whichever its side.
    """

    axis: Axis
    whole: Agreement
    by_size: bool
    ranges: tuple[RangeAgreement, ...]


@dataclass(frozen=True, slots=True)
class Pairing:
    """One recording and its reference.

    Attributes
    ----------
    columns : mapping of str to str
        What was read from which column of the reference.
    shift_s : float
        The reference's time minus neckform's, of the same moment.
    shift_found : bool
        Whether it was found, and not given.
    likeness : float or None
        Correlation of both at that shift, over all axes.
    pairs : int
        Moments at which both are known.
    notes : tuple of str
    """

    name: str
    columns: dict[str, str]
    shift_s: float
    shift_found: bool
    likeness: float | None
    pairs: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that one comparison found."""

    version: str
    pairings: tuple[Pairing, ...]
    axes: tuple[AxisAgreement, ...]
    between: tuple[str, ...] = ()
    """Limits that the reference had to be within, as they were asked for."""

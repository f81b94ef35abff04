"""What the plots and the table of pairs are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from neckform.core.types import Axis, Float64

Told: TypeAlias = tuple[str, Float64, Mapping[Axis, Float64], Mapping[Axis, Float64]]
"""A recording's name, times in seconds, and the angles of neckform and of the reference at them in
degrees; NaN where either is unknown."""

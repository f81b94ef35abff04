"""One definition for each setting: a dataclass field carries default, check and help."""

from __future__ import annotations

from dataclasses import MISSING, Field, field
from typing import Any

HELP = "help"
LOW = "low"
HIGH = "high"


def setting(
    text: str, *, low: float | None = None, high: float | None = None, default: Any = MISSING
) -> Any:
    """Make a dataclass field that knows what it is for and what it may be.

    Parameters
    ----------
    text : str
        What the setting does, with its unit, for the person who edits it.
    low, high : float, optional
        Least and greatest value that makes sense; both are allowed themselves.
    default : optional
        Without it the setting must be given.
    """
    return field(default=default, metadata={HELP: text, LOW: low, HIGH: high})


def out_of_range(definition: Field[Any], value: float) -> str | None:
    """Say in plain words why `value` will not do for the field, or None when it will."""
    low, high = definition.metadata.get(LOW), definition.metadata.get(HIGH)
    if (low is None or value >= low) and (high is None or value <= high):
        return None
    if low is not None and high is not None:
        return f"must be from {low:g} to {high:g}, not {_told(value)}"
    if low is not None:
        return f"must be at least {low:g}, not {_told(value)}"
    return f"must be at most {high:g}, not {_told(value)}"


def _told(value: float) -> str:
    try:
        return f"{value:g}"
    except OverflowError:  # an integer may have any number of digits
        return "a number beyond all bounds"


def milliseconds(seconds: float) -> int:
    """Seconds as people write them, on the integer clock that samples carry."""
    return round(seconds * 1000)

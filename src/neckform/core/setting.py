"""One definition of each parameter: its dataclass field carries default, bounds and help.

Settings files, profiles, a routine's choices and the command line all check here what they are
given.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from types import MappingProxyType, NoneType
from typing import Any, get_args, get_type_hints


def setting(
    text: str,
    *,
    low: float | None = None,
    high: float | None = None,
    choices: tuple[str, ...] = (),
    default: Any = MISSING,
    edge: object = None,
) -> Any:
    """Make a dataclass field that knows what it is for and what it may be.

    Parameters
    ----------
    text : str
        What the parameter does, with its unit, for the person who edits it.
    low, high : float, optional
        Least and greatest value that makes sense; both are allowed themselves.
    choices : tuple of str
        All values of a text that has only a few.
    default : optional
        Without it the parameter must be given.
    edge : optional
        What an edge of the house adds, such as how an option looks; the core leaves it alone.
    """
    metadata = {"help": text, "low": low, "high": high, "choices": choices, "edge": edge}
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One field of a dataclass, as `setting` or a plain annotation defines it.

    Attributes
    ----------
    kind : type
        What its annotation says, without ``| None``. Only bool, int, float and str are checked.
    may_be_none : bool
        Whether the annotation ends with ``| None``.
    """

    name: str
    kind: Any
    may_be_none: bool
    default: Any
    help: str = ""
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    edge: Any = None

    @property
    def is_scalar(self) -> bool:
        """Whether `check` can tell a good value from a bad one."""
        return self.kind in _READERS

    def check(self, value: object) -> Any:
        """Take a value: as it is, or as a float where a float is asked for.

        Raises
        ------
        ValueError
            Says in plain words what the value must be.
        """
        if not self.is_scalar or (value is None and self.may_be_none):
            return value
        taken = _READERS[self.kind](value)
        if self.choices and taken not in self.choices:
            raise ValueError(f"must be {' or '.join(self.choices)}, not {shown(value)}")
        below = self.low is not None and taken < self.low
        above = self.high is not None and taken > self.high
        if below or above:
            raise ValueError(f"must be {self._bounds}, not {shown(value)}")
        return taken

    def nearest(self, value: float) -> float:
        """The value itself, or the bound that it is beyond."""
        low = -math.inf if self.low is None else self.low
        return min(max(low, value), math.inf if self.high is None else self.high)

    @property
    def _bounds(self) -> str:
        if self.high is None:
            return f"at least {self.low:g}"
        if self.low is None:
            return f"at most {self.high:g}"
        return f"from {self.low:g} to {self.high:g}"


@cache
def parameters(cls: type) -> Mapping[str, Parameter]:
    """Every field of a dataclass by its name, in order."""
    hints = get_type_hints(cls)
    return MappingProxyType(
        {
            one.name: Parameter(one.name, *_kind(hints[one.name]), one.default, **one.metadata)
            for one in fields(cls)
        }
    )


def checked(cls: type, values: Mapping[str, object]) -> tuple[dict[str, Any], list[str]]:
    """Part what is good from what is wrong.

    Returns
    -------
    good : dict of str to object
        The values that fields of `cls` can take.
    problems : list of str
        A sentence for each of the others, which begins with its name.
    """
    known = parameters(cls)
    good: dict[str, Any] = {}
    problems = [f"{name}: there is no such parameter" for name in values if name not in known]
    for name, value in values.items():
        try:
            if name in known:
                good[name] = known[name].check(value)
        except ValueError as error:
            problems.append(f"{name}: {error}")
    return good, problems


def shown(value: object) -> str:
    """A value as a settings file would have it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        try:
            return f"{value:g}"
        except OverflowError:  # an integer may have any number of digits
            return "one beyond all bounds"
    return f'"{value}"' if isinstance(value, str) else str(value)


def milliseconds(seconds: float) -> int:
    """Seconds as people write them, on the integer clock that samples carry."""
    return round(seconds * 1000)


def _kind(hint: Any) -> tuple[Any, bool]:
    """The annotation without its None, and whether it had one."""
    parts = get_args(hint)
    if NoneType not in parts:
        return hint, False
    return next(part for part in parts if part is not NoneType), True


def _number(value: object) -> float:
    # TOML's true is Python's 1, and its nan and inf are floats: none of them is a setting.
    number = math.nan
    if isinstance(value, int | float) and not isinstance(value, bool):
        with suppress(OverflowError):  # an integer may have any number of digits
            number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"must be a number, not {shown(value)}")
    return number


def _whole_number(value: object) -> int:
    number = _number(value)
    if not number.is_integer():
        raise ValueError(f"must be a whole number, not {shown(value)}")
    return int(number)


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"must be true or false, not {shown(value)}")  # noqa: TRY004
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"must be a text in quotes, not {shown(value)}")
    return value


_READERS: Mapping[object, Callable[[object], Any]] = MappingProxyType(
    {float: _number, int: _whole_number, bool: _yes_or_no, str: _text}
)

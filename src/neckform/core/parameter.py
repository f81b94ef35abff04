"""One definition of each parameter: its dataclass field carries default, bounds and help.

Settings files, profiles, a routine's choices and the command line all check values here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from types import MappingProxyType, NoneType
from typing import Any, get_args, get_type_hints

from neckform.core.plain_text import one_line
from neckform.core.wording import worded


def setting(
    text: str,
    *,
    low: float = -math.inf,
    high: float = math.inf,
    choices: tuple[str, ...] = (),
    default: Any = MISSING,
    edge: object = None,
) -> Any:
    """Make a dataclass field that knows what it means and which values it takes.

    Parameters
    ----------
    text : str
        What the parameter does, with its unit, for the person who edits it.
    low, high : float, optional
        Least and greatest value that makes sense; both are allowed.
    choices : tuple of str
        Every allowed value of a text that allows only a few.
    default : optional
        A parameter without a default must be given.
    edge : optional
        What an edge of the package adds, such as how an option looks. The core ignores it.
    """
    metadata = {"help": text, "low": low, "high": high, "choices": choices, "edge": edge}
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One field of a dataclass, read from `setting` or from a plain annotation.

    Attributes
    ----------
    kind : type
        The annotation without ``| None``. Only bool, int, float and str are checked.
    may_be_none : bool
        Whether the annotation contains ``| None``.
    """

    name: str
    kind: Any
    may_be_none: bool
    default: Any
    help: str = ""
    low: float = -math.inf
    high: float = math.inf
    choices: tuple[str, ...] = ()
    edge: Any = None

    @property
    def is_scalar(self) -> bool:
        """Whether `check` can tell a good value from a bad one."""
        return self.kind in _READERS

    def check(self, value: object) -> Any:
        """Check a value, and convert it to the parameter's kind, such as 3 to 3.0.

        Raises
        ------
        ValueError
            The message says in plain words what the value must be.
        """
        if not self.is_scalar or (value is None and self.may_be_none):
            return value
        result = _READERS[self.kind](value)
        if self.choices and result not in self.choices:
            raise ValueError(
                worded(
                    "must be {choices}, not {value}",
                    choices=" or ".join(self.choices),
                    value=shown(value),
                )
            )
        if self.kind in (int, float) and not self.low <= result <= self.high:
            raise ValueError(
                worded(
                    "must be from {low:g} to {high:g}, not {value}",
                    low=self.low,
                    high=self.high,
                    value=shown(value),
                )
            )
        return result

    def nearest(self, value: float) -> float:
        """The allowed value that is closest to a number."""
        return min(max(self.low, value), self.high)


@cache
def parameters(cls: type) -> Mapping[str, Parameter]:
    """Every field of a dataclass by its name, in order."""
    hints = get_type_hints(cls)
    by_name = {}
    for item in fields(cls):
        make = item.default_factory
        default = item.default if make is MISSING else make()
        kind, may_be_none = _kind(hints[item.name])
        by_name[item.name] = Parameter(item.name, kind, may_be_none, default, **item.metadata)
    return MappingProxyType(by_name)


def checked(cls: type, values: Mapping[str, object]) -> tuple[dict[str, Any], list[str]]:
    """Check values by the names of the fields of `cls`.

    Returns
    -------
    good : dict of str to object
        The values that are allowed, each converted to its parameter's kind.
    problems : list of str
        One sentence for each other value; it begins with the name.
    """
    known = parameters(cls)
    good: dict[str, Any] = {}
    problems: list[str] = [
        worded("{name}: there is no such parameter", name=name)
        for name in values
        if name not in known
    ]
    for name, value in values.items():
        try:
            if name in known:
                good[name] = known[name].check(value)
        except ValueError as error:
            problems.append(worded("{name}: {error}", name=name, error=error))
    return good, problems


def shown(value: object) -> str:
    """A value as it is written in a settings file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        try:
            return f"{value:g}"
        except OverflowError:  # an integer may have any number of digits
            return worded("one beyond all bounds")
    if isinstance(value, dict | list):
        return worded("a list") if isinstance(value, list) else worded("a table")
    text = str(value)[:_SHOWN]
    return f'"{text}"' if isinstance(value, str) else text


_SHOWN = 200
"""Characters of a value: a message is a line."""


def milliseconds(seconds: float) -> int:
    """Convert seconds, as people write them, to the integer clock that samples carry."""
    return round(seconds * 1000)


def _kind(hint: Any) -> tuple[Any, bool]:
    """The annotation without None, and whether None was part of it."""
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
        raise ValueError(worded("must be a number, not {value}", value=shown(value)))
    return number


def _whole_number(value: object) -> int:
    number = _number(value)
    if not number.is_integer():
        raise ValueError(worded("must be a whole number, not {value}", value=shown(value)))
    return int(number)


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(worded("must be true or false, not {value}", value=shown(value)))  # noqa: TRY004
    return value


def _text(value: object) -> str:
    """A text on one line, in which nothing can harm a terminal, wherever it is shown later."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(worded("must be a text in quotes, not {value}", value=shown(value)))
    return one_line(value)


_READERS: Mapping[object, Callable[[object], Any]] = MappingProxyType(
    {float: _number, int: _whole_number, bool: _yes_or_no, str: _text}
)

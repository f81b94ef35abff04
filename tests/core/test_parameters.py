"""What every parameter takes and refuses; the values are made from the parameter itself."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import MISSING
from importlib import import_module
from pathlib import Path

import pytest

import neckform
from neckform.core.parameter import Parameter, checked, parameters
from neckform.core.stretch.stretches import OwnRange

PACKAGE = Path(neckform.__file__).parent


def defined() -> Iterator[tuple[type, Parameter]]:
    """Every parameter of every dataclass of the package that defines one with `setting`."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "setting(" not in (text := path.read_text("utf-8")) and "option(" not in text:
            continue
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        for cls in vars(import_module(name)).values():
            if isinstance(cls, type) and cls.__module__ == name:
                marked = getattr(cls, "__dataclass_fields__", {})
                if any("help" in one.metadata for one in marked.values()):
                    yield from ((cls, one) for one in parameters(cls).values() if one.is_scalar)


ALL = [pytest.param(one, id=f"{cls.__name__}.{one.name}") for cls, one in defined()]
BEYOND = 10**400


def invalid(parameter: Parameter) -> Iterator[object]:
    yield [parameter.default]
    yield {}
    if not parameter.may_be_none:
        yield None
    if parameter.kind is str:
        yield from ("", "  ", True, 3, math.nan)
        if parameter.choices:
            yield f"not {parameter.choices[0]}"
        return
    if parameter.kind is bool:
        yield from (0, 1, 1.0, "true", "yes", "")
        return
    yield from (True, False, "1", "one", math.nan, math.inf, -math.inf, BEYOND)
    if parameter.kind is int:
        yield 2.5
    yield from (parameter.low - 1, math.nextafter(parameter.low, -math.inf))
    yield from (parameter.high + 1, math.nextafter(parameter.high, math.inf))


def valid(parameter: Parameter) -> Iterator[object]:
    if parameter.kind is str:
        yield from parameter.choices or ("text",)
    elif parameter.kind is bool:
        yield from (True, False)
    else:
        low, high = float(parameter.low), float(parameter.high)
        middle = (low + high) / 2
        yield from (low, high, round(middle) if parameter.kind is int else middle)
        if high.is_integer():
            yield int(high)
    if parameter.may_be_none:
        yield None


def test_there_are_parameters_of_each_source() -> None:
    sources = {cls.__name__ for cls, _ in defined()}
    assert sources > {
        "AlertSettings", "AnalyzeOptions", "CalibrateOptions", "Choices", "CoachOptions", "Figure",
        "HoldRules", "OwnRange", "Pace", "Posture", "ShoulderLimits", "Stretch", "WatchOptions",
    }  # fmt: skip


@pytest.mark.parametrize("parameter", ALL)
def test_what_cannot_be_is_refused_in_a_sentence(parameter: Parameter) -> None:
    for value in invalid(parameter):
        with pytest.raises(ValueError, match=r"^must be .+, not .+"):
            parameter.check(value)


@pytest.mark.parametrize("parameter", ALL)
def test_what_can_be_is_taken_as_its_kind(parameter: Parameter) -> None:
    for value in valid(parameter):
        taken = parameter.check(value)
        assert taken == value
        assert taken is None or type(taken) is parameter.kind


@pytest.mark.parametrize("parameter", ALL)
def test_its_default_can_be(parameter: Parameter) -> None:
    if parameter.default not in (MISSING, ""):  # an empty text stands for none, and is not written
        assert parameter.check(parameter.default) == parameter.default


@pytest.mark.parametrize("parameter", ALL)
def test_every_number_has_bounds(parameter: Parameter) -> None:
    if parameter.kind in (int, float):
        assert math.isfinite(parameter.low)
        assert math.isfinite(parameter.high)
        assert parameter.nearest(-math.inf) == parameter.low
        assert parameter.nearest(math.inf) == parameter.high


def test_good_values_are_parted_from_wrong_ones() -> None:
    good, problems = checked(
        OwnRange, {"flexion_deg": 30, "extension_deg": 91, "nod_deg": 1, "left_lateral_deg": None}
    )
    assert good == {"flexion_deg": 30.0, "left_lateral_deg": None}
    assert problems == [
        "nod_deg: there is no such parameter",
        "extension_deg: must be from 1 to 90, not 91",
    ]

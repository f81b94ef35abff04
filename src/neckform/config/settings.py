"""Reads ``stretches.toml`` and ``postures.toml``: the shipped files, with a person's own over them.

The dataclasses of the core define each setting, its allowed values and its default. This module
turns a file into these dataclasses, and names all mistakes at once, each with its path.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, is_dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeGuard, get_args, get_origin

from neckform.core.coach.pain import Easing, PainBounds, PainRules
from neckform.core.errors import SettingsError
from neckform.core.parameter import Parameter, parameters, shown
from neckform.core.posture.flags import (
    Dozing,
    Dropped,
    LiveRules,
    LyingRules,
    Posture,
    PostureSettings,
    RecordedRules,
    Static,
    Sunk,
)
from neckform.core.stretch.compensation import ShoulderLimits
from neckform.core.stretch.hold_machine import HoldRules
from neckform.core.stretch.holds import HoldSettings
from neckform.core.stretch.stretches import Guidance, Stretch
from neckform.core.types import Axis
from neckform.core.wording import why, worded
from neckform.files import printable

SHIPPED = Path(__file__).with_name("stretches.toml")
SHIPPED_POSTURES = Path(__file__).with_name("postures.toml")
SHIPPED_PAIN = Path(__file__).with_name("pain.toml")


@dataclass(frozen=True, slots=True)
class _Layout:
    """What a settings file holds: common headings, and any number of `each`.

    Attributes
    ----------
    mark : str
        The setting that every `each` has. A heading without it is a typing mistake.
    """

    common: Mapping[str, type]
    each: type
    mark: str


_STRETCHES = _Layout(
    {"holds": HoldRules, "shoulders": ShoulderLimits, "guidance": Guidance}, Stretch, "main"
)
_POSTURES = _Layout(
    {
        "dropped": Dropped,
        "sunk": Sunk,
        "static": Static,
        "dozing": Dozing,
        "lying": LyingRules,
        "recorded": RecordedRules,
        "live": LiveRules,
    },
    Posture,
    "axis",
)
_PAIN = _Layout({"bounds": PainBounds, "eased": Easing}, PainBounds, "")
"""Two headings, and nothing else."""

_LARGEST = 1 << 20
"""Bytes of a settings file; the shipped ones have a few thousand."""

Table = dict[str, Any]
Parts = tuple[tuple[Any, ...], Table]
"""Every stretch or posture of a file, and the settings under its common headings."""


def load_settings(own: Path | None = None) -> HoldSettings:
    """Read the shipped stretches, with a person's own file over them.

    Parameters
    ----------
    own : Path, optional
        A TOML file with the settings that differ; merged key by key.

    Raises
    ------
    SettingsError
        With every mistake in the file, not only the first.
    """
    stretches, common = _load(SHIPPED, own, _STRETCHES)
    return HoldSettings(stretches=stretches, **common)


def load_postures(own: Path | None = None) -> PostureSettings:
    """Read the shipped postures, with a person's own file over them; see `load_settings`."""
    postures, common = _load(SHIPPED_POSTURES, own, _POSTURES)
    known = [posture.id for posture in postures]
    problems = [
        worded(
            "{posture}.unless: there is no posture {name}{did_you_mean}",
            posture=posture.id,
            name=name,
            did_you_mean=_did_you_mean(name, known),
        )
        for posture in postures
        if (name := posture.unless) and name not in known
    ]
    if problems:
        raise SettingsError(str(own or SHIPPED_POSTURES), problems)
    return PostureSettings(postures=postures, **common)


def load_pain(own: Path | None = None) -> PainRules:
    """Read the shipped bounds of pain, with a person's own file over them; see `load_settings`."""
    _, rules = _load(SHIPPED_PAIN, own, _PAIN)
    return PainRules(**rules)


def own_settings_file(name: str = "stretches.toml") -> Path | None:
    """A person's own file in the system's folder for settings; None when there is none."""
    from platformdirs import user_config_path

    path = user_config_path("neckform") / name
    return path if path.is_file() else None


def _load(shipped_file: Path, own: Path | None, layout: _Layout) -> Parts:
    shipped = read_toml(shipped_file)
    if own is None:
        return _structure(str(shipped_file), shipped, [], layout)
    table = read_toml(own)
    problems = list(_unknown_headings(table, shipped, layout))
    known = {key: value for key, value in table.items() if key not in dict(problems)}
    return _structure(str(own), _merge(shipped, known), [text for _, text in problems], layout)


def read_toml(path: Path) -> Table:
    """The content of a small TOML file.

    Raises
    ------
    SettingsError
    """
    return toml_in(read_small_text(path), path)


def read_small_text(path: Path) -> str:
    """The text of a small file.

    Raises
    ------
    SettingsError
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise far_too_large(path)
        return data.decode("utf-8")
    except FileNotFoundError:
        raise SettingsError(str(path), [worded("there is no such file")]) from None
    except OSError as error:
        reason = why(error)
        raise SettingsError(
            str(path), [worded("cannot be read: {reason}", reason=reason)]
        ) from None
    except UnicodeDecodeError:
        raise SettingsError(str(path), [worded("is not text in UTF-8")]) from None


def far_too_large(path: Path) -> SettingsError:
    """What is said of a file that nobody wrote by hand."""
    return SettingsError(str(path), [worded("is no settings file: it is far too large")])


def toml_in(text: str, path: Path) -> Table:
    """The content of TOML that was read from `path`.

    Raises
    ------
    SettingsError
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            str(path), [worded("is not valid TOML: {error}", error=printable(error))]
        ) from None
    except (ValueError, RecursionError) as error:  # such as a date 2026-02-31, or a huge number
        wrong = (
            worded("nested too deeply") if isinstance(error, RecursionError) else printable(error)
        )
        raise SettingsError(str(path), [worded("cannot be read: {reason}", reason=wrong)]) from None


def _merge(under: Table, over: Table) -> Table:
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        both = isinstance(below, dict) and isinstance(value, dict)
        merged[key] = _merge(below, value) if both else value  # type: ignore[arg-type]
    return merged


def _unknown_headings(table: Table, shipped: Table, layout: _Layout) -> Iterator[tuple[str, str]]:
    """Name each heading that is neither known nor a new stretch or posture."""
    headings = [*shipped, *layout.common]
    for key, value in table.items():
        if key in headings:
            continue
        if not isinstance(value, dict):
            yield (
                key,
                worded(
                    "{key}: stands under no heading; write it below one, such as [{heading}]",
                    key=key,
                    heading=headings[0],
                ),
            )
        elif layout.mark not in value:
            yield (
                key,
                worded(
                    "{key}: unknown heading{did_you_mean}",
                    key=key,
                    did_you_mean=_did_you_mean(key, headings),
                ),
            )


def _structure(source: str, table: Table, problems: list[str], layout: _Layout) -> Parts:
    common = {
        name: _built(cls, table.get(name, {}), name, problems)
        for name, cls in layout.common.items()
    }
    each = []
    for key, value in table.items():
        if key in layout.common:
            continue
        if isinstance(value, dict):
            if "id" in value:
                problems.append(worded("{key}.id: unknown setting; the heading is the id", key=key))
            value = {**value, "id": key}  # noqa: PLW2901
        each.append(_built(layout.each, value, key, problems))
    if problems:
        raise SettingsError(source, problems)
    return tuple(each), common


def _built(cls: type, table: object, path: str, problems: list[str]) -> Any:
    """Make a dataclass from a table, or add everything that is wrong with it to `problems`."""
    if not _is_table(table, path, problems):
        return None
    known = parameters(cls)
    mistakes: list[str] = [
        worded(
            "{path}.{name}: unknown setting{did_you_mean}",
            path=path,
            name=name,
            did_you_mean=_did_you_mean(name, list(known)),
        )
        for name in sorted(table.keys() - known.keys())
    ]
    values = {}
    for name, parameter in known.items():
        if name in table:
            values[name] = _value(parameter, table[name], f"{path}.{name}", mistakes)
        elif parameter.default is MISSING:
            mistakes.append(worded("{path}.{name}: is missing", path=path, name=name))
    made = None
    if not mistakes:
        try:
            made = cls(**values)
        except ValueError as error:
            mistakes.append(worded("{path}: {error}", path=path, error=error))
    problems += mistakes
    return made


def _value(parameter: Parameter, value: object, path: str, problems: list[str]) -> Any:
    kind = parameter.kind
    if isinstance(kind, type) and is_dataclass(kind):
        return _built(kind, value, path, problems)
    if get_origin(kind) is Mapping:
        key, cls = get_args(kind)
        read = _axis if key is Axis else _language
        return _by_key(read, cls, value, path, problems)
    try:
        return _axis(value) if kind is Axis else parameter.check(value)
    except ValueError as error:
        problems.append(worded("{path}: {error}", path=path, error=error))
        return None


def _by_key(
    read: Callable[[object], Any], cls: type, table: object, path: str, problems: list[str]
) -> dict[Any, Any]:
    values = {}
    for name, value in table.items() if _is_table(table, path, problems) else ():
        try:
            values[read(name)] = _built(cls, value, f"{path}.{name}", problems)
        except ValueError as error:
            problems.append(worded("{path}.{name}: {error}", path=path, name=name, error=error))
    return values


def _axis(value: object) -> Axis:
    try:
        return Axis(str(value))
    except ValueError:
        raise ValueError(
            worded("unknown axis; the axes are {axis}", axis=", ".join(Axis))
        ) from None


def _language(value: object) -> str:
    if re.fullmatch("[a-z]{2,3}", str(value)) is None:
        raise ValueError(worded("must be the tag of a language, such as de"))
    return str(value)


def _is_table(value: object, path: str, problems: list[str]) -> TypeGuard[Table]:
    if isinstance(value, dict):
        return True
    problems.append(
        worded("{path}: must be a table of settings, not {value}", path=path, value=shown(value))
    )
    return False


def _did_you_mean(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return (
        worded("; did you mean {value}?", value=close[0])
        if close
        else worded("; known here: {known}", known=", ".join(known))
    )

"""The command line from dataclasses: a field made by `option` becomes an option of a command.

The field says everything: name, kind, bounds, default, help. Click reads and shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from neckform.core.errors import SettingsError
from neckform.core.setting import Parameter, parameters, setting

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


@dataclass(frozen=True, slots=True)
class Look:
    """How an option looks on the command line.

    Attributes
    ----------
    flag : str or None
        What it is called, when not like its field.
    metavar : str or None
        What stands for its value in the help. A choice that has one does not list its values.
    shows_default : bool
        Whether its help ends with the default.
    """

    flag: str | None = None
    metavar: str | None = None
    shows_default: bool = False
    envvar: str | None = None


def option(
    text: str,
    default: Any = None,
    *,
    low: float | None = None,
    high: float | None = None,
    choices: tuple[str, ...] = (),
    flag: str | None = None,
    metavar: str | None = None,
    shows_default: bool = False,
    envvar: str | None = None,
) -> Any:
    """Make a dataclass field that is an option of a command, too; see `setting` and `Look`."""
    look = Look(flag, metavar, shows_default, envvar)
    return setting(text, low=low, high=high, choices=choices, default=default, edge=look)


def option_of(cls: type, name: str, flag: str, *, tells_default: bool = False) -> Any:
    """Make an option, unset by default, that has the bounds and the text of a field of `cls`."""
    one = parameters(cls)[name]
    text = f"{one.help[0].upper()}{one.help[1:]}."
    if tells_default:
        text += f"  [default: {one.default:g}]"
    return option(text, low=one.low, high=one.high, flag=flag)


def options(cls: type, *names: str) -> Decorator:
    """Give a command an option for each field of `cls`, or only for those of these names."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for name, parameter in reversed(list(parameters(cls).items())):
            if not names or name in names:
                command = _option(parameter)(command)
        return command

    return decorate


def refuse_wrong(chosen: object) -> None:
    """Check every option of a dataclass whose fields `option` made.

    Raises
    ------
    SettingsError
        With all that are wrong. A text that may be anything is judged where it is read.
    """
    cls: type = type(chosen)
    problems = []
    for name, parameter in parameters(cls).items():
        if parameter.kind is not str or parameter.choices:
            try:
                parameter.check(getattr(chosen, name))
            except ValueError as error:
                problems.append(f"{_flag(parameter)}: {error}")
    if problems:
        raise SettingsError("options", problems)


class _Float(click.FloatRange):
    """Shows its bounds in the help; the parameter judges by them."""

    convert = click.types.FloatParamType.convert


class _Int(click.IntRange):
    """As `_Float`."""

    convert = click.types.IntParamType.convert


def _option(parameter: Parameter) -> Decorator:
    look: Look = parameter.edge
    metavar = look.metavar or ("FILE" if parameter.kind is Path else None)
    flag = _flag(parameter)
    if parameter.kind is bool and parameter.default is not False:
        flag += f"/--no-{flag.removeprefix('--')}"
    return click.option(
        flag,
        parameter.name,
        help=parameter.help,
        metavar=metavar,
        show_default=look.shows_default,
        envvar=look.envvar,
        show_envvar=look.envvar is not None,
        **_kind(parameter),
    )


def _flag(parameter: Parameter) -> str:
    look: Look = parameter.edge
    return look.flag or f"--{parameter.name.replace('_', '-')}"


def _kind(parameter: Parameter) -> dict[str, Any]:
    """What click has to know of the value."""

    def judge(context: click.Context, option: click.Parameter, value: Any) -> Any:
        try:
            return parameter.check(value)
        except ValueError as error:
            raise click.BadParameter(str(error), context, option) from None

    if parameter.kind is bool:
        return {"is_flag": True, "default": parameter.default}
    if parameter.kind == tuple[str, ...]:
        return {"multiple": True}
    kind: Any = click.STRING
    callback = None
    if parameter.kind is Path:
        kind = click.Path(path_type=Path)
    elif parameter.choices and parameter.edge.metavar is None:
        kind = click.Choice(parameter.choices)
    elif parameter.kind in (int, float):
        callback = judge
        shows_bounds: Any = _Int if parameter.kind is int else _Float
        kind = shows_bounds(parameter.low, parameter.high)
    return {"type": kind, "callback": callback, "default": parameter.default}

"""The command line from dataclasses: a field made by `option` becomes an option of a command.

The field holds the name, kind, bounds, default and help; click reads and shows them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from neckform.core.errors import SettingsError
from neckform.core.parameter import Parameter, parameters, setting
from neckform.core.wording import worded
from neckform.showing.words.telling import told

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


@dataclass(frozen=True, slots=True)
class OptionLook:
    """How an option looks on the command line.

    Attributes
    ----------
    flag : str or None
        Its flag. None: the field's name with dashes.
    metavar : str or None
        What stands for the value in the help. A choice with a metavar does not list its values.
    shows_default : bool
        Whether the help ends with the default.
    envvar : str or None
        An environment variable that can hold the value instead.
    """

    flag: str | None = None
    metavar: str | None = None
    shows_default: bool = False
    envvar: str | None = None


def option(
    text: str,
    default: Any = None,
    *,
    flag: str | None = None,
    metavar: str | None = None,
    shows_default: bool = False,
    envvar: str | None = None,
    **allowed: Any,
) -> Any:
    """Make a dataclass field that is also an option of a command.

    Parameters
    ----------
    text : str
        The help.
    flag, metavar, shows_default, envvar : optional
        See `OptionLook`.
    **allowed
        ``low``, ``high`` and ``choices`` of `setting`.
    """
    look = OptionLook(flag, metavar, shows_default, envvar)
    return setting(text, default=default, edge=look, **allowed)


def option_like(cls: type, name: str, flag: str, *, tells_default: bool = False) -> Any:
    """Make an option with the text and the bounds of a field of `cls`; its default is None."""
    number = parameters(cls)[name]
    text = f"{number.help[0].upper()}{number.help[1:]}."
    if tells_default:
        text += f"  [default: {number.default:g}]"
    return option(text, flag=flag, low=number.low, high=number.high)


def options(cls: type, *names: str) -> Decorator:
    """Give a command one option for each field of `cls`, or for the named fields only."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for name, parameter in reversed(list(parameters(cls).items())):
            if not names or name in names:
                command = _option(parameter)(command)
        return command

    return decorate


def refuse_wrong(chosen: object) -> None:
    """Check every field of a dataclass of options. Free text is checked where it is read.

    Raises
    ------
    SettingsError
        With every value that is not allowed.
    """
    cls: type = type(chosen)
    problems = []
    for name, parameter in parameters(cls).items():
        if parameter.kind is not str or parameter.choices:
            try:
                parameter.check(getattr(chosen, name))
            except ValueError as error:
                problems.append(worded("{flag}: {error}", flag=_flag(parameter), error=error))
    if problems:
        raise SettingsError("options", problems)


def arguments(chosen: object) -> list[str]:
    """What stands on a command line for a dataclass of options; `options` reads it back."""
    cls: type = type(chosen)
    given: list[str] = []
    for name, parameter in parameters(cls).items():
        value, flag = getattr(chosen, name), _flag(parameter)
        if value == parameter.default:
            continue
        if parameter.kind is bool:
            given.append(flag if value else f"--no-{flag.removeprefix('--')}")
            continue
        for each in value if isinstance(value, tuple) else (value,):
            # Of a path, the whole one: who reads it back may be in another folder.
            given.append(f"{flag}={each.absolute() if isinstance(each, Path) else each}")
    return given


class _File(click.Path):
    """Takes no empty name, as of a variable that is not set: it would mean the folder at hand."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:
        if not os.fspath(value):
            self.fail(told(worded("the name is empty; name a file or a folder")), param, ctx)
        return super().convert(value, param, ctx)


FILE = _File(path_type=Path)


class _Float(click.FloatRange):
    """Shows its bounds in the help. The parameter checks them."""

    convert = click.types.FloatParamType.convert


class _Int(click.IntRange):
    """As `_Float`."""

    convert = click.types.IntParamType.convert


def _option(parameter: Parameter) -> Decorator:
    look: OptionLook = parameter.edge
    flag = _flag(parameter)
    if parameter.kind is bool and parameter.default is not False:
        flag += f"/--no-{flag.removeprefix('--')}"
    return click.option(
        flag,
        parameter.name,
        help=parameter.help,
        metavar=look.metavar or ("FILE" if parameter.kind is Path else None),
        show_default=look.shows_default,
        envvar=look.envvar,
        show_envvar=look.envvar is not None,
        **_kind(parameter),
    )


def _flag(parameter: Parameter) -> str:
    look: OptionLook = parameter.edge
    return look.flag or f"--{parameter.name.replace('_', '-')}"


def _kind(parameter: Parameter) -> dict[str, Any]:
    """What click must know of the value."""

    def check(context: click.Context, option: click.Parameter, value: Any) -> Any:
        try:
            return parameter.check(value)
        except ValueError as error:
            raise click.BadParameter(told(error), context, option) from None

    default = {"default": parameter.default}
    if parameter.kind is bool:
        return {"is_flag": True, **default}
    if parameter.kind == tuple[str, ...]:
        return {"multiple": True}
    if parameter.kind is Path:
        return {"type": FILE, **default}
    if parameter.kind in (int, float):
        number: Any = _Int if parameter.kind is int else _Float
        return {"type": number(parameter.low, parameter.high), "callback": check, **default}
    lists_values = parameter.choices and parameter.edge.metavar is None
    return {"type": click.Choice(parameter.choices) if lists_values else click.STRING, **default}

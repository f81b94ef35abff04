"""``--help`` in the language of whoever reads it.

The English text stands at each command and option. Here each paragraph of it is looked up as it is
shown, and so are click's own few words.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable

import click

from neckform.core.wording import named
from neckform.showing.words.telling import told

OWN = (
    named("Usage: "),
    named("Options"),
    named("Commands"),
    named("Show this message and exit."),
    named("Show the version and exit."),
    named("default: "),
    named("env var: "),
)
"""What click says itself."""
CALLED_WITH = (named("[OPTIONS]"), named("COMMAND"), named("[ARGS]"))
"""What may follow a command's name."""
_EXTRA = "  ["
"""Begins what click adds to an option's help."""


def paragraphs(text: str) -> list[str]:
    """Each as one line, as it is looked up."""
    return [" ".join(part.split()) for part in inspect.cleandoc(text).split("\n\n")]


def told_help(text: str) -> str:
    """The help of a command or an option, in the language that is spoken."""
    return "\n\n".join(told(named(part)) for part in paragraphs(text))


class ToldFormatter(click.HelpFormatter):
    """Says each text in the language that is spoken."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for part in CALLED_WITH:
            args = args.replace(part, told(part))
        super().write_usage(prog, args, told(OWN[0]) if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        super().write_heading(told(named(heading)))

    def write_text(self, text: str) -> None:
        super().write_text(told_help(text))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        told_rows = [(first, _option_help(second)) for first, second in rows]
        super().write_dl(told_rows, col_max, col_spacing)


class ToldContext(click.Context):
    """Has its help told."""

    formatter_class = ToldFormatter


class ToldCommand(click.Command):
    """A command whose help is told."""

    context_class = ToldContext

    def get_short_help_str(self, limit: int = 45) -> str:
        same = click.Command(self.name, help=told_help(self.help or ""))
        return same.get_short_help_str(limit)


class ToldGroup(ToldCommand, click.Group):
    """A group of commands whose help is told."""

    command_class = ToldCommand
    group_class = type


def _option_help(shown: str) -> str:
    whole = told_help(shown)
    if whole != " ".join(shown.split()):
        return whole
    text, bracket, extra = shown.rpartition(_EXTRA)
    if not bracket:
        return shown
    for word in OWN[-2:]:
        extra = extra.replace(word, told(word))
    return f"{_option_help(text) if _EXTRA in text else told_help(text)}{_EXTRA}{extra}"

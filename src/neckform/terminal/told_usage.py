"""What is wrong with a command line, in the language of whoever typed it.

Click finds the mistake and says it in English. Here its lines are known by their patterns, and said
as every other line is.
"""

from __future__ import annotations

import re

import click

from neckform.core.wording import Worded, named, worded
from neckform.showing.words.telling import told
from neckform.terminal.echo import hand_out, say

LINES = (
    named("{problem} Did you mean {possibility}?"),
    named("{problem} (Did you mean one of: {possibilities}?)"),
    named("{problem} (Possible options: {possibilities})"),  # click 8.1
    named("Invalid value for {parameter}: {problem}"),
    named("Invalid value: {problem}"),
    named("No such option {option}."),
    named("No such option: {option}"),  # click 8.1
    named("No such command {command}."),
    named("Missing argument {argument}."),
    named("Missing command."),
    named("Option {option} requires an argument."),
    named("Option {option} does not take a value."),
    named("Got unexpected extra argument ({arguments})"),
    named("Got unexpected extra arguments ({arguments})"),
    named("{value} is not one of {choices}."),
    named("{value} is not a valid integer."),
    named("{value} is not a valid integer range."),
    named("{value} is not a valid float range."),
    named("{value} is not in the range {bounds}."),
    named("{value} is not {choice}."),  # the only one; last, as the others are of this form, too
)
"""What click says of the command lines of neckform, which has no other kinds of options."""


def complain(error: click.ClickException) -> None:
    """Say what is wrong, after how the command is called and where there is help."""
    context = getattr(error, "ctx", None)
    if context is not None:
        hint = worded(
            "Try '{command} {option}' for help.", command=context.command_path, option="--help"
        )
        hand_out(f"{context.get_usage()}\n{told(hint)}\n\n", aside=True)
    say(worded("Error: {problem}", problem=understood(error.format_message())), aside=True)


def understood(line: str) -> str:
    """The line with its pattern, which other languages find their words by; else as it is."""
    for pattern in LINES:
        if found := re.fullmatch(_expression(pattern), line, re.DOTALL):
            parts = {name: understood(part) for name, part in found.groupdict().items()}
            return worded(pattern, **parts)
    return line


def _expression(pattern: Worded) -> str:
    return re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(pattern))

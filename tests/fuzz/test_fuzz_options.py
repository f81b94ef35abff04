"""Options as nobody should give them: a line that says which, or a result."""

from __future__ import annotations

import os
import shutil

import click
from door_runs import Doors
from hostile import NUMBERS, TEXTS
from hypothesis import given
from hypothesis import strategies as st

from neckform import cli

COMMANDS = ("analyze", "coach", "calibrate", "watch", "history", "stretches", "heat", "nonsense")
CODES = {0, 1, 2, 3, 4, 6}
WORDS = (
    "own.nfobs", "missing.mp4", "folder", ".", "", "-", "--", "auto", "held", "0-1", "1-0",
    "nan-inf",
    "levator-scapulae", "levator-scapulae:left", "upper-trapezius:both", ":", "back", "excel",
    "30m",
    "tomorrow", "2026-11-20", "2026-02-30", "9999-12-31", "0", "1", "1e3", "10", "65536",
    "٣", "1_0",
)  # fmt: skip


def harmless(text: str) -> str:
    """A word of a command line, which names no file outside of the folder."""
    text = text.replace("\0", "").replace("..", ".").replace("/", "").replace("\\", "")
    return os.fsdecode(text.encode("utf-8", "surrogateescape" if _is_name(text) else "replace"))


def _is_name(text: str) -> bool:
    try:
        text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return False
    return True


words = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS),
    st.sampled_from([str(number)[:4000] for number in NUMBERS]),
    st.sampled_from(TEXTS).map(lambda text: harmless(text[:300])),
    st.text(max_size=12).map(harmless),
)


def flags(name: str) -> list[str]:
    command = cli.commands.commands.get(name)
    params = command.params if command is not None else []
    flags = [flag for one in params if isinstance(one, click.Option)
             for flag in (*one.opts, *one.secondary_opts)]  # fmt: skip
    # The source is given below, and help is never wrong.
    return [flag for flag in flags if flag not in {"--source", "--help", "-h"}]


def waits(word: str) -> bool:
    """Whether it is a time that ``neckform heat`` would wait for."""
    try:
        return 1 <= int(word.partition("=")[2] or word) <= 20
    except ValueError:
        return False


@st.composite
def command_lines(draw: st.DrawFn) -> list[str]:
    name = draw(st.sampled_from(COMMANDS))
    named = [st.sampled_from(flags(name))] * 2 if flags(name) else []
    arguments = draw(st.lists(st.one_of(*named, words), max_size=6))
    if name == "analyze":
        arguments.insert(draw(st.integers(0, len(arguments))), "own.nfobs")
    elif name in ("coach", "calibrate", "watch"):
        arguments = ["--source", "missing.mp4", *arguments]
    elif name == "heat":
        arguments = ["--minutes", "21", *(word for word in arguments if not waits(word))]
    elif name == "history" and draw(st.booleans()):
        arguments.insert(0, "forget")
    return [name, *arguments]


@given(command_lines())
def test_options(doors: Doors, line: list[str]) -> None:
    shutil.copy(doors.recording, "own.nfobs")
    ran = doors.run(*line, codes=CODES)
    assert "went wrong" not in ran.err

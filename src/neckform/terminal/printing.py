"""The terminal: lines for a person, and a progress bar where a person can watch one."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

_WIDEST = 100
"""Longer lines are hard to read, however wide the terminal is."""

Advance = Callable[[float], None]
"""Called with the share that is done, 0 to 1."""


def out() -> Console:
    """Standard output: results. Plain text without colour or bars when piped."""
    return Console(file=sys.stdout, highlight=False)


def err() -> Console:
    """Standard error: progress, and what went wrong."""
    return Console(file=sys.stderr, highlight=False)


@contextmanager
def progress(label: str) -> Iterator[Advance]:
    """Show a progress bar on a terminal; show nothing when standard error is piped."""
    console = err()
    if not console.is_terminal:
        yield lambda _share: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(label, total=1.0)
        yield lambda share: bar.update(task, completed=min(1.0, share))


@contextmanager
def waiting(console: Console) -> Iterator[Callable[[str], None]]:
    """Show one line that can change and disappears at the end; show nothing when piped."""
    if not console.is_terminal:
        yield lambda _text: None
        return
    with console.status("", spinner="line") as status:
        yield status.update


def print_indented(
    console: Console, text: str, indent: int, *, first: str = "", style: str = ""
) -> None:
    """Print a paragraph, wrapped to the terminal; `first` stands in the indent of its first line.

    A rich table leaves spaces at the ends of lines, which a pipe would keep; this leaves none.
    """
    width = max(20, min(console.width, _WIDEST) - indent)
    for number, line in enumerate(textwrap.wrap(text, width, break_on_hyphens=False)):
        lead = first if number == 0 else ""
        console.print(Text.assemble(f"{lead:<{indent}}", (line, style)), soft_wrap=True)


def print_finding(console: Console, what: str, detail: str, wrong: str | None) -> None:
    """Print one line of ``neckform doctor``, and below it what to do when something is wrong."""
    mark, style = ("ok", "green") if wrong is None else ("no", "bold red")
    heading = Text.assemble((f"{mark}  ", style), (f"{what:<22} ", "bold"), detail)
    console.print(heading, soft_wrap=True)
    if wrong is not None:
        print_indented(console, wrong, 4)


def print_note(console: Console, note: str) -> None:
    """Print one line that a person should not miss, unbroken, so that it can be searched."""
    console.print(Text(f"neckform: {note}"), soft_wrap=True)

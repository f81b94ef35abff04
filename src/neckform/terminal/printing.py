"""The terminal: lines for a person, and a progress bar where a person can watch one."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console, ConsoleOptions, RenderableType
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.segment import Segment
from rich.text import Text

from neckform.core.plain_text import plain
from neckform.core.wording import worded
from neckform.showing.words.telling import told

_WIDEST = 100
"""Longer lines are hard to read, however wide the terminal is."""

Advance = Callable[[float], None]
"""Called with the share that is done, 0 to 1."""


class PlainConsole(Console):
    """A console on which no text moves the cursor, colours lines or turns the direction.

    Where a name stands in a line, `plain` must see it before: here an end of a line is one.
    """

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """As rich does it, with all text but rich's own control codes made plain."""
        for piece in super().render(renderable, options):
            if piece.control:
                yield piece
            else:
                yield Segment(plain(piece.text, lines=True), piece.style)


def out() -> Console:
    """Standard output: results. Plain text without colour or bars when piped."""
    return PlainConsole(file=sys.stdout, highlight=False)


def err() -> Console:
    """Standard error: progress, and what went wrong."""
    return PlainConsole(file=sys.stderr, highlight=False)


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
        task = bar.add_task(escape(plain(told(label))), total=1.0)
        yield lambda share: bar.update(task, completed=min(1.0, share))


@contextmanager
def waiting(console: Console) -> Iterator[Callable[[str], None]]:
    """Show one line that can change and disappears at the end; show nothing when piped."""
    if not console.is_terminal:
        yield lambda _text: None
        return
    with console.status("", spinner="line") as status:
        yield lambda text: status.update(told(text))


def print_indented(
    console: Console, text: str, indent: int, *, first: str = "", style: str = ""
) -> None:
    """Print a paragraph, wrapped to the terminal; `first` stands in the indent of its first line.

    A rich table leaves spaces at the ends of lines, which a pipe would keep; this leaves none.
    """
    width = max(20, min(console.width, _WIDEST) - indent)
    for number, line in enumerate(textwrap.wrap(told(text), width, break_on_hyphens=False)):
        lead = first if number == 0 else ""
        console.print(Text.assemble(f"{lead:<{indent}}", (line, style)), soft_wrap=True)


def print_after(console: Console, first: str, text: str, indent: int, *, style: str = "") -> None:
    """Print a line that begins with a name, which is never cut; what follows is wrapped.

    Where too little room is left beside the name, the text begins on the next line.
    """
    width, text = min(console.width, _WIDEST), plain(told(text))
    if len(first) + min(len(text), _LEAST) > width:
        console.print(Text(first.rstrip()), soft_wrap=True)
        print_indented(console, text, indent, style=style)
        return
    wrapped = textwrap.wrap(
        text,
        width,
        initial_indent=" " * len(first),
        subsequent_indent=" " * indent,
        break_on_hyphens=False,
    )
    for number, line in enumerate(wrapped or [first]):
        shown = line[len(first) :] if number == 0 else line
        console.print(Text.assemble(first if number == 0 else "", (shown, style)), soft_wrap=True)


_LEAST = 24
"""A text that has less room than this beside a name is torn into single words."""


def print_finding(console: Console, what: str, detail: str, wrong: str | None) -> None:
    """Print one line of ``neckform doctor``, and below it what to do when something is wrong."""
    good, bad = told(worded("ok")), told(worded("no"))
    mark, style = (good, "green") if wrong is None else (bad, "bold red")
    mark = f"{mark:<{max(len(good), len(bad))}}"
    heading = Text.assemble(
        (f"{mark}  ", style), (f"{told(what):<22} ", "bold"), plain(told(detail))
    )
    console.print(heading, soft_wrap=True)
    if wrong is not None:
        print_indented(console, wrong, 4)


def print_line(console: Console, line: str, style: str = "") -> None:
    """Print one line, unbroken."""
    console.print(Text(plain(told(line)), style=style), soft_wrap=True)


def print_note(console: Console, note: str) -> None:
    """Print one line that a person should not miss, unbroken, so that it can be searched."""
    console.print(Text(f"neckform: {plain(told(note))}"), soft_wrap=True)

"""``neckform history``, as it is typed; the work is done by `command`."""

from __future__ import annotations

from pathlib import Path

import click

from neckform.terminal.click_options import FILE
from neckform.terminal.told_help import ToldGroup
from neckform.terminal.who_options import HELP as WHO_HELP

_WHO = click.option("--who", metavar="NAME", help=WHO_HELP)


@click.group(cls=ToldGroup, invoke_without_command=True)
@_WHO
@click.option("--json", "as_text", flag_value="json", help="Everything, for another program.")
@click.option("--csv", "as_text", flag_value="csv", help="A table with one row for each hold.")
@click.option("--html", "page", type=FILE, metavar="FILE", help="The same as a page to keep.")
@click.pass_context
def history(context: click.Context, who: str | None, as_text: str | None, page: Path | None) -> int:
    """Look back: days in a row, both sides, degrees and held seconds over the weeks.

    neckform coach keeps what was done, and neckform analyze does with --history or --who: which
    stretches, for how long, at what angles, on the day that it was recorded; no picture. The same
    recording counts once. Below come the minutes that neckform watch counted. All of it stays on
    this computer, in the folder that NECKFORM_DATA names, or where your system keeps it. With
    NECKFORM_HISTORY=off nothing is kept of a recording.
    """
    if context.invoked_subcommand is not None:
        return 0
    from neckform.jobs.history.command import run

    return run(who=who, as_text=as_text, page=page)


@history.command()
@_WHO
@click.option("--day", metavar="YYYY-MM-DD", help="Delete what is kept of this day.")
@click.option("--all", "everything", is_flag=True, help="Delete all that is kept.")
@click.pass_context
def forget(context: click.Context, who: str | None, day: str | None, *, everything: bool) -> int:
    """Delete a day, or everything, for good: recordings, and the minutes that were watched."""
    from neckform.jobs.history.command import forget as delete

    named = context.parent.params.get("who") if context.parent is not None else None
    return delete(day, everything=everything, who=who or named)

"""``neckform people``, as it is typed; the work is done by `command`."""

from __future__ import annotations

from pathlib import Path

import click

from neckform.terminal.click_options import FILE
from neckform.terminal.told_help import ToldGroup


@click.group(cls=ToldGroup, invoke_without_command=True)
@click.pass_context
def people(context: click.Context) -> int:
    """Say of whom something is kept besides you; rename, merge, hand out or forget them.

    A person is begun with --who NAME, of neckform analyze, coach, calibrate or watch. Each has an
    own history, profiles and range, in a folder of that name. A pseudonym does, such as P-017.
    """
    if context.invoked_subcommand is not None:
        return 0
    from neckform.jobs.people.command import show

    return show()


@people.command(name="list")
def list_people() -> int:
    """Say of whom something is kept: the same as neckform people alone."""
    from neckform.jobs.people.command import show

    return show()


@people.command()
@click.argument("name")
@click.argument("new")
def rename(name: str, new: str) -> int:
    """Call NAME NEW from now on."""
    from neckform.jobs.people.command import rename as call

    return call(name, new)


@people.command()
@click.argument("name")
@click.argument("into")
def merge(name: str, into: str) -> int:
    """Put what is kept of NAME to what is kept of INTO: they are one person."""
    from neckform.jobs.people.command import merge as put_together

    return put_together(name, into)


@people.command()
@click.argument("name")
@click.argument("file", type=FILE)
def export(name: str, file: Path) -> int:
    """Write all that is kept of NAME into FILE, a .zip: history, profiles and watched days."""
    from neckform.jobs.people.command import export as write

    return write(name, file)


@people.command(name="forget")
@click.argument("name")
def forget_person(name: str) -> int:
    """Delete all that is kept of NAME for good: history, profiles, watched days, routine."""
    from neckform.jobs.people.command import forget as delete

    return delete(name)

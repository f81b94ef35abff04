"""Every error that neckform raises on purpose, and the exit code that each one ends with.

::

    NeckformError
    ├── SettingsError      2   a settings file or an option is wrong (all mistakes at once)
    ├── OutputError        2   a result cannot be written where it was asked for
    │   └── InUseError     2   another neckform is writing there
    ├── HistoryError       2   the history of what was practised cannot be used
    ├── InputError         3   a recording cannot be read
    ├── ViewError          4   nobody usable in view
    │   └── NoNeutralError 4   somebody is there, but no neutral was found
    ├── CameraError        5   the camera cannot be used
    └── ModelError         6   a model bundle is missing or damaged

Each message is one line for a person: what is wrong, and what to do about it.
"""

from __future__ import annotations

from collections.abc import Sequence

from neckform.core.wording import listed, worded


class NeckformError(Exception):
    """Root of the tree; its message is meant to be shown to the person as it is."""

    exit_code = 1


_LONGEST, _MOST = 300, 30
"""Characters of a problem, which may quote its file, and how many are named."""


class SettingsError(NeckformError):
    """A settings file or an option is wrong.

    Parameters
    ----------
    source : str
        The file or option that the problems were found in.
    problems : sequence of str
        All of them, each beginning with its path, such as ``upper-trapezius.hold_s: ...``.
    """

    exit_code = 2

    def __init__(self, source: str, problems: Sequence[str]) -> None:
        self.source = source
        self.problems = tuple(
            problem if len(problem) <= _LONGEST else problem[:_LONGEST] for problem in problems
        )
        shown = list(self.problems[:_MOST])
        if (more := len(self.problems) - _MOST) > 0:
            shown.append(worded("and {number} more", number=more))
        super().__init__(worded("{source}: {problems}", source=source, problems=listed(shown)))


class OutputError(NeckformError):
    """A result cannot be written where it was asked for."""

    exit_code = 2


class InUseError(OutputError):
    """Another neckform is writing there."""


class HistoryError(NeckformError):
    """The history of what was practised cannot be used.

    Parameters
    ----------
    damaged : bool
        Whether this neckform can do nothing with the file but delete it as a whole, when that is
        asked for; it is not only taken or out of reach.
    busy : bool
        Whether another program has the file to itself, for now.
    """

    exit_code = 2

    def __init__(self, message: str, *, damaged: bool = False, busy: bool = False) -> None:
        self.damaged = damaged
        self.busy = busy
        super().__init__(message)


class InputError(NeckformError):
    """A recording cannot be read."""

    exit_code = 3


class ViewError(NeckformError):
    """Nobody usable is in view."""

    exit_code = 4


class NoNeutralError(ViewError):
    """Somebody is in view, but no still, upright, forward-facing second was found."""


class CameraError(NeckformError):
    """The camera cannot be used."""

    exit_code = 5


class ModelError(NeckformError):
    """A model bundle is missing or damaged."""

    exit_code = 6

"""The stretch in a break: a coach of its own, to which the monitor lends the camera."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from neckform.core.types import Exercise
from neckform.files import private
from neckform.jobs.watch.beside.background import log_file, start_own

HOLD_S = 30


class SmallCoach:
    """Starts ``neckform coach --brief``, and says how it ended.

    Parameters
    ----------
    arguments : sequence of str
        Options that the monitor was started with, too: which camera, whose.

    Attributes
    ----------
    exercise : Exercise or None
        What is done at the moment.
    """

    def __init__(self, arguments: Sequence[str] = ()) -> None:
        self._arguments = arguments
        self._program: subprocess.Popen[bytes] | None = None
        self.exercise: Exercise | None = None

    def begin(self, exercise: Exercise) -> None:
        """Open it, with this one.

        Raises
        ------
        OSError, OutputError
        """
        name = exercise.stretch if exercise.side is None else f"{exercise.stretch}:{exercise.side}"
        how: dict[str, Any] = {}
        if sys.platform == "win32":
            how = {"creationflags": subprocess.CREATE_NO_WINDOW}
        with private(log_file().with_name("coach.log")).open("wb") as output:
            wanted = ("coach", "--brief", f"--stretch={name}", f"--hold={HOLD_S}")
            self._program = start_own([*wanted, *self._arguments], output, **how)
        self.exercise = exercise

    def ended(self) -> bool | None:
        """Whether the stretch was held to its end, once it has ended; None while it goes on."""
        if self._program is None or self._program.poll() is None:
            return None
        held = self._program.returncode == 0
        self._program = None
        return held

"""A program of its own: says one thing at a time, and is silent as soon as neckform has ended.

Each line of standard input is JSON: ``{"command": [...], "env": {...}}`` says this in place of what
is being said, ``{}`` is silence. `Speaker` starts it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable


def main(lines: Iterable[bytes]) -> None:
    """Speak until the input ends."""
    speaking: subprocess.Popen[bytes] | None = None
    try:
        for line in lines:
            _hush(speaking)
            speaking = _say(**json.loads(line))
    finally:
        _hush(speaking)


def _say(
    command: list[str] | None = None, env: dict[str, str] | None = None
) -> subprocess.Popen[bytes] | None:
    if command is None:
        return None
    nothing = subprocess.DEVNULL
    try:
        return subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing, env=env)
    except OSError:
        return None  # the program is gone; the words on the screen remain


def _hush(speaking: subprocess.Popen[bytes] | None) -> None:
    if speaking is not None and speaking.poll() is None:
        speaking.kill()
        speaking.wait()


if __name__ == "__main__":
    main(sys.stdin.buffer)

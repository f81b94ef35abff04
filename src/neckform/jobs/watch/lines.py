"""The lines that the monitor prints: text for a person, or JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime

from neckform.core.plain_text import plain_json
from neckform.terminal.echo import say

Fact = str | int | float | bool | None | Mapping[str, int]


class Lines:
    """Prints one line for each thing that happens, at once.

    Parameters
    ----------
    as_json : bool
        Print each event as a line of JSON; otherwise as text.
    minutes : bool
        With text, print the line a minute too.
    now : callable
        Gives the local time, which begins each line.
    """

    def __init__(
        self, *, as_json: bool, minutes: bool, now: Callable[[], datetime] = datetime.now
    ) -> None:
        self._as_json = as_json
        self._minutes = minutes
        self._now = now

    def say(self, event: str, text: str, **facts: Fact) -> None:
        """Print an event, in words and in facts."""
        moment = self._now()
        if self._as_json:
            content = {"event": event, "time": moment.isoformat(timespec="seconds"), **facts}
            content = {**content, "text": text}
            line = plain_json(json.dumps(content, ensure_ascii=False, allow_nan=False))
        elif event == "minute" and not self._minutes:
            return
        else:
            line = f"{moment:%H:%M}  {text}"
        say(line)

"""The lines that the monitor prints: text for a person, or JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime

from neckform.core.plain_text import plain_json
from neckform.showing.words.phrases import clock
from neckform.showing.words.telling import told
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
    at_ms : callable
        Of a recording in the camera's place, gives its own time, which then begins each line of
        text and stands in each line of JSON, as ``recording_ms``; else None.
    """

    def __init__(
        self,
        *,
        as_json: bool,
        minutes: bool,
        now: Callable[[], datetime] = datetime.now,
        at_ms: Callable[[], int | None] = lambda: None,
    ) -> None:
        self._as_json = as_json
        self._minutes = minutes
        self._now = now
        self._at_ms = at_ms

    def say(self, event: str, text: str, **facts: Fact) -> None:
        """Print an event, in words and in facts."""
        moment, at_ms = self._now(), self._at_ms()
        if self._as_json:
            content = {"event": event, "time": moment.isoformat(timespec="seconds"), **facts}
            if at_ms is not None:
                content["recording_ms"] = at_ms
            content = {**content, "text": text}
            line = plain_json(json.dumps(content, ensure_ascii=False, allow_nan=False))
        elif event == "minute" and not self._minutes:
            return
        else:
            line = f"{f'{moment:%H:%M}' if at_ms is None else clock(at_ms)}  {told(text)}"
        say(line)

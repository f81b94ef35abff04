"""The privacy guard: nothing that neckform does leaves this computer.

The landmark models run inside mediapipe, whose releases after 0.10.21 report how they are used to
their vendor from native code: a name look-up and a connection, made when a landmarker is closed.
Pictures are no part of it, but a tool that looks through a webcam at somebody's health must send
nothing at all. That native code obeys the usual proxy variables, so the guard names a proxy that
cannot answer: port 9 of this computer. What is left is one refused connection to the computer
itself. A test runs neckform under ``strace`` to prove it.

For programs that use neckform as a library
-------------------------------------------
The variables in `PROXY_NAMES` are set, and those in `BYPASS_NAMES` removed, in **the environment of
the whole process**, when the first landmarker is about to be created and again whenever another
one is; they stay so, because native threads read them at moments of their own choosing. A
program which itself goes through a proxy, or which starts others that do, finds what stood there
before in `before`.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from types import MappingProxyType

NOWHERE = "http://127.0.0.1:9"
"""The discard port of this computer, where nobody listens."""

PROXY_NAMES = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
"""What sends the native code's connections nowhere."""

BYPASS_NAMES = ("no_proxy", "NO_PROXY")
"""What would let it past the proxy: ``no_proxy=*`` alone undoes the guard."""

_lock = threading.Lock()
_before: dict[str, str | None] = {}


def engage() -> None:
    """Close the way out. May be called any number of times; costs next to nothing.

    Must be called before a landmarker is created; the readers in
    `neckform.sensing.landmarks.landmarkers` do so themselves.
    """
    with _lock:
        for name in PROXY_NAMES:
            _change(name, NOWHERE)
        for name in BYPASS_NAMES:
            _change(name, None)


def engaged() -> bool:
    """Whether the environment is at this moment as the guard wants it."""
    return all(os.environ.get(name) == NOWHERE for name in PROXY_NAMES) and not any(
        name in os.environ for name in BYPASS_NAMES
    )


def before() -> Mapping[str, str | None]:
    """What the changed variables were before the guard changed them; None: they were not set."""
    with _lock:
        return MappingProxyType(dict(_before))


def _change(name: str, value: str | None) -> None:
    present = os.environ.get(name)
    if present == value:
        return
    # An outsider's later value replaces what is remembered: it is what "before" now means.
    _before[name] = present
    if value is None:
        del os.environ[name]
    else:
        os.environ[name] = value

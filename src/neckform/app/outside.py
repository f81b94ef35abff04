"""Counts what leaves this computer, so that "bytes sent: 0" is a count and no promise.

Python tells about each connection before it is made. The models' native code is kept in by the
privacy guard, and a test runs the whole program under ``strace``.
"""

from __future__ import annotations

import ipaddress
import sys
from typing import Any, Self

_EVENTS = frozenset(("socket.connect", "socket.sendto", "socket.sendmsg"))
_counters: list[Outside] = []
_listening = False


class Outside:
    """A count; a context manager.

    Attributes
    ----------
    connections : int
        How often this program turned to another computer while the count ran.
    """

    def __init__(self) -> None:
        self.connections = 0

    def __enter__(self) -> Self:
        global _listening  # noqa: PLW0603 - such a hook is there once, and can never be taken out
        _counters.append(self)
        if not _listening:
            _listening = True
            sys.addaudithook(_hear)
        return self

    def __exit__(self, *_: object) -> None:
        _counters.remove(self)


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _EVENTS and _counters and _is_outside(arguments[1]):
        for counter in _counters:
            counter.connections += 1


def _is_outside(address: Any) -> bool:
    """Whether it is of another computer; a path is of this one."""
    if not isinstance(address, tuple) or not address or not isinstance(address[0], str):
        return False
    try:
        return not ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return address[0] not in ("localhost", "")

"""Whether the person wants not to be disturbed, where the system tells it.

On Linux there is no one place: KDE's service has the standard's property ``Inhibited``, dunst its
own ``paused``, Xfce and GNOME a setting. Windows tells it of quiet hours, presentations and
programs that fill the screen. macOS tells nobody, and holds notifications back itself, as GNOME,
KDE and Windows do.
"""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from typing import Any

PATIENCE_S = 1.0
NOTIFICATIONS = ("org.freedesktop.Notifications", "/org/freedesktop/Notifications")
_GET = "org.freedesktop.DBus.Properties"
_ASKED: tuple[tuple[Any, ...], ...] = (
    # service and path, interface, method, arguments, and the answer that means it
    ("", *NOTIFICATIONS, _GET, "Get", ("org.freedesktop.Notifications", "Inhibited"), True),
    ("", *NOTIFICATIONS, _GET, "Get", ("org.dunstproject.cmd0", "paused"), True),
    (
        "XFCE", "org.xfce.Xfconf", "/org/xfce/Xfconf", "org.xfce.Xfconf", "GetProperty",
        ("xfce4-notifyd", "/do-not-disturb"), True,
    ),
    (
        "GNOME", "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
        "org.freedesktop.portal.Settings", "Read",
        ("org.gnome.desktop.notifications", "show-banners"), False,
    ),
)  # fmt: skip
"""Whom to ask, and on which desktop alone."""

_BUSY, _FULL_SCREEN, _PRESENTATION, _QUIET_TIME = 2, 3, 4, 6
"""Of Windows' QUERY_USER_NOTIFICATION_STATE."""


async def is_on(bus: Any) -> bool:
    """Whether the system says so; False where it does not tell.

    Parameters
    ----------
    bus : dbus_fast.aio.MessageBus or None
        The session's bus on Linux.
    """
    if sys.platform == "win32":
        return _windows_says_so()
    if bus is None:
        return False
    desktop = os.environ.get("XDG_CURRENT_DESKTOP", "").upper()
    for where, *call, meaning in _ASKED:
        if where in desktop and await _answer(bus, call) is meaning:
            return True
    return False


async def _answer(bus: Any, call: list[Any]) -> Any:
    from dbus_fast import Message, MessageType, Variant

    service, path, interface, method, arguments = call
    message = Message(
        destination=service,
        path=path,
        interface=interface,
        member=method,
        signature="s" * len(arguments),
        body=list(arguments),
    )
    with suppress(Exception):  # nobody there who knows
        reply = await asyncio.wait_for(bus.call(message), PATIENCE_S)
        value = reply.body[0] if reply.message_type is MessageType.METHOD_RETURN else None
        while isinstance(value, Variant):
            value = value.value
        return value
    return None


def _windows_says_so() -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    state = ctypes.c_int()
    asked = ctypes.windll.shell32.SHQueryUserNotificationState(ctypes.byref(state))
    busy = (_BUSY, _FULL_SCREEN, _PRESENTATION, _QUIET_TIME)
    return asked == 0 and state.value in busy

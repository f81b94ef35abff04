"""Desktop notifications, or the reason why there are none.

The library is desktop-notifier: it speaks to each system's own service (D-Bus, Notification Center,
Windows' toasts), is typed, and is maintained. plyer has had no release for years, and notify-py
brings its own binary for macOS. None of them needs a network: desktop-notifier talks to a socket of
this computer.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Any, Self

from neckform.core.wording import worded
from neckform.showing import do_not_disturb

PATIENCE_S = 5.0
"""A notification service that takes longer is as good as none."""

_TURN_S = 0.001
"""What has come from the service by now is dealt with."""

_NONE = "This desktop shows no notifications{why}, so neckform says everything here."
MESSAGES = (_NONE,)
"""Those that stand in no call."""


class _PlainError(Exception):
    """A reason that a person can do something with, unlike those of the libraries underneath."""


class Notifier:
    """Sends notifications; a context manager.

    Attributes
    ----------
    trouble : str or None
        That nothing can be shown, in one sentence for the person; None while all is well.
    cause : str or None
        What the system said, in one technical line.
    disturbs : bool
        Whether the person wants to be disturbed, as far as the system tells; as of the latest
        notification.
    """

    def __init__(self, *, sound: bool = False) -> None:
        self.trouble: str | None = None
        self.cause: str | None = None
        self.disturbs = True
        self._pressed: list[str] = []
        self._sound = sound
        self._loop: asyncio.Runner | None = None
        self._service: Any = None

    def __enter__(self) -> Self:
        # Without a service the library prints a traceback as a warning; one line says it here.
        logging.getLogger("desktop_notifier").setLevel(logging.CRITICAL)
        self._loop = asyncio.Runner()
        self._connect()
        return self

    def __exit__(self, *_: object) -> None:
        self._let_go()
        loop, self._loop = self._loop, None
        if loop is not None:
            loop.close()

    def show(
        self, title: str, text: str, *, urgent: bool, buttons: Mapping[str, str] | None = None
    ) -> bool:
        """Show a notification, with a sound if it is urgent; the answer is whether it was shown.

        Who does not want to be disturbed is not, and nothing waits for them either: what a notice
        was about is over by then.

        Parameters
        ----------
        buttons : mapping of str to str, optional
            What each button says, by what `pressed` tells of it.
        """
        if self._service is None:
            self._connect()  # the service may have come up since
        if self._service is None:
            return False
        try:
            self.disturbs = not self._run(do_not_disturb.is_on(self._bus))
            if not self.disturbs:
                return False
            shown = self._run(self._send(title, text, urgent=urgent, buttons=buttons or {}))
        except Exception as error:  # noqa: BLE001 - watching goes on, whatever is wrong here
            self._give_up(error)
            return False
        if not shown:
            self._give_up(_PlainError(worded("it did not take one")))
        return shown

    def pressed(self) -> list[str]:
        """The buttons that were pressed since the last call."""
        if self._service is not None and self._loop is not None:
            with suppress(Exception):  # a service that has ended is found out by the next notice
                self._loop.run(asyncio.sleep(_TURN_S))
        pressed, self._pressed = self._pressed, []
        return pressed

    def _press(self, what: str) -> None:
        self._pressed.append(what)

    @property
    def _bus(self) -> Any:
        """The library's connection on Linux; None elsewhere."""
        return getattr(getattr(self._service, "_backend", None), "bus", None)

    def _connect(self) -> None:
        try:
            from desktop_notifier import DesktopNotifier

            self._service = DesktopNotifier(app_name="neckform", app_icon=None)
            if not self._run(self._ready()):
                raise _PlainError(worded("switched off in the system's settings"))  # noqa: TRY301
        except Exception as error:  # noqa: BLE001
            self._give_up(error)
        else:
            self.trouble = self.cause = None

    async def _ready(self) -> bool:
        from desktop_notifier import Capability

        # A missing service can do nothing. Neither can the one that the library falls back on, as
        # on macOS with a Python that is not signed.
        if Capability.TITLE not in await self._service.get_capabilities():
            raise _PlainError(worded("the system has no way to for this Python"))
        return bool(await self._service.request_authorisation())

    async def _send(
        self, title: str, text: str, *, urgent: bool, buttons: Mapping[str, str]
    ) -> bool:
        from desktop_notifier import DEFAULT_SOUND, Button, Urgency

        dispatched: list[bool] = []
        await self._service.send(
            title=title,
            message=text,
            buttons=[
                Button(said, on_pressed=partial(self._press, what))
                for what, said in buttons.items()
            ],
            urgency=Urgency.Normal if urgent else Urgency.Low,
            sound=DEFAULT_SOUND if self._sound and urgent else None,
            on_dispatched=lambda: dispatched.append(True),
        )
        return bool(dispatched)

    def _run(self, work: Any) -> bool:
        assert self._loop is not None
        return bool(self._loop.run(asyncio.wait_for(work, PATIENCE_S)))

    def _give_up(self, error: Exception) -> None:
        self._let_go()
        said = str(error).strip().splitlines()
        self.cause = said[0] if said else type(error).__name__
        reason: str | None = None
        if isinstance(error, TimeoutError):
            reason = worded("no answer")
        elif isinstance(error, ImportError):
            reason = worded("desktop_notifier is not installed")
        elif isinstance(error, _PlainError):
            reason = self.cause = str(error)
        why = "" if reason is None else worded(" ({reason})", reason=reason)
        self.trouble = worded(_NONE, why=why)

    def _let_go(self) -> None:
        # On Linux the library keeps its connection open and has no way to close it.
        bus, self._service = self._bus, None
        if bus is not None and self._loop is not None:
            self._loop.run(_hang_up(bus))


async def _hang_up(bus: Any) -> None:
    bus.disconnect()
    with suppress(Exception):  # the other side may have cut it off
        await asyncio.wait_for(bus.wait_for_disconnect(), 1.0)

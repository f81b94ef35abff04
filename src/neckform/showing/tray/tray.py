"""The icon and its menu: shows a state, and hands on what the person chooses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from neckform.core.monitor.signs import Sign
from neckform.showing.tray.drawing import icon_of
from neckform.showing.words.catalogue import phrase

LOOK_MS = 1000
CHOICES = ("recalibrate", "look", "stretch", "open", "stop")
"""Those that are always there, by their words' names under ``page.watch``."""


class Tray:
    """An icon with a menu.

    Parameters
    ----------
    language : str
    state : callable
        Gives what `home_states.watch_state` does; None once the monitor has ended.
    choose : callable
        Is told what the person chose.
    """

    def __init__(
        self,
        language: str,
        state: Callable[[], Mapping[str, Any] | None],
        choose: Callable[[str], None],
    ) -> None:
        self._application = QApplication(["neckform"])
        self._application.setQuitOnLastWindowClosed(False)
        self._language = language
        self._state, self._choose = state, choose
        self._icons = {sign: icon_of(sign) for sign in Sign}
        self._sign: Sign | None = None
        self._icon = QSystemTrayIcon()
        self._menu = QMenu()
        self._now = self._line(self._menu)
        self._today = QMenu(self._word("today"))
        self._menu.addMenu(self._today)
        self._menu.addSeparator()
        self._pause, self._snooze = self._entry("pause"), self._entry("snooze-30m")
        for what in CHOICES:
            self._entry(what)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._pressed)
        self._timer = QTimer()
        self._timer.timeout.connect(self._show)

    @staticmethod
    def there_is_one() -> bool:
        """Whether the desktop has a tray at the moment."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def run(self) -> None:
        """Show the icon until the monitor has ended."""
        self._show()
        self._timer.start(LOOK_MS)
        self._application.exec()
        self._icon.hide()

    def wait(self, milliseconds: int) -> None:
        """Let the desktop go on for a moment."""
        QTimer.singleShot(milliseconds, self._application.quit)
        self._application.exec()

    def _show(self) -> None:
        state = self._state()
        if state is None:
            self._application.quit()
            return
        sign = Sign(state["sign"])
        if sign is not self._sign:
            self._sign = sign
            self._icon.setIcon(self._icons[sign])
        now = " ".join(filter(None, (state["now"], state["zone"])))
        self._now.setText(now)
        self._icon.setToolTip(f"neckform: {now}")
        self._offer(self._pause, "resume" if state["paused"] else "pause")
        self._offer(self._snooze, "wake" if state["snoozed"] else "snooze-30m")
        today = [f"{each['name']}: {each['lasted']}" for each in state["today"]]
        today += state["not_bad"]
        shown = [action.text() for action in self._today.actions()]
        if (today or [self._word("nothing")]) != shown:
            self._today.clear()
            for line in today or [self._word("nothing")]:
                self._line(self._today).setText(line)
        self._icon.show()

    def _pressed(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.DoubleClick:
            self._choose("open")

    def _line(self, menu: QMenu) -> QAction:
        action = menu.addAction("")
        action.setEnabled(False)
        return action

    def _entry(self, what: str) -> QAction:
        action = self._menu.addAction("")
        action.triggered.connect(lambda: self._choose(action.data()))
        self._offer(action, what)
        return action

    def _offer(self, action: QAction, what: str) -> None:
        action.setData(what)
        action.setText(self._word(what))

    def _word(self, what: str) -> str:
        return phrase(f"page.watch.{what}", self._language)

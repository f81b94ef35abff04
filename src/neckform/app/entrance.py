"""How the person's browser gets in, and no other user of the computer.

Everybody on a computer can read the arguments of everybody's programs, and a browser gets the
address that it opens as an argument. So it gets a file that only the person can read, and that
sends it on to an address which works once. That one gives the browser a cookie; all else is given
for the cookie alone.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

SEND_ON = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="referrer" content="no-referrer">
<title>neckform</title><meta http-equiv="refresh" content="0;url={address}"></html>
"""
"""A page that opens another. A redirect would not do: a browser that comes from a file sends no
SameSite=Strict cookie along with it."""


class Entrance:
    """The addresses that work once, one after another.

    Attributes
    ----------
    file : Path or None
        Opens the page, as often as it is opened; None when it cannot be written.
    room : str
        First part of every path of the page. It is secret too: a browser shows a cookie to each
        port of a computer, and so to other users' servers, but not outside of the cookie's path.
    """

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._cookie = secrets.token_urlsafe(24)
        self._used: set[str] = set()
        self._folder = tempfile.TemporaryDirectory(  # 0700
            prefix="neckform-", dir=_own_folder(), ignore_cleanup_errors=True
        )
        self.room = secrets.token_urlsafe(24)
        self.file: Path | None = Path(self._folder.name) / "open.html"
        self._renew()

    def close(self) -> None:
        self._folder.cleanup()

    @property
    def address(self) -> str:
        """The address that works now, once."""
        return f"{self._origin}/{self._ticket}"

    @property
    def cookie_to_set(self) -> str:
        return f"{self._name}={self._cookie}; Path=/{self.room}/; HttpOnly; SameSite=Strict"

    def admits(self, path: str, cookies: list[bytes]) -> bool:
        """Whether a request for `path` that carries these cookies is the person's."""
        prefix = f"/{self.room}/".encode()
        asked = path.encode("utf-8", "replace")[: len(prefix)]
        wanted = f"{self._name}={self._cookie}".encode()
        shown = [one.strip() for line in cookies for one in line.split(b";")]
        known = any(secrets.compare_digest(one, wanted) for one in shown)
        return secrets.compare_digest(asked, prefix) and known

    def redeem(self, path: str) -> bool:
        """Take the address that works once; from now on another one does."""
        ticket = self._ticket
        if not secrets.compare_digest(path.encode("utf-8", "replace"), f"/{ticket}".encode()):
            return False
        self._used.add(ticket)
        self._renew()
        return True

    def was_used(self, path: str) -> bool:
        return path[1:] in self._used

    @property
    def _name(self) -> str:
        # Cookies of all ports lie together.
        return f"neckform-{self._origin.rpartition(':')[2]}"

    def _renew(self) -> None:
        self._ticket = secrets.token_urlsafe(24)
        if self.file is None:
            return
        try:
            descriptor = os.open(self.file, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
                stream.write(SEND_ON.format(address=self.address))
        except OSError:
            # The address is printed as well.
            with suppress(OSError):
                self.file.unlink(missing_ok=True)
            self.file = None


def _own_folder() -> str | None:
    """Where the system keeps what lasts as long as a session; None for the usual place."""
    folder = os.environ.get("XDG_RUNTIME_DIR")
    return folder if folder and os.access(folder, os.W_OK | os.X_OK) else None

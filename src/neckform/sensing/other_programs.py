"""Whether other programs use a camera, or share the screen, where the system tells it.

Linux tells who has a camera's device open, of one's own programs; PipeWire, where it is, whether a
screen is shared (asked by its own ``pw-dump``). Windows keeps both in the registry, for its
settings' page of privacy. macOS tells neither to a program like this.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

CAMERAS = "/dev/video"
_CONSENT = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore"
_SHARING = ("graphicsCaptureProgrammatic", "graphicsCaptureWithoutBorder")
_PATIENCE_S = 2.0
_SCREEN_EVERY = 3
"""PipeWire is asked each third time: it costs a program."""


class OtherPrograms:
    """Asks the system, again and again."""

    def __init__(self) -> None:
        self._asked = 0
        self._shared = False
        self._pipewire = shutil.which("pw-dump") if sys.platform.startswith("linux") else None

    def busy(self) -> bool:
        """Whether somebody else uses a camera or shares the screen; False where nothing is told."""
        if sys.platform == "win32":
            return _windows("webcam") or any(map(_windows, _SHARING))
        if not sys.platform.startswith("linux"):
            return False
        if self._pipewire is not None and self._asked % _SCREEN_EVERY == 0:
            self._shared = screen_is_shared(_dumped(self._pipewire))
        self._asked += 1
        return self._shared or uses_camera()


def uses_camera(cameras: str = CAMERAS, processes: Path = Path("/proc")) -> bool:
    """Whether a program of this person, but this one, has a camera's device open.

    Parameters
    ----------
    cameras : str
        How the names of the devices begin.
    """
    own = str(os.getpid())
    others = [name for name in _names(processes) if name.isdecimal() and name != own]
    return any(target.startswith(cameras) for name in others for target in _open(processes / name))


def _open(process: Path) -> Iterator[str]:
    """What a program has open."""
    folder = str(process / "fd")
    for name in _names(process / "fd"):
        with suppress(OSError):
            yield os.readlink(f"{folder}/{name}")  # noqa: PTH115 - thousands of them; a Path is slow


def _names(folder: Path) -> list[str]:
    # Of another person's program, or of one that ends just now, nothing can be seen.
    with suppress(OSError):
        return os.listdir(folder)  # noqa: PTH208 - as above
    return []


def screen_is_shared(nodes: Any) -> bool:
    """Whether a desktop hands out its screen, by what PipeWire says of its nodes.

    A camera is a source of video, too, but has a device; a screen comes from the desktop itself.
    """
    for node in nodes if isinstance(nodes, list) else []:
        information = node.get("info") if isinstance(node, dict) else None
        if not isinstance(information, dict) or information.get("state") != "running":
            continue
        facts = information.get("props") or {}
        if facts.get("media.class") == "Video/Source" and "device.id" not in facts:
            return True
    return False


def _dumped(program: str) -> Any:
    with suppress(OSError, ValueError, subprocess.SubprocessError):
        ran = subprocess.run([program], capture_output=True, timeout=_PATIENCE_S, check=True)
        return json.loads(ran.stdout)
    return None


def _windows(what: str) -> bool:
    if sys.platform != "win32":
        return False
    import winreg

    def opened(path: str) -> Any:
        return winreg.OpenKey(winreg.HKEY_CURRENT_USER, path)

    def names(path: str) -> list[str]:
        with suppress(OSError), opened(path) as key:
            return [winreg.EnumKey(key, index) for index in range(winreg.QueryInfoKey(key)[0])]
        return []

    def in_use(path: str) -> bool:
        with suppress(OSError), opened(path) as key:
            return bool(winreg.QueryValueEx(key, "LastUsedTimeStop")[0] == 0)
        return False

    return used_by_others(rf"{_CONSENT}\{what}", names, in_use, sys.executable)


def used_by_others(
    place: str, names: Callable[[str], list[str]], in_use: Callable[[str], bool], own: str
) -> bool:
    """Whether a program but this one uses what Windows asks consent for.

    Parameters
    ----------
    place : str
        The key with a key for each program; those of the desktop have one of their own for all.
    names, in_use : callable
        Give the keys below a key, and whether its program has begun and not stopped.
    own : str
        The path of this program.
    """
    desktop = rf"{place}\NonPackaged"
    # Python may be a launcher's child: both stand in the same folder, with # in place of \.
    ours = own.rpartition("\\")[0].replace("\\", "#").lower()
    packaged = [rf"{place}\{name}" for name in names(place) if name != "NonPackaged"]
    others = [rf"{desktop}\{name}" for name in names(desktop) if not name.lower().startswith(ours)]
    return any(map(in_use, (*packaged, *others)))

"""Where neckform runs on a desktop of the test's own, and what a person does there."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageGrab

PATIENCE_S = 60.0
"""A busy machine takes long to start anything."""


def until(true: Callable[[], object], what: str, patience_s: float = PATIENCE_S) -> None:
    """Wait until something is true."""
    late = time.monotonic() + patience_s
    while not true():
        assert time.monotonic() < late, what
        time.sleep(0.1)


@dataclass
class Desktop:
    """Where neckform and the others run; `env` is their environment."""

    folder: Path
    env: dict[str, str]
    _stack: ExitStack

    def start(self, *command: str | Path, log: str = "log") -> subprocess.Popen[bytes]:
        """Start a program that ends with the test."""
        with (self.folder / f"{log}.txt").open("ab") as output:
            program = subprocess.Popen(command, env=self.env, stdout=output, stderr=output)
        self._stack.callback(end, program)
        return program

    def neckform(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "neckform", *arguments],
            env=self.env, capture_output=True, text=True, check=False, timeout=PATIENCE_S,
        )  # fmt: skip

    def host_icons(self) -> None:
        """Let there be a tray."""
        self.start("trayer", "--edge", "top", "--align", "left", "--widthtype", "request",
                   "--height", "32", "--tint", "0x000000")  # fmt: skip

    def press(self, *what: str | int) -> None:
        """Move, click and type, as xdotool calls it."""
        subprocess.run(["xdotool", *map(str, what)], env=self.env, check=True, timeout=PATIENCE_S)

    def picture(self) -> Image.Image:
        """All that is on the screen."""
        return ImageGrab.grab(xdisplay=self.env["DISPLAY"]).convert("RGB")

    def shows(self, colour: tuple[int, int, int], at_least: int = 25) -> bool:
        """Whether the tray has so many points of about this colour."""
        tray = self.picture().crop((0, 0, 64, 32))
        near = sum(
            max(abs(have - want) for have, want in zip(point, colour, strict=True)) < 24
            for point in tray.get_flattened_data()
        )
        return near >= at_least


def end(program: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    """End a program, if it has not ended by itself."""
    if program.poll() is None:
        program.send_signal(signal.SIGTERM)
    try:
        program.wait(20)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()

"""``neckform coach`` and ``neckform calibrate`` in a process of their own, for tests.

A recording stands in for the camera, and a small script for this computer's own voice.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

START_S = 90.0
"""A busy machine takes long to import everything."""
END_S = 60.0

_VOICE = """#!/bin/sh
for text; do :; done
printf '%s\\n' "$text" >> '{log}'
"""


class Program:
    """The program while it runs; a context manager.

    Attributes
    ----------
    address : str
        Of the file that opens its page.
    data : Path
        Folder in place of the person's own.
    """

    def __init__(self, folder: Path, command: str, clip: Path, *arguments: str | Path) -> None:
        self.clip = clip.resolve()
        self.data = folder / "data"
        self._output, self._errors = folder / "output.txt", folder / "errors.txt"
        self._aloud = folder / "aloud.txt"
        self._aloud.touch()
        environment = os.environ | {
            "NECKFORM_DATA": str(self.data),
            "PATH": f"{self._with_a_voice(folder)}{os.pathsep}{os.environ['PATH']}",
        }
        with self._output.open("w") as output, self._errors.open("w") as errors:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "neckform"),
                    *(command, "--no-browser", "--source", self.clip, *arguments),
                ],
                stdout=output,
                stderr=errors,
                env=environment,
            )
        self.address = ""

    def __enter__(self) -> Self:
        try:
            self.address = self._printed_address()
        except BaseException:
            self._process.kill()
            self._process.wait()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        # Shown when a test has failed.
        print(f"the program said:\n{self._output.read_text()}{self.complaints}")

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def open_files(self) -> int:
        """How many files it has open at this moment."""
        return len(list(self._links))

    @property
    def sees(self) -> bool:
        """Whether the recording, which stands in for the camera, is open at this moment."""
        return any(link.resolve() == self.clip for link in self._links)

    @property
    def _links(self) -> Iterator[Path]:
        return Path(f"/proc/{self.pid}/fd").iterdir()

    @property
    def complaints(self) -> str:
        """All that it wrote to standard error."""
        return self._errors.read_text()

    @property
    def aloud(self) -> list[str]:
        """What it said with this computer's voice."""
        return self._aloud.read_text(encoding="utf-8").splitlines()

    def interrupt(self) -> None:
        """Ctrl-C."""
        self._process.send_signal(signal.SIGINT)

    def ended(self) -> int:
        """Wait for its end; the exit code."""
        return self._process.wait(END_S)

    def _printed_address(self) -> str:
        until = time.monotonic() + START_S
        while time.monotonic() < until and self._process.poll() is None:
            found = re.search(r"file://\S+", self._output.read_text())
            if found:
                return found[0]
            time.sleep(0.05)
        raise AssertionError(f"no address: {self._output.read_text()}{self.complaints}")

    def _with_a_voice(self, folder: Path) -> Path:
        programs = folder / "programs"
        programs.mkdir()
        voice = programs / "spd-say"
        voice.write_text(_VOICE.format(log=self._aloud))
        voice.chmod(0o755)
        return programs


Start = Callable[..., Program]

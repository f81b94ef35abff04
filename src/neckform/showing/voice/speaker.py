"""Speaks with the voice of the computer's own system, where there is one.

Each system has a program that speaks and needs no network: ``say`` on macOS, the speech synthesis
of .NET on Windows, ``spd-say`` or ``espeak-ng`` on Linux. Starting it takes one line; the Python
libraries around these programs bring large dependencies or an event loop of their own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from neckform.core.wording import worded
from neckform.showing.companion import start
from neckform.showing.voice import program as voice
from neckform.showing.words.catalogue import phrase

_PROGRAM = Path(voice.__file__)
"""Between neckform and the program that speaks, which would not notice that neckform has ended."""

Command = Callable[[str, str, float], list[str]]
"""Makes the command line from the text, the language and the volume (0 to 1)."""

NO_VOICE = worded(
    "this computer has none of its own; on Linux: apt-get install speech-dispatcher espeak-ng"
)

_WINDOWS = (
    "Add-Type -AssemblyName System.Speech; "
    "$voice = New-Object System.Speech.Synthesis.SpeechSynthesizer; "
    "$voice.Volume = [int]$env:NECKFORM_VOLUME; "
    "$culture = [System.Globalization.CultureInfo]::GetCultureInfo($env:NECKFORM_LANGUAGE); "
    "try { $voice.SelectVoiceByHints('NotSet', 'NotSet', 0, $culture) } catch { }; "
    "$voice.Speak($env:NECKFORM_TEXT)"
)
"""The text comes through the environment: on a command line it could be taken for code."""


class Speaker:
    """One voice that says one thing at a time; a context manager.

    Attributes
    ----------
    name : str or None
        The program that speaks; None when this computer has no voice.
    """

    def __init__(self) -> None:
        self.name, self._command = _find()
        self._voice: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        voice, self._voice = self._voice, None
        if voice is not None:
            with suppress(OSError):
                voice.communicate()

    def say(self, text: str, language: str, volume: float) -> None:
        """Begin to say `text`. A text that is being said is cut short."""
        if self._command is None or not text or volume <= 0:
            self.hush()
            return
        try:
            if self._voice is None:
                self._voice = start(_PROGRAM)
            command = self._command(text, language, min(1.0, volume))
            self._order({"command": command, "env": _environment(text, language, volume)})
        except OSError:
            self.name = self._command = None  # the words on the screen remain

    def hush(self) -> None:
        """Be silent at once."""
        with suppress(OSError):
            self._order({})

    def _order(self, order: Mapping[str, Any]) -> None:
        if self._voice is not None and self._voice.stdin is not None:
            self._voice.stdin.write(json.dumps(order).encode() + b"\n")
            self._voice.stdin.flush()


def _find() -> tuple[str | None, Command | None]:
    for name, command in _commands().items():
        if shutil.which(name):
            return name, command
    return None, None


def _commands() -> Mapping[str, Command]:
    if sys.platform == "darwin":
        return {"say": _say}
    if sys.platform == "win32":
        return {"powershell": _powershell}
    return {"spd-say": _spd_say, "espeak-ng": _espeak, "espeak": _espeak_old}


def _say(text: str, language: str, volume: float) -> list[str]:
    voice = phrase("macos_voice", language)
    return ["say", "-v", voice, f"[[volm {volume:.2f}]] {text}"]


def _powershell(_text: str, _language: str, _volume: float) -> list[str]:
    return ["powershell", "-NoProfile", "-NonInteractive", "-Command", _WINDOWS]


def _spd_say(text: str, language: str, volume: float) -> list[str]:
    # Its volume goes from -100 to 100; --wait, so that killing it cancels what it says.
    level = round(200 * volume - 100)
    return ["spd-say", "--wait", "-l", language, "-i", str(level), "--", text]


def _espeak(text: str, language: str, volume: float) -> list[str]:
    return ["espeak-ng", "-v", language, "-a", str(round(200 * volume)), "--", text]


def _espeak_old(text: str, language: str, volume: float) -> list[str]:
    return ["espeak", *_espeak(text, language, volume)[1:]]


def _environment(text: str, language: str, volume: float) -> dict[str, str] | None:
    if sys.platform != "win32":
        return None
    return os.environ | {
        "NECKFORM_TEXT": text,
        "NECKFORM_LANGUAGE": language,
        "NECKFORM_VOLUME": str(round(100 * volume)),
    }

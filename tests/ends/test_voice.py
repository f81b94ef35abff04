"""This computer's own voice: one thing at a time, and silent when neckform has ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import neckform
from neckform.showing.voice.speaker import Speaker

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="a script in place of spd-say"),
]

SOON_S = 10.0

VOICE = """#!/bin/sh
for text; do :; done
echo "$$ $text" >> '{log}'
exec sleep 60
"""


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What was said, by a voice that takes a minute for it."""
    log = tmp_path / "said.txt"
    log.touch()
    voice = tmp_path / "programs" / "spd-say"
    voice.parent.mkdir()
    voice.write_text(VOICE.format(log=log))
    voice.chmod(0o755)
    monkeypatch.setenv("PATH", f"{voice.parent}{os.pathsep}{os.environ['PATH']}")
    return log


def comes_true(condition: Callable[[], bool]) -> bool:
    until = time.monotonic() + SOON_S
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def said(log: Path) -> list[str]:
    return [line.split(" ", 1)[1] for line in log.read_text().splitlines()]


def speaking(log: Path) -> list[str]:
    """What is being said at this moment."""
    return [
        text
        for number, text in (line.split(" ", 1) for line in log.read_text().splitlines())
        if b"sleep" in _command(int(number))
    ]


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def test_a_text_cuts_the_one_before_and_silence_cuts_both(log: Path) -> None:
    with Speaker() as speaker:
        speaker.say("One.", "en", 1.0)
        assert comes_true(lambda: speaking(log) == ["One."])
        speaker.say("Two: ä", "de", 1.0)
        assert comes_true(lambda: len(said(log)) > 1 and speaking(log) == ["Two: ä"])
        speaker.hush()
        assert comes_true(lambda: not speaking(log))
        speaker.say("Three.", "en", 1.0)
        assert comes_true(lambda: speaking(log) == ["Three."])
    assert not speaking(log)


@pytest.mark.parametrize("how", ["SIGKILL", "SIGTERM"])
def test_it_is_silent_when_its_neckform_was_killed(log: Path, how: str) -> None:
    program = (
        "import time; from neckform.showing.voice.speaker import Speaker\n"
        "Speaker().say('I go on for a minute.', 'en', 1.0); time.sleep(60)"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(neckform.__file__).parents[1])}
    with subprocess.Popen([sys.executable, "-c", program], env=environment) as process:
        try:
            assert comes_true(lambda: speaking(log) == ["I go on for a minute."])
        finally:
            process.send_signal(getattr(signal, how))
    assert comes_true(lambda: not speaking(log))


def test_a_voice_that_has_gone_is_no_trouble(log: Path) -> None:
    with Speaker() as speaker:
        (log.parent / "programs" / "spd-say").unlink()
        speaker.say("Nobody says this.", "en", 1.0)
        speaker.hush()
        speaker.say("Nor this.", "en", 1.0)
    assert said(log) == []

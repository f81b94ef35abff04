from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import clips
from neckform.sensing import guard
from neckform.sensing.landmarks.bundles import Models
from neckform.sensing.landmarks.landmarkers import FaceReader

pytestmark = pytest.mark.slow

ALL_NAMES = (*guard.PROXY_NAMES, *guard.BYPASS_NAMES)
_ADDRESS = re.compile(r'sin6?_port=htons\((\d+)\).*?(?:inet_addr\(|inet_pton\(AF_INET6, )"([^"]+)"')
_NAME_SERVICE = re.compile(r'sun_path=@?"[^"]*(?:nscd|systemd/resolve)')


def violations(trace: str) -> list[str]:
    """Lines of an strace that look up a name or reach beyond this computer."""
    found = []
    for line in trace.splitlines():
        if not re.search(r"\b(connect|sendto|sendmsg|sendmmsg)\(", line):
            continue
        addresses = _ADDRESS.findall(line)
        away = any(
            port == "53" or not (host.startswith("127.") or host == "::1")
            for port, host in addresses
        )
        if away or _NAME_SERVICE.search(line):
            found.append(line)
    return found


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ALL_NAMES:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_engaging_names_a_proxy_that_cannot_answer(
    clean_environment: pytest.MonkeyPatch,
) -> None:
    clean_environment.setenv("https_proxy", "http://proxy.example:3128")
    clean_environment.setenv("NO_PROXY", "*")
    assert not guard.engaged()
    guard.engage()
    assert guard.engaged()
    assert {os.environ[name] for name in guard.PROXY_NAMES} == {"http://127.0.0.1:9"}
    assert not any(name in os.environ for name in guard.BYPASS_NAMES)
    assert guard.before()["https_proxy"] == "http://proxy.example:3128"
    assert guard.before()["NO_PROXY"] == "*"
    guard.engage()
    assert guard.before()["https_proxy"] == "http://proxy.example:3128"


def test_a_way_past_the_proxy_is_closed_again(clean_environment: pytest.MonkeyPatch) -> None:
    guard.engage()
    clean_environment.setenv("no_proxy", "*")
    assert not guard.engaged()
    guard.engage()
    assert guard.engaged()


def test_no_landmarker_without_the_guard(
    clean_environment: pytest.MonkeyPatch, models: Models
) -> None:
    assert not guard.engaged()
    with FaceReader(models.face):
        assert guard.engaged()
        clean_environment.setenv("NO_PROXY", "*")
    assert guard.engaged(), "the vendor's report is sent on closing"


# --- proof ---

UNGUARDED = """
import sys
import numpy as np
import mediapipe as mp
from mediapipe.tasks.python.core.base_options import BaseOptions
from mediapipe.tasks.python.vision import FaceLandmarker, FaceLandmarkerOptions

landmarker = FaceLandmarker.create_from_options(
    FaceLandmarkerOptions(base_options=BaseOptions(model_asset_path=sys.argv[1]))
)
image = np.zeros((480, 640, 3), np.uint8)
landmarker.detect(mp.Image(image_format=mp.ImageFormat.SRGB, data=image))
landmarker.close()
"""


def traced(tmp_path: Path, *arguments: str, answers: str = "", **variables: str) -> str:
    """What `python ARGUMENTS` does with the network, as strace saw it."""
    strace = shutil.which("strace")
    if strace is None:
        if os.environ.get("CI") == "true":
            pytest.fail("strace is needed to prove the privacy guard: install it")
        pytest.skip("PRIVACY GUARD NOT PROVEN HERE: strace is not installed")
    log = tmp_path / "network.strace"
    environment = {name: value for name, value in os.environ.items() if name not in ALL_NAMES}
    environment |= {"HOME": str(tmp_path), **variables}
    done = subprocess.run(
        [strace, "-f", "-qq", "-e", "trace=network", "-o", log, sys.executable, *arguments],
        env=environment,
        input=answers,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return log.read_text()


def test_an_unguarded_landmarker_is_seen_calling_out(tmp_path: Path, models: Models) -> None:
    """Without this, the next test could not fail."""
    trace = traced(tmp_path, "-c", UNGUARDED, str(models.face.path))
    assert violations(trace), "mediapipe stayed silent: is the guard still needed?"


def test_analyze_sends_nothing(tmp_path: Path, demo: Path) -> None:
    trace = traced(
        tmp_path,
        *("-m", "neckform", "analyze", str(demo), "--sample-fps", "5"),
        *("--out", str(tmp_path / "out")),
        NO_PROXY="*",
    )
    assert "127.0.0.1" in trace, "the refused connection is gone: did the vendor find another way?"
    assert violations(trace) == []


def test_watch_sends_nothing(tmp_path: Path, demo: Path) -> None:
    """Its notifications go to a socket of this computer, here to one that is not there."""
    trace = traced(
        tmp_path,
        *("-m", "neckform", "watch", "--source", str(demo), "--fast"),
        NO_PROXY="*",
        DBUS_SESSION_BUS_ADDRESS=f"unix:path={tmp_path / 'bus'}",
    )
    assert str(tmp_path / "bus") in trace, "no notification was tried"
    assert "127.0.0.1" in trace
    assert violations(trace) == []


def test_coach_sends_nothing(tmp_path: Path) -> None:
    """From the questions to the end of a routine: the page's server is not even there."""
    clip = clips.write_video(tmp_path / "clip.mp4", clips.demo_frames(0, 5))
    trace = traced(
        tmp_path,
        *("-m", "neckform", "coach", "--text", "--no-voice", "--source", str(clip)),
        *("--stretch", "upper-trapezius:left", "--hold", "5"),
        answers="n\n" * 7,
        NO_PROXY="*",
        NECKFORM_DATA=str(tmp_path / "own"),
    )
    assert "127.0.0.1" in trace
    assert violations(trace) == []
    assert "listen(" not in trace


INET = 'connect(6, {sa_family=AF_INET, sin_port=htons(%s), sin_addr=inet_addr("%s")}, 16)'
INET6 = (
    "connect(6, {sa_family=AF_INET6, sin6_port=htons(%s), sin6_flowinfo=htonl(0), "
    'inet_pton(AF_INET6, "%s", &sin6_addr), sin6_scope_id=0}, 28)'
)
UNIX = 'connect(6, {sa_family=AF_UNIX, sun_path="%s"}, 110)'


@pytest.mark.parametrize(
    ("line", "bad"),
    [
        (INET % (9, "127.0.0.1"), False),
        (INET % (53, "127.0.0.53"), True),
        (INET % (443, "192.0.2.1"), True),
        (INET6 % (443, "2001:db8::1"), True),
        (INET6 % (9, "::1"), False),
        (UNIX % "/var/run/nscd/socket", True),
        (UNIX % "/run/user/1000/bus", False),
        ((INET % (1, "192.0.2.1")).replace("connect", "getsockname"), False),
    ],
)
def test_what_counts_as_a_violation(line: str, bad: bool) -> None:
    assert bool(violations(line)) is bad

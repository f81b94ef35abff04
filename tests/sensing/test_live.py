"""Live sources: a recording in the camera's place, and a camera through a video file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from pictures import Image, WriteClip

from neckform.core.errors import CameraError, InputError
from neckform.sensing.sources import camera
from neckform.sensing.sources.camera import Camera, RecordedCamera
from neckform.sensing.sources.clock import QuickClock, RealClock
from neckform.sensing.sources.upright import Way


def numbered(write_clip: WriteClip, seconds: int = 4) -> Path:
    """Ten pictures a second, each as bright as its number."""
    images = [np.full((120, 160, 3), 6 * index, np.uint8) for index in range(10 * seconds)]
    return write_clip(images, fps=10.0)


def number(image: Image) -> int:
    """Which of them it is; the codec takes some of the brightness."""
    return round((float(image.mean()) + 2.0) / 6)


def test_a_recording_plays_on_the_clock(write_clip: WriteClip) -> None:
    clock = QuickClock()
    clock.sleep_until(7000)
    source = RecordedCamera(numbered(write_clip), clock)
    source.open()
    found = []
    for t_ms in (7000, 7500, 9000):
        clock.sleep_until(t_ms)
        frame = source.read()
        assert frame is not None
        found.append((frame.t_ms, number(frame.image)))
    assert found == [(7000, 0), (7500, 5), (9000, 20)]
    clock.sleep_until(20_000)
    assert source.read() is None
    assert not source.is_open


def test_a_recording_goes_on_while_it_is_released(write_clip: WriteClip) -> None:
    clock = QuickClock()
    source = RecordedCamera(numbered(write_clip), clock)
    source.open()
    assert source.read() is not None
    source.release()
    assert not source.is_open
    with pytest.raises(RuntimeError, match="before it was opened"):
        source.read()
    clock.sleep_until(3000)
    source.open()
    frame = source.read()
    assert frame is not None
    assert frame.t_ms == 3000
    source.close()


def test_a_recording_is_turned_and_mirrored_as_asked(write_clip: WriteClip) -> None:
    corner = np.full((120, 160, 3), 40, np.uint8)
    corner[:60, :80] = 220
    source = RecordedCamera(write_clip([corner] * 10, fps=10.0), QuickClock(), Way(90, True))
    source.open()
    frame = source.read()
    assert frame is not None
    assert frame.size == (120, 160)
    # Clockwise the upper left corner goes to the upper right, and the mirror brings it back.
    assert frame.image[40, 30].mean() > 180
    assert frame.image[40, 90].mean() < 80
    source.close()


def test_a_recording_that_is_none(tmp_path: Path) -> None:
    source = RecordedCamera(tmp_path / "nowhere.mp4", QuickClock())
    with pytest.raises(InputError, match=r"nowhere\.mp4"):
        source.open()


def test_the_real_clock_goes_on_and_waits() -> None:
    clock = RealClock()
    begin = clock.now_ms()
    clock.sleep_until(begin + 30)
    clock.sleep_until(begin)
    assert begin + 30 <= clock.now_ms() < begin + 5000


def test_no_camera_can_be_taken_and_nothing_is_held() -> None:
    source = Camera(97, QuickClock())
    with pytest.raises(CameraError, match="camera 97"):
        source.open()
    assert not source.is_open
    source.release()
    with pytest.raises(RuntimeError):
        source.read()


@pytest.fixture
def file_for_camera(monkeypatch: pytest.MonkeyPatch, write_clip: WriteClip) -> Path:
    """cv2 opens this file where a camera's number is asked for: the same code, without a camera."""
    path = numbered(write_clip, seconds=2)
    opened = cv2.VideoCapture

    def instead(index: int) -> cv2.VideoCapture:
        assert isinstance(index, int)
        return opened(str(path))

    monkeypatch.setattr(cv2, "VideoCapture", instead)
    return path


@pytest.mark.usefixtures("file_for_camera")
def test_a_camera_is_taken_let_go_and_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "WAITED_S", 0.0)  # a file never has to be waited for
    clock = QuickClock()
    source = Camera(0, clock)
    for t_ms in (500, 90_000):
        clock.sleep_until(t_ms)
        source.open()
        frame = source.read()
        assert frame is not None
        assert (frame.t_ms, frame.size) == (t_ms, (160, 120))
        source.release()
        assert not source.is_open


@pytest.mark.usefixtures("file_for_camera")
def test_pictures_that_a_driver_kept_are_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    # A file's pictures are there at once, however busy the machine that decodes them is.
    monkeypatch.setattr(camera, "WAITED_S", 10.0)
    source = Camera(0, QuickClock())
    source.open()
    frame = source.read()
    assert frame is not None
    # One was read on opening, and the six that came without waiting were old.
    assert number(frame.image) == camera.MOST_STALE
    source.release()


@pytest.mark.usefixtures("file_for_camera")
def test_a_camera_that_stops_giving_pictures_is_let_go() -> None:
    source = Camera(0, QuickClock())
    source.open()
    with pytest.raises(CameraError, match="gives no picture any more"):
        for _ in range(30):
            source.read()
    assert not source.is_open


@pytest.mark.skipif(sys.platform != "linux", reason="devices are files on Linux")
@pytest.mark.parametrize(
    ("platform", "words"),
    [
        ("linux", "usermod -aG video"),
        ("darwin", "Privacy & Security"),
        ("win32", "desktop apps"),
    ],
)
def test_how_to_allow_it_is_told_for_each_system(
    monkeypatch: pytest.MonkeyPatch, platform: str, words: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert words in camera._how_to_allow()


@pytest.mark.skipif(sys.platform != "linux", reason="devices are files on Linux")
def test_a_refused_camera_says_how_to_allow_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    device = tmp_path / "video0"
    device.touch()
    monkeypatch.setattr(camera, "_device", lambda _: device)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(CameraError, match=r"refused to you.*usermod"):
        Camera(0, QuickClock()).open()


@pytest.mark.skipif(sys.platform != "linux", reason="devices are files on Linux")
def test_a_busy_camera_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    device = tmp_path / "video97"
    device.touch()
    monkeypatch.setattr(camera, "_device", lambda _: device)
    with pytest.raises(CameraError, match="another program may be using it"):
        Camera(97, QuickClock()).open()

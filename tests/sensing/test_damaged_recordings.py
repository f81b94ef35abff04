"""Damaged recordings, cut or with bytes flipped: none crashes, hangs, or says more than a line."""

from __future__ import annotations

import random
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest


def make(
    path: Path,
    stamps_ms: list[int],
    *,
    codec: str,
    pix_fmt: str,
) -> Path:
    """A file of 160 x 120 pictures, brighter from left to right."""
    image = np.broadcast_to(np.linspace(0, 240, 160, dtype=np.uint8)[None, :, None], (120, 160, 3))
    with av.open(str(path), "w") as out:
        stream: Any = out.add_stream(codec, rate=20)
        stream.width, stream.height, stream.pix_fmt = 160, 120, pix_fmt
        stream.codec_context.time_base = Fraction(1, 1000)
        for stamp in stamps_ms:
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(image), "rgb24")
            frame.pts, frame.time_base = stamp, Fraction(1, 1000)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


STEPS = [50 * number for number in range(20)]


READ_ALL = """
import sys
from pathlib import Path
from neckform.core.errors import InputError
from neckform.sensing.sources.video import open_video

for name in sys.argv[1:]:
    try:
        with open_video(Path(name)) as video:
            times = [frame.t_ms for frame in video]
            assert times == sorted(set(times)), name
            assert "\\n" not in (video.note or "")
    except InputError as error:
        assert "\\n" not in str(error), name
    print("done", flush=True)
"""


def damaged(data: bytes, dice: random.Random) -> bytes:
    """Cut somewhere, or bytes flipped in the head or anywhere, or both."""
    kind = dice.randrange(4)
    if kind in (0, 3):
        data = data[: dice.randrange(1, len(data))]
    changed = bytearray(data)
    if kind:
        end = min(len(data), 2048) if kind == 1 else len(data)
        for _ in range(dice.randrange(1, 40)):
            changed[dice.randrange(end)] ^= dice.randrange(1, 256)
    return bytes(changed)


@pytest.mark.parametrize(
    ("name", "codec", "pix_fmt"),
    [
        ("a.mp4", "libx264", "yuv420p"),
        ("a.mkv", "mpeg4", "yuv420p"),
        ("a.avi", "mjpeg", "yuvj420p"),
        ("a.mov", "libx264", "yuv420p"),
        ("a.ts", "libx264", "yuv420p"),
        ("a.h264", "libx264", "yuv420p"),
    ],
)
def test_fifty_damaged_files(tmp_path: Path, name: str, codec: str, pix_fmt: str) -> None:
    data = make(tmp_path / name, STEPS, codec=codec, pix_fmt=pix_fmt).read_bytes()
    dice = random.Random(11)
    paths = [tmp_path / f"{number}_{name}" for number in range(50)]
    for path in paths:
        path.write_bytes(damaged(data, dice))
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL, *map(str, paths)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.split() == ["done"] * 50
    assert done.stderr == ""


TWO_FFMPEGS = """
import {first}
import {second}
import numpy as np
from neckform.resources import resource
from neckform.sensing.sources.video import open_video

demo = resource("jobs/demo", "demo.mp4")
capture = cv2.VideoCapture(str(demo), cv2.CAP_FFMPEG)
with open_video(demo, 1000) as video:
    for number, frame in zip(range(30), video):
        good, image = capture.read()
        assert good and np.abs(image.astype(int) - frame.image).mean() < 2, number
print("both")
"""


@pytest.mark.parametrize("order", [("av", "cv2"), ("cv2", "av")])
def test_pyav_and_opencv_read_side_by_side(order: tuple[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TWO_FFMPEGS.format(first=order[0], second=order[1])],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "both\n", "")

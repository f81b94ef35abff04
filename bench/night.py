"""What a whole night costs, and whether its minutes are right.

    python bench/night.py                     # eight hours: CPU seconds, memory, minutes
    python bench/night.py --hours 2 --keep NIGHT.mp4

A clip of somebody upright is turned as a camera beside the bed sees them lying on one side and
the other, still but for a stir a minute, with a sensor's noise; an empty bed lies between. Each
scene is encoded once (H.264, a key frame every 25 seconds) and then strung together without
encoding again, so that a night is made in a minute. CPU seconds count: the machine may do other
work.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np

from neckform.jobs.demo.job import CLIP
from neckform.sensing.sources.video import open_video

FPS = 10
SIZE = (640, 480)
KEY_S = 25
SCENE_S = 100
STORY = (("right-side", 3), ("left-side", 5), ("nobody", 1), ("left-side", 2), ("right-side", 6))
"""Positions, each for so many scenes, again and again."""
MOST_CPU_S = 720.0
"""Six minutes of two cores."""
MOST_MB = 700.0


def make_night(path: Path, seconds: float, clip: Path = CLIP) -> dict[str, float]:
    """Write a night, and tell the seconds in each position."""
    import av

    with tempfile.TemporaryDirectory() as folder:
        scenes = {
            name: _scene(Path(folder) / f"{name}.mp4", name, clip)
            for name in dict.fromkeys(name for name, _ in STORY)
        }
        spent = dict.fromkeys(scenes, 0.0)
        with av.open(str(path), "w") as whole:
            track, shift = None, 0
            for name in _order(seconds):
                with av.open(str(scenes[name])) as scene:
                    stream = scene.streams.video[0]
                    track = track or whole.add_stream_from_template(stream)
                    step = round(SCENE_S / stream.time_base)
                    for packet in scene.demux(stream):
                        if packet.dts is None:
                            continue
                        packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
                        packet.stream = track
                        whole.mux(packet)
                shift += step
                spent[name] += SCENE_S
    return spent


def _order(seconds: float) -> Iterator[str]:
    left = round(seconds / SCENE_S)
    while left > 0:
        for name, scenes in STORY:
            for _ in range(min(scenes, left)):
                yield name
            left -= min(scenes, left)


def _scene(path: Path, name: str, clip: Path) -> Path:
    import av

    frames = [_bed()]
    if name != "nobody":
        quarters = 1 if name == "right-side" else 3
        with open_video(clip, sample_fps=FPS) as video:
            people = [frame.image for _, frame in zip(range(2 * FPS), video, strict=False)]
        frames = [_fitted(np.rot90(image, quarters)) for image in people]
        frames += frames[::-1]
    draw = np.random.default_rng(3)
    noise = [draw.normal(0, 2.0, (*SIZE[::-1], 1)) for _ in range(8)]
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=FPS)
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        stream.options = {
            "preset": "veryfast", "crf": "28", "g": str(KEY_S * FPS),
            "keyint_min": str(KEY_S * FPS), "sc_threshold": "0",
        }  # fmt: skip
        for number in range(SCENE_S * FPS):
            stirs = number // FPS % 60 < 4
            still = frames[number % len(frames) if stirs else 0]
            image = np.clip(still + noise[number % len(noise)], 0, 255).astype(np.uint8)
            frame = av.VideoFrame.from_ndarray(image, "bgr24")
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
    return path


def _bed() -> np.ndarray:
    width, height = SIZE
    shade = np.linspace(60, 110, height)[:, None, None]
    return np.broadcast_to(shade, (height, width, 3)).astype(np.uint8).copy()


def _fitted(image: np.ndarray) -> np.ndarray:
    import cv2

    width, height = SIZE
    share = min(width / image.shape[1], height / image.shape[0])
    size = round(image.shape[1] * share), round(image.shape[0] * share)
    small = cv2.resize(np.ascontiguousarray(image), size, interpolation=cv2.INTER_AREA)
    bed = _bed()
    top, left = (height - size[1]) // 2, (width - size[0]) // 2
    bed[top : top + size[1], left : left + size[0]] = small
    return bed


def analyse(path: Path, out: Path) -> tuple[dict[str, float], float, float, float]:
    """Seconds in each position as found, CPU and wall seconds, and the most memory in MB."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "neckform", "analyze", str(path), "--lying", "side", "--no-history",
         "--out", str(out)],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    found = json.loads((out / "report.json").read_text(encoding="utf-8"))["night"]["total_s"]
    return found, cpu_s, time.monotonic() - began, after.ru_maxrss / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hours", type=float, default=8.0)
    parser.add_argument("--keep", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.keep or Path(folder) / "night.mp4"
        true = make_night(path, chosen.hours * 3600)
        found, cpu_s, wall_s, most_mb = analyse(path, Path(folder) / "out")
    wrong = max(abs(found.get(name, 0.0) - spent) / spent for name, spent in true.items() if spent)
    for name, spent in true.items():
        print(f"{name:>12}  true {spent / 60:7.1f} min   found {found.get(name, 0.0) / 60:7.1f}")
    others = sum(spent for name, spent in found.items() if name not in true)
    print(f"{'others':>12}  true {0:7.1f} min   found {others / 60:7.1f}")
    print(f"furthest off {wrong:.1%}; CPU {cpu_s:.0f} s, wall {wall_s:.0f} s, {most_mb:.0f} MB")
    good = wrong <= 0.02 and cpu_s <= MOST_CPU_S * chosen.hours / 8 and most_mb <= MOST_MB
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

"""Recordings as people bring them, end to end: the shared ones, and others of the same kinds.

Whom to judge, pictures that stand still and the last bits of a shoulder have tests of their own.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

import neckform.api
from neckform.sensing.sources.video import open_video

pytestmark = [pytest.mark.truth, pytest.mark.slow]

Image = NDArray[np.uint8]
DONE = [("upper-trapezius", "left", True)]
HELD_S = 34.0


def holds_of(report: Any) -> list[tuple[str, str | None, bool]]:
    return [(hold.stretch, hold.side, hold.completed) for hold in report.holds]


@pytest.mark.parametrize(
    ("name", "said", "asked"),
    [
        ("wide_pixels.mp4", (), {}),
        ("mirror_matrix.mp4", (), {}),
        ("cover_first.mkv", (), {}),
        ("starts_late.mkv", (), {}),
        ("no_times.h264", (), {}),
        ("begins_in_stretch.mp4", (), {}),
        ("begins_in_stretch.mp4", (), {"baseline": "0:35.9-0:36.9"}),
        ("begins_in_stretch_reencoded.mp4", (), {}),
        ("sideways_no_metadata.mp4", ("lies on its side", "clockwise by 270"), {}),
        ("mirrored_pixels.mp4", (), {"mirrored": True}),
        ("few_bits_10bit.mov", (), {}),
    ],
)
def test_the_usual_scene_is_seen_whatever_the_file(
    truth_data: Path, name: str, said: tuple[str, ...], asked: dict[str, Any]
) -> None:
    report = neckform.api.analyze(truth_data / "odd" / name, **asked)
    assert holds_of(report) == DONE
    (hold,) = report.holds
    assert hold.held_ms / 1000 == pytest.approx(HELD_S, abs=1.2)
    assert hold.lateral_deg.mean == pytest.approx(40, abs=2.5)
    assert not report.flags
    if said:
        assert all(words in (report.note or "") for words in said)
    else:
        assert report.note is None
    if name == "wide_pixels.mp4":
        source = report.to_dict()["source"]
        assert (source["width"], source["height"]) == (640, 480)


def test_a_rest_that_few_bits_made_read_low_costs_no_hold(truth_data: Path) -> None:
    report = neckform.api.analyze(truth_data / "odd" / "few_bits.mp4")
    assert holds_of(report) == DONE
    (hold,) = report.holds
    assert hold.held_ms / 1000 == pytest.approx(HELD_S, abs=1.2)


def test_a_folder_of_all_sorts(truth_data: Path, tmp_path: Path, capfd: Any) -> None:
    from neckform import cli

    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as ended:
        patch.setattr("sys.argv", ["neckform", "analyze", str(truth_data / "odd" / "folder")])
        patch.chdir(tmp_path)
        cli.main()
    assert ended.value.code == 0
    out = capfd.readouterr().out
    assert all(name in out for name in ("clip.mp4", "old_camera.vob", "old_phone.3g2"))
    assert "._clip" not in out


# --- others of the same kinds, of two other people ------------------------------------------


@dataclass(frozen=True, slots=True)
class Scene:
    """A part of a clip with truth, and the hold in it."""

    clip: str
    start_s: float
    end_s: float
    stretch: str
    side: str

    def pictures(self, data: Path) -> Iterator[Image]:
        with open_video(data / "synthetic" / f"{self.clip}.mp4", 1000) as video:
            for frame in video:
                if self.start_s * 1000 <= frame.t_ms < self.end_s * 1000:
                    yield frame.image


ANNA = Scene("trap_R_short_anna", 0.0, 9.0, "upper-trapezius", "right")
MEI = Scene("lev_L_correct_mei", 0.0, 9.0, "levator-scapulae", "left")
ANNA_ENDS = Scene("trap_R_short_anna", 19.0, 28.5, "upper-trapezius", "right")
MEI_ENDS = Scene("lev_L_correct_mei", 29.0, 38.5, "levator-scapulae", "left")

FPS = 15
Change = Callable[[Image], Image]


def write(
    path: Path,
    pictures: Iterator[Image],
    *,
    codec: str = "libx264",
    pix_fmt: str = "yuv420p",
    shape: Fraction | None = None,
    begin_s: int = 0,
    cover: bool = False,
    container: str | None = None,
    **options: str,
) -> Path:
    stream: Any = None
    with av.open(str(path), "w", format=container) as file:
        still: Any = None
        for index, image in enumerate(pictures):
            height, width = image.shape[:2]
            if stream is None:
                if cover:
                    still = file.add_stream("mjpeg", rate=25)
                    still.width, still.height, still.pix_fmt = 1200, 1200, "yuvj420p"
                stream = file.add_stream(codec, rate=FPS)
                stream.width, stream.height, stream.pix_fmt = width, height, pix_fmt
                stream.options = options
                if shape is not None:
                    stream.codec_context.sample_aspect_ratio = shape
                if cover:
                    page = av.VideoFrame.from_ndarray(np.full((1200, 1200, 3), 90, np.uint8))
                    page.pts, page.time_base = 0, Fraction(1, 25)
                    file.mux(still.encode(page))
                    file.mux(still.encode(None))
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(image), format="bgr24")
            frame.pts, frame.time_base = index + begin_s * FPS, Fraction(1, FPS)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


def sized(width: int, height: int) -> Change:
    return lambda image: np.asarray(cv2.resize(image, (width, height)), dtype=np.uint8)


def quarters(count: int) -> Change:
    return lambda image: np.rot90(image, count)


def upright(image: Image) -> Image:
    """As a phone that stands films: the middle, higher than wide."""
    return image[:, 140:500]


def lying_phone(count: int) -> Change:
    return lambda image: np.rot90(upright(image), count)


def mirrored(image: Image) -> Image:
    return image[:, ::-1]


def told_to_mirror(path: Path, *, down: bool) -> Path:
    """With a display matrix that mirrors: left to right, or top to bottom."""
    data = path.read_bytes()
    at = data.index(b"tkhd") + 44
    across, along = (1, -1) if down else (-1, 1)
    one = 0x00010000
    matrix = struct.pack(">9i", across * one, 0, 0, 0, along * one, 0, 0, 0, 0x40000000)
    path.write_bytes(data[:at] + matrix + data[at + 36 :])
    return path


def same(image: Image) -> Image:
    return image


X265 = {"x265-params": "log-level=none"}
KINDS: dict[str, tuple[Scene, str, Change, dict[str, Any], dict[str, Any], str | None]] = {
    "tall pixels": (ANNA, "a.mp4", sized(640, 240), {"shape": Fraction(1, 2)}, {}, None),
    "wide pixels, HEVC": (
        MEI, "a.mov", sized(320, 480), {"shape": Fraction(2), "codec": "libx265", **X265}, {}, None,
    ),
    "on its left side": (MEI, "a.mp4", quarters(1), {}, {}, "clockwise by 90"),
    "on its right side": (ANNA, "a.mkv", quarters(3), {}, {}, "clockwise by 270"),
    "on its head": (MEI, "a.mp4", quarters(2), {}, {}, "stands on its head"),
    "a standing phone on its side": (ANNA, "a.mp4", lying_phone(1), {}, {}, "clockwise by 90"),
    "another one": (MEI, "a.avi", lying_phone(3), {"codec": "mpeg4", "qmax": "6"}, {},
                    "clockwise by 270"),
    "upright": (MEI, "a.mp4", upright, {}, {}, None),
    "a mirror image": (MEI, "a.mp4", mirrored, {}, {"mirrored": True}, None),
    "a mirror image on its side": (
        ANNA, "a.mp4", lambda image: np.rot90(mirrored(image)), {}, {"mirrored": True},
        "lies on its side",
    ),
    "a cover and a stream": (MEI, "a.mkv", same, {"cover": True}, {}, None),
    "a cover in an old file": (
        ANNA, "a.avi", same, {"cover": True, "codec": "mpeg4", "qmax": "6"}, {}, None,
    ),
    "begins after two hours": (MEI, "a.mkv", same, {"begin_s": 7200}, {}, None),
    "a broadcast": (ANNA, "a.ts", same, {"begin_s": 50_000}, {}, None),
    "a bare stream, HEVC": (ANNA, "a.h265", same, {"container": "hevc", "codec": "libx265", **X265},
                            {}, None),
    "a bare stream, H.264": (MEI, "a.h264", same, {"container": "h264"}, {}, None),
    "begins in the stretch": (ANNA_ENDS, "a.mp4", same, {}, {}, None),
    "begins in another": (MEI_ENDS, "a.mkv", same, {"g": "250"}, {}, None),
    "10 bits": (
        ANNA, "a.mov", same,
        {"codec": "libx265", "pix_fmt": "yuv420p10le", "crf": "34", **X265}, {}, None,
    ),
    "10 bits of H.264": (MEI, "a.mp4", same, {"pix_fmt": "yuv420p10le", "crf": "32"}, {}, None),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_others_of_the_same_kinds(truth_data: Path, tmp_path: Path, kind: str) -> None:
    scene, name, change, form, asked, said = KINDS[kind]
    pictures = (change(image) for image in scene.pictures(truth_data))
    expect_the_hold(write(tmp_path / name, pictures, **form), scene, asked, said)


@pytest.mark.parametrize(("scene", "down"), [(ANNA, False), (MEI, True)])
def test_a_matrix_that_mirrors(
    truth_data: Path, tmp_path: Path, scene: Scene, *, down: bool
) -> None:
    pictures = (image[::-1] if down else image[:, ::-1] for image in scene.pictures(truth_data))
    path = told_to_mirror(write(tmp_path / "a.mp4", pictures), down=down)
    expect_the_hold(path, scene, {}, None)


def expect_the_hold(path: Path, scene: Scene, asked: dict[str, Any], said: str | None) -> None:
    report = neckform.api.analyze(path, **asked)
    (hold,) = report.holds
    assert (hold.stretch, hold.side) == (scene.stretch, scene.side)
    assert hold.held_ms / 1000 == pytest.approx(5.8, abs=2.2)
    assert (report.note or "") == "" if said is None else said in (report.note or "")
    assert report.to_dict()["source"]["duration_s"] == pytest.approx(
        scene.end_s - scene.start_s, abs=0.4
    )

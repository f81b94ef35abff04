"""``--source CLIP --strict``: each framing check, tried with a picture of what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from visit_stage import visit

import clips
from neckform.core.coach.framing import IDS
from neckform.jobs.coach.options import CoachOptions
from scripts import Image, Script

pytestmark = pytest.mark.slow

Spoil = Callable[[Image], Image]


def moved(across_px: float, down_px: float, size: float = 1.0, turn_deg: float = 0.0) -> Spoil:
    """The picture seen by a camera that stands elsewhere; its edges go on."""

    def spoil(image: Image) -> Image:
        height, width = image.shape[:2]
        way = cv2.getRotationMatrix2D((width / 2, height / 2), turn_deg, size)
        way[:, 2] += across_px, down_px
        spoilt = cv2.warpAffine(image, way, (width, height), borderMode=cv2.BORDER_REPLICATE)
        return np.ascontiguousarray(spoilt, dtype=np.uint8)

    return spoil


def dark(image: Image) -> Image:
    return (image * 0.12).astype(np.uint8)


def empty(image: Image) -> Image:
    room = np.repeat(np.repeat(image[:120, :128], 4, axis=0), 5, axis=1)
    return np.ascontiguousarray(room)


def two(image: Image) -> Image:
    height, width = image.shape[:2]
    half = cv2.resize(image, (width // 2, height // 2))
    both = np.hstack([half, half])
    padding = (height - both.shape[0]) // 2
    return np.ascontiguousarray(np.pad(both, ((padding, padding), (0, 0), (0, 0)), mode="edge"))


WRONG: dict[str, tuple[str, Spoil]] = {
    "nobody": ("head", empty),
    "shoulders below the picture": ("shoulders", moved(0, 190)),
    "far away": ("distance", moved(0, 0, size=0.35)),
    "too near": ("distance", moved(0, 60, size=2.2)),
    "at the side": ("middle", moved(190, 0)),
    "dark": ("light", dark),
    "two people": ("alone", two),
    "a camera that hangs askew": ("level", moved(0, 0, turn_deg=16)),
}


def spoilt(spoil: Spoil) -> Script:
    pictures = [spoil(image) for image in clips.demo_frames(0, 2)]
    return lambda t_s: pictures[int(t_s * 12) % len(pictures)]


def tried(spoil: Spoil, *, strict: bool) -> list[dict[str, bool]]:
    """What was wrong at each moment of the placing, by its check."""
    options = CoachOptions(source=Path("played.mp4"), strict=strict)
    went = visit(spoilt(spoil), options=options, until_s=6)
    placing = [*went.in_phase("framing"), *went.in_phase("neutral")]
    assert placing
    if strict:
        assert "show" not in went.phases
    return [{one["id"]: one["wrong"] for one in state["framing"]["checks"]} for state in placing]


def test_there_is_a_picture_for_each_check() -> None:
    assert {check for check, _ in WRONG.values()} == set(IDS)


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_and_nothing_begins(name: str) -> None:
    check, spoil = WRONG[name]
    found = tried(spoil, strict=True)
    wrong = sum(moment.get(check, False) for moment in found[len(found) // 3 :])
    assert wrong > 0.8 * len(found[len(found) // 3 :]), found[-1]


def test_a_good_recording_begins_when_it_is_strict_too() -> None:
    options = CoachOptions(source=Path("played.mp4"), strict=True)
    went = visit(spoilt(lambda image: image), options=options, until_s=9)
    assert "show" in went.phases


@pytest.mark.parametrize("name", ["at the side", "a camera that hangs askew"])
def test_without_it_a_recording_is_taken_as_it_is(name: str) -> None:
    options = CoachOptions(source=Path("played.mp4"))
    went = visit(spoilt(WRONG[name][1]), options=options, until_s=6)
    assert "show" in went.phases

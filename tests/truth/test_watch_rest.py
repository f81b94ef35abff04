"""Rendered people at rest, in slow motion, so that what lasts ten seconds lasts two minutes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from neckform.config.corrections import load_correction
from neckform.config.settings import load_postures, load_settings
from neckform.core.monitor import monitor
from neckform.core.monitor.monitor import WatchSettings
from neckform.core.posture.flags import DOZING
from neckform.jobs.watch.job import SEARCH_MS
from neckform.jobs.watch.run import JUDGE_MS
from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.landmarks.sparse_observer import Glancer
from neckform.sensing.sources.video import Frame, open_video

pytestmark = [pytest.mark.truth, pytest.mark.slow]

SLOWER = 12


def said(clip: Path, *, dozing_s: float = 300) -> list[tuple[str, str | None]]:
    with open_video(clip, sample_fps=10) as video:
        images = [frame.image for frame in video]
    postures = load_postures()
    postures = replace(postures, dozing=replace(postures.dozing, after_s=dozing_s))
    settings = WatchSettings(postures, load_correction(), load_settings())
    state, told = monitor.begin(settings), []
    t_ms, found_ms = 0, None
    with Glancer(find_models()) as glancer:
        while True:
            shown_ms = t_ms if found_ms is None else found_ms + (t_ms - found_ms) // SLOWER
            if shown_ms // 100 >= len(images):
                return told
            frame = Frame(t_ms, images[shown_ms // 100])
            state, watched = monitor.step(state, glancer.look(frame))
            found_ms = t_ms if watched.neutral_found else found_ms
            told += [(request.kind.value, request.posture) for request in watched.requests]
            t_ms += SEARCH_MS if found_ms is None else JUDGE_MS


@pytest.mark.parametrize(
    ("name", "notices"),
    [
        ("rest_doze_anna", {"chin-to-chest"}),
        ("rest_chin_mei", {"chin-to-chest"}),
        # Turned follows tilted within the quiet of five minutes.
        ("rest_sides_tom", {"side-tilt", "chin-up"}),
        ("rest_slouch_mei", {"slouch"}),
        # Typing, drinking, glances aside: even when each lasts twelve times as long.
        ("rest_desk_tom", set()),
    ],
)
def test_what_is_noticed(truth_data: Path, name: str, notices: set[str]) -> None:
    told = said(truth_data / "synthetic" / f"{name}.mp4")
    assert {posture for kind, posture in told if kind == "notice"} == notices
    # What could be a stretch has no hint; where there is one, it comes first.
    for kind, posture in told:
        if kind == "hint" and ("notice", posture) in told:
            assert told.index(("hint", posture)) < told.index(("notice", posture))


@pytest.mark.parametrize(
    ("name", "naps"),
    [
        ("rest_doze_anna", ["dozing-down", "dozing-down"]),
        ("rest_chin_mei", ["dozing-down", "dozing-down"]),
        ("rest_sides_tom", ["dozing-side", "dozing-back"]),
        ("rest_slouch_mei", []),
        # Typing, drinking and glances, twelve times as slow as they are.
        ("rest_desk_tom", []),
    ],
)
def test_who_nods_off(truth_data: Path, name: str, naps: list[str]) -> None:
    told = said(truth_data / "synthetic" / f"{name}.mp4", dozing_s=75)
    assert [posture for kind, posture in told if kind == "notice" and posture in DOZING] == naps

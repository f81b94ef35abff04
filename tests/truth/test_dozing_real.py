"""Real people who talk, nod, drink and stretch: nobody is said to have nodded off."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from neckform.config.corrections import load_correction, load_level_heads
from neckform.config.settings import load_postures, load_settings
from neckform.core.neutral import choice as neutral_choice
from neckform.core.neutral.glimpses import Glimpses
from neckform.core.posture.flags import DOZING
from neckform.core.session import Session, SessionSettings
from neckform.sensing.sources.recording import open_recording

pytestmark = pytest.mark.truth


def test_nobody_is_said_to_sleep(truth_data: Path) -> None:
    postures = load_postures()
    # Ten times as hasty as shipped, and five seconds are enough.
    hasty = replace(postures.dozing, after_s=5, sink_s=0.3)
    settings = SessionSettings(
        load_settings(), load_correction(), postures=replace(postures, dozing=hasty)
    )
    recordings = sorted((truth_data / "real_landmarks").glob("*.nfobs"))
    assert len(recordings) >= 20
    said, judged = {}, 0
    for path in recordings:
        observations, glimpses = list(open_recording(path)), Glimpses()
        for one in observations:
            glimpses.add(one)
        known = load_level_heads()
        chosen = neutral_choice.choose(glimpses.columns(0), known)
        if chosen is None:
            continue
        judged += 1
        baseline = neutral_choice.baseline_of(chosen, iter(observations), known)
        _, outcome = Session(settings, baseline).replay(observations)
        said[path.stem] = [flag.flag for flag in outcome.flags if flag.flag in DOZING]
    assert {name: flags for name, flags in said.items() if flags} == {}
    assert judged >= 15

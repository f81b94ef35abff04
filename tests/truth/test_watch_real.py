"""An hour of people who type, talk, sign, drink, nod and stretch: the monitor keeps quiet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk_hour import HOUR_MIN, watch
from neckform.config.corrections import load_correction
from neckform.config.settings import load_postures, load_settings
from neckform.core.monitor.monitor import WatchSettings

pytestmark = [pytest.mark.truth, pytest.mark.slow]


@pytest.mark.timeout(900)  # two minutes on two processors that are free
@pytest.mark.usefixtures("truth_data")
def test_no_alarm_in_an_hour_of_desk_work() -> None:
    postures = load_postures()
    # No one nods off here, not even for so short that many would be said to.
    postures = replace(postures, dozing=replace(postures.dozing, after_s=10))
    hour = watch(WatchSettings(postures, load_correction(), load_settings()))
    assert hour.alarms == []
    # Silence where nothing was judged would prove nothing.
    assert hour.judged_min >= HOUR_MIN
    assert sum(judged_s >= 50 for judged_s in hour.judged_s.values()) >= 25

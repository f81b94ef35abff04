"""What the icon shows: four signs, and not seen is never good."""

from __future__ import annotations

import pytest

from neckform.core.monitor.signs import Sign, sign_of


@pytest.mark.parametrize(
    ("zone", "watching", "paused", "sign"),
    [
        ("good", True, False, Sign.GOOD),
        ("caution", True, False, Sign.GOOD),
        ("stretch", True, False, Sign.GOOD),
        ("chin-to-chest", True, False, Sign.BAD),
        ("unseen", True, False, Sign.UNSEEN),
        ("away", True, False, Sign.UNSEEN),
        (None, True, False, Sign.UNSEEN),
        ("good", False, False, Sign.UNSEEN),  # the camera is gone, or rests
        ("chin-to-chest", False, True, Sign.PAUSED),
    ],
)
def test_a_sign(zone: str | None, watching: bool, paused: bool, sign: Sign) -> None:
    assert sign_of(zone, watching=watching, paused=paused) is sign

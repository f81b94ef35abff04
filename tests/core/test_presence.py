import pytest

from neckform.core.presence import Presence, PresenceSettings, step


def away_after(moments: list[tuple[float, bool]]) -> list[float]:
    """When, in seconds, somebody counted as away."""
    presence, found = Presence(PresenceSettings(away_s=30)), []
    for t_s, seen in moments:
        presence = step(presence, round(t_s * 1000), seen)
        if presence.away(round(t_s * 1000)):
            found.append(t_s)
    return found


@pytest.mark.parametrize(
    ("moments", "away"),
    [
        ([(0, True), (29.9, False)], []),
        ([(0, True), (30, False)], [30]),
        ([(0, True), (20, False), (25, True), (54.9, False)], []),
        ([(0, True), (31, False), (32, True), (33, False)], [31]),
        # Nobody yet: they get as long to sit down.
        ([(0, False), (29, False), (30, False)], [30]),
        ([(0, False), (10, False), (20, True)], []),
        # The computer slept, and wakes before an empty chair, or before somebody.
        ([(0, True), (7200, False)], [7200]),
        ([(0, True), (7200, True)], []),
    ],
)
def test_away(moments: list[tuple[float, bool]], away: list[float]) -> None:
    assert away_after(moments) == away

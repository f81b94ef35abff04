import pytest
from people import SIZE, observation, pose

from neckform.core.measure.observation import Observation
from neckform.core.measure.presence import Presence, person_seen, step


def empty(t_ms: int) -> Observation:
    return Observation(t_ms, SIZE, None, None, True)


def away_after(moments: list[tuple[float, bool]]) -> list[float]:
    """When, in seconds, the person counts as away."""
    presence, found = Presence(30_000), []
    for t_s, there in moments:
        t_ms = round(t_s * 1000)
        presence = step(presence, observation(t_ms) if there else empty(t_ms))
        if presence.away(t_ms):
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
        # The computer slept, and wakes before an empty chair, or before a person.
        ([(0, True), (7200, False)], [7200]),
        ([(0, True), (7200, True)], []),
    ],
)
def test_away(moments: list[tuple[float, bool]], away: list[float]) -> None:
    assert away_after(moments) == away


def test_a_person_is_a_face_or_both_shoulders() -> None:
    assert person_seen(observation(0))
    assert person_seen(observation(0, looked=False))
    assert person_seen(observation(0, None))
    coat_on_a_chair = pose(visible=0.1)
    assert not person_seen(observation(0, None, coat_on_a_chair))
    assert not person_seen(observation(0, None, looked=False))

import pytest

from neckform.core.posture.flags import DOZING
from neckform.core.stretch.status import HoldStatus, StretchZone
from neckform.core.types import Angles, Flag, HoldState, Reason, Side
from neckform.showing.words import phrases
from neckform.showing.words.watch_words import lasting, nodded_off


@pytest.mark.parametrize(
    ("angles", "expected"),
    [
        (Angles(30, 0, 0), ("chin down", "facing forward", "upright")),
        (Angles(-30, 0, 0), ("chin up", "facing forward", "upright")),
        (Angles(0, 30, 0), ("chin level", "turned left", "upright")),
        (Angles(0, -30, 0), ("chin level", "turned right", "upright")),
        (Angles(0, 0, 30), ("chin level", "facing forward", "tilted left")),
        (Angles(0, 0, -30), ("chin level", "facing forward", "tilted right")),
        # What is shown as 0 has no direction.
        (Angles(0.4, -0.4, 0.49), ("chin level", "facing forward", "upright")),
    ],
)
def test_each_sign_has_its_word(angles: Angles, expected: tuple[str, str, str]) -> None:
    assert phrases.angle_words(angles) == expected


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_words(reason: Reason) -> None:
    assert phrases.REASONS[reason]


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (HoldStatus(HoldState.HOLDING), "Holding"),
        (
            HoldStatus(HoldState.PAUSED, reason=Reason.SHOULDER_RISE),
            "Paused: a shoulder has lifted",
        ),
        (
            HoldStatus(HoldState.REST, reason=Reason.TRUNK_LEAN),
            "Not counting: the upper body leans",
        ),
        (
            HoldStatus(HoldState.HOLDING, zone=StretchZone.EASE_OFF),
            "Holding: ease off, do not force",
        ),
        (HoldStatus(HoldState.LAPSE, reason=Reason.ANGLE_LOW), "Holding"),
        (HoldStatus(HoldState.REST), "At rest"),
    ],
)
def test_state_and_reason_in_one_line(status: HoldStatus, line: str) -> None:
    assert phrases.state_line(status) == line


def test_title_names_the_side() -> None:
    assert phrases.title("Ear to shoulder", Side.LEFT) == "Ear to shoulder, left"
    assert phrases.title("Chin to chest", None) == "Chin to chest"


@pytest.mark.parametrize(
    ("t_ms", "shown"), [(0, "0:00"), (59_900, "0:59"), (60_000, "1:00"), (3_725_000, "62:05")]
)
def test_clock(t_ms: int, shown: str) -> None:
    assert phrases.clock(t_ms) == shown


def test_raised_flags_are_named_with_the_time_of_the_longest() -> None:
    raised = (
        Flag("side-tilt", 1_000, 13_900, 17.0, 20.0, Side.LEFT),
        Flag("own", 9_000, 13_900, None, None),
    )
    names = {"side-tilt": "Head fallen sideways"}
    assert phrases.raised_lines(raised, names) == ("Head fallen sideways, left + own", "for 12 s")


@pytest.mark.parametrize("flag", DOZING)
def test_who_nods_off_is_told_for_how_long(flag: str) -> None:
    how = nodded_off(flag, lasting(720_000))
    assert "12 min" in how
    if flag == "dozing-down":
        assert how == "Your chin has been on your chest for 12 min."

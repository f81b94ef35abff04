import pytest

from neckform.jobs.sleep import FACE_DOWN, ON_THE_BACK, ON_THE_SIDE
from running import Runner

ALL = (*ON_THE_BACK, *ON_THE_SIDE, *FACE_DOWN)


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Runner:
    return Runner(capfd, monkeypatch)


def test_each_position_is_said_and_drawn(command: Runner) -> None:
    ran = command("sleep")
    assert (ran.code, ran.err) == (0, "")
    for position in ALL:
        assert f"{position.name}: {position.verdict}  (seen from " in ran.out
        assert position.words in ran.out
        # A head and the bones of the neck in each.
        assert position.drawing.count("o") >= 10
        assert ")" in position.drawing
    assert len({position.drawing for position in ALL}) == len(ALL)


def test_the_order_of_what_is_good() -> None:
    assert [position.verdict for position in ON_THE_BACK] == ["best", "wrong", "wrong"]
    assert [position.verdict for position in ON_THE_SIDE] == ["good", "wrong", "wrong"]
    assert [position.verdict for position in FACE_DOWN] == ["worst"]


def test_any_terminal_can_show_it(command: Runner) -> None:
    out = command("sleep").out
    assert out.isascii()
    lines = out.splitlines()
    assert max(map(len, lines)) <= 80
    assert not [line for line in lines if line != line.rstrip()]

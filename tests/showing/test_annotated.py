from pathlib import Path

import cv2
import numpy as np
import pytest
from making import NAMES, observation, sample

from neckform.core.errors import OutputError
from neckform.core.stretch.status import HoldStatus
from neckform.core.types import HoldState
from neckform.showing.video.annotated import AnnotatedVideo
from neckform.showing.video.overlay import Moment

REST = HoldStatus(HoldState.REST)


def moment(t_ms: int, size: tuple[int, int] = (640, 480)) -> Moment:
    look = observation(t_ms, size=size, with_face=False, with_pose=False)
    return Moment(look, sample(t_ms), REST)


def picture(level: int, size: tuple[int, int] = (640, 480)) -> np.ndarray:
    return np.full((size[1], size[0], 3), level, np.uint8)


def read(path: Path) -> list[tuple[float, np.ndarray]]:
    capture = cv2.VideoCapture(str(path))
    found = []
    while True:
        ok, image = capture.read()
        if not ok:
            capture.release()
            return found
        found.append((capture.get(cv2.CAP_PROP_POS_MSEC), image))


def test_each_picture_is_shown_from_its_own_time_on(tmp_path: Path) -> None:
    path = tmp_path / "annotated.mp4"
    times = [5_000, 5_100, 5_233, 5_300, 6_900, 6_910, 7_000]
    with AnnotatedVideo(path, NAMES) as video:
        for index, t_ms in enumerate(times):
            video.add(picture(30 * index), moment(t_ms))
    shown = read(path)
    assert [round(at_ms, 6) for at_ms, _ in shown] == [t_ms - 5_000 for t_ms in [*times, 7_500]]
    levels = [round(float(image[-40:].mean()) / 30) for _, image in shown]
    assert levels == [0, 1, 2, 3, 4, 5, 6, 6]


def test_the_picture_is_not_mirrored(tmp_path: Path) -> None:
    path = tmp_path / "annotated.mp4"
    half = picture(20)
    half[:, 320:] = 220
    with AnnotatedVideo(path, NAMES) as video:
        video.add(half, moment(0))
    (_, image), *_ = read(path)
    assert image[-40:, :300].mean() < 40
    assert image[-40:, 340:].mean() > 200


def test_the_given_picture_is_left_alone(tmp_path: Path) -> None:
    original = picture(77)
    with AnnotatedVideo(tmp_path / "annotated.mp4", NAMES) as video:
        video.add(original, moment(0))
    assert (original == 77).all()


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((3840, 2160), (1280, 720)),
        ((10, 10), (480, 480)),
        ((319, 241), (636, 480)),
        ((1080, 1920), (720, 1280)),
    ],
)
def test_every_size_is_legible(
    tmp_path: Path, size: tuple[int, int], shown: tuple[int, int]
) -> None:
    path = tmp_path / "annotated.mp4"
    with AnnotatedVideo(path, NAMES) as video:
        video.add(picture(90, size), moment(0, size))
    (_, image), *_ = read(path)
    assert (image.shape[1], image.shape[0]) == shown


def test_an_error_leaves_no_half_video(tmp_path: Path) -> None:
    with (
        pytest.raises(ZeroDivisionError),
        AnnotatedVideo(tmp_path / "annotated.mp4", NAMES) as video,
    ):
        video.add(picture(1), moment(0))
        raise ZeroDivisionError
    assert not list(tmp_path.iterdir())


def test_without_a_picture_there_is_no_video(tmp_path: Path) -> None:
    with AnnotatedVideo(tmp_path / "annotated.mp4", NAMES):
        pass
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputError, match=r"annotated\.mp4.*\(No such file or directory\)"),
        AnnotatedVideo(tmp_path / "missing" / "annotated.mp4", NAMES) as video,
    ):
        video.add(picture(1), moment(0))


def test_a_film_is_what_browsers_play(tmp_path: Path) -> None:
    """H.264 in 4:2:0, and what a player must know first at the front of the file."""
    path = tmp_path / "a: 100% Émile.mp4"
    with AnnotatedVideo(path, NAMES) as video:
        for t_ms in range(0, 2000, 100):
            video.add(picture(t_ms // 10), moment(t_ms))
    content = path.read_bytes()
    assert 0 < content.find(b"moov") < content.find(b"mdat")
    assert b"avc1" in content
    capture = cv2.VideoCapture(str(path))
    assert int(capture.get(cv2.CAP_PROP_FOURCC)).to_bytes(4, "little") in (b"avc1", b"h264")
    capture.release()


def test_a_writer_that_dies_is_one_clear_line(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputError, match=r"annotated\.mp4: .* cannot be written"),
        AnnotatedVideo(tmp_path / "annotated.mp4", NAMES) as video,
    ):
        video.add(picture(1), moment(0))
        assert video._film is not None
        video._film._writer.kill()
        for t_ms in range(100, 2000, 100):
            video.add(picture(1), moment(t_ms))
    assert not list(tmp_path.iterdir())


def test_ctrl_c_keeps_what_was_annotated(tmp_path: Path) -> None:
    path = tmp_path / "annotated.mp4"
    with pytest.raises(KeyboardInterrupt), AnnotatedVideo(path, NAMES) as video:
        video.add(picture(1), moment(0))
        video.add(picture(1), moment(400))
        raise KeyboardInterrupt
    assert [round(at_ms, 6) for at_ms, _ in read(path)] == [0, 400, 900]


def test_the_last_pose_stays_until_the_next_look(tmp_path: Path) -> None:
    path = tmp_path / "annotated.mp4"
    looks = [
        observation(0, with_face=False),
        observation(200, with_face=False, with_pose=False, pose_looked=False),
        observation(400, with_face=False, with_pose=False),
    ]
    with AnnotatedVideo(path, NAMES) as video:
        for look in looks:
            video.add(picture(40), Moment(look, sample(), REST))
    drawn = [bool(image[400:430, 400:500].max() > 90) for _, image in read(path)]
    assert drawn == [True, True, False, False]

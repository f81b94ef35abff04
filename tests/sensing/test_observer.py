from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import pytest
from pictures import Image

from neckform.core.errors import ModelError
from neckform.core.measure.observation import Observation
from neckform.sensing.landmarks.bundles import Kind, ModelFile, Models
from neckform.sensing.landmarks.observer import EVERY_FRAME, PosePace, observe
from neckform.sensing.sources.video import Frame, open_video

pytestmark = pytest.mark.slow


def still(image: Image, count: int, every_ms: int = 100) -> list[Frame]:
    return [Frame(every_ms * index, image) for index in range(count)]


def observed(frames: list[Frame], models: Models, **options: object) -> list[Observation]:
    return [observation for _, observation in observe(frames, models, **options)]


def sensing_threads() -> list[str]:
    return [one.name for one in threading.enumerate() if one.name.startswith("neckform")]


def bits(observation: Observation) -> tuple[object, ...]:
    face, pose = observation.face, observation.pose
    return (
        observation.t_ms,
        face and face.points.tobytes(),
        pose and (pose.points.tobytes(), pose.visibility.tobytes(), pose.world.tobytes()),
        observation.pose_looked,
    )


def test_each_frame_comes_back_in_order_with_its_observation(demo: Path, models: Models) -> None:
    with open_video(demo) as video:
        frames = list(islice(video, 25))
    pairs = list(observe(frames, models))
    assert [frame for frame, _ in pairs] == frames
    for frame, observation in pairs:
        assert (observation.t_ms, observation.size) == (frame.t_ms, (640, 480))
        assert observation.face is not None
    assert pairs[0][1].pose_looked
    assert pairs[0][1].pose is not None


def test_the_same_video_gives_the_same_observations(demo: Path, models: Models) -> None:
    """However the threads happen to run: with one frame under way at a time, and with many."""
    with open_video(demo, 5) as video:
        # The whole clip has it all: holds, a chin on the chest, faces lost and found.
        frames = list(video)
    first = [bits(one) for one in observed(frames, models)]
    again = [bits(one) for one in observed(frames, models, look_ahead=1)]
    assert first == again


def test_no_frames_no_observations(models: Models) -> None:
    assert observed([], models) == []


def test_an_empty_room(models: Models) -> None:
    room = np.random.default_rng(5).integers(90, 160, (480, 640, 3), np.uint8)
    seen = observed(still(room, 12), models)
    assert all(one.face is None and one.pose is None for one in seen)
    assert any(one.pose_looked for one in seen)


def test_a_single_frame_of_somebody_far_away(models: Models, person: Image) -> None:
    """The pose of the same picture leads to a face that the whole picture did not show."""
    picture = np.full((720, 1280, 3), 120, np.uint8)
    small = cv2.resize(person, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    picture[-small.shape[0] :, 500 : 500 + small.shape[1]] = small
    (seen,) = observed(still(picture, 1), models)
    assert seen.pose is not None
    assert seen.face is not None


# --- how often the pose is looked for ---


def looks_per_second(frames: list[Frame], models: Models, **options: object) -> float:
    seen = observed(frames, models, **options)
    return sum(one.pose_looked for one in seen) / (frames[-1].t_ms / 1000)


def test_poses_are_rare_while_nothing_moves(models: Models, person: Image) -> None:
    assert looks_per_second(still(person, 41), models) == pytest.approx(1.5, abs=0.3)


def test_poses_are_frequent_while_something_moves(models: Models, person: Image) -> None:
    frames = [Frame(100 * index, np.roll(person, 12 * (index % 8), axis=1)) for index in range(41)]
    assert looks_per_second(frames, models) == pytest.approx(3.5, abs=0.5)


def test_the_pose_pace_goes_by_time_not_by_frames(models: Models, person: Image) -> None:
    at_20 = looks_per_second(still(person, 61, every_ms=50), models)
    at_5 = looks_per_second(still(person, 16, every_ms=200), models)
    assert at_20 == pytest.approx(at_5, abs=0.4)


def test_a_pose_on_every_frame_on_request(models: Models, person: Image) -> None:
    assert all(one.pose_looked for one in observed(still(person, 5), models, pace=EVERY_FRAME))


def test_a_pace_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="moving_ms"):
        PosePace(resting_ms=100, moving_ms=200)


# --- endings ---


def test_leaving_early_ends_the_threads(models: Models, person: Image) -> None:
    with closing(observe(still(person, 100), models)) as observations:
        next(observations)
        assert sensing_threads()
    assert sensing_threads() == []


def test_an_error_of_the_consumer_ends_the_threads(models: Models, person: Image) -> None:
    def consume() -> None:
        for _ in observe(still(person, 100), models):
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        consume()
    assert sensing_threads() == []


def test_an_error_of_the_source_arrives_after_what_came_before(
    models: Models, person: Image
) -> None:
    def broken() -> Iterator[Frame]:
        yield from still(person, 3)
        raise OSError("cable pulled")

    seen = []
    with pytest.raises(OSError, match="cable pulled"):
        for _, observation in observe(broken(), models):
            seen.append(observation.t_ms)
    assert seen == [0, 100, 200]
    assert sensing_threads() == []


def test_a_model_that_is_refused_ends_the_threads(
    models: Models, person: Image, tmp_path: Path
) -> None:
    nothing = ModelFile(Kind.POSE, "none.task", tmp_path / "none.task", "", shipped=False)
    with pytest.raises(ModelError):
        observed(still(person, 3), Models(models.face, nothing))
    assert sensing_threads() == []


def test_frames_are_not_read_far_ahead(models: Models, person: Image) -> None:
    taken = 0

    def counted() -> Iterator[Frame]:
        nonlocal taken
        for frame in still(person, 100):
            taken += 1
            yield frame

    with closing(observe(counted(), models, look_ahead=4)) as observations:
        next(observations)
        time.sleep(0.5)
        assert taken <= 5


INTERRUPTED = """
import signal, sys
from contextlib import closing
from pathlib import Path
from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.landmarks.observer import observe
from neckform.sensing.sources.video import open_video

# A shell's background job ignores the signal, and so would its children.
signal.signal(signal.SIGINT, signal.default_int_handler)
with open_video(Path(sys.argv[1])) as video, closing(observe(video, find_models())) as seen:
    try:
        for index, _ in enumerate(seen):
            if index == 3:
                print("running", flush=True)
    except KeyboardInterrupt:
        print("stopped", flush=True)
        raise SystemExit(130)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_ctrl_c_ends_at_once(demo: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, str(demo)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "running\n"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (130, "stopped\n", "")

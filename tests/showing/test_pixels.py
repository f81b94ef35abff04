import numpy as np
import pytest

from neckform.showing.video.pixels import fixed_point, to_pixels


@pytest.mark.parametrize(
    ("camera", "pixel"),
    [
        ((0.0, 0.0), (320.0, 240.0)),
        ((-320.0, 240.0), (0.0, 0.0)),
        # The person's left is on the picture's right, up is up.
        ((100.0, 50.0), (420.0, 190.0)),
    ],
)
def test_camera_frame_to_pixels(camera: tuple[float, float], pixel: tuple[float, float]) -> None:
    assert to_pixels(np.array(camera), (640, 480)) == pytest.approx(pixel)


def test_back_and_forth_at_another_scale() -> None:
    pixels = np.random.default_rng(7).uniform(0, 480, (50, 2))
    points = np.stack([pixels[:, 0] - 320, 240 - pixels[:, 1], np.zeros(50)], axis=1)
    assert to_pixels(points, (640, 480), 0.5) == pytest.approx(pixels / 2)


def test_points_far_outside_still_fit_opencv() -> None:
    assert np.abs(fixed_point(np.array([[1e12, np.nan]]))).max() < 2**31

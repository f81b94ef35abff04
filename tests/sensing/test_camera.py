from __future__ import annotations

import pytest

from neckform.core.errors import CameraError
from neckform.sensing.sources.camera import camera_probe


def test_a_camera_that_is_not_there_is_one_clear_line(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CameraError, match="camera 97 cannot be opened") as caught:
        camera_probe(97)
    assert "\n" not in str(caught.value)
    assert capfd.readouterr().err == ""

"""MediaPipe comes without matplotlib, which is there for whoever asks."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.landmarks.landmarkers import FaceReader, PoseReader
models = find_models()
with FaceReader(models.face), PoseReader(models.pose):
    print("matplotlib" in sys.modules)
from mediapipe.tasks.python.vision import drawing_utils
stand_in = drawing_utils.plt
import matplotlib.pyplot as real
print(stand_in is real, stand_in.figure is real.figure, real.__spec__ is not None)
"""


def test_plots_are_not_loaded_and_can_be() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.stdout.split() == ["False", "False", "True", "True"], ran.stderr

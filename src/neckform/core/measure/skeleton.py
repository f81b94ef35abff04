"""The landmarks by name: the only file that knows the models' point numbers.

They are MediaPipe's: of its pose landmarks, and of its canonical face mesh. Another model needs
other numbers here, a reader in ``sensing/landmarks/landmarkers.py``, and a new fit.
"""

from __future__ import annotations

import numpy as np

from neckform.core.types import Side

# --- of the pose ---------------------------------------------------------------------------

POSE_POINTS = 33
POSE_HEAD = slice(0, 11)
"""All points of the head: nose, eyes, ears, corners of the mouth."""
NOSE = 0
EYES, EARS, MOUTH_CORNERS = (2, 5), (7, 8), (9, 10)
"""Left and right."""
LEFT_SHOULDER, RIGHT_SHOULDER = 11, 12
SHOULDERS = [LEFT_SHOULDER, RIGHT_SHOULDER]
ELBOWS = [13, 14]
HIPS = [23, 24]
"""Left and right."""
WRISTS = {Side.LEFT: 15, Side.RIGHT: 16}
HANDS = {Side.LEFT: [15, 17, 19], Side.RIGHT: [16, 18, 20]}
"""Wrist, little finger and forefinger."""
POSE_MIRROR = np.array([0, 4, 5, 6, 1, 2, 3, *(side for left in range(7, 33, 2)
                                              for side in (left + 1, left))])  # fmt: skip
"""The point on the other side, for each point."""

POSE_ANATOMY = {
    "R_acromion": RIGHT_SHOULDER, "L_acromion": LEFT_SHOULDER, "R_elbow": ELBOWS[1],
    "L_elbow": ELBOWS[0], "R_wrist": WRISTS[Side.RIGHT], "L_wrist": WRISTS[Side.LEFT],
}  # fmt: skip
"""Points by what lies there."""

# --- of the face mesh ----------------------------------------------------------------------

MESH_POINTS = 468
MESH_FOREHEAD, MESH_CHIN = 10, 152
MESH_ANATOMY = {
    "sellion": 168, "pronasale": 4, "menton": MESH_CHIN, "R_exocanthion": 33, "L_exocanthion": 263,
    "R_cheilion": 61, "L_cheilion": 291, "R_tragion": 234, "L_tragion": 454,
}  # fmt: skip
"""Points by what lies there."""
# fmt: off
MESH_MIRROR_PAIRS = np.array(
    [
        (33, 263), (133, 362), (61, 291), (234, 454), (127, 356), (93, 323), (132, 361),
        (58, 288), (172, 397), (136, 365), (70, 300), (105, 334), (107, 336), (46, 276),
        (50, 280), (205, 425), (98, 327), (48, 278), (54, 284), (103, 332), (67, 297),
        (21, 251), (162, 389), (116, 345), (123, 352), (147, 376), (193, 417), (6, 6),
    ]
)
"""Points that mirror each other, the person's right first. The pairs are spread over the face and
lie on bone more than on lips or lids, so that an expression moves them little."""
_MIDDLE = (
    0, 1, 2, 4, 5, 6, *range(8, 20), 94, 151, 152, 164, 168, 175, 195, 197, 199, 200,
)  # fmt: skip
_LEFT_FROM = 248
_RIGHT = np.setdiff1d(np.arange(_LEFT_FROM), _MIDDLE)
MESH_MIRROR = np.arange(MESH_POINTS)
MESH_MIRROR[_RIGHT] = np.arange(_LEFT_FROM, MESH_POINTS)
MESH_MIRROR[_LEFT_FROM:] = _RIGHT
"""The point on the other side, for each point: the nearest one in the mirror image of the mean mesh
of twenty people, 0.0003 of the mesh's size away at most; the next one is 8 times as far."""
MESH_OVAL = [10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400,
             377, 152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67,
             109]
"""Outline of the face, "FACEMESH_FACE_OVAL"; so are the next, of what their names say."""
MESH_RIGHT_EYE = [33, 160, 158, 133, 153, 144]
MESH_LEFT_EYE = [263, 387, 385, 362, 380, 373]
MESH_MOUTH = [61, 39, 0, 269, 291, 405, 17, 181]
MESH_NOSE = [168, 6, 197, 195, 5, 4, 1]
# fmt: on

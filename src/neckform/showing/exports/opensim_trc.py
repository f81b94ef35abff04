"""Writes markers of head, shoulders and arms as a .trc file, which OpenSim and Pose2Sim read.

The header is the one of OpenSim's own documentation ("Marker (.trc) Files"). Times are even; a
marker that was not seen for a while has empty cells there.

Axes are OpenSim's: x forward, out of the picture toward the camera, y up in the picture, z to the
person's right. The origin is where the middle of the shoulders mostly is. One scale turns pixels
into metres: the width that the pose model gives the shoulders over their width in the picture.
Neither a length nor the camera's tilt was measured.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from neckform.core.measure.observation import Face, Observation, Pose
from neckform.core.measure.skeleton import (
    EARS,
    LEFT_SHOULDER,
    MESH_ANATOMY,
    POSE_ANATOMY,
    RIGHT_SHOULDER,
    SHOULDERS,
)
from neckform.core.types import Float64
from neckform.showing.exports.files import complete_or_absent
from neckform.showing.exports.opensim_mot import INTO_OPENSIM, step_s

NAMES = (*MESH_ANATOMY, *POSE_ANATOMY)

_SHOULDERS = [list(POSE_ANATOMY.values()).index(point) for point in SHOULDERS]
_FACE_GAP_S, _BODY_GAP_S = 0.35, 1.0
"""Between two moments that are joined: the body is looked at less often than the face."""

_END = "\t\n"
"""OpenSim takes no row whose last cell is empty and ends there; others write such a tab, too."""

Seen = list[tuple[float, Float64]]


@dataclass(slots=True)
class Markers:
    """Gathers the markers, in pixels, over a recording."""

    times_s: list[float] = field(default_factory=list)
    face: Seen = field(default_factory=list)
    body: Seen = field(default_factory=list)
    _metres: list[float] = field(default_factory=list)
    _ears_z: float | None = None

    def add(self, observation: Observation) -> None:
        """Take in the next moment."""
        t_s = observation.t_ms / 1000
        self.times_s.append(t_s)
        if observation.pose is not None:
            self._see_body(t_s, observation.pose)
        if observation.face is not None and self._ears_z is not None:
            self.face.append((t_s, _face_points(observation.face, self._ears_z)))

    def write(self, path: Path) -> None:
        """Write all of them; none where no shoulders were seen, for then nothing has a scale.

        Raises
        ------
        OutputError
        """
        step = step_s(np.diff(self.times_s))
        even = np.array([])
        if self._metres:
            first, last = np.ceil(self.times_s[0] / step), np.floor(self.times_s[-1] / step + 1e-9)
            even = np.arange(first, last + 1) * step
        rows = self._placed(even, step) if len(even) else np.zeros((0, len(NAMES), 3))
        with complete_or_absent(path) as stream:
            stream.write(_head(path.name, len(rows), step))
            for number, (t_s, row) in enumerate(zip(even, rows, strict=True), 1):
                cells = (_cell(value) for value in row.ravel())
                stream.write("\t".join((str(number), f"{t_s:.3f}", *cells)) + _END)

    def _see_body(self, t_s: float, pose: Pose) -> None:
        points = pose.points.astype(np.float64)
        if pose.visible[SHOULDERS].all():
            width_px = float(np.linalg.norm(points[LEFT_SHOULDER] - points[RIGHT_SHOULDER]))
            width_m = float(np.linalg.norm(pose.world[LEFT_SHOULDER] - pose.world[RIGHT_SHOULDER]))
            if width_px > 0 and width_m > 0:
                self._metres.append(width_m / width_px)
                self._ears_z = float(points[list(EARS), 2].mean())
        at = list(POSE_ANATOMY.values())
        self.body.append((t_s, np.where(pose.visible[at][:, None], points[at], np.nan)))

    def _placed(self, even: Float64, step: float) -> Float64:
        """Metres at even times; shape (n, markers, 3), not a number where nothing was seen."""
        face = _at(even, self.face, len(MESH_ANATOMY), max(_FACE_GAP_S, 3 * step))
        body = _at(even, self.body, len(POSE_ANATOMY), max(_BODY_GAP_S, 3 * step))
        shoulders = np.array([points[_SHOULDERS] for _, points in self.body])
        middle = np.nanmedian(shoulders.mean(axis=1), axis=0)
        whole = (np.concatenate([face, body], axis=1) - middle) * float(np.median(self._metres))
        turned: Float64 = whole @ INTO_OPENSIM.T
        return turned


def _face_points(face: Face, ears_z: float) -> Float64:
    """The face's own depth is of the head's middle: it is set where the pose has the ears."""
    points = face.points[list(MESH_ANATOMY.values())].astype(np.float64)
    points[:, 2] += ears_z
    return points


def _at(even: Float64, seen: Seen, markers: int, widest_s: float) -> Float64:
    """Each coordinate on the line between its neighbours, where these are near enough."""
    whole = np.full((len(even), markers, 3), np.nan)
    times_s = np.array([t_s for t_s, _ in seen])
    points = np.array([one for _, one in seen]).reshape(-1, markers, 3)
    for marker in range(markers):
        known = np.isfinite(points[:, marker, 0])
        own_s = times_s[known]
        if not len(own_s):
            continue
        after = np.searchsorted(own_s, even, side="left")
        later, earlier = own_s[np.minimum(after, len(own_s) - 1)], own_s[np.maximum(after - 1, 0)]
        inside = (even >= own_s[0] - 1e-6) & (even <= own_s[-1] + 1e-6)
        at_one = np.minimum(np.abs(later - even), np.abs(even - earlier)) < 1e-6
        good = inside & (at_one | (later - earlier <= widest_s))
        for axis in range(3):
            values = points[known, marker, axis]
            whole[good, marker, axis] = np.interp(even[good], own_s, values)
    return whole


def _head(name: str, rows: int, step: float) -> str:
    rate = f"{1 / step:.6g}"
    marks = "\t\t\t".join(NAMES)
    axes = "\t".join(f"{axis}{n}" for n in range(1, len(NAMES) + 1) for axis in "XYZ")
    return (
        f"PathFileType\t4\t(X/Y/Z)\t{name}\n"
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\t"
        "OrigNumFrames\n"
        f"{rate}\t{rate}\t{rows}\t{len(NAMES)}\tm\t{rate}\t1\t{rows}\n"
        f"Frame#\tTime\t{marks}\t\t\n"
        f"\t\t{axes}{_END}\n"
    )


def _cell(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.5f}"

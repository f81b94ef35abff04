"""How one picture's background lies on another's: shift, turn and zoom, and how sure that is.

The grey values near edges are compared directly (inverse compositional alignment: Baker & Matthews,
IJCV 2004), so that a door frame or a shelf serves as well as a corner, and a wall without a mark is
known for one: the answer comes with its own error. What has moved by itself (an arm, a curtain) is
passed over, pixel by pixel. How bright the camera makes the picture is found along with it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neckform.core.types import Float32, Float64

EDGE = 3.0
"""Grey levels from one pixel to the next: less is noise, or a lamp's light on a wall."""
MOST_POINTS, LEAST_POINTS = 2500, 30
LEAST_CELLS, LEAST_ABOVE = 3, 2
"""Of sixteen parts of the picture, and of the upper eight, in which there must be edges: one thing
is no background, and what is below may be a person's sleeves."""
LEAST_SIDE_PX = 40
"""Of the smallest picture in which a way is looked for that was too far to be found."""
MOST_STEPS = 12
SMALL_STEP_PX = 0.02
LEAST_AGREE = 0.7
"""Share of the points in view that must lie where the answer puts them."""
AGREE_PX = 0.5
"""They lie there: within this, judged by their own edge."""
LEAST_ALIKE = 0.7
"""The edges must be alike, as a cosine: half of what they are is then the key picture's. Grey
values alone agree wherever the contrast is taken away, and lay any room on a plain wall."""
NOT_ALONE = 6.0
"""Neighbouring pixels err together: so many of them tell as much as one."""

OnBackground = Callable[[Float32, Float32], NDArray[np.bool_]]
"""Says of pixels (x, y) whether they are background."""


class Aligned(NamedTuple):
    """How the background lies.

    Attributes
    ----------
    way : ndarray, shape (2, 3)
        From the key picture to this one, pixels from the top left.
    error_px : float
        One standard error of where it puts the lower half's middle, in pixels.
    share : float
        Of the key's points that are still in view.
    """

    way: Float64
    error_px: float
    share: float


class KeyPicture:
    """A picture whose background others are laid on.

    Parameters
    ----------
    grey : ndarray, shape (height, width), uint8
        A small picture.
    background : callable
        What of it is background.
    """

    def __init__(self, grey: NDArray[np.uint8], background: OnBackground) -> None:
        import cv2

        self.shape = grey.shape
        self._coarse: KeyPicture | None = None
        if max(grey.shape) >= 2 * LEAST_SIDE_PX:
            self._coarse = KeyPicture(_halved(grey), lambda x, y: background(2 * x, 2 * y))
        self._middle = np.array([grey.shape[1] / 2, grey.shape[0] / 2])
        smooth = _smooth(grey)
        across = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=1 / 8)
        down = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=1 / 8)
        steep = np.hypot(across, down)
        steep[:3], steep[-3:], steep[:, :3], steep[:, -3:] = 0, 0, 0, 0
        rows, columns = np.nonzero(steep >= EDGE)
        inside = background(columns.astype(np.float32), rows.astype(np.float32))
        rows, columns = rows[inside], columns[inside]
        every = max(1, math.ceil(len(rows) / MOST_POINTS))
        rows, columns = rows[::every], columns[::every]
        self._at = (rows, columns)
        self._points = np.column_stack([columns, rows]).astype(np.float32)
        self._grey = smooth[self._at]
        self._steep = steep[self._at]
        x, y = (self._points - self._middle).T
        gx, gy = across[self._at], down[self._at]
        ones = np.ones_like(gx)
        # By zoom, turn, both shifts, contrast and brightness.
        self._slopes = (
            np.column_stack(
                [gx * x + gy * y, gy * x - gx * y, gx, gy, self._grey - self._grey.mean(), ones]
            ).astype(np.float64)
            if len(gx)
            else np.zeros((0, 6))
        )

    @property
    def shows_enough(self) -> bool:
        """Whether there are edges in enough places."""
        height, width = self.shape
        cells = {
            (int(4 * x / width), int(4 * y / height)) for x, y in self._points[::7].astype(float)
        }
        above = {cell for cell in cells if cell[1] < 2}
        enough = len(cells) >= LEAST_CELLS and len(above) >= LEAST_ABOVE
        return enough and len(self._points) >= 2 * LEAST_POINTS

    def find(
        self, grey: NDArray[np.uint8], background: OnBackground, guess: Float64
    ) -> Aligned | None:
        """Lay another picture on this one; None where that does not succeed.

        Smaller pictures come first: they show more of the way.

        Parameters
        ----------
        background : callable
            What of the other picture is background.
        guess : ndarray, shape (2, 3)
            The way to begin with.
        """
        if self._coarse is not None and len(self._coarse._points) >= LEAST_POINTS:
            half = np.array([[1.0, 1.0, 0.5], [1.0, 1.0, 0.5]])
            near = self._coarse.find(
                _halved(grey), lambda x, y: background(2 * x, 2 * y), guess * half
            )
            guess = guess if near is None else near.way / half
        return self._refined(grey, background, guess)

    def _refined(
        self, grey: NDArray[np.uint8], background: OnBackground, guess: Float64
    ) -> Aligned | None:
        import cv2

        way, light = np.array(guess, np.float64), np.zeros(2)
        smooth = _smooth(grey)
        height, width = self.shape
        for _ in range(MOST_STEPS):
            there = self._points @ way[:, :2].T.astype(np.float32) + way[:, 2].astype(np.float32)
            x, y = there[:, 0], there[:, 1]
            seen = (x >= 1) & (y >= 1) & (x <= width - 2) & (y <= height - 2)
            seen &= background(x, y)
            if seen.sum() < LEAST_POINTS:
                return None
            laid = cv2.remap(smooth, x[seen, None], y[seen, None], cv2.INTER_LINEAR).ravel()
            slopes = self._slopes[seen]
            off = laid - self._grey[seen] - slopes[:, 4:] @ light
            spread = max(0.3, 1.48 * float(np.median(np.abs(off))))
            weights = 1.0 / (1.0 + (off / (2.0 * spread)) ** 2) ** 2
            weighted = slopes * weights[:, None]
            normal = weighted.T @ slopes
            try:
                step = np.linalg.solve(normal, weighted.T @ off)
            except np.linalg.LinAlgError:
                return None
            light += step[4:]
            way = after(way, self._inverse_of(step[:4]))
            moved_px = math.hypot(step[2], step[3]) + (abs(step[0]) + abs(step[1])) * width / 3
            if moved_px < SMALL_STEP_PX:
                break
            if not moved_px < width:
                return None
        agree = np.abs(off) < AGREE_PX * self._steep[seen] + 0.5
        if agree.mean() < LEAST_AGREE:
            return None
        if self._alike(smooth, way, seen) < LEAST_ALIKE:
            return None
        at = np.array([[0.0, height / 4, 1.0, 0.0, 0, 0], [height / 4, 0.0, 0.0, 1.0, 0, 0]])
        covariance = NOT_ALONE * spread**2 * np.linalg.pinv(normal)
        error_px = math.sqrt(float(np.trace(at @ covariance @ at.T)))
        return Aligned(way, error_px, float(seen.mean()))

    def _alike(self, smooth: Float32, way: Float64, seen: NDArray[np.bool_]) -> float:
        """How alike the edges are, in strength and direction, where the way puts them."""
        import cv2

        x, y = (self._points[seen] @ way[:, :2].T + way[:, 2]).astype(np.float32).T
        across, down = (
            cv2.remap(
                cv2.Sobel(smooth, cv2.CV_32F, *order, scale=1 / 8),
                x[:, None],
                y[:, None],
                cv2.INTER_LINEAR,
            ).ravel()
            for order in ((1, 0), (0, 1))
        )
        there = np.column_stack([across, down]) @ way[:, :2]
        here = self._slopes[seen][:, 2:4]
        sizes = float(np.linalg.norm(here) * np.linalg.norm(there))
        return float((here * there).sum()) / sizes if sizes else 0.0

    def _inverse_of(self, step: Float64) -> Float64:
        zoom, turn, right, down = step
        linear = np.array([[1.0 + zoom, -turn], [turn, 1.0 + zoom]])
        shift = self._middle - linear @ self._middle + [right, down]
        return inverse(np.column_stack([linear, shift]))


def _halved(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    import cv2

    height, width = grey.shape
    half = cv2.resize(grey, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    return np.asarray(half, np.uint8)


def after(way: Float64, before: Float64) -> Float64:
    """One way and then another."""
    return np.column_stack([way[:, :2] @ before[:, :2], way[:, :2] @ before[:, 2] + way[:, 2]])


def inverse(way: Float64) -> Float64:
    """The way back."""
    back = np.linalg.inv(way[:, :2])
    return np.column_stack([back, -back @ way[:, 2]])


def _smooth(grey: NDArray[np.uint8]) -> Float32:
    import cv2

    return np.asarray(cv2.GaussianBlur(grey.astype(np.float32), (5, 5), 1.0), np.float32)

"""A picture as a page gets it: JPEG, no larger than the page shows it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LONGEST_PX = 640
QUALITY = 70


def jpeg(
    image: NDArray[np.uint8], longest_px: int = LONGEST_PX, quality: int = QUALITY
) -> tuple[bytes, tuple[int, int]]:
    """Encode a BGR picture.

    Parameters
    ----------
    longest_px : int
        A picture whose longer side has more pixels is made smaller.
    quality : int
        0 to 100, as JPEG counts it.

    Returns
    -------
    tuple of bytes and (int, int)
        The JPEG, and its width and height.
    """
    import cv2

    scale = longest_px / max(image.shape[:2])
    if scale < 1:
        size = round(image.shape[1] * scale), round(image.shape[0] * scale)
        image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    encoded, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not encoded:
        raise RuntimeError("a picture could not be encoded")
    return data.tobytes(), (image.shape[1], image.shape[0])

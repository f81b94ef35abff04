"""A program of its own: pictures on standard input become an H.264 film.

    python film_writer.py FILM WIDTH HEIGHT [NAME.mp4]

Each picture is its time, eight bytes, and then its pixels as I420; the end of the input ends the
film, which then gets its name, if there is one. `Film` starts it. It never shares a process with
OpenCV, since both PyAV and OpenCV bring an FFmpeg of their own: on Linux, OpenCV's first window
hangs for ever where PyAV was loaded first; on macOS the system warns of classes that exist twice.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

TIME = struct.Struct("<q")
"""How a time is written, in milliseconds."""

_MS = Fraction(1, 1000)

_KEY_EVERY = 50
"""Pictures from one that stands by itself to the next: a player jumps from there."""

_BT601 = 6
"""Of OpenCV's I420; named in the film, so that no player guesses the colours."""

_LIMITED = 1


def main(path: str, width: int, height: int, pictures: BinaryIO) -> None:
    """Write the film.

    Raises
    ------
    OSError
        As the system or FFmpeg puts it.
    """
    import av
    import numpy as np

    # "file:" keeps FFmpeg from taking a colon in a name for a protocol.
    with av.open(f"file:{path}", "w", "mp4", options={"movflags": "+faststart"}) as film:
        # B-pictures come out of order, and then not each player starts at 0.
        settings = {"preset": "veryfast", "crf": "23", "bf": "0"}
        stream = film.add_stream("libx264", rate=30, options=settings)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.gop_size, stream.thread_count = _KEY_EVERY, 1
        stream.codec_context.time_base = _MS
        stream.color_range, stream.colorspace = _LIMITED, _BT601
        stream.color_primaries = stream.color_trc = _BT601
        for t_ms, pixels in _read(pictures, width * height * 3 // 2):
            planes = np.frombuffer(pixels, np.uint8).reshape(-1, width)
            frame = av.VideoFrame.from_ndarray(planes, "yuv420p")
            frame.pts, frame.time_base = t_ms, _MS
            film.mux(stream.encode(frame))
        film.mux(stream.encode(None))


def _read(pictures: BinaryIO, size: int) -> Iterator[tuple[int, bytes]]:
    """Each whole picture; a torn one at the end is left out."""
    while len(head := pictures.read(TIME.size)) == TIME.size:
        pixels = pictures.read(size)
        if len(pixels) < size:
            return
        yield TIME.unpack(head)[0], pixels


if __name__ == "__main__":
    os.umask(0o077)  # A film is for its owner alone.
    try:
        main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.stdin.buffer)
        for name in sys.argv[4:]:
            Path(sys.argv[1]).replace(name)
    except (OSError, ImportError, ValueError) as error:
        sys.exit(getattr(error, "strerror", None) or str(error))

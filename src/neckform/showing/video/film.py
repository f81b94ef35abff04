"""An H.264 film that every browser plays, each picture shown from its own time on."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import cv2
import numpy as np
from numpy.typing import NDArray

from neckform.core.errors import OutputError
from neckform.files import partial_of
from neckform.showing.companion import start
from neckform.showing.video import film_writer

_PROGRAM = Path(film_writer.__file__)


class Film:
    """A film that is being written by a process of its own; see `film_writer` for why.

    Parameters
    ----------
    path : Path
        ``.mp4``. The film has a hidden name beside it until it is complete.
    width, height : int
        Even, as H.264 wants them.
    survives : bool
        Whether it gets its name, with the pictures that were added, when this process is killed.
    """

    def __init__(self, path: Path, width: int, height: int, *, survives: bool = False) -> None:
        self._path, self._partial = path, partial_of(path)
        self._survives = survives
        self._size = (width, height)
        self._torn = False
        kept = [str(path)] if survives else []
        try:
            self._writer = start(_PROGRAM, str(self._partial), str(width), str(height), *kept)
        except OSError as error:
            raise self._refused(error.strerror or str(error)) from error
        assert self._writer.stdin is not None
        self._pipe: IO[bytes] = self._writer.stdin

    def add(self, image: NDArray[np.uint8], t_ms: int) -> None:
        """Add a picture, BGR, of the film's size, later than the one before.

        Raises
        ------
        OutputError
        """
        if (image.shape[1], image.shape[0]) != self._size:
            raise ValueError(f"a picture of {image.shape} in a film of {self._size}")
        pixels = cv2.cvtColor(image, cv2.COLOR_BGR2YUV_I420)
        self._torn = True
        try:
            self._pipe.write(film_writer.TIME.pack(t_ms))
            self._pipe.write(np.ascontiguousarray(pixels).data)
            self._pipe.flush()
        except OSError as error:
            raise self._refused(self._end() or str(error)) from error
        self._torn = False

    @property
    def torn(self) -> bool:
        """Whether the last picture was cut short, so that none may follow it."""
        return self._torn

    def close(self) -> None:
        """End the film and wait until it is complete.

        Raises
        ------
        OutputError
        """
        why = self._end()
        if self._writer.returncode:
            raise self._refused(why or f"its writer ended with {self._writer.returncode}")
        if not self._survives:
            try:
                self._partial.replace(self._path)
            except OSError as error:
                raise self._refused(error.strerror or str(error)) from error

    def discard(self) -> None:
        """End at once, and leave no file."""
        self._writer.kill()
        self._end()
        self._partial.unlink(missing_ok=True)

    def _end(self) -> str:
        """Wait for the writer; what it complains of, in one line."""
        _, complaint = self._writer.communicate()
        lines = complaint.decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else ""

    def _refused(self, why: str) -> OutputError:
        return OutputError(
            f"{self._path}: the annotated video cannot be written ({why}). Choose another --out, "
            "or leave out --annotate."
        )

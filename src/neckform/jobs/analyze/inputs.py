"""Which recordings are meant, and where the results of each go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from neckform.core.errors import InputError
from neckform.jobs.analyze.options import DEFAULT_OUT
from neckform.sensing.sources.recording import SUFFIX

# fmt: off
_VIDEO = frozenset((
    ".3gp", ".asf", ".avi", ".flv", ".gif", ".m2ts", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg",
    ".mpg", ".mts", ".ogv", ".ts", ".webm", ".wmv",
))
# fmt: on


@dataclass(frozen=True, slots=True)
class Job:
    """One recording and the folder for its results."""

    recording: Path
    out: Path


def plan(recordings: Sequence[Path], out: Path | None) -> list[Job]:
    """Expand folders, and give each recording its own folder for results.

    Raises
    ------
    InputError
        A folder holds no recording. A file that is not there is that file's own problem, so that
        it does not stop the others.
    """
    found: list[Path] = []
    for path in recordings:
        found.extend(_in_folder(path) if path.is_dir() else [path])
    unique = list(dict.fromkeys(found))
    if out is not None and len(unique) == 1 and not recordings[0].is_dir():
        return [Job(unique[0], out)]
    parent = out or DEFAULT_OUT
    return [Job(path, parent / name) for path, name in zip(unique, _names(unique), strict=True)]


def _in_folder(folder: Path) -> list[Path]:
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise InputError(f"{folder} cannot be opened: {error.strerror or error}") from error
    found = [path for path in files if path.suffix.lower() in _VIDEO | {SUFFIX}]
    if not found:
        raise InputError(
            f"{folder} holds no recording; give a folder with video files in it, or a video file"
        )
    return found


def _names(paths: Sequence[Path]) -> list[str]:
    """Each file's stem; where two are the same, with its ending, and at last with a number."""
    stems = [path.stem for path in paths]
    names: list[str] = []
    for path in paths:
        name = path.stem if stems.count(path.stem) == 1 else path.name.replace(".", "-")
        base, count = name, 2
        while name in names:
            name, count = f"{base}-{count}", count + 1
        names.append(name)
    return names

"""Which of neckform's results belongs to which reference."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from neckform.core.errors import InputError
from neckform.core.wording import worded
from neckform.files import is_folder
from neckform.jobs.analyze.outputs import FramesFile, ParquetFile

_ENDINGS = (".csv", ".tsv", ".txt", ".mot", ".sto")


@dataclass(frozen=True, slots=True)
class Match:
    """One recording: its frames, and its reference."""

    name: str
    angles: Path
    reference: Path


def matches(
    angles: Path, reference: Path, say: Callable[[str], None] = lambda _line: None
) -> list[Match]:
    """Of two files, or of a result's folder and a file, that one; of two folders, all alike.

    A reference belongs to the folder of results that has its name, without its ending.

    Parameters
    ----------
    say : callable
        Is given a line about what has no counterpart.

    Raises
    ------
    InputError
        There is nothing to compare.
    """
    ours = _frames(angles)
    if not is_folder(reference):
        if len(ours) > 1:
            raise InputError(
                worded(
                    "{angles} holds {n} results, and {reference} is one reference; give a folder "
                    "with a reference of each name, or one result",
                    angles=angles,
                    n=len(ours),
                    reference=reference,
                )
            )
        return [Match(name, path, reference) for name, path in ours.items()]
    theirs = {path.stem: path for path in sorted(reference.iterdir())
              if path.suffix.lower() in _ENDINGS and not path.name.startswith(".")}  # fmt: skip
    both = [Match(name, path, theirs[name]) for name, path in ours.items() if name in theirs]
    if not both:
        raise InputError(
            worded(
                "{reference} has no reference named as a result: such as {name}.csv",
                reference=reference,
                name=next(iter(ours)),
            )
        )
    if left := sorted(set(ours) - set(theirs)):
        say(worded("without a reference: {names}", names=", ".join(left)))
    return both


def _frames(angles: Path) -> dict[str, Path]:
    """The table of each result."""
    if not is_folder(angles):
        inside = angles.name in (FramesFile.name, ParquetFile.name)
        return {angles.resolve().parent.name if inside else angles.stem: angles}
    for folders in ((angles,), sorted(path for path in angles.iterdir() if is_folder(path))):
        found = {
            folder.resolve().name: folder / name
            for folder in folders
            for name in (ParquetFile.name, FramesFile.name)
            if (folder / name).is_file()
        }
        if found:
            return found
    raise InputError(
        worded(
            "{angles} holds no {name}; neckform analyze writes it",
            angles=angles,
            name=FramesFile.name,
        )
    )

"""Which recordings of a folder are done: each result has a mark that says what it was made of.

A mark is the last file that an analysis writes. It holds the SHA-256 of the recording and of the
choices (see `same`), and what was found, so that the tables over all recordings need nothing else;
and its own sum, so that one that was damaged is none.

A recording is known by its whole content, whatever its name. To read all of it is the price, so it
is read only where a mark has its size, and not where the file's number and times on its disk are
those of the mark: whatever writes to a file changes them, and on POSIX no program can set them all
back. A sum over parts of a file would be cheaper, but a recording that was trimmed or repaired in
place differs from the one before in other parts.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from cattrs.errors import ForbiddenExtraKeysError
from cattrs.preconf.json import JsonConverter, make_converter

from neckform.core.errors import InputError, OutputError, ViewError
from neckform.core.measure.observation import Baseline
from neckform.core.outcome import Outcome
from neckform.core.report import ModelFacts, SessionReport, SourceFacts
from neckform.core.types import Angles
from neckform.core.wording import why, worded
from neckform.files import parsed_json, safe_name, write_text
from neckform.sensing.sources.made_at import content_sum

MARK = ".neckform-done.json"
SCHEMA = "neckform/done/2"

_SETTLED_S = 3.0
"""A file that was written more recently could be written again within one tick of its times."""

_LARGEST = 1 << 26
"""Bytes of a mark; that of a long day has a few hundred thousand."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the disk says of a file.

    Attributes
    ----------
    number : int
        The file's own number on its disk; 0 where that says nothing.
    modified_ns, changed_ns : int
        When its content, and when anything about it, was changed.
    """

    size: int
    number: int
    modified_ns: int
    changed_ns: int

    @classmethod
    def of(cls, path: Path) -> Stamp:
        """Ask the disk; OSError when there is no such file."""
        said = path.stat()
        return cls(said.st_size, said.st_ino, said.st_mtime_ns, said.st_ctime_ns)

    @property
    def is_settled(self) -> bool:
        """Whether the same stamp means the same content from now on.

        On Windows a program can set both times.
        """
        latest_s = max(self.modified_ns, self.changed_ns) / 1e9
        return os.name != "nt" and self.number != 0 and time.time() - latest_s > _SETTLED_S


@dataclass(frozen=True, slots=True)
class Found:
    """What an analysis found, without the settings, which whoever asks again has too."""

    outcome: Outcome
    source: SourceFacts
    models: dict[str, ModelFacts]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a folder of results says of itself.

    Attributes
    ----------
    choices : str
        See `same.choices_sum`.
    sha256 : str
        Of the recording's content.
    stamp : Stamp
    settled : bool
        See `Stamp.is_settled`.
    exit_code : int
    notes : tuple of str
        As the analysis said them.
    files : mapping of str to int
        The size in bytes of each file that was written in the folder.
    """

    choices: str
    sha256: str
    stamp: Stamp
    settled: bool
    found: Found
    exit_code: int
    notes: tuple[str, ...]
    files: dict[str, int]
    schema: str = SCHEMA


_FINAL = (0, InputError.exit_code, ViewError.exit_code)
"""Exit codes of a recording that was judged to its end, which another try would not change."""

Marks = Mapping[Path, tuple[Path, Mark]]
"""For each recording that is done, the folder of its results and their mark."""


class Marking:
    """Marks the results of one recording; made before the recording is opened.

    Parameters
    ----------
    choices : str
        See `same.choices_sum`.
    """

    def __init__(self, recording: Path, results: Path, choices: str) -> None:
        self._recording, self._results, self._choices = recording, results, choices
        self._before = _stamp(recording)

    def mark(
        self,
        report: SessionReport,
        exit_code: int,
        notes: tuple[str, ...],
        files: Sequence[Path],
    ) -> None:
        """Say that the results are complete; of an analysis that was not interrupted.

        A mark that cannot be written costs an analysis later, and nothing now. A recording that has
        changed since it was opened gets none.
        """
        if exit_code not in _FINAL:
            return
        with suppress(InputError, OutputError, OSError):
            # The recording was read a moment ago, so most of it is still in memory.
            sha256 = content_sum(self._recording)
            if self._before is None or _stamp(self._recording) != self._before:
                return
            mark = Mark(
                self._choices,
                sha256,
                self._before,
                self._before.is_settled,
                Found(report.outcome, report.source, dict(report.models)),
                exit_code,
                notes,
                {path.name: path.stat().st_size for path in files},
            )
            content = _CONVERTER.unstructure(mark)
            whole = {**content, "sum": _sum_of(content)}
            write_text(self._results / MARK, json.dumps(whole, allow_nan=False))


def remove_mark(folder: Path) -> None:
    """Before anything in a folder of results changes.

    Raises
    ------
    OutputError
        It would call the next results complete before they are.
    """
    try:
        (folder / MARK).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            worded("{path} cannot be deleted ({reason})", path=folder / MARK, reason=why(error))
        ) from error


def find_done(
    choices: Mapping[Path, str],
    results: Path,
    advance: Callable[[float], None] = lambda _share: None,
) -> Marks:
    """Those of the recordings that were done with the same choices, and whose files are all there.

    Parameters
    ----------
    choices : mapping of Path to str
        Of each recording, see `same.choices_sum`.
    results : Path
        The folder with a folder for each recording.
    advance : callable
        Is given the share that was looked at.
    """
    known: dict[tuple[str, int], list[tuple[Path, Mark]]] = {}
    for folder, mark in _marks(results):
        known.setdefault((mark.choices, mark.stamp.size), []).append((folder, mark))
    done = {}
    for number, (path, chosen) in enumerate(choices.items()):
        with suppress(OSError, InputError):
            stamp = Stamp.of(path)
            if stamp.size and (alike := _alike(path, stamp, known.get((chosen, stamp.size), []))):
                done[path] = min(alike, key=lambda one: _nearness(path, one[0]))
        advance((number + 1) / len(choices))
    return done


def mark_in(folder: Path, recording: Path, choices: str) -> Mark | None:
    """The mark of one folder, when it holds whole results of this recording with these choices."""
    mark = _read(folder / MARK)
    if mark is None or mark.choices != choices or not _is_whole(folder, mark):
        return None
    stamp = _stamp(recording)
    with suppress(InputError):
        if stamp is not None and stamp.size == mark.stamp.size:
            return mark if _alike(recording, stamp, [(folder, mark)]) else None
    return None


def _alike(
    path: Path, stamp: Stamp, candidates: Sequence[tuple[Path, Mark]]
) -> list[tuple[Path, Mark]]:
    """Those of the candidates that have the content of `path`."""
    known = {mark.sha256 for _, mark in candidates if mark.settled and mark.stamp == stamp}
    if candidates and not known:
        known = {content_sum(path)}
    return [one for one in candidates if one[1].sha256 in known]


def _stamp(path: Path) -> Stamp | None:
    try:
        return Stamp.of(path)
    except OSError:
        return None


def _nearness(path: Path, folder: Path) -> tuple[bool, str]:
    """Of a copy's two results, its own come first."""
    return folder.name != safe_name(path.stem), folder.name


def _marks(results: Path) -> Iterator[tuple[Path, Mark]]:
    with suppress(OSError):
        for folder in sorted(results.iterdir()):
            mark = _read(folder / MARK)
            if mark is not None and _is_whole(folder, mark):
                yield folder, mark


def _read(path: Path) -> Mark | None:
    """The mark; None where there is none, or none that this neckform wrote."""
    try:
        with path.open("rb") as file:
            content = parsed_json(file.read(_LARGEST))
        if content.pop("sum") != _sum_of(content) or content["schema"] != SCHEMA:
            return None
        return _CONVERTER.structure(content, Mark)
    except (
        OSError,
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        OverflowError,
        ForbiddenExtraKeysError,
    ):
        return None


def _sum_of(content: Mapping[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _is_whole(folder: Path, mark: Mark) -> bool:
    try:
        return all((folder / name).stat().st_size == size for name, size in mark.files.items())
    except (OSError, ValueError):  # also where no file can be called so
        return False


_PLACES = ("mesh", "left_shoulder", "right_shoulder", "pose_head", "pose_hips")


def _converter() -> JsonConverter:
    """Dataclasses to JSON and back; of a neutral no place in the picture is kept, which is a face.

    Nothing that is said of a finished analysis needs one.
    """
    converter = make_converter(forbid_extra_keys=True, detailed_validation=False)
    plain = make_converter()

    def told(baseline: Baseline) -> dict[str, Any]:
        return {
            each.name: plain.unstructure(getattr(baseline, each.name))
            for each in fields(Baseline)
            if each.name not in _PLACES
        }

    def heard(content: dict[str, Any], _: type) -> Baseline:
        width, height = content.pop("size")
        error = Angles(*content.pop("error"))
        places: dict[str, Any] = {name: np.empty(0) for name in _PLACES}
        return Baseline(size=(width, height), error=error, **places, **content)

    converter.register_structure_hook(Angles, lambda content, _: Angles(*map(float, content)))
    converter.register_unstructure_hook(Baseline, told)
    converter.register_structure_hook(Baseline, heard)
    return converter


_CONVERTER = _converter()

"""Which recordings are meant, and where the results of each go."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from neckform.config.paths import checked_name
from neckform.core.errors import InputError, SettingsError
from neckform.core.plain_text import plain, same_name
from neckform.core.wording import why, worded
from neckform.files import is_folder, parsed_json, safe_name
from neckform.jobs.analyze.options import DEFAULT_OUT
from neckform.sensing.sources.recording import SUFFIX

# By hand: FFmpeg names endings of pictures, sounds and subtitles too, and none of MPEG's own.
# fmt: off
_VIDEO = frozenset((
    ".264", ".265", ".3g2", ".3gp", ".amv", ".asf", ".av1", ".avc", ".avi", ".divx", ".dv",
    ".dvr-ms", ".f4v", ".flv", ".gif", ".h263", ".h264", ".h265", ".hevc", ".insv", ".ivf", ".lrv",
    ".m1v", ".m2t", ".m2ts", ".m2v", ".m4v", ".mj2", ".mjpeg", ".mjpg", ".mkv", ".mod", ".mov",
    ".mp4", ".mpe", ".mpeg", ".mpg", ".mts", ".mxf", ".nut", ".obu", ".ogm", ".ogv", ".ogx",
    ".qt", ".rm", ".rmvb", ".tod", ".tp", ".trp", ".ts", ".vob", ".vro", ".webm", ".wmv", ".wtv",
    ".y4m",
))
# fmt: on

RECORDINGS = _VIDEO | {SUFFIX}
"""How the name of a recording ends."""

_NAMED = 5
"""So many of the things that are left out are named."""

_TAKEN = ("index.html", "overview.csv", "holds.csv", "near-misses.csv", "flags.csv")
"""Files beside the folders of the results; no folder gets such a name."""

Say = Callable[[str], None]
"""Takes one line for the person."""

Look = Callable[[Mapping[Path, str | None], Path], Mapping[Path, Path]]
"""Says where in a folder of results those lie of the recordings that were done before.

It is given whose each recording is.
"""


@dataclass(frozen=True, slots=True)
class Job:
    """One recording and the folder for its results.

    Attributes
    ----------
    who : str or None
        Whose recording it is; None: nobody's.
    keeps : bool or None
        Whether a history keeps it; None: as the options say.
    choices : str or None
        See `several.same.choices_sum`; the results are then marked with it when they are complete.
    """

    recording: Path
    out: Path
    who: str | None = None
    keeps: bool | None = None
    choices: str | None = None


def plan(
    recordings: Sequence[Path],
    out: Path | None,
    *,
    recursive: bool = False,
    by_folder: bool = False,
    say: Say = lambda _line: None,
    look: Look = lambda _recordings, _results: {},
) -> list[Job]:
    """Expand folders, and give each recording its own folder for results.

    Parameters
    ----------
    recursive : bool
        Take the folders in a folder, too.
    by_folder : bool
        Whose a recording is, is what its folder is called, which takes the folders in one, too.
    say : callable
        Is given a line about what is left out.
    look : callable
        Is asked about several recordings, or a folder. What is done stays where it lies.

    Raises
    ------
    InputError
        There is no recording in all that is given. A file or a folder that cannot be read is its
        own problem, so that it does not stop the others.
    """
    parent = out or DEFAULT_OUT
    results = parent.resolve()
    found: list[Path] = []
    whose: dict[Path, str] = {}
    wrong: list[InputError] = []
    for path in recordings:
        try:
            inside = [path]
            if is_folder(path):
                inside = _in_folder(path, results, recursive or by_folder, say)
        except InputError as error:
            wrong.append(error)
            # Its line in the table says so, too, and gives the exit code.
            inside = [path]
        found.extend(inside)
        if by_folder:
            whose |= _whose(path, inside, say)
    if len(wrong) == len(found) == 1:
        raise wrong[0]
    for each in wrong:
        say(str(each))
    unique = _once(found, say)
    alone = len(unique) == 1 and not is_folder(recordings[0])
    if out is not None and alone:
        return [Job(unique[0], out, whose.get(unique[0]))]
    places = {} if alone else dict(look({path: whose.get(path) for path in unique}, parent))
    left = [path for path in unique if path not in places]
    names = _names(left, parent, [folder.name for folder in places.values()])
    places |= {path: parent / name for path, name in zip(left, names, strict=True)}
    return [Job(path, places[path], whose.get(path)) for path in unique]


def _once(found: Sequence[Path], say: Say) -> list[Path]:
    """Each recording once, however it was found; by its own place rather than by a link's."""
    named = list(dict.fromkeys(found))
    # Unlike `Path.resolve`, this takes a link to itself, too.
    real = {path: os.path.realpath(path) for path in named}
    kept: dict[str, Path] = {}
    for path in sorted(named, key=lambda path: real[path] != str(path.absolute())):
        kept.setdefault(real[path], path)
    if twice := [path.name for path in named if kept[real[path]] is not path]:
        say(worded("left out, the same file by another name: {names}", names=_some(twice)))
    return [path for path in named if kept[real[path]] is path]


def _whose(given: Path, inside: Sequence[Path], say: Say) -> dict[Path, str]:
    """Whose each recording is, where its folder tells.

    That is the first folder below the one that was given, or that one itself where no recording
    lies deeper.
    """
    folder = given if is_folder(given) else given.parent
    deeper = any(path.parent != folder for path in inside)
    found: dict[Path, str] = {}
    nobody: list[str] = []
    for path in inside:
        if path.parent != folder:
            name = path.relative_to(folder).parts[0]
        else:
            name = "" if deeper else folder.resolve().name
        try:
            found[path] = checked_name(name)
        except SettingsError:
            nobody.append(path.name)
    if nobody:
        say(
            worded(
                "{folder}: its folder names nobody, so it is kept for nobody: {files}",
                folder=folder,
                files=_some(nobody),
            )
        )
    return found


def _in_folder(folder: Path, results: Path, recursive: bool, say: Say) -> list[Path]:
    try:
        inside = [path for path in sorted(folder.iterdir()) if _is_there(path.name)]
    except OSError as error:
        raise InputError(
            worded("{folder} cannot be opened: {reason}", folder=folder, reason=why(error))
        ) from error
    files = [path for path in inside if not is_folder(path)]
    deeper = [path.name for path in inside if is_folder(path) and path.resolve() != results]
    found = [path for path in files if _is_recording(path)]
    left_out = [path.name for path in files if not _is_recording(path)]
    if recursive:
        found.extend(_below(folder, deeper, results))
    if not found:
        more = deeper and not recursive
        advice = (
            worded("--recursive looks into the folders in it")
            if more
            else worded("choose another folder")
        )
        raise InputError(
            worded(
                "{folder} holds no recording; {advice}, or give a video file",
                folder=folder,
                advice=advice,
            )
        )
    if left_out:
        say(
            worded(
                "{folder}: left out, no recording by its name: {left_out}",
                folder=folder,
                left_out=_some(left_out),
            )
        )
    if deeper and not recursive:
        say(
            worded(
                "{folder}: a folder in it is left out: {deeper}; --recursive takes it, too",
                folder=folder,
                deeper=_some(deeper),
            )
        )
    return found


def _below(folder: Path, deeper: Sequence[str], results: Path) -> Iterator[Path]:
    """The recordings in the folders of a folder, without what neckform itself wrote."""
    for name in deeper:
        if Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(folder / name)):
            continue  # a link to the folder itself, or to one around it
        for here, folders, files in os.walk(folder / name):
            inside = Path(here)
            if inside.resolve() == results or {"report.json", "frames.csv"} <= set(files):
                folders.clear()
                continue
            folders[:] = sorted(filter(_is_there, folders))
            for file in sorted(filter(_is_there, files)):
                if _is_recording(inside / file):
                    yield inside / file


def _is_there(name: str) -> bool:
    """Whether a person sees it: not ``._clip.mp4``, say, which macOS leaves beside ``clip.mp4``."""
    return not name.startswith("._") and (not name.startswith(".") or name.startswith(".."))


def _is_recording(path: Path) -> bool:
    return path.suffix.lower() in RECORDINGS


def _some(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    named = ", ".join(map(plain, names[:_NAMED]))
    return worded("{named} and {more} more", named=named, more=more) if more > 0 else named


def _names(paths: Sequence[Path], parent: Path, used: Sequence[str] = ()) -> list[str]:
    """Each file's stem; where another recording has that name, with its ending, then a number.

    Two names are the same when any system takes them for the same. The other recording may have
    been analysed long ago: its results in `parent` stay, and one's own are written anew.
    """
    stems = [same_name(safe_name(path.stem)) for path in paths]
    taken = {same_name(name) for name in (*_TAKEN, *used)}
    names: list[str] = []
    for path, stem in zip(paths, stems, strict=True):
        whole = safe_name(path.name.replace(".", "-"))
        tried = chain((whole,), (f"{whole}-{count}" for count in itertools.count(2)))
        if stems.count(stem) == 1:
            tried = chain((safe_name(path.stem),), tried)
        name = next(
            name
            for name in tried
            if same_name(name) not in taken and not _is_of_another(parent / name, path)
        )
        taken.add(same_name(name))
        names.append(name)
    return names


def _is_of_another(folder: Path, recording: Path) -> bool:
    """Whether a folder holds the results of another recording."""
    try:
        report = parsed_json((folder / "report.json").read_bytes())
        said = Path(report["source"]["path"])
        return plain(os.path.realpath(said)) != plain(os.path.realpath(recording))
    except (OSError, ValueError, KeyError, TypeError):
        return False

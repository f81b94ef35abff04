"""One file for a therapist: landmarks, report and words; no picture, no path.

A line that says what it is, a line with the SHA-256 of all that follows, and a ZIP file. So any
changed byte is noticed, and any program that opens ZIP files behind a preface can look inside.
"""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import zipfile
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from neckform.core.errors import InputError, OutputError
from neckform.core.parameter import checked, setting
from neckform.core.plain_text import plain, plain_json
from neckform.core.report import SessionReport
from neckform.core.wording import why, worded
from neckform.files import parsed_json, refuse_zip_bomb, replacing
from neckform.showing.exports.report_json import as_json

HOLDS = worded("It holds landmarks, the report and your words; no picture, and no path.")
SUFFIX = ".nfshare"
_MAGIC = b"neckform/share/1\n"
_SUM = 64
_LANDMARKS, _REPORT, _LETTER = "landmarks.nfobs", "report.json", "letter.json"
_CARD = "card.toml"
_LARGEST = {_LANDMARKS: 1 << 28, _REPORT: 1 << 23, _LETTER: 1 << 16, _CARD: 1 << 16}
"""Bytes of each part: an hour of landmarks has 130 MB; in memory, a report grows by 25."""
_MOST = sum(_LARGEST.values())
_LONGEST_DIRECTORY = 1 << 12
"""Bytes of the ZIP file's list of its parts, which are four."""
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError,  # damaged
    RuntimeError,  # encrypted, or packed in a way that Python does not know
    KeyError, ValueError, AttributeError, TypeError,  # a part is missing, or is none
)  # fmt: skip
"""What Python says of a ZIP file that is no parcel, though its sum is right."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What the person adds.

    Attributes
    ----------
    who : str or None
        A name, where one was given.
    before, after : int or None
        How much it hurt, 0 to 10.
    """

    words: str | None = setting("in the person's own words", default=None)
    who: str | None = setting("who sends it; a pseudonym does", default=None)
    before: int | None = setting("pain before, 0 to 10", low=0, high=10, default=None)
    after: int | None = setting("pain after, 0 to 10", low=0, high=10, default=None)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What was sent.

    Attributes
    ----------
    landmarks : bytes
        A landmark recording (``.nfobs``).
    report : mapping
        The sender's ``report.json``, without the path.
    card : str or None
        What was to be done, as the text of a card: whoever opens the parcel judges by the same.
    """

    landmarks: bytes
    report: dict[str, Any]
    letter: Letter
    card: str | None = None


def parcel_of(
    landmarks: bytes, report: SessionReport, letter: Letter, card: str | None = None
) -> Parcel:
    """What is sent: no path, and no name but the one that the letter gives."""
    return Parcel(landmarks, without_names(as_json(report), letter.who), letter, card)


def without_names(report: dict[str, Any], who: str | None) -> dict[str, Any]:
    """A report for sending: no path, no line that may hold one, and no name but the one given."""
    source = {**report["source"], "path": "shared", "note": None, "who": who}
    sent = {**report, "source": source}
    if "card" in sent:
        sent["card"] = {**sent["card"], "who": who}
    return sent


def write_parcel(path: Path, parcel: Parcel) -> None:
    """Write a parcel.

    Raises
    ------
    OutputError
        It cannot be written, or nobody could open it.
    """
    content = packed(parcel, path)
    with replacing(path) as partial:
        partial.write_bytes(content)


def packed(parcel: Parcel, path: Path) -> bytes:
    """The whole file, for this place.

    Raises
    ------
    OutputError
        Nobody could open it.
    """
    parts = {
        _LETTER: json.dumps(asdict(parcel.letter)).encode(),
        _REPORT: plain_json(json.dumps(parcel.report, allow_nan=False)).encode(),
        _LANDMARKS: parcel.landmarks,
    }
    if parcel.card is not None:
        parts[_CARD] = parcel.card.encode()
    if len(parts[_LETTER]) > _LARGEST[_LETTER]:
        raise OutputError(worded("{path} is not written: the words are too long", path=path))
    if any(len(content) > _LARGEST[name] for name, content in parts.items()):
        raise OutputError(
            worded(
                "{path} is not written: the recording is too long; share a part of up to an hour",
                path=path,
            )
        )
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            _put(file, name, content)
    content = zipped.getvalue()
    return _MAGIC + hashlib.sha256(content).hexdigest().encode() + b"\n" + content


def _put(file: zipfile.ZipFile, name: str, content: bytes) -> None:
    # Without a time of its own: what is sent says when it was recorded, and nothing more.
    file.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def is_parcel(path: Path) -> bool:
    """Whether a file says that it is one."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def read_parcel(path: Path) -> Parcel:
    """Read a parcel, after its sum was compared.

    Raises
    ------
    InputError
        It is none, or a byte of it was changed.
    """
    try:
        with path.open("rb") as file:
            whole = file.read(_MOST + 1)
    except OSError as error:
        raise InputError(
            worded("{path} cannot be opened: {reason}", path=path, reason=why(error))
        ) from error
    content = whole[len(_MAGIC) + _SUM + 1 :]
    if not whole.startswith(_MAGIC) or len(whole) > _MOST:
        raise InputError(worded("{path} is not what neckform share writes", path=path))
    said = whole[len(_MAGIC) : len(_MAGIC) + _SUM + 1]
    if said != hashlib.sha256(content).hexdigest().encode() + b"\n":
        raise InputError(
            worded("{path} was changed or damaged on its way; have it sent again", path=path)
        )
    try:
        return _unpacked(content)
    except _UNREADABLE as error:
        reason = plain(str(error))[:100]
        raise InputError(
            worded("{path} cannot be read: {reason}", path=path, reason=reason)
        ) from error


def _unpacked(content: bytes) -> Parcel:
    _refuse_long_directory(content)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        refuse_zip_bomb(file, _MOST)
        letter = parsed_json(_part(file, _LETTER))
        report = parsed_json(_part(file, _REPORT))
        landmarks = _part(file, _LANDMARKS)
        card = _part(file, _CARD).decode() if _CARD in file.namelist() else None
    if not isinstance(letter, dict) or not isinstance(report, dict):
        raise ValueError("its letter or its report is none")  # noqa: TRY004
    good, problems = checked(Letter, letter)
    if problems:
        raise ValueError("; ".join(problems))
    return Parcel(landmarks, report, Letter(**good), card)


def _part(file: zipfile.ZipFile, name: str) -> bytes:
    """What is in one part, which unpacks to what it says, or is damaged."""
    size = file.getinfo(name).file_size
    if size > _LARGEST[name]:
        raise ValueError(f"{name} is far too large")
    with file.open(name) as part:
        return part.read(size)


def _refuse_long_directory(content: bytes) -> None:
    """Refuse what lists so many parts that the list alone would fill the memory."""
    end = content[-22:]
    if end[:4] != b"PK\5\6" or content[-42:-38] == b"PK\6\7":
        raise ValueError("it does not end as it should")
    if int.from_bytes(end[12:16], "little") > _LONGEST_DIRECTORY:
        raise ValueError("it has far too many parts")

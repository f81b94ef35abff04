"""Writes ``chapters.vtt``: what happened, as WebVTT chapters of the annotated video.

Players such as mpv and VLC, and the ``<track kind="chapters">`` of a web page, read it.
"""

from __future__ import annotations

from pathlib import Path

from neckform.showing.files import complete_or_absent
from neckform.showing.html.moments import chapters
from neckform.showing.html.reading import Report


def write_chapters(path: Path, report: Report, start_s: float, end_s: float) -> None:
    """Write the chapters.

    Parameters
    ----------
    start_s, end_s : float
        When the annotated video begins and ends in the recording. Its own clock starts at 0.

    Raises
    ------
    OutputError
    """
    with complete_or_absent(path) as stream:
        stream.write("WEBVTT\n")
        for number, moment in enumerate(chapters(report, end_s), 1):
            begins, ends = max(0.0, moment.start_s - start_s), moment.end_s - start_s
            if ends > begins:
                stream.write(
                    f"\n{number}\n{_stamp(begins)} --> {_stamp(ends)}\n{_text(moment.short)}\n"
                )


def _stamp(seconds: float) -> str:
    ms = round(seconds * 1000)
    minutes, ms = divmod(ms, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{ms // 1000:02d}.{ms % 1000:03d}"


def _text(title: str) -> str:
    escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace("-->", "--&gt;")
    return escaped.replace("\n", " ")

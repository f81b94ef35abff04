"""Writes ``chapters.vtt``: what happened, as WebVTT chapters of the annotated video.

Players such as mpv and VLC, and the ``<track kind="chapters">`` of a web page, read it.
"""

from __future__ import annotations

from pathlib import Path

from neckform.core.report import SessionReport
from neckform.showing.exports.files import complete_or_absent
from neckform.showing.html.moments import chapters
from neckform.showing.words.telling import told


def write_chapters(path: Path, report: SessionReport, start_ms: int, end_ms: int) -> None:
    """Write the chapters.

    Parameters
    ----------
    start_ms, end_ms : int
        Where the annotated video begins and ends in the recording. Its own clock starts at 0.

    Raises
    ------
    OutputError
    """
    with complete_or_absent(path) as stream:
        stream.write("WEBVTT\n")
        for number, moment in enumerate(chapters(report, end_ms), 1):
            begins, ends = max(0, moment.start_ms - start_ms), moment.end_ms - start_ms
            if ends > begins:
                stream.write(
                    f"\n{number}\n{_stamp(begins)} --> {_stamp(ends)}\n"
                    f"{_text(told(moment.short))}\n"
                )


def _stamp(t_ms: int) -> str:
    minutes, ms = divmod(t_ms, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{ms // 1000:02d}.{ms % 1000:03d}"


def _text(title: str) -> str:
    escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace("-->", "--&gt;")
    return escaped.replace("\n", " ")

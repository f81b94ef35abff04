"""Looks whether each file under a final name is whole."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import av

from neckform.history.store import Store
from neckform.sensing.sources.recording import open_recording


def all_whole(folder: Path) -> None:
    """Check every file; those that begin with a dot are nobody's."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(".") and path.suffix in _CHECKS:
            try:
                _CHECKS[path.suffix](path)
            except Exception as error:
                raise AssertionError(f"{path.relative_to(folder)} is not whole: {error}") from error


def routines_kept(data: Path) -> int:
    """How many recordings and routines the history has."""
    if not (data / "history.db").exists():
        return 0
    with Store(data / "history.db") as store:
        return len(store.entries())


def _json(path: Path) -> None:
    content = json.loads(path.read_text("utf-8"))
    assert content["schema"].startswith("neckform/")


def _table(path: Path) -> None:
    text = path.read_text("utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter=";" if "excel" in path.name else ","))
    assert text.endswith("\n")
    assert rows
    assert {len(row) for row in rows} == {len(rows[0])}


def _page(path: Path) -> None:
    assert path.read_text("utf-8").rstrip().endswith("</html>")


def _film(path: Path) -> None:
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        assert sum(1 for _ in film.decode(stream)) == stream.frames > 0


def _landmarks(path: Path) -> None:
    assert sum(1 for _ in open_recording(path)) > 0


def _chapters(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith("WEBVTT")
    assert text.endswith("\n")


def _history(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


_CHECKS: dict[str, Callable[[Path], None]] = {
    ".json": _json,
    ".csv": _table,
    ".html": _page,
    ".mp4": _film,
    ".nfobs": _landmarks,
    ".vtt": _chapters,
    ".db": _history,
}

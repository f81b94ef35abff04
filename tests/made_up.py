"""A language that nobody speaks: English, each line between marks. What has none is forgotten."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from messages import messages, words_in
from neckform.showing.words import catalogue, telling

TAG = "tlh"
PACKAGE = catalogue.FOLDER.parents[1]


def make_checkout(folder: Path) -> Path:
    """The program as it is, with this language more; answers with what Python imports it from."""
    skip = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, folder / "src" / "neckform", ignore=skip)
    for name in ("models", "calibration", "third_party"):
        (folder / name).symlink_to(PACKAGE.parents[1] / name)
    _write(folder / "src" / "neckform" / catalogue.FOLDER.relative_to(PACKAGE))
    return folder / "src"


@contextmanager
def spoken(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak it in this process."""
    shutil.copytree(catalogue.FOLDER, folder / "words")
    _write(folder / "words")
    cached = (catalogue.language_tags, catalogue._read, catalogue.by_english)
    patch.setattr(catalogue, "FOLDER", folder / "words")
    for each in cached:
        each.cache_clear()
    patch.setenv("LC_ALL", TAG)
    telling.use_language(TAG)
    try:
        yield
    finally:
        patch.undo()
        for each in cached:
            each.cache_clear()
        telling.use_language(catalogue.DEFAULT_LANGUAGE)


def left_in(text: str, *known: str) -> list[str]:
    """The words outside of all marks, without names of files, commands and what is `known`."""
    bare = " ".join(text.split())
    for one in known:
        bare = bare.replace(one, " ")
    before = None
    while before != bare:
        before, bare = bare, re.sub(r"«[^«»]*»", " ", bare)
    bare = re.sub(r"\S*[/\\=]\S*|\S+\.\w+|--\S+", " ", bare)
    return sorted({word for word in words_in(bare) if len(word) > 1} - {"neckform"})


def _write(folder: Path) -> None:
    english = tomllib.loads((folder / "en.toml").read_text("utf-8"))
    lines: dict[str, Any] = {
        many: many if one is None else {"one": one, "other": many}
        for many, one in messages().items()
    }
    words = _marked({**english, "message": lines})
    (folder / f"{TAG}.toml").write_text("".join(_toml(words)), "utf-8")


def _marked(words: Any) -> Any:
    if isinstance(words, dict):
        return {key: _marked(value) for key, value in words.items()}
    if isinstance(words, list):
        return [_marked(value) for value in words]
    return f"«{words}»"


def _toml(words: dict[str, Any], table: str = "") -> list[str]:
    """The words as a file; JSON's texts and lists are TOML's, too."""
    lines = [f"[{table}]\n"] if table else []
    for key, value in words.items():
        if not isinstance(value, dict):
            lines.append(f"{_quoted(key)} = {_quoted(value)}\n")
    for key, value in words.items():
        if isinstance(value, dict):
            lines += _toml(value, f"{table}.{_quoted(key)}" if table else _quoted(key))
    return lines


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

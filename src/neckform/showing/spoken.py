"""The words of each cue, in the languages that the coach speaks (``spoken.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from neckform.core.cues import Cue, CueKind
from neckform.core.types import Side

DEFAULT_LANGUAGE = "en"
_FILE = Path(__file__).with_name("spoken.toml")

WORDLESS = frozenset({CueKind.TICK})
ABOUT_A_STRETCH = frozenset({CueKind.INSTRUCTION, CueKind.NEXT, CueKind.REACH})
"""Kinds with words of their own for each stretch or direction."""


def languages() -> dict[str, str]:
    """Each language and what it calls itself."""
    return {language: str(words["name"]) for language, words in _words().items()}


def words_of(cue: Cue, language: str) -> str:
    """What is said; empty for a cue that is only a tone.

    A stretch of a person's own, which no language has words for, is called by its id.
    """
    if cue.kind in WORDLESS:
        return ""
    words = _words().get(language) or _words()[DEFAULT_LANGUAGE]
    text = words[cue.kind]
    if isinstance(text, Mapping):
        text = text.get(_which(cue)) or (cue.stretch or "").replace("-", " ").capitalize() + "."
    said = str(text).format(side="" if cue.side is None else words["side"][cue.side])
    return said[:1].upper() + said[1:]


def side_word(side: Side | None, language: str) -> str:
    words = _words().get(language) or _words()[DEFAULT_LANGUAGE]
    return "" if side is None else str(words["side"][side])


def _which(cue: Cue) -> str:
    if cue.kind in ABOUT_A_STRETCH:
        return cue.stretch or ""
    return "" if cue.side is None else cue.side.value


@cache
def _words() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))

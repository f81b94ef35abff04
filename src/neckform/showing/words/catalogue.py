"""Everything that neckform says, in each language: one file a language, in the folder ``words``.

The set of languages is the set of files. Nothing else lists languages, so a new file adds a
language everywhere. The command line's help reads this module, so it imports nothing heavy.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

DEFAULT_LANGUAGE = "en"
"""Stands in for the words that another language lacks."""

FOLDER = Path(__file__).parent


@cache
def language_tags() -> tuple[str, ...]:
    """The tag of each language, such as ``de``; the default language first."""
    tags = sorted(path.stem for path in FOLDER.glob("*.toml"))
    return tuple(sorted(tags, key=lambda tag: tag != DEFAULT_LANGUAGE))


def languages() -> dict[str, str]:
    """Each language's tag, and what the language calls itself."""
    return {tag: phrase("name", tag) for tag in language_tags()}


def phrase(key: str, language: str, **fields: object) -> str:
    """The words of one key, with its placeholders filled.

    Parameters
    ----------
    key : str
        Where the words stand in the language's file, such as ``cue.stay``.
    language : str
        A language's tag; see `words_at` for words that it lacks.

    Raises
    ------
    KeyError
        The default language has no such words.
    """
    text = words_at(language, *key.split("."))
    if text is None:
        raise KeyError(key)
    return str(text).format(**fields)


def words_at(language: str, *path: str) -> Any:
    """The words, or the table of words, at one place of a language's file; None if there are none.

    Words that the language lacks, and an unknown language, are the default language's.
    """
    for tag in (language, DEFAULT_LANGUAGE):
        place: Any = _read(tag) if tag in language_tags() else {}
        for part in path:
            place = place.get(part) if isinstance(place, Mapping) else None
        if place is not None:
            return place
    return None


def yes_or_no(answer: str) -> bool | None:
    """Whether an answer, in any of the languages, means yes or no; None if that is not clear."""
    word = answer.strip().lower()
    yes, no = (
        any(word in words_at(tag, kind) for tag in language_tags()) for kind in ("yes", "no")
    )
    return yes if yes != no else None


@cache
def _read(tag: str) -> Mapping[str, Any]:
    return tomllib.loads((FOLDER / f"{tag}.toml").read_text(encoding="utf-8"))

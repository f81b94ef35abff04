"""Everything that neckform says, in each language: one file a language, in the folder ``words``.

The set of languages is the set of files. Nothing else lists languages, so a new file adds a
language everywhere. The command line's help reads this module, so it imports nothing heavy.
"""

from __future__ import annotations

import locale
import os
import tomllib
from collections.abc import Mapping
from datetime import date
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
        Where the words stand in the language's file, such as ``cue.stay``. Of a table of plural
        forms the field ``n`` chooses one.
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
    if isinstance(text, Mapping):
        text = text.get(plural_form(language, fields["n"]), text["other"])
    return str(text).format(**fields)


def page_words(language: str) -> dict[str, Any]:
    """The words that a page shows by itself, in the form in which it reads them."""
    english, own = (
        {**_read(tag)["page"], "side": _read(tag)["side"], "toward": _read(tag)["toward"]}
        for tag in (DEFAULT_LANGUAGE, known_language(language))
    )
    return _over(english, own)


def known_language(*wishes: str) -> str:
    """The first of some wishes, such as ``de-CH``, that neckform speaks; else the default."""
    for wish in wishes:
        tag = wish.replace("_", "-").split("-")[0].lower()
        if tag in language_tags():
            return tag
    return DEFAULT_LANGUAGE


def system_language() -> str:
    """The language of this computer's user, or the default."""
    variables = ("LC_ALL", "LC_MESSAGES", "LANG")
    wishes = [value for name in variables if (value := os.environ.get(name))][:1]
    if not wishes:  # macOS and Windows set none
        wishes = [locale.getlocale()[0] or ""]
    return known_language(*(wish.split(".")[0] for wish in wishes))


def date_words(day: date, language: str) -> str:
    """A day as people write it: ``23 November 2026``, ``23. November 2026``."""
    from babel.dates import format_date

    # Babel's plain English is that of the United States, where the month comes first.
    tag = "en_GB" if language == DEFAULT_LANGUAGE else language
    return str(format_date(day, "long", locale=_locale(tag)))


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


def _over(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Nested tables, where `own` has them, else of `base`."""
    both = dict(base)
    for key, value in own.items():
        under = base.get(key)
        if isinstance(value, Mapping) and isinstance(under, Mapping):
            both[key] = _over(under, value)
        else:
            both[key] = value
    return both


@cache
def by_english(language: str) -> Mapping[str, Any]:
    """A language's own words by the English ones: its messages, and what names things."""
    known: dict[str, Any] = {}
    for place in _NAMING:
        path = place.split(".")
        known |= _side_by_side(words_at(DEFAULT_LANGUAGE, *path), words_at(language, *path))
    return known | dict(words_at(language, "message") or {})


_NAMING = (
    "page.care",
    "side",
    "direction",
    "reason",
    "not-neutral",
    "zone",
    "stretch",
    "posture",
)
"""Tables whose words stand inside lines."""


def _side_by_side(english: Any, own: Any) -> dict[str, Any]:
    if isinstance(english, str):
        return {english: own, english.lower(): own}
    pairs = [_side_by_side(words, own[key]) for key, words in english.items() if key in own]
    return {key: value for each in pairs for key, value in each.items()}


def plural_form(language: str, number: object) -> str:
    """The plural form that a number takes in a language: ``one``, ``many``, ``other``."""
    return str(_locale(language).plural_form(number))


def decimal_sign(language: str) -> str:
    """What stands between a number's whole part and the rest of it."""
    return str(_locale(language).number_symbols["latn"]["decimal"])


@cache
def _locale(language: str) -> Any:
    # Babel has the plural rules and the months of every language, as CLDR keeps them; the page
    # has the same from its browser. Slow to import, and most runs need neither.
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(DEFAULT_LANGUAGE)


@cache
def _read(tag: str) -> Mapping[str, Any]:
    return tomllib.loads((FOLDER / f"{tag}.toml").read_text(encoding="utf-8"))

"""Says a line in the language of whoever reads it.

The language is the program's: one person sits before it. `use_language` chooses it, in one place.
Each language's file has its own words for a line under ``[message]``, by the English ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from string import Formatter
from typing import Any

from neckform.core.wording import Worded, named
from neckform.showing.words.catalogue import (
    DEFAULT_LANGUAGE,
    by_english,
    date_words,
    decimal_sign,
    known_language,
    plural_form,
)

_chosen = DEFAULT_LANGUAGE

SYSTEM = (
    named("No such file or directory"),
    named("Permission denied"),
    named("Operation not permitted"),
    named("Is a directory"),
    named("Not a directory"),
    named("File exists"),
    named("No space left on device"),
    named("Read-only file system"),
    named("File name too long"),
    named("Input/output error"),
    named("Address already in use"),
    named("Too many open files"),
    named("Too many levels of symbolic links"),
)
"""What a system says of files, see `why`; Python hands it on in English."""


def use_language(tag: str) -> None:
    """Say everything in this language from now on."""
    global _chosen  # noqa: PLW0603 - see above: one program speaks to one person
    _chosen = known_language(tag)


def language_now() -> str:
    """The tag of the language that is spoken."""
    return _chosen


def told(line: Any) -> Any:
    """The line in the language that is spoken, an error as its line; all else as it is."""
    if isinstance(line, Exception):
        return told(str(line))
    if _chosen == DEFAULT_LANGUAGE or not isinstance(line, Worded | date):
        return line
    if not isinstance(line, Worded):
        return line if isinstance(line, datetime) else date_words(line, _chosen)
    own = by_english(_chosen).get(line.pattern, line.pattern)
    if isinstance(own, Mapping):
        own = own.get(plural_form(_chosen, line.fields["n"]), own["other"])
    if not line.fields:
        return own
    return _Filling().format(own, **{name: told(value) for name, value in line.fields.items()})


class _Filling(Formatter):
    """Writes ``1,5`` where that is how a language writes it."""

    def format_field(self, value: Any, format_spec: str) -> str:
        shown = str(super().format_field(value, format_spec))
        return shown.replace(".", decimal_sign(_chosen)) if isinstance(value, float) else shown

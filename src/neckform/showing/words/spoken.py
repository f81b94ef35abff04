"""The words of each cue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from neckform.core.coach.cues import WORDLESS, Cue, CueKind
from neckform.core.stretch.stretches import OwnWords, Stretch
from neckform.showing.words.catalogue import DEFAULT_LANGUAGE, phrase, words_at

_OF_A_STRETCH = frozenset({CueKind.INSTRUCTION, CueKind.NEXT})
"""Kinds with words of their own for each stretch."""


class StretchWords(NamedTuple):
    """The words of one stretch in one language; `muscle` is empty where it does not say."""

    name: str
    muscle: str
    how_to: str
    when_not: str


def words_of(cue: Cue, language: str, stretches: Mapping[str, Stretch] | None = None) -> str:
    """What the voice says; empty for a cue that is only a tone.

    Parameters
    ----------
    stretches : mapping of str to Stretch, optional
        By id. A stretch's own words are preferred to the language's words for it. A stretch that
        has neither is called by its name.
    """
    if cue.kind in WORDLESS:
        return ""
    side = "" if cue.side is None else phrase(f"side.{cue.side}", language)
    stretch = (stretches or {}).get(cue.stretch or "")
    text = _own_words(cue, stretch, language)
    if text is None and cue.kind in _OF_A_STRETCH:
        text = words_at(language, "stretch", cue.stretch or "", cue.kind)
    if text is None:
        text = words_at(language, "cue", cue.kind)
    if isinstance(text, Mapping):
        text = text[cue.stretch if cue.kind is CueKind.REACH else cue.side]
    name = (
        stretch_words(stretch, language).name
        if stretch
        else (cue.stretch or "").replace("-", " ").capitalize()
    )
    # Not str.format: a person's own file may contain any braces.
    said = str(text).replace("{side}", side)
    said = said.replace("{name}", f"{name}, {side}" if side else name)
    return said[:1].upper() + said[1:]


def stretch_words(stretch: Stretch, language: str) -> StretchWords:
    """What people call a stretch, and how it is done.

    A stretch that neckform ships has words in each language; where a person's own file says
    something else, that is said in all languages that the file has no words of its own for.
    """
    own = StretchWords(stretch.name, stretch.muscle or "", stretch.how_to, stretch.when_not)
    table = words_at(language, "stretch", stretch.id) or {}
    shipped = words_at(DEFAULT_LANGUAGE, "stretch", stretch.id) or {}
    in_language = stretch.words.get(language, OwnWords())

    def said(field: str, text: str) -> str:
        key = field.replace("_", "-")
        there: str | None = getattr(in_language, field)
        return there or (table.get(key, text) if text == shipped.get(key) else text)

    return StretchWords(*(said(field, text) for field, text in own._asdict().items()))


def _own_words(cue: Cue, stretch: Stretch | None, language: str) -> str | None:
    field = _FIELDS.get(cue.kind)
    if stretch is None or field is None:
        return None
    in_language = stretch.words.get(language, OwnWords())
    own: str | None = getattr(in_language, field) or getattr(stretch, field)
    return own


_FIELDS = {CueKind.INSTRUCTION: "instruction", CueKind.NEXT: "announcement"}

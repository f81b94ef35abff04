"""The words of each cue."""

from __future__ import annotations

from collections.abc import Mapping

from neckform.core.cues import Cue, CueKind
from neckform.showing.catalogue import phrase, words_at

WORDLESS = frozenset({CueKind.TICK})
_OF_A_STRETCH = frozenset({CueKind.INSTRUCTION, CueKind.NEXT})
"""Kinds with words of their own for each stretch."""


def words_of(cue: Cue, language: str) -> str:
    """What is said; empty for a cue that is only a tone.

    A stretch that no language has words for is called by its id.
    """
    if cue.kind in WORDLESS:
        return ""
    if cue.kind in _OF_A_STRETCH:
        name = cue.stretch or ""
        text = words_at(language, "stretch", name, cue.kind)
        text = text or f"{name.replace('-', ' ').capitalize()}."
    else:
        text = words_at(language, "cue", cue.kind)
    if isinstance(text, Mapping):
        text = text[cue.stretch if cue.kind is CueKind.REACH else cue.side]
    side = "" if cue.side is None else phrase(f"side.{cue.side}", language)
    said = str(text).format(side=side)
    return said[:1].upper() + said[1:]

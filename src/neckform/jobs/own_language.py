"""The language that a person wants to be spoken to in."""

from __future__ import annotations

from neckform.config.remembered import read_remembered, remembered_file
from neckform.showing.words.catalogue import language_tags, system_language


def own_language() -> str:
    """The one that was chosen on the page, or else that of this computer's user."""
    try:
        chosen = read_remembered(remembered_file()).get("language")
    except (OSError, ValueError):
        chosen = None
    return chosen if chosen in language_tags() else system_language()

"""The language that a person wants to be spoken to in."""

from __future__ import annotations

import os

from neckform.config.launchers import PAGES_LANGUAGE
from neckform.config.remembered import read_remembered, remembered_file
from neckform.showing.words.catalogue import language_tags, system_language


def own_language() -> str:
    """The one chosen on the page, or that page's own, or else that of this computer's user."""
    try:
        chosen = read_remembered(remembered_file()).get("language")
    except (OSError, ValueError):
        chosen = None
    for tag in (chosen, os.environ.get(PAGES_LANGUAGE)):
        if tag in language_tags():
            return tag
    return system_language()

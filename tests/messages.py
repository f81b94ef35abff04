"""Every English line that stands in the program, as Babel finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.extract import extract

import neckform
from neckform.cli import commands
from neckform.showing import notifications
from neckform.showing.words import phrases, report_words
from neckform.terminal.told_help import paragraphs

PACKAGE = Path(neckform.__file__).parent
KEYWORDS = {"worded": None, "named": None, "plural": (1, 2)}


def help_texts() -> set[str]:
    """Each paragraph of each ``--help``."""
    found: set[str] = set()

    def walk(command: click.Command) -> None:
        texts = [command.help, command.epilog]
        texts += [one.help for one in command.params if isinstance(one, click.Option)]
        for text in filter(None, texts):
            found.update(paragraphs(text))
        for below in getattr(command, "commands", {}).values():
            walk(below)

    walk(commands)
    return found


def messages() -> dict[str, str | None]:
    """Each pattern, and that for one where a number stands in it."""
    found: dict[str, str | None] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        with path.open("rb") as stream:
            for _, words, _, _ in extract("python", stream, keywords=KEYWORDS):
                one, many = words if isinstance(words, tuple) else (None, words)
                found[many] = one
    for module in (phrases, report_words, notifications):
        found |= dict.fromkeys(module.MESSAGES)
    found |= dict.fromkeys(help_texts())
    plots = (PACKAGE / "showing" / "html" / "assets" / "plots.html").read_text("utf-8")
    found |= dict.fromkeys(re.findall(r"\{\{(.+?)\}\}", plots))
    return {pattern: one for pattern, one in found.items() if has_words(pattern)}


def has_words(pattern: str) -> bool:
    """Whether there is anything to say beside what is filled in."""
    bare = re.sub(r"\{[^}]*\}|--\w+|neckform", "", pattern)
    return any(len(word) > 1 or not word.isascii() for word in words_in(bare))


def words_in(text: str) -> Iterator[str]:
    """Words but units, which are the same in all languages."""
    return (word for word in re.findall(r"[^\W\d_]+", text) if word not in {"s", "min", "h", "MB"})

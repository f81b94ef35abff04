"""Lines for a person that can still be said in another language.

English stands where a line is made; `showing.words.telling` finds the other languages' words by it,
as gettext does. Until then a line is its English text, which is what files for machines keep.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class Worded(str):
    """An English line that remembers its pattern.

    Attributes
    ----------
    pattern : str
        The English text with its placeholders, by which other languages find their own.
    fields : mapping of str to object
        What fills the placeholders; may be `Worded` itself. ``n`` chooses between plural forms.
    """

    pattern: str
    fields: Mapping[str, Any]

    def __str__(self) -> str:  # an error's text stays one, too: str(error) is what was raised
        return self

    def __reduce__(self) -> tuple[Any, ...]:  # it travels between processes
        # An error goes along as its line: not every one of them can be made again on the way.
        fields = {
            name: str(value) if isinstance(value, Exception) else value
            for name, value in self.fields.items()
        }
        return _made, (self[:], self.pattern, fields)


def worded(pattern: str, /, **fields: Any) -> Worded:
    """A line: ``worded("{path} is empty", path=path)``."""
    return _made(pattern.format(**fields), pattern, fields)


def plural(one: str, many: str, /, **fields: Any) -> Worded:
    """A line with a number ``n``, whose pattern is that of many."""
    return _made((one if fields["n"] == 1 else many).format(**fields), many, fields)


def listed(lines: Sequence[object], between: str = "; ") -> Worded:
    """Several lines as one."""
    fields = {f"line{number}": line for number, line in enumerate(lines)}
    return worded(between.join(f"{{{name}}}" for name in fields), **fields)


def named(text: str, /) -> Worded:
    """A text without placeholders, such as a name, which may hold any sign."""
    return _made(text, text, {})


def why(error: Exception) -> str:
    """What the system says of an error, such as ``Permission denied``."""
    said = getattr(error, "strerror", None)
    return named(said) if said else str(error) or type(error).__name__


def _made(text: str, pattern: str, fields: Mapping[str, Any]) -> Worded:
    line = Worded(text)
    line.pattern, line.fields = pattern, fields
    return line

"""HTML from Python: what is not markup already is said in the reader's language, and escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TypeAlias

from neckform.core.plain_text import plain
from neckform.core.wording import worded
from neckform.showing.words.telling import told


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Content: TypeAlias = "str | Iterable[Content] | None"


def element(name: str, /, *content: Content, **attributes: object) -> Markup:
    """One element.

    Parameters
    ----------
    content : str, iterable of str, or None
        Text is escaped unless it is `Markup`; None is nothing.
    attributes : object
        ``class_`` for class, ``data_t`` for data-t. None and False leave the attribute out; True
        gives it without a value.
    """
    return Markup(f"<{name}{_attributes(attributes)}>{joined(*content)}</{name}>")


def void(name: str, /, **attributes: object) -> Markup:
    """An element that has no content, such as ``img``."""
    return Markup(f"<{name}{_attributes(attributes)}>")


def shape(name: str, /, **attributes: object) -> Markup:
    """One shape of a drawing, closed as XML wants it: inside an svg there are no void elements."""
    return Markup(f"<{name}{_attributes(attributes)}/>")


def section(identity: str, heading: str, *content: Content) -> Markup:
    """A section with its heading, which names it for screen readers."""
    title = element("h2", heading, id=f"{identity}-h")
    return element("section", title, *content, id=identity, aria_labelledby=f"{identity}-h")


def table(caption: str, head: Sequence[str], rows: Sequence[Markup]) -> Markup:
    """A table that scrolls by itself where the page is narrow, reachable with the keyboard."""
    top = element("thead", element("tr", [element("th", name, scope="col") for name in head]))
    hidden = element("caption", caption, class_="unseen")
    whole = element("table", hidden, top, element("tbody", rows))
    return element(
        "div",
        whole,
        class_="scroll",
        tabindex="0",
        role="region",
        aria_label=worded("Table: {caption}", caption=caption),
    )


def definitions(pairs: Iterable[tuple[str, str]], **attributes: object) -> Markup:
    """A list of names, each with its text."""
    rows = [(element("dt", name), element("dd", text)) for name, text in pairs]
    return element("dl", rows, **attributes)


def joined(*content: Content) -> Markup:
    """Several pieces, one after another."""
    return Markup("".join(_pieces(content)))


def _pieces(content: Iterable[Content]) -> Iterable[str]:
    for piece in content:
        if piece is None:
            continue
        if isinstance(piece, Markup):
            yield piece
        elif isinstance(piece, str):
            yield escape(plain(told(piece), lines=True))
        else:
            yield from _pieces(piece)


def _attributes(attributes: dict[str, object]) -> str:
    written = []
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        shown = name.rstrip("_").replace("_", "-")
        text = escape(plain(told(value), lines=True))
        written.append(f" {shown}" if value is True else f' {shown}="{text}"')
    return "".join(written)

"""Damage of all kinds, for hypothesis to draw: to values, to trees of values, and to bytes."""

from __future__ import annotations

import copy
import json
import math
from typing import Any

from hypothesis import strategies as st

NUMBERS = (
    0, -1, 1, 7, 2**31, -(2**31) - 1, 2**63, 10**400, -0.0, 0.5, 1e-320, 1e9, 1e20, 1e308, -1e308,
    math.inf, -math.inf, math.nan,
)  # fmt: skip
TEXTS = (
    "", " ", "\n", "x" * 100_000, "=cmd()", "-2+3", "\x1b]0;pwned\x07\nneckform: forged", "a\x00b",
    "\u202egpj", "\u200b", "\x9b31m", "\ud800", "\U000e0041", "<script>alert(1)</script>", "-->",
    "../../etc", "%s{0}[red]", "true", "nan", "2026-02-31", "upper-trapezius", "left", "flexion",
)  # fmt: skip


def deep(levels: int) -> Any:
    """A list in a list in a list."""
    value: list[Any] = []
    for _ in range(levels):
        value = [value]
    return value


numbers = st.one_of(st.sampled_from(NUMBERS), st.integers(), st.floats())
texts = st.one_of(st.sampled_from(TEXTS), st.text(max_size=20))
values = st.one_of(
    numbers, texts, st.none(), st.booleans(),
    st.builds(list), st.builds(dict), st.builds(lambda: [0] * 1000), st.builds(lambda: {"": [{}]}),
    st.integers(1, 400).map(deep),
)  # fmt: skip


@st.composite
def changed(draw: st.DrawFn, tree: Any) -> Any:
    """A tree of lists and tables with one to three places changed."""
    root = [copy.deepcopy(tree)]
    for _ in range(draw(st.integers(1, 3))):
        _change(draw, root)
    return root[0]


def _change(draw: st.DrawFn, root: list[Any]) -> None:
    holder, key = root, 0
    while True:
        inner = holder[key]
        if not isinstance(inner, dict | list) or not inner or draw(st.integers(0, 4)) == 0:
            break
        holder = inner
        keys = list(inner) if isinstance(inner, dict) else range(len(inner))
        key = draw(st.sampled_from(keys))
    what = draw(st.sampled_from(["value", "near", "gone", "added", "moved", "many"]))
    value = holder[key]
    if what == "near" and isinstance(value, int | float) and abs(value) < 10**300:
        holder[key] = value * draw(st.sampled_from([-1, 0, 0.5, 0.9, 1.1, 2]))
    elif what == "gone" and holder is not root:
        del holder[key]
    elif what == "added" and isinstance(value, dict):
        value[draw(texts)] = draw(values)
    elif what == "moved" and isinstance(holder, dict):
        holder[draw(texts)] = holder.pop(key)
    elif what == "many" and isinstance(value, list):
        holder[key] = value * draw(st.sampled_from([0, 2, 100]))
    else:
        holder[key] = draw(values)


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """Bytes with one to three places damaged, or mere noise."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=200))
    for _ in range(draw(st.integers(1, 3))):
        begin = draw(st.integers(0, len(data)))
        length = draw(st.sampled_from([1, 1, 2, 4, 8, 64, 4096]))
        rest = data[begin + length :]
        what = draw(st.sampled_from(["bit", "cut", "gone", "twice", "noise", "ones", "zeros"]))
        piece = data[begin : begin + length]
        if what == "bit" and piece:
            rest = data[begin + 1 :]
            piece = bytes([piece[0] ^ 1 << draw(st.integers(0, 7))])
        elif what == "cut":
            piece, rest = b"", b""
        elif what == "gone":
            piece = b""
        elif what == "twice":
            piece *= 2
        elif what == "noise":
            piece = draw(st.binary(max_size=8))
        else:
            piece = (b"\xff" if what == "ones" else b"\0") * len(piece)
        data = data[:begin] + piece + rest
    return data


def as_json(tree: Any) -> bytes:
    """JSON as a program writes it that knows no bounds: NaN, huge numbers, half signs."""
    return json.dumps(tree).encode()


def as_toml(tree: Any) -> bytes:
    """TOML, with the tables below the first ones in one line each."""
    if not isinstance(tree, dict):
        return f"value = {_toml(tree)}\n".encode("utf-8", "surrogatepass")
    text = "".join(f"{_key(key)} = {_toml(value)}\n" for key, value in tree.items())
    return text.encode("utf-8", "surrogatepass")


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {_toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return '"none"' if value is None else json.dumps(value).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    return json.dumps(key).replace("\x7f", "\\u007f")

"""Finds the data that ships with neckform, in the wheel or in the top folders of a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parents[1]


def resource(folder: str, name: str) -> Path:
    """The path of a shipped file, such as ``resource("models", "manifest.json")``.

    Returns
    -------
    Path
        The file inside the installed package, or, in an editable install, the one in the
        checkout. It may not exist; the reader says what that means.
    """
    packaged = _PACKAGE / folder / name
    return packaged if packaged.exists() else _CHECKOUT / folder / name

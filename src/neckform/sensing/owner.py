"""What opens and closes several things that it owns, in one thread."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack
from typing import Self


class Owner:
    """A context manager that opens what it owns on entering and closes it in reverse order.

    What was opened is closed too when a later one cannot be opened.

    Parameters
    ----------
    *owned : context manager
    """

    def __init__(self, *owned: AbstractContextManager[object]) -> None:
        self._owned = owned
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            for each in self._owned:
                stack.enter_context(each)
            self._closing = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

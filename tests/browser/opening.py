"""A page in a browser, for tests."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Error, Page


@dataclass
class Opened:
    """A page, what it complained about, and whom it asked for what."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


Open = Callable[..., Opened]


def until(page: Page, script: str, *, patience_ms: int = 10_000) -> None:
    """Wait until `script` is true in the page.

    Playwright's own wait evaluates text inside the page, which the page's policy refuses.
    """
    for _ in range(patience_ms // 50):
        try:
            if page.evaluate(script):
                return
        except Error as error:
            if not re.search("context was destroyed|navigat", error.message):
                raise
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {script}")

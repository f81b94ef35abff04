"""A real, headless Chromium; no pages but those of this folder's tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from opening import Open, Opened
from playwright.sync_api import Browser, ConsoleMessage, Request, sync_playwright

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)


# Closed with its module: while it is open, an event loop runs in this thread, and no other can.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is needed to look at the report page: install it")
        pytest.skip("REPORT PAGE NOT LOOKED AT: chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*ARGUMENTS])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens a file in a browser of the given width and colour scheme."""
    contexts = []

    def open_(path: Path, *, width: int = 1280, scheme: str = "light") -> Opened:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        contexts.append(context)
        opened = Opened(context.new_page())

        def heard(message: ConsoleMessage) -> None:
            opened.complaints.append(f"{message.type}: {message.text}")

        def asked(request: Request) -> None:
            opened.asked.append(request.url)

        opened.page.on("console", heard)
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.on("request", asked)
        opened.page.goto(path.as_uri())
        return opened

    yield open_
    for context in contexts:
        context.close()

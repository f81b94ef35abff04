"""A real, headless Chromium; no pages but those of this folder's tests."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from coach_visit import HEARING, Visit, VisitPage
from opening import Open, Opened
from playwright.sync_api import Browser, ConsoleMessage, Request, sync_playwright

from coach_program import Program, Start

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
            pytest.fail("chromium is needed to look at the pages: install it")
        pytest.skip("PAGES NOT LOOKED AT: chromium is not installed")
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


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts `neckform coach` or `calibrate` with a recording as its camera."""
    with ExitStack() as stack:

        def start_(command: str, clip: Path, *arguments: str | Path) -> Program:
            folder = tmp_path / f"program-{len(list(tmp_path.iterdir()))}"
            folder.mkdir()
            return stack.enter_context(Program(folder, command, clip, *arguments))

        yield start_


@pytest.fixture
def visit(browser: Browser) -> Iterator[VisitPage]:
    """Opens a program's page; `voices`: in a browser that can speak English by itself."""
    contexts = []

    def visit_(
        address: str,
        *,
        voices: bool = True,
        size: tuple[int, int] = (1366, 768),
        motion: str = "no-preference",
        locale: str = "en-GB",
    ) -> Visit:
        context = browser.new_context(
            locale=locale,
            viewport={"width": size[0], "height": size[1]},
            reduced_motion=motion,  # type: ignore[arg-type]
        )
        contexts.append(context)
        context.add_init_script(HEARING.replace("VOICES", str(voices).lower()))
        visited = Visit(context.new_page())

        def heard(message: ConsoleMessage) -> None:
            visited.complaints.append(f"{message.type}: {message.text}")

        # Of all its pages: the report opens in one of its own.
        context.on("console", heard)
        context.on("weberror", lambda error: visited.complaints.append(str(error.error)))
        context.on("request", lambda request: visited.asked.append(request.url))
        visited.page.on("websocket", lambda socket: visited.asked.append(socket.url))
        visited.page.goto(address)
        # The file opens an address that works once, and that one the page.
        visited.page.wait_for_url(re.compile(r"http://[^/]+/[^/]+/$"))
        return visited

    yield visit_
    for context in contexts:
        context.close()

"""Where the coach's page is, and a server-less way to load its modules."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, Route

import neckform.showing

FOLDER = Path(neckform.showing.__file__).parent / "page" / "coach"
ADDRESS = "http://coach.invalid/"
"""Never asked: every request is answered from `FOLDER`."""

_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


def open_modules(page: Page) -> None:
    """Open an empty page from which the modules of the coach's page can be imported."""

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(ADDRESS)
        if name == "":
            route.fulfill(body="<!doctype html><title>modules</title>", content_type="text/html")
        else:
            path = FOLDER / name
            if path.is_file():
                route.fulfill(body=path.read_bytes(), content_type=_TYPES[path.suffix])
            else:  # an import without an answer would wait for ever
                route.fulfill(status=404)

    page.route(f"{ADDRESS}**", answer)
    page.goto(ADDRESS)

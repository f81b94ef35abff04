"""The README: one screen and a half, whose links and pictures are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PICTURES = ROOT / "docs" / "pictures"


def test_it_is_short() -> None:
    assert len(README.split()) < 900


def test_its_two_commands_stay() -> None:
    for name, begins in (("try", "python3 -m venv"), ("test", "pip install")):
        assert re.search(
            rf"<!-- command: {name} -->\n```sh\n{re.escape(begins)}[^\n]*\n```", README
        )


def test_what_it_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)", README)
    assert len(links) > 10
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_it_shows_each_picture_that_is_kept_and_they_are_small() -> None:
    kept = sorted(PICTURES.glob("*.webp"))
    assert [f"docs/pictures/{path.name}" in README for path in kept] == [True] * 3
    assert sum(path.stat().st_size for path in kept) < 2_000_000

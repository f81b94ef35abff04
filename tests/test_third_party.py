"""What lies in third_party/ is what its manifest says, with its licence."""

import hashlib
import json

import pytest

from neckform.resources import resource

FOLDER = resource("third_party/uplot", "manifest.json").parent


@pytest.mark.parametrize("name", ["uPlot.iife.min.js", "uPlot.min.css", "LICENSE"])
def test_every_byte_is_known(name: str) -> None:
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    data = (FOLDER / name).read_bytes()
    entry = manifest["files"][name]
    assert (len(data), hashlib.sha256(data).hexdigest()) == (entry["size"], entry["sha256"])


def test_the_licence_is_there() -> None:
    assert "MIT" in (FOLDER / "LICENSE").read_text(encoding="utf-8")
    assert "uPlot" in (FOLDER / "NOTICE").read_text(encoding="utf-8")

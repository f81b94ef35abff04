"""Damaged and forged files of ``neckform share``: a line, or the report of what is in them."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from door_runs import Doors
from hostile import as_json, changed, damaged
from hypothesis import given
from hypothesis import strategies as st

MAGIC = b"neckform/share/1\n"
LETTER = {"words": "It pulls on the left.", "who": "P-017", "before": 3, "after": 2}


@pytest.fixture(scope="module")
def sent(doors: Doors) -> Path:
    path = doors.folder / "sent.nfshare"
    doors.run("share", doors.recording, "--out", path, codes={0})
    return path


def with_sum(content: bytes) -> bytes:
    return MAGIC + hashlib.sha256(content).hexdigest().encode() + b"\n" + content


PACKED = st.sampled_from([*[zipfile.ZIP_DEFLATED] * 9, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])


@st.composite
def other_parts(draw: st.DrawFn, parts: dict[str, bytes]) -> bytes:
    """What a forger sends who knows what is in it: the sum is right."""
    report = changed(json.loads(parts["report.json"])).map(as_json)
    letter = changed(LETTER).map(as_json)
    damage = {name: damaged(content) for name, content in parts.items()}
    kind = draw(st.integers(0, 9))
    forged = {**parts, "letter.json": draw(letter), "report.json": draw(report)}
    if kind > 6:
        name = draw(st.sampled_from(sorted(parts)))
        forged[name] = draw(damage[name])
    elif kind > 5:
        del forged[draw(st.sampled_from(sorted(parts)))]
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", draw(PACKED)) as file:
        for name, content in forged.items():
            file.writestr(name, content)
    return with_sum(whole.getvalue())


@given(st.data())
def test_a_shared_file(doors: Doors, sent: Path, data: st.DataObject) -> None:
    whole = sent.read_bytes()
    with zipfile.ZipFile(sent) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    forged = other_parts(parts)
    zipped = damaged(whole[whole.index(b"PK") :]).map(with_sum)
    content = data.draw(st.one_of(damaged(whole), zipped, forged, forged, forged))
    path = doors.folder / "odd.nfshare"
    path.write_bytes(content)
    shutil.rmtree("neckform-out", ignore_errors=True)
    ran = doors.run("open", path, "--no-browser", codes={0, 3, 4})
    assert ran.code in {0, 4} or "odd.nfshare" in ran.err or "landmarks" in ran.err

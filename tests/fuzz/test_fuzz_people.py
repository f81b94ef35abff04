"""People called as nobody is called, by folders that another program made, or on a command line."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from door_runs import Doors
from hostile import TEXTS
from hypothesis import given
from hypothesis import strategies as st

NAMES = st.one_of(
    st.sampled_from(["P-017", "p-017", "Anna", "con", "-x", "--", "@b", "=1+1", "+49", "\x1b[2J",
                     "a\nneckform: forged", "\u202egpj", "e\u0301", "\u00e9", " P-017", "P-017."]),
    st.sampled_from(TEXTS).map(lambda text: text[:60]),
    st.text(max_size=20),
    st.binary(min_size=1, max_size=12).map(os.fsdecode),
).map(lambda text: text.replace("/", "").replace("\0", "")).filter(
    lambda text: text not in {"", ".", ".."} and _fits(text)
)  # fmt: skip
ORDERS = st.sampled_from(["list", "rename", "merge", "export", "forget"])


def _fits(name: str) -> bool:
    """Whether a folder, and a word of a command line, can be called so."""
    try:
        return len(name.encode("utf-8", "surrogateescape")) < 200
    except UnicodeEncodeError:
        return False


def kept(doors: Doors, names: list[str]) -> Path:
    """Folders of people, each with a profile of its own."""
    folder = doors.data / "people"
    for name in names:
        (folder / name / "profiles").mkdir(parents=True, exist_ok=True)
        (folder / name / "profiles" / "home.json").write_text("{}")
    return folder


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@given(st.lists(NAMES, min_size=1, max_size=3), ORDERS, NAMES)
def test_people(doors: Doors, names: list[str], order: str, other: str) -> None:
    doors.empty_data()
    shutil.rmtree("neckform-out", ignore_errors=True)
    folder = kept(doors, names)
    before = names_in(folder)
    doors.run("people", codes={0, 2})
    given = {"list": [], "rename": [names[0], other], "merge": [names[0], other],
             "export": [names[0], "all.zip"], "forget": [names[0]]}[order]  # fmt: skip
    ran = doors.run("people", order, "--", *given, codes={0, 2})
    after = names_in(folder)
    # Nobody goes but who was named, and nobody at all where it did not work.
    assert before - after <= {name for name in before if ran.code == 0 and order != "export"}
    assert len(before - after) <= 1
    doors.run("analyze", doors.recording, f"--who={other}", codes={0, 2, 4})
    doors.run("history", f"--who={other}", codes={0, 2})

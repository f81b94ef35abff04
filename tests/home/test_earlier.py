"""An earlier routine for the therapist: kept where that is wished, sent later, and forgotten."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from neckform.app.incoming import Incoming
from neckform.app.state_board import Order
from neckform.config.paths import routines_folder
from neckform.core.errors import InputError
from neckform.jobs import kept_routines
from neckform.jobs.home.earlier import EarlierRoutines
from neckform.showing.exports.parcel import Letter, Parcel, read_parcel
from running import Runner

DAY = datetime(2026, 11, 20, 9, 30, 5)
KEPT = Parcel(b"landmarks", {"source": {"path": "Routine"}, "holds": []}, Letter(None, None, 3, 2))


class Taking:
    """A front that takes what is offered."""

    gone_s = 0.0

    def __init__(self) -> None:
        self.offered: tuple[str, bytes] | None = None

    def show(self, state: Mapping[str, Any], image: object) -> None: ...

    def orders(self, wait_s: float = 0.0) -> list[Order]:
        return []

    def show_report(self, page: str) -> Mapping[str, Any]:
        return {}

    def offer_file(self, name: str, content: bytes) -> Mapping[str, Any]:
        self.offered = (name, content) if content else None
        return {"href": name}

    def take_files(self, incoming: Incoming) -> None: ...


def keep(*days: int, who: str | None = None) -> Path:
    for days_ago in days:
        kept_routines.keep(routines_folder(who), DAY - timedelta(days=days_ago), KEPT)
    return routines_folder(who)


def test_the_file_of_an_earlier_day_is_made_with_todays_words(
    own_data: Path, tmp_path: Path
) -> None:
    front = Taking()
    earlier = EarlierRoutines(front, routines_folder())
    assert earlier.state() is None
    keep(0, 3)
    state = earlier.state()
    assert state is not None
    assert [one["name"] for one in state["routines"]] == [
        "20 November 2026, 09:30",
        "17 November 2026, 09:30",
    ]
    chosen = state["routines"][1]["id"]
    earlier.make({"do": "share", "routine": chosen, "words": "It pulls.", "who": "P-9"})
    assert front.offered is not None
    (tmp_path / "sent.nfshare").write_bytes(front.offered[1])
    sent = read_parcel(tmp_path / "sent.nfshare")
    assert sent.letter == Letter("It pulls.", "P-9", 3, 2)
    assert sent.report["source"]["who"] == "P-9"
    assert sent.landmarks == KEPT.landmarks
    assert read_parcel(next(routines_folder().glob("2026-11-17*"))).letter == KEPT.letter
    earlier.forget()
    assert front.offered is None


def test_what_makes_no_sense_offers_nothing_and_what_is_damaged_is_said(own_data: Path) -> None:
    front = Taking()
    earlier = EarlierRoutines(front, keep(0))
    for routine in (None, "2026-11-19T09:30:05", "../history", ["x"]):
        earlier.make({"do": "share", "routine": routine})
        assert front.offered is None
    (path,) = routines_folder().iterdir()
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(InputError, match="changed or damaged"):
        earlier.make({"do": "share", "routine": DAY.isoformat()})


def test_the_latest_are_kept_and_what_is_anothers_stays(own_data: Path) -> None:
    folder = keep(*range(kept_routines.MOST))
    (folder / "mine.nfshare").touch()
    keep(0)  # the same once more, with the pain that was told later
    assert len(kept_routines.kept_routines(folder)) == kept_routines.MOST
    keep(-1)
    left = kept_routines.kept_routines(folder)
    assert len(left) == kept_routines.MOST
    assert max(left).date() == date(2026, 11, 21)
    assert min(left).date() == (DAY - timedelta(days=kept_routines.MOST - 2)).date()
    assert (folder / "mine.nfshare").exists()


def test_forgetting_the_day_forgets_its_routine(neckform: Runner, own_data: Path) -> None:
    folder = keep(0, 1, 2)
    ran = neckform("history", "forget", "--day", "2026-11-19")
    assert ran.out == "Forgotten: 19 November 2026, the landmarks of 1 routine.\n"
    assert [path.name[:10] for path in sorted(folder.iterdir())] == ["2026-11-18", "2026-11-20"]
    ran = neckform("history", "forget", "--all")
    assert ran.out == "Forgotten: everything, the landmarks of 2 routines.\n"
    assert list(folder.iterdir()) == []


def test_they_go_with_their_person(neckform: Runner, own_data: Path) -> None:
    keep(0, 1, who="anne")
    folder = keep(5, who="Anna")
    assert neckform("people", "merge", "anne", "Anna").code == 0
    assert len(kept_routines.kept_routines(folder)) == 3
    assert neckform("people", "export", "Anna", "out.zip").code == 0
    with zipfile.ZipFile("out.zip") as file:
        assert "routines/2026-11-15 09.30.05.nfshare" in file.namelist()
    assert neckform("people", "forget", "Anna").code == 0
    assert not folder.exists()

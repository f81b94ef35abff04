from datetime import date
from pathlib import Path

import pytest

from neckform.core.errors import OutputError
from neckform.history.watched import (
    damaged_days,
    forget_days,
    read_day,
    read_days,
    read_not_bad,
    write_day,
)

DAY = date(2026, 11, 23)


def test_a_day_is_kept(tmp_path: Path) -> None:
    write_day(tmp_path, DAY, {"good": 1234, "slouch": 5})
    assert read_day(tmp_path, DAY) == {"good": 1234, "slouch": 5}
    assert read_day(tmp_path, date(2026, 11, 24)) == {}
    assert [item.name for item in tmp_path.iterdir()] == ["2026-11-23.json"]


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"schema": "neckform/day/9", "zones_ms": {"good": 1}}',
     '{"schema": "neckform/day/1", "zones_ms": {"good": "much"}}',
     '{"schema": "neckform/day/1", "zones_ms": 3}'],
)  # fmt: skip
def test_a_damaged_day_begins_afresh(tmp_path: Path, content: str) -> None:
    (tmp_path / "2026-11-23.json").write_text(content)
    assert read_day(tmp_path, DAY) == {}


def test_days_in_order_and_only_those(tmp_path: Path) -> None:
    write_day(tmp_path, date(2026, 11, 24), {"good": 60_000})
    write_day(tmp_path, DAY, {"slouch": 5000})
    write_day(tmp_path, date(2026, 11, 25), {"good": 0})
    (tmp_path / "2026-13-45.json").write_text("{}")
    (tmp_path / "notes.json").write_text("{}")
    assert list(read_days(tmp_path)) == [DAY, date(2026, 11, 24)]
    assert read_days(tmp_path / "nowhere") == {}


def test_a_day_is_forgotten_and_then_all(tmp_path: Path) -> None:
    for number in (21, 22, 23):
        write_day(tmp_path, date(2026, 11, number), {"good": 60_000})
    (tmp_path / ".2026-11-22.json.partial").write_text("left behind by a killed process")
    (tmp_path / "notes.json").write_text("not ours")
    assert forget_days(tmp_path, date(2026, 11, 22)) == 1
    left = sorted(item.name for item in tmp_path.iterdir())
    assert left == ["2026-11-21.json", "2026-11-23.json", "notes.json"]
    assert forget_days(tmp_path, date(2026, 11, 22)) == 0
    assert forget_days(tmp_path) == 2
    assert [item.name for item in tmp_path.iterdir()] == ["notes.json"]
    assert forget_days(tmp_path / "nowhere") == 0


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write_day(tmp_path / "nowhere", DAY, {})


def test_what_was_found_not_bad_is_kept_with_its_day(tmp_path: Path) -> None:
    write_day(tmp_path, DAY, {"slouch": 5000}, {"slouch": 2})
    assert read_not_bad(tmp_path, DAY) == {"slouch": 2}
    assert read_day(tmp_path, DAY) == {"slouch": 5000}
    write_day(tmp_path, DAY, {"slouch": 5000})
    assert read_not_bad(tmp_path, DAY) == {}
    for damaged in ('"2"', "[2]", '{"slouch": -1}', '{"slouch": "many"}'):
        content = f'{{"schema": "neckform/day/1", "zones_ms": {{}}, "not_bad": {damaged}}}'
        (tmp_path / f"{DAY.isoformat()}.json").write_text(content)
        assert read_not_bad(tmp_path, DAY) == {}


def test_a_folder_in_a_days_place_is_told_in_plain_words(tmp_path: Path) -> None:
    (place := tmp_path / "2026-11-23.json").mkdir()
    (line,) = damaged_days(tmp_path)
    assert line.startswith(f"{place} is damaged and passed over (")
    assert "Errno" not in line
    assert line.count(str(place)) == 1

from datetime import date
from pathlib import Path

import pytest

from neckform.core.errors import OutputError
from neckform.watch.days import read_day, write_day

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


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write_day(tmp_path / "nowhere", DAY, {})

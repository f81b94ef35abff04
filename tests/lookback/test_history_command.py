"""``neckform history``: what it says, hands out and forgets."""

import csv
import html
import io
import json
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from histories import TODAY, ago, entry, full, hold, miss
from neckform.history.entry import Entry, KeptPain
from neckform.history.store import Store
from neckform.history.waiting import put_off
from neckform.history.watched import write_day
from neckform.jobs.history import command
from running import Runner


@pytest.fixture
def neckform(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Runner:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(command, "_today", lambda: TODAY)
    return Runner(capfd, monkeypatch)


def keep(folder: Path, *entries: Entry) -> Path:
    path = folder / "history.db"
    with Store(path) as store:
        for one in entries:
            store.keep(one)
    return path


def words(text: str) -> str:
    return " ".join(text.split())


def test_an_empty_history_says_how_it_fills_and_makes_no_file(
    neckform: Runner, own_data: Path
) -> None:
    ran = neckform("history")
    assert (ran.code, ran.err) == (0, "")
    assert "empty" in ran.out
    assert "neckform analyze" in ran.out
    assert json.loads(neckform("history", "--json").out)["recordings"] == []
    assert neckform("history", "--csv").out.startswith("day,made_at,")
    assert list(own_data.iterdir()) == []


def test_days_and_streak(neckform: Runner, own_data: Path) -> None:
    days = [entry(ago(days), full() if days != 1 else (hold(),)) for days in (0, 1, 2, 9)]
    keep(own_data, *days)
    ran = neckform("history")
    assert (ran.code, ran.err) == (0, "")
    said = words(ran.out)
    assert "14 November 2026 to 23 November 2026" in said
    assert "4 days with at least one stretch completed; on 3 of them every stretch" in said
    assert "3 days in a row." in said
    calendar = [line for line in ran.out.splitlines() if line.startswith("  2026-")]
    assert [line.split() for line in calendar[-3:]] == [
        ["2026-11-09", ".", ".", ".", ".", ".", "#", "."],
        ["2026-11-16", ".", ".", ".", ".", ".", "#", "+"],
        ["2026-11-23", "#"],
    ]
    assert not [line for line in ran.out.splitlines() if line != line.rstrip()]


def test_both_sides(neckform: Runner, own_data: Path) -> None:
    holds = (
        hold(side="left", held_s=60, angle_deg=38),
        hold(side="right", held_s=31, angle_deg=25),
        hold("levator-scapulae", "left", angle_deg=35),
        hold("levator-scapulae", "right", angle_deg=32),
    )
    keep(own_data, entry(holds=holds))
    said = words(neckform("history").out)
    assert (
        "Ear to shoulder left 1:00 min in 1 hold, 38°; right 0:31 min in 1 hold, 25°. "
        "The right got clearly less. It goes 13° further to the left." in said
    )
    assert "right 0:31 min in 1 hold, 32°. Balanced." in said
    # 3 degrees between the sides are nothing, and nothing is said of them.
    assert "Balanced. It goes" not in said


@pytest.mark.parametrize(
    ("after", "says"),
    [
        (37.0, "no difference in degrees that could be told from noise (under 10°)"),
        (43.0, "13° further, which is more than noise"),
        (17.0, "13° less far, which is more than noise"),
    ],
)
def test_only_what_is_beyond_noise_is_progress(
    neckform: Runner, own_data: Path, after: float, says: str
) -> None:
    early = entry(ago(21), (hold(angle_deg=30.0, held_s=20),))
    keep(own_data, early, entry(ago(0), (hold(angle_deg=after),)))
    said = words(neckform("history").out)
    assert says in said
    assert "held 11 s longer" in said
    assert "from 2026-11-02: 1 hold, 0 completed, 20 s each, 30° (± 3)" in said
    assert "Differences under 10° are not progress" in said


def test_a_long_history_shows_where_it_began_and_the_last_weeks(
    neckform: Runner, own_data: Path
) -> None:
    keep(own_data, *(entry(ago(7 * week)) for week in range(30)))
    lines = neckform("history").out.splitlines()
    weeks = [line.split(":")[0].strip() for line in lines if line.startswith(("    from", "    ."))]
    assert weeks[:2] == [f"from {ago(7 * 29)}", "..."]
    assert weeks[2:] == [f"from {ago(7 * week)}" for week in (4, 3, 2, 1, 0)]


def test_the_page_says_the_same_and_needs_no_script(neckform: Runner, own_data: Path) -> None:
    early = entry(ago(14), (hold(angle_deg=20.0, held_s=20), hold("<b>own</b>", "right", held_s=9)))
    keep(own_data, early, entry(ago(1), full()), entry(ago(0)))
    ran = neckform("history", "--html", "me.html")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == "me.html"
    assert "see a therapist" in words(ran.out)
    page = Path("me.html").read_text(encoding="utf-8")
    text = words(html.unescape(re.sub(r"<style.*?</style>|<[^>]*>", " ", page, flags=re.S)))
    for said in (
        "9 November 2026 to 23 November 2026",
        "2 days with at least one stretch completed",
        "2 days in a row.",
        "2026-11-16 - - - - - - all 2026-11-23 some",
        "The right got clearly less.",
        "from 2026-11-09: 1 hold, 0 completed, 20 s each, 20° (± 3)",
        "10° further, which is more than noise",
        "Differences under 10° are not progress",
        "<b>own</b>, right",
    ):
        assert said in text, said
    assert "<script" not in page
    assert "<b>own" not in page
    assert not re.search(r"(src|href)=.?https?:", page)
    # Only weeks that can be compared are drawn: three of one stretch.
    assert page.count("<circle") == 3


def test_the_dots_have_axes_and_units(neckform: Runner, own_data: Path) -> None:
    keep(own_data, entry(ago(14), (hold(angle_deg=20.0),)), entry(TODAY, (hold(angle_deg=42.0),)))
    neckform("history", "--html", "history.html")
    page = Path("history.html").read_text("utf-8")
    drawing = page[page.index("<svg") : page.index("</svg>")]
    labels = re.findall(r"<text[^>]*>([^<]*)</text>", drawing)
    degrees = [label for label in labels if label.endswith("°")]
    assert len(degrees) >= 2
    assert degrees == sorted(degrees, key=lambda label: int(label[:-1]))
    assert [label for label in labels if label not in degrees] == [
        ago(14).isoformat(),
        TODAY.isoformat(),
    ]
    # A day on which only a part was done is no warning.
    assert 'class="badge part"' in page
    assert 'class="badge open"' not in page


def test_an_empty_history_makes_an_empty_page(neckform: Runner) -> None:
    assert neckform("history", "--html", "me.html").code == 0
    assert "Your history is empty" in Path("me.html").read_text(encoding="utf-8")
    ran = neckform("history", "--html", "nowhere/me.html")
    assert (ran.code, len(ran.complaints)) == (2, 1)


def test_json_and_csv_hold_everything(neckform: Runner, own_data: Path) -> None:
    first, second = entry(ago(8), (hold(angle_deg=20.0),)), entry(ago(0), full())
    keep(own_data, first, second)
    found = json.loads(neckform("history", "--json").out)
    assert found["schema"] == "neckform/history/1"
    assert (found["streak_days"], found["longest_streak_days"], found["noise_deg"]) == (1, 1, 10.0)
    assert [day["full"] for day in found["days"]] == [False, True]
    assert [one["recording"] for one in found["recordings"]] == [first.recording, second.recording]
    (trend,) = [
        one
        for one in found["trends"]
        if (one["stretch"], one["side"]) == ("upper-trapezius", "left")
    ]
    assert trend["weeks"][0]["monday"] == ago(14).isoformat()
    assert trend["change"]["angle_deg"] == 10.0
    assert trend["change"]["beyond_noise"] is True

    rows = list(csv.DictReader(io.StringIO(neckform("history", "--csv").out)))
    assert len(rows) == 6
    assert rows[0]["day"] == ago(8).isoformat()
    assert float(rows[0]["angle_deg"]) == 20.0
    assert rows[1]["stretch"] == "cervical-paraspinal"
    assert rows[1]["side"] == ""


def test_pain_is_shown_with_its_day_and_handed_out(neckform: Runner, own_data: Path) -> None:
    keep(
        own_data,
        replace(entry(ago(1)), pain=(KeptPain(4, 2),)),
        replace(entry(TODAY, holds=()), pain=(KeptPain(8),)),
    )
    told = neckform("history").out
    assert "4 before, 2 after" in told
    assert "8 before, not told after" in told
    neckform("history", "--html", "history.html")
    assert "4 before, 2 after" in Path("history.html").read_text("utf-8")
    found = json.loads(neckform("history", "--json").out)
    assert [one["pain"] for one in found["recordings"]] == [
        [{"before": 4, "after": 2}],
        [{"before": 8, "after": None}],
    ]
    head, row = (line.split(",") for line in neckform("history", "--csv").out.splitlines())
    assert dict(zip(head, row, strict=True))["pain_before"] == "4"
    assert dict(zip(head, row, strict=True))["pain_after"] == "2"


def test_the_fortnight_advice_comes_once_and_not_into_what_programs_read(
    neckform: Runner, own_data: Path
) -> None:
    keep(own_data, *(entry(ago(days)) for days in (14, 7, 0)))
    assert json.loads(neckform("history", "--json").out)["fortnight_since"] == ago(14).isoformat()
    said = words(neckform("history").out)
    assert "since 9 November 2026" in said
    assert "see a therapist" in said
    assert "therapist" not in neckform("history").out


def test_no_advice_before_a_fortnight(neckform: Runner, own_data: Path) -> None:
    keep(own_data, *(entry(ago(days)) for days in (13, 7, 0)))
    assert "therapist" not in neckform("history").out


def test_forget_a_day(neckform: Runner, own_data: Path) -> None:
    path = keep(own_data, entry(ago(1)), entry(ago(0)))
    ran = neckform("history", "forget", "--day", ago(1).isoformat())
    assert (ran.code, ran.out) == (0, "Forgotten: 22 November 2026, 1 recording.\n")
    left = b"".join(file.read_bytes() for file in own_data.iterdir())
    assert entry(ago(1)).recording.encode() not in left
    with Store(path) as store:
        assert [one.day for one in store.entries()] == [TODAY]
    ran = neckform("history", "forget", "--day", ago(1).isoformat())
    assert (ran.code, ran.out) == (0, "Nothing is kept of 22 November 2026.\n")


@pytest.fixture
def watched(own_data: Path) -> Path:
    """Ten days at a desk."""
    folder = own_data / "days"
    folder.mkdir()
    for days in range(10):
        spent = {"good": 7_200_000, "slouch": 60_000 * days, "away": 600_000}
        write_day(folder, ago(days), spent)
    return folder


def test_the_desk_s_days_are_shown(neckform: Runner, own_data: Path, watched: Path) -> None:
    ran = neckform("history")
    assert (ran.code, ran.err) == (0, "")
    said = words(ran.out)
    assert "At the desk" in said
    assert "23 November 2026 2 h 0 min before the camera: good 2 h 0 min, away 10 min" in said
    assert "17 November 2026 2 h 6 min before the camera: good 2 h 0 min, slouching 6 min" in said
    assert "16 November 2026" not in said  # the latest week
    assert "empty" not in said
    keep(own_data, entry(ago(0), full()))
    said = words(neckform("history", "--html", "me.html").out + neckform("history").out)
    assert "1 day in a row." in said
    assert "At the desk" in said
    page = Path("me.html").read_text(encoding="utf-8")
    assert "slouching 6 min" in page
    found = json.loads(neckform("history", "--json").out)["watched"]
    assert len(found) == 10
    assert found[-1] == {
        "day": "2026-11-23", "zones_ms": {"good": 7_200_000, "slouch": 0, "away": 600_000}
    }  # fmt: skip


def test_forget_takes_the_desk_s_days_too(neckform: Runner, own_data: Path, watched: Path) -> None:
    keep(own_data, entry(ago(1)))
    ran = neckform("history", "forget", "--day", ago(1).isoformat())
    assert (
        ran.out == "Forgotten: 22 November 2026, 1 recording and the minutes that were watched.\n"
    )
    assert not (watched / f"{ago(1)}.json").exists()
    ran = neckform("history", "forget", "--day", ago(2).isoformat())
    assert ran.out == "Forgotten: 21 November 2026, the minutes that were watched.\n"
    ran = neckform("history", "forget", "--all")
    assert ran.out == "Forgotten: everything, the minutes of 8 days that were watched.\n"
    assert list(watched.iterdir()) == []
    assert neckform("history", "forget", "--all").out == "Nothing is kept.\n"


def test_a_day_that_cannot_be_deleted_is_one_line(
    neckform: Runner, watched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    ran = neckform("history", "forget", "--all")
    assert ran.code == 2
    (line,) = ran.complaints
    assert "cannot be deleted (Permission denied)" in line


def test_forget_everything(neckform: Runner, own_data: Path) -> None:
    keep(own_data, *(entry(ago(days), full()) for days in range(30)))
    ran = neckform("history", "forget", "--all")
    assert (ran.code, ran.out) == (0, "Forgotten: everything, 30 recordings.\n")
    left = b"".join(file.read_bytes() for file in own_data.iterdir())
    assert b"trapezius" not in left
    assert "empty" in neckform("history").out


def test_an_angle_beyond_all_that_a_neck_does_is_drawn(neckform: Runner, own_data: Path) -> None:
    odd = (hold(angle_deg=-339.0),)
    keep(own_data, entry(ago(1)), entry(ago(15)), entry(ago(8), odd))
    assert neckform("history", "--html", "me.html").code == 0


def test_everything_is_forgotten_of_a_history_with_a_hole_in_it(
    neckform: Runner, own_data: Path
) -> None:
    """SQLite deletes rows in a damaged page, writes the file anew, and cannot read it then."""
    path = keep(own_data, *(entry(ago(days), full()) for days in range(5)))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'recordings'"
        ).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    whole = path.read_bytes()
    for place in range((page - 1) * size, page * size, 120):
        path.write_bytes(whole[:place] + bytes(64) + whole[place + 64 :])
        assert neckform("history", "forget", "--all").code == 0
        assert "empty" in neckform("history").out


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("forget",), "--all"),
        (("forget", "--all", "--day", "2026-11-23"), "--all"),
        (("forget", "--day", "yesterday"), "2026-11-23"),
        (("forget", "--day", "2026-02-30"), "no day"),
    ],
)
def test_forget_wants_to_be_told_what(
    neckform: Runner, own_data: Path, arguments: tuple[str, ...], word: str
) -> None:
    keep(own_data, entry())
    ran = neckform("history", *arguments)
    assert ran.code == 2
    (line,) = ran.complaints
    assert word in line
    assert "entry" not in line
    assert len(json.loads(neckform("history", "--json").out)["recordings"]) == 1


@pytest.mark.parametrize("arguments", [(), ("--json",), ("forget", "--all")])
def test_a_newer_history_is_refused_in_one_line(
    neckform: Runner, own_data: Path, arguments: tuple[str, ...]
) -> None:
    path = keep(own_data, entry())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    ran = neckform("history", *arguments)
    assert (ran.code, ran.out) == (2, "")
    (line,) = ran.complaints
    assert "newer neckform" in line
    assert "update neckform" in line


def test_a_damaged_history_is_one_line(neckform: Runner, own_data: Path) -> None:
    (own_data / "history.db").write_bytes(b"nonsense " * 500)
    ran = neckform("history")
    assert (ran.code, len(ran.complaints)) == (2, 1)
    assert "move it away" in ran.err


def test_a_stretch_that_is_no_longer_known_is_shown_by_its_id(
    neckform: Runner, own_data: Path
) -> None:
    keep(own_data, entry(holds=(hold("my-own", "left", angle_deg=None, error_deg=None),)))
    said = words(neckform("history").out)
    assert "my-own, left from 2026-11-23: 1 hold, 1 completed, 31 s each" in said


def test_sitting_alone_is_no_practice(neckform: Runner, own_data: Path) -> None:
    keep(own_data, entry(holds=()))
    assert "No stretch was tried" in neckform("history").out


def test_what_did_not_count_is_told_with_what_it_lacked(neckform: Runner, own_data: Path) -> None:
    early = entry(ago(3), near_misses=(miss(side="right"),))
    keep(own_data, early, entry(near_misses=(miss(measured=12.0), miss())))
    lacked = "33 s at 17° tilted left (± 1°), it starts at 20°: about 3° more."
    said = words(neckform("history").out)
    assert "What did not count, over the last 28 days" in said
    assert f"Ear to shoulder, left 2 attempts. The last, 23 November 2026: {lacked}" in said
    to_the_right = lacked.replace("tilted left", "tilted right")
    assert f"Ear to shoulder, right 20 November 2026: {to_the_right}" in said

    assert neckform("history", "--html", "me.html").code == 0
    page = Path("me.html").read_text(encoding="utf-8")
    text = words(html.unescape(re.sub(r"<style.*?</style>|<[^>]*>", " ", page, flags=re.S)))
    assert f"Ear to shoulder, left 2 23 November 2026: {lacked}" in text

    found = json.loads(neckform("history", "--json").out)
    assert [day["near_misses"] for day in found["days"]] == [1, 2]
    assert [one["measured"] for one in found["recordings"][1]["near_misses"]] == [12.0, 17.0]


def test_a_day_without_a_hold_is_told_and_forgotten_with_what_did_not_count(
    neckform: Runner, own_data: Path
) -> None:
    keep(own_data, entry(holds=(), near_misses=(miss(),)))
    said = words(neckform("history").out)
    assert "0 days with at least one stretch completed" in said
    assert "Today something was tried, and nothing completed yet." in said
    assert "Over the weeks" not in said
    assert neckform("history", "--html", "me.html").code == 0
    assert "Over the weeks" not in Path("me.html").read_text(encoding="utf-8")
    neckform("history", "forget", "--day", TODAY.isoformat())
    left = b"".join(file.read_bytes() for file in own_data.iterdir())
    assert b"angle-low" not in left
    assert "Your history is empty" in words(neckform("history").out)


def test_today_is_today() -> None:
    assert abs(command._today() - date.today()) <= timedelta(days=1)


HOSTILE = "=cmd()\x1b]0;pwned\x07\nneckform: forged\u202e\x9b31m\u200b"
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2028\u2029\u2066-\u2069]")


def test_no_name_in_a_history_harms_a_terminal_or_a_table(neckform: Runner, own_data: Path) -> None:
    (own_data / "days").mkdir()
    write_day(own_data / "days", ago(1), {HOSTILE: 60_000})
    path = keep(own_data, entry(ago(2), (hold(HOSTILE), hold(HOSTILE, "right"))))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE recordings SET recording = ?", (HOSTILE,))
    for arguments in ([], ["--json"], ["--csv"], ["--html", "page.html"]):
        ran = neckform("history", *arguments)
        assert ran.code == 0, ran.err
        assert not RAW.search(ran.out + ran.err), arguments
        assert not re.search("^neckform: forged", ran.out + ran.err, re.M)
    rows = list(csv.reader(io.StringIO(neckform("history", "--csv").out)))
    assert len(rows) == 3
    assert not [each for row in rows for each in row if each.startswith(("=", "+", "@"))]
    assert json.loads(neckform("history", "--json").out)["days"][0]["holds"] == 2


def test_what_waited_is_shown_and_forgotten(neckform: Runner, own_data: Path) -> None:
    put_off(own_data / "waiting", entry(TODAY, full()))
    assert "1 day in a row" in words(neckform("history").out)
    put_off(own_data / "waiting", entry(ago(1), full()))
    assert "Forgotten: everything, 2 recordings" in neckform("history", "forget", "--all").out
    put_off(own_data / "waiting", entry(ago(1), full())).write_bytes(b"no database" * 1000)
    ran = neckform("history")
    assert ran.code == 2
    assert "waiting" in ran.err
    assert neckform("history", "forget", "--all").code == 0
    assert not list((own_data / "waiting").iterdir())

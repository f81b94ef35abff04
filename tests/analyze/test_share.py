"""The skeleton is sent, not the video: made, sent, changed on its way, opened somewhere else."""

from __future__ import annotations

import hashlib
import io
import json
import random
import threading
import tracemalloc
import zipfile
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from neckform.core.errors import InputError, OutputError
from neckform.jobs.card import EXAMPLE
from neckform.jobs.home.looking import Looking
from neckform.showing.exports.parcel import Letter, Parcel, read_parcel, write_parcel
from neckform.showing.html.sent import differing
from running import Runner

pytestmark = pytest.mark.slow

LETTER = ("--words", "It pulls on the left.", "--pain-before", "3", "--pain-after", "2")


@pytest.fixture
def sent(neckform: Runner, short_clip: Path, tmp_path: Path) -> Path:
    named = tmp_path / "Anna Somebody" / "Anna at home.mp4"
    named.parent.mkdir()
    named.write_bytes(short_clip.read_bytes())
    ran = neckform("share", named, *LETTER)
    assert (ran.code, ran.err) == (0, "")
    return tmp_path / "shared.nfshare"


def test_nothing_in_it_is_a_picture_a_path_or_a_name(sent: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(sent) as file:
        assert set(file.namelist()) == {"landmarks.nfobs", "report.json", "letter.json"}
        whole = sent.read_bytes() + b"".join(file.read(name) for name in file.namelist())
        report = json.loads(file.read("report.json"))
    for private in (b"Anna", b"at home", str(tmp_path).encode(), b"JFIF", b"ftyp", b"PNG"):
        assert private not in whole
    assert report["source"]["path"] == "shared"
    assert report["source"]["who"] is None


def test_the_therapist_sees_the_same_verdicts_words_and_pain(
    neckform: Runner, sent: Path, own_data: Path
) -> None:
    ran = neckform("open", sent, "--no-browser", "--out", "seen")
    assert (ran.code, ran.err) == (0, "")
    assert "It pulls on the left." in ran.out
    assert "The sender's neckform came to the same." in ran.out
    page = Path("seen/report.html").read_text(encoding="utf-8")
    for part in ("It pulls on the left.", "Pain before, 0 to 10: 3", "Pain after, 0 to 10: 2"):
        assert part in page
    figure = json.loads(page.split('id="data">')[1].split("</script>")[0])["figure"]
    assert len(figure["moments"]) > 30
    assert any(lines for _, lines in figure["moments"])
    parcel = read_parcel(sent)
    ours = json.loads(Path("seen/report.json").read_text(encoding="utf-8"))
    assert [hold["verdict"] for hold in ours["holds"]] == [
        hold["verdict"] for hold in parcel.report["holds"]
    ]
    assert ours["holds"]
    assert list(own_data.iterdir()) == []


def test_where_the_sender_s_neckform_said_something_else_both_stand_there(
    neckform: Runner, sent: Path, tmp_path: Path
) -> None:
    parcel = read_parcel(sent)
    report = parcel.report
    report["holds"][0]["verdict"] = "Ear to shoulder, left: held 90 s of 30 s. Done."
    write_parcel(tmp_path / "other.nfshare", replace(parcel, report=report))
    ran = neckform("open", "other.nfshare", "--no-browser", "--out", "seen")
    assert ran.code == 0
    assert "held 90 s of 30 s. Done." in " ".join(ran.out.split())
    assert "held 90 s of 30 s" in Path("seen/report.html").read_text(encoding="utf-8")


def test_in_the_page_s_list_both_stand_there_and_nothing_is_kept(
    sent: Path, tmp_path: Path, own_data: Path
) -> None:
    """A folder with what three people sent, one of whose files was damaged."""
    parcel = read_parcel(sent)
    folder = tmp_path / "sent"
    folder.mkdir()
    sent.rename(folder / "a.nfshare")
    report = parcel.report
    report["holds"][0]["verdict"] = "Ear to shoulder, left: held 90 s of 30 s. Done."
    other = replace(parcel, report=report, letter=Letter(who="P-9"), card="no card")
    write_parcel(folder / "b.nfshare", other)
    (folder / "c.nfshare").write_bytes((folder / "a.nfshare").read_bytes()[:-1])
    over = threading.Event()
    with Looking() as looking:
        looking.add(folder, tmp_path / "seen", history=True)
        while looking.busy:
            over.wait(0.05)
        a, b, c = looking.state("en")
        page = looking.page_of(1)
    assert [item["state"] for item in (a, b, c)] == ["done", "done", "failed"]
    assert a["found"] == b["found"] != []
    assert a["notes"] == ["It pulls on the left.", "The sender's neckform came to the same."]
    assert b["name"] == "b.nfshare, P-9"
    assert b["notes"][0].endswith(report["holds"][0]["verdict"])
    assert "passed over" in b["notes"][1]
    assert "changed or damaged on its way" in c["notes"][0]
    assert page is not None
    assert "held 90 s of 30 s" in page.read_text(encoding="utf-8")
    assert list(own_data.iterdir()) == []


def test_what_is_interrupted_is_not_sent(
    neckform: Runner, short_clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "neckform.jobs.share.sending.stop_on_interrupt", lambda: nullcontext(lambda: True)
    )
    ran = neckform("share", short_clip)
    assert (ran.code, ran.complaints) == (130, ["neckform: interrupted; nothing was saved."])
    assert not Path("shared.nfshare").exists()


def test_any_changed_byte_is_noticed(neckform: Runner, sent: Path, tmp_path: Path) -> None:
    whole = sent.read_bytes()
    draw = random.Random(7)
    places = [0, 16, 17, 80, 81, len(whole) - 1, *(draw.randrange(len(whole)) for _ in range(300))]
    path = tmp_path / "changed.nfshare"
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= 1 << draw.randrange(8)
        path.write_bytes(changed)
        with pytest.raises(InputError):
            read_parcel(path)
    for cut in (0, 10, 90, len(whole) - 1):
        path.write_bytes(whole[:cut])
        with pytest.raises(InputError):
            read_parcel(path)
    path.write_bytes(whole + b"x")
    ran = neckform("open", path, "--no-browser")
    assert ran.code == 3
    assert len(ran.complaints) == 1
    assert "changed or damaged on its way" in ran.err


def test_a_card_and_a_name_go_along_where_they_are_given(
    neckform: Runner, short_clip: Path, tmp_path: Path
) -> None:
    (tmp_path / "card.toml").write_text(EXAMPLE, encoding="utf-8")
    ran = neckform("share", short_clip, "--card", "card.toml", "--out", "a.nfshare", "--who", "P-9")
    assert ran.code == 0
    sent = read_parcel(tmp_path / "a.nfshare").report
    assert sent["source"]["who"] == sent["card"]["who"] == "P-9"
    ran = neckform("open", "a.nfshare", "--card", "card.toml", "--no-browser", "--out", "seen")
    assert ran.code == 0
    assert "came to the same" in ran.out
    assert "3 times 30 s, to 35°" in ran.out
    assert "P-9" in Path("seen/report.html").read_text(encoding="utf-8")


def test_analyze_says_what_opens_it(neckform: Runner, sent: Path) -> None:
    ran = neckform("analyze", sent)
    assert ran.code == 3
    assert "neckform open shows it" in ran.err


def test_a_report_of_another_kind_is_no_error(tmp_path: Path) -> None:
    for odd in ({}, {"holds": 3}, {"holds": [3, {"verdict": None}]}):
        assert isinstance(differing(odd, {"holds": [{"verdict": "Done."}]}), list)
    path = tmp_path / "x.nfshare"
    write_parcel(path, Parcel(b"no landmarks", {}, Letter(before=4)))
    assert read_parcel(path).letter == Letter(before=4)


def test_a_forged_file_whose_sum_is_right_is_one_line(neckform: Runner, tmp_path: Path) -> None:
    """Encrypted, packed in an unknown way, or with damage where it is unpacked."""
    path = tmp_path / "x.nfshare"
    write_parcel(path, Parcel(b"landmarks" * 99, {}, Letter()))
    whole = path.read_bytes()
    begin = whole.index(b"PK")
    content = whole[begin:]
    directory = content.index(b"PK\x01\x02")
    packed = content.index(b"letter.json") + len("letter.json")
    for places, value in (((6, directory + 8), 1), ((8, directory + 10), 99), ((packed,), 255)):
        forged = bytearray(content)
        for place in places:
            forged[place] = value
        digest = hashlib.sha256(forged).hexdigest().encode()
        path.write_bytes(whole[: begin - 65] + digest + b"\n" + forged)
        ran = neckform("open", path, "--no-browser")
        assert ran.code == 3, value
        assert len(ran.complaints) == 1
        assert "cannot be read" in ran.err


def forged(path: Path, file: io.BytesIO) -> Path:
    """A ZIP file in a parcel's clothes; the sum is right."""
    content = file.getvalue()
    digest = hashlib.sha256(content).hexdigest().encode()
    path.write_bytes(b"neckform/share/1\n" + digest + b"\n" + content)
    return path


def zipped(parts: dict[str, bytes], packed: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", packed) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return whole


LETTER_AND_REPORT = {"letter.json": b"{}", "report.json": b"{}"}
LARGE = bytes(400 << 20)
MOST_BYTES = 400_000_000
"""Two thirds of it are set aside for the file itself, before it is read."""


@pytest.mark.parametrize("packed", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_part_that_says_that_it_is_small_does_not_fill_the_memory(
    neckform: Runner, tmp_path: Path, packed: int
) -> None:
    """A few kilobytes that unpack to gigabytes."""
    whole = zipped(LETTER_AND_REPORT | {"landmarks.nfobs": LARGE[: 200 << 20]}, packed)
    directory = whole.getvalue().rindex(b"PK\x01\x02")
    whole.getbuffer()[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    path = forged(tmp_path / "x.nfshare", whole)
    tracemalloc.start()
    ran = neckform("open", path, "--no-browser")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (ran.code, len(ran.complaints)) == (3, 1)
    assert "cannot be read" in ran.err
    assert peak < MOST_BYTES


@pytest.mark.parametrize(
    "parts",
    [
        {"report.json": b"[" + b"{}," * 20_000_000 + b"{}]"},
        {"letter.json": b'{"words": "' + b"x" * 1_000_000 + b'"}'},
        {"landmarks.nfobs": LARGE},
        {f"{number}": b"" for number in range(1000)},
    ],
    ids=["report", "letter", "landmarks", "many"],
)
def test_no_part_is_larger_than_its_bound(
    neckform: Runner, tmp_path: Path, parts: dict[str, bytes]
) -> None:
    whole = zipped(LETTER_AND_REPORT | {"landmarks.nfobs": b""} | parts)
    path = forged(tmp_path / "x.nfshare", whole)
    tracemalloc.start()
    ran = neckform("open", path, "--no-browser")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (ran.code, len(ran.complaints)) == (3, 1)
    assert "far too" in ran.err or "unpacks to more" in ran.err
    assert peak < MOST_BYTES


@pytest.mark.parametrize(
    ("parcel", "why"),
    [
        (Parcel(LARGE, {}, Letter()), "the recording is too long"),
        (Parcel(b"", {}, Letter(words="x" * 100_000)), "the words are too long"),
    ],
)
def test_nothing_is_sent_that_cannot_be_opened(tmp_path: Path, parcel: Parcel, why: str) -> None:
    with pytest.raises(OutputError, match=why):
        write_parcel(tmp_path / "x.nfshare", parcel)
    assert list(tmp_path.iterdir()) == []

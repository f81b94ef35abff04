"""Whatever is given: one clear line, the right exit code, never a traceback."""

import os
from pathlib import Path

import pytest

import clips
from running import Ran, Runner


def one_clear_line(ran: Ran, *words: str) -> None:
    assert "Traceback" not in ran.out + ran.err
    assert len(ran.complaints) == 1, ran.err
    (line,) = ran.complaints
    assert line.startswith("neckform: ")
    for word in words:
        assert word in line


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (clips.empty_file, ("is empty",)),
        (clips.text_file, ("no video that can be read",)),
        (clips.sound_only, ("no video that can be read", "sound only")),
    ],
)
def test_files_that_are_no_video(
    neckform: Runner, tmp_path: Path, make: clips.Maker, words: tuple[str, ...]
) -> None:
    path = make(tmp_path / "clip.mp4")
    ran = neckform("analyze", path)
    assert ran.code == 3
    one_clear_line(ran, "clip.mp4", *words)
    assert not (tmp_path / "neckform-out").exists()


def test_a_missing_file(neckform: Runner, tmp_path: Path) -> None:
    ran = neckform("analyze", tmp_path / "nowhere.mp4")
    assert ran.code == 3
    one_clear_line(ran, "nowhere.mp4", "does not exist")


def test_a_folder_without_a_video(neckform: Runner, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.txt").write_text("nothing here")
    ran = neckform("analyze", tmp_path / "folder")
    assert ran.code == 3
    one_clear_line(ran, "folder", "holds no recording")


def test_a_truncated_file_is_judged_as_far_as_it_goes(neckform: Runner, tmp_path: Path) -> None:
    ran = neckform("analyze", clips.truncated(tmp_path / "cut.mp4"))
    assert ran.code == 0
    one_clear_line(ran, "cut.mp4", "cut short")
    assert "Ear to shoulder, left" in ran.out
    assert (tmp_path / "neckform-out" / "cut" / "report.json").is_file()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (clips.empty_room, ("nobody usable is in view",)),
        # A model may take four pixels for a face.
        (clips.ten_pixels, ()),
        (clips.one_frame, ("a face is seen in 1 of its pictures", "film for longer")),
    ],
)
def test_nobody_usable(
    neckform: Runner, tmp_path: Path, make: clips.Maker, words: tuple[str, ...]
) -> None:
    ran = neckform("analyze", make(tmp_path / "clip.mp4"))
    assert ran.code == 4
    one_clear_line(ran, "clip.mp4", *words)
    assert (tmp_path / "neckform-out" / "clip" / "report.json").is_file()


def test_less_than_a_second_is_judged_too(neckform: Runner, tmp_path: Path) -> None:
    ran = neckform("analyze", clips.shorter_than_a_second(tmp_path / "short.mp4"))
    assert (ran.code, ran.err) == (0, "")
    assert "brief still moments: ±" in ran.out.replace("\n", " ")


def test_two_people_the_nearer_one_is_judged(neckform: Runner, tmp_path: Path) -> None:
    ran = neckform("analyze", clips.two_people(tmp_path / "two.mp4"))
    assert (ran.code, ran.err) == (0, "")
    assert "Ear to shoulder, left" in ran.out


def test_4k(neckform: Runner, tmp_path: Path) -> None:
    ran = neckform("analyze", clips.four_k(tmp_path / "large.mp4"), "--annotate")
    assert (ran.code, ran.err) == (0, "")
    assert "neutral taken from" in ran.out


def test_a_name_with_spaces_and_accents(neckform: Runner, tmp_path: Path) -> None:
    path = clips.short(tmp_path / "Émile s'étire [à gauche] 100 %.mp4")
    ran = neckform("analyze", path, "--annotate")
    assert (ran.code, ran.err) == (0, "")
    assert path.name in ran.out
    folder = tmp_path / "neckform-out" / path.stem
    assert {item.name for item in folder.iterdir()} == {
        "report.json",
        "report.html",
        "frames.csv",
        "annotated.mp4",
        "chapters.vtt",
    }


def test_out_below_a_file(neckform: Runner, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    path = clips.one_frame(tmp_path / "clip.mp4")
    ran = neckform("analyze", path, "--out", tmp_path / "file" / "results")
    assert ran.code == 2
    one_clear_line(ran, "cannot be written", "--out")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_out_without_permission(neckform: Runner, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    path = clips.one_frame(tmp_path / "clip.mp4")
    ran = neckform("analyze", path, "--out", folder / "results")
    assert ran.code == 2
    one_clear_line(ran, "cannot be written", "--out")


def test_a_result_that_cannot_be_replaced(neckform: Runner, tmp_path: Path) -> None:
    out = tmp_path / "results"
    (out / "frames.csv").mkdir(parents=True)
    path = clips.one_frame(tmp_path / "clip.mp4")
    ran = neckform("analyze", path, "--out", out)
    assert ran.code == 2
    one_clear_line(ran, "frames.csv", "cannot be written")


def test_a_settings_file_with_three_mistakes(neckform: Runner, tmp_path: Path) -> None:
    settings = tmp_path / "mine.toml"
    settings.write_text(
        '[upper-trapezius]\nhold_s = "long"\nholds_s = 30\n'
        "[upper-trapezius.main]\nlateral = { enter_deg = 500, target_deg = 25 }\n",
        encoding="utf-8",
    )
    path = clips.one_frame(tmp_path / "clip.mp4")
    ran = neckform("analyze", path, "--settings", settings)
    assert ran.code == 2
    one_clear_line(
        ran,
        "mine.toml",
        "upper-trapezius.hold_s",
        "upper-trapezius.holds_s",
        "upper-trapezius.main.lateral.enter_deg",
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--stretch", "yoga"), ("yoga", "upper-trapezius")),
        (("--stretch", "upper-trapezius:up"), ("left or right",)),
        (("--stretch", "cervical-paraspinal:left"), ("has no sides",)),
        (("--baseline", "2-1"), ("2-1", "after the start")),
        (("--baseline", "nowhere.json"), ("nowhere.json", "START-END")),
        (("--settings", "nowhere.toml"), ("nowhere.toml", "no such file")),
    ],
)
def test_options_that_make_no_sense(
    neckform: Runner, tmp_path: Path, options: tuple[str, ...], words: tuple[str, ...]
) -> None:
    ran = neckform("analyze", clips.one_frame(tmp_path / "clip.mp4"), *options)
    assert ran.code == 2
    one_clear_line(ran, *words)


def test_a_baseline_where_nobody_is_still(neckform: Runner, tmp_path: Path) -> None:
    path = clips.short(tmp_path / "clip.mp4")
    ran = neckform("analyze", path, "--baseline", "2.5-4.5")
    assert ran.code == 0
    one_clear_line(ran, "clip.mp4", "neutral")


def test_a_damaged_model(neckform: Runner, tmp_path: Path) -> None:
    model = tmp_path / "mine.task"
    model.write_bytes(b"not a bundle")
    path = clips.one_frame(tmp_path / "clip.mp4")
    ran = neckform("analyze", path, "--face-model", model)
    assert ran.code == 6
    one_clear_line(ran, "mine.task")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"schema": "neckform/profile/1"}'])
def test_a_damaged_profile(neckform: Runner, tmp_path: Path, content: str) -> None:
    profile = tmp_path / "me.json"
    profile.write_text(content, encoding="utf-8")
    path = clips.one_frame(tmp_path / "clip.mp4")
    ran = neckform("analyze", path, "--baseline", profile)
    assert ran.code == 2
    one_clear_line(ran, "me.json", "profile")

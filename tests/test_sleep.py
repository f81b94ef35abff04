from pathlib import Path
from xml.etree import ElementTree as ET

import cv2
import numpy as np
import pytest

from neckform.jobs.sleep import SIGNS
from neckform.showing.lying.drawings import (
    CARD,
    TIMES,
    Line,
    drawings,
    looks,
    picture_svg,
    words_of,
)
from neckform.showing.lying.pictures import SCALE
from neckform.showing.lying.positions import HEIGHT, POSITIONS, WIDTH, shapes
from neckform.showing.video.canvas import Canvas
from neckform.showing.words.catalogue import language_tags, phrase
from running import Runner

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Runner:
    return Runner(capfd, monkeypatch)


def word(key: str) -> str:
    return phrase(f"page.care.{key}", "en")


def test_each_position_is_said_and_drawn(command: Runner) -> None:
    ran = command("sleep")
    assert (ran.code, ran.err) == (0, "")
    for position in POSITIONS:
        heading = f"{word(position.id)}: {word(position.verdict)}  (seen from "
        assert heading in ran.out
        assert word(f"{position.id}-why") in ran.out
        # A head and the bones of the neck in each.
        assert SIGNS[position.id].count("o") >= 10
        assert ")" in SIGNS[position.id]
    assert len(set(SIGNS.values())) == len(POSITIONS)


def test_the_order_of_what_is_good() -> None:
    verdicts = [position.verdict for position in POSITIONS]
    assert verdicts == ["best", "wrong", "wrong", "good", "wrong", "wrong", "worst"]


def test_any_terminal_can_show_it(command: Runner) -> None:
    out = command("sleep").out
    assert out.isascii()
    lines = out.splitlines()
    assert max(map(len, lines)) <= 80
    assert not [line for line in lines if line != line.rstrip()]


# --- pictures ---------------------------------------------------------------------------------


def test_pictures_are_written_in_the_language_of_the_system(
    command: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    folder = tmp_path / "how to lie"
    ran = command("sleep", "--pictures", folder)
    assert (ran.code, ran.out, ran.err) == (0, f"Geschrieben: {folder}\n", "")
    assert len(list(folder.iterdir())) == 2 * len(POSITIONS)
    for position in POSITIONS:
        (svg,) = folder.glob(f"*-{position.id}.svg")
        root = ET.fromstring(svg.read_text("utf-8"))
        said = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
        for key in (position.id, position.verdict, f"{position.id}-why"):
            assert phrase(f"page.care.{key}", "de") in said
        image = cv2.imread(str(svg.with_suffix(".png")))
        assert image is not None
        assert image.shape == (CARD[1] * SCALE, CARD[0] * SCALE, 3)
        assert {part_of(pixel) for pixel in pixels_inside(position.id, image)} == {None}


def pixels_inside(name: str, image: np.ndarray) -> list[tuple[str, np.ndarray]]:
    """The last shape that is filled is on top: its middle has its colour."""
    (position,) = [one for one in POSITIONS if one.id == name]
    last = [shape for shape in shapes(position) if looks()[shape.part].fill][-1]
    x, y = np.mean(last.points[:-1], axis=0) * TIMES * SCALE
    return [(last.part, image[round(y), round(x)])]


def part_of(pixel: tuple[str, np.ndarray]) -> str | None:
    """What is wrong with it."""
    part, (blue, green, red) = pixel
    return None if looks()[part].fill == f"#{red:02x}{green:02x}{blue:02x}" else part


def test_a_folder_that_cannot_be_made_is_one_line(command: Runner, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ran = command("sleep", "--pictures", tmp_path / "file" / "pictures")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("neckform: ")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("language", language_tags())
def test_the_words_fit_on_their_picture_in_each_language(language: str) -> None:
    for position in POSITIONS:
        lines = words_of(position, language)
        assert lines[-1].y < CARD[1] - 8, position.id
        assert max(map(wide, lines)) <= CARD[0] - 48, position.id


def wide(line: Line) -> int:
    canvas = Canvas(np.zeros((480, 480, 3), np.uint8))
    return canvas.text_width(line.text, line.size, 600 if line.bold else 400)


def test_everything_is_drawn_within_the_drawing_and_the_page_draws_the_same() -> None:
    for position, shown in zip(POSITIONS, drawings(), strict=True):
        assert (shown["id"], shown["verdict"]) == (position.id, position.verdict)
        made = list(shapes(position))
        points = np.concatenate([shape.points for shape in made])
        assert np.isfinite(points).all()
        assert (points >= 0).all()
        assert (points <= (WIDTH, HEIGHT)).all()
        bare = list(ET.fromstring(shown["drawing"]).iter(f"{SVG}path"))
        whole = list(ET.fromstring(picture_svg(position, "en")).iter(f"{SVG}path"))
        assert [path.attrib for path in bare] == [path.attrib for path in whole]
        assert [path.get("class") for path in bare] == [f"lying-{shape.part}" for shape in made]
        assert {shape.part for shape in made} <= set(looks())
    assert len({shown["drawing"] for shown in drawings()}) == len(POSITIONS) == 7

"""The drawn figures turn as docs/conventions.md says, and are drawn as in a mirror."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from coach_page import open_modules
from playwright.sync_api import Browser, Page

from neckform.config.settings import load_settings
from neckform.core.measure.geometry import rotation_from_angles
from neckform.core.outcome import Direction
from neckform.core.stretch.stretches import Goal, Stretch
from neckform.core.types import Angles, Axis, Side
from neckform.showing.page.figures import direction_figure, stretch_figure

pytestmark = pytest.mark.slow

SCREEN_X = """
async ([figure, point]) => {
  const [{drawingOf}, {carry}, {onScreen}] = await Promise.all([
    import("./figures/poses.js"), import("./figures/skeleton.js"), import("./figures/views.js")]);
  const drawing = drawingOf(figure);
  return onScreen(drawing.view, carry(drawing.pose).place(point))[0];
}
"""
# The points of one part's path.
PART = """
async ([figure, part]) => {
  const {createFigure} = await import("./figures/figure.js");
  createFigure(document.body).show(figure);
  const path = document.body.lastChild.querySelector(part).getAttribute("d");
  const numbers = path.match(/-?[0-9.]+/g).map(Number);
  return numbers.flatMap((x, place) => (place % 2 ? [] : [[x, numbers[place + 1]]]));
}
"""
KNOWN = load_settings().by_id
CROWN = [0, 1.6, 0]
NOSE = [0, 0.2, 1]


@pytest.fixture
def modules(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    open_modules(page)
    yield page
    page.close()


def test_rotations_are_those_of_the_conventions(modules: Page) -> None:
    random = np.random.default_rng(5)
    for flexion, rotation, lateral in random.uniform(-60, 60, (20, 3)):
        drawn = modules.evaluate(
            "async (pose) => (await import('./figures/turning.js')).rotationOf(pose)",
            {"flexion": flexion, "rotation": rotation, "lateral": lateral},
        )
        judged = rotation_from_angles(Angles(flexion, rotation, lateral))
        np.testing.assert_allclose(drawn, judged, atol=1e-12)


@pytest.mark.parametrize(
    ("stretch", "point"), [("upper-trapezius", CROWN), ("levator-scapulae", NOSE)]
)
def test_the_persons_left_is_at_the_left_of_the_screen(
    modules: Page, stretch: str, point: list[float]
) -> None:
    left, right = (
        modules.evaluate(SCREEN_X, [stretch_figure(KNOWN[stretch], side, "en"), point])
        for side in Side
    )
    assert left < -0.3
    assert right == pytest.approx(-left)


@pytest.mark.parametrize("part", [".muscle", ".trail path", ".arm-fore"])
def test_muscle_arrow_and_hand_are_mirrored_too(modules: Page, part: str) -> None:
    left, right = (
        np.array(
            modules.evaluate(PART, [stretch_figure(KNOWN["levator-scapulae"], side, "en"), part])
        )
        for side in Side
    )
    np.testing.assert_allclose(right, left * [-1, 1], atol=2e-3)
    assert np.abs(left[:, 0]).max() > 0.3


@pytest.mark.parametrize(("axis", "point"), [("rotation", NOSE), ("lateral", CROWN)])
def test_so_it_is_with_the_directions(modules: Page, axis: str, point: list[float]) -> None:
    left, right = (
        modules.evaluate(SCREEN_X, [direction_figure(Direction(f"{side}_{axis}"), "en"), point])
        for side in Side
    )
    assert left < -0.3
    assert right == pytest.approx(-left)


def own(**main_deg: float) -> Stretch:
    """A stretch of somebody's own, with nothing said of how it is drawn."""
    main = {Axis(name): Goal(deg, deg) for name, deg in main_deg.items()}
    sided = set(main) != {Axis.FLEXION}
    return Stretch("own", "Own", sided=sided, how_to="-", when_not="-", main=main, stay={})


OWN = [own(flexion=8), own(rotation=40), own(lateral=20, flexion=15), own(flexion=50, rotation=20)]


def test_every_figure_has_a_name_and_paints_something(modules: Page) -> None:
    figures = [
        *(stretch_figure(one, side, "en") for one in [*KNOWN.values(), *OWN] for side in one.sides),
        *(direction_figure(direction, "en") for direction in Direction),
    ]
    drawn = modules.evaluate(
        """
        async (figures) => {
          const {createFigure} = await import("./figures/figure.js");
          const {NEUTRAL} = await import("./figures/poses.js");
          return [NEUTRAL, ...figures].map((figure) => {
            createFigure(document.body).show(figure);
            const svg = document.body.lastChild;
            const paths = [...svg.querySelectorAll("[d]")].map((path) => path.getAttribute("d"));
            return [svg.getAttribute("aria-label"), paths.join("")];
          });
        }
        """,
        figures,
    )
    for label, paths in drawn:
        assert label
        assert len(paths) > 300
        assert "NaN" not in paths
    assert len({paths for _, paths in drawn}) == len(drawn)


CHIN_TUCK = Stretch(
    "chin-tuck", "Chin tuck", False, "Draw your chin in.", "Stop at any pain.",
    {Axis.FLEXION: Goal(10, 20)}, {}, 8.0,
)  # fmt: skip
MOVING = """
async (figure) => {
  const {createFigure} = await import("./figures/figure.js");
  createFigure(document.body, { moves: true }).show(figure);
  const head = () => document.body.lastChild.querySelector(".hair").getAttribute("d");
  const seen = new Set();
  for (let at = 0; at < 30; at += 1) {
    seen.add(head());
    await new Promise((done) => setTimeout(done, 100));
  }
  return seen.size;
}
"""


def test_a_stretch_of_a_settings_file_moves_as_well(modules: Page) -> None:
    assert modules.evaluate(MOVING, stretch_figure(CHIN_TUCK, None, "en")) > 5


def test_an_arm_has_joints_and_its_hand_five_fingers(modules: Page) -> None:
    """Where each part ends, the next begins."""
    figure = stretch_figure(KNOWN["levator-scapulae"], Side.LEFT, "en")
    upper, fore, palm = (
        np.array(modules.evaluate(PART, [figure, part]))
        for part in (".arm-upper", ".arm-fore", ".palm")
    )
    for one, other in ((upper, fore), (fore, palm)):
        gaps = np.linalg.norm(one[:, None] - other[None], axis=2)
        assert gaps.min() < 0.12
    fingers = modules.evaluate(
        "document.body.lastChild.querySelector('.finger').getAttribute('d').match(/M/g).length"
    )
    assert fingers == 5

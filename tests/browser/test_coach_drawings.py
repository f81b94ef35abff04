"""The drawn figures turn as docs/conventions.md says, and are drawn as in a mirror."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from coach_page import open_modules
from playwright.sync_api import Browser, Page

from neckform.core.geometry import rotation_from_angles
from neckform.core.types import Angles

pytestmark = pytest.mark.slow

SCREEN_X = """
async ([id, side, point]) => {
  const [{drawingOf}, {carry}, {onScreen}] = await Promise.all([
    import("./figures/poses.js"), import("./figures/skeleton.js"), import("./figures/views.js")]);
  const drawing = drawingOf(id, side);
  return onScreen(drawing.view, carry(drawing.pose).place(point))[0];
}
"""
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
    ("drawing", "point"),
    [
        ("upper-trapezius", CROWN),
        ("levator-scapulae", NOSE),
        ("rotation", NOSE),
        ("lateral", CROWN),
    ],
)
def test_the_persons_left_is_at_the_left_of_the_screen(
    modules: Page, drawing: str, point: list[float]
) -> None:
    left = modules.evaluate(SCREEN_X, [drawing, "left", point])
    right = modules.evaluate(SCREEN_X, [drawing, "right", point])
    assert left < -0.3
    assert right == pytest.approx(-left)


@pytest.mark.parametrize("name", ["rotation-left", "left_rotation", "rotation_left_deg"])
def test_a_direction_is_known_by_its_parts(modules: Page, name: str) -> None:
    assert modules.evaluate(SCREEN_X, [name, None, NOSE]) < -0.3


def test_every_drawing_has_a_name_and_paints_something(modules: Page) -> None:
    drawn = modules.evaluate(
        """
        async () => {
          const {createFigure} = await import("./figures/figure.js");
          const ids = ["neutral", "cervical-paraspinal", "upper-trapezius", "levator-scapulae",
                       "flexion", "extension", "rotation-left", "lateral-right", "unheard-of"];
          return ids.map((id) => {
            createFigure(document.body).show(id, "left");
            const svg = document.body.lastChild;
            const paths = [...svg.querySelectorAll("[d]")].map((path) => path.getAttribute("d"));
            return [svg.getAttribute("aria-label"), paths.join("")];
          });
        }
        """
    )
    for label, paths in drawn:
        assert label
        assert "SIDE" not in label
        assert len(paths) > 300
        assert "NaN" not in paths

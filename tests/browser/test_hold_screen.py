"""What one sees in a hold: large enough to be read from two metres, and drawn as it is judged."""

from __future__ import annotations

from typing import Any

import pytest
from coach_page import open_modules
from coach_visit import VisitPage
from playwright.sync_api import Browser

from coach_program import Start
from neckform.jobs.demo.job import CLIP

pytestmark = pytest.mark.slow

LEAST_PX = 24
SIZES = {"laptop": (1366, 768), "desk": (1920, 1080), "tablet": (820, 1180), "phone": (390, 844)}
# Every text that is seen: those for the ear alone are cut to a pixel, and the jump link waits
# beyond the edge until it has the focus.
SMALL = """
(least) => [...document.querySelectorAll("body *")]
  .filter((node) => [...node.childNodes].some((it) => it.nodeType === 3 && it.data.trim()))
  .filter((node) => node.checkVisibility({ visibilityProperty: true }))
  .filter((node) => !node.closest(".said > *, .unseen, .jump"))
  .map((node) => [node.textContent.trim(), parseFloat(getComputedStyle(node).fontSize)
    * (node.ownerSVGElement ? node.getScreenCTM().a : 1)])
  .filter(([, px]) => px < least)
"""
OVERFLOWS = "document.getElementById('main').scrollHeight - document.getElementById('main').clientHeight"  # fmt: skip  # noqa: E501
UNITS_CUT = """
[...document.querySelectorAll(".unit")].filter((it) => it.scrollWidth > it.clientWidth)
  .map((it) => it.textContent)
"""
OVERLAPPING = """
() => {
  const parts = [".hold h1", "#hold-ring", "#hold-cue", "#hold-views", "#gauge", "#shoulders"]
    .map((part) => [part, document.querySelector(part).getBoundingClientRect()]);
  return parts.flatMap(([part, a], place) => parts.slice(place + 1)
    .filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)
    .map(([other]) => `${part} ${other}`));
}
"""
NOTICE = """
(words) => {
  const notice = document.getElementById("heat-notice");
  notice.querySelector("span").textContent = words;
  notice.hidden = false;
}
"""
RESTS = """
async ([points, state]) => {
  const { createRests } = await import("./figures/rests.js");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  createRests(svg).show(points, state);
  return [...svg.querySelectorAll("ellipse")].map((it) =>
    Object.fromEntries([...it.attributes].map(({ name, value }) => [name, value])));
}
"""


@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_nothing_in_a_hold_is_too_small_to_read_and_all_of_it_fits(
    start: Start, visit: VisitPage, locale: str
) -> None:
    program = start("coach", CLIP, "--stretch", "upper-trapezius:left")
    person = visit(program.address, locale=locale)
    person.wait_for("setup")
    assert person.page.evaluate(UNITS_CUT) == []
    person.begin()
    person.wait_for("hold", holdState="holding")
    person.press("Space")
    person.wait_for("hold", paused="person")
    for name, (width, height) in SIZES.items():
        person.page.set_viewport_size({"width": width, "height": height})
        person.page.wait_for_timeout(300)
        assert person.page.evaluate(SMALL, LEAST_PX - 0.1) == [], name
        assert person.page.evaluate(OVERFLOWS) <= 0, name
        assert person.page.evaluate(OVERLAPPING) == [], name


def test_a_notice_on_a_phone_pushes_nothing_over_anything_else(
    start: Start, visit: VisitPage
) -> None:
    program = start("coach", CLIP, "--stretch", "upper-trapezius:left")
    person = visit(program.address, size=SIZES["phone"], locale="fr-FR")
    person.begin()
    person.wait_for("hold", holdState="holding")
    person.page.evaluate(NOTICE, "Cet ordinateur n'a pas de voix. " * 4)
    assert person.page.evaluate(OVERLAPPING) == []


def test_the_goal_stands_beside_the_mirror_and_is_large_before_the_hold(
    start: Start, visit: VisitPage
) -> None:
    program = start("coach", CLIP, "--stretch", "upper-trapezius:right")
    person = visit(program.address)
    person.begin()
    views = "document.getElementById('hold-views').dataset.goal"
    person.wait_for("hold")
    person.until(f"{views} === 'large' || document.body.dataset.holdState === 'holding'")
    person.wait_for("hold", holdState="holding")
    person.until(f"{views} === 'small'")
    assert person.page.locator("#hold-goal svg").is_visible()
    assert person.page.locator(".hold .picture canvas").is_visible()
    assert person.page.locator(".rest-circle >> visible=true").count() == 2


def judged(*, up_sw: float, across_sw: float, up_limit_sw: float, inside: bool) -> dict[str, Any]:
    return {"up_sw": up_sw, "across_sw": across_sw, "up_limit_sw": up_limit_sw,
            "across_limit_sw": 0.1, "in": inside}  # fmt: skip


def test_the_circles_are_where_the_shoulders_rested_as_large_as_they_are_judged_by(
    browser: Browser,
) -> None:
    """The left one has risen, and is on its way back: its limit is the closer one."""
    page = browser.new_page()
    open_modules(page)
    left = judged(up_sw=0.2, across_sw=0.1, up_limit_sw=0.06, inside=False)
    right = judged(up_sw=0.0, across_sw=0.0, up_limit_sw=0.08, inside=True)
    state = {"phase": "hold", "picture": {"width": 640, "height": 320},
             "shoulders": {"left": left, "right": right}}  # fmt: skip
    # Half the picture's width apart, level: a shoulder width is half its width, and all its height.
    points = [[0.75, 0.5], [0.25, 0.5]]
    first, second = page.evaluate(RESTS, [points, state])
    assert (first["data-in"], second["data-in"]) == ("false", "true")
    assert (int(first["cx"]), int(first["cy"])) == (700, 700)
    assert (int(first["rx"]), int(first["ry"])) == (50, 60)
    assert (int(second["cx"]), int(second["cy"])) == (250, 500)
    assert int(second["ry"]) == 80
    for nothing in ({**state, "phase": "show"}, {**state, "shoulders": None}):
        assert {one["display"] for one in page.evaluate(RESTS, [points, nothing])} == {"none"}
    page.close()

"""report.html in a real browser: what people see, reach with the keyboard, and print."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from opening import Open, Opened, until

import clips
import page_making
from neckform.core.types import Side
from neckform.jobs.analyze.inputs import Job
from neckform.jobs.analyze.one import analyze_one
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.showing.exports.overview import RecordingEntry
from neckform.showing.exports.report_json import as_json
from neckform.showing.html import page_html, write_page
from neckform.showing.html.overview import overview_html
from neckform.showing.words.telling import use_language
from page_making import HOSTILE, report, trace

pytestmark = pytest.mark.slow

Report = dict[str, Any]

A4_PRINTED_PX = 688
"""Between margins of 14 mm, at 96 pixels an inch."""


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """A page made of a real recording, with its video and pictures."""
    folder = tmp_path_factory.mktemp("real")
    clip = clips.short(folder / "Émile & Ann #1.mp4")
    options = AnalyzeOptions(annotate=True, pictures=True)
    analysis = analyze_one(Job(clip, folder / "out"), options, stop=lambda: False)
    assert analysis.report is not None, analysis.notes
    return folder / "out" / "report.html", as_json(analysis.report)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """A page that has one of everything."""
    path = tmp_path_factory.mktemp("full") / "report.html"
    content = report(name=HOSTILE)
    write_page(path, page_html(content, trace(), earlier_deg={"flexion": 38.0}))
    return path, as_json(content)


def drawn(opened: Opened) -> int:
    """Milliseconds until everything was drawn."""
    until(opened.page, "document.documentElement.dataset.drawnMs !== undefined")
    return int(opened.page.evaluate("document.documentElement.dataset.drawnMs"))


COLOURED = """
() => [...document.querySelectorAll(".uplot canvas")].map((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let coloured = 0;
  for (let i = 0; i < data.length; i += 4) {
    const rgb = [data[i], data[i + 1], data[i + 2]];
    const spread = Math.max(...rgb) - Math.min(...rgb);
    if (data[i + 3] > 200 && spread > 60) coloured += 1;
  }
  return coloured;
})
"""


@pytest.mark.parametrize("which", ["real", "full"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_without_a_complaint_or_a_request(
    open_page: Open, request: pytest.FixtureRequest, which: str, width: int, scheme: str
) -> None:
    path, _ = request.getfixturevalue(which)
    opened = open_page(path, width=width, scheme=scheme)
    drawn(opened)
    assert opened.complaints == []
    beside = path.parent.as_uri() + "/"
    assert {url for url in opened.asked if not url.startswith("data:")} <= {
        beside + "report.html",
        beside + "annotated.mp4",
    }
    assert all(coloured > 300 for coloured in opened.page.evaluate(COLOURED))
    assert len(opened.page.evaluate(COLOURED)) == 3
    # Nothing reaches over the edge: no sideways scrolling but inside tables.
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.page.title().endswith(" - neckform")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page: Open, full: tuple[Path, Report], scheme: str) -> None:
    opened = open_page(full[0], scheme=scheme)
    drawn(opened)
    # Evaluated from outside the page: its own policy would rightly refuse an injected script.
    found = Axe().run(opened.page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("which", ["real", "full"])
def test_numbers_on_the_page_are_those_of_the_report(
    open_page: Open, request: pytest.FixtureRequest, which: str
) -> None:
    path, content = request.getfixturevalue(which)
    page = open_page(path).page
    if which == "real":
        assert content == json.loads((path.parent / "report.json").read_text(encoding="utf-8"))
    best: dict[tuple[str, str | None], Report] = {}
    for hold in content["holds"]:
        key = hold["stretch"], hold["side"]
        if key not in best or hold["held_s"] > best[key]["held_s"]:
            best[key] = hold
    assert page.locator("article.card").count() == len(best) > 0
    for (stretch, side), hold in best.items():
        where = f"[data-side={side}]" if side else ":not([data-side])"
        card = page.locator(f"article[data-stretch={stretch}]{where}")
        held = card.locator(".held").inner_text()
        assert held.startswith(f"{int(hold['held_s'])} s of {hold['target_s']:g} s")
        assert card.locator(".verdict").inner_text() == hold["verdict"]
        assert card.locator(".badge").inner_text() == (
            "Done" if hold["completed"] else "Not completed"
        )
        axis = {"upper-trapezius": "lateral", "cervical-paraspinal": "flexion"}[stretch]
        angle = hold[f"{axis}_deg"]
        figures = card.locator("dl").inner_text()
        assert f"{abs(round(angle['mean']))}°" in figures
        assert f"±\u00a0{round(angle['uncertainty'])}°" in figures
        for pause in hold["pauses"]:
            start = int(pause["start_s"])
            assert card.get_by_role("button", name=f"{start // 60}:{start % 60:02d}").count() >= 1
    for direction, reached in content["range_of_motion"].items():
        cell = page.locator(f"[data-direction={direction}]")
        if reached is None or reached["reached_deg"] < 10:
            assert cell.count() == 0
        else:
            assert cell.inner_text().startswith(f"{round(reached['reached_deg'])}°")
    said = page.locator("body").inner_text()
    for flag in content["flags"]:
        assert flag["verdict"] in said
    for line in content["summary"]["flags"]:
        assert page.get_by_role("cell", name=f"{int(line['total_s'])} s", exact=True).count() >= 1
    assert f"{content['coverage']['unseen_s']:.1f} s (head not seen" in said


def test_a_picture_only_where_asked_for(open_page: Open, real: tuple[Path, Report]) -> None:
    images = open_page(real[0]).page.locator("article.card img")
    assert images.count() == 1
    assert images.evaluate("(image) => image.naturalWidth") == 480


FOCUS = """
() => {
  const it = document.activeElement;
  const style = getComputedStyle(it);
  const box = it.getBoundingClientRect();
  return [
    [...document.querySelectorAll("*")].indexOf(it),
    style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    it.innerText || it.ariaLabel || it.id || it.labels?.[0]?.innerText || "",
    box.width > 0 && box.height > 0,
  ];
}
"""


def test_the_keyboard_goes_in_order_and_is_seen(open_page: Open, full: tuple[Path, Report]) -> None:
    page = open_page(full[0]).page
    places, names = [], []
    while True:
        page.keyboard.press("Tab")
        place, outlined, name, visible = page.evaluate(FOCUS)
        if places and place <= places[0]:
            break
        places.append(place)
        names.append(name)
        assert outlined, name
        assert visible, name
        assert name.strip(), place
    assert places == sorted(places)
    assert names[0] == "Skip to the findings"
    assert {"time", "Closer", "Wider", "All"} <= set(names)
    page.locator("#time").focus()
    before = page.locator("#readout").inner_text()
    page.keyboard.press("PageUp")
    assert page.locator("#readout").inner_text() != before
    assert "Chin" in (page.locator("#time").get_attribute("aria-valuetext") or "")


def test_hovering_and_choosing_a_time_tell_the_values(
    open_page: Open, full: tuple[Path, Report]
) -> None:
    opened = open_page(full[0])
    drawn(opened)
    page = opened.page
    readout = page.locator("#readout")
    # What sample() of the hand-made trace is at 12 s.
    page.locator("#time").fill("12")
    flexion, tilt = 30 * np.sin(12 / 7), 35 * np.sin(12 / 5)
    said = readout.inner_text()
    assert said.startswith("0:12")
    assert f"Chin {abs(round(flexion))}° down ± 2" in said
    assert f"Tilt {abs(round(tilt))}° left ± 3" in said
    assert "Ear to shoulder, left" in said
    page.locator("#time").fill("58")
    assert "Head not seen" in readout.inner_text()
    over = page.locator("#angles .u-over")
    over.scroll_into_view_if_needed()
    box = over.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    until(
        page,
        "document.getElementById('readout').innerText.startsWith('0:59')"
        "|| document.getElementById('readout').innerText.startsWith('1:00')",
    )
    page.get_by_role("button", name="1:35", exact=True).first.click()
    assert readout.inner_text().startswith("1:35")
    assert "Slouching" in readout.inner_text()


def test_a_card_shows_its_place_in_all_plots(open_page: Open, full: tuple[Path, Report]) -> None:
    opened = open_page(full[0])
    drawn(opened)
    page = opened.page
    axis = page.locator("#trunk")
    before = axis.screenshot()
    page.get_by_role("button", name="Show 0:05 to 0:39 in the plot").click()
    page.wait_for_timeout(100)
    assert axis.screenshot() != before
    page.get_by_role("button", name="All", exact=True).click()
    page.locator("#angles").hover(position={"x": 1, "y": 1})
    page.wait_for_timeout(100)
    assert page.locator("#readout").inner_text().startswith("0:05")


def test_a_line_can_be_left_out(open_page: Open, full: tuple[Path, Report]) -> None:
    opened = open_page(full[0])
    drawn(opened)
    before = opened.page.evaluate(COLOURED)[0]
    opened.page.get_by_role("checkbox", name="Tilt").uncheck()
    opened.page.wait_for_timeout(100)
    assert opened.page.evaluate(COLOURED)[0] < before


PLAYED = """
async () => {
  const video = document.querySelector("video");
  video.muted = true;
  const from = video.currentTime;
  await video.play();
  await new Promise((done) => setTimeout(done, 1500));
  const readout = document.getElementById("readout");
  const went_along = readout.innerText;
  const aloud = readout.getAttribute("aria-live");
  video.pause();
  const shown = video.getVideoPlaybackQuality();
  return {
    error: video.error && video.error.message,
    moved: video.currentTime - from,
    decoded: shown.totalVideoFrames,
    corrupted: shown.corruptedVideoFrames,
    width: video.videoWidth,
    duration: video.duration,
    went_along,
    aloud,
  };
}
"""


def test_a_click_goes_to_that_second_of_the_video_which_plays(
    open_page: Open, real: tuple[Path, Report]
) -> None:
    path, content = real
    opened = open_page(path)
    page = opened.page
    until(page, "document.querySelector('video').readyState >= 1")
    (hold,) = (one for one in content["holds"] if one["stretch"] == "upper-trapezius")
    start = int(hold["start_s"])
    name = f"{start // 60}:{start % 60:02d}"
    page.get_by_role("button", name=name, exact=True).first.click()
    # A time on a button stands for the hold's own start, which is not a whole second.
    until(
        page,
        "!document.querySelector('video').seeking"
        f"&& Math.abs(document.querySelector('video').currentTime - {hold['start_s']}) < 0.6",
    )
    assert page.locator("#no-film").is_hidden()
    played = page.evaluate(PLAYED)
    assert played["error"] is None
    assert played["moved"] > 0.5
    assert played["decoded"] > 3
    assert played["corrupted"] == 0
    assert played["width"] >= 480
    assert played["duration"] == pytest.approx(content["source"]["duration_s"], abs=1)
    # What is shown below goes along, silently.
    assert played["went_along"].split()[0] in {f"0:{start + 1:02d}", f"0:{start + 2:02d}"}
    assert played["aloud"] == "off"
    assert opened.complaints == []


def test_a_video_that_is_not_there_is_said(open_page: Open, tmp_path: Path) -> None:
    write_page(tmp_path / "report.html", page_html(report(), trace(), video="annotated.mp4"))
    page = open_page(tmp_path / "report.html").page
    page.wait_for_selector("#no-film:visible")
    assert page.locator("video").is_hidden()


def test_an_hour_is_drawn_within_two_seconds(open_page: Open, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_page(path, page_html(report(minutes=60), trace(minutes=60)))
    opened = open_page(path)
    assert drawn(opened) < 2000
    whole_ms = opened.page.evaluate("performance.getEntriesByType('navigation')[0].duration")
    assert whole_ms < 2000
    assert all(coloured > 300 for coloured in opened.page.evaluate(COLOURED))


def test_it_prints_on_a4(open_page: Open, full: tuple[Path, Report], tmp_path: Path) -> None:
    opened = open_page(full[0], scheme="dark")
    drawn(opened)
    pdf = opened.page.pdf(prefer_css_page_size=True)
    boxes = set(re.findall(rb"/MediaBox \[([^\]]+)\]", pdf))
    assert boxes
    for box in boxes:
        _, _, width, height = map(float, box.split())
        assert (width, height) == pytest.approx((595.3, 841.9), abs=1)
    assert 2 <= len(re.findall(rb"/Type /Page\b", pdf)) <= 6
    # The same layout, where its edges can be measured.
    opened.page.emulate_media(media="print", color_scheme="light")
    opened.page.set_viewport_size({"width": A4_PRINTED_PX, "height": 1000})
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    opened.page.wait_for_timeout(100)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= A4_PRINTED_PX
    right = opened.page.evaluate(
        "Math.max(...[...document.querySelectorAll('table, canvas, .card, p')]"
        ".map((it) => it.getBoundingClientRect().right))"
    )
    assert right <= A4_PRINTED_PX
    paper = opened.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
    assert not opened.page.locator(".tools").is_visible()


def test_a_recording_prints_on_two_pages(open_page: Open, real: tuple[Path, Report]) -> None:
    opened = open_page(real[0])
    drawn(opened)
    pdf = opened.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 2


@pytest.mark.parametrize("language", ["en", "de"])
def test_in_a_long_language_it_prints_on_two_pages_and_no_word_is_squeezed(
    open_page: Open, tmp_path: Path, language: str
) -> None:
    """The two angles of this stretch have the longest names."""
    use_language(language)
    try:
        content = report(holds=(page_making.hold("levator-scapulae", Side.LEFT, 5_000, 34_567),))
        write_page(tmp_path / "report.html", page_html(content, trace()))
    finally:
        use_language("en")
    opened = open_page(tmp_path / "report.html")
    drawn(opened)
    pdf = opened.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 2
    opened.page.emulate_media(media="print", color_scheme="light")
    opened.page.set_viewport_size({"width": A4_PRINTED_PX, "height": 1000})
    tallest = opened.page.evaluate(
        "Math.max(...[...document.querySelectorAll('.card dd')].map((it) =>"
        " it.getBoundingClientRect().height / parseFloat(getComputedStyle(it).lineHeight)))"
    )
    assert tallest <= 4.5, "a value stands in its column, some letters a line"


def test_nothing_judged_is_a_page_too(open_page: Open, tmp_path: Path) -> None:
    write_page(tmp_path / "report.html", page_html(report(neutral=False), trace(minutes=0.01)))
    opened = open_page(tmp_path / "report.html")
    drawn(opened)
    assert opened.complaints == []
    assert "nothing was judged" in opened.page.locator("header").inner_text()


def test_the_overview_opens_each_report(open_page: Open, full: tuple[Path, Report]) -> None:
    folder = full[0].parent
    entries = (
        RecordingEntry("c.mp4", None, None, None, 3, ("it is empty",)),
        RecordingEntry(HOSTILE, report(), None, Path("report.html"), 0, ()),
    )
    write_page(folder / "index.html", overview_html(entries))
    opened = open_page(folder / "index.html", width=360)
    assert opened.complaints == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert Axe().run(opened.page).violations_count == 0
    names = opened.page.locator("tbody th")
    assert names.nth(1).inner_text() == "c.mp4"
    opened.page.get_by_role("button", name="Completed").click()
    assert names.nth(0).inner_text() == "c.mp4"
    opened.page.get_by_role("button", name="Completed").click()
    assert names.nth(0).inner_text() == HOSTILE
    opened.page.get_by_role("link", name=HOSTILE).click()
    opened.page.wait_for_url("**/report.html")

"""The page as text: what is in it, and that nothing else can be."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import numpy as np
from making import holding

from neckform.core.stretch.status import HoldStatus, StretchZone
from neckform.core.types import HoldState, Side
from neckform.showing.html.markup import Markup, element, joined
from neckform.showing.html.moments import chapters, moments
from neckform.showing.html.page import page_html, write_page
from neckform.showing.html.pictures import BestMoments
from neckform.showing.html.plots import plot_data
from neckform.showing.html.trace import Trace
from page_making import HOSTILE, hold, renamed, report, trace
from reports import MISS, REPORT


class Reader(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": []}
        self._open: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in self.inside:
            self._open = tag
            self.inside[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._open:
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open:
            self.inside[self._open][-1] += data

    def named(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


def test_everything_is_in_the_file_and_nothing_else_may_run() -> None:
    page = read(page_html(report(), trace(), video="annotated.mp4"))
    (policy,) = (m["content"] for m in page.named("meta") if "http-equiv" in m)
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    for kind in ("script", "style"):
        (allowed,) = (part for part in policy.split("; ") if part.startswith(f"{kind}-src"))
        running = [text for text in page.inside[kind] if not text.startswith("{")]
        assert running
        for text in running:
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in allowed
    for tag, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
        for name in ("src", "href", "srcset", "action", "data", "poster"):
            value = attributes.get(name) or ""
            assert value in {"", "#main", "annotated.mp4"}, (tag, value)


def test_a_name_that_is_html_stays_a_name() -> None:
    content = renamed(report(name=HOSTILE), "upper-trapezius", HOSTILE)
    page = read(page_html(content, trace()))
    assert page.named("img") == []
    assert [m for m in page.named("script") if m.get("type") == "application/json"]
    data = json.loads(next(text for text in page.inside["script"] if text.startswith("{")))
    assert f"{HOSTILE}, left" in [mark["text"] for mark in data["marks"]]


def test_the_path_to_the_recording_stays_at_home() -> None:
    assert "stretching.mp4" in page_html(report(), trace())
    assert "/home/" not in page_html(report(), trace())


def test_an_hour_is_small_enough_to_mail(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_page(path, page_html(report(minutes=60), trace(minutes=60)))
    assert path.stat().st_size < 1_500_000 * 0.85  # room for pictures
    write_page(path, page_html(report(minutes=600), trace(minutes=200)))
    assert path.stat().st_size < 1_500_000


def test_no_picture_unless_asked_for() -> None:
    assert read(page_html(report(), trace())).named("img") == []


def test_nothing_judged_is_said() -> None:
    html = page_html(report(neutral=False), Trace())
    assert "nothing was judged" in html
    assert "rested well" not in html
    assert read(html).inside["script"] == []


def test_the_other_side_is_missed() -> None:
    assert "The right side was not seen" in page_html(report(), trace())


def test_bands_are_mirrored_for_the_right() -> None:
    both = report(
        holds=(
            hold("upper-trapezius", Side.LEFT, 5_000, 31_000),
            hold("upper-trapezius", Side.RIGHT, 50_000, 31_000),
            hold("levator-scapulae", Side.RIGHT, 85_000, 5_000),
        )
    )
    left, right, turn, down = plot_data(both, trace(), None)["bands"]
    assert (left["axis"], left["low_deg"], left["high_deg"]) == ("lateral", 25, 50)
    assert (right["axis"], right["low_deg"], right["high_deg"]) == ("lateral", -25, -50)
    assert (turn["axis"], turn["low_deg"], turn["high_deg"]) == ("rotation", -30, -45)
    assert (down["axis"], down["low_deg"], down["high_deg"]) == ("flexion", 20, 30)


def test_moments_are_in_order_and_complete() -> None:
    found = moments(report())
    assert [moment.kind for moment in found] == [
        "neutral", "hold", "pause", "hold", "hold", "flag", "flag",
    ]  # fmt: skip
    assert [moment.start_ms for moment in found] == sorted(moment.start_ms for moment in found)


def test_chapters_follow_each_other() -> None:
    found = chapters(report(), 120_000)
    assert found[0].start_ms == 0
    assert found[-1].end_ms == 120_000
    for before, after in pairwise(found):
        assert before.end_ms == after.start_ms
        assert before.end_ms > before.start_ms
    names = [moment.short for moment in found]
    assert names.count("Ear to shoulder, left") == 2
    assert "Slouching" in names


def test_text_is_escaped_and_markup_is_not() -> None:
    assert element("p", "a < b", class_="x & y") == '<p class="x &amp; y">a &lt; b</p>'
    assert joined("<", Markup("<b>"), None, ["&"]) == "&lt;<b>&amp;"
    assert element("p", hidden=True, title=None, id=False) == "<p hidden></p>"


def test_the_best_moment_is_the_furthest_without_forcing() -> None:
    kept = BestMoments()
    assert kept.taken() == []
    for t_ms, angle, zone in (
        (0, 25, StretchZone.TARGET),
        (100, 33, StretchZone.TARGET),
        (200, 52, StretchZone.EASE_OFF),
        (300, 30, StretchZone.TARGET),
    ):
        image = np.full((480, 640, 3), t_ms // 4, np.uint8)
        kept.add(image, t_ms, holding(angle_deg=float(angle), zone=zone))
    kept.add(np.zeros((480, 640, 3), np.uint8), 400, HoldStatus(HoldState.REST))
    (picture,) = kept.taken()
    assert (picture.exercise, picture.t_ms) == (("upper-trapezius", Side.LEFT), 100)
    assert picture.data_url.startswith("data:image/jpeg;base64,/9j/")


def test_a_routine_at_the_camera_needs_no_file_and_speaks_of_none() -> None:
    content = report(name="Routine of 2026-11-25 19.30", live=True)
    page = page_html(content, trace())
    said = re.sub(r"<script.*?</script>|<style.*?</style>|<[^>]*>", " ", page, flags=re.S)
    assert "Routine of 2026-11-25 19.30" in said
    assert "120 s at the camera" in said
    assert "recording" not in said


def test_an_attempt_that_did_not_count_is_on_the_page_in_words_and_in_time() -> None:
    missed = replace(REPORT, outcome=replace(REPORT.outcome, near_misses=(MISS,)))
    text = re.sub(r"<[^>]*>", "", unescape(page_html(missed, trace())))
    assert "1 more attempt did not count." in text
    lacked = "Ear to shoulder, left: 33 s at 17° tilted left (± 1°), it starts at 20°"
    assert text.count(lacked) >= 2  # among the stretches, and in what happened when
    (moment,) = [one for one in moments(missed) if one.kind == "miss"]
    assert (moment.start_ms, moment.end_ms) == (MISS.start_ms, MISS.end_ms)
    assert "did not count" in moment.short

"""The section on how sure the figures are, and the technical details."""

from __future__ import annotations

from collections.abc import Sequence

from neckform.core.report import SessionReport
from neckform.core.types import Axis
from neckform.core.wording import listed, worded
from neckform.showing.html.markup import Markup, definitions, element, joined, section
from neckform.showing.html.reading import plus_minus, seconds
from neckform.showing.html.sections import at, to
from neckform.showing.html.trace import Trace
from neckform.showing.words import phrases


def sureness(report: SessionReport, trace: Trace) -> Markup:
    """How sure the figures are, and what was not seen."""
    coverage = report.coverage
    facts = [
        (worded("Head seen"), seconds(round(coverage.head_seen_ms, -3))),
        (worded("Shoulders seen"), seconds(round(coverage.shoulders_seen_ms, -3))),
        (
            worded("Not measured"),
            worded(
                "{unseen_s:.1f} s (head not seen, or no neutral yet)",
                unseen_s=coverage.unseen_ms / 1000,
            ),
        ),
    ]
    if (baseline := report.baseline) is not None:
        facts.append((worded("Neutral"), phrases.neutral_words(baseline)))
    return section(
        "sure",
        worded("How sure this is, and what was not seen"),
        _errors(trace.sure_deg()),
        definitions(facts),
        _lost(list(trace.lost())),
    )


_SURE = {
    Axis.FLEXION: worded("chin"),
    Axis.ROTATION: worded("turn"),
    Axis.LATERAL: worded("tilt"),
}
_MOST_LOST = 12


def _errors(sure_deg: Sequence[float] | None) -> Markup | None:
    if sure_deg is None:
        return None
    means = [
        worded("{axis} {sure}", axis=_SURE[axis], sure=plus_minus(deg))
        for axis, deg in zip(Axis, sure_deg, strict=True)
    ]
    return element(
        "p",
        worded(
            "Standard error of the angles, on average: {means}. The truth lies within twice of it "
            "about 95 times in 100. Figures come from one camera, not from a goniometer; a trained "
            "person with one is off by 2 to 4° too.",
            means=listed(means, ", "),
        ),
    )


def _lost(lost: Sequence[tuple[int, int]]) -> Markup:
    if not lost:
        return element("p", worded("The face was never lost for a second or more."))
    longest = sorted(lost, key=lambda gap: gap[0] - gap[1])[:_MOST_LOST]
    items = [element("li", at(start_ms), to(end_ms)) for start_ms, end_ms in sorted(longest)]
    rest = len(lost) - len(items)
    more = element("li", worded("and {rest} shorter times", rest=rest)) if rest else None
    text = worded(
        "The face was lost here. What was not seen is neither good nor bad, and earns no time:"
    )
    return joined(element("p", text), element("ul", items, more, class_="inline"))


def technical(report: SessionReport) -> Markup:
    """What another program or a colleague needs to know."""
    source = report.source
    facts = [
        ("neckform", report.version),
        (worded("Picture"), f"{source.width} x {source.height}"),
        (
            worded("Pictures analysed"),
            worded("{number} of {all}", number=source.frames_analyzed, all=source.frames_read),
        ),
    ]
    if source.turned_deg:
        turned = worded("clockwise by {turned_deg} degrees", turned_deg=source.turned_deg)
        facts.append((worded("Turned"), turned))
    if source.mirrored:
        mirrored = worded("back, as asked: the recording is a mirror image")
        facts.append((worded("Mirrored"), mirrored))
    facts += [
        (worded("Model, {kind}", kind=kind), f"{model.name} ({model.sha256[:12]})")
        for kind, model in report.models.items()
    ]
    return element("details", element("summary", worded("Technical details")), definitions(facts))

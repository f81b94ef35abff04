"""Fit the corrections again, in the open: pictures with truth in, ``correction.json`` out.

    python calibration/fit.py            # a quarter of an hour, nearly all of it sensing
    python calibration/fit.py --check    # changes nothing, prints the errors alone

All is deterministic: linear and quantile regressions, made robust; the terms are those of
``neckform.core.measure.correction``. Errors are printed for each person from a fit on all others.
README.md beside this file says what is fitted on whom, and what was found.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from left_out import Error, Fit, left_out_errors
from neckform.core.measure.head import NEUTRAL_PITCH_DEG
from stated_errors import fit_sureness, left_out_ratios, widened, widening, within_twice
from stills import read_people

# The bench's own readers: one definition for both.
sys.path.append(str(Path(__file__).resolve().parents[1] / "bench"))
from against_truth.truth import DATA

OUT = Path(__file__).resolve().parent / "correction.json"


def main() -> int:
    parser = argparse.ArgumentParser(description="Fit neckform's corrections.")
    parser.add_argument(
        "--data", type=Path, default=DATA, help="folder with stills and stills2 [%(default)s]"
    )
    parser.add_argument("--check", action="store_true", help="print the errors, write nothing")
    options = parser.parse_args()
    rows = read_people(options.data)
    # README.md says why coefficients come from whole pictures: their noise keeps the fit modest.
    fit = Fit(read_people(options.data, closely=False))
    errors = left_out_errors(fit, rows)
    usual = [error for error in errors if error.row.usual]
    people, ratios = left_out_ratios(usual)
    print(summary(errors))
    inside = within_twice(people, ratios)
    print(f"within twice the stated error: {inside.mean():.1%} over the axes, each")
    print(" " * 17 + "".join(f"{v:9.1%}" for v in inside))
    if not options.check:
        write(fit.solve() | widened(fit_sureness(usual), widening(ratios)), errors)
    return 0


def summary(errors: Sequence[Error]) -> str:
    """Mean absolute errors by person and by kind."""
    lines = ["mean absolute error on people left out of the fit, degrees:"]
    lines.append("  person           n  flexion  rotation  lateral")
    face = [e for e in errors if not e.coarse]
    usual = [e for e in face if e.row.usual]
    people = sorted({e.row.person for e in face})
    groups = [(f"p{person:02d}", [e for e in face if e.row.person == person]) for person in people]
    groups += [
        ("usual", usual),
        ("but p14", [e for e in usual if e.fitted]),
        ("trunk still", [e for e in usual if abs(e.row.trunk.rotation_deg) < 5]),
        ("levator", [e for e in usual if e.row.levator]),
        ("odd kinds", [e for e in face if not e.row.usual]),
        ("upright phone", [e for e in face if e.row.upright]),
        ("coarse", [e for e in errors if e.coarse and e.row.usual]),
    ]
    for name, group in groups:
        if group:
            mean = np.abs([e.degrees for e in group]).mean(axis=0)
            lines.append(f"  {name:<14}{len(group):4}" + "".join(f"{v:9.2f}" for v in mean))
    return "\n".join(lines)


def write(result: dict[str, Any], errors: Sequence[Error]) -> None:
    """Write the coefficients, and what they were fitted on."""
    face = [e for e in errors if not e.coarse and e.fitted]
    mean = np.abs([e.degrees for e in face]).mean(axis=0)
    people = {e.row.person for e in face}
    fitted = {
        "people": len(people),
        "pictures": len(face),
        "neutral_pitch_deg": NEUTRAL_PITCH_DEG,
        "left_out_mean_absolute_error_deg": [round(float(v), 2) for v in mean],
    }
    whole = {"schema": "neckform/correction/1", "fitted": fitted, **result}
    OUT.write_text(json.dumps(whole, indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main())

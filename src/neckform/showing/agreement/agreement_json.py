"""A comparison as the numbers of ``agreement.json``, schema ``neckform/agreement/1``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from neckform.core.agreement import Agreement, Comparison, Estimate, Pairing
from neckform.core.plain_text import plain

SCHEMA = "neckform/agreement/1"


def agreement_json(comparison: Comparison) -> dict[str, Any]:
    """Lay out a comparison: only text, numbers, booleans, lists and None; nothing is rounded."""
    return {
        "schema": SCHEMA,
        "neckform_version": comparison.version,
        "between": list(comparison.between),
        "recordings": [_pairing(pairing) for pairing in comparison.pairings],
        "axes": {
            str(axis.axis): {
                "all": _figures(axis.whole),
                "ranges_by_size": axis.by_size,
                "ranges": [
                    {
                        "low_deg": one.low_deg,
                        "high_deg": one.high_deg,
                        "pairs": one.pairs,
                        "figures": None if one.agreement is None else _figures(one.agreement),
                    }
                    for one in axis.ranges
                ],
            }
            for axis in comparison.axes
        },
    }


def _pairing(pairing: Pairing) -> dict[str, Any]:
    return {
        "name": plain(pairing.name),
        "columns": {name: plain(column) for name, column in pairing.columns.items()},
        "shift_s": pairing.shift_s,
        "shift_found": pairing.shift_found,
        "likeness": pairing.likeness,
        "pairs": pairing.pairs,
        "notes": [plain(note) for note in pairing.notes],
    }


def _figures(of: Agreement) -> dict[str, Any]:
    return {
        "pairs": of.pairs,
        "independent_pairs": of.independent,
        "bias_deg": asdict(of.bias),
        "sd_deg": of.sd_deg,
        "limits_of_agreement_deg": {"lower": asdict(of.lower), "upper": asdict(of.upper)},
        "mae_deg": of.mae_deg,
        "rmse_deg": of.rmse_deg,
        "icc_2_1": _or_none(of.icc_2_1),
        "icc_3_1": _or_none(of.icc_3_1),
        "sem_deg": of.sem_deg,
        "mdc95_deg": of.mdc95_deg,
    }


def _or_none(estimate: Estimate | None) -> dict[str, Any] | None:
    return None if estimate is None else asdict(estimate)

"""Writes ``frames.parquet`` from ``frames.csv``; pyarrow is heavy, and therefore optional."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from neckform.files import replacing
from neckform.showing.exports.frames_csv import COLUMNS

TEXT_COLUMNS = frozenset(("head_source", "stretch", "side", "state"))

MISSING = "needs pyarrow: pip install 'neckform[parquet]'"


def available() -> bool:
    """Whether pyarrow is installed."""
    return find_spec("pyarrow") is not None


def write_parquet(frames_csv: Path, path: Path) -> None:
    """Write `path` with the columns of `frames_csv`: text, and 64-bit numbers that may be null.

    Raises
    ------
    OutputError
    """
    import pyarrow as pa
    from pyarrow import csv, parquet

    types = {name: pa.string() if name in TEXT_COLUMNS else pa.float64() for name in COLUMNS}
    convert = csv.ConvertOptions(column_types=types, strings_can_be_null=True, null_values=[""])
    with replacing(path) as partial:
        parquet.write_table(csv.read_csv(frames_csv, convert_options=convert), partial)

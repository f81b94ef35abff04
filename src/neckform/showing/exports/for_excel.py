"""A table once more, as a European Excel opens it: semicolons, decimal commas, marked as UTF-8."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from neckform.showing.exports.files import complete_or_absent

_NUMBER = re.compile(r"-?\d+\.\d+")


def write_for_excel(table: Path, path: Path) -> None:
    """Write the table as `path`.

    Raises
    ------
    OutputError
    """
    with (
        table.open(encoding="utf-8", newline="") as rows,
        complete_or_absent(path) as stream,
    ):
        stream.write("\ufeff")
        writer = csv.writer(stream, delimiter=";")
        for row in csv.reader(rows):
            writer.writerow(
                [each.replace(".", ",") if _NUMBER.fullmatch(each) else each for each in row]
            )

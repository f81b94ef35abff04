"""Shared by all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

_CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def truth_data() -> Path:
    """The folder of clips with exact truth, which lies beside a checkout and is no part of it."""
    folder = _CHECKOUT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"NOT MEASURED: the clips with truth are absent ({folder})")
    return folder

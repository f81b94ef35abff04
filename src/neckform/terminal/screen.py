"""Whether there is a desktop that a page can be shown on."""

from __future__ import annotations

import os
import sys


def there_is_a_screen() -> bool:
    """On a Linux computer without one, a text browser would take over the terminal."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

"""neckform checks neck stretches and resting neck posture, on your own computer.

::

    import neckform

    report = neckform.analyze("clip.mp4")
    for hold in report.holds:
        print(hold.stretch, hold.side, hold.held_ms / 1000, hold.completed)

Everything here loads when it is first used, so that ``import neckform`` takes no time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from neckform.api import Report as Report
    from neckform.api import analyze as analyze
    from neckform.core.errors import NeckformError as NeckformError
    from neckform.version import __version__ as __version__

__all__ = ["NeckformError", "Report", "__version__", "analyze"]

_ELSEWHERE = {
    "Report": "neckform.api",
    "analyze": "neckform.api",
    "NeckformError": "neckform.core.errors",
    "__version__": "neckform.version",
}


def __getattr__(name: str) -> Any:
    if name in _ELSEWHERE:
        return getattr(import_module(_ELSEWHERE[name]), name)
    raise AttributeError(f"module 'neckform' has no attribute '{name}'")

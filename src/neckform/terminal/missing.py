"""Names a missing system library, and says how to install it."""

from __future__ import annotations

LINUX_HINT = "apt-get install libgl1 libegl1 libgles2 libglib2.0-0"
"""The libraries that OpenCV and MediaPipe need. A server or a container may lack them."""


def missing_library(error: BaseException) -> str | None:
    """One line for a person; None when the error has another cause."""
    text = (str(error) or type(error).__name__).splitlines()[0]
    if isinstance(error, OSError | ImportError) and ".so" in text and "cannot open" in text:
        return f"a system library is missing ({text}); on Debian or Ubuntu: {LINUX_HINT}"
    if isinstance(error, ImportError):
        return f"a part of neckform is missing ({text}); install neckform again"
    return None

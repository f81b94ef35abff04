"""One line for an error that nobody thought of: a missing library, or a mistake of neckform's."""

from __future__ import annotations

import errno
import os
import traceback

from neckform.core.errors import ModelError, SettingsError
from neckform.core.wording import why, worded

UNEXPECTED = 70
"""As ``EX_SOFTWARE`` of sysexits.h: a mistake of neckform's own."""

_REFUSED = {errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL}
"""What systems say of a name that can be no file's: it is the person's, and no mistake of ours."""

LINUX_HINT = "apt-get install libgl1 libegl1 libgles2 libglib2.0-0"
"""The libraries that OpenCV and MediaPipe need. A server or a container may lack them."""


def missing_library(error: BaseException) -> str | None:
    """One line for a person; None when the error has another cause."""
    text = (str(error) or type(error).__name__).splitlines()[0]
    if isinstance(error, OSError | ImportError) and ".so" in text and "cannot open" in text:
        return worded(
            "a system library is missing ({text}); on Debian or Ubuntu: {linux_hint}",
            text=text,
            linux_hint=LINUX_HINT,
        )
    if isinstance(error, ImportError):
        return worded("a part of neckform is missing ({text}); install neckform again", text=text)
    return None


def unexpected(error: Exception) -> tuple[str, int]:
    """The line and the exit code for an error that nobody thought of."""
    if missing := missing_library(error):
        return missing, ModelError.exit_code
    if isinstance(error, OSError) and error.errno in _REFUSED and error.filename is not None:
        return worded(
            "{filename}: {strerror}; give another name",
            filename=error.filename,
            strerror=why(error),
        ), SettingsError.exit_code
    if os.environ.get("NECKFORM_DEBUG") == "1":
        traceback.print_exception(error)
    line = worded(
        "something went wrong that should not have ({name}: {error}). Please report "
        "this, with what NECKFORM_DEBUG=1 prints.",
        name=type(error).__name__,
        error=error,
    )
    return line, UNEXPECTED

"""MediaPipe's tasks, imported without the plots that they bring along.

`mediapipe.tasks.python.vision` imports matplotlib for a drawing that nobody here asks for: 0.36 of
its 0.45 seconds of the processor. It gets a stand-in that becomes matplotlib when it is asked for
something.
"""

from __future__ import annotations

import importlib
import sys
import threading
from types import ModuleType
from typing import Any

VISION = "mediapipe.tasks.python.vision"
_PLOTS, _PYPLOT = "matplotlib", "matplotlib.pyplot"
_lock = threading.Lock()


class _Pyplot(ModuleType):
    """Stands for pyplot until something of it is needed."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(importlib.import_module(_PYPLOT), name)


def load_vision() -> None:
    """Import MediaPipe's vision tasks, once.

    Raises
    ------
    ImportError
    """
    with _lock:
        if VISION in sys.modules:
            return
        stand_ins: dict[str, ModuleType] = {}
        if _PLOTS not in sys.modules:
            plots, pyplot = ModuleType(_PLOTS), _Pyplot(_PYPLOT)
            plots.__path__ = []
            vars(plots)["pyplot"] = pyplot
            stand_ins = {_PLOTS: plots, _PYPLOT: pyplot}
        sys.modules.update(stand_ins)
        try:
            importlib.import_module(VISION)
        finally:
            for name, stand_in in stand_ins.items():
                if sys.modules.get(name) is stand_in:
                    del sys.modules[name]

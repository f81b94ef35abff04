"""Keeps what was done: in the history, as soon as it is done, and in files where that was asked."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from neckform import __version__
from neckform.advice import fortnight_advice
from neckform.coach.options import CoachOptions
from neckform.core.errors import NeckformError, SettingsError
from neckform.core.holds import HoldSettings
from neckform.core.report import ModelFacts, SourceFacts, build_report
from neckform.core.types import HoldState, HoldStatus, Outcome
from neckform.history.entry import Scope, entry_of
from neckform.history.store import Store
from neckform.own_data import history_file
from neckform.sensing import recording
from neckform.sensing.live import Look
from neckform.sensing.models import Models
from neckform.settings import as_dict
from neckform.showing.annotated import film
from neckform.showing.files import prepare_folder, write_json
from neckform.showing.frames_csv import FrameRows, frame_rows
from neckform.showing.html import Trace, page_html

Report = dict[str, Any]


class Keeping:
    """What is kept of one routine; a context manager.

    The history has each exercise as soon as it is over: a computer that stops in the middle of a
    routine takes nothing with it but the exercise at hand.
    """

    def __init__(
        self, options: CoachOptions, settings: HoldSettings, models: Models, camera: str
    ) -> None:
        self._options = options
        self._settings = settings
        self._models = models
        self._camera = camera
        self._began = datetime.now(UTC)
        self._id = hashlib.sha256(uuid.uuid4().bytes).hexdigest()
        self._stack = ExitStack()
        self._trace = Trace()
        self._rows: FrameRows | None = None
        self._recorder: recording.Recorder | None = None
        self._film: Any = None
        self._size = (0, 0)
        self._first_ms: int | None = None
        self._last_ms = 0
        self._looked = 0

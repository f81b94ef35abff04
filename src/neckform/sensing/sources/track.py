"""The picture track of a recording: its frames and when each is shown.

PyAV (BSD) reads it, because it tells what OpenCV keeps to itself: tracks and what they are for, the
shape of pixels, the display matrix, and whether a frame has a time at all.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import IO, Any

from neckform.core.errors import InputError
from neckform.core.wording import worded
from neckform.sensing.sources.damage import Damage
from neckform.sensing.sources.stamps import LONGEST_S, Stamps

SMALL_PX = 640 * 480
"""Pictures up to this many pixels are decoded by one thread: handing them around among several
costs a fifth more, and takes processors away from the models. Larger ones are worth it."""

LARGEST_SIDE_PX = 8192
"""A larger picture is refused before it is decoded: one of 16000 x 16000 takes 3 GB."""
MOST_REFUSED = 100
"""After so many faults one after another, the rest of a file is given up."""
REORDERED = 16
"""No codec shows a picture by more places later than it is decoded."""
TOLD_S = 0.5
"""What is missing for longer is told."""
KEY_MS = 2500.0
"""Somebody who sleeps is looked at on key frames alone, where they come as often as this."""
READ_AHEAD_BYTES = 1 << 18


class Track:
    """The recording's picture track, open.

    Parameters
    ----------
    path : Path
    whole : bool
        Read all that an MP4 holds, whatever its list of edits leaves of it.

    Attributes
    ----------
    frames_read : int
        How many frames were decoded so far.
    read_ms : int or None
        Time of the last of them, from 0.
    rate : float
        Frames a second, as the stream says.
    duration_s : float or None
        As the file claims; None when it does not say, or cannot be believed.
    pixel_shape : float
        Width of a pixel over its height.
    is_cut_out : bool
        Whether some of it is not to be shown, as a list of edits says.

    Raises
    ------
    InputError
        Nothing in the file can be read as a recording.
    """

    def __init__(self, path: Path, *, whole: bool = False) -> None:
        import av
        from av.format import Flags

        av.logging.set_level(None)
        self._path, self._whole = path, whole
        # An open file, not a name: names may hold bytes that are no text, or look like addresses.
        self._file: IO[bytes] = path.open("rb")
        self._closed = False
        try:
            self._container = av.open(
                self._file,
                "r",
                options={"protocol_whitelist": "none", "ignore_editlist": str(int(whole))},
                buffer_size=READ_AHEAD_BYTES,
                metadata_errors="replace",
            )
        except (av.FFmpegError, ValueError, OSError) as error:
            self._file.close()
            raise InputError(unreadable(path)) from error
        try:
            self._stream = self._choose()
        except InputError:
            self.close()
            raise
        codec = self._stream.codec_context
        # A picture that grows in the middle of a file is refused, too, before it is decoded.
        codec.options = {"max_pixels": str(LARGEST_SIDE_PX**2)}
        # A bare stream of pictures: what is called its times was made up from an assumed rate.
        is_bare = Flags.no_timestamps in Flags(self._container.format.flags)
        told = _rate(self._stream, told_alone=is_bare)
        self._stamps = Stamps(path, told, is_bare=is_bare)
        self.rate = self._stamps.rate
        self.duration_s = self._claimed_s()
        shape = self._stream.sample_aspect_ratio or codec.sample_aspect_ratio
        self.pixel_shape = float(shape) if shape and 0.1 <= shape <= 10 else 1.0
        if codec.width * codec.height <= SMALL_PX:
            codec.thread_count = 1
        else:
            codec.thread_type = "AUTO"
        self.frames_read = 0
        self.read_ms: int | None = None
        self.is_cut_out = False
        self._begins_s: float | None = None
        self._damage = Damage()
        self._keys_only = False

    def close(self) -> None:
        """Let the file go; may be called again."""
        if not self._closed:
            self._closed = True
            self._container.close()
            self._file.close()

    def pictures(
        self, interval_ms: float = 0.0, *, seldom: bool = False
    ) -> Iterator[tuple[int, Any]]:
        """Decoded frames with their times in milliseconds, strictly increasing, from 0.

        Parameters
        ----------
        interval_ms : float
            Only the first frame at or after each multiple of this is wanted: of the others, those
            that no other frame is made from may be missing.
        seldom : bool
            All but the key frames may be missing, where one comes at least every `KEY_MS`.
        """
        self._keys_only = seldom and self._keys_within(max(KEY_MS, interval_ms))
        for t_ms, frame in self._stamps.timed(self._decoded(interval_ms)):
            self._damage.frame(t_ms, self.read_ms, patched=frame.is_corrupt)
            self.frames_read += 1
            self.read_ms = t_ms
            yield t_ms, frame

    @property
    def lost_at_first_s(self) -> float:
        """How much lies before the first frame that can be decoded: the file was cut there."""
        begins_s, zero_s = self._begins_s, self._stamps.zero_s
        return 0.0 if begins_s is None or zero_s is None else max(0.0, zero_s - begins_s)

    def notes(self) -> list[str]:
        """What the person should be told, once all was read."""
        name, notes = self._path.name, []
        if damaged := self._damage.note(name):
            notes.append(damaged)
        if self.lost_at_first_s > TOLD_S:
            notes.append(
                worded(
                    "{name} was cut at its beginning: its first {lost_s:.1f} s cannot be shown",
                    name=name,
                    lost_s=self.lost_at_first_s,
                )
            )
        if self._whole:
            notes.append(
                worded(
                    "{name} tells players to show nothing of it: all that it holds was analysed",
                    name=name,
                )
            )
        if self._stamps.is_assumed:
            notes.append(
                worded(
                    "{name} tells no times for its pictures: {rate:g} a second were assumed",
                    name=name,
                    rate=self.rate,
                )
            )
        if self._stamps.is_joined:
            notes.append(
                worded(
                    "the times in {name} begin anew: its parts were taken one after another",
                    name=name,
                )
            )
        others = sum(_is_recording(each) for each in self._container.streams.video) - 1
        if others > 0:
            notes.append(
                worded(
                    "{name} holds {count} picture tracks: the main one was analysed",
                    name=name,
                    count=others + 1,
                )
            )
        return notes

    def _choose(self) -> Any:
        """The default track; no cover picture; else the one with the most pixels."""
        tracks = [each for each in self._container.streams.video if each.codec_context is not None]
        still = tracks[:1]
        tracks = [each for each in tracks if _is_recording(each)]
        if not tracks and not self._container.streams.audio:  # else a song's cover
            tracks = still
        if not tracks:
            raise InputError(unreadable(self._path))
        codec = (chosen := max(tracks, key=_standing)).codec_context
        if max(codec.width, codec.height) > LARGEST_SIDE_PX:
            raise InputError(
                worded(
                    "{path}: its pictures are {width} x {height}; the largest that are read are "
                    "{largest_side_px} x {largest_side_px}: make it smaller first",
                    path=self._path,
                    width=codec.width,
                    height=codec.height,
                    largest_side_px=LARGEST_SIDE_PX,
                )
            )
        return chosen

    def _decoded(self, interval_ms: float) -> Iterator[Any]:
        for packet, wanted in self._wanted(interval_ms):
            if self._keys_only and packet.size and not packet.is_keyframe:
                self._damage.packet(decoded=False)
                continue
            if packet.size:
                self._stream.codec_context.skip_frame = "DEFAULT" if wanted else "NONREF"
                self._damage.packet(decoded=wanted)
            for frame in self._decode(packet):
                if 0 < max(frame.width, frame.height) <= LARGEST_SIDE_PX:
                    yield frame
                else:
                    self._damage.place()

    def _keys_within(self, longest_ms: float) -> bool:
        """Whether the file's own index has a key frame so often from its beginning to its end."""
        stream = self._stream
        keys = sorted(each.timestamp for each in stream.index_entries if each.is_keyframe)
        if len(keys) < 2 or self.duration_s is None or stream.time_base is None:
            return False
        tick_ms = float(stream.time_base) * 1000
        apart = max(after - before for before, after in pairwise(keys)) * tick_ms
        whole = (keys[-1] - keys[0]) * tick_ms + longest_ms >= self.duration_s * 1000
        return bool(whole and apart <= longest_ms)

    def _wanted(self, interval_ms: float) -> Iterator[tuple[Any, bool]]:
        """Each packet, and whether its frame may be the first after a multiple of the interval.

        Packets come in the order in which they are decoded: the frame that is shown before a
        packet's own may come after it, so that a few packets are looked at ahead.
        """
        ahead: deque[Any] = deque()
        near: deque[int] = deque(maxlen=4 * REORDERED)
        for packet in self._packets():
            ahead.append(packet)
            if packet.pts is not None:
                near.append(packet.pts)
            if len(ahead) > REORDERED:
                yield (first := ahead.popleft()), self._may_be_wanted(first, near, interval_ms)
        yield from ((packet, True) for packet in ahead)

    def _may_be_wanted(self, packet: Any, near: Iterable[int], interval_ms: float) -> bool:
        if interval_ms <= 0 or packet.pts is None or not self._stamps.is_ordered:
            return True
        before = max((pts for pts in near if pts < packet.pts), default=None)
        shown_ms = self._stamps.ms(packet.pts * packet.time_base)
        before_ms = None if before is None else self._stamps.ms(before * packet.time_base)
        if shown_ms is None or before_ms is None:
            return True
        # Times are rounded to milliseconds when frames are chosen.
        return math.floor((shown_ms + 1) / interval_ms) > math.floor((before_ms - 1) / interval_ms)

    def _packets(self) -> Iterator[Any]:
        """Each packet that can be found: a fault in the middle does not end the file."""
        import av

        packets, refused = self._container.demux(self._stream), 0
        while refused < MOST_REFUSED:
            try:
                packet = next(packets, None)
            except IndexError:
                # A track that came later: PyAV knows only those that were there at first.
                packets = self._container.demux(self._stream)
                continue
            except (av.FFmpegError, OSError):
                if not refused:
                    self._damage.place()
                refused += 1
                packets = self._container.demux(self._stream)
                continue
            if packet is None:
                return
            refused = 0
            self.is_cut_out |= packet.is_discard
            if packet.pts is not None and not packet.is_discard and self._stamps.zero_s is None:
                shown_s = float(packet.pts * packet.time_base)
                begins_s = self._begins_s
                self._begins_s = shown_s if begins_s is None else min(shown_s, begins_s)
            yield packet

    def _decode(self, packet: Any) -> list[Any]:
        """The frames of a packet; none of one that is damaged."""
        import av

        try:
            return list(packet.decode())
        except (av.FFmpegError, ValueError):
            if packet.size:
                self._damage.place()
            return []

    def _claimed_s(self) -> float | None:
        stream, container = self._stream, self._container
        if stream.duration and stream.time_base:
            claimed = float(stream.duration * stream.time_base)
        elif container.duration:
            claimed = container.duration / 1e6
            # Matroska says when the last picture ends, on the same clock as the first.
            if "matroska" in container.format.name:
                claimed -= (container.start_time or 0) / 1e6
        else:
            return None
        # Of an AVI that was cut, its length is what is left; its header counts all pictures.
        if container.format.name == "avi":
            claimed = max(claimed, stream.frames / self.rate)
        return claimed if 0 < claimed < LONGEST_S else None


def unreadable(path: Path) -> str:
    """The line for a file in which no recording is found."""
    return worded(
        "{path} holds no video that can be read: it is not a video, has sound only, or is damaged",
        path=path,
    )


def _is_recording(stream: Any) -> bool:
    """Whether a picture track can be read, and is no cover and no thumbnail."""
    from av.stream import Disposition

    aside = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image
    if stream.codec_context is None or stream.disposition & aside:
        return False
    still = stream.codec_context.name in ("mjpeg", "png", "bmp", "webp")
    alone = stream.frames == 1 or not (stream.frames or stream.duration)
    return not (still and alone and len(stream.container.streams.video) > 1)


def _standing(stream: Any) -> tuple[bool, int]:
    from av.stream import Disposition

    codec = stream.codec_context
    return bool(stream.disposition & Disposition.default), codec.width * codec.height


def _rate(stream: Any, *, told_alone: bool) -> float | None:
    """Frames a second; of a bare stream, what its own header tells, or None."""
    told = stream.codec_context.framerate
    rates = (told,) if told_alone else (stream.guessed_rate, stream.average_rate, told)
    return next((float(rate) for rate in rates if rate and 0.1 <= rate <= 1000), None)

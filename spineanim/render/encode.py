"""H.264 in MP4 for the web: right colours, quick start, frequent key frames."""

from __future__ import annotations

import queue
import threading
from collections.abc import Collection
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from numpy.typing import NDArray

from spineanim.render.quality import Quality

KEYFRAME_EVERY_S = 2
_THREADS = 2  # x264's bytes depend on the number of threads, so it is the same everywhere
_QUEUE_FRAMES = 4


class FilmEncoder:
    """Writes frames to an MP4 while the next ones are being drawn.

    Parameters
    ----------
    path
        File to write; the caller moves it into place when all is well.
    quality
        Size, rate and level.
    metadata
        Tags of the file, such as `title`.
    language
        ISO 639-2 code of what is written in the picture.
    chapter_starts
        Frames that must be key frames, besides one every two seconds.
    """

    def __init__(
        self,
        path: Path,
        quality: Quality,
        metadata: dict[str, str],
        language: str,
        chapter_starts: Collection[int],
    ) -> None:
        self.chapter_starts = frozenset(chapter_starts)
        self.container = av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"})
        self.container.metadata.update(metadata)
        gop = KEYFRAME_EVERY_S * quality.fps
        self.stream = self.container.add_stream("libx264", rate=quality.fps)
        self.stream.width, self.stream.height = quality.width_px, quality.height_px
        self.stream.pix_fmt = "yuv420p"
        self.stream.metadata["language"] = language
        self.stream.options = {
            "profile": "high",
            "level": quality.level,
            "preset": "medium",
            "crf": str(quality.crf),
            "g": str(gop),
            "threads": str(_THREADS),
            "x264-params": f"open-gop=0:keyint={gop}",
        }
        context = self.stream.codec_context
        context.time_base = Fraction(1, quality.fps)
        context.color_primaries = ColorPrimaries.BT709
        context.color_trc = ColorTrc.BT709
        context.colorspace = Colorspace.ITU709
        context.color_range = ColorRange.MPEG
        self._frames: queue.Queue[NDArray[np.uint8] | None] = queue.Queue(_QUEUE_FRAMES)
        self._error: BaseException | None = None
        self._count = 0
        self._worker = threading.Thread(target=self._work, name="encoder", daemon=True)
        self._worker.start()

    def put(self, pixels: NDArray[np.uint8]) -> None:
        """Append a frame (H, W, 4) RGBA; it is copied.

        Raises
        ------
        OSError
            What came before could not be written.
        """
        self._check()
        self._frames.put(pixels[..., :3].copy())

    def __enter__(self) -> Self:
        """Start; leaving the block finishes the file."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write what is left and close; after an error, only close."""
        self._frames.put(None)
        self._worker.join()
        try:
            if error is None and self._error is None:
                self.container.mux(self.stream.encode(None))
            self.container.close()
        except OSError:
            if error is None and self._error is None:
                raise
        if error is None:
            self._check()

    def _check(self) -> None:
        if self._error is not None:
            raise self._error

    def _work(self) -> None:
        while (pixels := self._frames.get()) is not None:
            if self._error is None:
                try:
                    self._encode(pixels)
                except BaseException as error:
                    self._error = error

    def _encode(self, pixels: NDArray[np.uint8]) -> None:
        rgb = av.VideoFrame.from_ndarray(pixels, format="rgb24")
        frame = rgb.reformat(
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
        )
        frame.pts, frame.time_base = self._count, self.stream.codec_context.time_base
        if self._count in self.chapter_starts:
            frame.pict_type = av.video.frame.PictureType.I
        self._count += 1
        self.container.mux(self.stream.encode(frame))

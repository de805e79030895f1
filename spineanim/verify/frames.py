"""Decode a film once, and show every picture to all who look for something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final, Protocol

import av
import numpy as np
from av.video.reformatter import Interpolation, VideoReformatter
from numpy.typing import NDArray

from spineanim.upload import Box
from spineanim.verify.bt709 import bytes_of, rgb_of
from spineanim.verify.film_files import MOST_PIXELS
from spineanim.verify.finding import Finding

CELLS: Final = 192
"""Cells along the longer side of a shrunk picture: 10 pixels of a 1080p film each."""
_MOST: Final = 100_000
"""Pictures that are looked at, an hour of them: nobody waits for the end of more."""
_FORMAT: Final = "yuv420p"


class Picture:
    """A decoded picture.

    Parameters
    ----------
    number
        Which one, from 0 in the order of showing.
    frame
        As it was decoded.
    shrink
        Shrinks pictures; kept from one to the next.

    Attributes
    ----------
    number, width_px, height_px
        Which, and its size.
    """

    def __init__(self, number: int, frame: av.VideoFrame, shrink: VideoReformatter) -> None:
        self.number, self.width_px, self.height_px = number, frame.width, frame.height
        self._frame, self._shrink = frame, shrink

    @cached_property
    def _planes(self) -> list[NDArray[np.uint8]]:
        frame = self._frame
        if frame.format.name != _FORMAT:  # told by the check of streams
            frame = frame.reformat(format=_FORMAT)
        return [
            np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[
                : plane.height, : plane.width
            ]
            for plane in frame.planes
        ]

    @cached_property
    def small(self) -> NDArray[np.uint8]:
        """Means of cells (H, W, 3) in Y'CbCr; the longer side has `CELLS` of them."""
        height, width = small_shape(self.width_px, self.height_px)
        shrunk = self._shrink.reformat(
            self._frame, width, height, "yuv444p", interpolation=Interpolation.AREA
        )
        planes = np.asarray(shrunk.to_ndarray(), np.uint8).reshape(3, height, width)
        return np.moveaxis(planes, 0, -1)

    def mean_rgb(self, box: Box) -> NDArray[np.float32]:
        """Return the mean colour (3,) of a box, 0 to 255."""
        luma, *chroma = self._planes
        rows, columns = _slices(box, self.height_px, self.width_px)
        halves = _halved(rows), _halved(columns)
        return rgb_of([luma[rows, columns].mean(), *(plane[halves].mean() for plane in chroma)])

    def rgb(self, box: Box) -> NDArray[np.uint8]:
        """Return the pixels (H, W, 3) of a box, as far as it lies in the picture."""
        rows, columns = _slices(box, self.height_px, self.width_px)
        luma, *chroma = self._planes
        down, across = (np.arange(each.start, each.stop) for each in (rows, columns))
        nearest = np.ix_(down // 2, across // 2)
        planes = np.stack([luma[rows, columns], *(plane[nearest] for plane in chroma)], axis=-1)
        return bytes_of(rgb_of(planes))


class Watcher(Protocol):
    """Sees the pictures of a film one after another, and says in the end what is wrong."""

    def see(self, picture: Picture) -> None:
        """Look at the next picture; it is gone after the call."""

    def findings(self) -> Iterator[Finding]:
        """Say what is wrong, after the last one."""


def small_shape(width_px: int, height_px: int) -> tuple[int, int]:
    """Rows and columns of a shrunk picture."""
    longer = max(width_px, height_px)
    return max(height_px * CELLS // longer, 2), max(width_px * CELLS // longer, 2)


def watch(file: Path, watchers: Sequence[Watcher]) -> int:
    """Decode a film and show every picture to all watchers; return how many there were.

    Raises
    ------
    ValueError
        It cannot be opened, its pictures are far too large or too many, one is damaged or of
        another size, or not all come out of the decoder; the message says which.
    """
    shrink, count = VideoReformatter(), 0
    try:
        with av.open(str(file), "r") as container:
            stream = container.streams.video[0]
            stream.thread_type = "AUTO"
            size = stream.width, stream.height
            if size[0] * size[1] > MOST_PIXELS:
                raise ValueError(f"its pictures are {size[0]} x {size[1]} px")
            for frame in container.decode(stream):
                if frame.is_corrupt:
                    raise ValueError(f"its picture {count} is damaged")
                if (frame.width, frame.height) != size or count == _MOST:
                    raise ValueError(f"its picture {count} is one too many, or of another size")
                picture = Picture(count, frame, shrink)
                for watcher in watchers:
                    watcher.see(picture)
                count += 1
            if count != stream.frames > 0:
                raise ValueError(f"only {count} of its {stream.frames} pictures can be shown")
    except (av.FFmpegError, OSError, IndexError) as error:
        raise ValueError(
            f"cannot be decoded after picture {count} ({type(error).__name__})"
        ) from None
    return count


def _halved(luma: slice) -> slice:
    """Return the samples of chroma that lie within some of luma; one at least."""
    first = -(-luma.start // 2)
    return slice(first, max(luma.stop // 2, first + 1))


def _slices(box: Box, height_px: int, width_px: int) -> tuple[slice, slice]:
    """Rows and columns of a box, as far as it lies in the picture.

    Raises
    ------
    ValueError
        None of it does.
    """
    rows = slice(max(box.top_px, 0), min(box.top_px + box.height_px, height_px))
    columns = slice(max(box.left_px, 0), min(box.left_px + box.width_px, width_px))
    if rows.start >= rows.stop or columns.start >= columns.stop:
        raise ValueError("the manifest names a place outside of the picture")
    return rows, columns

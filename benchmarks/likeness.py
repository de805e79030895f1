"""How alike a film and the frames it was made of are: mean SSIM, as FFmpeg's filter has it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.reformatter import ColorRange, Colorspace
from numpy.typing import NDArray

_TICK: Final = Fraction(1, 30)
"""Any rate does."""
_Compared = tuple[Graph, FilterContext, FilterContext, FilterContext]
"""The graph is kept with its ends, which do not hold it."""


class Likeness:
    """Compares the frames of a film, one by one, with those it should show.

    Parameters
    ----------
    film
        The film.
    colorspace
        Matrix its pixels were converted with; the frames are converted alike, so that what is
        compared is what encoding has cost.
    """

    def __init__(self, film: Path, colorspace: Colorspace) -> None:
        self.colorspace = colorspace
        self._container = av.open(str(film))
        self._decoded: Iterator[av.VideoFrame] = self._container.decode(video=0)
        self._graph: _Compared | None = None
        self._found: list[float] = []

    def take(self, pixels: NDArray[np.uint8]) -> None:
        """Compare the film's next frame with pixels (H, W, 4) RGBA."""
        shown = next(self._decoded)
        rgba = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgba")
        right = rgba.reformat(
            format="yuv420p",
            dst_colorspace=self.colorspace,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
        )
        # planes alone are compared, whatever the film's tags say
        plain = av.VideoFrame.from_ndarray(shown.to_ndarray(), format="yuv420p")
        other = av.VideoFrame.from_ndarray(right.to_ndarray(), format="yuv420p")
        if self._graph is None:
            self._graph = _graph(plain)
        _, *inputs, output = self._graph
        for each, frame in zip(inputs, (plain, other), strict=True):
            frame.pts, frame.time_base = len(self._found), _TICK
            each.push(frame)
        compared = output.pull()
        assert isinstance(compared, av.VideoFrame)
        self._found.append(float(compared.metadata["lavfi.ssim.All"]))

    def mean(self) -> float:
        """Mean SSIM of all frames taken; 1 if nothing was lost.

        Raises
        ------
        ValueError
            The film has frames that were not compared, or none was.
        """
        if next(self._decoded, None) is not None or not self._found:
            raise ValueError("the film has another number of frames")
        self._container.close()
        return float(np.mean(self._found))


def _graph(like: av.VideoFrame) -> _Compared:
    """Return a graph, its two inputs of frames, and the output that tells how alike they are."""
    graph = Graph()
    one = graph.add_buffer(
        name="a",
        time_base=_TICK,
        template=None,
        width=like.width,
        height=like.height,
        format=like.format,
    )
    other = graph.add_buffer(
        name="b",
        time_base=_TICK,
        template=None,
        width=like.width,
        height=like.height,
        format=like.format,
    )
    ssim, sink = graph.add("ssim"), graph.add("buffersink")
    one.link_to(ssim, 0, 0)
    other.link_to(ssim, 0, 1)
    ssim.link_to(sink)
    graph.configure()
    return graph, one, other, sink

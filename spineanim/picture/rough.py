"""Rough bakes: pixels twice as wide as those of the view, split so that they fit to others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from spineanim.picture.gbuffer import GBuffer

TIMES: Final = 2
"""So many times wider are the pixels and the samples of what is baked roughly."""

CHANNELS: Final = ("depth_mm", "normal", "openness", "lit", "inside_mm", "tissue")


@dataclass(frozen=True, eq=False)
class RoughBuffer(GBuffer):
    """A buffer that tells nothing between every other column and row of its view's pixels."""


def split(channel: NDArray[Any]) -> NDArray[Any]:
    """Split wide pixels into those of the view."""
    return channel.repeat(TIMES, axis=0).repeat(TIMES, axis=1)


def thinned(buffer: GBuffer) -> GBuffer:
    """Keep one of the pixels that share a wide one."""
    scale = buffer.view.px_per_mm
    # wide pixels begin at every other line of the view's own lattice
    right, down = round(buffer.left_mm * scale) % TIMES, round(buffer.top_mm * scale) % TIMES
    channels: dict[str, Any] = {
        name: np.ascontiguousarray(getattr(buffer, name)[down::TIMES, right::TIMES])
        for name in CHANNELS
    }
    return replace(
        buffer,
        view=buffer.view.at_scale(scale / TIMES),
        left_mm=buffer.left_mm + right / scale,
        top_mm=buffer.top_mm - down / scale,
        **channels,
    )


def laid(channel: NDArray[Any], down: int, right: int, shape: tuple[int, int]) -> NDArray[Any]:
    """Split wide pixels and lay them into an array of a shape; the edges go on to its rim."""
    found = split(channel)
    rest = (max(shape[0] - down - found.shape[0], 0), max(shape[1] - right - found.shape[1], 0))
    padded = np.pad(found, ((down, rest[0]), (right, rest[1])), mode="edge")
    return np.ascontiguousarray(padded[: shape[0], : shape[1]])

"""Pixels of an SVG, drawn by resvg with the fonts of the project alone.

resvg draws what SVG 1.1 and most of SVG 2 say, as browsers do; `features.py` names what it does
not. It runs in a process of its own that is held to bounds (`resvg_child.py`).
"""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from spineanim.content.artwork.layers import Box, framed
from spineanim.content.artwork.tree import Node
from spineanim.content.fonts import TYPEFACE, font_file
from spineanim.errors import ContentError

Pixels = NDArray[np.uint8]
_MOST_PX: Final = 16_000_000
_MOST_CPU_S: Final = 12
_MOST_BYTES: Final = 3 << 30
"""What the child may take: seconds of the processor, and memory."""
_PATIENCE_S: Final = 240.0
"""Of the clock on the wall, for machines that are busy."""
_FIRST_PX: Final = 384
_SECOND_PX: Final = 1536
"""How finely the edges of what is drawn are looked for: first roughly, then near them."""
_SIMPLER: Final = "simplify it, or draw parts of it as an embedded picture"


class RasterError(ContentError):
    """A drawing that resvg cannot draw."""


@dataclass(frozen=True)
class Inked:
    """A picture of what is drawn, without empty edges.

    Attributes
    ----------
    rgba
        Premultiplied, (H, W, 4), first row at the top.
    box
        Its place, in units of the drawing.
    """

    rgba: Pixels
    box: Box


def drawn(drawings: Sequence[tuple[str, int, int]]) -> list[Pixels]:
    """Draw SVGs, each as it stands, into so many pixels across and down.

    Returns
    -------
    Premultiplied RGBA, (H, W, 4), first row at the top; one for each.

    Raises
    ------
    RasterError
        One takes too long, takes too much memory, or breaks the renderer.
    """
    fonts = [str(font_file(weight)) for weight in ("Regular", "SemiBold", "Bold")]
    asked = {
        "drawings": list(drawings),
        "fonts": fonts,
        "family": TYPEFACE,
        "most_s": _MOST_CPU_S,
        "most_bytes": _MOST_BYTES,
    }
    child = Path(__file__).with_name("resvg_child.py")
    try:
        done = subprocess.run(
            [sys.executable, "-X", "utf8", str(child)],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=_PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RasterError("it takes too long to draw", _SIMPLER) from None
    if done.returncode != 0:
        raise _failure(done)
    return [_premultiplied(each) for each in _split(done.stdout)]


def inked(root: Node, box: Box, px_per_unit: float) -> Inked:
    """Draw what a box of a drawing holds, at a scale.

    Parameters
    ----------
    root
        The drawing.
    box
        Where it has ink, see `ink_boxes`.
    px_per_unit
        Pixels for one of its units; fewer if it would be larger than any frame.

    Raises
    ------
    RasterError
        It cannot be drawn.
    """
    scale = min(px_per_unit, (_MOST_PX / (box.wide * box.high)) ** 0.5)
    wide, high = (max(round(each * scale), 1) for each in (box.wide, box.high))
    svg = framed(root, box, wide, high)
    return Inked(_kept(svg, wide, high), box)


def ink_boxes(roots: Sequence[Node]) -> list[Box | None]:
    """Say where each drawing has ink, in its units; None where it has none.

    Raises
    ------
    RasterError
        One cannot be drawn.
    """
    rough = _ink([(root, Box.of_page(root)) for root in roots], _FIRST_PX, margin_px=1)
    seen = [index for index, box in enumerate(rough) if box is not None]
    near = [(roots[index], box) for index in seen if (box := rough[index]) is not None]
    fine = dict(zip(seen, _ink(near, _SECOND_PX, margin_px=0), strict=True))
    return [fine.get(index) for index in range(len(roots))]


def rough_boxes(roots: Sequence[Node]) -> list[Box | None]:
    """Say where each drawing has ink, to a few hundredths of its size; see `ink_boxes`."""
    return _ink([(root, Box.of_page(root)) for root in roots], _FIRST_PX, margin_px=0)


def _ink(places: Sequence[tuple[Node, Box]], longest_px: int, margin_px: int) -> list[Box | None]:
    """Find ink within boxes; the boxes returned are wider by a margin all round."""
    asked: list[tuple[str, int, int]] = []
    for root, box in places:
        scale = longest_px / max(box.wide, box.high)
        wide, high = (max(round(each * scale), 1) for each in (box.wide, box.high))
        asked.append((framed(root, box, wide, high), wide, high))
    if not asked:
        return []
    pictures = drawn(asked)
    return [_within(box, rgba, margin_px) for (_, box), rgba in zip(places, pictures, strict=True)]


def _within(box: Box, rgba: Pixels, margin: int) -> Box | None:
    """Return the part of a box that holds ink."""
    rows, columns = np.nonzero(rgba[..., 3])
    if not len(rows):
        return None
    across, down = box.wide / rgba.shape[1], box.high / rgba.shape[0]
    left, right = int(columns.min()) - margin, int(columns.max()) + 1 + margin
    top, bottom = int(rows.min()) - margin, int(rows.max()) + 1 + margin
    return Box(
        box.left + left * across, box.top + top * down, (right - left) * across,
        (bottom - top) * down,
    )  # fmt: skip


@lru_cache(maxsize=16)
def _kept(svg: str, wide: int, high: int) -> Pixels:
    """Draw one; a film asks for the same one several times."""
    rgba = drawn([(svg, wide, high)])[0]
    rgba.setflags(write=False)
    return rgba


def _split(stream: bytes) -> list[bytes]:
    found, at = [], 0
    while at < len(stream):
        (length,) = struct.unpack_from("<Q", stream, at)
        found.append(stream[at + 8 : at + 8 + length])
        at += 8 + length
    return found


def _premultiplied(png: bytes) -> Pixels:
    with Image.open(io.BytesIO(png), formats=("PNG",)) as picture:
        return np.array(picture.convert("RGBA").convert("RGBa"), dtype=np.uint8)


def _failure(done: subprocess.CompletedProcess[bytes]) -> ContentError:
    """Say why the child stopped."""
    said = done.stderr.decode("utf-8", "replace").strip()
    if "No module named 'resvg_py'" in said:
        return RasterError(
            "the renderer of drawings is not installed (package resvg-py)",
            "remove the folder .venv and run 'make setup'",
        )
    if done.returncode < 0 and not said:
        return RasterError("it takes too long to draw", _SIMPLER)
    last = next((line for line in reversed(said.splitlines()) if line.startswith("ValueError")), "")
    reason = last.removeprefix("ValueError:").strip()
    if reason:
        return RasterError(f"it is no SVG that can be drawn ({reason})", _SIMPLER)
    return RasterError("it breaks the renderer (numbers too large, or too much memory)", _SIMPLER)

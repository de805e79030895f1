"""Keep lit pictures on disk: a film with a new theme looks its ramps up and does nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from spineanim.code import code_digest
from spineanim.geometry.axes import View
from spineanim.geometry.parts import Part
from spineanim.geometry.solids.base import digest_of
from spineanim.picture.gbuffer import GBuffer
from spineanim.picture.haste import keep, recalled, roughness
from spineanim.picture.kiln import Kiln, Recipe
from spineanim.picture.raster import Box
from spineanim.picture.tones import Finish, Tones, tones_of
from spineanim.store import Arrays

_CODE: Final = tuple(
    f"spineanim/picture/{name}.py"
    for name in (
        "bake", "edges", "gbuffer", "kept_tones", "lighting", "material", "noise", "texture",
        "tones",
    )
)  # fmt: skip
_CHANNELS: Final = ("base", "other", "share", "place", "bounce", "shine", "cover")
_MARGIN_PX: Final = 64
"""Room round a window: shadows and shades of what lies just outside."""


def kept_tones(
    parts: Sequence[Part],
    view: View,
    finish: Finish,
    *,
    window_mm: Box | None = None,
    lamp_deg: float = 0.0,
    kiln: Kiln | None = None,
) -> Tones | None:
    """Bake, put together and light parts in a view, or read the result back.

    Parameters
    ----------
    parts : sequence of Part
        Later ones lie over earlier ones on a cut.
    view : View
        Its scale is the scale of the buffers: that of the picture times `finish.oversample`.
    finish : Finish
    window_mm : tuple of float, optional
        Left, bottom, right and top in the view's plane of what is needed; default all.
    lamp_deg : float
        How far the light is turned counter-clockwise in the picture.
    kiln : Kiln, optional
        Where bakes come from; its store keeps the result.

    Returns
    -------
    Tones or None
        None if nothing can be seen.
    """
    oven = kiln or Kiln()
    recipes = [Recipe(part, view, lamp_deg) for part in parts]
    names = tuple((item.part.name, item.key) for item in recipes)
    key = digest_of(("tones", code_digest(_CODE), names, finish, window_mm))
    kept = recalled(oven.store, key)
    if kept is None:
        before = roughness()
        kept = _lit(parts, oven.fire(recipes), finish, window_mm)
        keep(oven.store, key, kept, before)
    return _read(kept, finish)


def fresh_tones(
    parts: Sequence[Part],
    view: View,
    finish: Finish,
    *,
    window_mm: Box | None = None,
    lamp_deg: float = 0.0,
) -> Tones:
    """Do what `kept_tones` does but keep only the bakes; without a pixel if nothing is seen."""
    buffers = Kiln().fire([Recipe(part, view, lamp_deg) for part in parts])
    found = _read(_lit(parts, buffers, finish, window_mm), finish)
    if found is not None:
        return found
    none = np.zeros((0, 0), dtype=np.uint8)
    place = none.astype(np.uint16)
    return Tones(
        view.px_per_mm, 0.0, 0.0, finish.oversample, none, none, none, place, none, none, none
    )


def _lit(
    parts: Sequence[Part], buffers: Sequence[GBuffer | None], finish: Finish, window_mm: Box | None
) -> Arrays:
    """Light what can be seen in the window, as arrays to keep."""
    seen = [
        (part, cropped)
        for part, buffer in zip(parts, buffers, strict=True)
        if buffer is not None and (cropped := within(buffer, window_mm)) is not None
    ]
    if not seen:
        return {"corner": np.zeros(3)}
    tones = tones_of(seen, finish)
    arrays: dict[str, NDArray[Any]] = {name: getattr(tones, name) for name in _CHANNELS}
    arrays["corner"] = np.array([tones.px_per_mm, tones.left_mm, tones.top_mm])
    return arrays


def _read(arrays: Arrays, finish: Finish) -> Tones | None:
    """Put arrays back into a lit picture."""
    if "base" not in arrays:
        return None
    scale, left, top = (float(value) for value in arrays["corner"])
    return Tones(scale, left, top, finish.oversample, **{n: arrays[n] for n in _CHANNELS})


def within(buffer: GBuffer, window_mm: Box | None) -> GBuffer | None:
    """Return the piece of a buffer in and just round a window; None if there is nothing."""
    if window_mm is None:
        return buffer
    scale = buffer.view.px_per_mm
    left, bottom, right, top = window_mm
    wide, tall = buffer.size_px
    rows = _span((buffer.top_mm - top) * scale, (buffer.top_mm - bottom) * scale, tall)
    columns = _span((left - buffer.left_mm) * scale, (right - buffer.left_mm) * scale, wide)
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return None
    piece = {
        name: getattr(buffer, name)[rows, columns]
        for name in ("depth_mm", "normal", "openness", "lit", "inside_mm", "tissue")
    }
    if not piece["tissue"].any():
        return None
    corner = {
        "left_mm": buffer.left_mm + columns.start / scale,
        "top_mm": buffer.top_mm - rows.start / scale,
    }
    return replace(buffer, **piece, **corner)


def _span(first: float, last: float, size: int) -> slice:
    """Whole pixels between two places, with room round them."""
    start = max(int(np.floor(first)) - _MARGIN_PX, 0)
    return slice(start, max(min(int(np.ceil(last)) + _MARGIN_PX, size), start))

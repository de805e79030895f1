"""Turn baked views into pictures: one light from the upper left, ramps of the theme.

The recipe: a key light with soft shadow, a cool fill, the sky, occlusion, a rim; the sum is a
position on the ramp of the tissue's role, so that shadows keep their hue. What lies behind a
nearer edge is darkened by the blurred depth, which separates overlapping bones without lines.
A theme is applied here alone: new colours need no new bake.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from spineanim.content.theme import Theme
from spineanim.geometry.parts import Part, Tissue
from spineanim.picture.bake import LIGHT, turned
from spineanim.picture.gbuffer import GBuffer, merged
from spineanim.picture.image import BakedImage
from spineanim.picture.oklab import ramp_table
from spineanim.picture.texture import cut_grain, surface_grain

Float32 = NDArray[np.float32]

ROLES: Final[dict[int, str]] = {
    Tissue.BONE: "bone", Tissue.CANCELLOUS: "cancellous", Tissue.CARTILAGE: "cartilage",
    Tissue.ANNULUS: "disc", Tissue.NUCLEUS: "nucleus", Tissue.LIGAMENT: "ligament",
    Tissue.FLAVUM: "ligamentum_flavum", Tissue.FAT: "fat", Tissue.MUSCLE: "muscle",
    Tissue.FASCIA: "fascia", Tissue.SKIN: "skin", Tissue.DURA: "dura", Tissue.CSF: "csf",
    Tissue.CORD: "cord", Tissue.GREY_MATTER: "cord", Tissue.NERVE: "nerve",
    Tissue.BRAIN: "brain", Tissue.ARTERY: "artery", Tissue.VEIN: "vein",
    Tissue.TITANIUM: "metal", Tissue.STEEL: "metal", Tissue.SILICONE: "catheter",
    Tissue.SEPTUM: "septum", Tissue.BATTERY: "battery", Tissue.BOARD: "pcb",
    Tissue.PROPELLANT: "propellant", Tissue.MEDICATION: "medication", Tissue.RUBBER: "rubber",
    Tissue.PLASTIC: "cloth", Tissue.SCREEN: "pcb", Tissue.ORGAN: "brain", Tissue.CLOTH: "cloth",
}  # fmt: skip
"""Theme role of every tissue."""

# Ramp position of a cut: share of light that a flat face takes, and how much relief tells
_CUT_TONE: Final[dict[int, tuple[float, float]]] = {
    Tissue.BONE: (0.84, 0.30), Tissue.CANCELLOUS: (0.66, 0.42), Tissue.ANNULUS: (0.66, 0.40),
    Tissue.NUCLEUS: (0.72, 0.30), Tissue.FAT: (0.68, 0.42), Tissue.MUSCLE: (0.56, 0.42),
    Tissue.CORD: (0.66, 0.34), Tissue.GREY_MATTER: (0.36, 0.2), Tissue.CSF: (0.62, 0.2),
    Tissue.DURA: (0.40, 0.2), Tissue.LIGAMENT: (0.66, 0.36), Tissue.FLAVUM: (0.60, 0.36),
    Tissue.FASCIA: (0.72, 0.3), Tissue.SKIN: (0.58, 0.2), Tissue.NERVE: (0.66, 0.4),
}  # fmt: skip
_GLOSS: Final[dict[int, float]] = {
    Tissue.TITANIUM: 0.55, Tissue.STEEL: 0.6, Tissue.ANNULUS: 0.20, Tissue.CARTILAGE: 0.25,
    Tissue.SEPTUM: 0.3, Tissue.RUBBER: 0.25, Tissue.SILICONE: 0.35, Tissue.CORD: 0.22,
    Tissue.DURA: 0.25, Tissue.NERVE: 0.2, Tissue.ARTERY: 0.3, Tissue.VEIN: 0.3,
}  # fmt: skip
_GLOSS_PLAIN: Final = 0.13
_COOL: Final = np.array([0.561, 0.686, 0.769], dtype=np.float32)
_FLAT: Final = float(LIGHT[2] / np.linalg.norm(LIGHT))


@dataclass(frozen=True)
class Finish:
    """Choices of a picture.

    Parameters
    ----------
    oversample : int
        The buffers are this many times finer than the picture.
    depth_shade : float
        How strongly what lies behind a nearer edge is darkened, 0 to 1.
    """

    oversample: int = 2
    depth_shade: float = 1.0


def shade(
    seen: Sequence[tuple[Part, GBuffer]], theme: Theme, finish: Finish | None = None
) -> BakedImage:
    """Colour parts seen in one view; later parts lie over earlier ones on a cut.

    Raises
    ------
    ValueError
        If there is nothing to see, or the buffers' scales differ.
    """
    chosen = finish or Finish()
    whole, owner = merged([buffer for _, buffer in seen])
    tone, height = _grain(seen, whole, owner)
    light = _Lighting(whole, height)
    position = light.position(tone)
    rgb = _coloured(position, whole.tissue, theme)
    rgb = light.finished(rgb, position)
    if chosen.depth_shade > 0:
        rgb = _depth_shaded(rgb, whole, theme, chosen)
    return _reduced(rgb, whole, chosen.oversample)


def _grain(
    seen: Sequence[tuple[Part, GBuffer]], whole: GBuffer, owner: NDArray[np.int16]
) -> tuple[Float32, Float32]:
    """Tone and height (mm) of every pixel, from the grain of the part it shows."""
    tone = np.zeros(owner.shape, dtype=np.float32)
    height = np.zeros(owner.shape, dtype=np.float32)
    for index, (part, _) in enumerate(seen):
        mine = owner == index
        if not mine.any():
            continue
        own = part.pose.local(whole.points_mm(mine))
        turn = whole.view.rotation @ part.pose.rotation
        right, up = (own @ turn[i] for i in (0, 1))
        rows = [column.astype(np.float32) for column in (*own.T, right, up)]
        inside = whole.inside_mm[mine].astype(np.float32)
        found = _part_grain(whole.tissue[mine], inside, rows)
        tone[mine], height[mine] = found
    return tone, height


def _part_grain(
    tissue: NDArray[np.uint8], inside: Float32, rows: list[Float32]
) -> tuple[Float32, Float32]:
    """Grain of the pixels of one part."""
    tone, height = np.zeros_like(inside), np.zeros_like(inside)
    for number in np.unique(tissue):
        for on_cut in (False, True):
            mask = (tissue == number) & ((inside > 0) == on_cut)
            if not mask.any():
                continue
            x, y, z, right, up = (row[mask] for row in rows)
            if on_cut:
                tone[mask], height[mask] = cut_grain(int(number), right, up, inside[mask])
            else:
                tone[mask], height[mask] = surface_grain(int(number), (x, y, z))
    return tone, height


class _Lighting:
    """Light on the pixels of a buffer."""

    def __init__(self, whole: GBuffer, height_mm: Float32) -> None:
        self.whole = whole
        self.on_cut = whole.inside_mm > 0
        normal = whole.normal.astype(np.float32) / 127.0
        down, right = np.gradient(height_mm * np.float32(whole.view.px_per_mm))
        edge = _edges(whole)
        normal[..., 0] -= np.where(edge, 0, np.clip(right, -0.8, 0.8))
        normal[..., 1] += np.where(edge, 0, np.clip(down, -0.8, 0.8))
        normal = turned(normal, -whole.lamp_deg)  # the rest is told in the lamp's own picture
        length = np.linalg.norm(normal, axis=2, keepdims=True)
        self.normal = normal / np.maximum(length, 1e-6)
        self.key_way = np.array(LIGHT, dtype=np.float32) / np.float32(np.linalg.norm(LIGHT))
        self.open = whole.openness.astype(np.float32) / 255
        self.lit = whole.lit.astype(np.float32) / 255
        self.lambert = self.normal @ self.key_way
        way = np.array([0.8, -0.45, 0.25], dtype=np.float32)
        self.fill = np.clip(self.normal @ (way / np.linalg.norm(way)) * 0.6 + 0.4, 0, 1)
        self.key = np.clip(self.lambert * 0.82 + 0.18, 0, 1) ** 1.25 * (0.22 + 0.78 * self.lit)

    def position(self, tone: Float32) -> Float32:
        """Place on the ramp, 0 to 1."""
        x, y, z = (self.normal[..., i] for i in range(3))
        sky = np.clip(y * 0.5 + 0.5, 0, 1)
        t = 0.03 + 0.74 * self.key + 0.07 * self.fill + 0.10 * sky
        t = t * (0.30 + 0.70 * self.open**1.2)
        away = np.clip(1 - z, 0, 1)
        t = t + 0.30 * away**3 * np.clip(-0.75 * x + 0.66 * y, 0, 1)
        t = t - 0.16 * away**2.2 * np.clip(0.6 * x - 0.8 * y, 0, 1)
        t = 1.04 * t + 0.05
        flat, tells = np.zeros((2, 256), dtype=np.float32)
        for number, (level, strength) in _CUT_TONE.items():
            flat[number], tells[number] = level, strength
        flat[flat == 0], tells[tells == 0] = 0.62, 0.3
        tissue = self.whole.tissue
        cut = flat[tissue] + tells[tissue] * (self.lambert - np.float32(_FLAT))
        return np.asarray(np.where(self.on_cut, cut, t) + tone, dtype=np.float32)

    def finished(self, rgb: Float32, position: Float32) -> Float32:
        """Add the cool bounce in the shadows and the highlight."""
        share = np.clip(self.fill - 0.30, 0, 1) * (1 - self.key) * 0.34
        share = np.where(self.on_cut, 0, share * (0.35 + 0.65 * self.open))[..., None]
        rgb = rgb * (1 - share) + _COOL * share * (0.35 + 0.65 * np.clip(position, 0, 1))[..., None]
        half = self.key_way + np.array([0, 0, 1], dtype=np.float32)
        gloss = np.full(256, _GLOSS_PLAIN, dtype=np.float32)
        for number, strength in _GLOSS.items():
            gloss[number] = strength
        shine = np.clip(self.normal @ (half / np.linalg.norm(half)), 0, 1) ** 24
        shine = np.where(self.on_cut, 0, shine * self.lit * self.open * gloss[self.whole.tissue])
        warm = np.array([1, 0.97, 0.9], dtype=np.float32)
        return np.asarray(np.clip(rgb + shine[..., None] * warm, 0, 1), dtype=np.float32)


def _edges(whole: GBuffer) -> NDArray[np.bool_]:
    """Pixels next to a step of depth or a change of tissue: no grain is lit across it."""
    depth = np.where(whole.hit, whole.depth_mm, -1e4)
    step = 1.5 / whole.view.px_per_mm + 0.4
    edge = np.zeros(depth.shape, dtype=bool)
    for axis in (0, 1):
        for shift in (1, -1):
            edge |= np.abs(np.roll(depth, shift, axis) - depth) > step
            edge |= (np.roll(whole.inside_mm, shift, axis) > 0) != (whole.inside_mm > 0)
    return edge


def _coloured(position: Float32, tissue: NDArray[np.uint8], theme: Theme) -> Float32:
    """Look ramp positions up in the tables of the tissues, (H, W, 3)."""
    steps = np.round(np.clip(position, 0, 1) * 511).astype(np.int32)
    rgb = np.zeros((*position.shape, 3), dtype=np.float32)
    for number in np.unique(tissue):
        if number:
            mask = tissue == number
            rgb[mask] = ramp_table(theme, ROLES[int(number)])[steps[mask]]
    return rgb


def _depth_shaded(rgb: Float32, whole: GBuffer, theme: Theme, finish: Finish) -> Float32:
    """Darken what lies just behind a nearer edge, in the hue of the bone's line."""
    hit = whole.hit
    low = float(whole.depth_mm[hit].min())
    depth = np.where(hit, whole.depth_mm, low)
    weight = hit.astype(np.float32)
    line = theme.rgb("bone.line").astype(np.float32) * 1.1
    for sigma, strength, reach_mm in ((1.2, 0.40, 4.0), (4.0, 0.28, 9.0)):
        sigma *= finish.oversample
        around = gaussian_filter(depth * weight, sigma) / np.maximum(
            gaussian_filter(weight, sigma), 1e-3
        )
        share = np.clip((around - depth) / reach_mm, 0, 1) * strength * finish.depth_shade
        share = (share * weight)[..., None].astype(np.float32)
        rgb = rgb * (1 - share) + rgb * line * share
    return rgb


def _reduced(rgb: Float32, whole: GBuffer, oversample: int) -> BakedImage:
    """Average to the picture's own pixels, premultiplied 8-bit, with its box in mm."""
    scale = whole.view.px_per_mm
    columns = round(whole.left_mm * scale) % oversample
    rows = round(-whole.top_mm * scale) % oversample
    height, width = whole.tissue.shape
    pad = ((rows, -(rows + height) % oversample), (columns, -(columns + width) % oversample))
    rgba = np.concatenate([rgb * whole.hit[..., None], whole.hit[..., None]], axis=2)
    rgba = np.pad(rgba.astype(np.float32), (*pad, (0, 0)))
    tall, wide = rgba.shape[0] // oversample, rgba.shape[1] // oversample
    small = rgba.reshape(tall, oversample, wide, oversample, 4).mean(axis=(1, 3))
    left, top = whole.left_mm - columns / scale, whole.top_mm + rows / scale
    px = oversample / scale
    box = (left, top - tall * px, left + wide * px, top)
    pixels = np.floor(np.clip(small, 0, 1) * 255 + 0.5).astype(np.uint8)
    np.minimum(pixels[..., :3], pixels[..., 3:], out=pixels[..., :3])
    pixels.setflags(write=False)
    return BakedImage(pixels, box)

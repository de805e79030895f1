"""Baked parts put together and lit, but not yet coloured: all of a picture but its theme.

Every pixel gets a place on a ramp, its tissue, the share of a second tissue, of bounced light
and of highlight, and how much of it is covered. A theme turns that into a picture by looking
up ramps (`spineanim.picture.shade`), so new colours cost neither a bake nor light.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry.parts import Part, Tissue
from spineanim.picture import edges
from spineanim.picture.bake import turned
from spineanim.picture.gbuffer import GBuffer, merged
from spineanim.picture.lighting import Surfaces, light_section, light_surface
from spineanim.picture.material import MATERIALS, column_of
from spineanim.picture.noise import Row
from spineanim.picture.rough import TIMES, RoughBuffer, laid, thinned
from spineanim.picture.texture import Spots

Float32 = NDArray[np.float32]
Bytes = NDArray[np.uint8]

STEPS: Final = 512
"""Places on a ramp."""
_LINE_DEPTH: Final = 0.80
_FAINT: Final = 0.52
_BRUSH_FROM_MM: Final = 1.5


@dataclass(frozen=True)
class Finish:
    """Choices of a picture.

    Parameters
    ----------
    oversample : int
        The buffers are this many times finer than the picture.
    depth_shade : float
        How strongly what lies behind a nearer edge is darkened, 0 to 1.
    line : float
        Strength of contours against what the materials say.
    ambient : float
        Light from everywhere, 0 to 1, for parts that shimmer through something.
    grain : float
        Strength of the grain of outer surfaces, 0 to 1.
    receding : tuple of str
        Parts whose names begin so get fainter the deeper they lie.
    recede_mm : tuple of float
        Depths where they begin to get fainter and where they no longer do (nearer is larger).
    """

    oversample: int = 2
    depth_shade: float = 1.0
    line: float = 1.0
    ambient: float = 0.0
    grain: float = 1.0
    receding: tuple[str, ...] = ()
    recede_mm: tuple[float, float] = (0.0, -100.0)


@dataclass(frozen=True, eq=False)
class Tones:
    """A lit picture without colours; arrays are (H, W), rows run down.

    Parameters
    ----------
    px_per_mm, left_mm, top_mm : float
        Scale of the arrays, and the outer edge of the first column and row.
    oversample : int
        The arrays are this many times finer than the picture.
    base, other : ndarray uint8
        Tissue, and the one it passes into.
    share : ndarray uint8
        How much of the other, of 255.
    place : ndarray uint16
        Place on the ramp, of 511.
    bounce, shine : ndarray uint8
        Shares of fill light and of highlight, of 255.
    cover : ndarray uint8
        How much of a pixel is covered, of 255.
    """

    px_per_mm: float
    left_mm: float
    top_mm: float
    oversample: int
    base: Bytes
    other: Bytes
    share: Bytes
    place: NDArray[np.uint16]
    bounce: Bytes
    shine: Bytes
    cover: Bytes


def tones_of(seen: Sequence[tuple[Part, GBuffer]], finish: Finish | None = None) -> Tones:
    """Put parts seen in one view together and light them.

    Later parts lie over earlier ones on a cut. What is baked roughly is lit as roughly.

    Raises
    ------
    ValueError
        If there is nothing to see, or the buffers' scales differ.
    """
    chosen = finish or Finish()
    if chosen.oversample % TIMES == 0 and any(isinstance(b, RoughBuffer) for _, b in seen):
        return _rough_tones(seen, chosen)
    return _Picture(seen, chosen).tones()


def _rough_tones(seen: Sequence[tuple[Part, GBuffer]], finish: Finish) -> Tones:
    """Light wide pixels, as large a picture as if they were not."""
    whole = _Frame.round([buffer for _, buffer in seen])
    few = [(part, thin) for part, buffer in seen if (thin := thinned(buffer)).tissue.size]
    found = _Picture(few, replace(finish, oversample=finish.oversample // TIMES)).tones()
    scale = found.px_per_mm * TIMES
    down = round((whole.top_mm - found.top_mm) * scale)
    right = round((found.left_mm - whole.left_mm) * scale)
    wide: dict[str, Any] = {
        name: laid(getattr(found, name), down, right, whole.shape)
        for name in ("base", "other", "share", "place", "bounce", "shine", "cover")
    }
    return Tones(scale, whole.left_mm, whole.top_mm, finish.oversample, **wide)


@dataclass(frozen=True)
class _Frame:
    """Where the picture of some buffers lies, and how many rows and columns it has."""

    left_mm: float
    top_mm: float
    shape: tuple[int, int]

    @staticmethod
    def round(buffers: Sequence[GBuffer]) -> _Frame:
        """Return what `merged` makes of them."""
        scale = buffers[0].view.px_per_mm
        boxes = [buffer.box_mm for buffer in buffers]
        left, top = min(box[0] for box in boxes), max(box[3] for box in boxes)
        high = round((top - min(box[1] for box in boxes)) * scale)
        wide = round((max(box[2] for box in boxes) - left) * scale)
        return _Frame(left, top, (high, wide))


class _Picture:
    """The arrays of a picture while it is put together."""

    def __init__(self, seen: Sequence[tuple[Part, GBuffer]], finish: Finish) -> None:
        self.seen, self.finish = seen, finish
        self.whole, self.owner = merged([buffer for _, buffer in seen])
        whole = self.whole
        self.hit, self.on_cut = whole.hit, whole.inside_mm > 0
        self.scale = whole.view.px_per_mm
        self.base, self.other, self.share = self._softened()
        self.tone = np.zeros(self.hit.shape, dtype=np.float32)
        self.height = np.zeros(self.hit.shape, dtype=np.float32)
        self.spin = np.zeros((*self.hit.shape, 3), dtype=np.float32)
        self.smooth_normal = whole.normal.astype(np.float32) / np.float32(127)
        self._weave()
        self.normal = self._bumped()

    # ------------------------------------------------------------------------ grain
    def _weave(self) -> None:
        """Fill tone and height (mm) with the grain of the part that each pixel shows."""
        flat_owner, tissue = self.owner.ravel(), self.whole.tissue.ravel()
        on_cut = self.on_cut.ravel()
        order = np.flatnonzero(flat_owner >= 0)
        key = flat_owner[order].astype(np.int64) * 512 + tissue[order] * 2 + on_cut[order]
        order = order[np.argsort(key, kind="stable")]
        key = flat_owner[order].astype(np.int64) * 512 + tissue[order] * 2 + on_cut[order]
        for chosen in np.split(order, np.flatnonzero(np.diff(key)) + 1):
            if len(chosen):
                self._weave_group(chosen)

    def _weave_group(self, chosen: NDArray[np.int64]) -> None:
        """Grain of pixels of one tissue of one part."""
        part = self.seen[int(self.owner.flat[chosen[0]])][0]
        tissue = int(self.whole.tissue.flat[chosen[0]])
        spots = self._spots(part, chosen)
        material = MATERIALS[tissue]
        cut = bool(self.on_cut.flat[chosen[0]])
        tone, height = (material.section.grain if cut else material.grain)(spots)
        strength = np.float32(1.0 if cut else self.finish.grain)
        self.tone.flat[chosen], self.height.flat[chosen] = tone * strength, height * strength
        if tissue == Tissue.TITANIUM and not cut:
            self.spin.reshape(-1, 3)[chosen] = _spin(spots, self._turn(part))

    def _turn(self, part: Part) -> NDArray[np.float64]:
        """Own axes of a part to the right, up and toward the viewer."""
        return np.asarray(self.whole.view.rotation @ part.pose.rotation)

    def _spots(self, part: Part, chosen: NDArray[np.int64]) -> Spots:
        whole = self.whole
        rows, columns = np.divmod(chosen, whole.tissue.shape[1])
        right = whole.left_mm + (columns + 0.5) / self.scale
        up = whole.top_mm - (rows + 0.5) / self.scale
        plane = np.column_stack([right, up, whole.depth_mm.ravel()[chosen]])
        own = part.pose.local(plane @ whole.view.rotation)
        turn = self._turn(part)
        x, y, z = (own[:, i].astype(np.float32) for i in range(3))
        return Spots(
            own=(x, y, z),
            right=(own @ turn[0]).astype(np.float32),
            up=(own @ turn[1]).astype(np.float32),
            inside=whole.inside_mm.ravel()[chosen].astype(np.float32),
            normal=self.smooth_normal.reshape(-1, 3)[chosen],
            along=(float(turn[0, 2]), float(turn[1, 2]), float(turn[2, 2])),
            px_per_mm=self.scale,
        )

    def _bumped(self) -> Float32:
        """Return unit normals of an upright picture with the relief of the grain on them."""
        normal = self.smooth_normal.copy()
        down, right = np.gradient(self.height * np.float32(self.scale))
        same = ~self._borders()
        normal[..., 0] -= np.clip(right, -0.8, 0.8) * same
        normal[..., 1] += np.clip(down, -0.8, 0.8) * same
        length = np.sqrt(np.einsum("ijk,ijk->ij", normal, normal))
        normal /= np.maximum(length, 1e-6)[..., None]
        if self.whole.lamp_deg:
            normal = turned(normal, -self.whole.lamp_deg)
            self.spin = turned(self.spin, -self.whole.lamp_deg)
        return normal

    # ---------------------------------------------------------------------- borders
    def _joined(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Tell where a pixel and the next one down, or right, lie on one surface."""
        depth = np.where(self.hit, self.whole.depth_mm, -1e4)
        step = 1.5 / self.scale + 0.4
        found = []
        for axis in (0, 1):
            near = np.abs(np.diff(depth, axis=axis)) < step
            same_cut = np.diff(self.on_cut, axis=axis) == 0
            found.append(near & same_cut)
        return found[0], found[1]

    def _borders(self) -> NDArray[np.bool_]:
        """Pixels next to a step or to the edge of a cut: no grain is lit across it."""
        down, right = self._joined()
        border = np.zeros(self.hit.shape, dtype=bool)
        border[:-1] |= ~down
        border[1:] |= ~down
        border[:, :-1] |= ~right
        border[:, 1:] |= ~right
        return border

    def _softened(self) -> tuple[Bytes, Bytes, Float32]:
        """Tissue, second tissue and its share, where one passes softly into another."""
        base = self.whole.tissue.copy()
        other, share = base.copy(), np.zeros(base.shape, dtype=np.float32)
        present = [int(number) for number in np.unique(base) if number]
        for number in present:
            material = MATERIALS[number]
            if material.host is None or int(material.host) not in present:
                continue
            soft = self.whole.tissue == number
            region = _round(soft, round(3 * material.soft_mm * self.scale) + 2)
            spread = self._passing(soft, region, material.soft_mm)
            wins = spread > share[region]
            wins &= (self.whole.tissue[region] == material.host) | soft[region]
            share[region][wins] = spread[wins]
            other[region][wins] = number
            base[soft] = int(material.host)
        return base, other, share

    def _passing(self, soft: NDArray[np.bool_], region: tuple[slice, slice], mm: float) -> Float32:
        """Spread a mask within a region, at most a few pixels' steps at a time."""
        down, right = self._joined()
        rows, columns = region
        joined = (
            down[rows.start : rows.stop - 1, columns],
            right[rows, columns.start : columns.stop - 1],
        )
        sigma_px = np.clip(mm * self.scale * 0.5, 2.0 * self.finish.oversample, 7.0)
        return edges.passing(soft[region], joined, float(sigma_px))

    # ------------------------------------------------------------------------ light
    def tones(self) -> Tones:
        """Light everything and put it into small numbers."""
        whole, finish = self.whole, self.finish
        stands = column_of(lambda m: m.section.stands_mm)
        depth = whole.depth_mm + np.where(self.on_cut, stands[whole.tissue], 0)
        shadow = edges.contact_shadow(depth, self.hit, self.scale, whole.lamp_deg)
        lit = np.minimum(whole.lit / np.float32(255), 1 - shadow)
        place, bounce, shine = (np.zeros(self.hit.shape, dtype=np.float32) for _ in range(3))
        for on_cut, light in ((False, light_surface), (True, light_section)):
            chosen = np.flatnonzero(self.hit & (self.on_cut == on_cut))
            if len(chosen):
                found = light(self._surfaces(chosen, lit))
                place.flat[chosen] = found.place
                bounce.flat[chosen], shine.flat[chosen] = found.bounce, found.shine
        if finish.depth_shade > 0:
            shade = np.minimum(
                edges.behind(depth, self.hit, finish.oversample) * finish.depth_shade, 0.9
            )
            place *= 1 - 0.85 * shade
            shine *= 1 - shade
        line = self._lines() * finish.line
        place -= np.clip(place - 0.02, 0, None) * line * _LINE_DEPTH
        shine *= 1 - line
        bounce *= 1 - line
        return self._packed(place, bounce, shine)

    def _surfaces(self, chosen: NDArray[np.int64], lit: Float32) -> Surfaces:
        return Surfaces(
            normal=self.normal.reshape(-1, 3)[chosen],
            openness=self.whole.openness.ravel()[chosen] / np.float32(255),
            lit=lit.ravel()[chosen],
            tone=self.tone.ravel()[chosen],
            base=self.base.ravel()[chosen],
            other=self.other.ravel()[chosen],
            share=self.share.ravel()[chosen],
            spin=self.spin.reshape(-1, 3)[chosen],
            ambient=self.finish.ambient,
        )

    def _lines(self) -> Float32:
        """Strength of contours at silhouettes, steps, borders of parts, and edges of cuts."""
        finer, whole = self.finish.oversample, self.whole
        step = edges.steps(whole.depth_mm, self.hit, self.scale)
        smooth = self.smooth_normal
        if whole.lamp_deg:
            smooth = turned(smooth, -whole.lamp_deg)
        line = edges.contour(step, smooth, finer) * column_of(lambda m: m.line)[whole.tissue]
        inside_px = whole.inside_mm.astype(np.float32) * np.float32(self.scale / finer)
        rim = np.clip(1.5 - inside_px, 0, 1) * column_of(lambda m: m.section.line)[whole.tissue]
        return np.asarray(np.where(self.on_cut, np.maximum(rim, 0.5 * line), line), np.float32)

    def _cover(self) -> Float32:
        """Cover of every pixel; parts that recede are the fainter the deeper they lie."""
        cover = edges.coverage(self.hit)
        names = self.finish.receding
        fading = [i for i, (part, _) in enumerate(self.seen) if part.name.startswith(names)]
        chosen = np.isin(self.owner, fading)
        if chosen.any():
            near, far = self.finish.recede_mm
            share = (near - self.whole.depth_mm[chosen]) / (near - far)
            cover[chosen] *= 1 - _FAINT * np.clip(share, 0, 1)
        return cover

    def _packed(self, place: Float32, bounce: Float32, shine: Float32) -> Tones:
        """Small numbers; pixels half covered at the rim take what lies beside them."""
        whole = self.whole
        arrays: dict[str, NDArray[Any]] = {
            "base": self.base,
            "other": self.other,
            "share": _bytes(self.share),
            "place": np.round(np.clip(place, 0, 1) * (STEPS - 1)).astype(np.uint16),
            "bounce": _bytes(bounce),
            "shine": _bytes(shine),
        }
        cover = self._cover()
        rim, source = edges.neighbours(self.hit)
        for array in arrays.values():
            array.flat[rim] = array.flat[source]
        cover.flat[rim] = np.minimum(cover.flat[rim], 0.5)
        cover[self.base == 0] = 0
        return Tones(
            self.scale, whole.left_mm, whole.top_mm, self.finish.oversample,
            cover=_bytes(cover), **arrays,
        )  # fmt: skip


def _bytes(share: Float32) -> Bytes:
    return np.round(np.clip(share, 0, 1) * 255).astype(np.uint8)


def _round(mask: NDArray[np.bool_], margin: int) -> tuple[slice, slice]:
    """Rows and columns round a mask."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return (
        slice(max(int(rows[0]) - margin, 0), min(int(rows[-1]) + margin + 1, mask.shape[0])),
        slice(max(int(columns[0]) - margin, 0), min(int(columns[-1]) + margin + 1, mask.shape[1])),
    )


def _spin(spots: Spots, turn: NDArray[np.float64]) -> Row:
    """Direction of the brush lines in the picture, the longer the squarer a face to own z."""
    x, y, _ = spots.own
    reach = np.hypot(x, y)
    level = np.abs(spots.normal @ turn[:, 2].astype(np.float32))
    share = np.clip((level - 0.86) / 0.13, 0, 1) * np.clip(reach - _BRUSH_FROM_MM, 0, 1)
    around = np.column_stack([-y, x, np.zeros_like(x)]) / np.maximum(reach, 1e-3)[:, None]
    return np.asarray((around * share[:, None]) @ turn.T.astype(np.float32), dtype=np.float32)

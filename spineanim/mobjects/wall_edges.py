"""The recess of the open pocket, the cut, and the thin lines along cut tissue."""

from __future__ import annotations

import numpy as np

from spineanim.content.theme import Theme
from spineanim.geometry.axes import Points2
from spineanim.mobjects.wall_paint import Section, SoftEdge, lay_line, lay_ring
from spineanim.mobjects.wall_shape import Profile, WallState
from spineanim.picture.shape import Part, Shape, mix, path_points

_CUT = ("skin", "fat")


class Hollow(Part):
    """The empty pocket and the gap of the incision: a calm recess, no blood."""

    def __init__(self, theme: Theme) -> None:
        color = theme.color
        deep = mix(color("fascia.dark"), color("muscle.base"), 0.30)
        pale = mix(color("fascia.base"), color("skin.base"), 0.50)
        stops = ((0.0, deep, 1.0), (0.55, mix(deep, pale, 0.6), 1.0), (1.0, pale, 1.0))
        self.ground = Shape([(0, 0), (1, 0), (1, 1)]).with_gradient(
            "linear",
            (0, 1, 0),
            (0, 0, 0),
            stops,
        )
        self.edge = SoftEdge(color("muscle.line"), 16.0, 0.34)
        super().__init__(self.ground, self.edge)

    def lay(self, outline_mm: Points2, section: Section) -> None:
        """Fill an outline (N, 2) in section millimetres."""
        lay_ring(self.ground, outline_mm, section)
        assert self.ground.gradient_handle is not None
        ends = np.array([(0.0, outline_mm[:, 1].max()), (0.0, outline_mm[:, 1].min() - 0.01)])
        self.ground.gradient_handle.set_points(path_points(section.to_scene(ends), closed=False))
        self.edge.lay(np.vstack([outline_mm, outline_mm[:1]]), outline_mm, section)


class Groove(Part):
    """The far wall of the narrow cut, seen between its faces: skin, then fat, in soft shade."""

    def __init__(self, theme: Theme, skin_share: float) -> None:
        color = theme.color
        skin, fat = (mix(color(f"{role}.base"), color(f"{role}.dark"), 0.7) for role in _CUT)
        rosy = mix(fat, color("muscle.dark"), 0.35)
        stops = (
            (0.0, skin, 1.0),
            (skin_share, mix(skin, rosy, 0.5), 1.0),
            (2.0 * skin_share, rosy, 1.0),
            (1.0, mix(rosy, color("muscle.dark"), 0.4), 1.0),
        )
        self.ground = Shape([(0, 0), (1, 0), (1, 1)]).with_gradient(
            "linear", (0, 1, 0), (0, 0, 0), stops
        )
        self.edge = SoftEdge(color("muscle.line"), 8.0, 0.4)
        self.inside = Shape([(0, 0), (1, 0), (1, 1)])
        super().__init__(self.ground, self.edge)
        self.clipped_to(self.inside)

    def lay(self, now: Profile, hollow_mm: Points2, share: float, section: Section) -> None:
        """Fill the gap between the faces, within the hollow; at a share of 0 nothing is seen."""
        self.opacity = share
        lay_ring(self.inside, hollow_mm, section)
        ring = np.vstack([now.flap_face, now.lip_face[::-1]])
        lay_ring(self.ground, ring, section)
        assert self.ground.gradient_handle is not None
        ends = np.vstack([now.flap_face[0], now.flap_face[-1] - [0.0, 0.01]])
        self.ground.gradient_handle.set_points(path_points(section.to_scene(ends), closed=False))
        # The near face is in shade, the far one gets the light from the upper left.
        self.edge.lay(now.flap_face, ring, section)


class Contours(Part):
    """Thin lines along the cut edges of the tissues."""

    def __init__(self, theme: Theme) -> None:
        def line(token: str, width_px: float, opacity: float) -> Shape:
            return Shape(
                closed=False, stroke=theme.color(token), stroke_px=width_px, stroke_opacity=opacity
            )

        self.floor = line("fascia.line", 1.3, 0.75)
        self.skins = [line("skin.line", 1.9, 0.95) for _ in range(2)]
        self.faces = [line("fat.line", 1.3, 0.85) for _ in range(2)]
        self.roof = line("fat.line", 1.3, 0.85)
        self.scar = line("incision.base", 1.8, 0.9)
        self.far = line("fat.line", 1.3, 0.0)
        super().__init__(self.roof, *self.faces, *self.skins, self.scar)

    def lay(self, now: Profile, floor: Points2, state: WallState, section: Section) -> None:
        """Follow the edges of a profile."""
        lay_line(self.floor, floor, section)
        top = np.column_stack([now.along, now.flap[0]])[now.along < now.flap_face[0, 0]]
        lip = np.column_stack([now.along, now.lip[0]])[now.along > now.lip_face[0, 0]]
        lay_line(self.skins[0], np.vstack([top, now.flap_face[:1]]), section)
        lay_line(self.skins[1], np.vstack([now.lip_face[:1], lip]), section)
        roof = np.column_stack([now.along, now.flap[2]])
        roof = roof[(now.flap[2] > now.bed[0] + 0.02) & (now.along < now.flap_face[-1, 0])]
        lay_line(self.roof, roof if len(roof) > 1 else floor[:2], section)
        self.roof.set_stroke(opacity=0.85 * min(state.pocket * 5.0, 1.0))
        # Seen only as far as it is cut; when the faces meet, a fine line is left.
        cut = float(np.clip(state.incision, 1e-3, 1.0))
        count = max(round(cut * (len(now.flap_face) - 1)) + 1, 2)
        parting = min(state.incision * 8.0, 1.0)
        for shape, face in zip(self.faces, (now.flap_face, now.lip_face), strict=True):
            lay_line(shape, face[:count], section)
            shape.set_stroke(opacity=0.85 * parting * (1.0 - state.closed))
        lay_line(self.scar, now.flap_face[:count], section)
        self.scar.set_stroke(opacity=0.55 * parting * state.closed)

"""A small film for tests: two beats, a label, a sprite, a clip and a camera move."""

from __future__ import annotations

import numpy as np

from spineanim.mobjects.label_places import Callout, Naming
from spineanim.motion.move import appear
from spineanim.picture.shape import Part, Shape, Sprite, Tones, Volume
from spineanim.scene import SpineScene, beat
from spineanim.stage import Shot


class Demo(SpineScene):
    """An oval appears, is named, and the camera comes nearer."""

    poster = "named"

    def cast(self) -> None:
        tones = Tones(
            *(self.theme.color(f"bone.{tone}") for tone in ("light", "base", "dark", "line"))
        )
        angles = np.linspace(0.0, 2.0 * np.pi, 60)[:-1]
        oval = np.column_stack([1.6 * np.cos(angles), np.sin(angles)])
        red = np.zeros((40, 60, 4), dtype=np.uint8)
        red[..., 0], red[..., 3] = 192, 255
        corners = [[-3.0, 1.0, 0.0], [-2.0, 1.0, 0.0], [-3.0, 0.3, 0.0]]
        self.oval = Part(Volume(oval, tones, depth_px=40))
        self.square = Part(Sprite(red, corners), opacity=0.0)
        self.add(self.oval, self.square, Part(Shape(oval * 0.2, fill="#3366AA")))

    @beat
    def named(self) -> None:
        labels = self.lay_out_labels(Naming({"oval": Callout([-1.5, 0.0, 0.0], ("left",))}))
        self.during("square_appears", appear(self.square))
        self.name_things("oval_is_named", labels)

    @beat
    def nearer(self) -> None:
        self.during("camera_comes", self.look_at(Shot(zoom=2.0)))

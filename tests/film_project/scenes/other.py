"""A small film that leaves the camera elsewhere and dissolves."""

from __future__ import annotations

import numpy as np

from spineanim.motion.camera import creeping
from spineanim.picture.shape import Part, Shape
from spineanim.scene import SpineScene, beat
from spineanim.stage import Shot

_SQUARE = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])


class Other(SpineScene):
    """A square gives way to a smaller one."""

    poster = "gives_way"

    def title_card(self) -> None:
        self.add(Part(Shape(_SQUARE, fill="#AA6633")))
        self.keep_alive(creeping(self.stage_camera.frame))

    @beat
    def gives_way(self) -> None:
        small = Part(Shape(_SQUARE * 0.4, fill="#3366AA"))
        self.dissolve_to("smaller", small, shot=Shot((0.3, 0.2), 1.5))

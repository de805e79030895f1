"""An illustrator's face on a pump that turns on a table."""

from __future__ import annotations

import numpy as np

from spineanim.geometry.axes import Vector3
from spineanim.mobjects.pump_artwork import PumpArtwork
from spineanim.picture.pyramid import Picture
from spineanim.picture.shape import Part, Sprite
from spineanim.stage import Stage


class TurningFace(Part):
    """The drawing as it lies on the case, made for each turn.

    Pictures of some turns, blended, would show its fine lines twice.

    Parameters
    ----------
    art
        The drawing, seen at an angle.
    stage
        View and scale of the pump's own millimetres.
    middle_mm
        Middle of the pump.
    """

    def __init__(self, art: PumpArtwork, stage: Stage, middle_mm: Vector3) -> None:
        self._art, self._turned_deg = art, 0.0
        laid = art.picture()
        corners = laid.corners_mm + stage.view.project(np.array([middle_mm]))
        self.sprite = Sprite(laid.rgba, list(stage.plane(corners)))
        super().__init__(self.sprite)

    def turn(self, turned_deg: float) -> None:
        """Show it turned on its face, counter-clockwise to who looks at the face."""
        if turned_deg != self._turned_deg:
            self.sprite.picture = Picture(self._art.picture(turned_deg).rgba)
            self._turned_deg = turned_deg

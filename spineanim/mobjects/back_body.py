"""The patient's back: baked sprites of the trunk from behind, placed on a stage."""

from __future__ import annotations

from spineanim.content.theme import Theme
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import Torso
from spineanim.mobjects.figure import placed
from spineanim.picture.body_back import posterior_body
from spineanim.picture.shape import Part
from spineanim.stage import Stage


class BackBody(Part):
    """The trunk from behind; the column shimmers through the skin.

    Parameters
    ----------
    torso, spine
        The body.
    theme
        Skin, bone and cloth colours.
    stage
        Where it stands; a view from behind.

    Attributes
    ----------
    skin, bones, inside, veil, shorts
        Layers from below upwards; things put into `inside` lie under translucent skin.
    """

    def __init__(self, torso: Torso, spine: Spine, theme: Theme, stage: Stage) -> None:
        layers = posterior_body(
            torso, theme, stage.pixels_per_mm, window_mm=stage.frame_box_mm(), spine=spine
        )
        self.skin = Part(placed(layers.skin, stage))
        self.bones = Part(placed(layers.deep, stage), placed(layers.bones, stage))
        self.inside = Part()
        self.veil = Part(placed(layers.veil, stage))
        self.shorts = Part(placed(layers.shorts, stage))
        super().__init__(self.skin, self.bones, self.inside, self.veil, self.shorts)

"""What the camera shows of the scene: a rectangle that knows the shape of the frame."""

from __future__ import annotations

from manim import Rectangle

from spineanim.stage import Format


class CameraFrame(Rectangle):
    """The stretch of the scene that fills the frame.

    Parameters
    ----------
    fmt
        Shape and resolution of the frame; at first all of the stage is shown.
    """

    def __init__(self, fmt: Format) -> None:
        super().__init__(height=fmt.height, width=fmt.width, stroke_width=0.0)
        self.fmt = fmt

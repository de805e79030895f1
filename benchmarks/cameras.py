"""Stock Manim's camera and ours on the same stages, side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import process_time

import cairo
from manim import MovingCamera, tempconfig

from benchmarks.stages import FRAMES, Stage, shapes, spine
from spineanim.picture.bounds import in_order
from spineanim.picture.camera import StageCamera


@dataclass(frozen=True)
class Row:
    """Processor time of one stage, in milliseconds a frame.

    Attributes
    ----------
    title
        What was drawn.
    stock_ms, ours_ms
        Median frame of each camera.
    cairo_ms
        What Cairo alone takes of ours: its calls are recorded and played back without Python.
    """

    title: str
    stock_ms: float
    ours_ms: float
    cairo_ms: float

    @property
    def ratio(self) -> float:
        """How many frames ours draws in the time of one of stock Manim's."""
        return self.stock_ms / self.ours_ms


def compare(
    stage: Callable[[], Stage], *, frames: int = FRAMES, repeats: int = 2, lines: int = 1080
) -> Row:
    """Draw a stage with both cameras, frame by frame in turn, in this one process.

    Only drawing is timed: setting the ground and capturing the mobjects, not moving them.
    Both cameras meet the same load of the machine, so their ratio holds on a busy one too.
    """
    stock_ms: list[float] = []
    ours_ms: list[float] = []
    cairo_ms: list[float] = []
    options = {"pixel_width": lines * 16 // 9, "pixel_height": lines, "frame_rate": 30}
    with tempconfig(options):
        for _ in range(repeats):
            stock, ours = (stage(), MovingCamera()), (stage(), StageCamera())
            for _ in range(frames):
                stock_ms.append(_frame_ms(*stock))
                ours_ms.append(_frame_ms(*ours))
                cairo_ms.append(_cairo_ms(*ours))
                for moved, camera in (stock, ours):
                    moved.advance(camera.frame)
    return Row(stage().title, median(stock_ms), median(ours_ms), median(cairo_ms))


def _frame_ms(stage: Stage, camera: MovingCamera) -> float:
    """Draw a frame; milliseconds of processor time that took."""
    start = process_time()
    camera.reset()
    camera.capture_mobjects(stage.mobjects)
    return (process_time() - start) * 1000.0


def _cairo_ms(stage: Stage, camera: StageCamera) -> float:
    """Record what our camera asks of Cairo for a frame, and time Cairo playing that back."""
    frame = cairo.Rectangle(0, 0, camera.pixel_width, camera.pixel_height)
    record = cairo.RecordingSurface(cairo.Content.COLOR_ALPHA, frame)
    pen: cairo.Context[cairo.RecordingSurface] = cairo.Context(record)
    pen.set_matrix(camera.context().get_matrix())
    camera.draw_all(in_order(stage.mobjects), pen)
    ground = cairo.ImageSurface(cairo.FORMAT_ARGB32, camera.pixel_width, camera.pixel_height)
    ctx = cairo.Context(ground)
    ctx.set_operator(cairo.Operator.SOURCE)  # what replaces the ground is drawn straight onto it
    ctx.set_source_surface(record, 0, 0)
    start = process_time()
    ctx.paint()
    return (process_time() - start) * 1000.0


def table(rows: list[Row]) -> str:
    """Lines of a table of all stages."""
    head = f"{'drawing at 1080p, ms a frame':<48}{'stock':>8}{'ours':>8}{'ratio':>8}{'Cairo':>8}"
    lines = [
        f"{r.title:<48}{r.stock_ms:8.1f}{r.ours_ms:8.1f}{r.ratio:8.2f}{r.cairo_ms:8.1f}"
        for r in rows
    ]
    note = "Cairo: what its own filling and stroking takes of ours; no camera on Cairo is quicker."
    return "\n".join([head, *lines, note])


def both() -> list[Row]:
    """Compare the cameras on both stages."""
    return [compare(spine), compare(shapes)]

"""Every move on a small stage, one line each."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry.axes import LATERAL_LEFT
from spineanim.geometry.curves import smooth
from spineanim.geometry.params import HUNCHED
from spineanim.geometry.spine import Spine
from spineanim.mobjects.bending import BendingColumn
from spineanim.mobjects.cloud import Cloud
from spineanim.mobjects.course import role_tones
from spineanim.mobjects.drops import Drops
from spineanim.mobjects.halo import Halo
from spineanim.mobjects.signals import Signals
from spineanim.mobjects.soft_edge import Circle, Line
from spineanim.mobjects.spotlight import Spotlight
from spineanim.mobjects.tube import Tube
from spineanim.motion.bend import Bends
from spineanim.motion.camera import Drift, PushIn
from spineanim.motion.ease import click, led
from spineanim.motion.flow import draw_back, flow, flowing, thread, thread_at
from spineanim.motion.focus import (
    block,
    breathing,
    drifting,
    highlight,
    pulse,
    release,
    spread,
)
from spineanim.motion.move import Move, appear
from spineanim.motion.reveal import draw_on, grow, wipe
from spineanim.picture.shape import Part, Shape, Volume
from spineanim.scene import SpineScene, beat
from spineanim.stage import Shot, Stage, px

BONES = ("T12", "L1", "L2", "L3", "L4", "L5", "sacrum")
STAGE = Stage(LATERAL_LEFT, (0.0, -15.0, 70.0), px(3.0))
PATH = smooth([(-5.5, -2.0), (-3.0, -2.2), (-1.0, -0.6), (1.2, 0.4), (3.2, 2.4), (5.6, 2.6)])


def oval(x: float, y: float, wide: float, high: float) -> NDArray[np.float64]:
    """Points of an oval."""
    turns = np.linspace(0.0, 2.0 * np.pi, 90, endpoint=False)
    return np.column_stack([x + wide * np.cos(turns), y + high * np.sin(turns)])


class Moves(SpineScene):
    """Grows, wipes, threads, flows, fires, spreads, shines, bends, pushes in, crosses, calms."""

    poster = "wipes"

    def volume(self, role: str, x: float, y: float, wide: float, high: float) -> Volume:
        return Volume(oval(x, y, wide, high), role_tones(self.theme, role), depth_px=60)

    def cast(self) -> None:
        self.disc = Part(self.volume("disc", 0.0, 0.0, 2.4, 1.2), opacity=0.0)
        self.bone = Part(self.volume("bone", 3.6, 0.9, 1.4, 1.0), opacity=0.0)
        self.section = Part(
            self.volume("fat", 0.0, 0.2, 4.2, 2.2),
            self.volume("muscle", 0.0, 0.2, 3.7, 1.8),
            self.volume("bone", 0.4, 0.3, 1.2, 0.9),
            self.volume("csf", 2.2, 0.2, 0.5, 0.8),
            opacity=0.0,
        )
        self.skin = Part(self.volume("skin", 0.0, 0.2, 4.2, 2.2), opacity=0.0)
        self.tube = Tube(PATH, px(14), self.theme, lumen=True, shadow=0.3)
        self.nerve = Tube(PATH, px(34), self.theme, tones=role_tones(self.theme, "nerve"))

    @beat
    def grows(self) -> None:
        self.add(self.disc, self.bone)
        self.during("from_a_point", grow(self.disc, (-2.0, -0.6)))
        self.during("along_a_line", grow(self.bone, direction_deg=0.0))

    @beat
    def wipes(self) -> None:
        self.section.opacity = self.skin.opacity = 1.0
        self.dissolve_to("body_comes", self.section, self.skin, focus=((0, 0, 0), (0.4, 0.3, 0)))
        self.during("skin_leaves", wipe(self.skin, self.section, Line(-20.0)))
        self.skin.opacity = 1.0
        self.during("window_opens", wipe(self.skin, self.section, Circle((0.8, 0.3), 1.6)))

    @beat
    def threads(self) -> None:
        self.tube.reveal(0.0)
        self.dissolve_to("ground_comes", self.tube)
        self.during(
            "in_at_a_speed", thread_at(self.tube, 120.0, Stage(LATERAL_LEFT, (0,) * 3, 0.05))
        )
        self.during("out", draw_back(self.tube, 1.0, 0.3))
        self.during("in_again", thread(self.tube, 0.3, 1.0))

    @beat
    def flows(self) -> None:
        drops = Drops(PATH, self.theme, count=12, radius=px(9))
        drops.opacity = 0.0
        self.add(drops)
        self.during("drops_come", appear(drops), flow(drops, 3.0))
        self.during("drops_flow", flow(drops, 6.0, 3.0))

    @beat
    def fires(self) -> None:
        signals = Signals(PATH, self.theme, radius=px(16), spacing=px(190), barrier=0.62)
        signals.opacity = 0.0
        self.dissolve_to("nerve_comes", self.nerve, signals)
        self.keep_alive(flowing(signals, 1.1))
        self.during("signals_come", appear(signals))
        self.during("barrier_stops_them", block(signals))

    @beat
    def spreads(self) -> None:
        fluid = oval(0.0, 0.0, 1.3, 3.4)
        cloud = Cloud(
            (0.0, -0.6), (px(260), px(330)), self.theme, within=Shape(fluid), drop_radius=px(7)
        )
        sac = Part(self.volume("csf", 0.0, 0.0, 1.3, 3.4))
        self.dissolve_to("fluid_comes", sac, cloud)
        self.keep_alive(drifting(cloud))
        self.during("medicine_spreads", spread(cloud))

    @beat
    def shines(self) -> None:
        self.disc.opacity = self.bone.opacity = 1.0
        scale = self.stage_camera.pixel_height / 8.0
        halo = Halo(self.bone, self.theme.color("accent.focus"), scale)
        light = Spotlight(self.disc, self.theme, self.stage_camera)
        self.dissolve_to("parts_come", self.disc, self.bone)
        self.add(halo)
        self.during("bone_pulses", pulse(halo))
        self.during("disc_stands_out", highlight(light))
        self.during("disc_steps_back", release(light))
        self.during("bone_shines", appear(halo))
        self.keep_alive(breathing(halo))

    @beat
    def bends(self) -> None:
        stage = replace(STAGE, fmt=self.format)
        column = BendingColumn(Spine(), self.theme, stage, bones=BONES)
        self.dissolve_to("column_comes", column)
        self.during("column_bends", Bends(column, HUNCHED))

    @beat
    def pushes_in(self) -> None:
        frame = self.stage_camera.frame
        self.dissolve_to("body_comes", self.section)
        self.during("camera_pushes_in", PushIn(frame, Shot((0.6, 0.3), 2.0)))
        self.during("camera_drifts", Drift(frame, times=1.05))

    @beat
    def draws(self) -> None:
        ink = self.theme.color("accent.focus")
        paths = [PATH + np.array([0.0, y]) for y in (0.6, 0.0, -0.6)]
        lines = [
            Part(Shape(path, closed=False, stroke=ink, stroke_px=5), opacity=0.0) for path in paths
        ]
        self.dot = dot = Part(Shape(oval(0, 0, 0.5, 0.5), fill="#0B6E8C"), opacity=0.0)
        self.dissolve_to("ground_comes", *lines, dot)
        self.during("lines_are_drawn", *led(*map(draw_on, lines), lag=0.2))
        dot.opacity = 1.0
        self.during("dot_clicks", Move(dot, self.slide, ease=click()))

    def slide(self, share: float) -> None:
        self.dot.move_to((6.0 * share, 0.0, 0.0))

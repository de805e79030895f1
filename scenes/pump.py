"""Step 3: the pump is placed."""

from __future__ import annotations

from spineanim.scene import SpineScene, beat
from spineanim.mobjects.figure import FrontBody
from spineanim.mobjects.label import Rack
from spineanim.mobjects.marks import *
from spineanim.motion.move import *
from spineanim.stage import *
from spineanim.geometry.axes import ANTERIOR
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import neutral_torso
from spineanim.geometry.pump import implanted_pump
from manim import config

class PumpPlacement(SpineScene):
    poster = "place_is_chosen"
    def cast(self) -> None:
        self.stage = Stage(ANTERIOR, (0.0,0.0,90.0), px(1.85), at=tuple(frame_point(1010,480)[:2]))
        self.body = FrontBody(neutral_torso(), Spine(), self.theme, self.stage, self.stage.pixels_per_mm(config.pixel_height))
        p = implanted_pump(self.parameters.pump, self.parameters.anatomy.side)
        self.mark = PlaceMark(self.stage.point(p.centre), self.stage.length(p.size.radius_mm), self.theme)
        self.belt = Line(self.stage(neutral_torso().belt_line), self.theme.color("accent.focus"), 4)
        self.add(self.body, self.belt, self.mark)
    @beat
    def place_is_chosen(self):
        t=neutral_torso().landmarks
        far = Rack(frame_point(470,0)[0], -1, px(380)); near = Rack(frame_point(1545,0)[0], 1, px(290))
        l = self.lay_out_labels(far, {"ribs": self.stage.point(t["costal_margin_lowest_right"]), "hip": self.stage.point(t["iliac_crest_right"])})
        n = self.lay_out_labels(near, {"belt": self.stage(neutral_torso().belt_line)[-6], "place": self.mark.centre})
        self.during("bones_shimmer_through", appear(self.body.bones))
        self.name_things("bones_are_named", l)
        self.during("belt_is_shown", Move(self.belt, self.belt.draw_to), appear(n["belt"]))
        self.during("place_is_marked", Move(self.mark, self.mark.settle))
        self.name_things("place_is_named", n, "place")
    @beat
    def pocket_is_made(self): pass
    @beat
    def catheter_is_tunnelled(self): pass
    @beat
    def pump_is_connected(self): pass
    @beat
    def pump_is_set_in(self): pass
    @beat
    def incisions_close(self): pass
    @beat
    def battery(self): pass

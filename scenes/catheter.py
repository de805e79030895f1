"""Step 2: the lasting catheter is led into the fluid behind the cord, and anchored."""

from __future__ import annotations

from manim import smooth

from spineanim.mobjects.asleep import AsleepPlate
from spineanim.mobjects.catheter_title import CatheterTitlePlate
from spineanim.mobjects.climb_xray import ClimbXRay
from spineanim.mobjects.lasting import LastingPlate
from spineanim.motion.camera import Drift, creeping
from spineanim.motion.ease import cruise, within
from spineanim.motion.idle import Alive
from spineanim.motion.move import Fade, Move, appear, vanish
from spineanim.motion.reveal import grow
from spineanim.scene import SpineScene, beat
from spineanim.stage import WHOLE


class LastingCatheter(SpineScene):
    """The patient sleeps; the trial's catheter comes out, and the lasting one goes in to stay."""

    poster = "anchored"

    def title_card(self) -> None:
        self.add(self.make(CatheterTitlePlate))
        self.keep_alive(creeping(self.stage_camera.frame))

    @beat
    def asleep(self) -> None:
        self.sleeper = sleeper = self.make(AsleepPlate, self.label_words("monitor"))
        self.dissolve_to("body_appears", sleeper)
        monitor = sleeper.monitor
        self.keep_alive(Alive(monitor.trace, monitor.at_s))
        self.during(
            "drape_is_drawn_up",
            grow(sleeper.sheet, direction_deg=sleeper.towards_head_deg),
            appear(monitor),
        )
        self.name_things("position_is_named", self.lay_out_labels(sleeper.naming()))

    @beat
    def temporary_comes_out(self) -> None:
        self.plate = plate = self.make(LastingPlate)
        focus = (self.sleeper.loin, plate.entry)
        self.dissolve_to("section_appears", plate, shot=plate.trial_shot, focus=focus)
        names = self.lay_out_labels(plate.naming("temporary", "cord", "fluid"))
        self.name_things("catheter_is_named", names)
        self.during("tail_is_lifted", Move(plate.catheter.outside, plate.lift_tail))
        self.during(
            "catheter_is_drawn_out",
            Move(
                plate.catheter.outside,
                plate.draw_out,
                also=plate.catheter.parts,
                ease=cruise(),
            ),
            *self.labels_vanish(names["temporary"]),
        )

    @beat
    def small_incision(self) -> None:
        plate = self.plate
        self.during("camera_comes_near", self.look_at(plate.cut_shot), *self.labels_vanish())
        self.during("cut_is_made", Move(plate.wound, plate.wound.make), appear(plate.dimension))
        self.name_things("cut_is_named", self.lay_out_labels(plate.naming("cut")))
        self.during(
            "needle_goes_in",
            Move(plate.guiding, plate.pushes(plate.guiding, "outside", "fluid"), ease=cruise()),
            Fade(plate.guiding, 1.0, ease=within(smooth, 0.0, 0.1)),
            vanish(plate.dimension),
            *self.labels_vanish(),
        )
        names = self.lay_out_labels(plate.naming("needle", "drop"))
        self.name_things("needle_is_named", names, "needle")
        self.during(
            "clear_drop_comes",
            Move(plate.drop, plate.drop.swell),
            *self.labels_appear(names, "drop"),
        )

    @beat
    def catheter_climbs(self) -> None:
        plate = self.plate
        xray = self.xray = self.make(ClimbXRay, self.label_words("xray"))
        self.add(xray)
        self.during(
            "camera_draws_back",
            self.look_at(WHOLE),
            vanish(plate.drop),
            Move(plate.catheter.outside, plate.enter_needle, also=plate.climbing),
            *(Fade(each, 1.0, ease=within(smooth, 0.5, 1.0)) for each in (*plate.guides, xray)),
            *self.labels_vanish(),
        )
        self.during(
            "catheter_slides_up",
            Move(plate.catheter.outside, plate.climb, also=plate.climbing, ease=cruise()),
            Move(xray, xray.climb, ease=cruise()),
        )
        names = self.lay_out_labels(plate.naming("tip", "conus"))
        self.during("tip_is_named", vanish(plate.tag), *self.labels_appear(names))

    @beat
    def anchored(self) -> None:
        plate = self.plate
        self.during(
            "needle_comes_out",
            self.look_at(plate.anchor_shot),
            Move(plate.guiding, plate.draws_out(plate.guiding, "fluid")),
            *(
                Fade(each, 0.0, ease=within(smooth, 0.0, 0.3))
                for each in (*plate.guides, self.xray)
            ),
            *self.labels_vanish(),
        )
        self.during("loop_is_laid", Move(plate.catheter.outside, plate.lay_tail))
        self.during("anchor_is_set", Move(plate.anchor, plate.set_anchor))
        self.during("anchor_is_stitched", Move(plate.anchor, plate.stitch))
        names = self.lay_out_labels(plate.naming("anchor", "loop", "end"))
        self.name_things("anchor_is_named", names)
        self.during("anchor_is_seen", Drift(self.stage_camera.frame, plate.hold, 1.03))

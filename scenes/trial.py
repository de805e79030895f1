"""Step 1: the trial system, a catheter for a few days joined to a pump outside the body."""

from __future__ import annotations

from spineanim.mobjects.lying import LyingPlate
from spineanim.mobjects.outside import OutsidePlate
from spineanim.mobjects.puncture_way import LAYERS
from spineanim.mobjects.trial_days import TrialDays
from spineanim.mobjects.trial_puncture import TrialPuncturePlate
from spineanim.mobjects.trial_title import TrialTitlePlate
from spineanim.motion.camera import Drift, creeping
from spineanim.motion.ease import cruise
from spineanim.motion.flow import EVEN
from spineanim.motion.focus import drifting, spread
from spineanim.motion.move import Move, appear, vanish
from spineanim.scene import SpineScene, beat


class Trial(SpineScene):
    """The skin is numbed, a needle reaches the fluid, a thin catheter climbs behind the cord.

    A small pump outside the body gives medicine for some days; then there is a choice.
    """

    poster = "outside_pump"

    def cast(self) -> None:
        self.lying = self.make(LyingPlate)
        self.back = self.make(TrialPuncturePlate)
        self.outside = self.make(OutsidePlate)

    def title_card(self) -> None:
        self.add(self.make(TrialTitlePlate))
        self.keep_alive(creeping(self.stage_camera.frame))

    @beat
    def lying_on_the_side(self) -> None:
        lying = self.lying
        self.dissolve_to("body_appears", lying)
        self.during("curve_is_drawn", appear(lying.curve))
        self.during("curve_opens", Move(lying.curve, lying.flatten))
        self.during("camera_comes_near", self.look_at(lying.near_shot), vanish(lying.curve))
        names = self.lay_out_labels(lying.naming())
        self.during("cord_is_shown", appear(lying.cord), *self.labels_appear(names, "cord"))
        self.during("place_is_marked", appear(lying.mark), *self.labels_appear(names, "site"))

    @beat
    def skin_is_numbed(self) -> None:
        back, needle = self.back, self.back.fine
        needle.opacity = 1.0
        focus = (self.lying.site, back.on_axis(0.0))
        self.dissolve_to("back_is_cut_open", back, shot=back.skin_shot, focus=focus)
        self.keep_alive(drifting(back.numb))
        self.during("needle_goes_in", Move(needle, back.pushes(needle, "outside", "numbing")))
        self.during("numbness_spreads", spread(back.numb))
        self.name_things("zone_is_named", self.lay_out_labels(back.naming_of("numb")))
        self.during("needle_comes_out", Move(needle, back.draws_out(needle, "numbing")))

    @beat
    def needle_reaches_the_fluid(self) -> None:
        back, needle = self.back, self.back.guiding
        self.during(
            "camera_draws_back",
            self.look_at(back.layers_shot),
            appear(needle),
            vanish(back.numb_zone),
            *self.labels_vanish(),
        )
        names = self.lay_out_labels(back.naming_of(*LAYERS))
        here = "outside"
        for layer in LAYERS:
            push = Move(needle, back.pushes(needle, here, layer))
            self.during(f"{layer}_is_passed", push, *self.labels_appear(names, layer))
            here = layer
        self.during("fluid_is_reached", Move(needle, back.pushes(needle, here, "fluid")))
        self.during("drop_appears", Move(back.drop, back.drop.swell))
        self.name_things("drop_is_named", self.lay_out_labels(back.naming_of("drop")))

    @beat
    def temporary_catheter_is_threaded(self) -> None:
        back, needle, catheter = self.back, self.back.guiding, self.back.catheter
        self.during(
            "camera_follows",
            self.look_at(back.climb_shot),
            appear(back.names),
            vanish(back.drop),
            *self.labels_vanish(),
        )
        self.during(
            "catheter_climbs",
            Move(catheter.outside, back.climb, also=back.climbing, ease=cruise()),
        )
        names = self.lay_out_labels(back.naming_of("tip", "cord"))
        self.name_things("tip_is_named", names)
        self.during("needle_comes_out", Move(needle, back.draws_out(needle, "fluid"), ease=EVEN))
        self.during("tail_lies_down", Move(catheter.outside, catheter.lie_down))
        self.during("tape_holds_it", appear(back.tape))

    @beat
    def outside_pump(self) -> None:
        outside = self.outside
        focus = (self.back.on_axis(0.0), outside.exit)
        self.dissolve_to("back_is_seen", outside, focus=focus)
        line = Move(outside.line, outside.bring, also=outside.brought, ease=EVEN)
        self.during("line_is_taped", line)
        names = self.lay_out_labels(outside.naming())
        self.name_things("things_are_named", names)
        flow = Move(outside.drops, outside.flow, also=outside.medicine, ease=EVEN)
        self.during("medicine_flows", flow)

    @beat
    def several_days(self) -> None:
        names = ("pain", "days", "enough", "lasting", "not_enough", "out")
        words = {name: self.label_words(name) for name in names}
        days = self.make(TrialDays, words)
        self.add(days)
        self.during(
            "camera_makes_room", self.look_at(self.outside.aside_shot), *self.labels_vanish()
        )
        self.during("diary_appears", *map(appear, days.all_that_comes_first))
        self.during("days_pass", Move(days.diary, days.pass_days, ease=EVEN))
        self.during("enough_is_shown", appear(days.enough))
        self.during("not_enough_is_shown", appear(days.not_enough))
        self.during("choice_is_seen", Drift(self.stage_camera.frame, times=1.01))

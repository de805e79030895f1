"""Step 4: recovery: the first days, the doses, refills, what may go wrong, and what comes next."""

from __future__ import annotations

from manim import linear

from spineanim.mobjects.four_steps import STEPS
from spineanim.mobjects.healed import HealedPlate
from spineanim.mobjects.refill import RefillPlate
from spineanim.mobjects.signs import CALL_FOR
from spineanim.mobjects.slipped import SlippedPlate
from spineanim.mobjects.strain import StrainPlate
from spineanim.mobjects.summary import SummaryPlate
from spineanim.motion.camera import aim
from spineanim.motion.ease import led
from spineanim.motion.flow import flowing
from spineanim.motion.move import Move, appear, vanish
from spineanim.scene import SpineScene, beat
from spineanim.stage import WHOLE


class Recovery(SpineScene):
    """The cuts heal, the pump gives its doses and is refilled; strain is to be avoided.

    The last picture sums the four steps up.
    """

    poster = "next_steps"

    def cast(self) -> None:
        self.healed = self.make(HealedPlate)

    def title_card(self) -> None:
        self.add(self.healed)
        aim(self.stage_camera.frame, self.healed.title_shot)
        self.keep_alive(flowing(self.healed.drops, 1.2))

    @beat
    def first_days(self) -> None:
        healed = self.healed
        ends = self.label_words("first_day"), self.label_words("later")
        self.add(healed.count_days(ends, self.label_words("soreness")))
        self.during("body_comes_into_view", self.look_at(healed.cuts_shot), appear(healed.sore))
        self.name_things("cuts_are_named", self.lay_out_labels(healed.cuts_naming()))
        self.during("days_appear", appear(healed.days))
        self.during("soreness_fades", Move(healed.sore, healed.heal, also=healed.healing))

    @beat
    def medicine_on_schedule(self) -> None:
        healed = self.healed
        weeks = self.label_words("first_week"), self.label_words("later_week")
        clock, line = healed.count_hours(self.label_words("hours"), weeks)
        self.add(clock, line)
        self.during(
            "days_give_way", self.look_at(WHOLE), vanish(healed.days), *self.labels_vanish()
        )
        self.during("clock_appears", appear(clock))
        self.during("day_passes", Move(clock, clock.turn, ease=linear))
        self.name_things("dose_is_named", self.lay_out_labels(healed.dose_naming()))
        self.during("weeks_appear", appear(line))
        self.during("dose_is_adjusted", Move(clock, healed.adjust_dose, also=[line]))

    @beat
    def refill_visits(self) -> None:
        refill = self.make(RefillPlate, self.label_words("interval"))
        focus = (self.healed.pump.get_center(), refill.section.pump.get_center())
        self.dissolve_to("belly_comes_near", refill, focus=focus)
        names = self.lay_out_labels(refill.naming())
        self.during(
            "template_is_laid", appear(refill.template), *self.labels_appear(names, "template")
        )
        self.during(
            "needle_goes_in",
            Move(refill.needle, refill.needle.come),
            *self.labels_appear(names, "port"),
        )
        self.name_things("medicine_is_named", names, "reservoir")
        self.during(
            "old_medicine_leaves",
            Move(refill.reservoir, refill.draw_off, also=refill.changing),
        )
        self.during("new_medicine_comes", Move(refill.reservoir, refill.fill, also=refill.changing))
        self.during(
            "calendar_appears",
            appear(refill.visits),
            vanish(refill.locator),
            Move(refill.needle, refill.leave, also=[refill.template]),
            *self.labels_vanish(),
        )
        self.during("visits_are_marked", Move(refill.visits, refill.visits.mark))

    @beat
    def catheter_may_move(self) -> None:
        slipped = self.make(SlippedPlate, self.label_words("xray"))
        self.dissolve_to("spine_comes_near", slipped)
        self.during("xray_appears", appear(slipped.xray))
        self.name_things("tip_is_named", self.lay_out_labels(slipped.naming()))
        self.during("tip_slips", Move(slipped.inner, slipped.slip, also=slipped.slipping))
        self.during("tip_is_put_back", Move(slipped.inner, slipped.put_back, also=slipped.slipping))

    @beat
    def strenuous_activity(self) -> None:
        names = tuple(self.label_words(each) for each in ("twist", "lift", "fall"))
        states = self.label_words("damaged"), self.label_words("renewed")
        strain = self.make(StrainPlate, names, states)
        self.dissolve_to("tiles_come", strain)
        self.during("strains_are_shown", *led(*map(appear, strain.tiles), lag=0.28))
        self.during("lens_opens", appear(strain.damage_shown))
        self.during("catheter_kinks_and_breaks", Move(strain.lens, strain.damage))
        self.during(
            "catheter_is_replaced",
            Move(strain.lens, strain.renew, also=[strain.damage_shown]),
        )

    @beat
    def next_steps(self) -> None:
        steps = {each: self.label_words(each) for each in STEPS}
        signs = {each: self.label_words(each) for each in CALL_FOR}
        words = self.label_words("talk"), self.label_words("call")
        summary = self.make(SummaryPlate, steps, *words, signs)
        self.dissolve_to("card_comes", summary)
        self.during("steps_are_shown", *led(*map(appear, summary.tiles), lag=0.22))
        self.during("talk_is_shown", appear(summary.talk_card))
        self.during("call_is_shown", appear(summary.call_card))
        self.during("signs_are_shown", *led(*map(appear, summary.items), lag=0.22))

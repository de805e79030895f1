"""Step 4: recovery: the first days, the doses, refills, what may go wrong, and what comes next."""

from __future__ import annotations

from manim import linear

from spineanim.mobjects.healed import HealedPlate
from spineanim.mobjects.refill import RefillPlate
from spineanim.motion.camera import aim
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
        self.during("body_comes_into_view", self.look_at(WHOLE), appear(healed.sore))
        self.name_things("cuts_are_named", self.lay_out_labels(healed.cuts_naming()))
        self.during("days_appear", appear(healed.days))
        self.during("soreness_fades", Move(healed.sore, healed.heal, also=healed.healing))

    @beat
    def medicine_on_schedule(self) -> None:
        healed = self.healed
        weeks = self.label_words("first_week"), self.label_words("later_week")
        clock, line = healed.count_hours(self.label_words("hours"), weeks)
        self.add(clock, line)
        self.during("days_give_way", vanish(healed.days), *self.labels_vanish())
        self.during("clock_appears", appear(clock))
        names = self.lay_out_labels(healed.dose_naming())
        self.name_things("dose_is_named", names)
        self.during("day_passes", Move(clock, clock.turn, ease=linear))
        self.during("weeks_appear", appear(line), *self.labels_vanish())
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
        self.name_things("needle_is_named", names, "needle", "reservoir")
        self.during(
            "old_medicine_leaves",
            Move(refill.reservoir, refill.draw_off, also=refill.changing),
        )
        self.during(
            "new_medicine_comes", Move(refill.reservoir, refill.fill, also=refill.changing)
        )
        self.during(
            "calendar_appears",
            appear(refill.visits),
            Move(refill.needle, refill.leave, also=[refill.template]),
            *self.labels_vanish(),
        )
        self.during("visits_are_marked", Move(refill.visits, refill.visits.mark))

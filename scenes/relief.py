"""How it helps: pain on its way to the brain, two ways for medicine, and where pain is stopped."""

from __future__ import annotations

from spineanim.mobjects.calm import CalmPlate
from spineanim.mobjects.pain import PainPlate, PainTitle
from spineanim.mobjects.two_ways import TwoWaysPlate
from spineanim.mobjects.who import WHO_SIGNS, WhoPlate
from spineanim.motion.camera import Drift, creeping
from spineanim.motion.ease import led
from spineanim.motion.flow import flowing, thread
from spineanim.motion.focus import drifting, spread
from spineanim.motion.idle import Alive
from spineanim.motion.move import Move, appear, vanish
from spineanim.scene import SpineScene, beat


class PainRelief(SpineScene):
    """Pain runs to the brain; tablets go everywhere; the pump goes direct; the signal is stopped.

    At last a card says whom the pump may help.
    """

    poster = "signal_is_stopped"

    def cast(self) -> None:
        self.pain = self.make(PainPlate)

    def title_card(self) -> None:
        self.add(self.make(PainTitle))
        self.keep_alive(creeping(self.stage_camera.frame))

    @beat
    def pain_travels(self) -> None:
        pain, across = self.pain, self.pain.across
        self.dissolve_to("body_appears", pain)
        names = self.lay_out_labels(pain.naming())
        self.keep_alive(flowing(pain.signals, 1.0))
        self.during(
            "signal_starts",
            appear(pain.sore),
            appear(pain.signals),
            thread(pain.signals),
            *self.labels_appear(names, "nerve"),
        )
        self.during(
            "brain_feels_it", appear(pain.felt), *self.labels_appear(names, "cord", "brain")
        )
        self.during("cord_is_cut_across", appear(pain.panel))
        crossing = self.lay_out_labels(pain.crossing_naming())
        self.keep_alive(flowing(across.pain, 1.0))
        self.during(
            "signal_crosses", appear(across.pain), thread(across.pain), appear(across.climbs)
        )
        self.name_things("crossing_is_named", crossing)

    @beat
    def tablets_go_everywhere(self) -> None:
        effects = tuple(self.label_words(name) for name in ("drowsy", "sick", "bowel"))
        doses = (self.label_words("by_mouth"), self.label_words("by_pump"))
        self.two = two = self.make(TwoWaysPlate, effects, doses)
        self.dissolve_to("tablet_appears", two)
        self.during("tablet_is_swallowed", Move(two.tablet, two.tablet.swallow))
        self.keep_alive(Alive(two.everywhere, two.everywhere.drift_to))
        self.during("medicine_spreads", Move(two.everywhere, two.everywhere.spread_to))
        self.during("effects_are_shown", *led(*(appear(sign) for sign in two.signs), lag=0.3))

    @beat
    def pump_goes_direct(self) -> None:
        two = self.two
        self.keep_alive(flowing(two.drops, 0.8), drifting(two.cloud))
        self.during(
            "pump_takes_over",
            vanish(two.everywhere),
            *(vanish(sign) for sign in two.signs),
            appear(two.system),
        )
        self.during("lens_opens", appear(two.lens))
        self.during("drops_leave_the_tip", spread(two.cloud))
        self.name_things("tip_is_named", self.lay_out_labels(two.naming()))
        self.during("dose_by_mouth_is_shown", appear(two.doses), Move(two.doses, two.doses.fill))
        self.during("dose_by_pump_is_shown", Move(two.doses, two.doses.give))

    @beat
    def signal_is_stopped(self) -> None:
        calm = self.make(CalmPlate)
        across = calm.across
        focus = (self.two.profile.tip, calm.section.point("tip"))
        self.dissolve_to("cord_comes_near", calm, focus=focus)
        self.keep_alive(
            flowing(across.pain, 1.0), flowing(calm.signals, 1.0), drifting(across.cloud)
        )
        names = self.lay_out_labels(calm.naming())
        self.name_things("cut_is_named", names, "cord", "pain", "tip")
        self.during("medicine_spreads", spread(across.cloud))
        self.during(
            "medicine_reaches_the_horn",
            Move(across.in_horn, across.soak),
            *self.labels_appear(names, "horn"),
        )
        self.during("pain_fades", Move(across.pain, calm.calm, also=calm.calmed))
        self.keep_alive(flowing(across.touch, 0.8), flowing(across.movement, 0.8))
        self.during(
            "touch_still_passes",
            appear(across.touch),
            appear(across.movement),
            *self.labels_appear(names, "touch", "movement"),
        )
        self.during("calm_is_seen", Drift(self.stage_camera.frame, calm.section.point("tip"), 1.02))

    @beat
    def who_it_is_for(self) -> None:
        card = self.make(WhoPlate, tuple(self.label_words(name) for name in WHO_SIGNS))
        self.dissolve_to("card_appears", card)
        self.keep_alive(flowing(card.system.drops, 0.8))
        first, rest = card.rows[:3], card.rows[3:]
        self.during("whom_it_may_help", *led(*(appear(row) for row in first), lag=0.3))
        self.during("what_it_does_not_do", *led(*(appear(row) for row in rest), lag=0.4))

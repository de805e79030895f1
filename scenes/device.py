"""The pump: as big as a puck, what it looks like, what is in it, and what it does."""

from __future__ import annotations

from manim import linear, smooth

from spineanim.mobjects.bench import TitlePlate
from spineanim.mobjects.device import DevicePlate
from spineanim.mobjects.drop_way import TipPlate
from spineanim.mobjects.programming import ProgramPlate
from spineanim.motion.camera import Drift, aim, creeping
from spineanim.motion.ease import within
from spineanim.motion.flow import EVEN, thread
from spineanim.motion.idle import Alive
from spineanim.motion.move import Fade, Move, appear
from spineanim.scene import SpineScene, beat


class Device(SpineScene):
    """The pump turns beside a puck, is named, opened and programmed; a drop goes to the tip."""

    poster = "inside"

    def title_card(self) -> None:
        self.title = self.make(TitlePlate)
        self.add(self.title)
        self.keep_alive(creeping(self.stage_camera.frame))

    @beat
    def pump_and_puck(self) -> None:
        words = tuple(self.label_words(name) for name in ("pump_width", "puck_width", "bar"))
        self.device = device = self.make(DevicePlate, words)
        focus = (self.title.pump.get_center(), device.pump.middle)
        self.dissolve_to("pump_and_puck_appear", device, focus=focus)
        self.during("pump_turns", Move(device.pump, device.pump.turn))
        self.during("sizes_are_shown", Move(device, device.compare))
        self.during("ring_is_laid_on", Move(device.ring, device.lay_ring))

    @beat
    def outside(self) -> None:
        device = self.device
        near = self.look_at(device.near_shot)
        self.during("camera_comes_near", near, Move(device, device.clear))
        names = self.lay_out_labels(device.outside_naming())
        for step, name in (
            ("refill_port_lights_up", "refill_port"),
            ("access_port_lights_up", "access_port"),
            ("loops_light_up", "loops"),
            ("connector_lights_up", "connector"),
        ):
            glint = device.glints[name]
            self.during(step, Move(glint, glint.spread), *self.labels_appear(names, name))
        self.during("catheter_runs_out", thread(device.catheter))
        glint = device.glints["catheter"]
        named = self.labels_appear(names, "catheter")
        self.during("catheter_is_named", Move(glint, glint.spread), *named)

    @beat
    def inside(self) -> None:
        device, pump = self.device, self.device.pump
        self.keep_alive(Alive(pump.rotor, device.run_to, also=[pump.drops, device.medicine]))
        lid = Move(pump, pump.lift_lid)
        self.during("lid_lifts_away", lid, *self.labels_vanish())
        self.during("front_is_cut", Move(pump, pump.cut_front))
        names = self.lay_out_labels(device.inside_naming())
        self.name_things("reservoir_is_named", names, "reservoir", "gas", "bellows")
        self.name_things("drive_is_named", names, "battery", "electronics")
        self.name_things("rollers_are_named", names, "rollers")
        near = Drift(self.stage_camera.frame, pump.middle, 1.03)
        self.during("medicine_moves", near, appear(device.medicine))

    @beat
    def programmed(self) -> None:
        plate = self.make(ProgramPlate, self.label_words("plan"))
        focus = (self.device.pump.middle, plate.pump_at)
        self.dissolve_to("belly_is_shown", plate, focus=focus)
        self.keep_alive(Alive(plate.waves, plate.waves.at_s))
        self.during("programmer_is_held_over", Move(plate.head, plate.hold_over))
        self.during("plan_is_written", Move(plate.plan, plate.plan.write))
        self.during(
            "plan_is_sent",
            Move(plate.packets, plate.packets.travel),
            Fade(plate.waves, 1.0, ease=within(smooth, 0.5, 1.0)),
        )
        self.name_things("pump_is_named", self.lay_out_labels(plate.naming()))
        self.during("day_passes", Move(plate.plan, plate.pass_day, also=[plate.drops], ease=linear))
        self.tip_from = plate.pump_at

    @beat
    def to_the_tip(self) -> None:
        plate = self.make(TipPlate)
        near = plate.shot_at(0.0)
        focus = (self.tip_from, plate.pump.get_center())
        self.dissolve_to("body_is_shown", plate, shot=near, focus=focus)
        frame = self.stage_camera.frame
        self.during(
            "drop_travels",
            Move(plate.drop, plate.follow, ease=EVEN),
            Move(frame, lambda share: aim(frame, plate.shot_at(share)), ease=EVEN),
            Fade(plate.lens, 1.0, ease=within(smooth, 0.75, 1.0)),
        )
        self.during("tip_is_seen", Move(plate.cloud, plate.arrive, also=plate.medicine))
        self.name_things("tip_is_named", self.lay_out_labels(plate.tip_naming()))

"""The pump: as big as a puck, what it looks like, what is in it, and what it does."""

from __future__ import annotations

from spineanim.mobjects.bench import TitlePlate
from spineanim.mobjects.device import DevicePlate
from spineanim.motion.camera import Drift, creeping
from spineanim.motion.flow import thread
from spineanim.motion.idle import Alive
from spineanim.motion.move import Move, appear
from spineanim.scene import SpineScene, beat


class Device(SpineScene):
    """The pump turns beside a puck, is named, opened and programmed; a drop goes to the tip."""

    poster = "inside"

    def title_card(self) -> None:
        self.add(self.make(TitlePlate))
        self.keep_alive(creeping(self.stage_camera.frame))

    @beat
    def pump_and_puck(self) -> None:
        words = tuple(self.label_words(name) for name in ("pump_width", "puck_width", "bar"))
        self.device = device = self.make(DevicePlate, words)
        self.dissolve_to("pump_and_puck_appear", device)
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

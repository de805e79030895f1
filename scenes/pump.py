"""Step 3: the pump is placed under the skin of the belly and joined to the catheter."""

from __future__ import annotations

from manim import smooth

from spineanim.mobjects.bench import BenchPlate, TitlePlate
from spineanim.mobjects.front import FrontPlate
from spineanim.mobjects.layers import WallPlate
from spineanim.mobjects.system import SystemPlate
from spineanim.mobjects.tunnel import TunnelPlate
from spineanim.motion.camera import Drift, creeping
from spineanim.motion.ease import within
from spineanim.motion.move import Fade, Move, appear, vanish
from spineanim.scene import SpineScene, beat
from spineanim.stage import WHOLE


class PumpPlacement(SpineScene):
    """The place is chosen, a pocket made, the catheter led there, the pump joined and set in.

    Then the cuts are closed and medicine flows; at last, years later, the pump is changed.
    """

    poster = "incisions_close"

    def title_card(self) -> None:
        self.add(self.make(TitlePlate))
        self.keep_alive(creeping(self.stage_camera.frame))

    @beat
    def place_is_chosen(self) -> None:
        self.front = front = self.make(FrontPlate)
        self.dissolve_to("body_appears", front)
        names = self.lay_out_labels(front.naming())
        self.during("bones_shimmer_through", appear(front.body.bones))
        self.name_things("bones_are_named", names, "ribs", "hip")
        belt = Move(front.belt, front.belt.draw_to)
        self.during("belt_is_shown", belt, *self.labels_appear(names, "belt"))
        self.during("place_is_marked", Move(front.mark, front.mark.settle))
        self.name_things("place_is_named", names, "place")
        self.during("place_is_seen", Drift(self.stage_camera.frame, front.site, 1.02))

    @beat
    def pocket_is_made(self) -> None:
        front = self.front
        self.during(
            "camera_moves_in",
            self.look_at(front.site_shot),
            vanish(front.body.bones),
            vanish(front.belt),
            appear(front.drape),
            *self.labels_vanish(),
        )
        site, depth = self.in_frame(front.site), self.label_words("depth")
        self.wall = wall = self.make(WallPlate, site, front.site_ring, depth)
        self.add(wall)
        self.during("layers_open", appear(wall))
        names = self.lay_out_labels(wall.naming("skin", "fat", "pocket", "muscle"))
        self.name_things("layers_are_named", names, "skin", "fat", "muscle")
        self.during(
            "cut_is_made",
            Move(front.cut, front.cut.make),
            Move(wall, wall.section.incision),
            vanish(front.mark),
        )
        self.during("pocket_opens", Move(wall, wall.open_pocket))
        depth = Move(wall.gauge, wall.measure)
        self.during("depth_is_shown", depth, *self.labels_appear(names, "pocket"))

    @beat
    def catheter_is_tunnelled(self) -> None:
        self.tunnel = tunnel = self.make(TunnelPlate)
        card = tunnel.card
        sides = (self.label_words(name) for name in ("back", "front", "belly"))
        card.name_sides(*sides)
        focus = (self.front.site, tunnel.pocket.get_center())
        self.dissolve_to("body_turns_into_view", tunnel, focus=focus)
        self.during("camera_comes_near", self.look_at(tunnel.shot))
        self.add(card)
        self.during("section_opens", appear(card))
        names = self.lay_out_labels(tunnel.naming())
        self.name_things("catheter_is_named", names, "spine_end")
        self.name_things("pocket_is_named", names, "pocket")
        self.during(
            "rod_passes_under_the_skin",
            Move(tunnel.rod, tunnel.push_rod, also=tunnel.follows),
            Move(card.level, card.calm_level),
        )
        self.name_things("tunnel_is_named", names, "tunnel")
        self.during("catheter_follows", Move(tunnel.rod, tunnel.lead_catheter, also=tunnel.follows))

    @beat
    def pump_is_connected(self) -> None:
        front = self.front
        front.open_up()
        focus = (self.tunnel.pocket.get_center(), front.site)
        self.dissolve_to("belly_comes_near", front, shot=front.near_shot, focus=focus)
        self.during("pump_arrives", Move(front.slack, front.arrive, also=front.joining))
        self.during("connector_clicks", Move(front.slack, front.join, also=front.joining))
        self.name_things("connector_is_named", self.lay_out_labels(front.joining_naming()))
        self.during(
            "spare_length_coils",
            Move(front.slack, front.cover, also=front.joining),
            *self.labels_vanish(),
        )
        self.name_things("coil_is_named", self.lay_out_labels(front.covering_naming()))
        self.during("coil_is_seen", Drift(self.stage_camera.frame, front.site, 1.05))

    @beat
    def pump_is_set_in(self) -> None:
        front, wall = self.front, self.wall
        wall.come_back()
        self.add(wall)
        outside_mm = wall.pump_along_mm(0.0)
        self.during(
            "pump_is_lifted",
            self.look_at(front.site_shot),
            Move(front.slack, lambda way: front.lift_over(way, outside_mm), also=front.joining),
            Fade(wall, 1.0, ease=within(smooth, 0.5, 1.0)),
            *self.labels_vanish(),
        )
        front.set_in(outside_mm)
        self.during(
            "pump_slides_in",
            Move(wall, wall.slide_in),
            Move(
                front.entering.outside,
                lambda way: front.set_in(wall.pump_along_mm(way)),
                also=front.implanted,
            ),
        )
        names = self.lay_out_labels(wall.naming("port", "stitch", "coil"))
        self.name_things("port_is_named", names, "port", "coil")
        self.during("loops_are_stitched", Move(wall, wall.section.sutures))
        self.name_things("stitch_is_named", names, "stitch")

    @beat
    def incisions_close(self) -> None:
        front, wall = self.front, self.wall
        self.system = system = self.make(SystemPlate)
        self.during(
            "belly_closes",
            Move(front.cut, front.cut.close),
            Move(wall, wall.section.closed),
            *self.labels_vanish(),
        )
        focus = (front.site, system.pump.get_center())
        self.dissolve_to("whole_body_appears", system, shot=system.near_shot, focus=focus)
        self.during("back_closes", Move(system.back, system.back.closed))
        self.during(
            "lens_opens",
            self.look_at(WHOLE),
            Fade(system.lens, 1.0, ease=within(smooth, 0.45, 1.0)),
        )
        names = self.lay_out_labels(system.naming())
        self.name_things("system_is_named", names)
        self.during(
            "medicine_flows", Move(system.drops, system.flow_medicine, also=system.medicine)
        )

    @beat
    def battery(self) -> None:
        words = self.label_words("now"), self.label_words("years")
        bench = self.make(BenchPlate, words)
        focus = (self.system.pump.get_center(), bench.home)
        self.dissolve_to("pump_is_shown", bench, focus=focus)
        names = self.lay_out_labels(bench.naming())
        self.during("years_pass", Move(bench.gauge, bench.run_down, also=[bench.years]))
        self.during("old_pump_leaves", Move(bench.old, bench.leave, also=bench.change))
        self.during("new_pump_comes", Move(bench.new, bench.arrive, also=bench.change))
        self.name_things("catheter_is_named", names)
        self.during(
            "pump_can_leave",
            Move(bench.new, bench.lift_off, also=bench.change),
            *self.labels_vanish(names["pump"]),
        )

"""Your spine: bones, discs, canal, fluid, and where the cord ends."""

from __future__ import annotations

from spineanim.mobjects.across_level import AcrossLevel
from spineanim.mobjects.column_cut import LEVEL
from spineanim.mobjects.column_plate import REGIONS, ColumnPlate, ColumnTitle
from spineanim.mobjects.soft_edge import Line
from spineanim.motion.camera import creeping
from spineanim.motion.ease import click, led
from spineanim.motion.move import Move, appear, vanish
from spineanim.motion.reveal import draw_on, grow, wipe
from spineanim.scene import SpineScene, beat


class YourSpine(SpineScene):
    """The column is built, named and loaded; then it is cut open, and the cord followed down."""

    poster = "cord_ends"

    def cast(self) -> None:
        self.plate = self.make(ColumnPlate)

    def title_card(self) -> None:
        card = self.make(ColumnTitle)
        self.add(card)
        self.keep_alive(creeping(self.stage_camera.frame, shot=card.shot))

    @beat
    def column_rises(self) -> None:
        plate = self.plate
        plate.count(self.label_words("count"))
        plate.rise(0.0)
        self.dissolve_to("body_appears", plate, shot=plate.far)
        self.during("column_is_built", Move(plate.column, plate.rise, also=[plate.counter]))
        self.name_things("base_is_named", self.lay_out_labels(plate.naming_base()))

    @beat
    def regions_are_named(self) -> None:
        plate = self.plate
        plate.bracket({name: self.label_text(name) for name in REGIONS})
        self.during("count_leaves", vanish(plate.counter), *self.labels_vanish())
        regions = [Move(each, each.draw) for each in plate.brackets.regions.values()]
        self.during("regions_are_bracketed", *led(*regions, lag=0.18))
        self.during("curves_are_drawn", Move(plate.curve, plate.draw_curve))

    @beat
    def discs_cushion(self) -> None:
        plate = self.plate
        self.during(
            "camera_comes_near",
            self.look_at(plate.near),
            vanish(plate.brackets, by=0.25),
            vanish(plate.curve, by=0.25),
        )
        names = self.lay_out_labels(plate.naming_discs())
        self.name_things("disc_is_named", names, "disc")
        self.during("load_comes", appear(plate.load), *self.labels_appear(names, "load"))
        press = Move(plate.column, plate.press, also=plate.loaded)
        self.during("load_presses", press, appear(plate.glow))
        back = Move(
            plate.column,
            lambda share: plate.press(1.0 - share),
            also=plate.loaded,
            ease=click(0.12),
        )
        self.during("discs_spring_back", back, vanish(plate.glow))
        self.during("load_leaves", vanish(plate.load), *self.labels_vanish())

    @beat
    def canal_opens(self) -> None:
        plate, cut = self.plate, self.plate.cut
        self.during("camera_moves", self.look_at(cut.opened))
        self.during("column_is_cut", wipe(plate.column, cut.section, Line(0.0)))
        self.during("canal_is_shown", draw_on(cut.walls))
        self.name_things("inside_is_named", self.lay_out_labels(cut.naming_canal()))

    @beat
    def fluid_surrounds_the_cord(self) -> None:
        cut = self.plate.cut
        ends = self.label_words("front"), self.label_words("back")
        across = self.make(AcrossLevel, cut.stage, cut.across, LEVEL, ends)
        self.add(across)
        self.during(
            "camera_moves", self.look_at(cut.across), vanish(cut.walls), *self.labels_vanish()
        )
        self.during("line_joins_both", Move(across.link, across.draw_link))
        self.during("section_appears", *map(appear, (across.ground, across.axial, across.ends)))
        names = self.lay_out_labels(across.naming())
        self.name_things("cord_is_named", names, "cord", "dura")
        self.during("fluid_lights_up", grow(cut.fluid, direction_deg=-90.0), appear(across.light))
        self.name_things("fluid_is_named", names, "fluid")
        self.across = across

    @beat
    def cord_ends(self) -> None:
        cut = self.plate.cut
        self.during(
            "camera_follows_the_cord",
            self.look_at(cut.conus),
            appear(cut.names),
            vanish(cut.fluid),
            vanish(self.across),
            *self.labels_vanish(),
        )
        self.name_things("end_is_named", self.lay_out_labels(cut.naming_end()))
        self.during(
            "camera_goes_on",
            self.look_at(cut.end),
            appear(cut.names_below),
            *self.labels_vanish(),
        )
        names = self.lay_out_labels(cut.naming_below())
        self.name_things("roots_are_named", names, "end", "roots")
        self.during("needle_enters", Move(cut.needle, cut.needle.draw))
        self.name_things("needle_is_named", names, "needle")

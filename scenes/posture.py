"""Tip of the week: a hunched stance strains the back; how to stand tall."""

from __future__ import annotations

from spineanim.mobjects.posture import PosturePlate, PostureTitle
from spineanim.motion.camera import Drift, creeping
from spineanim.motion.ease import led
from spineanim.motion.move import Move, appear, vanish
from spineanim.motion.reveal import draw_on
from spineanim.scene import SpineScene, beat


class Posture(SpineScene):
    """One person stands tall, slumps, and stands tall again; the back shows what that means."""

    poster = "standing_tall_again"

    def cast(self) -> None:
        self.plate = self.make(PosturePlate)

    def title_card(self) -> None:
        self.add(self.make(PostureTitle))
        self.keep_alive(creeping(self.stage_camera.frame))

    @beat
    def standing_tall(self) -> None:
        plate = self.plate
        self.dissolve_to("figure_appears", plate, shot=plate.far)
        self.during("camera_comes_near", self.look_at(plate.alone))
        self.during("line_is_drawn", draw_on(plate.plumb))
        self.name_things("marks_are_named", self.lay_out_labels(plate.naming_line()))
        self.during(
            "figure_is_seen", Drift(self.stage_camera.frame, plate.figure.point("hip"), 1.01)
        )

    @beat
    def slumping(self) -> None:
        plate = self.plate
        self.during("names_leave", self.look_at(plate.alone), *self.labels_vanish())
        self.during("back_rounds", Move(plate.figure, plate.slump, also=plate.bends))
        self.name_things("head_is_named", self.lay_out_labels(plate.naming_head()))

    @beat
    def strain_appears(self) -> None:
        plate = self.plate
        self.during("names_leave", *self.labels_vanish())
        self.during(
            "muscles_glow",
            self.look_at(plate.near),
            Move(plate.strap, plate.strain, also=[plate.figure]),
        )
        self.during("lens_opens", appear(plate.lens))
        self.during("disc_is_squeezed", Move(plate.lens, plate.lens.squeeze))
        self.name_things("strain_is_named", self.lay_out_labels(plate.naming_strain()))

    @beat
    def shape_sets(self) -> None:
        plate = self.plate
        self.during("names_leave", *self.labels_vanish())
        self.during("calendar_comes", appear(plate.leaves), appear(plate.lying))
        self.during(
            "years_pass", Move(plate.lens, plate.pass_years, also=[plate.leaves, plate.lying])
        )
        self.name_things("bone_is_named", self.lay_out_labels(plate.naming_set()))

    @beat
    def standing_tall_again(self) -> None:
        plate = self.plate
        inset = (plate.lens, plate.leaves, plate.lying)
        self.during("insets_leave", *map(vanish, inset), *self.labels_vanish())
        calm = Move(plate.strap, lambda share: plate.strain(1.0 - share), also=[plate.figure])
        self.during("back_straightens", self._rise(), calm)
        names = ("in_line", "screen", "move")
        reminders = plate.remind([self.label_words(name) for name in names])
        self.add(reminders)
        self.during("reminders_come", *led(*map(appear, reminders.tiles), lag=0.3))

    def _rise(self) -> Move:
        """Return the move that brings the figure back to its full height."""
        plate = self.plate
        return Move(plate.figure, lambda share: plate.slump(1.0 - share), also=plate.bends)

"""Pump and catheter in a person seen from the side, with medicine on its way to the tip."""

from __future__ import annotations

from typing import Final

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.catheter import carried, plan_route
from spineanim.geometry.params import PROCEDURE
from spineanim.mobjects.drops import Drops, TipGlow
from spineanim.mobjects.profile import Profile
from spineanim.mobjects.pump import PumpTilted
from spineanim.mobjects.tube import Tube
from spineanim.picture.shape import Part
from spineanim.stage import px

_TUBE_MM: Final = 5.0
_DROPS: Final = 16
_DROP_PX: Final = 3.6
_GLOW_PX: Final = 30.0


class Implanted(Part):
    """What is placed in a person; lies over it.

    Parameters
    ----------
    parameters, theme
        As for every plate.
    profile
        The person.

    Attributes
    ----------
    route
        The catheter's way in this person.
    pump
        The pump in the belly.
    drops
        Medicine on its way.
    """

    def __init__(self, parameters: Parameters, theme: Theme, profile: Profile) -> None:
        stage = profile.stage
        route = plan_route(parameters.anatomy, parameters.pump, PROCEDURE)
        self.route = carried(route, profile.spine)
        pose = self.route.pump
        self.pump = PumpTilted(
            pose, stage.view, theme, stage.units_per_mm, profile.fmt.pixels_per_unit
        )
        self.pump.shift(stage.point(pose.centre) - self.pump.place("centre"))
        pieces = (("coil", "loop"), ("entry", "intrathecal"))
        tubes = [
            Tube(
                stage(self.route.between(*ends)),
                stage.length(_TUBE_MM),
                theme,
                lumen=True,
                shadow=0.2,
            )
            for ends in pieces
        ]
        way = stage(self.route.whole())
        self.drops = Drops(way, theme, count=_DROPS, radius=px(_DROP_PX), glow=False)
        glow = TipGlow(stage.point(self.route.tip), px(_GLOW_PX), theme)
        super().__init__(*tubes, self.drops, self.pump, glow)

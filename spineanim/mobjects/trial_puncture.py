"""What the trial adds to the puncture: a numb zone, a clear drop, tape, and its shots."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry import curves
from spineanim.mobjects.at_rest import AtRest
from spineanim.mobjects.cloud import Cloud
from spineanim.mobjects.label_places import Callout, Naming, Side
from spineanim.mobjects.puncture import Look, PuncturePlate
from spineanim.mobjects.section_paint import LIGHT
from spineanim.picture.shape import Part, Shape, mix
from spineanim.stage import Format, Shot, px

Point = NDArray[np.float64]

_LOOKS: Final = (
    Look((880.0, 600.0), 5.2, zoom=1.6),
    Look((560.0, 640.0), 4.2, zoom=1.6),
    Look((600.0, 960.0), 4.8, zoom=1.5),
)
_NUMB_MM: Final = (10.0, 21.0)
"""Reach of the numb zone across and along the skin: a weal and the fat under it [M]."""
_DROP_MM: Final = 2.5
_LIGHT_PX: Final = 46.0
_NAMES: Final = (0.85, 1.6)
"""Names of levels look no smaller than this share of their size, but never grow by more."""
_TAPE_MM: Final = (17.0, 37.0, 2.2)
"""Where the strip lies along the tail, from the skin's exit, and how thick it is drawn."""


class ClearDrop(Part):
    """A drop of clear fluid that swells at an opening and hangs there.

    Parameters
    ----------
    at
        Scene point (3,) it hangs from.
    radius
        Its size in scene units.
    theme
        Colours: role `csf`.
    """

    def __init__(self, at: Point, radius: float, theme: Theme) -> None:
        self.at_point = np.asarray(at, dtype=np.float64)
        color = theme.color
        turns = np.linspace(0.0, 2 * np.pi, 49)[:-1]
        pear = 1.0 + 0.75 * np.clip(np.sin(turns), 0.0, 1.0) ** 5
        outline = radius * np.column_stack(
            [0.92 * np.cos(turns) * (1.0 - 0.22 * np.clip(np.sin(turns), 0, 1)),
             np.sin(turns) * pear - 1.55, 0.0 * turns]
        )  # fmt: skip
        body = Shape(outline, stroke=color("csf.line"), stroke_px=2.6)
        middle = np.array([0.0, -1.55 * radius, 0.0])
        lit = middle + LIGHT * 0.4 * radius
        stops = (
            (0.0, "#FFFFFF", 0.98),
            (0.45, color("csf.light"), 0.97),
            (0.85, color("csf.base"), 0.97),
            (1.0, mix(color("csf.dark"), color("csf.base"), 0.3), 0.97),
        )
        body.with_gradient("radial", lit, lit + np.array([1.5 * radius, 0.0, 0.0]), stops)
        spark = middle + radius * (0.42 * LIGHT + 0.16 * np.column_stack(
            [np.cos(turns), 1.3 * np.sin(turns), 0.0 * turns]))  # fmt: skip
        super().__init__(body, Shape(spark, fill="#FFFFFF"))
        self._rest = [(each, each.points.copy()) for each in self.get_family() if len(each.points)]
        self.swell(0.0)

    def swell(self, share: float) -> None:
        """Show it grown to a share, 0 to 1, of its size."""
        self.opacity = float(np.clip(share / 0.12, 0.0, 1.0))
        for each, points in self._rest:
            each.set_points(points * max(share, 0.02) + self.at_point)


class TrialPuncturePlate(PuncturePlate):
    """The puncture of the trial.

    Attributes
    ----------
    numb, numb_zone
        The zone that grows numb, to be spread; and what fades it.
    drop
        The drop at the guiding needle's hub.
    tape
        A strip that holds the tail on the skin once the needle is out; unseen at first.
    lead
        Soft light that goes with the catheter's tip; unseen at first.
    climbing
        All that `climb` changes.
    """

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format) -> None:
        super().__init__(parameters, theme, fmt, fmt.pick(*_LOOKS))
        self.numb = self._numb_cloud()
        self.numb_zone = Part(self.numb)
        self.pushes(self.guiding, "outside", "fluid")(1.0)
        self.drop = ClearDrop(self.guiding.hub_end, self.stage.length(_DROP_MM), theme)
        self.pushes(self.guiding, "outside", "fluid")(0.0)
        self.tape = self._tape()
        self.remove(self.fine, self.guiding)
        self.lead = self._light()
        self._leads = AtRest(self.lead)
        self.climbing = (*self.catheter.parts, self.lead)
        least, most = _NAMES
        for name in self.names.by_name.values():
            name.scale(float(np.clip(least / self.climb_shot.zoom, 1.0, most)))
        self.add(self.numb_zone, self.tape, self.lead, self.fine, self.guiding, self.drop)

    def climb(self, share: float) -> None:
        """Advance the catheter, and the light with its tip once it is in the fluid."""
        self.thread(share)
        inside = self.catheter.inside
        self._leads.put(inside.front)
        comes, goes = np.clip([12.0 * inside.shown[1], 8.0 * (1.0 - share)], 0.0, 1.0)
        self.lead.opacity = float(comes * goes)

    @property
    def skin_shot(self) -> Shot:
        """The skin, close."""
        return self.shot("numbing", self.fmt.pick((900, 600), (540, 640), (540, 900)), 1.5)

    @property
    def layers_shot(self) -> Shot:
        """The needle's whole way, with room for names beside it."""
        zoom = self.fmt.pick(1.2, 0.95, 0.90)
        return self.shot("fluid", self.fmt.pick((640, 690), (220, 740), (190, 1020)), zoom)

    @property
    def climb_shot(self) -> Shot:
        """From the needle's entry to the catheter's tip."""
        here, tip = self.on_axis(0.0), self.section.tip
        room = self.fmt.pick(0.74, 0.78, 0.80) * self.fmt.width
        zoom = float(min(room / abs(here[0] - tip[0]), 1.0))
        middle = (here + tip) / 2
        at = self.fmt.point(self.fmt.width_px / 2, self.fmt.pick(470, 560, 860))
        centre = middle - at / zoom
        return Shot((float(centre[0]), float(centre[1])), zoom)

    def _light(self) -> Part:
        color = mix(self.theme.color("accent.focus"), "#FFFFFF", 0.65)
        reach = px(_LIGHT_PX)
        turns = np.linspace(0.0, 2 * np.pi, 49)[:-1]
        disc = reach * np.column_stack([np.cos(turns), np.sin(turns), 0 * turns])
        fall = tuple((at, color, 0.9 * (1.0 - at) ** 2) for at in (0.0, 0.25, 0.5, 0.75, 1.0))
        light = Shape(disc).with_gradient("radial", np.zeros(3), [reach, 0.0, 0.0], fall)
        return Part(light, opacity=0.0)

    def _numb_cloud(self) -> Cloud:
        """Medicine in skin and fat about the fine needle's tip."""
        skin = self.section.cut.place(self.way.skin_yz)
        deep = self.section.cut.place(curves.offset(self.way.skin_yz, -self.way.fascia_mm))
        tip = self.on_axis(self.way.stops_mm["numbing"])
        near = int(np.hypot(*(skin - tip)[:, :2].T).argmin())
        along = skin[near + 3] - skin[near - 3]
        reach = self.stage.length(_NUMB_MM[0]), self.stage.length(_NUMB_MM[1])
        return Cloud(
            tip,
            reach,
            self.theme,
            along_rad=float(np.arctan2(along[1], along[0])),
            within=Shape(np.vstack([skin, deep[::-1]])),
            drops=14,
            drop_radius=px(4.0),
        )

    def _tape(self) -> Part:
        """Strip over the tail where it lies on the skin, seen edge-on."""
        skin = self.way.skin_yz
        start = float(curves.nearest(skin, self.way.skin)[1])
        first, last, thick = _TAPE_MM
        whole = curves.length(skin)
        under = curves.part(skin, (start + first) / whole, (start + last) / whole)
        bow = thick * np.sin(np.linspace(0.0, np.pi, len(under))) ** 0.35
        over = curves.offset(under, bow + 0.3)
        outline = self.section.cut.place(np.vstack([under, over[::-1]]))
        color = self.theme.color
        return Part(
            Shape(outline, fill=color("fascia.light"), stroke=color("fascia.dark"), stroke_px=1.6),
            opacity=0.0,
        )

    def naming_of(self, *names: str) -> Naming:
        """Return what labels name; besides those of `naming` the `drop` and the `numb` zone."""
        plain = [name for name in names if name not in ("drop", "numb")]
        found = self.naming(*plain)
        callouts = dict(found.callouts)
        towards: Side = "right" if self.sign > 0 else "left"
        if "drop" in names:
            callouts["drop"] = Callout(self.drop.at_point - [0, px(8), 0], (towards, "above"))
        if "numb" in names:
            fat = self.way.stops_mm["fat"]
            aside = self._point(self.way.beside("fat")) - self.on_axis(fat)
            place = self.on_axis(self.way.stops_mm["numbing"]) + 1.2 * aside
            callouts["numb"] = Callout(place, (towards, "below"))
        return Naming(callouts, figure=found.figure, focus=found.focus)

"""The whole body as named parts: one model that every picture is a view of.

Parts stand in patient axes. A bend moves bones by their poses; soft parts are built round
the bent column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np

from spineanim.geometry.axes import Plane, View
from spineanim.geometry.bones import cage, pelvis, skull
from spineanim.geometry.bones.vertebrae import column_parts, pose_of
from spineanim.geometry.canal import Canal
from spineanim.geometry.catheter import CatheterRoute, carried, plan_route
from spineanim.geometry.devices.catheter_tube import catheter_parts
from spineanim.geometry.devices.pump_case import cavity, placed_pump, pump_pose
from spineanim.geometry.devices.pump_inside import inside_parts
from spineanim.geometry.devices.shapes import placed
from spineanim.geometry.params import PROCEDURE, PUMP_20_ML, STANDING, Anatomy, Procedure, PumpSize
from spineanim.geometry.parts import Part, Tissue, Zone
from spineanim.geometry.soft.discs import disc_part
from spineanim.geometry.soft.dural import by_level, cord_part, csf_part, dura_part
from spineanim.geometry.soft.epidural import fat_part as epidural_fat_part
from spineanim.geometry.soft.ligament_solids import ligament_parts
from spineanim.geometry.soft.muscles import muscle_parts
from spineanim.geometry.soft.nerves import nerve_parts
from spineanim.geometry.soft.pocket import parted
from spineanim.geometry.soft.rails import Window
from spineanim.geometry.soft.roots import root_parts
from spineanim.geometry.soft.trunk import cavity_part, fascia_part, fat_part, skin_part
from spineanim.geometry.soft.vessels import vessel_parts
from spineanim.geometry.solids.base import Box, Solid
from spineanim.geometry.solids.combine import REST, Placed, Pose
from spineanim.geometry.spine import DISCS, Spine
from spineanim.geometry.torso import Torso, neutral_torso

Parts = tuple[Part, ...]

GROUPS: Final = (
    "trunk", "muscles", "vessels", "epidural", "discs", "head", "cage", "pelvis", "column",
    "ligaments", "nerves", "sac", "pump", "catheter",
)  # fmt: skip
"""Groups of parts in the order they are laid over one another on a cut."""
IMPLANT: Final = ("pump", "catheter")
"""Groups that are not of the patient."""

_QUICK_FIRST: Final = (
    "column", "discs", "vessels", "pump", "head", "pelvis", "trunk", "epidural", "catheter",
    "nerves", "ligaments", "sac", "muscles", "cage",
)  # fmt: skip
SIDES: Final = ("left", "right")
_BETWEEN_LEVELS: Final = ("flavum", "interspinous")
_LIGAMENTS_REACH_MM: Final = (75.0, 110.0)
_DRAWN_STATURE: Final = pelvis.STATURE
_BELLY: Final = ("rectus", "external_oblique", "internal_oblique", "transversus")
_STERNUM_RIDES: Final = "T5"
_SHOULDER_RIDES: Final = "T4"
_COLLAR_RIDES: Final = "T2"


@dataclass(frozen=True)
class Body:
    """A patient with the implant.

    Parameters
    ----------
    anatomy : Anatomy
        Size, curves, side and levels; standing, lying or hunched is its alignment.
    size : PumpSize
    procedure : Procedure
    implanted : bool
        Whether the pump lies in its pocket: before, skin and wall are untouched there.
    """

    anatomy: Anatomy = field(default_factory=Anatomy)
    size: PumpSize = PUMP_20_ML
    procedure: Procedure = PROCEDURE
    implanted: bool = True

    # ---------------------------------------------------------------------- curves
    @cached_property
    def spine(self) -> Spine:
        """The column's curves."""
        return Spine(self.anatomy.alignment, self.anatomy.stature_factor)

    @cached_property
    def canal(self) -> Canal:
        """The canal's curves."""
        return Canal(self.spine)

    @property
    def torso(self) -> Torso:
        """The drawn standing trunk's skin, 175 cm; `trunk` is it at this body's stature."""
        return neutral_torso()

    @cached_property
    def route(self) -> CatheterRoute:
        """Way of the catheter, and the place of the pump."""
        return carried(plan_route(self.anatomy, self.size, self.procedure), self.spine)

    @cached_property
    def _drawn_spine(self) -> Spine:
        """The same curves at the size that the trunk is drawn for."""
        return Spine(self.anatomy.alignment, _DRAWN_STATURE)

    def _grown(self, part: Part) -> Part:
        """Size a part of the drawn trunk for this stature."""
        return _sized(part, self.anatomy.stature_factor / _DRAWN_STATURE)

    # ----------------------------------------------------------------------- groups
    @cached_property
    def trunk(self) -> Parts:
        """Skin, fat, fascia and the body cavity, with a pocket for the pump."""
        makers = (skin_part, fat_part, fascia_part, cavity_part)
        layers = (self._grown(make(self.torso, self._drawn_spine)) for make in makers)
        return tuple(self._with_pocket(layer) for layer in layers)

    @cached_property
    def muscles(self) -> Parts:
        """Muscles of trunk and neck; those of the belly give way to the pump."""
        drawn = muscle_parts(self._drawn_spine, self.torso)
        found = tuple(self._grown(part) for part in drawn)
        return tuple(
            self._with_pocket(part) if part.name.startswith(_BELLY) else part for part in found
        )

    def _with_pocket(self, part: Part) -> Part:
        """Make room for the pump in a layer, if it is implanted."""
        return parted(part, self.route.pump) if self.implanted else part

    @cached_property
    def vessels(self) -> Parts:
        """Aorta and vena cava."""
        return vessel_parts(self.spine)

    @cached_property
    def discs(self) -> Parts:
        """Discs C2_C3 to L5_S1; they reach a little into the bones laid over them."""
        return tuple(disc_part(self.spine, name) for name in DISCS)

    @cached_property
    def column(self) -> Parts:
        """Bones of the column, C1 to the coccyx."""
        return column_parts(self.spine)

    @cached_property
    def cage(self) -> Parts:
        """Ribs with their cartilages, breast bone, collar bones and shoulder blades.

        Each rib goes with its vertebra; drawn for the standing figure, their joints with the
        breast bone open or close a little in a bend.
        """
        found = []
        for side in SIDES:
            for parts in (cage.rib_parts(side), cage.cartilage_parts(side)):
                found += [self._riding(p, f"T{n}") for n, p in enumerate(parts, start=1)]
            found.append(self._riding(cage.scapula_part(side), _SHOULDER_RIDES))
            found.append(self._riding(cage.clavicle_part(side), _COLLAR_RIDES))
        return (*found, self._riding(cage.sternum_part(), _STERNUM_RIDES))

    @cached_property
    def pelvis(self) -> Parts:
        """Hip bones, upper thigh bones and the joint of the pubic bones."""
        pairs = [make(side) for make in (pelvis.hip_bone_part, pelvis.femur_part) for side in SIDES]
        return tuple(self._riding(part, "S1") for part in (*pairs, pelvis.symphysis_part()))

    @cached_property
    def head(self) -> Parts:
        """Skull and brain."""
        return tuple(self._on_neck(part) for part in (skull.skull_part(), skull.brain_part()))

    @property
    def bones(self) -> Parts:
        """All bones."""
        return (*self.head, *self.cage, *self.pelvis, *self.column)

    @cached_property
    def ligaments(self) -> Parts:
        """Ligaments of the column; the long ones in pieces by level."""
        found: list[Part] = []
        for part in ligament_parts(self.spine, self.canal):
            between = part.name.startswith(_BETWEEN_LEVELS)
            found += [part] if between else by_level(part, self.canal, *_LIGAMENTS_REACH_MM)
        return tuple(found)

    @cached_property
    def epidural(self) -> Parts:
        """Fat between the dural sac and the walls of the canal."""
        return by_level(epidural_fat_part(self.spine, self.canal), self.canal)

    @cached_property
    def nerves(self) -> Parts:
        """Spinal nerves outside the dura."""
        return nerve_parts(self.spine, self.canal)

    @cached_property
    def sac(self) -> Parts:
        """Dura, fluid, cord and roots, in pieces such as ``"cord_T10"``."""
        canal = self.canal
        whole = (dura_part(canal), csf_part(canal), cord_part(canal), *root_parts(canal))
        return tuple(piece for part in whole for piece in by_level(part, canal))

    @cached_property
    def catheter(self) -> Parts:
        """The catheter from the pump to its tip, in pieces."""
        return catheter_parts(self.route)

    @cached_property
    def pump(self) -> Parts:
        """The implanted pump: its case with what belongs to it, and what is inside."""
        # a cut shows no flesh between the works: the room inside is dark
        room = Part("pump_room", Tissue.RUBBER, cavity(self.size))
        inside = placed((room, *inside_parts(self.size)), pump_pose(self.route.pump))
        return (*placed_pump(self.route.pump), *inside)

    # ------------------------------------------------------------------------ names
    @cached_property
    def parts(self) -> Mapping[str, Part]:
        """Every part by its name, in the order they are laid over one another on a cut.

        Raises
        ------
        ValueError
            If two parts have one name.
        """
        found: dict[str, Part] = {}
        for group in GROUPS:
            for part in self.group(group):
                if part.name in found:
                    raise ValueError(f"two parts are called {part.name}")
                found[part.name] = part
        return MappingProxyType(found)

    @cached_property
    def own(self) -> Mapping[str, Parts]:
        """Groups of the patient's own parts, in the order of `GROUPS`."""
        return MappingProxyType({n: self.group(n) for n in GROUPS if n not in IMPLANT})

    def group(self, name: str) -> Parts:
        """Parts of one of `GROUPS`.

        Raises
        ------
        LookupError
            If there is no such group; close names are given.
        """
        if name not in GROUPS:
            raise LookupError(f"no group is called {name!r}{_guess(name, GROUPS)}")
        found: Parts = getattr(self, name)
        return found

    def part(self, name: str) -> Part:
        """Part of a name; only as much of the body is built as it takes to find it.

        Raises
        ------
        LookupError
            If there is none; close names are given.
        """
        for group in _QUICK_FIRST:
            for part in self.group(group):
                if part.name == name:
                    return part
        if name in GROUPS:
            raise LookupError(f"{name} is a group of parts; ask for group({name!r})")
        raise LookupError(f"no part is called {name!r}{_guess(name, self.parts)}")

    # --------------------------------------------------------------------- bends
    def _riding(self, part: Part, level: str) -> Part:
        """Carry a part of the drawn standing figure with a level, and size it."""
        start = Spine(STANDING, self.anatomy.stature_factor).frame(level)
        return self._carried(part, pose_of(start), pose_of(self.spine.frame(level)))

    def _on_neck(self, part: Part) -> Part:
        """Carry a part of the drawn standing figure with the head, and size it."""
        start, end = Spine(STANDING, self.anatomy.stature_factor).head, self.spine.head
        poses = (Pose.tilted(h.tilt_deg, (0.0, *h.joint)) for h in (start, end))
        return self._carried(part, *poses)

    def _carried(self, part: Part, start: Pose, end: Pose) -> Part:
        """Size a part of the drawn figure and move it as one pose goes over into another."""
        part = _sized(part, self.anatomy.stature_factor / _DRAWN_STATURE)
        if self.anatomy.alignment == STANDING:
            return part
        back = Pose(start.rotation.T, -start.rotation.T @ start.shift_mm)
        return part.moved(end.after(back).after(part.pose))


def _guess(name: str, known: Iterable[str]) -> str:
    """Close names, as the end of a sentence."""
    lower = {key.lower(): key for key in known}
    close = [lower[key] for key in get_close_matches(name.lower(), lower, 3, 0.6)]
    return f"; did you mean {' or '.join(close)}?" if close else ""


@lru_cache(maxsize=4096)
def bounds_of(part: Part) -> Box:
    """Box of a part in patient axes; finding it takes a while for a bone of many pieces."""
    return part.bounds


def crossing(parts: Iterable[Part], plane: Plane, margin_mm: float = 0.0) -> Parts:
    """Choose the parts whose box a plane goes through, or comes within a margin of."""
    found = []
    for part in parts:
        heights = plane.height(bounds_of(part).corners)
        if heights.min() < margin_mm and heights.max() > -margin_mm:
            found.append(part)
    return tuple(found)


def within(parts: Iterable[Part], box: Box) -> Parts:
    """Choose the parts whose box meets another; cut those in patient axes down to it."""
    found = []
    for part in parts:
        own = bounds_of(part)
        if np.all(np.less(own.low, box.high) & np.less(box.low, own.high)):
            found.append(windowed(part, box))
    return tuple(found)


def windowed(part: Part, box: Box) -> Part:
    """Show of a part in patient axes only what lies in a box; others stay whole.

    Only what is sampled gets smaller, so it can be sampled finely; the surface stays.
    """
    own = bounds_of(part)
    inside = np.all(np.less(box.low, own.low) & np.less(own.high, box.high))
    if part.pose is not REST or inside:
        return part
    return replace(part, solid=Window(part.solid, box))


def view_box(view: View, window_mm: tuple[float, float, float, float], depth_mm: float) -> Box:
    """Box of the patient that a window of a view shows, down to a depth behind its cut.

    Parameters
    ----------
    view : View
        With a cut that faces the viewer straight on.
    window_mm : tuple of float
        Left, bottom, right and top in the view's plane.
    depth_mm : float
        How far behind the cut.

    Raises
    ------
    ValueError
        If the view has no cut.
    """
    if view.cut is None:
        raise ValueError(f"view {view.name} has no cut")
    left, bottom, right, top = window_mm
    near = float(view.nearness(np.array([view.cut.point_mm]))[0])
    rows = [
        (a, b, c) for a in (left, right) for b in (bottom, top) for c in (near, near - depth_mm)
    ]
    return Box.around(np.array(rows) @ view.rotation, 1.0)


def _sized(part: Part, times: float) -> Part:
    """Scale a part about the origin of the patient's axes."""
    if abs(times - 1) < 1e-9:
        return part

    def scaled(solid: Solid) -> Solid:
        return Placed(solid, REST, times)

    def zones(rows: tuple[Zone, ...]) -> tuple[Zone, ...]:
        return tuple(Zone(row.tissue, scaled(row.solid)) for row in rows)

    pose = Pose(part.pose.rotation, part.pose.shift_mm * times)
    return replace(
        part, solid=scaled(part.solid), pose=pose, core=zones(part.core), marks=zones(part.marks)
    )

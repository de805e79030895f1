"""The atlas: which parts stand on which contact sheet, in which views.

Every part of the body and of the devices is on some sheet, bones and tools from all sides.
Scales are pixels per millimetre of the finished sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import numpy as np

from spineanim.geometry import axes
from spineanim.geometry.axes import Plane, Points2, View
from spineanim.geometry.body import Body, crossing, view_box, within
from spineanim.geometry.bones.vertebrae import bone_in_own_frame
from spineanim.geometry.devices.catheter_tube import catheter_parts
from spineanim.geometry.figure import (
    BRAIN,
    LIMBS_HUNCHED,
    LIMBS_SIDE_LYING,
    LIMBS_STANDING,
    Figure,
    Limbs,
)
from spineanim.geometry.params import HUNCHED, SIDE_LYING_FLEXED, STANDING, Alignment
from spineanim.geometry.parts import Part
from spineanim.geometry.solids.base import Box
from spineanim.geometry.solids.combine import REST
from spineanim.geometry.table import CERVICAL, LUMBAR, THORACIC, vertebrae
from spineanim.picture.atlas_devices import device_parts, devices
from spineanim.picture.contact import Panel, Sheet

ABOVE: Final = View("above", (-1.0, 0.0, 0.0), (0.0, -1.0, 0.0))
"""From above, anterior at the top: the patient's left on the left of the picture."""

LYING: Final = View("side_lying", (0.0, 0.0, -1.0), (0.0, 1.0, 0.0))
"""The left of a patient who lies on the right side, seen from above: the head on the left."""

_AROUND: Final = (
    ("left side", axes.LATERAL_LEFT),
    ("front", axes.ANTERIOR),
    ("back", axes.POSTERIOR),
    ("from above", ABOVE),
    ("three-quarter", axes.THREE_QUARTER),
)
_LIGAMENTS: Final = (
    "anterior_longitudinal", "posterior_longitudinal", "flavum", "interspinous", "supraspinous",
)  # fmt: skip
_CATHETER_TIMES: Final = 3.5
"""So many times as thick a catheter is drawn beside a whole trunk, or it would not be seen."""
_THROUGH_JOINTS: Final = axes.paramedian(16.0)
"""Sagittal cut through the joints of the lumbar arches [D, drawn]."""


# ------------------------------------------------------------------------------ bones
def column(body: Body) -> Sheet:
    """Return the whole column from all sides, then bent."""
    row = [_whole(body, label, view) for label, view in _AROUND if view is not ABOVE]
    row.insert(3, _whole(body, "cut in the middle", axes.MID_SAGITTAL))
    for label, alignment in (("lying on the side", SIDE_LYING_FLEXED), ("hunched", HUNCHED)):
        row.append(_whole(posed(body, alignment), label, axes.LATERAL_LEFT))
    return Sheet("column", "The column", (tuple(row),))


def _whole(body: Body, label: str, view: View) -> Panel:
    return Panel(label, (*body.discs, *body.column), view.at_scale(1.7))


def cervical(body: Body) -> Sheet:
    """Return C1 to C7, one a row."""
    return _bone_rows(body, "cervical", "Cervical vertebrae", CERVICAL, 4.2)


def thoracic(body: Body) -> Sheet:
    """Return T1 to T12, one a row."""
    return _bone_rows(body, "thoracic", "Thoracic vertebrae", THORACIC, 3.7)


def lumbar(body: Body) -> Sheet:
    """Return L1 to L5, one a row."""
    return _bone_rows(body, "lumbar", "Lumbar vertebrae", LUMBAR, 3.1)


def sacrum(body: Body) -> Sheet:
    """Return the sacrum and the coccyx."""
    return _bone_rows(body, "sacrum", "Sacrum and coccyx", ("sacrum", "coccyx"), 2.6)


def _bone_rows(body: Body, name: str, title: str, bones: Iterable[str], scale: float) -> Sheet:
    names = tuple(bones)
    rows = tuple(_bone_row(body, bone, scale) for bone in names)
    return Sheet(name, title, rows, tuple(bone.capitalize() for bone in names))


def _bone_row(body: Body, name: str, scale: float) -> tuple[Panel, ...]:
    """One bone of the column in its own frame, from all sides and cut."""
    part = bone_in_own_frame(name, body.anatomy.stature_factor)
    cut = _pedicle_mm(name) * body.anatomy.stature_factor
    views = (
        *_AROUND,
        ("middle cut", axes.MID_SAGITTAL),
        ("level cut", axes.axial_cut((0.0, 0.0, cut))),
    )
    return tuple(Panel(label, (part,), view.at_scale(scale)) for label, view in views)


def _pedicle_mm(name: str) -> float:
    """Height of the middle of the pedicles in a bone's own frame, at reference size (mm)."""
    fixed = {"C1": 0.0, "C2": -5.0, "sacrum": -16.0, "coccyx": -103.0}
    if name in fixed:
        return fixed[name]
    row = vertebrae()[name]
    return (row.number("body_height_post_mm") - row.number("pedicle_height_mm")) / 2 - 1.0


def frame(body: Body) -> Sheet:
    """Return ribs, pelvis, skull and column together."""
    parts = (*body.discs, *(part for part in body.bones))
    views = (view for view in _AROUND if view[1] is not ABOVE)
    row = tuple(Panel(label, parts, view.at_scale(1.15)) for label, view in views)
    return Sheet("frame", "The frame", (row,))


def implant(body: Body) -> Sheet:
    """Return pump and catheter in place, with column and pelvis."""
    pelvis = _begin(body.pelvis, "hip", "symphysis")
    thick = catheter_parts(body.route, times=_CATHETER_TIMES)
    parts = (*body.discs, *pelvis, *body.column, *body.pump, *thick)
    row = [Panel(label, parts, view.at_scale(1.7)) for label, view in _AROUND if view is not ABOVE]
    inside = (*_begin(body.sac, "cord"), *body.pump, *thick)
    row.append(Panel("with the cord alone", inside, axes.LATERAL_LEFT.at_scale(1.7)))
    return Sheet("implant", "The implant in place", (tuple(row),))


# ------------------------------------------------------------------------- soft parts
def canal(body: Body) -> Sheet:
    """Return the canal with all soft parts: cut lengthwise and across."""
    window = (-75.0, -62.0, 128.0, 238.0)
    cuts = (("cut in the middle", axes.MID_SAGITTAL), ("cut through the joints", _THROUGH_JOINTS))
    long = tuple(_section(body, label, view.at_scale(4.2), window, 20.0) for label, view in cuts)
    bare = (*body.discs, *body.column, *body.ligaments, *body.nerves, *_begin(body.sac, "dura"))
    near_by = Box((-200.0, window[0], window[1]), (200.0, window[2], window[3]))
    side = axes.LATERAL_LEFT.at_scale(4.2)
    beside = Panel("nerves leaving", within(bare, near_by), side, window)
    levels = ("L3", "T10", "C5")
    whole = tuple(_across(body, level, 2.6, (190.0, 170.0, 130.0)) for level in levels)
    near = tuple(_across(body, level, 9.0, (36.0, 22.0, 46.0), close=True) for level in levels)
    return Sheet("canal", "The canal and what lies round it", ((*long, beside), whole, near))


def _section(
    body: Body, label: str, view: View, window_mm: tuple[float, ...], depth_mm: float
) -> Panel:
    """Cut through everything; what lies behind shows only where nothing is cut."""
    left, bottom, right, top = window_mm
    window = (left, bottom, right, top)
    assert view.cut is not None  # only called with one
    parts = within(crossing(body.parts.values(), view.cut), view_box(view, window, depth_mm))
    return Panel(label, parts, view, window)


def _across(
    body: Body,
    level: str,
    scale: float,
    reach_mm: tuple[float, float, float],
    *,
    close: bool = False,
) -> Panel:
    """Cut across at the pedicles of a level; reach to the sides, to the front and to the back."""
    bone = body.spine.frame(level)
    # in the loin below the pedicles, where the ring is closed by lamina and joints
    low = -2.0 if level in LUMBAR else _pedicle_mm(level)
    up = low * body.anatomy.stature_factor
    y, z = (float(value) for value in bone.place(np.array([0.0, up])))
    # the modelled skin ends under the chin: a cut that follows the neck would leave it
    tilt = 0.0 if level in CERVICAL else bone.middle_tilt_deg
    view = axes.axial_cut((0.0, y, z), tilt).at_scale(scale)
    _, middle = view.project(np.array([0.0, y, z]))
    side, front, back = reach_mm
    window = (-side, float(middle) - back, side, float(middle) + front)
    panel = _section(body, f"cut across at {level}", view, window, 8.0)
    return (
        replace(panel, label=f"{panel.label}, close") if close else replace(panel, window_mm=None)
    )


def nervous(body: Body) -> Sheet:
    """Return dura, cord, roots and nerves, each alone and together, over their whole length."""
    groups: dict[str, tuple[Part, ...]] = {
        "dura": _begin(body.sac, "dura"),
        "cord": _begin(body.sac, "cord"),
        "roots": _begin(body.sac, "roots", "filum"),
        "fluid": _begin(body.sac, "csf"),
        "fat": body.epidural,
        "nerves": body.nerves,
        "all": (*body.nerves, *_begin(body.sac, "dura")),
    }
    views = (("side", axes.LATERAL_LEFT), ("front", axes.ANTERIOR), ("back", axes.POSTERIOR))
    row = tuple(
        Panel(f"{name}, {label}", parts, view.at_scale(1.7))
        for name, parts in groups.items()
        for label, view in views
    )
    return Sheet("nervous", "Cord, roots and nerves", (row,))


def _begin(parts: Iterable[Part], *names: str) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.name.startswith(names))


def discs(body: Body) -> Sheet:
    """Return every disc."""
    return parts_sheet("discs", "Discs", body.discs, 150.0)


def cage(body: Body) -> Sheet:
    """Return every bone of the chest and shoulder, the left ones of pairs."""
    return parts_sheet("cage", "Chest and shoulder", _one_side(body.cage), 170.0)


def pelvis(body: Body) -> Sheet:
    """Return the bones of pelvis and head, the left ones of pairs."""
    parts = (*_one_side(body.pelvis), *body.head)
    return parts_sheet("pelvis", "Pelvis and head", parts, 320.0)


def soft(body: Body) -> Sheet:
    """Return layers of the trunk, muscles and vessels."""
    parts = (*body.trunk, *_one_side(body.muscles), *body.vessels)
    return parts_sheet("soft", "Trunk, muscles and vessels", parts, 240.0)


def ligaments(body: Body) -> Sheet:
    """Return the ligaments of the column, whole, and those of one gap."""
    views = (("side", axes.LATERAL_LEFT), ("front", axes.ANTERIOR), ("back", axes.POSTERIOR))
    whole = tuple(
        Panel(f"{_spelt(name)}, {label}", _begin(body.ligaments, name), view.at_scale(1.7))
        for name in _LIGAMENTS
        for label, view in views
    )
    gaps = tuple(
        tuple(_gap_panels(body, name, scale))
        for name, scale in (("flavum", 6.0), ("interspinous", 5.0))
    )
    return Sheet("ligaments", "Ligaments", (whole, *gaps))


def _gap_panels(body: Body, name: str, scale: float) -> Iterator[Panel]:
    """Ligament of three gaps from three sides."""
    views = (_AROUND[0], _AROUND[2], _AROUND[4])
    for gap in ("C5_C6", "T8_T9", "L3_L4"):
        part = body.part(f"{name}_{gap}")
        for label, view in views:
            yield Panel(f"{_spelt(part.name)}, {label}", (part,), view.at_scale(scale))


def _one_side(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(part for part in parts if not part.name.endswith("_right"))


# ---------------------------------------------------------------------------- figure
_PROFILE: Final = ("lower_limb", "trunk", *BRAIN, "arm")


def figure(body: Body) -> Sheet:
    """Return the person in profile, standing, lying and hunched, with the column inside."""
    row = []
    for label, alignment, limbs, view in (
        ("standing", STANDING, LIMBS_STANDING, axes.LATERAL_LEFT),
        ("hunched", HUNCHED, LIMBS_HUNCHED, axes.LATERAL_LEFT),
        ("lying on the side, from above", SIDE_LYING_FLEXED, LIMBS_SIDE_LYING, LYING),
    ):
        row.append(_profile(posed(body, alignment), label, limbs, view.at_scale(0.62)))
    return Sheet("figure", "The person in profile", (tuple(row),))


def _profile(body: Body, label: str, limbs: Limbs, view: View) -> Panel:
    found = Figure(body.spine, limbs).outlines
    lines = tuple(
        ("brain" if name in BRAIN else "body", _in_view(found[name], view)) for name in _PROFILE
    )
    return Panel(label, (*body.discs, *body.column), view, outlines=lines)


def _in_view(outline_yz: Points2, view: View) -> Points2:
    """Outline of the median plane in the plane of a view."""
    return view.project(np.column_stack([np.zeros(len(outline_yz)), outline_yz]))


def posed(body: Body, alignment: Alignment) -> Body:
    """Return the same person otherwise bent."""
    return replace(body, anatomy=replace(body.anatomy, alignment=alignment))


# ------------------------------------------------------------------------- any parts
def parts_sheet(name: str, title: str, parts: Iterable[Part], longest_px: float) -> Sheet:
    """Parts in their own frames from all sides, each as large as fits."""
    chosen = tuple(parts)
    rows = tuple(_part_row(part, longest_px) for part in chosen)
    return Sheet(name, title, rows, tuple(_spelt(part.name) for part in chosen))


def part_sheet(part: Part) -> Sheet:
    """One part large, from all sides and cut three times through its middle."""
    large = _part_row(part, 560.0)
    cuts = _cuts(part, large[0].view.px_per_mm)
    return Sheet(f"part_{part.name}", _spelt(part.name), (large[:3], large[3:], cuts))


def _part_row(part: Part, longest_px: float) -> tuple[Panel, ...]:
    own = part.moved(REST)
    scale = longest_px / float(np.max(own.bounds.size_mm))
    views = (*_AROUND, ("from below", axes.AXIAL))
    return tuple(Panel(label, (own,), view.at_scale(scale)) for label, view in views)


def _cuts(part: Part, scale: float) -> tuple[Panel, ...]:
    own = part.moved(REST)
    x, y, z = _middle(own.bounds)
    views = (
        ("sagittal cut", axes.paramedian(x)),
        ("frontal cut", axes.POSTERIOR.cut_by(Plane((x, y, z), (0.0, 1.0, 0.0)))),
        ("level cut", axes.axial_cut((x, y, z))),
    )
    return tuple(Panel(label, (own,), view.at_scale(scale)) for label, view in views)


def _middle(box: Box) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in np.mean([box.low, box.high], axis=0))
    return (x, y, z)


def _spelt(name: str) -> str:
    """Name of a part in plain words."""
    return name.replace("_", " ")


SHEETS: Final[Mapping[str, Callable[[Body], Sheet]]] = MappingProxyType(
    {
        "column": column,
        "cervical": cervical,
        "thoracic": thoracic,
        "lumbar": lumbar,
        "sacrum": sacrum,
        "canal": canal,
        "frame": frame,
        "devices": devices,
        "implant": implant,
        "figure": figure,
        "discs": discs,
        "ligaments": ligaments,
        "nervous": nervous,
        "soft": soft,
        "cage": cage,
        "pelvis": pelvis,
    }
)
"""Every sheet by its name."""


def find_part(body: Body, name: str) -> Part:
    """Part of the body or of a device.

    Raises
    ------
    LookupError
        If there is none; close names are given.
    """
    tools = device_parts(body)
    return tools[name] if name in tools else body.part(name)

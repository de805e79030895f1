"""The atlas' sheet of devices: pumps from outside and cut open, needle, anchor, tools."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np

from spineanim.geometry import axes
from spineanim.geometry.axes import View
from spineanim.geometry.body import Body
from spineanim.geometry.devices import handheld, pump_case, pump_inside, tools
from spineanim.geometry.devices.catheter_tube import tip_part
from spineanim.geometry.params import PUMP_20_ML, PUMP_40_ML, PumpSize
from spineanim.geometry.parts import Part
from spineanim.picture.contact import Panel, Sheet

_PUMP_SCALE: Final = 4.4
_ALONG: Final = View("along", (0.0, 0.0, 1.0), (0.0, 1.0, 0.0))
"""Along a tool's own z axis: the tip on the left."""

_ON_TABLE: Final = pump_case.from_above("on_table", 160.0, 38.0)
_UPRIGHT: Final = pump_case.from_above("upright", 190.0, 58.0)


def devices(body: Body) -> Sheet:
    """Return both pumps, outside and inside, and all tools."""
    return Sheet(
        "devices",
        "Devices",
        (_pump(PUMP_20_ML), _pump(PUMP_40_ML), _thin(body), _handheld()),
        ("20 mL", "40 mL", "Tools", "Outside"),
    )


def _pump(size: PumpSize) -> tuple[Panel, ...]:
    whole, opened = pump_case.pump_parts(size), pump_inside.cutaway(size)
    views = (
        ("assembled", whole, pump_case.ASSEMBLED),
        ("face on", whole, pump_case.FACE),
        ("edge on", whole, pump_case.EDGE),
        ("cut open", opened, pump_inside.CUTAWAY),
    )
    return tuple(Panel(label, parts, view.at_scale(_PUMP_SCALE)) for label, parts, view in views)


def _thin(body: Body) -> tuple[Panel, ...]:
    """Needle, anchor, passer, end of the catheter."""
    needle = tools.needle_parts()
    line = body.route.passer
    return (
        Panel("needle", needle, _ALONG.at_scale(4.6)),
        Panel("its tip", needle, _ALONG.at_scale(26.0), (-1.0, -4.0, 15.0, 4.0)),
        Panel("anchor", (tools.anchor_part(),), _UPRIGHT.at_scale(13.0)),
        Panel(
            "passer",
            (tools.passer_part(line), tools.passer_handle_part(line)),
            axes.POSTERIOR.at_scale(1.3),
        ),
        Panel("end of the catheter", (_tip(),), _ALONG.at_scale(24.0)),
    )


def _handheld() -> tuple[Panel, ...]:
    return (
        Panel("hockey puck", (handheld.puck_part(),), _ON_TABLE.at_scale(4.4)),
        Panel("programmer", handheld.programmer_parts(), _UPRIGHT.at_scale(1.9)),
        Panel("telemetry head", (handheld.telemetry_head_part(),), _UPRIGHT.at_scale(3.6)),
        Panel("trial pump", handheld.trial_pump_parts(), _UPRIGHT.at_scale(3.6)),
        Panel("refill needle and syringe", handheld.refill_parts(), _ALONG.at_scale(3.2)),
    )


def _tip() -> Part:
    """End of the catheter, straight, its tip at the origin of its own frame."""
    back = np.linspace(16.0, 0.0, 33)
    return tip_part(np.column_stack([np.zeros((len(back), 2)), back]))


@lru_cache(maxsize=4)
def device_parts(body: Body) -> Mapping[str, Part]:
    """Parts of all devices but pump and catheter by name, each in its own frame."""
    line = body.route.passer
    groups: tuple[Iterable[Part], ...] = (
        tools.needle_parts(stylet=True),
        (tools.anchor_part(), tools.passer_part(line), tools.passer_handle_part(line)),
        (handheld.puck_part(), handheld.telemetry_head_part()),
        handheld.programmer_parts(),
        handheld.trial_pump_parts(),
        handheld.refill_parts(),
    )
    return MappingProxyType({part.name: part for group in groups for part in group})

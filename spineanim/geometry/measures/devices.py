"""Measures of the pump, the catheter, the needle and the puck they are compared with."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from spineanim.geometry import calipers
from spineanim.geometry.catheter import plan_route
from spineanim.geometry.devices.catheter_tube import catheter_parts
from spineanim.geometry.devices.handheld import puck_part
from spineanim.geometry.devices.pump_case import hull, pump_parts
from spineanim.geometry.devices.tools import needle_parts
from spineanim.geometry.measures.base import Measure, about, within
from spineanim.geometry.params import CATHETER, PUMP_20_ML, PUMP_40_ML, Anatomy
from spineanim.geometry.solids.base import Solid


def device_measures(anatomy: Anatomy) -> Iterator[Measure]:
    """Sizes of the devices and lengths of the implanted catheter."""
    for size in (PUMP_20_ML, PUMP_40_ML):
        name = f"Pump {size.reservoir_ml:.0f} mL"
        parts = {part.name: part.placed for part in pump_parts(size)}
        case, tops = parts["case"], [parts[key] for key in ("case", "septum", "port_ring")]
        back = calipers.extent_mm(case, (0, 0, 1), 2.5)[0]
        thick = max(calipers.extent_mm(solid, (0, 0, 1), 2.5)[1] for solid in tops) - back
        yield within(f"{name} diameter", _extent(case, 0), 87.5, 0.3, "[58]")
        yield within(f"{name} thickness", thick, size.thickness_mm, 0.3, "[58]")
        volume = calipers.volume_mm3(hull(size), 0.8) / 1000
        yield about(f"{name} displacement", volume, size.displacement_cm3, 0.03, "[58]", "cm3")
    puck = puck_part().solid
    yield within("Puck diameter", _extent(puck, 0), 76.2, 0.6, "[66]")
    yield within("Puck thickness", _extent(puck, 2), 25.4, 0.3, "[66]")
    yield about("Puck volume", calipers.volume_mm3(puck, 0.8) / 1000, 116.0, 0.02, "[66]", "cm3")
    yield from _line(anatomy)


def _extent(solid: Solid, axis: int) -> float:
    low, high = calipers.extent_mm(solid, np.eye(3)[axis], 2.5)
    return high - low


def _line(anatomy: Anatomy) -> Iterator[Measure]:
    shaft = next(part.solid for part in needle_parts() if part.name == "needle_shaft_1")
    yield Measure(
        "Needle thickness", _extent(shaft, 0), "mm", "1.65 to 1.83 (16 to 15 G)", 1.6, 1.9, "M"
    )
    route = plan_route(Anatomy(side=anatomy.side))
    line = route.stretches["intrathecal"]
    at, run = line[20], line[21] - line[19]
    tubes = [part for part in catheter_parts(route) if part.name != "catheter_tip"]
    tube = min(tubes, key=lambda part: float(part.distance_mm(at[None])[0]))
    across = np.cross(run, (1.0, 0.0, 0.0))
    thick = calipers.span_mm(tube.placed, at, across, 4.0)
    yield within("Catheter thickness", thick, CATHETER.outer_diameter_mm, 0.15, "M")
    lengths = route.lengths_mm()
    inside = lengths["intrathecal"] / 10
    yield Measure(
        "Catheter, dura L2-L3 to T10", inside, "cm", "13 to 14", 12.5, 14.8, "anatomy 4.2 [D]"
    )
    outside = sum(lengths[name] for name in ("tunnel", "loop", "entry", "intrathecal")) / 10
    yield Measure(
        "Catheter without slack", outside, "cm", "45 to 60", 44.0, 60.0, "anatomy 4.2 [D]"
    )
    yield Measure(
        "Catheter in all", sum(lengths.values()) / 10, "cm", "up to 114", 45.0, 114.0, "4.2 [M]"
    )

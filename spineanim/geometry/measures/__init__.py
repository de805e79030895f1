"""Every measured quantity of the model beside its published value, band and source.

Values are read off the solids with calipers, not off the numbers they were made from.
Bones and discs are measured at reference size, for which they are published; posture on
the standing column and the patient's own; soft parts on the body of 175 cm that the trunk
is drawn for where they are published for adults at large.
"""

from __future__ import annotations

from spineanim.geometry.measures.base import Measure
from spineanim.geometry.measures.bones import bone_measures
from spineanim.geometry.measures.devices import device_measures
from spineanim.geometry.measures.posture import posture_measures
from spineanim.geometry.measures.soft import soft_measures
from spineanim.geometry.params import Anatomy

__all__ = ["Measure", "measure_all"]


def measure_all(anatomy: Anatomy | None = None) -> tuple[Measure, ...]:
    """Measure the whole model: bones, posture, soft parts, devices."""
    chosen = anatomy or Anatomy()
    return (
        *bone_measures(),
        *posture_measures(chosen),
        *soft_measures(),
        *device_measures(chosen),
    )

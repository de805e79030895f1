"""The level table, and parameters with their ranges."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest

from spineanim.errors import ParameterError
from spineanim.geometry import params
from spineanim.geometry.table import LEVELS, vertebrae

PARAMETER_CLASSES = (
    params.Alignment,
    params.Anatomy,
    params.PumpSize,
    params.CatheterSize,
    params.Procedure,
)
NUMBERS = [
    (kind, item.name)
    for kind in PARAMETER_CLASSES
    for item in fields(kind)
    if "limits" in item.metadata
]


def test_table_runs_from_atlas_to_sacrum() -> None:
    assert tuple(vertebrae()) == LEVELS
    assert len(LEVELS) == 25


def test_table_values_of_known_rows() -> None:
    l3 = vertebrae()["L3"]
    assert (l3.body_depth_mm, l3.canal_depth_mm, l3.spinous_length_mm) == (35.2, 17.5, 33.0)
    assert vertebrae()["C1"].body_depth_mm is None
    assert vertebrae()["C1"].disc_height_below_mm == 0.0


def test_missing_measurement_is_an_error() -> None:
    with pytest.raises(LookupError, match="C1 has no body_depth_mm"):
        vertebrae()["C1"].number("body_depth_mm")


def test_table_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        vertebrae()["L3"].level = "L4"  # type: ignore[misc]
    with pytest.raises(TypeError):
        vertebrae()["L3"] = vertebrae()["L4"]  # type: ignore[index]


@pytest.mark.parametrize(("kind", "name"), NUMBERS)
def test_every_number_has_range_unit_and_source(kind: type, name: str) -> None:
    limits = params.limits_of(kind, name)
    assert limits.low < limits.high
    assert limits.unit
    assert limits.source
    default = getattr(kind(), name)
    assert limits.low <= default <= limits.high


@pytest.mark.parametrize(("kind", "name"), NUMBERS)
def test_numbers_outside_their_range_are_refused(kind: type, name: str) -> None:
    limits = params.limits_of(kind, name)
    for value in (limits.low - 0.01, limits.high + 0.01, float("nan")):
        with pytest.raises(ParameterError, match=name):
            kind(**{name: value})
    kind(**{name: limits.low})
    kind(**{name: limits.high})


@pytest.mark.parametrize(
    ("name", "value"), [("side", "middle"), ("entry_level", "L1_L2"), ("tip_level", "L1")]
)
def test_unknown_choices_are_refused(name: str, value: str) -> None:
    with pytest.raises(ParameterError, match=name) as caught:
        params.Anatomy(**{name: value})  # type: ignore[arg-type]
    assert "use one of" in str(caught.value)


def test_lying_flexed_is_flatter_than_standing() -> None:
    lying, standing = params.SIDE_LYING_FLEXED, params.STANDING
    assert lying.lumbar_lordosis_deg < 20 < standing.lumbar_lordosis_deg
    assert lying.sacral_slope_deg < standing.sacral_slope_deg


def test_fields_without_limits_have_none_to_give() -> None:
    with pytest.raises(LookupError):
        params.limits_of(params.Anatomy, "side")

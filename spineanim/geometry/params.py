"""Numbers a practice or a scene may choose: unit, allowed range and source of each.

Bracketed numbers and the letters R, S, M, D are the sources and evidence codes of the
project's anatomy notes. A value outside its range raises ``ParameterError`` at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Final, Literal

from spineanim.errors import ParameterError

Side = Literal["left", "right"]

ENTRY_LEVELS: Final = ("L2_L3", "L3_L4", "L4_L5")
"""Interlaminar gaps below the cord that a needle may use, cranial to caudal [70]."""

TIP_LEVELS: Final = ("T7", "T8", "T9", "T10", "T11", "T12")
"""Levels the catheter tip may lie at, cranial to caudal [68, 73]."""


@dataclass(frozen=True)
class Limits:
    """Allowed range of a number (both ends included), its unit and its source."""

    low: float
    high: float
    unit: str
    source: str

    def check(self, name: str, value: float) -> None:
        """Raise if the value lies outside the range.

        Raises
        ------
        ParameterError
            If it does (or is not a number).
        """
        if not self.low <= value <= self.high:
            raise ParameterError(
                f"{name} is {value:g} {self.unit}",
                f"use {self.low:g} to {self.high:g} {self.unit}",
            )


def number(default: float, low: float, high: float, unit: str, source: str) -> float:
    """Declare a dataclass field that carries its range, unit and source."""
    found: float = field(default=default, metadata={"limits": Limits(low, high, unit, source)})
    return found


def limits_of(kind: type, name: str) -> Limits:
    """Range, unit and source of a numeric field of a parameter class.

    Raises
    ------
    LookupError
        If the class has no such numeric field.
    """
    for item in fields(kind):
        if item.name == name and "limits" in item.metadata:
            limits: Limits = item.metadata["limits"]
            return limits
    raise LookupError(f"{kind.__name__} has no numeric field {name}")


@dataclass(frozen=True)
class Checked:
    """Base of parameter classes: every numeric field is checked on construction."""

    def __post_init__(self) -> None:
        """Check each field that carries limits.

        Raises
        ------
        ParameterError
            If a value lies outside its range.
        """
        for item in fields(self):
            if "limits" in item.metadata:
                item.metadata["limits"].check(item.name, getattr(self, item.name))


@dataclass(frozen=True)
class Alignment(Checked):
    """Side-to-side curves of the spine, as angles between end plates (degrees).

    Lordosis is given as a positive number. The lumbar angle runs L1 upper to S1 upper
    plate, the thoracic one T1 upper to T12 lower, the cervical one C2 to C7 upper.
    Pelvic incidence belongs to the person and not to the posture; the head is extended
    (chin up) against the axis beyond its neutral place.

    The ranges end where the bones of the model would meet: beyond 74 degrees of lumbar (80
    is the end of the published band [32]) or 30 of cervical lordosis arches and spinous
    processes run into one another [D].
    """

    sacral_slope_deg: float = number(40.0, -10.0, 65.0, "degrees", "40 typical, band 20-60 [28]")
    lumbar_lordosis_deg: float = number(55.6, 0.0, 74.0, "degrees", "0.54 PI + 27.6, PI 52 [29]")
    thoracic_kyphosis_deg: float = number(44.0, 10.0, 80.0, "degrees", "T1-T12 44.2 [23]")
    cervical_lordosis_deg: float = number(12.7, -20.0, 30.0, "degrees", "C2-C7 12.7 [25]")
    pelvic_incidence_deg: float = number(52.0, 30.0, 85.0, "degrees", "46-53 typical [26, 33]")
    head_extension_deg: float = number(0.0, -10.0, 25.0, "degrees", "C0-C2, of about 25 [M]")

    @classmethod
    def from_pelvic_incidence(cls, pelvic_incidence_deg: float) -> Alignment:
        """Standing curves of a person with this pelvic incidence.

        Lordosis and sacral slope grow by 0.54 degrees for each degree of incidence [29].
        The lines go through the design values (incidence 52: lordosis 55.6, slope 40),
        less than 0.1 degrees from the published ones, 0.54 PI + 27.6 and 0.54 PI + 11.9.

        Raises
        ------
        ParameterError
            If the incidence, or what follows from it, lies outside its range.
        """
        design = cls()
        more = INCIDENCE_SLOPE * (pelvic_incidence_deg - design.pelvic_incidence_deg)
        return cls(
            sacral_slope_deg=design.sacral_slope_deg + more,
            lumbar_lordosis_deg=design.lumbar_lordosis_deg + more,
            pelvic_incidence_deg=pelvic_incidence_deg,
        )

    @property
    def pelvic_tilt_deg(self) -> float:
        """Pelvic tilt: incidence less sacral slope [29]; grows when the pelvis tips back."""
        return self.pelvic_incidence_deg - self.sacral_slope_deg

    def between(self, other: Alignment, share: float) -> Alignment:
        """Alignment on the way to another one: 0 is this one, 1 the other.

        Raises
        ------
        ParameterError
            If the share is not from 0 to 1.
        """
        Limits(0.0, 1.0, "of the way", "a share").check("share", share)
        mixed = {}
        for item in fields(self):
            here, there = getattr(self, item.name), getattr(other, item.name)
            mixed[item.name] = (1 - share) * here + share * there
        return Alignment(**mixed)


INCIDENCE_SLOPE: Final = 0.54
"""Degrees of lumbar lordosis, and of sacral slope, for each degree of incidence [29]."""

STANDING: Final = Alignment()
"""The standing adult: the design values of the level table."""

SIDE_LYING_FLEXED: Final = Alignment(
    sacral_slope_deg=5.0,
    lumbar_lordosis_deg=15.0,
    thoracic_kyphosis_deg=50.0,
    cervical_lordosis_deg=0.0,
)
"""Lying on the side, hips and knees drawn up, as for surgery [71].

Derivation [D]: lying down lowers T12-S1 lordosis to 37 degrees [31]; drawing the knees
up tips the pelvis back and takes about 20 more, so the lumbar curve is nearly flat and
the sacral slope falls by about as much as the lordosis; chest and neck curl a little.
"""

HUNCHED: Final = Alignment(
    sacral_slope_deg=27.0,
    lumbar_lordosis_deg=40.0,
    thoracic_kyphosis_deg=60.0,
    cervical_lordosis_deg=20.0,
    head_extension_deg=11.3,
)
"""Standing hunched: the posture targets of the anatomy notes 2.5 [D].

Kyphosis 60, lordosis 40 and a T1 slope of no more than 45 ask for a pelvis tipped back
13 degrees, not 10: the first two put T1 at 48 over a pelvis tipped by 10. The head
is extended by as much as C2 leans further forward than upright, so the gaze stays level.
"""


@dataclass(frozen=True)
class Anatomy(Checked):
    """What is chosen about the patient and the implant.

    Parameters
    ----------
    side : str
        Flank that carries the pump, ``"left"`` or ``"right"``.
    entry_level : str
        Interlaminar gap the catheter enters by, one of ``ENTRY_LEVELS``.
    tip_level : str
        Vertebral level of the catheter tip, one of ``TIP_LEVELS``.
    stature_factor : float
        Scale of the reference skeleton; 1.05 to 1.08 stands for 175 cm.
    alignment : Alignment
        Curves of the spine.

    Raises
    ------
    ParameterError
        If a choice is unknown or a number is outside its range.
    """

    side: Side = "left"
    entry_level: str = "L2_L3"
    tip_level: str = "T10"
    stature_factor: float = number(1.06, 0.90, 1.15, "times", "1.05-1.08 for 175 cm [37, D]")
    alignment: Alignment = STANDING

    def __post_init__(self) -> None:
        """Check names and numbers."""
        super().__post_init__()
        for name, value, allowed in (
            ("side", self.side, ("left", "right")),
            ("entry_level", self.entry_level, ENTRY_LEVELS),
            ("tip_level", self.tip_level, TIP_LEVELS),
        ):
            if value not in allowed:
                raise ParameterError(f"{name} is {value!r}", f"use one of {', '.join(allowed)}")

    @property
    def patient(self) -> Anatomy:
        """The same patient without any choice about the implant: what a body before it shows."""
        return Anatomy(stature_factor=self.stature_factor, alignment=self.alignment)

    @property
    def sign(self) -> float:
        """+1 for an implant on the patient's left, -1 for the right."""
        return 1.0 if self.side == "left" else -1.0


@dataclass(frozen=True)
class PumpSize(Checked):
    """Size of a pump case: a disc with a strongly rounded edge.

    ``rim_width_mm`` is how far the rounding of the edge reaches inwards from the wall;
    it is derived so that the case displaces what the maker states (test suite).
    """

    reservoir_ml: float = number(20.0, 10.0, 50.0, "mL", "[58]")
    diameter_mm: float = number(87.5, 60.0, 95.0, "mm", "[58]")
    thickness_mm: float = number(19.5, 15.0, 30.0, "mm", "[58]")
    rim_width_mm: float = number(16.6, 2.0, 30.0, "mm", "D from the displacement [58]")
    displacement_cm3: float = number(91.0, 50.0, 150.0, "cm3", "[58]")
    mass_empty_g: float = number(165.0, 100.0, 220.0, "g", "[58]")

    @property
    def radius_mm(self) -> float:
        """Half the diameter."""
        return self.diameter_mm / 2


PUMP_20_ML: Final = PumpSize()
PUMP_40_ML: Final = PumpSize(
    reservoir_ml=40.0,
    thickness_mm=26.0,
    rim_width_mm=20.6,
    displacement_cm3=121.0,
    mass_empty_g=175.0,
)


@dataclass(frozen=True)
class CatheterSize(Checked):
    """Size of the implanted catheter."""

    outer_diameter_mm: float = number(1.2, 1.0, 1.6, "mm", "about 4 Fr, M")
    inner_diameter_mm: float = number(0.5, 0.3, 0.8, "mm", "M")
    length_mm: float = number(1140.0, 700.0, 1500.0, "mm", "about 114 cm untrimmed, M")


DEEPEST_POCKET_MM: Final = 25.0
"""From the skin to the pump's front: never more, or it is neither filled nor read [84]."""


@dataclass(frozen=True)
class Procedure(Checked):
    """Numbers of the implant operation.

    The ranges are those that this body allows in every combination [D]. Under the skin of
    the belly lie 20 mm down to the fascia, so a deeper pocket would lie beneath it; a needle
    flatter than 36 degrees to the skin would enter L4-L5 through the buttock; one closer to
    the midline meets a spinous process; a wider loop would dip into the muscle of the back.
    """

    pocket_depth_mm: float = number(20.0, 15.0, 20.0, "mm", "skin to pump front 15-20 [72, 75]")
    needle_angle_deg: float = number(
        42.0, 38.0, 52.0, "degrees to the skin", "40-45 for 1-1.5 levels lower [64, 73, D]"
    )
    skin_lateral_mm: float = number(15.0, 12.0, 20.0, "mm", "1-2 cm beside the midline, M; [82]")
    back_incision_mm: float = number(65.0, 50.0, 80.0, "mm", "5-8 cm [72]")
    abdominal_incision_mm: float = number(
        90.0, 60.0, 150.0, "mm", "about 15 cm oblique or transverse [75], shorter drawn"
    )
    strain_loop_mm: float = number(12.0, 12.0, 16.0, "mm radius", "a loop is left [74], size M")
    coil_turns: float = number(1.85, 0.25, 4.0, "turns", "slack behind the pump [72], count M")


CATHETER: Final = CatheterSize()
PROCEDURE: Final = Procedure()

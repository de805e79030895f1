"""What every tissue looks like: its role in the theme, how it takes light, its grain.

One row a tissue. Tones are places on the role's ramp (0 line, 0.26 dark, 0.62 base, 1 light),
so no row names a colour.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry.parts import Tissue
from spineanim.picture import texture
from spineanim.picture.texture import Weave


@dataclass(frozen=True)
class Section:
    """How a tissue looks where it is cut.

    Parameters
    ----------
    tone : float
        Place on the ramp of a flat cut.
    tells : float
        How strongly relief changes the tone.
    grain : Weave
    stands_mm : float
        Height of the cut face over bone's: what stands higher drops a shadow on the rest.
    line : float
        Strength of the contour along its edge.
    """

    tone: float = 0.62
    tells: float = 0.30
    grain: Weave = texture.even
    stands_mm: float = -0.9
    line: float = 0.45


@dataclass(frozen=True)
class Material:
    """How a tissue takes light.

    Parameters
    ----------
    role : str
        Role in the theme.
    grain : Weave
        Grain of the outer surface.
    section : Section
    lift, gain : float
        Ramp position = lift + gain * light.
    gloss, sharp : float
        Strength (linear light) and exponent of the highlight.
    through : float
        Light that comes through: the shaded side is brighter, the border of shadow softer.
    rim : float
        Brightening of the edge toward the light.
    line : float
        Strength of the contour.
    mirror : float
        Share of light that is mirrored surroundings: metal and glass.
    soft_mm : float
        How softly it passes into its host, 0 for a clean border.
    host : Tissue, optional
        Tissue it passes into.
    """

    role: str
    grain: Weave = texture.plain
    section: Section = Section()
    lift: float = 0.05
    gain: float = 1.04
    gloss: float = 0.10
    sharp: float = 24.0
    through: float = 0.0
    rim: float = 0.30
    line: float = 0.62
    mirror: float = 0.0
    soft_mm: float = 0.0
    host: Tissue | None = None


_NERVE: Final = texture.bundled(0.5, 0.48, 0.09)
_CORD: Final = texture.bundled(0.7, 0.30, 0.06)
_WET: Final = 0.22
_METAL: Final = Section(0.80, 0.15, texture.plain, 0.0, 0.7)

MATERIALS: Final[Mapping[int, Material]] = MappingProxyType(
    {
        Tissue.BONE: Material(
            "bone",
            texture.bone,
            Section(0.88, 0.34, texture.cortex, 0.0, 0.75),
            lift=-0.07, gain=1.20,
        ),
        Tissue.CANCELLOUS: Material(
            "cancellous", texture.bone, Section(0.68, 0.46, texture.spongy, 0.0, 0.0)
        ),
        Tissue.CARTILAGE: Material(
            "cartilage",
            texture.rough(0.04, 0.03),
            Section(0.80, 0.30, texture.strand, -0.2, 0.5),
            lift=0.16, gain=0.86, gloss=0.14, sharp=34.0, through=0.14,
            soft_mm=1.6, host=Tissue.BONE,
        ),
        Tissue.ANNULUS: Material(
            "disc",
            texture.rings,
            Section(0.66, 0.42, texture.lamellae, -1.2, 0.5),
            lift=0.20, gain=0.80, gloss=_WET, sharp=30.0, through=0.10, line=0.55,
        ),
        Tissue.NUCLEUS: Material(
            "nucleus",
            section=Section(0.72, 0.34, texture.jelly, -1.1, 0.0),
            lift=0.24, gain=0.76, gloss=0.32, sharp=30.0, through=0.25,
            soft_mm=1.8, host=Tissue.ANNULUS,
        ),
        Tissue.LIGAMENT: Material(
            "ligament",
            texture.lengthwise(1.1, 0.30, 0.14),
            Section(0.66, 0.40, texture.fibres, -1.8, 0.4),
            gloss=0.12, line=0.55,
        ),
        Tissue.FLAVUM: Material(
            "ligamentum_flavum",
            texture.lengthwise(0.9, 0.28, 0.12),
            Section(0.60, 0.40, texture.fibres, -1.0, 0.6),
            gloss=0.14,
        ),
        Tissue.FAT: Material(
            "fat",
            texture.rough(0.5, 0.10, 3.2),
            Section(0.70, 0.46, texture.lobules, -1.8, 0.25),
            lift=0.14, gain=0.92, gloss=0.16, sharp=16.0, through=0.20, line=0.45,
        ),
        Tissue.MUSCLE: Material(
            "muscle",
            texture.lengthwise(1.7, 0.30, 0.34),
            Section(0.58, 0.42, texture.muscle, -0.8, 0.55),
            gloss=0.12, sharp=20.0, through=0.06, line=0.6,
        ),
        Tissue.FASCIA: Material(
            "fascia",
            texture.lengthwise(1.3, 0.16, 0.06),
            Section(0.78, 0.30, texture.fibres, -0.3, 0.5),
            gloss=0.20, through=0.12, line=0.5,
        ),
        Tissue.SKIN: Material(
            "skin",
            texture.rough(0.05, 0.04),
            Section(0.58, 0.24, texture.even, -0.2, 0.5),
            lift=0.13, gain=0.94, gloss=0.08, sharp=14.0, through=0.20, line=0.5,
        ),
        Tissue.DURA: Material(
            "dura",
            texture.lengthwise(1.4, 0.10, 0.04),
            Section(0.46, 0.22, texture.even, -0.9, 0.25),
            lift=0.14, gain=0.90, gloss=0.30, sharp=36.0, through=0.22,
        ),
        Tissue.CSF: Material(
            "csf",
            section=Section(0.62, 0.40, texture.fluid, -3.0, 0.15),
            lift=0.30, gain=0.72, gloss=0.45, sharp=50.0, through=0.45, line=0.45,
        ),
        Tissue.CORD: Material(
            "cord", _CORD, Section(0.68, 0.46, texture.strand, -0.6, 0.5),
            gloss=0.26, sharp=30.0, through=0.10,
        ),
        Tissue.GREY_MATTER: Material(
            "cord",
            section=Section(0.40, 0.20, texture.strand, -0.6, 0.0),
            soft_mm=0.25, host=Tissue.CORD,
        ),
        Tissue.NERVE: Material(
            "nerve", _NERVE, Section(0.68, 0.50, texture.strand, -0.5, 0.6),
            gloss=0.24, sharp=26.0, through=0.08, line=0.7,
        ),
        Tissue.BRAIN: Material(
            "brain", texture.folded, Section(0.62, 0.40, texture.bowel, -0.4, 0.5),
            gloss=0.16, through=0.12,
        ),
        Tissue.ARTERY: Material(
            "artery",
            texture.rough(0.05, 0.06),
            Section(0.24, 0.45, texture.vessel, -0.6, 0.5),
            gain=1.12, gloss=0.34, sharp=28.0, through=0.06,
        ),
        Tissue.VEIN: Material(
            "vein",
            texture.rough(0.05, 0.06),
            Section(0.26, 0.45, texture.vessel, -0.6, 0.5),
            gain=1.10, gloss=0.34, sharp=28.0, through=0.08,
        ),
        Tissue.TITANIUM: Material(
            "metal", texture.brushed, _METAL, gloss=0.18, sharp=40.0, rim=0.1, line=0.75, mirror=1.0
        ),
        Tissue.STEEL: Material(
            "metal", texture.plain, _METAL, gloss=0.40, sharp=70.0, rim=0.1, line=0.8, mirror=1.0
        ),
        Tissue.SILICONE: Material(
            "catheter",
            section=Section(0.60, 0.25, texture.plain, 0.0, 0.6),
            lift=0.16, gain=0.86, gloss=0.45, sharp=40.0, through=0.30, mirror=0.15,
        ),
        Tissue.SEPTUM: Material(
            "septum",
            section=Section(0.60, 0.25, texture.plain, -0.2, 0.6),
            lift=0.12, gain=0.90, gloss=0.35, sharp=34.0, through=0.25, mirror=0.12,
        ),
        Tissue.BATTERY: Material(
            "battery", texture.brushed, Section(0.60, 0.25, texture.plain, 0.0, 0.6),
            gloss=0.28, sharp=30.0, mirror=0.35,
        ),
        Tissue.BOARD: Material(
            "pcb", texture.plain, Section(0.55, 0.25, texture.plain, 0.0, 0.6),
            gloss=0.22, sharp=36.0,
        ),
        Tissue.PROPELLANT: Material(
            "propellant",
            section=Section(0.66, 0.25, texture.bowel, -0.5, 0.3),
            lift=0.30, gain=0.70, through=0.35,
        ),
        Tissue.MEDICATION: Material(
            "medication",
            section=Section(0.62, 0.34, texture.fluid, -0.6, 0.3),
            lift=0.18, gain=0.84, gloss=0.40, sharp=44.0, through=0.35,
        ),
        Tissue.RUBBER: Material(
            "rubber", texture.knurled, Section(0.50, 0.25, texture.plain, 0.0, 0.6),
            gloss=0.05, sharp=9.0, rim=0.36,
        ),
        Tissue.PLASTIC: Material(
            "cloth", texture.plain, Section(0.66, 0.25, texture.plain, 0.0, 0.6),
            gloss=0.22, sharp=22.0, through=0.08,
        ),
        Tissue.SCREEN: Material(
            "pcb", texture.plain, Section(0.55, 0.25, texture.plain, 0.0, 0.6),
            lift=-0.04, gain=0.70, gloss=0.6, sharp=90.0, mirror=0.45,
        ),
        Tissue.ORGAN: Material(
            "brain", texture.rough(0.5, 0.10, 6.0), Section(0.60, 0.40, texture.bowel, -1.4, 0.3),
            gloss=0.20, sharp=18.0, through=0.20,
        ),
        Tissue.CLOTH: Material(
            "cloth", texture.woven, Section(0.62, 0.25, texture.plain, 0.0, 0.5),
            gloss=0.02, through=0.20,
        ),
    }
)  # fmt: skip
"""Material of every tissue."""


def column_of(read: Callable[[Material], Any]) -> NDArray[np.float32]:
    """One property of all materials, by tissue number (256,), to be looked up by pixels."""
    found = np.zeros(256, dtype=np.float32)
    for number, material in MATERIALS.items():
        found[number] = read(material)
    return found

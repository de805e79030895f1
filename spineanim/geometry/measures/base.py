"""A measured quantity of the model beside its published value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """One quantity, measured on the solids.

    Parameters
    ----------
    name : str
        Such as ``"L3 body depth"``.
    value : float
        What the model has.
    unit : str
    published : str or float
        What is published, in its own words where it is no single number.
    low, high : float
        Published band, or the ordinary spread of one standard deviation (both included).
    source : str
        Where it is published, in the numbering of the anatomy notes.
    """

    name: str
    value: float
    unit: str
    published: str | float
    low: float
    high: float
    source: str

    @property
    def holds(self) -> bool:
        """Whether the value lies in the band."""
        return self.low <= self.value <= self.high


def about(
    name: str, value: float, published: float, spread: float, source: str, unit: str = "mm"
) -> Measure:
    """Measure with a band of `spread` (a share) round the published value."""
    low, high = published * (1 - spread), published * (1 + spread)
    return Measure(name, value, unit, published, low, high, source)


def within(
    name: str, value: float, published: float, tolerance: float, source: str, unit: str = "mm"
) -> Measure:
    """Measure with a band of `tolerance` (in its unit) round the published value."""
    return Measure(
        name, value, unit, published, published - tolerance, published + tolerance, source
    )

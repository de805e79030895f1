"""The files that every film is published as, and how finely each is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from spineanim.content.settings import Settings
from spineanim.render.catalog import SceneEntry
from spineanim.render.encoding import Encoding, chosen_encoding
from spineanim.render.order import Order
from spineanim.render.quality import QUALITIES

RENDITIONS: Final = MappingProxyType(
    {"1080p": ("high", "h264", 0), "720p": ("medium", "h264", 4), "av1": ("high", "av1", 0)}
)
"""Name of a file to its quality, its codec and what is added to the rate factor; the one for most
people comes first. The small film is for slow lines: it takes two thirds of the bytes."""

COARSER: Final = (0, 2, 4, 6)
"""What is added to a rate factor until a film is small enough; two take about a fifth."""


def coarser(encoding: Encoding) -> Iterator[Encoding]:
    """Yield an encoding, then ever coarser ones, for films in which much moves."""
    assert encoding.crf is not None
    for more in COARSER:
        yield replace(encoding, crf=encoding.crf + more)


def orders_of(entry: SceneEntry, settings: Settings, *, draft: bool) -> Mapping[str, Order]:
    """Return what is to be made of a scene, by the name of the file.

    Parameters
    ----------
    entry, settings
        The film; its shape is that of the parameters.
    draft
        Whether all is made at draft quality, to try things out.
    """
    orders = {}
    for name, (quality, codec, coarser) in RENDITIONS.items():
        shaped = QUALITIES["draft" if draft else quality].shaped(settings.parameters.aspect)
        encoding = chosen_encoding(shaped, "mp4", codec)
        assert encoding.crf is not None
        encoding = replace(encoding, crf=encoding.crf + coarser)
        orders[name] = Order(entry, settings, shaped, encoding)
    return orders

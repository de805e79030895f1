"""The files that every film is published as, and how finely each is made."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from spineanim.content.settings import Settings
from spineanim.render.catalog import SceneEntry
from spineanim.render.encoding import chosen_encoding
from spineanim.render.order import Order
from spineanim.render.quality import QUALITIES

RENDITIONS: Final = MappingProxyType(
    {"1080p": ("high", "h264"), "720p": ("medium", "h264"), "av1": ("high", "av1")}
)
"""Name of a file to its quality and codec, the one for most people first."""


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
    for name, (quality, codec) in RENDITIONS.items():
        shaped = QUALITIES["draft" if draft else quality].shaped(settings.parameters.aspect)
        orders[name] = Order(entry, settings, shaped, chosen_encoding(shaped, "mp4", codec))
    return orders

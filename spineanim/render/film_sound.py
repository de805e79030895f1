"""The sound of a film that is rendered: taken from what was kept, or made and kept."""

from __future__ import annotations

from spineanim.render.clip import Stretch
from spineanim.render.order import Order
from spineanim.render.soundtrack import sound_codec, soundtrack, soundtrack_key
from spineanim.vault.vault import Vault


def film_sound(order: Order, part: Stretch, kept: Vault) -> bytes | None:
    """Return the sound of a film, or of a part of it, for `sound_track`.

    Parameters
    ----------
    order
        The film.
    part
        What is rendered of it.
    kept
        Where sounds are looked for and kept, under `soundtrack_key`; a damaged one is made again.

    Returns
    -------
    Encoded sound, or None where nobody speaks in the whole film or its format has no sound.

    Raises
    ------
    ContentError
        A recording is gone or was changed since the settings were loaded.
    """
    voices, codec = order.settings.voices_at(order.encoding.fps), sound_codec(order.encoding.format)
    if codec is None or not voices:
        return None
    facts = (voices, order.encoding.fps, part.start, part.end, codec)
    key = soundtrack_key(*facts)
    sound = kept.get(key)
    if sound is None:
        sound = soundtrack(*facts)
        kept.put(key, sound)
    return sound

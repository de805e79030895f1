"""Parameters that were found to fit together need not be looked at again.

To look at them takes two seconds, most of them for importing what measures bones: too long for a
film in which nothing has changed.
"""

from __future__ import annotations

import hashlib
from typing import Final

from spineanim.code import digest_behind
from spineanim.geometry.params import Anatomy, PumpSize
from spineanim.vault.places import default_recipes

_JUDGE: Final = "spineanim.content.possible"


def refuse_misfits(anatomy: Anatomy, pump: PumpSize, asked: str) -> None:
    """Let only parameters pass that fit together; those that once did, at once.

    Parameters
    ----------
    anatomy, pump, asked
        See `refuse_impossible`.

    Raises
    ------
    ParameterError
        They do not fit together.
    """
    facts = f"fits {digest_behind(_JUDGE)} {anatomy!r} {pump!r}"
    key = hashlib.blake2b(facts.encode(), digest_size=16).hexdigest()
    known = default_recipes()
    if known.get(key) is None:
        from spineanim.content.possible import refuse_impossible

        refuse_impossible(anatomy, pump, asked)
        known.put(key, {"fits": True})

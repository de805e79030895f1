"""Small facts under a key: what came of a recipe, and what it cost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spineanim.vault.vault import Vault


@dataclass(frozen=True)
class Recipes:
    """Keeps a few named plain values under a key.

    Parameters
    ----------
    vault : Vault
    """

    vault: Vault

    def get(self, key: str) -> dict[str, Any] | None:
        """Facts under a key, or None if they are missing or damaged; notes their use."""
        raw = self.vault.get(key)
        if raw is None:
            return None
        try:
            facts = json.loads(raw)
        except ValueError:
            facts = None
        if not isinstance(facts, dict):
            self.vault.reject(key, "not facts")
            return None
        return facts

    def put(self, key: str, facts: Mapping[str, str | float | bool | None]) -> bool:
        """Keep facts; False if that failed."""
        return self.vault.put(key, json.dumps(dict(facts), sort_keys=True).encode())

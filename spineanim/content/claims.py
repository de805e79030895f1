"""What the films claim of body, device and treatment: `assets/claims.toml`, loaded and judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

from spineanim.content.toml import TomlFile, read_toml

FRESH_YEARS: Final = 2
"""A claim is compared with its sources again after so many years."""
Value = TypeVar("Value")
_KEYS: Final = ("says", "sources", "evidence", "practice", "differs", "reviewed")


@dataclass(frozen=True)
class Claim:
    """One statement and where it is from.

    Attributes
    ----------
    key
        Its name, which scripts cite.
    says
        The statement in plain English.
    sources
        Numbers of references.
    evidence
        How sure it is; empty if that is not said.
    practice
        Whether it is the practice's own statement.
    differs
        How a practice's statement differs from present guidance.
    reviewed
        The day it was last compared with its sources; None if that is not said.
    """

    key: str
    says: str
    sources: tuple[int, ...]
    evidence: str
    practice: bool
    differs: str
    reviewed: date | None


@dataclass(frozen=True)
class Claims:
    """All claims, and the references they rest on.

    Attributes
    ----------
    path
        The file.
    claims
        By key.
    references
        Full references by number.
    """

    path: Path
    claims: Mapping[str, Claim]
    references: Mapping[int, str]

    def faults(self, today: date) -> Iterator[str]:
        """Say, claim by claim, what is missing or out of date.

        Parameters
        ----------
        today
            The day that reviews are judged on.
        """
        for claim in self.claims.values():
            for fault in _faults(claim, self.references, today):
                yield f"claim {claim.key} {fault}"


def _faults(claim: Claim, references: Mapping[int, str], today: date) -> Iterator[str]:
    if not claim.sources:
        yield "names no source"
    for number in claim.sources:
        if number not in references:
            yield f"names source {number}, which [sources] lacks"
    if not claim.evidence:
        yield "does not say how sure it is (evidence)"
    if claim.practice and not claim.differs:
        yield "is the practice's own and does not say how it differs from present guidance"
    if claim.reviewed is None:
        yield "has no day of review"
    elif claim.reviewed > today:
        yield f"was reviewed on {claim.reviewed}, which is still to come"
    elif today > _years_after(claim.reviewed, FRESH_YEARS):
        yield f"was last reviewed on {claim.reviewed}, more than {FRESH_YEARS} years ago"


def _years_after(day: date, years: int) -> date:
    """Return the same day some years later; March 1 for a leap day where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def load_claims(path: Path) -> Claims:
    """Read a file of claims; what it lacks is for `Claims.faults` to say.

    Raises
    ------
    ContentError
        The file is missing or malformed, or an entry is of the wrong kind (with its line).
    """
    file = read_toml(path, missing_hint="restore assets/claims.toml from the repository")
    for key in file.data:
        if key not in ("claims", "sources"):
            hint = "use [claims.KEY] and [sources]"
            raise file.fail(key, what=f"unknown table {key!r}", hint=hint)
    references = {}
    for number, text in _table(file, "sources").items():
        if not number.isdigit() or not isinstance(text, str) or not text.strip():
            raise file.fail(
                "sources",
                number,
                what=f"source {number} is no numbered reference",
                hint='write 58 = "author, title, year"',
            )
        references[int(number)] = text
    claims = {key: _claim(file, key, raw) for key, raw in _table(file, "claims").items()}
    return Claims(path, claims, references)


def _table(file: TomlFile, name: str) -> dict[str, Any]:
    table = file.data.get(name, {})
    if not isinstance(table, dict):
        raise file.fail(name, what=f"{name} is no table")
    return table


def _claim(file: TomlFile, key: str, raw: object) -> Claim:
    where = ("claims", key)
    if not isinstance(raw, dict):
        raise file.fail(*where, what=f"claim {key} is no table", hint=f"write [claims.{key}]")
    for name in raw:
        if name not in _KEYS:
            what = f"unknown key {name!r} in claim {key}"
            raise file.fail(*where, name, what=what, hint=f"there are {', '.join(_KEYS)}")

    sources = _given(file, key, raw, "sources", list, [])
    if not all(isinstance(each, int) for each in sources):
        what = f"sources of claim {key} are {sources!r}"
        raise file.fail(*where, "sources", what=what, hint=_HINTS["sources"])
    says = _given(file, key, raw, "says", str, "")
    if not says.strip():
        raise file.fail(*where, what=f"claim {key} says nothing", hint=_HINTS["says"])
    return Claim(
        key,
        says,
        tuple(sources),
        _given(file, key, raw, "evidence", str, ""),
        _given(file, key, raw, "practice", bool, False),
        _given(file, key, raw, "differs", str, ""),
        _given(file, key, raw, "reviewed", date, date.min) if "reviewed" in raw else None,
    )


def _given(
    file: TomlFile, key: str, raw: dict[str, Any], name: str, kind: type[Value], default: Value
) -> Value:
    """Return an entry of a claim, or its default; refuse one of the wrong kind."""
    value = raw.get(name, default)
    if not isinstance(value, kind):
        what = f"{name} of claim {key} is {value!r}"
        raise file.fail("claims", key, name, what=what, hint=_HINTS[name])
    return value


_HINTS: Final = {
    "says": 'write the statement, says = "..."',
    "sources": "write numbers of the table [sources], sources = [58, 59]",
    "evidence": 'write how sure it is, evidence = "R"',
    "practice": "write true or false",
    "differs": 'write how it differs from guidance, differs = "..."',
    "reviewed": "write a day, reviewed = 2026-11-29",
}

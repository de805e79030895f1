"""Style sheets as rules and colours, as far as checks need them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

Colour = tuple[float, float, float, float]
"""sRGB and opacity, each 0 to 1."""

_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_STRING: Final = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'')
_VARIABLE: Final = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
_CHANNELS: Final = re.compile(r"rgba?\(([^()]*)\)", re.IGNORECASE)
_NAMED: Final = {
    "black": (0.0, 0.0, 0.0, 1.0),
    "white": (1.0, 1.0, 1.0, 1.0),
    "transparent": (0.0, 0.0, 0.0, 0.0),
}
_MOST_RULES, _MOST_DEPTH, _MOST_HOPS = 5_000, 10, 20


@dataclass(frozen=True)
class Rule:
    """Declarations for a selector.

    Attributes
    ----------
    around
        Conditions that it stands in, such as `@media (prefers-color-scheme: dark)`.
    selector
        Whom it concerns.
    declarations
        Values by property; the last of a name counts.
    """

    around: tuple[str, ...]
    selector: str
    declarations: Mapping[str, str]


def rules_of(css: str) -> list[Rule]:
    """Return the rules of a style sheet in order.

    Raises
    ------
    ValueError
        Its braces do not match, or there are more rules than a site needs.
    """
    text = _COMMENT.sub(" ", css)
    quiet = _STRING.sub(lambda found: '"' + "_" * (len(found[0]) - 2) + '"', text)
    rules: list[Rule] = []
    around: list[str] = []
    start, bodies = 0, [0]
    for found in re.finditer(r"[{};]", quiet):
        at, sign = found.start(), found[0]
        if sign == "{":
            around.append(" ".join(text[start:at].split()))
            bodies.append(at + 1)
        elif sign == "}":
            if not around:
                raise ValueError("a brace is closed that was not opened")
            head, body = around.pop(), text[bodies.pop() : at]
            if "{" not in body:
                rules.append(Rule(tuple(around), head, dict(_declarations(body))))
        start = at + 1
        if len(rules) > _MOST_RULES or len(around) > _MOST_DEPTH:
            raise ValueError("it has more or deeper rules than a site needs")
    if around:
        raise ValueError("a brace is not closed")
    return rules


def _declarations(body: str) -> Iterator[tuple[str, str]]:
    for part in body.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            yield name.strip().lower(), " ".join(value.replace("!important", "").split())


def substituted(value: str, variables: Mapping[str, str]) -> str:
    """Value with variables replaced; one that nobody knows stays as it is."""
    for _ in range(_MOST_HOPS):
        found = _VARIABLE.search(value)
        replacement = found and variables.get(found[1], found[2])
        if found is None or replacement is None or len(value) > 1_000:
            break
        value = value[: found.start()] + replacement.strip() + value[found.end() :]
    return value


def colour(value: str) -> Colour | None:
    """Colour that a value is; nothing if it is none, or written in another way than ours."""
    value = value.strip().lower()
    if value in _NAMED:
        return _NAMED[value]
    if re.fullmatch(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", value):
        digits = value[1:] if len(value) > 5 else "".join(2 * each for each in value[1:])
        pairs = (digits[i : i + 2] for i in range(0, len(digits), 2))
        red, green, blue, *alpha = (int(pair, 16) / 255 for pair in pairs)
        return red, green, blue, alpha[0] if alpha else 1.0
    found = _CHANNELS.fullmatch(value)
    parts = re.split(r"[\s,/]+", found[1].strip()) if found else []
    if len(parts) not in (3, 4):
        return None
    try:
        red, green, blue = (_channel(part, 255.0) for part in parts[:3])
        return red, green, blue, _channel(parts[3], 1.0) if len(parts) == 4 else 1.0
    except ValueError:
        return None


def _channel(part: str, whole: float) -> float:
    number = float(part[:-1]) / 100 if part.endswith("%") else float(part) / whole
    if not 0.0 <= number <= 1.0:
        raise ValueError(part)
    return number


def over(upper: Colour, lower: Colour) -> Colour:
    """Colour of something laid over what is opaque."""
    share = upper[3]
    pairs = zip(upper[:3], lower[:3], strict=True)
    red, green, blue = (above * share + below * (1.0 - share) for above, below in pairs)
    return red, green, blue, 1.0

"""Reads and checks a script file: every complaint names the file and, where it can, the line."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from pathlib import Path
from typing import Any

from spineanim.content.script import BeatScript, Caption, LabelText, Script
from spineanim.content.toml import TomlFile, read_toml

SHORTEST_BEAT_S = 2.0
LONGEST_S = 3600.0
SCENE_TEXTS = ("title", "kicker", "summary")
_BEAT_KEYS = {"title", "lasts_s", "captions", "steps_s", "labels", "description"}
_CAPTION_KEYS = {"at_s", "text", "claim"}
_LABEL_KEYS = {"text", "detail", "claim"}


def load_script(path: Path) -> Script:
    """Read and check a script file.

    Raises
    ------
    ContentError
        The file is missing, malformed, or a time or text in it cannot be.
    """
    file = read_toml(path, missing_hint="write the scene's words and cue times there")
    title, kicker, summary = (_text(file, file.data, key) for key in SCENE_TEXTS)
    card_s = _seconds(file, file.data.get("title_card_s"), "title_card_s")
    beats = []
    for name, raw in file.data.items():
        if isinstance(raw, dict):
            beats.append(_beat(file, name, raw))
        elif name not in (*SCENE_TEXTS, "title_card_s", "bridge_s", "step"):
            raise file.fail(
                name, what=f"unknown key {name!r}", hint="remove it or correct its name"
            )
    bridge_s = 0.0
    if "bridge_s" in file.data:
        bridge_s = _seconds(file, file.data["bridge_s"], "bridge_s")
    elif not beats:
        raise file.fail(what="no beats", hint="add a table such as [place_is_chosen]")
    return Script(
        path,
        path.parent.name,
        title,
        kicker,
        summary,
        title_card_s=card_s,
        beats=tuple(beats),
        bridge_s=bridge_s,
        step=_step(file, file.data.get("step")),
    )


def _step(file: TomlFile, value: object) -> tuple[int, int] | None:
    if value is None:
        return None
    match value:
        case [int(number), int(count)] if 1 <= number <= count:
            return number, count
    raise file.fail("step", what=f"step is {value!r}", hint="write [3, 4] for the third of four")


def _beat(file: TomlFile, name: str, raw: dict[str, Any]) -> BeatScript:
    for key in raw:
        if key not in _BEAT_KEYS:
            raise file.fail(
                name,
                key,
                what=f"unknown key {key!r} in beat {name}",
                hint=f"a beat has {', '.join(sorted(_BEAT_KEYS))}",
            )
    lasts_s = _seconds(file, raw.get("lasts_s"), name, "lasts_s")
    if lasts_s < SHORTEST_BEAT_S:
        raise file.fail(
            name,
            "lasts_s",
            what=f"beat {name} lasts {lasts_s:g} s",
            hint=f"a beat needs at least {SHORTEST_BEAT_S:g} s to be understood",
        )
    return BeatScript(
        name=name,
        title=_text(file, raw, "title", name),
        lasts_s=lasts_s,
        captions=_captions(file, name, raw.get("captions", []), lasts_s),
        steps_s=_steps(file, name, raw.get("steps_s", {}), lasts_s),
        labels=_labels(file, name, raw.get("labels", {})),
        description=_text(file, raw, "description", name) if "description" in raw else "",
    )


def _captions(file: TomlFile, beat: str, raw: object, lasts_s: float) -> tuple[Caption, ...]:
    captions: list[Caption] = []
    if not isinstance(raw, list) or not all(isinstance(entry, dict) for entry in raw):
        raise file.fail(
            beat,
            "captions",
            what=f"captions of beat {beat} are no list of captions",
            hint='write [{ at_s = 0.3, text = "..." }, ...]',
        )
    for entry in raw:
        _only(file, entry, _CAPTION_KEYS, beat, "captions")
        at_s = _seconds(file, entry.get("at_s"), beat, "captions", zero=True)
        if at_s >= lasts_s or (captions and at_s <= captions[-1].at_s):
            raise file.fail(
                beat,
                "captions",
                what=f"caption at {at_s:g} s of beat {beat} is out of order or after its end",
                hint=f"list captions by time, all before {lasts_s:g} s",
            )
        text = _text(file, entry, "text", beat, "captions")
        captions.append(Caption(at_s, text, _claims(file, entry, beat, "captions")))
    return tuple(captions)


def _steps(
    file: TomlFile, beat: str, raw: Mapping[str, Any], lasts_s: float
) -> dict[str, tuple[float, float]]:
    steps: dict[str, tuple[float, float]] = {}
    _require_table(file, raw, beat, "steps_s")
    for name, span in raw.items():
        wrong = _fault_of(span, lasts_s)
        if wrong:
            what, hint = wrong
            raise file.fail(
                beat, "steps_s", name, what=f"step {name} of beat {beat} {what}", hint=hint
            )
        steps[name] = (float(span[0]), float(span[1]))
    return steps


def _fault_of(span: object, lasts_s: float) -> tuple[str, str] | None:
    """Say what is wrong with when a step starts and ends, and what to do; None if nothing is."""
    if not (isinstance(span, list) and len(span) == 2 and all(map(_is_finite, span))):
        return "needs two times", "write when it starts and when it ends, like [0.5, 1.5]"
    start_s, end_s = span
    if start_s < 0:
        return f"starts at {start_s:g} s, before its beat", "let it start at 0 s or later"
    if end_s <= start_s:
        what = f"starts at {start_s:g} s and ends at {end_s:g} s"
        return what, "let it end later than it starts"
    if end_s > lasts_s:
        what = f"ends at {end_s:g} s, but the beat lasts {lasts_s:g} s"
        return what, f"let it end at {lasts_s:g} s or earlier, or let the beat last longer"
    return None


def _is_finite(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _labels(file: TomlFile, beat: str, raw: Mapping[str, Any]) -> dict[str, LabelText]:
    labels = {}
    _require_table(file, raw, beat, "labels")
    for name, entry in raw.items():
        if not isinstance(entry, dict):
            raise file.fail(
                beat,
                "labels",
                name,
                what=f"label {name} of beat {beat} is {entry!r}",
                hint='write { text = "...", detail = "..." }',
            )
        where = (beat, "labels", name)
        _only(file, entry, _LABEL_KEYS, *where)
        detail = _text(file, entry, "detail", *where) if "detail" in entry else ""
        labels[name] = LabelText(
            _text(file, entry, "text", *where), detail, _claims(file, entry, *where)
        )
    return labels


def _claims(file: TomlFile, entry: Mapping[str, Any], *where: str) -> tuple[str, ...]:
    """Keys of the claims that words make: one, or a list."""
    raw = entry.get("claim", [])
    claims = [raw] if isinstance(raw, str) else raw
    if not isinstance(claims, list) or not all(isinstance(each, str) and each for each in claims):
        raise file.fail(
            *where,
            what=f"{'.'.join(where)}: claim is {raw!r}",
            hint='write the key of a claim, claim = "battery_life", or a list of keys',
        )
    return tuple(claims)


def _only(file: TomlFile, table: Mapping[str, Any], keys: set[str], *where: str) -> None:
    """Refuse a key there is not."""
    for key in table:
        if key not in keys:
            raise file.fail(
                *where,
                key,
                what=f"unknown key {key!r} in {'.'.join(where)}",
                hint=f"there are {', '.join(sorted(keys))}",
            )


def _require_table(file: TomlFile, raw: object, *where: str) -> None:
    if not isinstance(raw, dict):
        what = f"{'.'.join(where)} is no table"
        raise file.fail(*where, what=what, hint=f"write [{'.'.join(where)}]")


def _text(file: TomlFile, table: Mapping[str, Any], key: str, *where: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        what = f"{'.'.join((*where, key))} is missing or no text"
        raise file.fail(*where, key, what=what, hint="write it in double quotes")
    return value


def _seconds(file: TomlFile, value: object, *where: str, zero: bool = False) -> float:
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else -1.0
    if not 0 <= number <= LONGEST_S or (number == 0 and not zero):
        raise file.fail(
            *where,
            what=f"{'.'.join(where)}: {value!r} is no time in seconds",
            hint="write a number",
        )
    return float(number)

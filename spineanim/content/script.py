"""The words of a scene and when they come: `assets/script/<language>/<scene>.toml`.

A script is a title card and a list of beats in the order of the film. A beat has a title (its
chapter), a length, captions with the second they appear, steps (what moves, from when to when)
and labels. Every second is counted from the beat's start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from spineanim.content.parameters import fill
from spineanim.content.toml import TomlFile, read_toml

SHORTEST_BEAT_S = 2.0
LONGEST_S = 3600.0
_BEAT_KEYS = {"title", "lasts_s", "captions", "steps_s", "labels"}
_SCENE_TEXTS = ("title", "kicker", "summary")


@dataclass(frozen=True)
class Caption:
    """A sentence or two under the picture.

    Attributes
    ----------
    at_s
        When it appears, counted from the beat's start.
    text
        Its words.
    """

    at_s: float
    text: str


@dataclass(frozen=True)
class LabelText:
    """Words beside a thing: a plain name, and a smaller line below it (may be empty)."""

    text: str
    detail: str = ""


@dataclass(frozen=True)
class BeatScript:
    """One idea of the film.

    Attributes
    ----------
    name
        Name of the beat in the scene.
    title
        Its chapter title.
    lasts_s
        Its length.
    captions
        In order of time; each stays until the next or the beat's end.
    steps_s
        Name of a step to its start and end.
    labels
        Name of a label to its words.
    """

    name: str
    title: str
    lasts_s: float
    captions: tuple[Caption, ...]
    steps_s: Mapping[str, tuple[float, float]]
    labels: Mapping[str, LabelText]


@dataclass(frozen=True)
class Script:
    """All words and times of one scene in one language.

    Attributes
    ----------
    path
        The file it came from.
    language
        Language code, from the folder's name.
    title, kicker, summary
        Title card, the small line above it, and one sentence for catalogues and file tags.
    title_card_s
        How long the title card stands.
    beats
        In the order of the film.
    bridge_s
        How long one scene of a programme takes to give way to the next; its own script has this
        instead of beats.
    step
        Which step of how many the scene is, such as (3, 4); nothing for most.
    """

    path: Path
    language: str
    title: str
    kicker: str
    summary: str
    title_card_s: float
    beats: tuple[BeatScript, ...]
    bridge_s: float = 0.0
    step: tuple[int, int] | None = None

    @property
    def length_s(self) -> float:
        """Length of the film."""
        return self.title_card_s + sum(beat.lasts_s for beat in self.beats)

    def filled(self, words: Mapping[str, str]) -> Script:
        """Return the same script with the parameters its texts name in braces put in.

        Raises
        ------
        ContentError
            A text names a parameter there is not.
        """

        def put(text: str, beat: str = "") -> str:
            return fill(text, words, f"{self.path}{f' [{beat}]' if beat else ''}")

        beats = [
            replace(
                beat,
                title=put(beat.title, beat.name),
                captions=tuple(
                    replace(each, text=put(each.text, beat.name)) for each in beat.captions
                ),
                labels={
                    name: LabelText(put(label.text, beat.name), put(label.detail, beat.name))
                    for name, label in beat.labels.items()
                },
            )
            for beat in self.beats
        ]
        return replace(
            self,
            title=put(self.title),
            kicker=put(self.kicker),
            summary=put(self.summary),
            beats=tuple(beats),
        )

    def beat(self, name: str) -> BeatScript:
        """Return the beat of that name.

        Raises
        ------
        KeyError
            There is none.
        """
        return next(beat for beat in self.beats if beat.name == name)


def load_script(path: Path) -> Script:
    """Read and check a script file.

    Raises
    ------
    ContentError
        The file is missing, malformed, or a time or text in it cannot be.
    """
    file = read_toml(path, missing_hint="write the scene's words and cue times there")
    texts = {key: _text(file, file.data, key) for key in _SCENE_TEXTS}
    card_s = _seconds(file, file.data.get("title_card_s"), "title_card_s")
    beats = []
    for name, raw in file.data.items():
        if isinstance(raw, dict):
            beats.append(_beat(file, name, raw))
        elif name not in (*_SCENE_TEXTS, "title_card_s", "bridge_s", "step"):
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
        **texts,
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
        at_s = _seconds(file, entry.get("at_s"), beat, "captions", zero=True)
        if at_s >= lasts_s or (captions and at_s <= captions[-1].at_s):
            raise file.fail(
                beat,
                "captions",
                what=f"caption at {at_s:g} s of beat {beat} is out of order or after its end",
                hint=f"list captions by time, all before {lasts_s:g} s",
            )
        captions.append(Caption(at_s, _text(file, entry, "text", beat, "captions")))
    return tuple(captions)


def _steps(
    file: TomlFile, beat: str, raw: Mapping[str, Any], lasts_s: float
) -> dict[str, tuple[float, float]]:
    steps: dict[str, tuple[float, float]] = {}
    _require_table(file, raw, beat, "steps_s")
    for name, span in raw.items():
        good = (
            isinstance(span, list)
            and len(span) == 2
            and all(isinstance(value, int | float) for value in span)
            and 0 <= span[0] < span[1] <= lasts_s
        )
        if not good:
            raise file.fail(
                beat,
                "steps_s",
                name,
                what=f"step {name} of beat {beat} is {span!r}",
                hint=f"write [start, end] in seconds, 0 <= start < end <= {lasts_s:g}",
            )
        steps[name] = (float(span[0]), float(span[1]))
    return steps


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
        detail = _text(file, entry, "detail", beat, "labels", name) if "detail" in entry else ""
        labels[name] = LabelText(_text(file, entry, "text", beat, "labels", name), detail)
    return labels


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

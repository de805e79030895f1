"""Each thing that can be wrong with files, but for pages and films, is put wrong and found."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from spineanim.verify.run import verify
from tests.verify.conftest import Change, edited, pdf_bytes, removed, written

FILM = "en/pump/manifest.json"
POSTER, STILL, LOGO = "en/pump/poster.webp", "en/pump/stills/first.webp", "site/logo.png"
CAPTIONS, EMBED, STYLE = "en/pump/captions.vtt", "en/pump/embed.txt", "site/style.css"
PDF, SMALL = "en/handout.pdf", "en/pump/pump-720p.mp4"
SITE = "https://www.example.org/animations/"


def told(file: str, change: Callable[[dict[str, Any]], object]) -> Change:
    """Damage to what a manifest tells."""

    def rewrite(root: Path) -> None:
        raw = json.loads((root / file).read_text(encoding="utf-8"))
        change(raw)
        (root / file).write_text(json.dumps(raw), encoding="utf-8")

    return rewrite


def drawn(file: str, size: tuple[int, int] = (640, 360), **saving: Any) -> Change:
    """Damage that puts another picture, of noise, in the place of one."""
    kind = saving.pop("format", Path(file).suffix[1:].upper())

    def save(root: Path) -> None:
        Image.effect_noise(size, 90.0).save(root / file, kind, **saving)

    return save


def linked(file: str, target: str) -> Change:
    """Damage that puts a link in the place of a file."""

    def link(root: Path) -> None:
        (root / file).unlink(missing_ok=True)
        (root / file).symlink_to(target)

    return link


def exif() -> Image.Exif:
    data = Image.Exif()
    data[271] = "a camera"
    return data


def text_chunk() -> PngImagePlugin.PngInfo:
    data = PngImagePlugin.PngInfo()
    data.add_text("Author", "somebody")
    return data


def flat(root: Path) -> None:
    Image.new("RGB", (640, 360), "#123456").save(root / POSTER)


def cut(file: str) -> Change:
    """Damage that cuts a file in half."""
    return lambda root: os.truncate(root / file, (root / file).stat().st_size // 2)


def cue(old: str, new: str) -> Change:
    return edited(CAPTIONS, old, new)


DAMAGE: dict[str, dict[str, tuple[Change, str, str]]] = {
    "hashes": {
        "changed": (written(SMALL, b"No film"), SMALL, "SHA-256"),
        "longer": (written("site/player.js", "1;"), "site/player.js", "has 2 bytes"),
        "gone": (removed(CAPTIONS), CAPTIONS, "not there"),
        "manifest": (edited(FILM, "A test", "B test"), FILM, "SHA-256"),
    },
    "unlisted": {
        "page": (written("en/more.html", "<p>"), "en/more.html", "may run it"),
        "script": (written("site/a.JS", ""), "site/a.JS", "may run it"),
        "server": (written(".htaccess", ""), ".htaccess", "may run it"),
        "php": (written("en/a.php5", ""), "en/a.php5", "may run it"),
        "film": (written("en/pump/old.mp4", b"x"), "en/pump/old.mp4", "no manifest lists it"),
        "aside": (
            written("en/pump/.partial-7/x.mp4", b"x"),
            "en/pump/.partial-7/x.mp4",
            "no manifest lists it",
        ),
    },
    "names": {
        "space": (written("en/a film.txt", ""), "en/a film.txt", "other signs"),
        "letters": (written("en/niño.txt", ""), "en/niño.txt", "other signs"),
        "backslash": (written("en/a\\b.txt", ""), "en/a\\b.txt", "other signs"),
        "capitals": (written("en/Index.html", ""), "en/index.html", "in capitals alone"),
        "device": (written("en/aux.txt", ""), "en/aux.txt", "Windows"),
    },
    "manifests": {
        "site gone": (removed("manifest.json"), "manifest.json", "no such file"),
        "site broken": (written("manifest.json", "{"), "manifest.json", "no JSON (line 1"),
        "site kind": (edited("manifest.json", '"site"', '"sight"'), "manifest.json", "no manifest"),
        "film gone": (removed(FILM), FILM, "no such file"),
        "film broken": (written(FILM, "[]"), FILM, "no JSON object"),
        "film kind": (edited(FILM, '"film"', '"music"'), FILM, "no manifest of a film"),
        "film lacks": (told(FILM, lambda raw: raw.pop("fps")), FILM, "lacks something"),
        "not named": (
            told("manifest.json", lambda raw: raw["films"]["en"].remove("pump")),
            FILM,
            "does not name this film",
        ),
        "other": (edited(FILM, '"scene": "pump"', '"scene": "pomp"'), FILM, "the film en/pomp"),
        "type": (told(FILM, lambda raw: raw.update(fps="30")), FILM, "fps is no int"),
        "endless": (told(FILM, lambda raw: raw.update(frame_count=10**9)), FILM, "no film"),
        "overlap": (
            told(FILM, lambda raw: raw["beats"][1].update(start_frame=100)),
            FILM,
            "begins before",
        ),
        "box": (
            told(FILM, lambda raw: raw["words"][0]["box"].update(left_px=600)),
            FILM,
            "outside of the frame",
        ),
        "path": (
            told(FILM, lambda raw: raw["renditions"][0].update(file="../../../x.mp4")),
            FILM,
            "no name of a film",
        ),
        "still": (
            told(FILM, lambda raw: raw["beats"][0].update(still="/x.webp")),
            FILM,
            "no name of a still",
        ),
        "lists": (
            told("manifest.json", lambda raw: raw["files"].update({"../x": {}})),
            "manifest.json",
            "'../x' names no file",
        ),
        "link": (linked(SMALL, "/usr"), SMALL, "out of the"),
        "nowhere": (linked(POSTER, "gone.webp"), POSTER, "leads nowhere"),
        "circle": (linked(POSTER, "poster.webp"), POSTER, "leads nowhere"),
        "pipe": (lambda root: os.mkfifo(root / "en" / "pipe"), "en/pipe", "no ordinary file"),
    },
    "webvtt": {
        "gone": (removed(CAPTIONS), CAPTIONS, "no such track"),
        "head": (edited(CAPTIONS, "WEBVTT", "WEB VTT"), CAPTIONS, "line 1:"),
        "mark": (edited(CAPTIONS, "WEBVTT", "\ufeffWEBVTT"), CAPTIONS, "byte order"),
        "times": (cue("-->", "->"), CAPTIONS, "times"),
        "utf-8": (written(CAPTIONS, b"WEBVTT\n\n\xff"), CAPTIONS, "line 3: it is not UTF-8"),
        "no cues": (written(CAPTIONS, "WEBVTT\n"), CAPTIONS, "no cues"),
        "end": (
            lambda root: os.truncate(root / CAPTIONS, (root / CAPTIONS).stat().st_size - 2),
            CAPTIONS,
            "last line",
        ),
        "ampersand": (cue("The disc", "Discs & more"), CAPTIONS, "&amp;"),
        "large": (written(CAPTIONS, b"WEBVTT\n" * 200_000), CAPTIONS, "larger than"),
    },
    "embeds": {
        "script": (edited(EMBED, "<div", "<script></script><div"), EMBED, "<script> has no place"),
        "handler": (edited(EMBED, "<video", "<video onplay=x"), EMBED, "has onplay"),
        "gone": (edited(EMBED, "pump-av1.mp4", "pump-av2.mp4"), EMBED, "names no file"),
        "relative": (edited(EMBED, f'src="{SITE}', 'src="'), EMBED, "no other site"),
        "empty": (written(EMBED, ""), EMBED, "no player"),
    },
    "styles": {
        "import": (edited(STYLE, "", "@import 'x.css';"), STYLE, "'@import'"),
        "host": (edited(STYLE, "", "p { background: url(//a.example/x) }"), STYLE, "elsewhere"),
        "data": (edited(STYLE, "", "p { background: url('data:x') }"), STYLE, "elsewhere"),
        "gone": (edited(STYLE, "", "p { background: url(x.png) }"), STYLE, "no site/x.png"),
        "escape": (edited(STYLE, "", "p { background: u\\72l(x) }"), STYLE, "no style sheet of"),
        "runs": (edited(STYLE, "", "p { width: expression(1) }"), STYLE, "can run"),
        "braces": (edited(STYLE, "", "p { color: red "), STYLE, "not closed"),
        "theme": (
            written("site/theme.css", ":root { --paper: #fff; --paper-ink: #ccc }"),
            "site/theme.css",
            "--paper-ink has a contrast of 1.61",
        ),
        "text": (edited(STYLE, "", "b { color: #999; background: #fff }"), STYLE, "of 2.85"),
        "captions": (
            edited(STYLE, "", "::cue { color: #fff; background: rgba(0, 0, 0, .3) }"),
            STYLE,
            "over a white film",
        ),
        "dark captions": (
            edited(STYLE, "", ":root { --c: #222 } ::cue { color: var(--c) }"),
            STYLE,
            "over a black film",
        ),
        "odd captions": (edited(STYLE, "", "::cue { color: red-ish }"), STYLE, "cannot be read"),
    },
    "images": {
        "cut": (cut(POSTER), POSTER, "cannot be decoded"),
        "text": (written(POSTER, "a picture"), POSTER, "cannot be decoded"),
        "gone": (removed(POSTER), POSTER, "no such picture"),
        "kind": (drawn(POSTER, format="PNG"), POSTER, "it is PNG"),
        "heavy": (drawn(POSTER, (1280, 720), quality=95), POSTER, "100 kB at most"),
        "small": (drawn(STILL, (320, 180)), STILL, "320 wide"),
        "shape": (drawn(STILL, (640, 480)), STILL, "it is 640 x 480"),
        "camera": (drawn(STILL, exif=exif()), STILL, "(exif)"),
        "author": (drawn(LOGO, (160, 90), pnginfo=text_chunk()), LOGO, "(Author)"),
        "flat": (flat, POSTER, "one colour"),
        "svg": (written("site/logo.svg", "<svg/>"), "site/logo.svg", "not .svg"),
        "logo": (drawn(LOGO, (640, 360)), LOGO, "100 kB at most"),
        "box": (drawn(LOGO, (90, 90)), "en/index.html", "the picture is 90 x 90"),
        "bomb": (
            lambda root: Image.new("1", (9000, 9000)).save(root / LOGO),
            LOGO,
            "cannot be decoded",
        ),
    },
    "handouts": {
        "no pdf": (written(PDF, "paper"), PDF, "no PDF"),
        "cut": (written(PDF, pdf_bytes()[:-40]), PDF, "breaks off"),
        "no page": (written(PDF, b"%PDF-1.5\n1 0 obj <<>> endobj\n%%EOF\n"), PDF, "no page"),
        "script": (
            written(PDF, pdf_bytes().replace(b"%%EOF", b"<</J#61vaScript 1>>\n%%EOF")),
            PDF,
            "holds /JavaScript",
        ),
        "heavy": (written(PDF, pdf_bytes() + b" " * 3_000_000), PDF, "larger than"),
    },
}  # fmt: skip
CASES = [
    pytest.param(check, *case, id=f"{check}: {name}")
    for check, table in DAMAGE.items()
    for name, case in table.items()
]


@pytest.mark.parametrize(("check", "damage", "file", "part"), CASES)
def test_damage_to_a_file_is_found(
    check: str, damage: Change, file: str, part: str, site_folder: Path
) -> None:
    damage(site_folder)
    findings = verify(site_folder, only=(check,)).findings
    assert {each.check for each in findings} == {check}
    found = [each for each in findings if each.file == file and part in each.what]
    assert found and found[0].is_failure, [*map(str, findings)]
    assert not any("broke off" in each.what for each in findings)


@pytest.mark.parametrize("name", [".DS_Store", "en/Thumbs.db", "notes.txt"])
def test_what_was_forgotten_is_worth_a_look(name: str, site_folder: Path) -> None:
    written(name, b"x")(site_folder)
    found = verify(site_folder, only=("unlisted", "names")).findings
    assert [(each.file, each.is_failure) for each in found] == [(name, False)]


def test_a_link_within_the_folder_is_worth_a_look(site_folder: Path) -> None:
    linked("en/pump/pump-720p.mp4", "pump-1080p.mp4")(site_folder)
    found = verify(site_folder, only=("manifests",)).findings
    assert [(each.file, each.is_failure) for each in found] == [("en/pump/pump-720p.mp4", False)]


def test_a_changed_file_says_which_manifest_knew_it_otherwise(site_folder: Path) -> None:
    written(CAPTIONS, "WEBVTT\n")(site_folder)
    lines = [each.what for each in verify(site_folder, only=("hashes",)).findings]
    assert len(lines) == 2
    for line, manifest in zip(lines, ("manifest.json", FILM), strict=True):
        assert f", {manifest} says " in line

"""Texts that would be more than texts, and manifests that would be more than facts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from spineanim.content.project import Project
from spineanim.errors import OutputError
from spineanim.publish.site import build_site
from spineanim.upload import MANIFEST, film_facts
from tests.publish.site.sites import all_pages, json_ld, parsed, put_film, texts

HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onload='alert(1)",
    "{{7*7}}{% raw %}{#",
    "]]><!-- --!> -->",
    "\u202eright to left\u202c & &lt;b&gt;",
    "</title></textarea><svg onload=alert(1)>",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(web: Project, model: Path, tmp_path: Path, text: str) -> None:
    site = tmp_path / "site"
    plain = put_film(model, site, "spine")
    beats = tuple(
        replace(each, title=text, description=text, captions=(text, text), labels=(text,))
        for each in plain.beats
    )
    put_film(model, site, "pump", title=text, summary=text, kicker=text, beats=beats)
    put_film(model, site, "film", title=text, summary=text, kicker=text, beats=beats)
    web.page_file("illustrations", "en").write_text(
        "".join(
            f"[{name}]\ntitle = {json.dumps(braced(text))}\nalt = {json.dumps(braced(text))}\n"
            for name in ("pump_inside", "signal_is_stopped", "system_from_the_side")
        ),
        encoding="utf-8",
    )
    build_site(web, site, "", {"practice_name": text})
    tags = {path: shape(site / path) for path in ("en/spine/index.html", "en/index.html")}
    for path in all_pages(site):
        page = parsed(path)
        assert not list(page.iter("svg")) and not page.findall(".//main//script")
        scripts = [each.get("src") or each.get("type") for each in page.iter("script")]
        assert [each for each in scripts if each != "application/ld+json"] == [
            *(
                ["../../site/player.js"]
                if path.name == "index.html" and path.parent != site and path.parent.name != "en"
                else []
            ),
            *(["../site/player.js"] if path.name == "pain-pump.html" else []),
        ]
        assert not [name for each in page.iter() for name in each.attrib if name[:2] == "on"]
    page = parsed(site / "en/pump/index.html")
    spaced = " ".join(text.split())
    assert texts(page.find(".//h1")) == spaced
    assert texts(page.find(".//footer")).endswith(spaced)
    assert page.find(".//video").get("aria-label") == text
    data = json_ld(page)
    assert data["publisher"]["name"] == data["video"]["name"] == text
    assert data["video"]["hasPart"][0]["name"] == text
    assert tags["en/spine/index.html"] == shape(site / "en/pump/index.html")


def braced(text: str) -> str:
    """Double the braces, which name parameters in words of pages."""
    return text.replace("{", "{{").replace("}", "}}")


def shape(page: Path) -> list[str]:
    """Name the elements of a page's body, but for the way on, which pages of steps have more of."""
    return [
        each.tag
        for each in parsed(page).find(".//main").iter()
        if each.tag not in ("li", "a") and isinstance(each.tag, str)
    ]


def test_what_to_embed_holds_hostile_text_as_text(
    web: Project, model: Path, tmp_path: Path
) -> None:
    put_film(model, tmp_path, "pump", title=HOSTILE[1])
    build_site(web, tmp_path)
    snippet = (tmp_path / "en/pump/embed.txt").read_text(encoding="utf-8")
    assert "<img" not in snippet and "&lt;img" in snippet


Change = dict[str, Any]
WRONG: dict[str, Change] = {
    "no manifest of a film": {"kind": "site"},
    "another film": {"scene": "../../pump"},
    "another language": {"language": "es"},
    "no title": {"title": "  "},
    "title is a number": {"title": 7},
    "no day": {"uploaded": "today"},
    "no frames": {"fps": 0},
    "frames are text": {"frame_count": "240"},
    "control characters": {"summary": "a\x00b"},
    "half a letter": {"summary": "\ud800"},
    "no files": {"renditions": []},
    "no parts": {"beats": []},
    "step is text": {"step": ["<b>", 4]},
}
WRONG_RENDITION: dict[str, Change] = {
    "file elsewhere": {"file": "../../../etc/passwd"},
    "file of a script": {"file": "javascript:alert(1)"},
    "type": {"type": 'video/mp4" onerror="x'},
    "size": {"width_px": -1},
    "name": {"name": "4k"},
}
WRONG_BEAT: dict[str, Change] = {
    "still elsewhere": {"still": "../poster.webp"},
    "still is missing": {"still": "stills/none.webp"},
    "still is a number": {"still": 3},
    "still is code": {"still": 'stills/"onerror=x.webp'},
    "before its start": {"end_frame": -1},
    "after the end": {"end_frame": 999},
    "captions are numbers": {"captions": [1]},
}


def damage(folder: Path, change: Change, key: str = "") -> None:
    raw = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    (raw[key][0] if key else raw).update(change)
    (folder / MANIFEST).write_text(json.dumps(raw), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "key"),
    [
        *(pytest.param(each, "", id=name) for name, each in WRONG.items()),
        *(pytest.param(each, "renditions", id=name) for name, each in WRONG_RENDITION.items()),
        *(pytest.param(each, "beats", id=name) for name, each in WRONG_BEAT.items()),
    ],
)
def test_a_manifest_that_is_wrong_names_the_film(
    web: Project, model: Path, tmp_path: Path, change: Change, key: str
) -> None:
    put_film(model, tmp_path, "pump")
    damage(tmp_path / "en/pump", change, key)
    refused(web, tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"kind": "film", "version": 1}', "null"])
def test_a_manifest_that_is_none_names_the_film(
    web: Project, model: Path, tmp_path: Path, text: str
) -> None:
    put_film(model, tmp_path, "pump")
    (tmp_path / "en/pump" / MANIFEST).write_text(text, encoding="utf-8")
    refused(web, tmp_path)


@pytest.mark.parametrize("file", ["poster.webp", "captions.vtt", "pump-720p.mp4"])
def test_a_film_that_lacks_a_file_is_named(
    web: Project, model: Path, tmp_path: Path, file: str
) -> None:
    put_film(model, tmp_path, "pump")
    (tmp_path / "en/pump" / file).unlink()
    assert file in refused(web, tmp_path)


def refused(project: Project, site: Path) -> str:
    """Tell how the film is refused; nothing may have been written."""
    with pytest.raises(OutputError) as caught:
        build_site(project, site)
    told = str(caught.value)
    assert "en/pump/manifest.json" in told and "\n" not in told
    assert "publish it again: spineanim publish pump --language en" in told
    assert not (site / "index.html").exists() and not (site / "site").exists()
    return told


def test_the_model_is_whole(model: Path) -> None:
    """Else the tests above would say nothing."""
    assert film_facts(json.loads((model / MANIFEST).read_text(encoding="utf-8"))).beats

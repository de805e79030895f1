"""What search engines are told, and what to embed elsewhere."""

from __future__ import annotations

from pathlib import Path

import html5lib
import pytest

from spineanim.content.project import Project
from spineanim.publish.addresses import PLACEHOLDER
from spineanim.publish.library import moment, seconds_at
from spineanim.publish.site import build_site
from spineanim.publish.structured import iso_duration
from spineanim.publish.templating import clock, spoken_length
from tests.publish.site.sites import json_ld, parsed, put_film

BASE = "https://spine.example/films/"


def test_a_film_page_describes_its_film(whole_site: Path) -> None:
    data = json_ld(parsed(whole_site / "en/pump/index.html"))
    film = data["video"]
    assert data["@type"] == "MedicalWebPage" and data["audience"]["@type"] == "Patient"
    assert data["about"]["@type"] == "MedicalProcedure"
    assert data["publisher"]["name"] == "Lakeside Spine"
    assert not {"reviewedBy", "lastReviewed"} & set(data)
    assert film["@type"] == "VideoObject"
    assert film["contentUrl"] == f"{BASE}en/pump/pump-1080p.mp4"
    assert film["thumbnailUrl"] == f"{BASE}en/pump/poster.webp"
    stated = [film[key] for key in ("name", "uploadDate", "duration", "inLanguage")]
    assert stated == ["The test film pump", "2026-01-31", "PT8S", "en"]
    assert "This is the first part. The disc moves." in film["transcript"]
    first, second = film["hasPart"]
    assert (first["@type"], first["name"]) == ("Clip", "The first part")
    assert (second["startOffset"], second["endOffset"]) == (4, 8)
    assert second["url"] == f"{BASE}en/pump/index.html#t=4"


def test_a_film_of_no_procedure_does_not_claim_one(whole_site: Path) -> None:
    assert "about" not in json_ld(parsed(whole_site / "en/spine/index.html"))


def test_the_pump_page_has_one_main_film(whole_site: Path) -> None:
    data = json_ld(parsed(whole_site / "en/pain-pump.html"))
    assert data["video"]["url"] == f"{BASE}en/film/index.html"


def test_without_an_address_links_are_relative(web: Project, model: Path, tmp_path: Path) -> None:
    put_film(model, tmp_path, "pump")
    build_site(web, tmp_path)
    page = parsed(tmp_path / "en/pump/index.html")
    film = json_ld(page)["video"]
    assert film["contentUrl"] == "pump-1080p.mp4"
    assert film["hasPart"][1]["url"] == "index.html#t=4"
    assert page.find(".//link[@rel='canonical']") is None
    snippet = (tmp_path / "en/pump/embed.txt").read_text(encoding="utf-8")
    assert snippet.startswith("<!-- ") and snippet.count("<!--") == 1
    assert PLACEHOLDER in snippet.splitlines()[0]


def test_what_to_embed_is_plain_html_with_whole_addresses(whole_site: Path) -> None:
    snippet = (whole_site / "es/pump/embed.txt").read_text(encoding="utf-8")
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    part = parser.parseFragment(snippet)
    assert "<!--" not in snippet and "<script" not in snippet
    targets = [
        element.get(name)
        for element in part.iter()
        for name in ("src", "poster", "href")
        if isinstance(element.tag, str) and element.get(name)
    ]
    assert len(targets) == 8
    assert all(each.startswith(f"{BASE}es/pump/") for each in targets)
    for each in targets:
        assert (whole_site / each.removeprefix(BASE)).is_file()


def test_a_canonical_address_is_given(whole_site: Path) -> None:
    page = parsed(whole_site / "en/pump/index.html")
    assert page.find(".//link[@rel='canonical']").get("href") == f"{BASE}en/pump/index.html"
    other = page.find(".//link[@rel='alternate']")
    assert (other.get("hreflang"), other.get("href")) == ("es", f"{BASE}es/pump/index.html")


@pytest.mark.parametrize("fps", [15, 24, 30, 60])
def test_a_moment_never_shows_the_frame_before(fps: int) -> None:
    for frame in range(2000):
        assert frame / fps <= seconds_at(frame, fps) < (frame + 1) / fps
        assert float(moment(frame, fps)) == seconds_at(frame, fps)
    assert [moment(each, 30) for each in (0, 300, 372)] == ["0", "10", "12.4"]


def test_lengths_are_said() -> None:
    assert [iso_duration(each) for each in (0.2, 42.4, 60.0, 91.0)] == [
        *("PT1S", "PT42S", "PT1M", "PT1M31S")
    ]
    assert [spoken_length(each, "min", "s") for each in (42.0, 60.0, 91.2)] == [
        *("42 s", "1 min", "1 min 31 s")
    ]
    assert [clock(each, 30) for each in (0, 372, 1950)] == ["0:00", "0:12", "1:05"]

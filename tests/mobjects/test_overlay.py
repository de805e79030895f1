"""Captions are burned in, or left to the file beside the film."""

from __future__ import annotations

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.content.theme import Theme
from spineanim.content.timeline import Timeline
from spineanim.mobjects.overlay import Overlay
from spineanim.render.webvtt import webvtt
from spineanim.stage import format_of


def test_captions_beside_leave_the_picture_and_stay_in_the_file(
    shipped: Project, theme: Theme
) -> None:
    settings = load_settings("pump", shipped, overrides={"captions": "beside"})
    assert settings.parameters.captions == "beside"
    timeline = Timeline(settings.script, 10)
    burned, bare = (
        Overlay(timeline, theme, format_of(1920, 1080), captioned=captioned)
        for captioned in (True, False)
    )
    assert len(burned.captions) == len(timeline.captions)
    assert bare.captions == []
    assert len(bare.headings) == len(burned.headings)
    name = timeline.script.beats[0].name
    for overlay in (burned, bare):
        overlay.show_settled(name)
        assert sum(overlay.state()) == 1.0 + (overlay is burned)
    assert timeline.captions[0].text in webvtt(timeline.captions, 10)

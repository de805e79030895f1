"""What search engines are told of a page: schema.org in JSON-LD.

Nobody is named as reviewer: no page has been signed. Nor is there a day of review: a film's folder
does not say which claims it was made from.
"""

from __future__ import annotations

from typing import Any

from spineanim.publish.addresses import Place
from spineanim.publish.library import Film, moment, seconds_at


def page_data(
    place: Place,
    language: str,
    name: str,
    description: str,
    *,
    publisher: str = "",
    procedure: str = "",
    film: Film | None = None,
) -> dict[str, Any]:
    """Return what a page is.

    Parameters
    ----------
    place
        The page.
    language
        Its language.
    name, description
        Its title and what it is for.
    publisher
        Name of the practice; may be empty.
    procedure
        Name of the procedure it is about; empty if it is about none.
    film
        Its main film, if it shows one.
    """
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": name,
        "description": description,
        "url": place.address(place.path),
        "inLanguage": language,
        "audience": {"@type": "Patient", "audienceType": "Patient"},
    }
    if publisher:
        data["publisher"] = {"@type": "Organization", "name": publisher}
    if procedure:
        data["about"] = {"@type": "MedicalProcedure", "name": procedure}
    if film is not None:
        data["video"] = film_data(place, film)
    return data


def film_data(place: Place, film: Film) -> dict[str, Any]:
    """Return what a film is, with its parts; their addresses are of its own page."""
    facts = film.facts
    page = place.address(film.page)
    return {
        "@type": "VideoObject",
        "name": facts.title,
        "description": facts.summary or facts.title,
        "thumbnailUrl": place.address(film.poster.path),
        "uploadDate": facts.uploaded,
        "contentUrl": place.address(film.largest),
        "url": page,
        "duration": iso_duration(facts.duration_s),
        "inLanguage": facts.language,
        "transcript": transcript_of(film),
        "hasPart": [
            {
                "@type": "Clip",
                "name": beat.title,
                "startOffset": seconds_at(beat.start_frame, facts.fps),
                "endOffset": seconds_at(beat.end_frame, facts.fps),
                "url": f"{page}#t={moment(beat.start_frame, facts.fps)}",
            }
            for beat in facts.beats
        ],
    }


def transcript_of(film: Film) -> str:
    """All that is said and shown, part by part."""
    parts = []
    for beat in film.facts.beats:
        sentences = (f"{beat.title}.", beat.description, *beat.captions)
        parts.append(" ".join(each for each in sentences if each))
    return " ".join(parts)


def iso_duration(seconds: float) -> str:
    """Length in the form of ISO 8601, in whole seconds and at least one: `PT1M31S`."""
    minutes, rest = divmod(max(1, round(seconds)), 60)
    return "PT" + (f"{minutes}M" if minutes else "") + (f"{rest}S" if rest or not minutes else "")

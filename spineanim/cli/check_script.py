"""`spineanim check script`: are the words plain, slow, explained, whole and borne by sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from spineanim.content.project import MASTER_LANGUAGE, Project, find_project
from spineanim.render.catalog import find_scene, find_scenes

if TYPE_CHECKING:
    from spineanim.content.claims import Claims
    from spineanim.content.review import Finding


@click.command("script")
@click.argument("scenes", metavar="[SCENE]...", nargs=-1)
@click.option("--language", metavar="CODE", help="Only this language (default: all there are).")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Day that reviews of claims are judged on (default: the machine's).",
)
def script(scenes: tuple[str, ...], language: str | None, today: datetime | None) -> int:
    """Check scripts and the claims they make; all scenes when none is named.

    Prints a line of measures for each script: how hard it is to read, its fastest caption,
    its longest line; and a line for each thing that is wrong: words that are hard, too fast,
    too long, missing or not explained, and claims without a source or a review in the last
    two years. The exit code is 1 if anything has to be put right.
    """
    project = find_project()
    for scene in scenes:
        find_scene(project, scene)
    from spineanim.content.claims import load_claims
    from spineanim.content.review import Finding

    claims = load_claims(project.claims_file)
    broken = 0
    cited: set[str] = set()
    for scene in scenes or find_scenes(project):
        for code in (language,) if language else project.languages:
            findings, used = _review(project, scene, code, claims)
            cited |= used
            broken += _print(findings)
    day = (today or datetime.now()).date()
    file = str(claims.path)
    broken += _print([Finding(file, fault) for fault in claims.faults(day)])
    unused = sorted(set(claims.claims) - cited)
    if unused and not scenes:
        what = f"no script cites {len(unused)} claims: {', '.join(unused)}"
        _print([Finding(file, what, broken=False)])
    click.echo(f"{broken} to put right" if broken else "all is well")
    return 1 if broken else 0


def _review(
    project: Project, scene: str, language: str, claims: Claims
) -> tuple[Sequence[Finding], set[str]]:
    """Print a script's measures; return what is wrong with it and the claims it cites."""
    from spineanim.content.glossary import load_glossary
    from spineanim.content.parameters import load_parameters
    from spineanim.content.review import Finding, cited_claims, review, strayed
    from spineanim.content.settings import script_in
    from spineanim.content.theme import load_theme
    from spineanim.content.words import spoken
    from spineanim.mobjects.overlay import caption_lines

    theme = load_theme(project.theme_file)
    raw = script_in(language, scene, project)
    words = spoken(load_parameters(project), project, language).words
    glossary = load_glossary(project.glossary_file, language)
    found = review(raw, words, glossary, claims, lambda text: caption_lines(text, theme))
    figures = found.figures or ("no captions",)
    click.echo(f"{scene} ({language}): {', '.join(figures)}")
    master = script_in(MASTER_LANGUAGE, scene, project)
    cited = cited_claims(raw)
    findings = [*found.findings, *strayed(master, raw)]
    if found.figures and not cited and language == MASTER_LANGUAGE:
        findings.append(Finding(str(raw.path), "no caption cites the claim it makes"))
    return findings, cited


def _print(findings: Sequence[Finding]) -> int:
    """Print findings; return how many have to be put right."""
    for each in findings:
        click.echo(f"  {'WRONG' if each.broken else 'note '} {each.where}: {each.what}")
    return sum(each.broken for each in findings)

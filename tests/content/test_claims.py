"""Claims have a source, a grade of evidence and a review that is not too old."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from spineanim.content.claims import Claims, load_claims
from spineanim.content.project import Project
from spineanim.errors import ContentError

TODAY = date(2027, 1, 1)
GOOD = """[claims.size]
says = "It is wide."
sources = [58]
evidence = "R"
reviewed = 2026-11-29

[claims.own]
says = "It lasts."
sources = [58]
evidence = "R"
practice = true
differs = "Makers say longer."
reviewed = 2026-11-29

[sources]
58 = "A maker. A page."
"""


def loaded(folder: Path, old: str = "", new: str = "") -> Claims:
    assert old in GOOD
    file = folder / "claims.toml"
    file.write_text(GOOD.replace(old, new, 1) if old else GOOD, encoding="utf-8")
    return load_claims(file)


def test_good_claims_have_no_fault(tmp_path: Path) -> None:
    claims = loaded(tmp_path)
    assert list(claims.faults(TODAY)) == []
    assert claims.claims["own"].practice
    assert claims.references == {58: "A maker. A page."}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("sources = [58]\n", "", "claim size names no source"),
        ("sources = [58]", "sources = []", "claim size names no source"),
        ("sources = [58]", "sources = [58, 7]", "claim size names source 7, which [sources] lacks"),
        ('evidence = "R"\n', "", "claim size does not say how sure it is"),
        ("reviewed = 2026-11-29\n", "", "claim size has no day of review"),
        ("reviewed = 2026-11-29", "reviewed = 2024-12-31", "claim size was last reviewed on 2024"),
        ("reviewed = 2026-11-29", "reviewed = 2027-01-02", "which is still to come"),
        ('differs = "Makers say longer."\n', "", "claim own is the practice's own and does not"),
    ],
)
def test_each_fault_is_named(tmp_path: Path, old: str, new: str, says: str) -> None:
    (fault,) = loaded(tmp_path, old, new).faults(TODAY)
    assert says in fault


def test_a_review_lasts_two_years_to_the_day(tmp_path: Path) -> None:
    claims = loaded(tmp_path)
    assert list(claims.faults(date(2028, 11, 29))) == []
    assert len(list(claims.faults(date(2028, 11, 30)))) == 2
    leap = loaded(tmp_path, "reviewed = 2026-11-29", "reviewed = 2024-02-29")
    assert not any("size" in each for each in leap.faults(date(2026, 3, 1)))
    assert any("size" in each for each in leap.faults(date(2026, 3, 2)))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('says = "It is wide."', "says = 3", ":2: says of claim size is 3; write the statement"),
        ('says = "It is wide."', 'says = " "', "claim size says nothing"),
        ("sources = [58]", 'sources = ["58"]', ":3: sources of claim size are ['58']"),
        ("sources = [58]", "sources = 58", ":3: sources of claim size is 58; write numbers"),
        ("reviewed = 2026-11-29", 'reviewed = "today"', ":5: reviewed of claim size is 'today'"),
        ("practice = true", "practise = true", "unknown key 'practise' in claim own"),
        ("58 = ", "x = ", "source x is no numbered reference"),
        ("[sources]", "[source]", "unknown table 'source'"),
    ],
)
def test_what_is_malformed_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    with pytest.raises(ContentError) as caught:
        loaded(tmp_path, old, new)
    assert "claims.toml:" in str(caught.value)
    assert says in str(caught.value)


def test_the_shipped_claims_are_sound_on_the_day_they_were_reviewed(shipped: Project) -> None:
    claims = load_claims(shipped.claims_file)
    newest = max(each.reviewed for each in claims.claims.values() if each.reviewed)
    assert list(claims.faults(newest)) == []
    cited = {number for each in claims.claims.values() for number in each.sources}
    assert set(claims.references) == cited, "a reference that no claim rests on"
    battery = claims.claims["battery_life"]
    assert battery.practice and "5 to 7 years" in battery.differs

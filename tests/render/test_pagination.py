"""Rows on pages: few pages, none split, about as many rows on each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spineanim.render.pagination import Room, paginated

ROOM = Room(first_pt=600.0, later_pt=700.0, end_pt=50.0, gap_pt=10.0)


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, [1]), (3, [3]), (5, [3, 2]), (6, [3, 3]), (7, [3, 4]), (9, [3, 3, 3])],
)
def test_rows_are_shared_out_evenly_and_rather_to_the_front(
    count: int, expected: list[int]
) -> None:
    pages = paginated([150.0] * count, ROOM)
    assert pages is not None
    assert [len(page) for page in pages] == expected


def test_what_follows_the_rows_has_room_on_the_last_page() -> None:
    assert paginated([595.0], Room(600.0, 700.0, 5.0, 10.0)) == [[0]]
    assert paginated([596.0, 10.0], Room(600.0, 700.0, 5.0, 10.0)) == [[0], [1]]


def test_a_row_higher_than_a_page_has_no_pages() -> None:
    assert paginated([100.0, 701.0], ROOM) is None


@given(st.lists(st.floats(10.0, 500.0), min_size=1, max_size=30))
def test_no_page_is_overfull_and_every_row_stands_once(heights: list[float]) -> None:
    pages = paginated(heights, ROOM)
    assert pages is not None
    assert [row for page in pages for row in page] == list(range(len(heights)))
    for number, page in enumerate(pages):
        used = sum(heights[row] for row in page) + ROOM.gap_pt * (len(page) - 1)
        used += ROOM.end_pt if number == len(pages) - 1 else 0.0
        assert page and used <= (ROOM.first_pt if number == 0 else ROOM.later_pt) + 1e-6

"""Pages read in pieces are the same as pages read at once, whatever the format."""

from __future__ import annotations

import holding
import pytest
import test_tables
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.batch.inputs import read_pages

CRAWLS = {
    **test_tables.TABLES,
    "a.warc": b"".join(holding.records()),
    "a.warc.gz": holding.warc_gz(),
    "a.zip": holding.zip_of(holding.members()),
    "a.tar": holding.tar_of(holding.members()),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("crawls")
    for name, data in CRAWLS.items():
        (path / name).write_bytes(data)
    (path / "loose").mkdir()
    for number, body in enumerate(holding.BODIES):
        (path / "loose" / f"{number}.html").write_text(body)
    return path


@pytest.mark.parametrize("name", [*CRAWLS, "loose"])
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_any_positions_give_their_pages(name, folder, data):
    for listed in holding.list_all(folder / name, folder / f"spool-{name}"):
        whole = listed.read()
        assert len(whole) == len(listed.places)
        chosen = data.draw(st.sets(st.integers(0, max(0, len(whole) - 1))))
        wanted = sorted(at for at in chosen if at < len(whole))
        positions = [listed.places[at].position for at in wanted]
        pieces = list(read_pages(listed.container, positions, holding.STEP))
        assert pieces == [whole[at] for at in wanted]


@pytest.mark.parametrize("name", CRAWLS)
def test_listing_again_gives_the_same(name, folder):
    first = holding.list_all(folder / name, folder / "again")
    assert holding.list_all(folder / name, folder / "again") == first
    assert not list((folder / "again").glob("*.tmp"))

"""The institutions that sources name, as the last report on each read them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from detector.casebook.bring_in import source_id
from detector.casebook.findings import AT_A_TIME
from detector.database.tables import namings
from detector.model import Source

Names = dict[Source, tuple[str, ...]]


def load_names(connection: Connection, sources: Iterable[Source]) -> Names:
    """Return the institutions that each source names, in the order of their names."""
    by_id = {source_id(source): source for source in sources}
    ids = sorted(by_id)
    names: Names = {}
    for start in range(0, len(ids), AT_A_TIME):
        wanted = namings.c.source_id.in_(ids[start : start + AT_A_TIME])
        query = select(namings.c.source_id, namings.c.name).where(wanted).distinct()
        for id, name in connection.execute(query.order_by(namings.c.name)):
            names[by_id[id]] = (*names.get(by_id[id], ()), name)
    return names

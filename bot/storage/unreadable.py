"""Rows that cannot be read: a column that holds what no version of Lumbar writes harms its own row and no other.

A repair by hand, a restored file or a program that is too new may leave such a thing. Rows are read together; only when
that fails are they read one by one, and each that cannot be is told in the log, counted, and put where it does not come
up again at once. What is in it is not told: it may be somebody's words.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import structlog
from sqlalchemy import ColumnElement, Connection, Select

from bot import metrics
from bot.storage.statements import Statement

log = structlog.get_logger()

T = TypeVar("T")

_NOT_WHAT_WE_WRITE = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError)


def read_rows(
    connection: Connection,
    together: Statement | Select[Any],
    bounds: Mapping[str, Any],
    read: Callable[[Mapping[str, Any]], T],
    *,
    keys: Sequence[ColumnElement[Any]],
    one: Select[Any],
    put_away: Callable[[Mapping[str, Any]], None],
) -> list[T]:
    """Return what `read` makes of the rows of `together`; one that cannot be read is put away and left out.

    `keys` are columns of the same rows, labelled as the parameters with which `one` finds a single row.
    """
    try:
        return [read(row) for row in _rows(connection, together, bounds)]
    except _NOT_WHAT_WE_WRITE:
        source: Any = together.source if isinstance(together, Statement) else together
        found = []
        for row in _rows(connection, source.with_only_columns(*keys), bounds):
            key = dict(row)
            try:
                found.append(read(dict(connection.execute(one, key).mappings().one())))
            except _NOT_WHAT_WE_WRITE:
                log.exception("row_unreadable", **key)
                metrics.count_unreadable_row()
                put_away(key)
        return found


def _rows(
    connection: Connection, statement: Statement | Select[Any], bounds: Mapping[str, Any]
) -> Sequence[Mapping[str, Any]]:
    if isinstance(statement, Statement):
        return statement.rows(connection, bounds)
    return [dict(row) for row in connection.execute(statement, bounds).mappings()]

"""Many rows in one INSERT: they travel as one JSON text, which the engine takes apart.

One statement for five hundred rows costs the bot a fraction of five hundred executions, on SQLite too wherever
something is to come back. What is the same in all of them, such as the text of a reminder, is written once.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    Dialect,
    Table,
    Text,
    UpdateBase,
    bindparam,
    cast,
    func,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import Insert, insert

from bot.storage.statements import Row, Statement, Values
from bot.storage.tables import UtcDateTime

_NOTHING_SHARED: Values = {}


class BulkInsert:
    """An INSERT of any number of rows into some columns of a table; `finish` adds its other clauses.

    `names` are the columns that each row brings, `shared` those that have one value in all of them.
    """

    def __init__(
        self,
        table: Table,
        names: Sequence[str],
        finish: Callable[[Insert], UpdateBase],
        *,
        shared: Sequence[str] = (),
    ) -> None:
        self._columns: list[Column[Any]] = [table.c[name] for name in names]
        constants = [bindparam(name, type_=table.c[name].type) for name in shared]
        on_sqlite, on_postgresql = (
            Statement(finish(insert(table).from_select([*names, *shared], select(*given, *constants).where(true()))))
            for given in (_given_to_sqlite(self._columns), _given_to_postgresql(self._columns))
        )
        self._on_sqlite, self._on_postgresql = on_sqlite, on_postgresql

    def execute(
        self, connection: Connection, rows: Sequence[Sequence[Any]], shared: Values = _NOTHING_SHARED
    ) -> Sequence[Row]:
        """Insert the rows, at least one, in their order; return what they return. Instants are aware."""
        columns = [
            _written(column, values, connection.dialect)
            for column, values in zip(self._columns, zip(*rows, strict=True), strict=True)
        ]
        statement = self._on_sqlite if connection.dialect.name == "sqlite" else self._on_postgresql
        return statement.rows(connection, {**shared, "rows": json.dumps(list(zip(*columns, strict=True)))})


def _written(column: Column[Any], values: Sequence[Any], dialect: Dialect) -> Sequence[Any]:
    """Bring a column's values into the form in which JSON carries them; what is the same, and most is, only once."""
    if dialect.name == "sqlite":
        convert = column.type.dialect_impl(dialect).bind_processor(dialect)
    else:
        convert = _text if isinstance(column.type, (Date, UtcDateTime)) else None
    if convert is None:
        return values
    written = {value: convert(value) for value in set(values)}
    return [written[value] for value in values]


def _text(value: date | None) -> str | None:
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError("a naive datetime cannot be stored: instants are aware UTC")
    return None if value is None else value.isoformat()


def _given_to_sqlite(columns: Sequence[Column[Any]]) -> list[Any]:
    row = func.json_each(bindparam("rows", type_=Text)).table_valued("value").c.value
    return [func.json_extract(row, f"$[{place}]", type_=column.type) for place, column in enumerate(columns)]


def _given_to_postgresql(columns: Sequence[Column[Any]]) -> list[Any]:
    row = func.json_array_elements(cast(bindparam("rows", type_=Text), JSON)).column_valued("row")
    return [cast(row.op("->>")(place), column.type) for place, column in enumerate(columns)]

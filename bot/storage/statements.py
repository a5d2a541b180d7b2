"""Statements compiled once: SQLAlchemy writes the SQL, the driver executes it.

Executing a statement that SQLAlchemy has compiled and cached still takes it 110 µs of a processor's time; the driver
takes 14 to run it on SQLite (`docs/benchmarks.md`). An update needs a dozen. So a statement that runs for every update,
letter or reminder is compiled at its first use on an engine, and from then on its text goes to the driver's own cursor,
with the values brought into the form of their columns' types on the way in and out.

The driver's errors arrive as they are, without SQLAlchemy's wrapping; `bot.storage.faults` reads both. What is put
together anew for each call (lists of values, exports) stays with SQLAlchemy.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Select, UpdateBase

Values = Mapping[str, Any]
Row = dict[str, Any]

_Convert = Callable[[Any], Any] | None
_NO_VALUES: Values = {}


class Statement:
    """One statement with named parameters; of an INSERT, `columns` are those that get a value.

    Raises TypeError at its first use if a parameter is a list of values, which no compiled text can hold.
    """

    def __init__(self, source: Select[Any] | UpdateBase, columns: Sequence[str] = ()) -> None:
        self.source = source
        self._columns = list(columns) or None
        self._compiled: dict[str, _Compiled] = {}

    def execute(self, connection: Connection, values: Values = _NO_VALUES) -> int:
        """Execute it once; return how many rows it concerned."""
        compiled, cursor = self._on(connection), connection.connection.cursor()
        try:
            cursor.execute(compiled.sql, compiled.bound(values))
            return int(cursor.rowcount)
        finally:
            cursor.close()

    def execute_many(self, connection: Connection, values: Sequence[Values]) -> None:
        """Execute it once for each of `values`, in their order."""
        compiled, cursor = self._on(connection), connection.connection.cursor()
        try:
            bound: Any = [compiled.bound(one) for one in values]
            cursor.executemany(compiled.sql, bound)
        finally:
            cursor.close()

    def rows(self, connection: Connection, values: Values = _NO_VALUES) -> list[Row]:
        """Execute it and return its rows, each by the names of its columns."""
        compiled, cursor = self._on(connection), connection.connection.cursor()
        try:
            cursor.execute(compiled.sql, compiled.bound(values))
            return [compiled.read(row) for row in cursor.fetchall()] if compiled.columns else []
        finally:
            cursor.close()

    def rows_of_many(self, connection: Connection, values: Sequence[Values]) -> list[Row]:
        """Execute it once for each of `values`, in their order, and return all their rows."""
        if self._on(connection).columns:
            return [row for one in values for row in self.rows(connection, one)]
        self.execute_many(connection, values)
        return []

    def first(self, connection: Connection, values: Values = _NO_VALUES) -> Row | None:
        """Execute it and return its first row, None where there is none."""
        rows = self.rows(connection, values)
        return rows[0] if rows else None

    def scalar(self, connection: Connection, values: Values = _NO_VALUES) -> Any:
        """Execute it and return the first column of its first row, None where there is none."""
        row = self.first(connection, values)
        return None if row is None else next(iter(row.values()))

    def _on(self, connection: Connection) -> "_Compiled":
        dialect = connection.dialect
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _compiled(self.source, self._columns, dialect)
        return compiled


_Parameter = tuple[str | None, _Convert, Any]
"""Under which name a value is given and what it goes through; without a name, what it always is."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The text for one engine, and what its values go through; `names` is None where the driver takes them in order."""

    sql: str
    parameters: tuple[_Parameter, ...]
    names: tuple[str, ...] | None
    columns: tuple[tuple[str, _Convert], ...]

    def bound(self, values: Values) -> Row | tuple[Any, ...]:
        bound = [
            constant if name is None else values[name] if convert is None else convert(values[name])
            for name, convert, constant in self.parameters
        ]
        return tuple(bound) if self.names is None else dict(zip(self.names, bound, strict=True))

    def read(self, row: Sequence[Any]) -> Row:
        return {
            name: value if convert is None else convert(value)
            for (name, convert), value in zip(self.columns, row, strict=True)
        }


def _compiled(source: Select[Any] | UpdateBase, names: list[str] | None, dialect: Dialect) -> _Compiled:
    compiled: Any = source.compile(dialect=dialect, column_keys=names)
    if compiled.post_compile_params:
        raise TypeError("a list of values is no parameter of a compiled statement: leave it to SQLAlchemy")
    parameters = {name: _parameter(found, name, dialect) for found, name in compiled.bind_names.items()}
    in_order = compiled.positiontup
    columns = [
        (str(column.key), column.type.dialect_impl(dialect).result_processor(dialect, None))
        for column in source.exported_columns
    ]
    return _Compiled(
        str(compiled),
        tuple(parameters[name] for name in in_order or parameters),
        None if in_order else tuple(parameters),
        tuple(columns),
    )


def _parameter(found: Any, name: str, dialect: Dialect) -> _Parameter:
    convert = found.type.dialect_impl(dialect).bind_processor(dialect)
    if found.required:
        return name, convert, None
    value = found.effective_value
    return None, None, value if convert is None else convert(value)

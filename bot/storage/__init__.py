"""Storage: the one place that knows SQL, for SQLite and for PostgreSQL.

`tables` names the columns, `unit_of_work` opens transactions, and the modules beside it hold the statements by noun.
Statements are built once, when the module is imported. PostgreSQL's `insert` is used for both engines: its
`ON CONFLICT` clauses compile to the same SQL on SQLite.
"""

"""Statements compiled once, where they could go wrong without a word."""

import pytest
from sqlalchemy import bindparam, select

from bot.storage import tables
from bot.storage.statements import Statement
from bot.storage.unit_of_work import Database


def test_a_list_of_values_is_refused_in_words(database: Database) -> None:
    """No compiled text can hold a list of any length: the mistake has its name, and is told as no fault of a disk."""
    chats = tables.chat.c
    statement = Statement(select(chats.chat_id).where(chats.chat_id.in_(bindparam("chats", expanding=True))))
    with database.engine.connect() as connection, pytest.raises(TypeError, match="a list of values"):
        statement.rows(connection, {"chats": [1, 2]})

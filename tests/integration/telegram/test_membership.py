"""What somebody is in the staff chat, over real HTTP: by Telegram's word, which is asked for once a minute."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.domain.staff import Role
from bot.telegram.gateway import Gateway
from bot.telegram.membership import REMEMBERED_SECONDS, Membership
from tests.integration.telegram.scripted_api import TOKEN, ScriptedApi, scripted_api

ADA = {"id": 5, "is_bot": False, "first_name": "Ada"}
FEW_RIGHTS = dict.fromkeys(
    (
        *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
        *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users"),
        *("can_post_stories", "can_edit_stories", "can_delete_stories"),
    ),
    False,
)
SENDING = dict.fromkeys(
    (
        *("can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos"),
        *("can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages"),
        *("can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics"),
        *("can_edit_tag", "can_react_to_messages"),
    ),
    True,
)
RESTRICTED = {"until_date": 0, **SENDING}


@asynccontextmanager
async def asked_of(seconds: list[float]) -> AsyncIterator[tuple[ScriptedApi, Membership]]:
    """Open a gateway to an API whose answers the test writes; the last of `seconds` is the time."""
    async with scripted_api() as api, Gateway(TOKEN, api_url=api.url) as gateway:
        yield api, Membership(gateway.bot, -7, seconds=lambda: seconds[-1])


@pytest.mark.parametrize(
    ("member", "role"),
    [
        ({"status": "creator", "is_anonymous": False}, Role.ADMIN),
        ({"status": "administrator", **FEW_RIGHTS}, Role.ADMIN),
        ({"status": "member"}, Role.MEMBER),
        ({"status": "restricted", "is_member": True, **RESTRICTED}, Role.MEMBER),
        ({"status": "restricted", "is_member": False, **RESTRICTED}, Role.NOBODY),
        ({"status": "left"}, Role.NOBODY),
        ({"status": "kicked", "until_date": 0}, Role.NOBODY),
    ],
    ids=lambda value: str(value.get("status")) if isinstance(value, dict) else "",
)
async def test_a_role_follows_the_membership(member: dict[str, Any], role: Role) -> None:
    """Who made the chat and who administers it may do everything, other members may look, anybody else nothing."""
    async with asked_of([0.0]) as (api, membership):
        api.answer = {"ok": True, "result": {"user": ADA, **member}}
        assert await membership.role_of(5) is role


@pytest.mark.parametrize(
    ("status", "description", "role"),
    [
        (400, "Bad Request: user not found", Role.NOBODY),
        (400, "Bad Request: member list is inaccessible", Role.NOBODY),
        (403, "Forbidden: bot was kicked from the group chat", Role.NOBODY),
        (429, "Too Many Requests: retry after 5", None),
        (500, "Internal Server Error", None),
        (502, "Bad Gateway", None),
    ],
)
async def test_a_refusal_is_no_membership_and_trouble_no_answer(
    status: int, description: str, role: Role | None
) -> None:
    """Telegram that does not know somebody, and Telegram that cannot say for now, are two things."""
    async with asked_of([0.0]) as (api, membership):
        api.refuse(status, description, **({"retry_after": 5} if status == 429 else {}))
        assert await membership.role_of(5) is role


@pytest.mark.parametrize("result", [True, [], {"status": "emperor"}, {"user": ADA}])
async def test_an_answer_of_another_form_is_none(result: object) -> None:
    """What is not the Bot API's opens nothing."""
    async with asked_of([0.0]) as (api, membership):
        api.answer = {"ok": True, "result": result}
        assert await membership.role_of(5) in {None, Role.NOBODY}


async def test_it_is_asked_once_a_minute() -> None:
    """Whoever leaves is refused within that minute; a failure is not remembered."""
    seconds = [0.0]
    async with asked_of(seconds) as (api, membership):
        api.refuse(500, "Internal Server Error")
        assert await membership.role_of(5) is None
        api.status, api.answer = 200, {"ok": True, "result": {"user": ADA, "status": "member"}}
        for _ in range(2):
            assert await membership.role_of(5) is Role.MEMBER
        api.answer = {"ok": True, "result": {"user": ADA, "status": "left"}}
        seconds.append(REMEMBERED_SECONDS - 1)
        assert await membership.role_of(5) is Role.MEMBER
        seconds.append(REMEMBERED_SECONDS)
        assert await membership.role_of(5) is Role.NOBODY
        assert len(api.received) == 3

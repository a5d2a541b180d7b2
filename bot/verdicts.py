"""What the doctor says, and its verdicts over the clinic's side: the staff chat and the Mini App.

Pure, as all verdicts of the doctor: what Telegram answered goes in, one line comes out, which ends with what to do
where something is not well. `bot.doctor` does the asking.
"""

from dataclasses import dataclass

from bot.telegram.checkup import Answer, Page

_GROUPS = {"group", "supergroup"}
_STAFF, _APP, _MENU = "staff chat", "Mini App", "menu"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of the doctor: about what, whether it is well, and the words; a fault's end with what to do."""

    subject: str
    is_well: bool
    words: str

    def __str__(self) -> str:
        """Return the line."""
        return f"{'ok' if self.is_well else 'FAULT':<6} {self.subject:<10} {self.words}"


def judge_staff_number(staff_chat_id: int) -> Verdict | None:
    """Judge the number of the staff chat before Telegram is asked; None where it may be one."""
    if staff_chat_id < 0:
        return None
    return Verdict(
        _STAFF,
        False,
        f"{staff_chat_id} is the number of a person, for that of a group is below 0: give STAFF_CHAT_ID as "
        "-1001234567890, with its minus.",
    )


def judge_staff_chat(chat: Answer, bot: Answer) -> Verdict:
    """Judge the answers to getChat and, about the bot itself, getChatMember."""
    if chat.moved_to is not None:
        return Verdict(_STAFF, False, f"the group is another by now: set STAFF_CHAT_ID={chat.moved_to} and restart.")
    if chat.refusal or bot.refusal:
        return Verdict(
            _STAFF,
            False,
            f"Telegram says: {chat.refusal or bot.refusal}. Add the bot to the group, or correct STAFF_CHAT_ID.",
        )
    if chat.fault or bot.fault:
        return Verdict(_STAFF, False, f"{chat.fault or bot.fault}: try again.")
    if chat.result.get("type") not in _GROUPS:
        return Verdict(_STAFF, False, f"it is no group but a {chat.result.get('type')}: give a group's number.")
    status = bot.result.get("status")
    if status == "administrator":
        return Verdict(_STAFF, True, "a group, and the bot is an administrator of it")
    if status not in {"member", "restricted"}:
        return Verdict(_STAFF, False, f"the bot is not in it ({status}): add it to the group.")
    if chat.result.get("type") == "group":
        return Verdict(_STAFF, True, "a small group, and the bot is a member of it")
    return Verdict(
        _STAFF,
        False,
        "the bot is only a member, and Telegram may not tell it who the others are: make it an administrator of the "
        "group, with no rights at all.",
    )


def judge_mini_app(page: Page, url: str) -> Verdict:
    """Judge what came from the Mini App's own address."""
    if not page.fault and page.is_html:
        return Verdict(_APP, True, f"{url} answers")
    return Verdict(
        _APP,
        False,
        f"{url}: {page.fault or 'what answers is no page'}. See that `lumbar run` or `lumbar web` runs, and that the "
        "proxy passes whole paths below /app on to PORT.",
    )


def judge_menu(button: Answer, url: str) -> Verdict:
    """Judge the answer to getChatMenuButton; `url` is the Mini App's."""
    if button.fault or button.refusal:
        return Verdict(_MENU, False, f"getChatMenuButton: {button.refusal or button.fault}: try again.")
    opens = button.result.get("web_app", {}).get("url")
    if opens == url:
        return Verdict(_MENU, True, "opens the Mini App")
    what = f"opens {opens}" if opens else "does not open the Mini App"
    return Verdict(_MENU, False, f"the menu button {what}: start `lumbar run` or `lumbar web`, which sets it.")

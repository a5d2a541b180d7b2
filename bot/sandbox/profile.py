"""The Bot API methods about the bot itself: commands, descriptions and the menu button.

Commands are kept per scope and language. A person sees the most specific list, in Telegram's order: their chat
before all private chats before the default, each in their language before the one for every language.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.journal import Journal

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_MOST_COMMANDS = 100
_COMMAND_DESCRIPTION_CHARACTERS = 256
_DESCRIPTION_CHARACTERS = 512
_SHORT_DESCRIPTION_CHARACTERS = 120

Commands = list[dict[str, Any]]


@dataclass(slots=True)
class Profile:
    """What the bot has told Telegram about itself."""

    journal: Journal
    commands: dict[tuple[str, str], Commands] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int, dict[str, Any]] = field(default_factory=dict)

    def commands_for(self, chat_id: int, language_code: str | None, *, private: bool) -> Commands:
        """Return the commands a person sees in a chat."""
        scopes = [f"chat:{chat_id}", "all_private_chats" if private else "all_group_chats", "default"]
        for scope in scopes:
            for language in ((language_code or "")[:2], ""):
                if (scope, language) in self.commands:
                    return self.commands[scope, language]
        return []

    def described(self, language_code: str | None) -> str:
        """Return the description shown in an empty chat."""
        return self.descriptions.get((language_code or "")[:2]) or self.descriptions.get("", "")

    def menu_button_for(self, chat_id: int) -> dict[str, Any]:
        """Return what the button beside the typing line does in a chat: its own, or the one for all."""
        return self.menu_buttons.get(chat_id) or self.menu_buttons.get(0) or {"type": "commands"}

    def methods(self) -> dict[str, Callable[[dict[str, Any]], object]]:
        """Return the methods by Telegram's name; each takes typed arguments."""
        return {
            "setMyCommands": self._set_commands,
            "getMyCommands": lambda arguments: self.commands.get(_scope_and_language(arguments), []),
            "deleteMyCommands": self._delete_commands,
            "setMyDescription": self._set_description,
            "getMyDescription": lambda a: {"description": _get_text(self.descriptions, a)},
            "setMyShortDescription": lambda a: _set_text(
                self.short_descriptions, a, "short_description", _SHORT_DESCRIPTION_CHARACTERS
            ),
            "getMyShortDescription": lambda a: {"short_description": _get_text(self.short_descriptions, a)},
            "setChatMenuButton": self._set_menu_button,
            "getChatMenuButton": lambda a: self.menu_button_for(a.get("chat_id", 0)),
        }

    def _set_commands(self, arguments: dict[str, Any]) -> bool:
        commands = arguments["commands"]
        if len(commands) > _MOST_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not _COMMAND.fullmatch(command["command"]):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"].strip()) <= _COMMAND_DESCRIPTION_CHARACTERS:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[_scope_and_language(arguments)] = commands
        self.journal.add("profile")
        return True

    def _delete_commands(self, arguments: dict[str, Any]) -> bool:
        self.commands.pop(_scope_and_language(arguments), None)
        self.journal.add("profile")
        return True

    def _set_description(self, arguments: dict[str, Any]) -> bool:
        _set_text(self.descriptions, arguments, "description", _DESCRIPTION_CHARACTERS)
        self.journal.add("profile")
        return True

    def _set_menu_button(self, arguments: dict[str, Any]) -> bool:
        button = arguments.get("menu_button", {"type": "default"})
        self.menu_buttons[arguments.get("chat_id", 0)] = {"type": "commands"} if button["type"] == "default" else button
        self.journal.add("profile")
        return True


def _language(arguments: dict[str, Any]) -> str:
    language: str = arguments.get("language_code", "")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def _scope_and_language(arguments: dict[str, Any]) -> tuple[str, str]:
    scope = arguments.get("scope", {"type": "default"})
    parts = [scope["type"], *(str(scope[key]) for key in ("chat_id", "user_id") if key in scope)]
    return ":".join(parts), _language(arguments)


def _set_text(texts: dict[str, str], arguments: dict[str, Any], name: str, limit: int) -> bool:
    text: str = arguments.get(name, "")
    if len(text) > limit:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    texts[_language(arguments)] = text
    return True


def _get_text(texts: dict[str, str], arguments: dict[str, Any]) -> str:
    return texts.get(_language(arguments), "") or texts.get("", "")

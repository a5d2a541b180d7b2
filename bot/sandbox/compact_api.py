"""Make `bot-api.json` from a full machine-readable description of the Bot API.

Run it when Telegram publishes a new version:

    python -m bot.sandbox.compact_api path/to/full-description.json > bot/sandbox/bot-api.json

The input has `version`, `methods` and `types`; each method and type has `fields` with `name`, `types`, `required`
and `description`, or `subtypes`. The output keeps what decides whether a call is right, one method or type per
line so that a new version reads well as a diff:

    "sendMessage": {"chat_id": "Integer|String", "text": "String", "parse_mode": "?String", ...}

A leading `?` marks an optional field, `=photo` a field that must hold exactly that word, and a list a type that
is one of several others. Descriptions stay behind. Nothing here runs while the sandbox is used.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

_FIXED_WORD = re.compile(r"(?:must be|always) [“\"]?(\w+)[”\"]?\.?$")
_DISCRIMINATORS = {"type", "source", "status"}


def compact(full: dict[str, Any]) -> str:
    """Return the compact description as JSON text, one method or type per line."""
    sections = [f'"version": {json.dumps(full["version"])}']
    for section in ("methods", "types"):
        lines = [f"  {json.dumps(name)}: {json.dumps(_entry(entry))}" for name, entry in sorted(full[section].items())]
        sections.append(f'"{section}": {{\n' + ",\n".join(lines) + "\n}")
    return "{\n" + ",\n".join(sections) + "\n}\n"


def _entry(entry: dict[str, Any]) -> dict[str, str] | list[str]:
    if "subtypes" in entry:
        return list(entry["subtypes"])
    return {field["name"]: _field(field, of_subtype="subtype_of" in entry) for field in entry.get("fields", [])}


def _field(field: dict[str, Any], *, of_subtype: bool) -> str:
    if of_subtype and field["name"] in _DISCRIMINATORS:
        fixed = _FIXED_WORD.search(field["description"])
        if fixed:
            return "=" + fixed.group(1)
    return ("" if field["required"] else "?") + "|".join(field["types"])


if __name__ == "__main__":
    sys.stdout.write(compact(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))

"""The ways a Bot API call can fail, in Telegram's own words.

`ApiError` becomes `{"ok": false, "error_code": ..., "description": ...}`; `PersonError` answers the person's side.
"""

from typing import Any


class ApiError(Exception):
    """A refusal in Telegram's form; `code` is also the HTTP status, `parameters` say what to do instead."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        """Return the body Telegram would answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class PersonError(Exception):
    """What a person tried cannot be done; `status` is the HTTP status of the answer."""

    def __init__(self, message: str, *, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


def bad_request(description: str) -> ApiError:
    """Return a 400 with Telegram's prefix."""
    return ApiError(400, f"Bad Request: {description}")

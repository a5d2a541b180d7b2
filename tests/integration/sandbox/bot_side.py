"""The bot's side of the sandbox by bare HTTP, as any Bot API client would call it."""

from typing import Any

import aiohttp

TOKEN = "4242:sandbox-test-token"


class BotSide:
    """Calls the Bot API by HTTP as any client would, without a library's help."""

    def __init__(self, address: str, session: aiohttp.ClientSession) -> None:
        self.address = address
        self.session = session

    async def call(self, method: str, token: str = TOKEN, **arguments: Any) -> dict[str, Any]:
        """Return the whole answer of a call sent as JSON."""
        async with self.session.post(f"{self.address}/bot{token}/{method}", json=arguments) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status == (200 if answer["ok"] else answer["error_code"])
            return answer

    async def result(self, method: str, **arguments: Any) -> Any:
        """Return the result of a call that must succeed."""
        answer = await self.call(method, **arguments)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **arguments: Any) -> tuple[int, str]:
        """Return code and description of a call that must fail."""
        answer = await self.call(method, **arguments)
        assert not answer["ok"], answer
        return answer["error_code"], answer["description"]

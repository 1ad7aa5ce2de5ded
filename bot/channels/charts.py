"""Charts of the website: each under an address of our own that holds, signed, all that is drawn."""

from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer
from sanic import Sanic
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse, text

from bot.charts import Bar, draw

PATH = "/webhooks/web/charts/"
LIFE = 24 * 3600  # seconds; as long as the conversation can be read again
_HEADERS = {
    "Cache-Control": "private, max-age=3600",
    "Content-Security-Policy": "default-src 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Charts:
    """Gives a chart its address, and draws what an address says."""

    def __init__(self, secret: str, base: str) -> None:
        self._signer = URLSafeTimedSerializer(secret, salt="chart")
        self._base = base.rstrip("/")

    def image(self, chart: dict[str, Any]) -> dict[str, str]:
        """``{"alt", "url"}`` of a chart as :class:`bot.replies.BilingualReplies` gives it."""
        return {"alt": chart["alt"], "url": f"{self._base}{PATH}{self._signer.dumps(chart)}"}

    def serve(self, app: Sanic) -> None:
        """Mount the address; 404 for one that is not ours or too old."""

        @app.get(f"{PATH}<token:str>")
        async def chart(_: Request, token: str) -> HTTPResponse:
            try:
                drawn = self._signer.loads(token, max_age=LIFE)
            except BadSignature as unknown:
                raise NotFound("no such chart") from unknown
            bars = [Bar(**bar) for bar in drawn["bars"]]
            return text(draw(drawn["alt"], drawn["language"], bars), content_type="image/svg+xml", headers=_HEADERS)

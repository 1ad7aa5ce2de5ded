"""What every page's route answers with."""

from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import HTMLResponse, Response

from billing.api.dependencies import caller_language
from billing.portal.pages import HEADERS, page

Text = Annotated[str, Form()]


def html(content: str, status: int = 200) -> Response:
    """A page with the headers that keep its link from leaking."""
    return HTMLResponse(content, status, headers=HEADERS)


def over(request: Request) -> Response:
    """The page of a link that opens nothing any more, in the browser's language first."""
    return html(page("link_over", caller_language(request.headers.get("accept-language", ""))), 410)

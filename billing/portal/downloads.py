"""A document behind a one-time link."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from billing.api.dependencies import Parts
from billing.portal.answers import html, over
from billing.portal.documents import document_of
from billing.portal.pages import HEADERS, page
from billing.portal.titles import document_title
from billing.services.links import language_of_link, open_link, use_up
from billing.storage.tables import OneTimeLink

router = APIRouter()

_PREFETCH = ("purpose", "sec-purpose", "x-moz", "x-purpose")


@router.api_route("/d/{token}", methods=["GET", "HEAD"])
def document(token: str, request: Request, system: Parts) -> Response:
    """The document itself, used up by looking at it; or the page with its button, which looking leaves alone."""
    with system.database.write() as session:
        link = open_link(session, system.clock.now(), "document", token)
        if link is None:
            return over(request)
        if link.subject["delivery"] == "page":
            title = document_title(link.subject["invoices"], language_of_link(link))
            return html(page("document", language_of_link(link), title=title, token=token))
        if request.method == "HEAD" or _is_prefetch(request):
            return Response(status_code=204, headers=HEADERS)
        return _hand_over(session, link, request)


@router.post("/d/{token}")
def download(token: str, request: Request, system: Parts) -> Response:
    """The button of the document page."""
    with system.database.write() as session:
        link = open_link(session, system.clock.now(), "document", token)
        return over(request) if link is None else _hand_over(session, link, request)


def _hand_over(session: Session, link: OneTimeLink, request: Request) -> Response:
    if not use_up(session, link):
        return over(request)
    content, media_type, name = document_of(session, link, language_of_link(link))
    shown = "inline" if media_type == "application/pdf" and link.subject["delivery"] == "direct" else "attachment"
    headers = HEADERS | {"Content-Disposition": f'{shown}; filename="{name}"'}
    # A PDF viewer needs its own styles; nothing else of the page policy applies to a document.
    del headers["Content-Security-Policy"]
    return Response(content, media_type=media_type, headers=headers)


def _is_prefetch(request: Request) -> bool:
    return any("prefetch" in request.headers.get(name, "").lower() for name in _PREFETCH)

"""The page that confirms a new e-mail address; only its button changes anything."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from billing.api.dependencies import Parts
from billing.portal.answers import html, over
from billing.portal.pages import page
from billing.services.email_changes import KIND, confirm_change
from billing.services.links import language_of_link, open_link
from company import Language

router = APIRouter()


@router.api_route("/portal/email/{token}", methods=["GET", "HEAD"])
def email_page(token: str, request: Request, system: Parts, language: Language | None = None) -> Response:
    """The new address and the button; looking changes nothing."""
    with system.database.read() as session:
        link = open_link(session, system.clock.now(), KIND, token)
        if link is None:
            return over(request)
        spoken = language or language_of_link(link)
        return html(page("email", spoken, email=link.subject["email"], error=None, token=token))


@router.post("/portal/email/{token}")
def confirm_email(token: str, request: Request, system: Parts, language: Language | None = None) -> Response:
    """Letters go to the new address from now on; the old one is told."""
    with system.database.write() as session:
        link = open_link(session, system.clock.now(), KIND, token)
        if link is None:
            return over(request)
        spoken, email = language or language_of_link(link), link.subject["email"]
        if not confirm_change(session, system.clock.now(), link):
            return html(page("email", spoken, email=email, error="address_taken", token=token), 422)
        return html(page("email_done", spoken, email=email))

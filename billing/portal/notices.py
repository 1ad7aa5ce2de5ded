"""The page where customers choose their notices, and let go of them; only its button changes anything."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from billing.api.dependencies import Parts
from billing.portal.answers import html, over
from billing.portal.pages import page
from billing.rules.addresses import masked, masked_phone
from billing.services.links import language_of_link, open_link
from billing.services.preferences import CHANNELS, LINK, choose
from billing.storage.tables import Customer, OneTimeLink
from billing.storage.tables.customers import NOTICE_KINDS
from company import Language

router = APIRouter()

Kinds = Annotated[list[str], Form()]


@router.api_route("/portal/notices/{token}", methods=["GET", "HEAD"])
def notices_page(token: str, request: Request, system: Parts, language: Language | None = None) -> Response:
    """What is chosen; looking changes nothing."""
    with system.database.read() as session:
        link = open_link(session, system.clock.now(), LINK, token)
        return over(request) if link is None else _form(session, link, language, changed=False)


@router.post("/portal/notices/{token}")
def choose_notices(
    token: str, request: Request, system: Parts, email: Kinds = [], sms: Kinds = [], language: Language | None = None  # noqa: B006  FastAPI copies it
) -> Response:  # fmt: skip
    """What is ticked is wanted from now on, and nothing else; the link goes on serving."""
    with system.database.write() as session:
        link = open_link(session, system.clock.now(), LINK, token)
        if link is None:
            return over(request)
        customer = session.get_one(Customer, link.customer_id, with_for_update=True)
        choose(customer, "email", email)
        choose(customer, "sms", sms)
        return _form(session, link, language, changed=True)


def _form(session: Session, link: OneTimeLink, language: Language | None, *, changed: bool) -> Response:
    customer = session.get_one(Customer, link.customer_id)
    wanted = {"email": customer.notify_email, "sms": customer.notify_sms}
    content = page(
        "notices",
        language or language_of_link(link),
        kinds=NOTICE_KINDS,
        channels=CHANNELS,
        wanted=wanted,
        where={"email": masked(customer.email), "sms": masked_phone(customer.phone)},
        changed=changed,
        error=None,
    )
    return html(content)

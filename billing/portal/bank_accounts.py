"""The page where bank accounts are added and removed; their numbers never pass through a conversation."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from billing.api.dependencies import Parts, System
from billing.portal.answers import Text, html, over
from billing.portal.pages import page
from billing.problems import Problem
from billing.rules.routing import is_account_number, is_routing_number
from billing.services.bank_accounts import add_bank_account, bank_accounts_of, remove_bank_account
from billing.services.links import language_of_link, open_link, use_up
from billing.storage.tables import Customer, OneTimeLink
from company import Language

router = APIRouter()

LABEL_AT_MOST = 60


@router.api_route("/portal/bank-account/{token}", methods=["GET", "HEAD"])
def bank_account_page(token: str, request: Request, system: Parts, language: Language | None = None) -> Response:
    """The bank accounts there are and the form for another; looking changes nothing."""
    with system.database.read() as session:
        link = open_link(session, system.clock.now(), "bank_account", token)
        return over(request) if link is None else _form(session, link, token, language)


@router.post("/portal/bank-account/{token}")
def change_bank_accounts(
    token: str, request: Request, system: Parts, label: Text = "", routing: Text = "", account: Text = "",
    account_again: Text = "", remove: Text = "", language: Language | None = None,
) -> Response:  # fmt: skip
    """Remove one, after which the link still serves; or keep a new one, which uses the link up."""
    typed = {"label": label.strip(), "routing": routing.replace(" ", "")}
    number, again = (one.replace(" ", "").replace("-", "") for one in (account, account_again))
    with system.database.write() as session:
        link = open_link(session, system.clock.now(), "bank_account", token)
        if link is None:
            return over(request)
        if remove:
            return _remove(session, system, link, token, language, remove)
        error = _error(typed["label"], typed["routing"], number, again)
        if error is not None:
            return _form(session, link, token, language, error=error, values=typed)
        if not use_up(session, link):
            return over(request)
        customer = session.get_one(Customer, link.customer_id)
        account = link.subject["account"]
        add_bank_account(session, system.clock.now(), system.key, customer, account, number=number, **typed)
    spoken = language or language_of_link(link)
    return html(page("bank_account_done", spoken, assistant_url=system.settings.assistant_url))


def _remove(
    session: Session, system: System, link: OneTimeLink, token: str, language: Language | None, bank_id: str
) -> Response:
    customer = session.get_one(Customer, link.customer_id)
    if not link.subject["may_remove"]:
        return _form(session, link, token, language, error="remove_not_verified")
    try:
        remove_bank_account(session, system.clock.now(), customer, bank_id)
    except Problem as refused:
        error = "remove_in_use" if refused.code == "bank-account-in-use" else "remove_gone"
        return _form(session, link, token, language, error=error)
    return _form(session, link, token, language, removed=True)


def _form(
    session: Session, link: OneTimeLink, token: str, language: Language | None, *, error: str | None = None,
    values: dict[str, str] | None = None, removed: bool = False,
) -> Response:  # fmt: skip
    customer = session.get_one(Customer, link.customer_id)
    content = page(
        "bank_account",
        language or language_of_link(link),
        error=error,
        token=token,
        values=values or {},
        banks=bank_accounts_of(session, customer, link.subject["account"]),
        may_remove=link.subject["may_remove"],
        removed=removed,
    )
    return html(content, 422 if error else 200)


def _error(label: str, routing: str, number: str, again: str) -> str | None:
    """The name of what is wrong, as ``texts.yml`` has it."""
    if not label or len(label) > LABEL_AT_MOST:
        return "label"
    if not is_routing_number(routing):
        return "routing"
    if not is_account_number(number):
        return "account"
    return "account_mismatch" if number != again else None

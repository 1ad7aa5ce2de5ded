"""The portal's pages behind one-time links: a new password, a bank account, a document."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy.orm import Session

from billing.api.dependencies import Parts, System, caller_language
from billing.portal.documents import document_of
from billing.portal.pages import HEADERS, page
from billing.portal.titles import document_title
from billing.rules.routing import is_account_number, is_routing_number
from billing.services.identity import end_sessions
from billing.services.links import open_link, use_up
from billing.services.outbox import write_mail
from billing.services.passwords import fault_of, folded, hashed, matches
from billing.storage.tables import BankAccount, Customer, OneTimeLink
from billing.tokens import keyed_digest, new_token
from company import Language

router = APIRouter(include_in_schema=False)

LABEL_AT_MOST = 60
_PREFETCH = ("purpose", "sec-purpose", "x-moz", "x-purpose")

Text = Annotated[str, Form()]


@router.api_route("/d/{token}", methods=["GET", "HEAD"])
def document(token: str, request: Request, system: Parts) -> Response:
    """The document itself, used up by looking at it; or the page with its button, which looking leaves alone."""
    with system.database.write() as session:
        link = open_link(session, system.clock.now(), "document", token)
        if link is None:
            return _over(request)
        if link.subject["delivery"] == "page":
            title = document_title(link.subject["invoices"], _language(link))
            return _html(page("document", _language(link), title=title, token=token))
        if request.method == "HEAD" or _is_prefetch(request):
            return Response(status_code=204, headers=HEADERS)
        return _hand_over(session, link, request)


@router.post("/d/{token}")
def download(token: str, request: Request, system: Parts) -> Response:
    """The button of the document page."""
    with system.database.write() as session:
        link = open_link(session, system.clock.now(), "document", token)
        return _over(request) if link is None else _hand_over(session, link, request)


@router.api_route("/portal/reset/{token}", methods=["GET", "HEAD"])
def reset_page(token: str, request: Request, system: Parts, language: Language | None = None) -> Response:
    """The security question and the new password; looking changes nothing."""
    with system.database.read() as session:
        link = open_link(session, system.clock.now(), "reset", token)
        if link is None:
            return _over(request)
        customer = session.get_one(Customer, link.customer_id)
        return _reset_form(customer, token, language or _language(link), None)


@router.post("/portal/reset/{token}")
def reset(
    token: str, request: Request, system: Parts, answer: Text = "", password: Text = "", password_again: Text = "",
    language: Language | None = None,
) -> Response:  # fmt: skip
    """Change the password: the login is unlocked, sessions end, a notice goes out, nobody is signed in."""
    with system.database.write() as session:
        now = system.clock.now()
        link = open_link(session, now, "reset", token)
        if link is None:
            return _over(request)
        customer, spoken = session.get_one(Customer, link.customer_id), language or _language(link)
        if not matches(customer.security_answer_hash, folded(answer)):
            link.tries += 1
            return _reset_form(customer, token, spoken, "wrong_answer")
        fault = fault_of(password, again=password_again, name=customer.name, old_hash=customer.password_hash)
        if fault is not None:
            return _reset_form(customer, token, spoken, fault)
        if not use_up(session, link):
            return _over(request)
        customer.password_hash = hashed(password)
        customer.locked, customer.sign_in_failures = False, 0
        end_sessions(session, customer.id)
        write_mail(session, now, customer, "password_changed", name=customer.name)
        return _html(page("reset_done", spoken))


@router.api_route("/portal/bank-account/{token}", methods=["GET", "HEAD"])
def bank_account_page(token: str, request: Request, system: Parts, language: Language | None = None) -> Response:
    """The form for a bank account; looking changes nothing."""
    with system.database.read() as session:
        link = open_link(session, system.clock.now(), "bank_account", token)
        if link is None:
            return _over(request)
        return _bank_form(token, language or _language(link), None, {})


@router.post("/portal/bank-account/{token}")
def add_bank_account(
    token: str, request: Request, system: Parts, label: Text = "", routing: Text = "", account: Text = "",
    account_again: Text = "", language: Language | None = None,
) -> Response:  # fmt: skip
    """Keep a bank account: its last four digits, and a keyed digest instead of its number."""
    typed = {"label": label.strip(), "routing": routing.replace(" ", "")}
    number, again = (one.replace(" ", "").replace("-", "") for one in (account, account_again))
    with system.database.write() as session:
        link = open_link(session, system.clock.now(), "bank_account", token)
        if link is None:
            return _over(request)
        spoken = language or _language(link)
        error = _bank_error(typed["label"], typed["routing"], number, again)
        if error is not None:
            return _bank_form(token, spoken, error, typed)
        if not use_up(session, link):
            return _over(request)
        _keep_bank_account(session, system, link, typed, number)
        return _html(page("bank_account_done", spoken, assistant_url=system.settings.assistant_url))


def _keep_bank_account(session: Session, system: System, link: OneTimeLink, typed: dict[str, str], number: str) -> None:
    bank = BankAccount(
        id=new_token(),
        account=link.subject["account"],
        label=typed["label"],
        routing=typed["routing"],
        last4=number[-4:],
        number_digest=keyed_digest(system.key, typed["routing"], number),
    )
    session.add(bank)
    customer = session.get_one(Customer, link.customer_id)
    write_mail(
        session,
        system.clock.now(),
        customer,
        "bank_account_added",
        label=bank.label,
        last4=bank.last4,
        name=customer.name,
    )


def _bank_error(label: str, routing: str, number: str, again: str) -> str | None:
    """The name of what is wrong, as ``texts.yml`` has it."""
    if not label or len(label) > LABEL_AT_MOST:
        return "label"
    if not is_routing_number(routing):
        return "routing"
    if not is_account_number(number):
        return "account"
    return "account_mismatch" if number != again else None


def _hand_over(session: Session, link: OneTimeLink, request: Request) -> Response:
    if not use_up(session, link):
        return _over(request)
    content, media_type, name = document_of(session, link, _language(link))
    shown = "inline" if media_type == "application/pdf" and link.subject["delivery"] == "direct" else "attachment"
    headers = HEADERS | {"Content-Disposition": f'{shown}; filename="{name}"'}
    # A PDF viewer needs its own styles; nothing else of the page policy applies to a document.
    del headers["Content-Security-Policy"]
    return Response(content, media_type=media_type, headers=headers)


def _reset_form(customer: Customer, token: str, language: Language, error: str | None) -> Response:
    question = customer.security_question or ""
    return _html(page("reset", language, question=question, error=error, token=token), 422 if error else 200)


def _bank_form(token: str, language: Language, error: str | None, values: dict[str, str]) -> Response:
    html = page("bank_account", language, error=error, token=token, values=values)
    return _html(html, 422 if error else 200)


def _over(request: Request) -> Response:
    return _html(page("link_over", caller_language(request.headers.get("accept-language", ""))), 410)


def _html(html: str, status: int = 200) -> Response:
    return HTMLResponse(html, status, headers=HEADERS)


def _is_prefetch(request: Request) -> bool:
    return any("prefetch" in request.headers.get(name, "").lower() for name in _PREFETCH)


def _language(link: OneTimeLink) -> Language:
    return "en" if link.language == "en" else "fr"

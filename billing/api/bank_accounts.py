"""Bank accounts and the authorizations to debit them."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy.orm import Session

from billing.ach.wording import authorization_version
from billing.api import models, views
from billing.api.dependencies import Customers, Parts, Payers, Spoken, create
from billing.api.documentation import documented
from billing.services import bank_accounts as service
from billing.services.identity import check_fresh, is_fresh
from billing.services.invoices import own_account
from billing.services.links import make_link

router = APIRouter(tags=["payments"])


@router.get("/bank-accounts", **documented("not-found"))
def bank_accounts(caller: Customers, system: Parts, account: str | None = None) -> models.BankAccountList:
    """The bank accounts payments can be drawn on."""
    with system.database.read() as session:
        found = service.bank_accounts_of(session, caller.customer, account)
        return models.BankAccountList(items=[views.bank_account_seen(one) for one in found])


@router.delete(
    "/bank-accounts/{bank_account}",
    status_code=204,
    **documented("not-found", "role-not-allowed", "fresh-verification-required", "bank-account-in-use"),
)
def remove_bank_account(bank_account: str, caller: Payers, system: Parts) -> None:
    """No longer to be debited; not while a payment from it has not left for the bank."""
    now = system.clock.now()
    check_fresh(caller.token, now)
    with system.database.write() as session:
        service.remove_bank_account(session, now, caller.customer, bank_account)


@router.post("/bank-account-links", status_code=201, **documented("not-found", "role-not-allowed"))
def bank_account_link(
    asked: models.BankAccountLinkAsked, caller: Payers, system: Parts, spoken: Spoken
) -> models.LinkMade:
    """A one-time link to the portal's bank-account page, in the language the caller speaks."""
    with system.database.write() as session:
        account = own_account(session, caller.customer, asked.account)
        token, until = make_link(
            session,
            system.clock.now(),
            "bank_account",
            caller.customer,
            spoken,
            account=account,
            may_remove=is_fresh(caller.token, system.clock.now()),
        )
    return models.LinkMade(url=f"{system.settings.billing_public_url}/portal/bank-account/{token}", expires_at=until)


@router.get("/debit-authorizations/text", **documented("not-found"))
def authorization_text(
    bank_account: str, caller: Customers, system: Parts, language: models.SpokenLanguage = "fr"
) -> models.AuthorizationShown:
    """The debit authorization of a bank account, to be shown in full before consent."""
    with system.database.read() as session:
        text = service.authorization_text(session, caller.customer, bank_account, language, system.clock.today())
    return models.AuthorizationShown(version=authorization_version(), language=language, text=text)


@router.post(
    "/debit-authorizations",
    status_code=201,
    response_model=models.AuthorizationKept,
    **documented("not-found", "role-not-allowed", "authorization-version", creating=True),
)
async def authorize(given: models.AuthorizationGiven, request: Request, caller: Payers, system: Parts) -> JSONResponse:
    """Keep a consent with its evidence; needs an ``Idempotency-Key``."""

    def work(session: Session) -> tuple[int, Any]:
        kept = service.authorize_debits(
            session,
            system.clock.now(),
            caller.customer,
            given.bank_account,
            given.version,
            given.language,
            given.evidence,
        )
        seen = models.AuthorizationKept(id=kept.id, bank_account=kept.bank_account, authorized_at=kept.authorized_at)
        return 201, seen.model_dump(mode="json")

    return await create(request, system, caller.customer.id, work)

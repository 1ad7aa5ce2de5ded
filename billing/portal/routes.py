"""The portal's pages behind one-time links."""

from fastapi import APIRouter

from billing.portal import bank_accounts, downloads, email, notices, passwords

router = APIRouter(include_in_schema=False)
for module in (downloads, passwords, bank_accounts, email, notices):
    router.include_router(module.router)

"""Enrolment and lost invitations, by the number's first digit (behaviour.md, row 17)."""

import pytest
from sqlalchemy import update

from billing.storage.tables import User
from tests.support.billing import Billing

BAKERY = ("comptes@boulangerie-saint-roch.example", "Levain-2291-matin")
ACCOUNT = "1000482915"
PASSWORD = "Un-mot-bien-long-2026"
FORM = {"question": "Nom du premier chat", "answer": "Mistigri", "password": PASSWORD, "password_again": PASSWORD}


@pytest.fixture
def not_enrolled(billing: Billing) -> None:
    """The bakery has not opened its access yet."""
    with billing.database.write() as session:
        login = {"password_hash": None, "security_question": None, "security_answer_hash": None}
        session.execute(update(User).where(User.email == BAKERY[0]).values(**login))


async def enrol(billing: Billing, account: str = ACCOUNT) -> tuple[int, str]:
    """Ask for enrolment; what anybody sees of it."""
    answer = await billing.http.post("/v1/enrolments", json={"account_number": account, "language": "en"})
    return answer.status_code, answer.text


@pytest.mark.usefixtures("not_enrolled")
async def test_a_customer_without_access_opens_it_by_the_link_sent_to_the_address_on_file(billing: Billing) -> None:
    """In the customer's language, whoever asked in another; lost, it is sent again and the old one is void."""
    await enrol(billing)
    lost = await billing.link(BAKERY[0], "invitation")
    await enrol(billing)
    assert (await billing.outbox(BAKERY[0]))[0]["subject"] == "Votre inscription à la facturation électronique"
    assert (await billing.http.get(lost)).status_code == 410
    link = await billing.link(BAKERY[0], "invitation")
    assert BAKERY[0] in (await billing.http.get(link)).text
    assert (await billing.http.post(link, data=FORM)).status_code == 200
    headers = await billing.sign_in(BAKERY[0], PASSWORD)
    assert (await billing.get("/v1/profile", headers))["role"] == "administer"


async def test_who_is_enrolled_already_is_told_how_to_sign_in(billing: Billing) -> None:
    """By letter only: the answer tells nobody; the password is left alone."""
    await enrol(billing)
    (letter,) = await billing.outbox(BAKERY[0])
    assert "déjà inscrit" in letter["subject"] and "/portal/" not in letter["body"]
    assert await billing.sign_in(*BAKERY)


async def test_the_answer_is_the_same_for_known_and_unknown_and_too_often(billing: Billing) -> None:
    """Three an hour are written; more are counted in silence (A9)."""
    answers = {await enrol(billing) for _ in range(5)} | {await enrol(billing, "1999999999")}
    assert answers == {(202, "{}")}
    assert len(await billing.outbox(BAKERY[0])) == 3
    await billing.advance("PT1H1M")
    await enrol(billing)
    assert len(await billing.outbox(BAKERY[0])) == 4


@pytest.mark.parametrize("account", ["9000318842", "9999999999", "5000000000"])
async def test_a_number_that_is_not_covered_is_told_so_whether_it_exists_or_not(billing: Billing, account: str) -> None:
    """The first digit says it all."""
    status, body = await enrol(billing, account)
    assert status == 422 and "/problems/account-not-covered" in body
    assert (await billing.http.get("/demo/outbox")).json() == []

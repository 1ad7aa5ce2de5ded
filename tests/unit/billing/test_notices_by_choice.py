"""Notices as customers choose them, by e-mail and by text: each event once, and nothing to whom it should not go."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from billing.clock import Clock
from billing.mail.compose import compose_sms
from billing.mail.texts import deliver_texts
from billing.services.preferences import NoticeKind
from billing.storage.tables import Outgoing
from company import COMPANY, Language
from tests.support.billing import Billing
from tests.support.taker import NoticeTaker

BAKERY = ("comptes@boulangerie-saint-roch.example", "Levain-2291-matin")
CLINIC = ("office@prairie-dental.example", "Molar-7733-prairie")
HARBOUR = ("ap@harbourview-legal.example", "Docket-6620-harbour")
PHONE, CLINICS_PHONE, HARBOURS_PHONE = "+14185550134", "+12045550162", "+19025550119"
ACCOUNT = "1000482915"
TODAY = datetime.now(COMPANY.zone).date()
FALLS_DUE = 12  # days from today: the bakery's invoice 34823011, by demo.yml
KINDS: tuple[NoticeKind, ...] = ("invoice_ready", "due_soon", "overdue", "payment_settled", "payment_returned")


@pytest.fixture
def taker() -> Iterator[NoticeTaker]:
    """Stands where the assistant does."""
    with NoticeTaker() as taker:
        yield taker


async def choose(billing: Billing, customer: tuple[str, str], **kinds: list[str]) -> httpx.Response:
    """A customer's choice of notices."""
    headers = await billing.sign_in(*customer)
    return await billing.http.patch("/v1/profile", json={"notify": kinds}, headers=headers)


async def texts(billing: Billing, phone: str = PHONE) -> list[str]:
    """What was written to a telephone, oldest first."""
    return [text["body"] for text in reversed(await billing.outbox(phone))]


async def hand_over(billing: Billing, taker: NoticeTaker) -> list[dict[str, Any]]:
    """One look at what waits; what was handed over by it."""
    before = len(taker.taken)
    async with httpx.AsyncClient(headers={"Authorization": "Bearer t"}, trust_env=False) as http:
        await deliver_texts(billing.database, Clock(billing.database), http, taker.url)
    return taker.taken[before:]


def claims_over(billing: Billing) -> None:
    """Time enough passes for whatever is being handed over to be offered again."""
    with billing.database.write() as session:
        session.execute(update(Outgoing).values(claimed_at=None))


# -- choosing -------------------------------------------------------------------------------------
async def test_a_choice_is_kept_in_order_and_once_and_a_channel_left_out_stays(billing: Billing) -> None:
    """What a profile shows is what holds."""
    answer = await choose(billing, BAKERY, sms=["overdue", "invoice_ready", "overdue"])
    assert answer.json()["notify"] == {
        "email": ["invoice_ready", "overdue", "payment_settled", "payment_returned"],
        "sms": ["invoice_ready", "overdue"],
    }
    assert (await choose(billing, BAKERY, email=[])).json()["notify"]["sms"] == ["invoice_ready", "overdue"]
    profile = await billing.get("/v1/profile", await billing.sign_in(*BAKERY))
    assert profile["notify"] == {"email": [], "sms": ["invoice_ready", "overdue"]}


@pytest.mark.parametrize("wrong", [{"sms": ["prizes"]}, {"fax": []}, {"sms": "overdue"}, [], {"sms": ["overdue"] * 21}])
async def test_a_choice_there_is_not_is_refused(billing: Billing, wrong: Any) -> None:
    """And nothing changes."""
    headers = await billing.sign_in(*BAKERY)
    answer = await billing.http.patch("/v1/profile", json={"notify": wrong}, headers=headers)
    assert answer.status_code == 422
    assert (await billing.get("/v1/profile", headers))["notify"]["sms"] == []


# -- each event, once, as chosen ------------------------------------------------------------------
async def test_nothing_goes_by_text_that_nobody_chose(billing: Billing) -> None:
    """However much happens."""
    await billing.advance("P40D")
    assert await texts(billing) == await texts(billing, HARBOURS_PHONE) == []


async def test_an_invoice_due_in_three_days_is_told_once_on_each_channel_chosen(billing: Billing) -> None:
    """Not four days before, and not again the day after."""
    await choose(billing, BAKERY, email=["due_soon"], sms=["due_soon"])
    await billing.advance(f"P{FALLS_DUE - 4}D")
    assert await texts(billing) == []
    for _ in range(4):
        await billing.advance("P1D")
    (text,) = await texts(billing)
    assert "34823011" in text and "1\u00a0284,50\u00a0$" in text
    letters = [one for one in await billing.outbox(BAKERY[0]) if "À payer d'ici" in one["subject"]]
    assert len(letters) == 1 and "34823011" in letters[0]["body"]


async def test_invoices_that_are_due_on_different_days_are_told_apart(billing: Billing) -> None:
    """Each with its day."""
    await choose(billing, HARBOUR, sms=["due_soon"])
    await billing.advance("P3D")
    told = await texts(billing, HARBOURS_PHONE)
    assert len(told) == 2 and "60210235" in told[0] and "60210236" in told[1]


async def test_overdue_invoices_are_told_once_in_the_customers_language(billing: Billing) -> None:
    """By text to who chose that; who opted out of both hears nothing."""
    await choose(billing, CLINIC, sms=["overdue"], email=[])
    await choose(billing, BAKERY, email=[])
    for _ in range(3):
        await billing.advance("P8D")
    (text,) = await texts(billing, CLINICS_PHONE)
    assert text == f"{COMPANY.name}: invoice 40117352 is overdue, $640.00 is still to be paid."
    assert not any("Overdue" in one["subject"] for one in await billing.outbox(CLINIC[0]))
    assert not any("retard" in one["subject"] for one in await billing.outbox(BAKERY[0]))


@pytest.mark.parametrize(("amount", "kind"), [("400.00", "payment_settled"), ("400.13", "payment_returned")])
async def test_what_became_of_a_payment_is_told_once_as_chosen(billing: Billing, amount: str, kind: str) -> None:
    """A returned one with what is owed again."""
    await choose(billing, BAKERY, email=[], sms=[kind])
    await billing.pay(await billing.sign_in(*BAKERY), ACCOUNT, TODAY, ("34821907", amount))
    for _ in range(3):
        await billing.advance("P3D")
    (text,) = [one for one in await texts(billing) if "ACH-" in one]
    assert ("réglé" if kind == "payment_settled" else "à payer") in text
    letters = [one["subject"] for one in await billing.outbox(BAKERY[0])]
    assert not any("réglé" in subject or "retourné" in subject for subject in letters)
    with billing.database.read() as session:
        facts = session.scalars(select(Outgoing.facts).where(Outgoing.notice == kind)).one()
    assert facts is not None
    about = [(one["number"], one["balance"]) for one in facts["invoices"]]
    assert about == ([] if kind == "payment_settled" else [("34821907", "1284.50")])


async def test_a_disputed_invoice_and_a_kept_promise_are_not_chased_by_text_either(billing: Billing) -> None:
    """Rows 21 and 22."""
    await choose(billing, BAKERY, sms=list(KINDS), email=list(KINDS))
    headers = await billing.sign_in(*BAKERY)
    body = {"invoice": "34823011", "reason": "other", "details": "", "language": "fr", "conversation": "c"}
    await billing.create("/v1/disputes", headers, body)
    await choose(billing, CLINIC, sms=list(KINDS))
    clinic = await billing.sign_in(*CLINIC)
    last = (TODAY + timedelta(days=20)).isoformat()
    plan = {"account": "1000731264", "instalments": [{"date": last, "amount": "640.00"}], "language": "en"}
    await billing.create("/v1/payment-plans", clinic, plan | {"conversation": "c"})
    await billing.advance(f"P{FALLS_DUE + 2}D")
    assert await texts(billing) == await texts(billing, CLINICS_PHONE) == []


async def test_chosen_after_the_event_the_notice_still_comes_once_and_of_what_holds_then(billing: Billing) -> None:
    """Overdue is overdue; what was told by e-mail already is not told again by text."""
    await choose(billing, BAKERY, email=[])
    await choose(billing, CLINIC, email=["overdue"])
    await billing.advance(f"P{FALLS_DUE + 2}D")
    await choose(billing, BAKERY, sms=["overdue"])
    await choose(billing, CLINIC, sms=["overdue"])
    for _ in range(2):
        await billing.advance("PT1H")
    assert [("34823011" in text) for text in await texts(billing)] == [True]
    assert await texts(billing, CLINICS_PHONE) == []


async def test_the_last_notice_a_profile_tells_of_is_one_by_e_mail(billing: Billing) -> None:
    """Nobody is told of an e-mail that was a text."""
    await choose(billing, CLINIC, email=[], sms=["overdue"])
    await billing.advance(f"P{FALLS_DUE}D")
    assert (await billing.get("/v1/profile", await billing.sign_in(*CLINIC)))["last_notice"] is None


# -- the page -------------------------------------------------------------------------------------
async def test_every_notice_by_e_mail_leads_to_a_page_where_they_are_chosen_and_stopped(billing: Billing) -> None:
    """From the letter, without signing in, for sixty days; looking changes nothing (security.md, L3)."""
    await billing.advance(f"P{FALLS_DUE + 1}D")
    path = httpx.URL(await billing.link(BAKERY[0], "notices")).path
    for _ in range(2):
        shown = (await billing.http.get(path)).text
        assert shown.count(" checked") == 4 and "c***@boulangerie-saint-roch.example" in shown and "***-0134" in shown
    await billing.advance("P59D")
    saved = await billing.http.post(path, data={"sms": ["overdue", "made-up"]})
    assert "Vos choix sont enregistrés." in saved.text and saved.text.count(" checked") == 1
    profile = await billing.get("/v1/profile", await billing.sign_in(*BAKERY))
    assert profile["notify"] == {"email": [], "sms": ["overdue"]}
    await billing.advance("P2D")
    for method in ("GET", "POST"):
        assert (await billing.http.request(method, path)).status_code == 410


async def test_a_link_of_another_page_opens_no_choices(billing: Billing) -> None:
    """Nor the other way round."""
    await billing.advance(f"P{FALLS_DUE + 1}D")
    token = httpx.URL(await billing.link(BAKERY[0], "notices")).path.rpartition("/")[2]
    for page in ("email", "bank-account", "reset", "invitation"):
        assert (await billing.http.get(f"/portal/{page}/{token}")).status_code == 410


# -- handing over ---------------------------------------------------------------------------------
async def overdue_by_text(billing: Billing) -> None:
    """The bakery chose it, and it happened."""
    await choose(billing, BAKERY, sms=["overdue"])
    await billing.advance(f"P{FALLS_DUE + 1}D")


async def test_a_text_is_handed_over_once_with_what_it_takes_to_answer_it(billing: Billing, taker: NoticeTaker) -> None:
    """Under the service's credential; an answered one is not handed over again."""
    await overdue_by_text(billing)
    (notice,) = await hand_over(billing, taker)
    claims_over(billing)
    assert await hand_over(billing, taker) == []
    assert taker.credentials == ["Bearer t"]
    assert (notice["phone"], notice["language"], notice["kind"]) == (PHONE, "fr", "overdue")
    assert notice["invoices"] == [
        {
            "number": "34823011",
            "issued": (TODAY - timedelta(days=18)).isoformat(),
            "due": (TODAY + timedelta(days=FALLS_DUE)).isoformat(),
            "total": "1284.50",
            "balance": "1284.50",
        }
    ]
    assert notice["text"] == (await texts(billing))[0]
    assert re.fullmatch(r"[\w.-]{1,64}", notice["id"])


@pytest.mark.parametrize("answer", [(409, {}), (503, {}), (404, {}), (401, {}), (429, {})], ids=lambda one: str(one[0]))
async def test_what_cannot_be_taken_now_is_offered_again_under_the_same_id(
    billing: Billing, taker: NoticeTaker, answer: tuple[int, Any]
) -> None:
    """And not while the claim lasts: nobody is hammered."""
    await overdue_by_text(billing)
    taker.answers.append(answer)
    (first,) = await hand_over(billing, taker)
    assert await hand_over(billing, taker) == []
    claims_over(billing)
    (second,) = await hand_over(billing, taker)
    assert second == first


@pytest.mark.parametrize(
    ("answer", "why"), [((200, {"outcome": "opted_out"}), "opted_out"), ((400, {}), "refused"), ((200, []), "unknown")]
)
async def test_what_will_not_be_sent_is_noted_with_its_reason_and_left(
    billing: Billing, taker: NoticeTaker, answer: tuple[int, Any], why: str
) -> None:
    """A telephone that opted out is not asked again and again."""
    await overdue_by_text(billing)
    taker.answers.append(answer)
    await hand_over(billing, taker)
    claims_over(billing)
    assert await hand_over(billing, taker) == []
    with billing.database.read() as session:
        text = session.scalars(select(Outgoing).where(Outgoing.notice == "overdue")).one()
        assert (text.withheld, text.delivered_at) == (why, None)


async def test_who_opts_out_before_it_is_handed_over_does_not_get_it(billing: Billing, taker: NoticeTaker) -> None:
    """The last word counts, as late as it can."""
    await overdue_by_text(billing)
    await choose(billing, BAKERY, sms=[])
    assert await hand_over(billing, taker) == []
    await choose(billing, BAKERY, sms=["overdue"])
    claims_over(billing)
    assert await hand_over(billing, taker) == []


async def test_what_waited_for_a_day_is_news_no_more(billing: Billing, taker: NoticeTaker) -> None:
    """It may have been paid since."""
    await overdue_by_text(billing)
    await billing.advance("P2D")
    assert await hand_over(billing, taker) == []


async def test_an_assistant_that_is_not_there_loses_nothing(billing: Billing, taker: NoticeTaker) -> None:
    """A refused connection is no answer."""
    await overdue_by_text(billing)
    async with httpx.AsyncClient(trust_env=False) as http:
        assert await deliver_texts(billing.database, Clock(billing.database), http, "http://127.0.0.1:9/") == 0
        assert await deliver_texts(billing.database, Clock(billing.database), http, "") == 0
    claims_over(billing)
    assert len(await hand_over(billing, taker)) == 1


async def test_codes_are_no_notices_and_are_not_handed_over(billing: Billing, taker: NoticeTaker) -> None:
    """A code beside other things is a code given away (security.md, A12)."""
    await billing.begin(ACCOUNT, channel="sms")
    assert len(await texts(billing)) == 1
    assert await hand_over(billing, taker) == []


# -- the words ------------------------------------------------------------------------------------
INVOICES = [{"number": "34821907", "amount": "1284.50"}]
VALUES: dict[str, dict[str, Any]] = {
    "invoice_ready": {"number": "34821907", "total": "11284.50", "due": date(2026, 12, 24)},
    "invoice_due_soon": {"invoices": INVOICES, "total": "11284.50", "due": date(2026, 12, 24)},
    "invoice_overdue": {"invoices": INVOICES * 14, "total": "11284.50"},
    "payment_settled": {"reference": "ACH-7K2M9XQ4", "amount": "11284.50"},
    "payment_returned": {"reference": "ACH-7K2M9XQ4", "amount": "11284.50"},
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", VALUES)
def test_a_notice_names_the_company_and_nothing_a_found_telephone_must_not_tell(name: str, language: Language) -> None:
    """An invoice or a payment, an amount, a day (security.md, A12); with the choices it is two segments."""
    text = compose_sms(name, language, **VALUES[name])
    assert text.startswith(COMPANY.name)
    assert not re.search(r"(?<!\d)[19]\d{9}(?!\d)|\b\d{6}\b|https?:|@", text)
    assert len(text) <= 135 and "\n" not in text

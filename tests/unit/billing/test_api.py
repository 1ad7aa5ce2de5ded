"""The billing system's API: what it promises and what it refuses (http.md; security.md, A and P)."""

import asyncio
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from billing.api import documentation
from company import COMPANY
from tests.support.billing import TOKEN, Billing

BAKERY = ("comptes@boulangerie-saint-roch.example", "Levain-2291-matin")
LAWYERS = ("ap@harbourview-legal.example", "Docket-6620-harbour")
CLINIC = ("office@prairie-dental.example", "Molar-7733-prairie")
ACCOUNT = "1000482915"
TODAY = datetime.now(COMPANY.zone).date()


async def order(billing: Billing, headers: dict[str, str], *parts: tuple[str, str], **values: Any) -> dict[str, Any]:
    """The body of a payment of the bakery's."""
    banks = (await billing.http.get("/v1/bank-accounts", headers=headers)).json()["items"]
    allocations = [{"invoice": invoice, "amount": amount} for invoice, amount in parts]
    return {
        "account": ACCOUNT,
        "bank_account": banks[0]["id"],
        "date": TODAY.isoformat(),
        "allocations": allocations,
    } | values


async def pay(billing: Billing, headers: dict[str, str], body: dict[str, Any], key: str | None = None) -> Any:
    """Submit a payment."""
    return await billing.http.post(
        "/v1/payments", json=body, headers=headers | {"Idempotency-Key": key or str(uuid.uuid4())}
    )


async def test_nothing_is_said_without_the_services_credential(billing: Billing) -> None:
    """Every route of /v1, by the OpenAPI's own list."""
    paths = (await billing.http.get("/openapi.json")).json()["paths"]
    routes = [(path, method) for path, methods in paths.items() if path.startswith("/v1") for method in methods]
    assert len(routes) > 15
    for path, method in routes:
        answer = await billing.http.request(method, path, headers={"Authorization": "Bearer wrong"})
        assert answer.status_code == 401, path
        assert answer.headers["content-type"] == "application/problem+json"


async def test_the_demo_customers_owe_what_the_contract_says(billing: Billing) -> None:
    """demo.yml's own comments."""
    for (email, password), due, overdue, count in [
        (BAKERY, "3101.18", "1816.68", 2),
        (CLINIC, "640.00", "0.00", 0),
        (LAWYERS, "2375.00", "1662.50", 14),
    ]:
        headers = await billing.sign_in(email, password)
        account = (await billing.http.get("/v1/accounts", headers=headers)).json()["items"][0]
        assert (account["total_due"], account["total_overdue"], account["overdue_count"]) == (
            due,
            overdue,
            count,
        )


async def test_a_series_is_paged_by_cursor_without_gaps(billing: Billing) -> None:
    """240 invoices, each once."""
    headers = await billing.sign_in(*LAWYERS)
    seen: list[str] = []
    cursor = None
    while True:
        query = {"account": "1000260477", "limit": "50"} | ({"cursor": cursor} if cursor else {})
        page = (await billing.http.get("/v1/invoices", params=query, headers=headers)).json()
        seen += [one["number"] for one in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == page["total_count"] == 240
    assert (await billing.http.get("/v1/invoices?cursor=abc", headers=headers)).status_code == 422


async def test_foreign_is_as_unknown_as_nonexistent(billing: Billing) -> None:
    """Same status, same body (A7)."""
    headers = await billing.sign_in(*BAKERY)
    for path in ("/v1/invoices/{}", "/v1/accounts/{}"):
        foreign = await billing.http.get(path.format("40117352"), headers=headers)
        missing = await billing.http.get(path.format("99999999"), headers=headers)
        assert foreign.status_code == missing.status_code == 404
        assert foreign.json() == missing.json()


async def test_a_payment_happens_once_whatever_is_sent_again(billing: Billing) -> None:
    """Same key and body: one effect, one answer. Another body under that key: 422 (P2)."""
    headers = await billing.sign_in(*BAKERY)
    body, key = await order(billing, headers, ("34821907", "500.00")), str(uuid.uuid4())
    first, second = await pay(billing, headers, body, key), await pay(billing, headers, body, key)
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert second.headers["Idempotency-Replayed"] == "true"
    other = await order(billing, headers, ("34821907", "501.00"))
    assert (await pay(billing, headers, other, key)).json()["type"].endswith("idempotency-key-reused")
    assert len(await billing.payments()) == 1
    found = await billing.http.get(f"/v1/payments/by-idempotency-key/{key}", headers=headers)
    assert found.json()["reference"] == first.json()["reference"]
    assert (await billing.http.post("/v1/payments", json=body, headers=headers)).status_code == 422


async def test_fifty_at_once_under_one_key_pay_once(billing: Billing) -> None:
    """The rest hear the same answer or that it is in progress (P4)."""
    headers = await billing.sign_in(*BAKERY)
    body, key = await order(billing, headers, ("34821907", "1284.50")), str(uuid.uuid4())
    answers = await asyncio.gather(*(pay(billing, headers, body, key) for _ in range(50)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.json()["reference"] for answer in answers if answer.status_code == 201}) == 1
    assert len(await billing.payments()) == 1


async def test_fifty_at_once_under_their_own_keys_never_pay_an_invoice_twice(billing: Billing) -> None:
    """Two tabs, two telephones: what is payable is never less than nothing (P4)."""
    headers = await billing.sign_in(*BAKERY)
    body = await order(billing, headers, ("34821907", "1284.50"))
    answers = await asyncio.gather(*(pay(billing, headers, body) for _ in range(50)))
    assert sorted(answer.status_code for answer in answers) == [201] + [422] * 49
    assert len(await billing.payments()) == 1


REFUSED = [
    ([("34821907", "1284.51")], {}, 422, "amount-above-due"),
    ([("34820112", "1.00")], {}, 422, "invoice-paid"),
    ([("40117352", "1.00")], {}, 404, "not-found"),
    ([("34821907", "0.00")], {}, 422, "amount-invalid"),
    ([("34821907", "-5.00")], {}, 422, "amount-invalid"),
    ([("34821907", "NaN")], {}, 422, "amount-invalid"),
    ([("34821907", "1.001")], {}, 422, "amount-invalid"),
    ([("34821907", "1.00"), ("34821907", "1.00")], {}, 422, "amount-invalid"),
    ([("34821907", "1.00")], {"date": "2020-01-01"}, 422, "date-out-of-range"),
    ([("34821907", "1.00")], {"date": (TODAY + timedelta(days=63)).isoformat()}, 422, "date-out-of-range"),
    ([("34821907", "1.00")], {"bank_account": "nobody's"}, 404, "not-found"),
    ([("34821907", "1.00")], {"account": "1000731264"}, 404, "not-found"),
]


@pytest.mark.parametrize(("parts", "values", "status", "code"), REFUSED)
async def test_what_may_not_be_paid_is_refused_and_changes_nothing(
    billing: Billing, parts: list[tuple[str, str]], values: dict[str, str], status: int, code: str
) -> None:
    """Each refusal has its code; no letter goes out."""
    headers = await billing.sign_in(*BAKERY)
    answer = await pay(billing, headers, await order(billing, headers, *parts, **values))
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{code}")
    assert await billing.payments() == []
    assert await billing.outbox(BAKERY[0]) == []


async def test_a_bank_account_without_authorization_is_not_debited(billing: Billing) -> None:
    """The first payment needs the consent, and its evidence is mailed (P7)."""
    headers = await billing.sign_in(*CLINIC)
    body = await order(billing, headers, ("40117352", "640.00"), account="1000731264")
    assert (await pay(billing, headers, body)).json()["type"].endswith("bank-account-not-authorized")
    query = {"bank_account": body["bank_account"], "language": "en"}
    text = (await billing.http.get("/v1/debit-authorizations/text", params=query, headers=headers)).json()
    assert "2088" in text["text"]
    consent = {
        "bank_account": body["bank_account"],
        "version": text["version"],
        "language": "en",
        "evidence": {"said": "yes"},
    }
    old = await billing.http.post(
        "/v1/debit-authorizations",
        json=consent | {"version": "old"},
        headers=headers | {"Idempotency-Key": "a"},
    )
    assert old.status_code == 409
    given = await billing.http.post(
        "/v1/debit-authorizations", json=consent, headers=headers | {"Idempotency-Key": "b"}
    )
    assert given.status_code == 201
    assert (await pay(billing, headers, body)).status_code == 201
    assert any("2088" in letter["body"] for letter in await billing.outbox(CLINIC[0]))


async def test_a_code_older_than_ten_minutes_moves_no_money(billing: Billing) -> None:
    """A portal session or a code of the last ten minutes (A2)."""
    verification = await billing.begin(ACCOUNT)
    answer = await billing.http.post(
        f"/v1/verifications/{verification}/confirm", json={"code": await billing.code(BAKERY[0])}
    )
    headers = {"X-Customer-Token": answer.json()["access_token"]}
    body = await order(billing, headers, ("34821907", "1.00"))
    await billing.advance("PT11M")
    assert (await pay(billing, headers, body)).status_code == 403
    assert (await billing.http.get("/v1/accounts", headers=headers)).status_code == 200


@pytest.mark.parametrize(("steps", "status"), [(["PT14M", "PT14M"], 200), (["PT16M"], 401), (["PT14M"] * 5, 401)])
async def test_a_session_ends_after_15_idle_minutes_or_60_in_all(
    billing: Billing, steps: list[str], status: int
) -> None:
    """By the billing system's own clock (A6)."""
    headers = await billing.sign_in(*BAKERY)
    for step in steps:
        await billing.advance(step)
        answer = await billing.http.get("/v1/accounts", headers=headers)
    assert answer.status_code == status


async def test_five_wrong_codes_lock_the_number_for_15_minutes(billing: Billing) -> None:
    """The right code too; an unknown number locks alike (A4)."""
    for account in (ACCOUNT, "1999999999"):
        verification = await billing.begin(account)
        path = f"/v1/verifications/{verification}/confirm"
        answers = [await billing.http.post(path, json={"code": "x"}) for _ in range(5)]
        assert [answer.status_code for answer in answers] == [422] * 4 + [423]
        assert [answer.json().get("attempts_left") for answer in answers[:4]] == [4, 3, 2, 1]
    path = f"/v1/verifications/{await billing.begin(ACCOUNT)}/confirm"
    assert (await billing.http.post(path, json={"code": "000000"})).status_code == 423
    await billing.advance("PT15M")
    verification = await billing.begin(ACCOUNT)
    right = {"code": await billing.code(BAKERY[0])}
    assert (await billing.http.post(f"/v1/verifications/{verification}/confirm", json=right)).status_code == 200


async def test_a_code_serves_once_and_for_ten_minutes(billing: Billing) -> None:
    """Single use, bound to its request (A4)."""
    verification = await billing.begin(ACCOUNT)
    code = {"code": await billing.code(BAKERY[0])}
    other = await billing.begin(ACCOUNT)
    assert (await billing.http.post(f"/v1/verifications/{other}/confirm", json=code)).status_code == 422
    path = f"/v1/verifications/{verification}/confirm"
    assert (await billing.http.post(path, json=code)).status_code == 200
    assert (await billing.http.post(path, json=code)).status_code == 410
    third = await billing.begin(ACCOUNT)
    code = {"code": await billing.code(BAKERY[0])}
    await billing.advance("PT10M")
    assert (await billing.http.post(f"/v1/verifications/{third}/confirm", json=code)).status_code == 410


async def test_too_many_codes_are_refused_for_known_and_unknown_alike(billing: Billing) -> None:
    """Five an hour."""
    for account in (ACCOUNT, "1999999999"):
        answers = [await billing.http.post("/v1/verifications", json={"account_number": account}) for _ in range(6)]
        assert [answer.status_code for answer in answers] == [202] * 5 + [429]
        assert int(answers[-1].headers["Retry-After"]) > 0


@pytest.mark.parametrize("account", ["1999999999", "9000318842"])
async def test_nobody_is_written_to_for_an_account_that_is_not_covered(billing: Billing, account: str) -> None:
    """The answer has the same members; nothing is sent."""
    known = (await billing.http.post("/v1/verifications", json={"account_number": ACCOUNT})).json()
    other = (await billing.http.post("/v1/verifications", json={"account_number": account})).json()
    assert set(known) == set(other)
    assert len((await billing.http.get("/demo/outbox")).json()) == 1


async def test_a_portal_token_serves_once(billing: Billing) -> None:
    """A second use, a wrong one and an old one are 401 (A1)."""
    token = (await billing.http.post("/demo/portal-token", json={"email": BAKERY[0], "password": BAKERY[1]})).json()
    assert (await billing.http.post("/v1/portal-sessions", json=token)).status_code == 200
    assert (await billing.http.post("/v1/portal-sessions", json=token)).status_code == 401
    late = (await billing.http.post("/demo/portal-token", json={"email": BAKERY[0], "password": BAKERY[1]})).json()
    await billing.advance("PT5M")
    assert (await billing.http.post("/v1/portal-sessions", json=late)).status_code == 401


async def test_the_locked_login_is_locked_and_the_wrong_password_refused(billing: Billing) -> None:
    """Clinique du Parc tried too often."""
    locked = {"email": "admin@clinique-du-parc.example", "password": "Stetho-4471-parc"}
    assert (await billing.http.post("/demo/portal-token", json=locked)).status_code == 423
    wrong = {"email": BAKERY[0], "password": "wrong"}
    assert (await billing.http.post("/demo/portal-token", json=wrong)).status_code == 401


@pytest.mark.parametrize(
    ("amount", "status", "code"),
    [
        ("100.00", "settled", None),
        ("100.13", "returned", "R01"),
        ("100.17", "returned", "R02"),
        ("100.29", "returned", "R29"),
    ],
)
async def test_time_settles_or_returns_a_payment(billing: Billing, amount: str, status: str, code: str | None) -> None:
    """A returned payment is owed again, with its reason in a letter (P11)."""
    headers = await billing.sign_in(*BAKERY)
    reference = (await pay(billing, headers, await order(billing, headers, ("34821907", amount)))).json()["reference"]
    await billing.advance("P5D")
    headers = await billing.sign_in(*BAKERY)
    payment = (await billing.http.get(f"/v1/payments/{reference}", headers=headers)).json()
    assert (payment["status"], payment["return_code"]) == (status, code)
    balance = (await billing.http.get("/v1/invoices/34821907", headers=headers)).json()["balance"]
    assert balance == ("1184.50" if status == "settled" else "1284.50")
    assert len(await billing.outbox(BAKERY[0])) == 2


async def test_a_scheduled_payment_lowers_what_is_payable_and_then_what_is_owed(billing: Billing) -> None:
    """Owed until its day, but not payable twice."""
    headers = await billing.sign_in(*BAKERY)
    later = (TODAY + timedelta(days=20)).isoformat()
    body = await order(billing, headers, ("34821907", "1284.50"), date=later)
    assert (await pay(billing, headers, body)).json()["status"] == "scheduled"
    invoice = (await billing.http.get("/v1/invoices/34821907", headers=headers)).json()
    assert (invoice["balance"], invoice["payable"]) == ("1284.50", "0.00")
    assert (await pay(billing, headers, body)).json()["type"].endswith("invoice-paid")
    await billing.advance("P30D")
    assert [one["status"] for one in await billing.payments()] == ["settled"]


async def test_a_payment_can_be_stopped_until_it_is_sent(billing: Billing) -> None:
    """Afterwards the bank has it."""
    headers = await billing.sign_in(*BAKERY)
    reference = (await pay(billing, headers, await order(billing, headers, ("34821907", "10.00")))).json()["reference"]
    path, key = f"/v1/payments/{reference}/cancellation", {"Idempotency-Key": "c"}
    answer = await billing.http.post(path, json={}, headers=headers | key)
    assert answer.json()["status"] == "cancelled"
    assert (await billing.http.get("/v1/invoices/34821907", headers=headers)).json()["balance"] == "1284.50"
    reference = (await pay(billing, headers, await order(billing, headers, ("34821907", "10.00")))).json()["reference"]
    await billing.advance("P5D")
    headers = await billing.sign_in(*BAKERY)
    late = await billing.http.post(
        f"/v1/payments/{reference}/cancellation", json={}, headers=headers | {"Idempotency-Key": "d"}
    )
    assert late.json()["type"].endswith("already-sent")


async def test_a_document_link_opens_once_and_a_prefetch_leaves_it_alone(billing: Billing) -> None:
    """HEAD and prefetch look; the first real GET gets the PDF; the next is told to ask again (A11)."""
    headers = await billing.sign_in(*BAKERY)
    link = (await billing.http.post("/v1/document-links", json={"invoices": ["34821907"]}, headers=headers)).json()
    assert (await billing.http.head(link["url"])).status_code < 400
    assert (await billing.http.get(link["url"], headers={"Sec-Purpose": "prefetch"})).content == b""
    opened = await billing.http.get(link["url"])
    assert opened.content.startswith(b"%PDF-")
    assert opened.headers["cache-control"] == "no-store"
    assert opened.headers["x-content-type-options"] == "nosniff"
    assert opened.headers["referrer-policy"] == "no-referrer"
    assert (await billing.http.get(link["url"])).status_code == 410


async def test_a_document_page_is_used_up_by_its_button_only(billing: Billing) -> None:
    """What an SMS link opens; scanners look at it as often as they like."""
    headers = await billing.sign_in(*BAKERY)
    body = {"invoices": ["34821907", "34822466"], "delivery": "page"}
    link = (await billing.http.post("/v1/document-links", json=body, headers=headers)).json()
    for _ in range(3):
        assert (await billing.http.get(link["url"])).headers["content-type"].startswith("text/html")
    downloaded = await billing.http.post(link["url"])
    assert downloaded.content.startswith(b"PK")
    assert (await billing.http.post(link["url"])).status_code == 410
    late = (await billing.http.post("/v1/document-links", json=body, headers=headers)).json()
    await billing.advance("PT15M")
    assert (await billing.http.get(late["url"])).status_code == 410


async def test_the_password_reset_unlocks_and_ends_every_session(billing: Billing) -> None:
    """Link, security question, new password, notice; nobody is signed in by it (A9)."""
    email = "admin@clinique-du-parc.example"
    assert (await billing.http.post("/v1/password-resets", json={"identifier": email})).status_code == 202
    link = next(word for word in (await billing.outbox(email))[0]["body"].split() if "/portal/reset/" in word)
    assert (await billing.http.get(link)).status_code == 200
    form = {
        "answer": "Turquoisé ",
        "password": "Un-tout-nouveau-2026",
        "password_again": "Un-tout-nouveau-2026",
    }
    assert (await billing.http.post(link, data=form | {"answer": "bleu"})).status_code == 422
    assert (await billing.http.post(link, data=form | {"password": "court"})).status_code == 422
    assert (await billing.http.post(link, data=form)).status_code == 200
    assert (await billing.http.post(link, data=form)).status_code == 410
    new = {"email": email, "password": form["password"]}
    assert (await billing.http.post("/demo/portal-token", json=new)).status_code == 200
    assert len(await billing.outbox(email)) == 2


async def test_a_reset_for_nobody_sends_nothing_and_says_the_same(billing: Billing) -> None:
    """Known, unknown and without portal access (A9)."""
    answers = [
        (await billing.http.post("/v1/password-resets", json={"identifier": one})).text
        for one in (BAKERY[0], "nobody@nowhere.example", "9000318842", "1999999999")
    ]
    assert len(set(answers)) == 1
    assert len((await billing.http.get("/demo/outbox")).json()) == 1


async def test_a_bank_account_is_added_on_the_portals_page_only(billing: Billing) -> None:
    """Wrong numbers are named; the link is used up by the right ones; the number itself is kept nowhere."""
    headers = await billing.sign_in("compta@atelier-nordique.example", "Copeau-5108-atelier")
    body = {"account": "1000915538"}
    link = (await billing.http.post("/v1/bank-account-links", json=body, headers=headers)).json()["url"]
    form = {"label": "Atelier", "routing": "081500123", "account": "7654321", "account_again": "7654321"}
    assert (await billing.http.post(link, data=form | {"routing": "123456789"})).status_code == 422
    assert (await billing.http.post(link, data=form | {"account_again": "7654322"})).status_code == 422
    assert (await billing.http.post(link, data=form)).status_code == 200
    assert (await billing.http.get(link)).status_code == 410
    (bank,) = (await billing.http.get("/v1/bank-accounts", headers=headers)).json()["items"]
    assert (bank["label"], bank["last4"], bank["authorized"]) == ("Atelier", "4321", False)


async def test_the_demo_is_as_new_after_a_reset(billing: Billing) -> None:
    """Payments, letters, tokens and time."""
    headers = await billing.sign_in(*BAKERY)
    await pay(billing, headers, await order(billing, headers, ("34821907", "10.00")))
    await billing.advance("P1D")
    assert (await billing.http.post("/demo/reset")).status_code == 204
    assert await billing.payments() == []
    assert (await billing.http.get("/v1/accounts", headers=headers)).status_code == 401
    assert (await billing.http.get("/demo/outbox")).json() == []
    assert (await billing.http.post("/demo/clock", json={"advance": "yesterday"})).status_code == 422


async def test_problems_are_told_in_the_callers_language(billing: Billing) -> None:
    """French first."""
    french = await billing.http.get("/v1/session")
    english = await billing.http.get("/v1/session", headers={"Accept-Language": "en-CA"})
    assert french.json()["detail"] != english.json()["detail"]
    assert english.json()["title"] == "Identification required"


async def test_a_request_for_a_person_needs_no_identity(billing: Billing) -> None:
    """And has a number either way."""
    body = {
        "topic": "general",
        "summary": "s",
        "language": "fr",
        "channel": "web",
        "conversation": "c",
        "transcript": [],
    }
    answer = await billing.http.post("/v1/contact-requests", json=body, headers={"Idempotency-Key": "a"})
    assert answer.json()["number"].startswith("C-")
    assert TOKEN not in (await billing.http.get("/openapi.json")).text


async def test_what_is_no_request_is_a_problem_like_any_other(billing: Billing) -> None:
    """Bytes that are no JSON, a day that is a number, a method there is none of: found by schemathesis (V3)."""
    headers = await billing.sign_in(*BAKERY)
    for broken in (b"\xd8\xbdL\xff", b"{", b"[]", b"\x00"):
        answer = await billing.http.post("/v1/bank-account-links", content=broken, headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-request")
    for path in ("/v1/invoices?to=0", "/v1/payments?from=1.5"):
        assert (await billing.http.get(path, headers=headers)).status_code == 422
    wrong_method = await billing.http.put("/v1/accounts", headers=headers)
    assert (wrong_method.status_code, wrong_method.headers["allow"]) == (405, "GET")


async def test_every_problem_has_its_words_in_both_languages(billing: Billing) -> None:
    """Whatever a route may refuse, it says so to the customer's face."""
    problems = yaml.safe_load((Path(documentation.__file__).with_name("problems.yml")).read_text(encoding="utf-8"))
    for code, problem in problems.items():
        assert set(problem) == {"status", "fr", "en"} and 400 <= problem["status"] < 600, code
        assert len(problem["fr"]) == len(problem["en"]) == 2 and problem["fr"] != problem["en"], code
    document = (await billing.http.get("/openapi.json")).json()
    assert "ProblemSeen" in document["components"]["schemas"]

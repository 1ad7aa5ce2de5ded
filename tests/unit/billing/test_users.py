"""Portal users: invited by an administrator, each with a role (behaviour.md, row 16)."""

from typing import Any

import pytest

from tests.support.billing import Billing

BAKERY = ("comptes@boulangerie-saint-roch.example", "Levain-2291-matin")
CLINIC = ("office@prairie-dental.example", "Molar-7733-prairie")
ACCOUNT = "1000482915"
HELPER = "adjointe@boulangerie-saint-roch.example"
PASSWORD = "Un-mot-bien-long-2026"
FORM = {"question": "Nom du premier chat", "answer": "Mistigri", "password": PASSWORD, "password_again": PASSWORD}


async def invite(billing: Billing, headers: dict[str, str], role: str = "view", email: str = HELPER) -> Any:
    """Invite somebody."""
    return await billing.create("/v1/user-invitations", headers, {"email": email, "role": role})


async def joined(billing: Billing, role: str, email: str = HELPER) -> dict[str, str]:
    """The headers of somebody who accepted an invitation of the bakery's."""
    await invite(billing, await billing.sign_in(*BAKERY), role, email)
    (await billing.http.post(await billing.link(email, "invitation"), data=FORM)).raise_for_status()
    return await billing.sign_in(email, PASSWORD)


async def test_an_invitation_becomes_a_login_of_ones_own(billing: Billing) -> None:
    """Invited, then active; the customer is told; the link serves once."""
    headers = await billing.sign_in(*BAKERY)
    made = (await invite(billing, headers, "pay")).json()
    assert (made["email_masked"], made["role"]) == ("a***@boulangerie-saint-roch.example", "pay")
    assert (await billing.http.post("/demo/portal-token", json={"email": HELPER, "password": ""})).status_code == 401
    users = (await billing.get("/v1/users", headers))["items"]
    assert [(one["role"], one["status"], one["self"]) for one in users] == [
        ("administer", "active", True),
        ("pay", "invited", False),
    ]
    link = await billing.link(HELPER, "invitation")
    for method in ("HEAD", "GET"):
        assert (await billing.http.request(method, link)).status_code == 200
    assert (await billing.http.post(link, data=FORM)).status_code == 200
    assert (await billing.http.post(link, data=FORM)).status_code == 410
    theirs = await billing.sign_in(HELPER, PASSWORD)
    assert (await billing.get("/v1/profile", theirs))["role"] == "pay"
    assert [one["status"] for one in (await billing.get("/v1/users", headers))["items"]] == ["active"] * 2
    assert "a***@" in (await billing.outbox(BAKERY[0]))[0]["body"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"question": " "},
        {"answer": "ab"},
        {"question": "Mistigri, c'est qui?"},
        {"password": "court", "password_again": "court"},
        {"password_again": "autre chose encore"},
        {"password": "boulangerie-2026", "password_again": "boulangerie-2026"},
    ],
)
async def test_a_weak_login_is_refused_and_the_link_still_serves(billing: Billing, wrong: dict[str, str]) -> None:
    """The same rules as for a new password, and a question that does not answer itself."""
    await invite(billing, await billing.sign_in(*BAKERY))
    link = await billing.link(HELPER, "invitation")
    refused = await billing.http.post(link, data=FORM | wrong)
    assert refused.status_code == 422 and 'role="alert"' in refused.text
    assert (await billing.http.post(link, data=FORM)).status_code == 200


async def money_calls(billing: Billing, headers: dict[str, str]) -> dict[str, int]:
    """The status of each call that changes something, by its path."""
    body: dict[str, Any] = {"account": ACCOUNT}
    dispute = {
        "invoice": "34821907", "reason": "other", "details": "", "language": "fr", "conversation": "c",
    }  # fmt: skip
    authorization = {"bank_account": "x", "version": "x", "language": "fr", "evidence": {}}
    instalments = [{"date": "2026-01-01", "amount": "1.00"}]
    calls: dict[str, dict[str, Any]] = {
        "/v1/payments": body
        | {"bank_account": "x", "date": "2026-01-01", "allocations": [{"invoice": "34821907", "amount": "1.00"}]},
        "/v1/payments/ACH-00000000/cancellation": {},
        "/v1/bank-account-links": body,
        "/v1/debit-authorizations": authorization,
        "/v1/disputes": dispute,
        "/v1/payment-plans": body | {"instalments": instalments, "language": "fr", "conversation": "c"},
        "/v1/email-changes": {"email": "x@y.example"},
        "/v1/user-invitations": {"email": "x@y.example", "role": "view"},
    }
    statuses = {path: (await billing.create(path, headers, sent)).status_code for path, sent in calls.items()}
    statuses["/v1/bank-accounts"] = (await billing.http.delete("/v1/bank-accounts/x", headers=headers)).status_code
    statuses["/v1/profile"] = (await billing.http.patch("/v1/profile", json={}, headers=headers)).status_code
    statuses["/v1/users"] = (await billing.http.get("/v1/users", headers=headers)).status_code
    statuses["/v1/users/x"] = (await billing.http.delete("/v1/users/x", headers=headers)).status_code
    return statuses


ADMINISTRATORS_ONLY = {"/v1/email-changes", "/v1/user-invitations", "/v1/profile", "/v1/users", "/v1/users/x"}


async def test_each_role_may_do_its_part_and_no_more(billing: Billing) -> None:
    """Unlisted means denied: a view-only login sees and asks for people, nothing else (A2)."""
    viewer = await joined(billing, "view")
    payer = await joined(billing, "pay", "paie@boulangerie-saint-roch.example")
    assert set((await money_calls(billing, viewer)).values()) == {403}
    denied = {path for path, status in (await money_calls(billing, payer)).items() if status == 403}
    assert denied == ADMINISTRATORS_ONLY
    assert (await billing.get("/v1/accounts", viewer))["items"][0]["number"] == ACCOUNT
    refused = await billing.create("/v1/email-changes", viewer, {"email": "x@y.example"})
    assert refused.json()["type"] == "/problems/role-not-allowed"


async def test_the_customers_own_login_and_a_code_act_as_administrator(billing: Billing) -> None:
    """Whoever reads the customer's mail is the customer."""
    for headers in (await billing.sign_in(*BAKERY), await billing.sign_in_by_code(ACCOUNT, BAKERY[0])):
        assert 403 not in (await money_calls(billing, headers)).values()
        (user,) = [one for one in (await billing.get("/v1/users", headers))["items"] if one["self"]]
        refused = await billing.http.delete(f"/v1/users/{user['id']}", headers=headers)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/cannot-remove-self")


async def test_a_removed_user_is_out_at_once(billing: Billing) -> None:
    """Sessions, password and waiting links; the customer is told; foreign users are unknown."""
    theirs = await joined(billing, "pay")
    headers = await billing.sign_in(*BAKERY)
    await billing.http.post("/v1/password-resets", json={"identifier": HELPER})
    reset = await billing.link(HELPER, "reset")
    (user,) = [one["id"] for one in (await billing.get("/v1/users", headers))["items"] if not one["self"]]
    stranger = await billing.sign_in(*CLINIC)
    assert (await billing.http.delete(f"/v1/users/{user}", headers=stranger)).status_code == 404
    assert (await billing.http.delete(f"/v1/users/{user}", headers=headers)).status_code == 204
    assert (await billing.http.delete(f"/v1/users/{user}", headers=headers)).status_code == 404
    assert (await billing.http.get("/v1/accounts", headers=theirs)).status_code == 401
    wrong = {"email": HELPER, "password": PASSWORD}
    assert (await billing.http.post("/demo/portal-token", json=wrong)).status_code == 401
    assert (await billing.http.get(reset)).status_code == 410
    assert (await billing.http.get("/v1/accounts", headers=headers)).status_code == 200
    assert "a***@" in (await billing.outbox(BAKERY[0]))[0]["body"]


async def test_nobody_removes_the_customers_own_login(billing: Billing) -> None:
    """An invited administrator could otherwise take the customer over."""
    theirs = await joined(billing, "administer")
    (owner,) = [one["id"] for one in (await billing.get("/v1/users", theirs))["items"] if not one["self"]]
    refused = await billing.http.delete(f"/v1/users/{owner}", headers=theirs)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/cannot-remove-owner")


async def test_inviting_again_replaces_a_lost_invitation_but_no_login(billing: Billing) -> None:
    """Only the newest link works."""
    headers = await billing.sign_in(*BAKERY)
    first = await invite(billing, headers)
    lost = await billing.link(HELPER, "invitation")
    second = await invite(billing, headers, "pay")
    assert (second.status_code, second.json()["id"]) == (201, first.json()["id"])
    assert (await billing.http.get(lost)).status_code == 410
    await billing.http.post(await billing.link(HELPER, "invitation"), data=FORM)
    for email in (HELPER, BAKERY[0]):
        refused = await invite(billing, headers, email=email)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/user-exists")


async def test_another_customers_address_is_invited_like_any_other(billing: Billing) -> None:
    """Only who opens the link learns that the address signs in elsewhere, and that login stays as it is."""
    headers = await billing.sign_in(*BAKERY)
    assert (await invite(billing, headers, email=CLINIC[0])).status_code == 201
    refused = await billing.http.post(await billing.link(CLINIC[0], "invitation"), data=FORM)
    assert refused.status_code == 422
    assert (await billing.get("/v1/profile", await billing.sign_in(*CLINIC)))["name"] == "Prairie Dental Clinic"


async def test_an_invitation_lasts_72_hours(billing: Billing) -> None:
    """A working day and a weekend."""
    await invite(billing, await billing.sign_in(*BAKERY))
    link = await billing.link(HELPER, "invitation")
    await billing.advance("PT71H")
    assert (await billing.http.get(link)).status_code == 200
    await billing.advance("PT1H")
    assert (await billing.http.get(link)).status_code == 410


async def test_an_old_code_invites_and_removes_nobody(billing: Billing) -> None:
    """A fresh verification, as for a payment."""
    headers = await billing.sign_in_by_code(ACCOUNT, BAKERY[0])
    await billing.advance("PT11M")
    assert (await invite(billing, headers)).json()["type"] == "/problems/fresh-verification-required"
    assert (await billing.http.delete("/v1/users/x", headers=headers)).status_code == 403


async def test_a_user_who_forgets_the_password_resets_their_own(billing: Billing) -> None:
    """By their address and their question; the customer's own login is left alone."""
    theirs = await joined(billing, "view")
    await billing.http.post("/v1/password-resets", json={"identifier": HELPER})
    link = await billing.link(HELPER, "reset")
    assert "Nom du premier chat" in (await billing.http.get(link)).text
    new = "Encore-un-autre-2027"
    form = {"answer": "mistigri", "password": new, "password_again": new}
    assert (await billing.http.post(link, data=form)).status_code == 200
    assert (await billing.http.get("/v1/accounts", headers=theirs)).status_code == 401
    assert await billing.sign_in(HELPER, new) and await billing.sign_in(*BAKERY)


async def test_signing_out_ends_ones_own_sessions_and_no_others(billing: Billing) -> None:
    """A colleague goes on working."""
    theirs, headers = await joined(billing, "view"), await billing.sign_in(*BAKERY)
    assert (await billing.http.delete("/v1/session", headers=theirs)).status_code == 204
    assert (await billing.http.get("/v1/session", headers=theirs)).status_code == 401
    assert (await billing.http.get("/v1/session", headers=headers)).status_code == 200


async def test_a_new_password_of_the_customers_own_login_ends_sessions_by_code_too(billing: Billing) -> None:
    """Both are the same person's: whoever resets it wants everybody out (A9)."""
    by_code = await billing.sign_in_by_code(ACCOUNT, BAKERY[0])
    theirs = await joined(billing, "view")
    await billing.http.post("/v1/password-resets", json={"identifier": ACCOUNT})
    new = "Encore-un-autre-2027"
    form = {"answer": "beauport", "password": new, "password_again": new}
    assert (await billing.http.post(await billing.link(BAKERY[0], "reset"), data=form)).status_code == 200
    assert (await billing.http.get("/v1/session", headers=by_code)).status_code == 401
    assert (await billing.http.get("/v1/session", headers=theirs)).status_code == 200

"""Disputes, promises, the profile, users, bank accounts, enrolment: each with its effect on the billing system."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.plans import instalments
from company import COMPANY
from tests.support.talk import Talk
from tests.unit.actions.test_dialogue import (
    ATELIER,
    ATELIER_MAIL,
    BAKERY,
    BAKERY_MAIL,
    CLINIC,
    CLINIC_MAIL,
    LAWYERS,
    LAWYERS_MAIL,
)


@pytest.fixture
async def known(talk: Talk) -> Talk:
    """The bakery, recognised."""
    await talk.says("mon solde", "check_balance")
    await talk.identify(BAKERY, BAKERY_MAIL)
    return talk


async def test_a_dispute_takes_invoice_reason_and_amount(known: Talk) -> None:
    """Whoever examines the case needs all three; the customer gets its number."""
    assert await known.says("je conteste une facture", "dispute_invoice") == ["dispute_which"]
    assert await known.says("34822466", "inform", invoice_number="34822466") == ["dispute_reason"]
    assert await known.says("le montant est trop élevé", "out_of_scope") == ["dispute_amount"]
    assert await known.says("300", "out_of_scope") == ["dispute_opened"]
    assert known.last[-1].values["amount"] == "300.00"
    assert known.last[-1].values["number"].startswith("D-")


async def test_a_disputed_invoice_is_left_out_of_everything(known: Talk) -> None:
    """Paying everything must not pay what is under examination; naming the invoice still can."""
    text = "la 34821907 n'est pas à nous"
    assert await known.says(text, "dispute_invoice", invoice_number="34821907") == ["dispute_opened"]
    assert await known.says("tout payer", "make_payment", selector="all") == ["read_back"]
    assert {part["invoice"] for part in known.last[-1].values["parts"]} == {"34822466", "34823011"}
    assert await known.says("laisse faire", "cancel") == ["dropped"]
    assert await known.says("la 34821907 encore", "dispute_invoice", invoice_number="34821907") == ["dispute_reason"]
    assert await known.says("pas à nous", "out_of_scope") == ["already_disputed"]


async def test_instalments_are_read_back_and_recorded_after_a_yes(known: Talk) -> None:
    """A promise is the customer's word: it is put to them in full first."""
    assert await known.says("payer ce qui est en retard en trois versements", "request_payment_plan") == [
        "plan_read_back"
    ]
    parts = known.last[-1].values["parts"]
    assert sum(Decimal(one["amount"]) for one in parts) == Decimal("1816.68")
    assert await known.says("euh peut-être", "out_of_scope") == ["plan_read_back_again"]
    assert await known.says("oui", "affirm") == ["plan_made"]
    assert await known.says("et un autre délai", "request_payment_plan") == ["plan_refused"]


async def test_a_date_is_a_promise_of_one_payment(known: Talk) -> None:
    """I will pay on the 15th: the commonest promise of all."""
    day = (datetime.now(COMPANY.zone).date() + timedelta(days=20)).isoformat()
    assert await known.says("je paierai dans 20 jours", "request_payment_plan", date=day) == ["plan_read_back"]
    assert [one["date"] for one in known.last[-1].values["parts"]] == [day]


async def test_what_the_rules_do_not_allow_is_said_with_what_they_do(known: Talk) -> None:
    """Twelve instalments are an agent's decision, not ours."""
    assert await known.says("en douze versements", "request_payment_plan") == ["plan_not_possible"]
    assert await known.says("en deux fois alors", "inform") == ["plan_read_back"]


@given(st.decimals(min_value="0.03", max_value="99999.99", places=2), st.integers(1, 3))
def test_instalments_sum_to_the_amount(amount: Decimal, count: int) -> None:
    """No cent is lost or made by dividing."""
    days = [datetime.now(COMPANY.zone).date() + timedelta(days=at) for at in range(1, count + 1)]
    parts = instalments(amount, days)
    assert sum(Decimal(one["amount"]) for one in parts) == amount
    assert len(parts) == count


async def test_a_new_address_is_confirmed_by_a_link_sent_there(known: Talk) -> None:
    """A slip of the finger must not send the invoices to a stranger."""
    assert await known.says("changer mon courriel", "update_email") == ["email_new"]
    assert "comptes@" not in known.text
    assert await known.says("pas une adresse", "inform", email="nulle-part@") == ["email_invalid"]
    assert await known.says("nouveau@exemple.ca", "inform", email="nouveau@exemple.ca") == ["email_link_sent"]
    sent = (await known.http.get("/demo/outbox", params={"to": "nouveau@exemple.ca"})).json()
    assert "/portal/email/" in sent[0]["body"]


async def test_the_language_of_invoices_is_not_that_of_the_conversation(known: Talk) -> None:
    """Who writes in French may want invoices in English for head office."""
    assert await known.says("changer la langue de mes factures", "change_profile_language") == ["profile_language"]
    assert await known.chooses("in_en") == ["profile_language_changed"]
    assert "anglais" in known.text
    await known.says("changer la langue de mes factures", "change_profile_language")
    assert await known.chooses("in_en") == ["profile_language_already"]


async def test_paper_is_switched_to_only_after_the_fee_is_accepted(known: Talk) -> None:
    """A fee nobody agreed to is a dispute next month."""
    assert await known.says("je veux du papier", "request_paper_invoices") == ["paper_fee_confirm"]
    assert "5,00 $" in known.text
    assert await known.says("non", "deny") == ["paper_declined"]
    await known.says("je veux du papier", "request_paper_invoices")
    assert await known.says("oui", "affirm") == ["now_by_paper"]
    assert await known.says("plus de papier svp", "request_paper_invoices") == ["now_by_email"]
    assert await known.says("arrêtez le papier", "request_paper_invoices") == ["already_by_email"]


async def test_a_colleague_is_invited_with_a_role_and_removed_after_a_yes(known: Talk) -> None:
    """The invitation goes by e-mail; taking access away is asked twice."""
    assert await known.says("donner accès à ma comptable", "add_user") == ["user_email"]
    assert await known.says("ana@exemple.ca", "inform", email="ana@exemple.ca") == ["user_role"]
    assert await known.says("juste consulter", "check_balance") == ["user_invited"]
    assert await known.says("elle est partie, retirez-lui l'accès", "add_user") == ["user_remove_confirm"]
    assert await known.says("oui", "affirm") == ["user_removed"]
    assert await known.says("retirer un accès", "add_user") == ["users_none"]


async def test_bank_details_are_given_on_a_page_of_the_account_meant(talk: Talk) -> None:
    """Two accounts, two pages; a number typed here would lie in a transcript for ever."""
    await talk.says("my balance", "check_balance", language="en")
    await talk.identify(LAWYERS, LAWYERS_MAIL)
    assert await talk.says("change my bank account", "add_bank_account") == ["bank_which_account"]
    assert await talk.says("1000260485", "inform", account_number="1000260485") == ["bank_page"]
    assert len(talk.last[-1].links) == 1


@pytest.mark.parametrize("account", ["1000482915", "1999999999"])
async def test_enrolment_says_the_same_for_every_number_that_qualifies(talk: Talk, account: str) -> None:
    """Nobody learns from us which accounts exist."""
    assert await talk.says("m'inscrire", "enroll") == ["enrol_account"]
    assert await talk.says(account, "inform", account_number=account) == ["enrol_sent"]


async def test_a_number_that_does_not_qualify_hears_why_and_what_remains(talk: Talk) -> None:
    """The 9 accounts are the ones that ask."""
    assert await talk.says("inscrire le 9000318842", "enroll", account_number="9000318842") == ["enrol_not_covered"]


async def test_a_wish_put_inside_another_brings_that_one_back(talk: Talk) -> None:
    """A digression into the profile loses nothing of the payment."""
    await talk.says("my balance", "check_balance", language="en")
    await talk.identify(CLINIC, CLINIC_MAIL)
    assert await talk.says("pay my invoice", "make_payment") == ["consent"]
    await talk.says("send my invoices in another language", "change_profile_language")
    assert await talk.chooses("in_fr") == ["profile_language_changed", "back_to_task", "consent_above"]


async def test_a_bare_number_corrects_the_instalments(known: Talk) -> None:
    """No, three: what was asked is how many."""
    assert await known.says("il me faut un délai", "request_payment_plan") == ["plan_how"]
    assert await known.says("deux", "inform", selector="2") == ["plan_read_back"]
    assert await known.says("non trois", "deny") == ["plan_read_back"]
    assert len(known.last[-1].values["parts"]) == 3


async def test_the_only_invoice_is_the_one_disputed(talk: Talk) -> None:
    """A question with one answer is no question."""
    await talk.says("mon solde", "check_balance")
    await talk.identify(ATELIER, ATELIER_MAIL)
    assert await talk.says("je conteste", "dispute_invoice") == ["dispute_reason"]
    assert "51900273" in talk.text


async def test_the_whole_invoice_is_an_amount(known: Talk) -> None:
    """It is what the question itself names."""
    await known.says("la 34822466 est erronée, le montant est trop élevé", "dispute_invoice", invoice_number="34822466")
    assert await known.says("toute la facture", "inform", selector="all") == ["dispute_opened"]
    assert known.last[-1].values["amount"] == "932.18"


async def test_a_yes_to_an_arrangement_changed_since_records_nothing(known: Talk) -> None:
    """The button promised two instalments; what is read back now are three."""
    assert await known.says("en deux versements", "request_payment_plan") == ["plan_read_back"]
    two = next(choice["command"] for choice in known.last[-1].choices if choice["name"] == "plan_yes")
    assert await known.says("non, trois", "deny") == ["plan_read_back"]
    assert await known.clicks(two) == ["plan_read_back_again"]
    assert await known.chooses("plan_yes") == ["plan_made"]


async def test_when_all_that_is_due_is_disputed_paying_says_so(talk: Talk) -> None:
    """Nothing is left to choose from; the invoice can still be paid by its number."""
    await talk.says("mon solde", "check_balance")
    await talk.identify(ATELIER, ATELIER_MAIL)
    await talk.says("elle n'est pas à nous", "dispute_invoice")
    assert await talk.says("je veux payer", "make_payment") == ["all_disputed"]
    assert talk.context.tasks == []
    assert await talk.says("payer 51900273", "make_payment", invoice_number="51900273") == ["no_bank_account"]


async def test_a_language_named_for_the_invoices_is_not_one_to_speak_in(known: Talk) -> None:
    """The answer to "in which language?" may look like a wish to be spoken to in it."""
    await known.says("changer la langue de mes factures", "change_profile_language")
    said = await known.says("in English please", "switch_language", language="en", names="en")
    assert said == ["profile_language_changed"]
    assert known.last[-1].language == "fr"

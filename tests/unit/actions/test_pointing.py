"""A list just shown can be pointed at (behaviour.md, "Manners")."""

import pytest

from tests.support.questions import in_days
from tests.support.talk import Talk
from tests.unit.actions.test_dialogue import BAKERY, BAKERY_MAIL


@pytest.fixture
async def looking(talk: Talk) -> Talk:
    """The bakery with its two overdue invoices before its eyes: 34821907 (1 284,50 $), 34822466 (532,18 $)."""
    await talk.says("ce qui est en retard", "list_overdue_invoices")
    await talk.identify(BAKERY, BAKERY_MAIL)
    assert [one.number for one in talk.context.shown_invoices] == ["34821907", "34822466"]
    return talk


@pytest.mark.parametrize(
    ("text", "values", "numbers"),
    [
        ("le PDF de la plus petite", {}, ["34822466"]),
        ("a copy of the biggest one", {}, ["34821907"]),
        ("la deuxième en PDF", {"selector": "2"}, ["34822466"]),
        ("send me both", {"selector": "all"}, ["34821907", "34822466"]),
        ("toutes les deux", {}, ["34821907", "34822466"]),
    ],
)
async def test_one_of_the_list_is_meant(looking: Talk, text: str, values: dict[str, str], numbers: list[str]) -> None:
    """Places, sizes and "both" mean the list on the screen, not the whole account."""
    await looking.says(text, "get_invoice_pdf", **values)
    assert looking.last[-1].values["numbers"] == numbers


async def test_the_month_of_an_invoice_points_at_it(looking: Talk) -> None:
    """The October one is the one issued that month."""
    issued = looking.context.shown_invoices[0].issued
    await looking.says("celle de ce mois-là", "get_invoice_pdf", period=f"{issued:%Y-%m}")
    assert "34821907" in looking.last[-1].values["numbers"]


async def test_all_my_invoices_are_more_than_the_list(looking: Talk) -> None:
    """Who says "toutes mes factures" after a list of two wants all that are open."""
    await looking.says("le PDF de toutes mes factures", "get_invoice_pdf", selector="all")
    assert looking.last[-1].values["numbers"] == ["34821907", "34822466", "34823011"]


async def test_the_one_not_found_is_the_one_named(looking: Talk) -> None:
    """Of two numbers only the wrong one is said to be wrong."""
    said = await looking.says("le PDF de 34821907 et 40117352", "get_invoice_pdf", invoice_number="40117352")
    assert said == ["pdf_not_found"]
    assert "40117352" in looking.text


async def test_a_list_stays_before_the_eyes_when_one_of_it_is_handed_over(looking: Talk) -> None:
    """Who got the second may still want the first."""
    await looking.says("le PDF de la deuxième", "get_invoice_pdf", selector="2")
    await looking.says("et la première aussi", "get_invoice_pdf", selector="1")
    assert looking.last[-1].values["numbers"] == ["34821907"]


async def test_it_is_the_invoice_last_spoken_of(looking: Talk) -> None:
    """After its PDF, "la payer" needs no number."""
    await looking.says("le PDF de la deuxième", "get_invoice_pdf", selector="2")
    await looking.says("ok la payer", "make_payment")
    assert [part["invoice"] for part in looking.last[-1].values["parts"]] == ["34822466"]


async def test_the_payment_under_way_is_meant_by_it(looking: Talk) -> None:
    """Looking at one invoice while two are to be paid: "make it Friday" changes the day and nothing else."""
    await looking.says("le PDF de la deuxième", "get_invoice_pdf", selector="2")
    await looking.says("payer ce qui est en retard", "make_payment", selector="overdue")
    assert await looking.says("make it for 2026-12-05 instead", "make_payment", date=in_days(3)) == ["read_back"]
    assert [part["invoice"] for part in looking.last[-1].values["parts"]] == ["34821907", "34822466"]
    assert looking.last[-1].values["date"] == in_days(3)


async def test_one_of_the_list_pointed_at_with_nothing_asked_is_offered_for_something(looking: Talk) -> None:
    """The second one: which one is known, only what to do with it is not."""
    assert await looking.says("la deuxième", "inform", selector="2") == ["invoice_for_what"]
    assert "34822466" in looking.text

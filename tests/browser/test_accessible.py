"""No violation that axe-core knows of, in any state a visitor sees (WCAG 2.2 AA; AODA)."""

import json
import re
from collections.abc import Callable
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.support.product import Product
from tests.support.visitor import Visitor

OpenPage = Callable[..., Visitor]
SCHEMES: list[Literal["light", "dark"]] = ["light", "dark"]
TELEPHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 780}, "has_touch": True}
# Each rule of WCAG up to 2.2 AA, and what axe's authors hold to be good practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_URL = re.compile(r"https?://\S+")


def faults(page: Page) -> list[str]:
    """What axe finds, each with its place."""
    found = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]}).response["violations"]
    return [
        f"{one['id']}: {json.dumps(node['target'])} {node['failureSummary']}" for one in found for node in one["nodes"]
    ]


def test_axe_sees_a_fault(browser: Browser) -> None:
    """A check that finds nothing anywhere would pass for ever."""
    page = browser.new_page()
    page.set_content("<html><body><img src=x><button></button></body></html>")
    assert {fault.partition(":")[0] for fault in faults(page)} >= {"image-alt", "button-name", "html-has-lang"}
    page.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("shape", [{}, TELEPHONE], ids=["wide", "telephone"])
def test_the_page_is_accessible_from_the_greeting_to_the_payment(
    open_page: OpenPage, scheme: str, shape: dict[str, Any]
) -> None:
    """Greeting, list, document, consent to pay, notice: each as a visitor meets it."""
    visitor = open_page(color_scheme=scheme, locale="fr-CA", **shape)
    assert faults(visitor.page) == []
    visitor.signs_in("Boulangerie Saint-Roch")
    visitor.says("mes factures en souffrance", "34822466")
    assert faults(visitor.page) == []
    visitor.says("le pdf de la facture 34821907", "Voici la facture")
    assert faults(visitor.page) == []
    visitor.presses("English", "go on in English")
    visitor.says("pay invoice 34821907", "YES or NO")
    visitor.page.get_by_role("textbox").fill("a" * 1_010)
    assert faults(visitor.page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_portals_pages_are_accessible(product: Product, browser: Browser, scheme: Literal["light", "dark"]) -> None:
    """The conversation leads there: a new password, a bank account, a link that is over."""
    talk = product.conversation("fr", "compta@atelier-nordique.example")
    talk.say("je veux payer ma facture")
    bank = talk.links[-1].url
    talk.say("laisse faire")
    talk.say("j'ai oublié mon mot de passe")
    reset = _URL.findall(product.newest_mail("compta@atelier-nordique.example")["body"])[0]
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    for address in (bank, reset, f"{bank}x"):
        page.goto(address)
        assert faults(page) == [], address
    page.goto(reset)
    page.locator("#answer").fill("Boréal")
    for field in ("#password", "#password_again"):
        page.locator(field).fill("court")
    page.locator("form").evaluate("form => { form.noValidate = true; form.submit() }")
    page.get_by_role("alert").wait_for()
    assert faults(page) == []
    context.close()

"""The page at ``/`` in a real browser, on the real product."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.support.product import Product
from tests.support.visitor import Visitor

OpenPage = Callable[..., Visitor]


def test_balance_in_french_then_english_a_payment_and_its_pdf(product: Product, open_page: OpenPage) -> None:
    """What a customer comes for, from the first look to the opened invoice."""
    visitor = open_page(locale="fr-CA")
    assert visitor.language == "fr-CA"
    visitor.signs_in("Boulangerie Saint-Roch")
    balance = visitor.says("Quel est mon solde?", "3 101,18 $")
    expect(balance).to_contain_text("1 816,68 $")
    visitor.presses("English", "go on in English")
    assert visitor.language == "en-CA"
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Billing assistant")
    visitor.says("pay invoice 34821907", "$1,284.50")
    visitor.presses("Yes, pay $1,284.50", re.compile("ACH-[0-9A-Z]{8}"))
    assert [payment["amount"] for payment in product.payments()] == ["1284.50"]
    visitor.says("the pdf of invoice 34821907 please", "Here is invoice 34821907")
    link = visitor.page.locator("a.document").last
    with visitor.context.expect_event("response", lambda answer: "/d/" in answer.url) as opened:
        link.click()
    assert opened.value.ok and opened.value.headers["content-type"] == "application/pdf"
    with visitor.context.expect_event("response", lambda answer: "/d/" in answer.url) as again:
        link.click()
    assert again.value.status == 410  # a link opens once


def test_everything_can_be_done_with_the_keyboard_alone(product: Product, open_page: OpenPage) -> None:
    """Not everybody has or sees a mouse (WCAG 2.1.1); the focus is never lost."""
    visitor = open_page(locale="fr-CA")
    keys = visitor.page.keyboard
    keys.press("Tab")
    assert visitor.focused == "Aller au message"
    keys.press("Enter")
    assert visitor.focused == "message"
    keys.press("Shift+Tab")
    assert visitor.focused == "Continue in English"
    for _ in range(5):
        keys.press("Shift+Tab")
    assert visitor.focused == "Mon solde"
    keys.press("Enter")
    visitor.hears("numéro de compte")
    visitor.page.locator("#message").focus()
    keys.type("1000557120")
    keys.press("Enter")
    visitor.hears("code à 6 chiffres")
    keys.type(product.code("admin@clinique-du-parc.example"))
    keys.press("Enter")
    visitor.hears("389,99 $")
    assert visitor.focused == "message"
    keys.type("payer la facture 72008841")
    keys.press("Enter")
    visitor.hears("OUI ou NON")
    keys.press("Shift+Tab")
    assert visitor.focused == "Non"
    keys.press("Shift+Tab")
    keys.press("Space")
    visitor.hears("ACH-")
    assert len(product.payments()) == 1


def test_the_keyboard_sees_where_it_is(open_page: OpenPage) -> None:
    """Each thing that can be reached shows an outline or a ring when it is (WCAG 2.4.7)."""
    visitor = open_page()
    reached: set[str] = set()
    for _ in range(25):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("document.activeElement === document.body"):
            break
        reached.add(visitor.focused)
        shown = visitor.page.evaluate(
            "(() => { const style = getComputedStyle(document.activeElement);"
            " return style.outlineStyle !== 'none' && style.outlineWidth !== '0px' || style.boxShadow !== 'none' })()"
        )
        assert shown, visitor.focused
    assert len(reached) > 10


def test_the_toggle_turns_the_page_and_the_conversation(open_page: OpenPage) -> None:
    """Before the first message the greeting comes anew; later the assistant is asked, and nothing is lost."""
    visitor = open_page(locale="fr-CA")
    visitor.presses("English", "Hello!")
    assert visitor.language == "en-CA"
    visitor.says("my balance", "account number")
    visitor.presses("Français", "continuons en français")
    visitor.hears("numéro de compte")
    assert visitor.language == "fr-CA"


def test_a_conversation_outlives_a_reload(open_page: OpenPage) -> None:
    """Both sides are there again, and the choices still work."""
    visitor = open_page(locale="fr-CA")
    visitor.signs_in("Atelier Nordique")
    visitor.says("mon solde", "2 450,00 $")
    visitor.page.reload()
    visitor.hears("2 450,00 $")
    expect(visitor.page.locator(".message.customer")).to_have_count(1)
    visitor.presses("Factures en souffrance", "51900273")


def test_a_locked_customer_is_told_what_helps(open_page: OpenPage) -> None:
    """The portal refused the sign-in; the conversation can still have the password reset."""
    visitor = open_page(locale="fr-CA")
    visitor.page.locator("#customers").get_by_role("button", name="Clinique du Parc").click()
    expect(visitor.page.locator("#sign-in-problem")).to_contain_text("réinitialiser le mot de passe")
    visitor.complaints.clear()  # the browser itself reports the refused request


def test_a_broken_line_keeps_what_was_typed(open_page: OpenPage) -> None:
    """Said in the page's language; sent once when the line is back."""
    visitor = open_page(locale="fr-CA")
    visitor.context.set_offline(True)
    visitor.page.get_by_role("textbox").fill("quel est mon solde?")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_role("alert").filter(has_text="connexion").first).to_be_visible()
    expect(visitor.page.get_by_role("textbox")).to_have_value("quel est mon solde?")
    visitor.context.set_offline(False)
    visitor.page.keyboard.press("Enter")
    visitor.hears("numéro de compte")
    expect(visitor.page.locator(".message.customer")).to_have_count(1)
    visitor.complaints.clear()  # the browser itself reports that it was offline


def test_what_is_typed_is_never_markup(open_page: OpenPage) -> None:
    """Nor is what the assistant says back."""
    visitor = open_page(locale="fr-CA")
    visitor.says("<img src=x onerror='document.title=1'><b>solde</b>", re.compile("."))
    expect(visitor.page.locator(".message.customer")).to_contain_text("<b>solde</b>")
    expect(visitor.page.locator(".message b, .message img")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_nothing_is_cut_off_at_any_width(open_page: OpenPage, width: int) -> None:
    """A telephone, or a page made four times as large (WCAG 1.4.10)."""
    visitor = open_page(viewport={"width": width, "height": 700}, locale="fr-CA")
    visitor.signs_in("Boulangerie Saint-Roch")
    visitor.says("mes factures en souffrance", "34822466")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
    box = visitor.page.locator("#send").bounding_box()
    assert box is not None and box["x"] + box["width"] <= width and box["y"] + box["height"] <= 700

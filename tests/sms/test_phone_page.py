"""The phone's page in a real browser: texts, keys, codes by e-mail, both languages, without a mouse or a complaint."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.support.product import Product


@pytest.fixture
def page(product: Product) -> Iterator[Page]:
    """The page open in French, as wide as a laptop; it must not write a single error."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(locale="fr-CA", viewport={"width": 1280, "height": 860})
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{product.phone_url}/")
        yield page
        browser.close()
        assert complaints == []


def press(page: Page, keys: str) -> None:
    """Press keys of the telephone, each once it is asked for."""
    for key in keys:
        expect(page.locator("#call-state")).to_have_text("On attend une touche.")
        page.get_by_role("group", name="Touches").get_by_role("button", name=key, exact=True).click()


def test_anybody_can_try_option_4_to_a_balance(page: Page) -> None:
    """A call, a text, a code from the mail beside it: nothing else is needed."""
    page.get_by_label("Client de la démo").select_option("Clinique du Parc")
    page.get_by_role("button", name="Appeler").click()
    press(page, "141")
    texts = page.get_by_role("log", name="Textos")
    expect(texts).to_contain_text("vous avez appelé au sujet de la facturation")
    page.get_by_role("button", name="Raccrocher").click()
    box = page.get_by_label("Votre texto")
    box.fill("1")
    box.press("Enter")
    expect(texts).to_contain_text("numéro de compte (10 chiffres)")
    box.fill("1000557120")
    box.press("Enter")
    mail = page.locator("#mail li").first
    expect(mail).to_contain_text("code")
    code = page.evaluate("document.querySelector('#mail').textContent.match(/\\b\\d{6}\\b/)[0]")
    box.fill(code)
    box.press("Enter")
    expect(texts).to_contain_text("389,99 $")
    expect(texts).to_contain_text("***7120")


def test_a_landline_is_heard_to_go_to_a_person(page: Page) -> None:
    """By ticking a box."""
    page.get_by_label("Client de la démo").select_option("Atelier Nordique")
    page.get_by_label("C’est un poste fixe, sans textos").check()
    page.get_by_role("button", name="Appeler").click()
    press(page, "14")
    expect(page.get_by_role("log", name="Ce que vous entendez")).to_contain_text("Pour continuer par texto")
    press(page, "1")
    expect(page.locator("#call-state")).to_have_text("En attente d’une personne.", timeout=20_000)


def test_a_withheld_number_is_heard_to_go_to_a_person(page: Page) -> None:
    """Nobody can be texted there."""
    page.get_by_label("Masquer le numéro en appelant").check()
    page.get_by_role("button", name="Appeler").click()
    press(page, "14")
    expect(page.locator("#call-state")).to_have_text("En attente d’une personne.")


def test_the_page_is_english_at_a_click_and_stays_so(page: Page) -> None:
    """Both languages, and the one chosen is kept."""
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A phone to try it with")
    expect(page.locator("html")).to_have_attribute("lang", "en-CA")
    page.reload()
    expect(page.get_by_role("button", name="Hang up")).to_be_disabled()


def test_a_number_that_is_none_is_told_so(page: Page) -> None:
    """In words, beside the field."""
    page.get_by_label("Numéro", exact=True).fill("555")
    page.get_by_label("Numéro", exact=True).press("Tab")
    expect(page.locator("#number-problem")).to_contain_text("de 8 à 15 chiffres")


def test_the_page_can_be_used_with_the_keyboard_alone_and_on_a_small_screen(page: Page) -> None:
    """Skip link, text, Enter; nothing wider than the screen."""
    page.set_viewport_size({"width": 320, "height": 700})
    expect(page.get_by_label("Numéro", exact=True)).not_to_have_value("")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("Bonjour")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log", name="Textos")).to_contain_text("Bonjour!")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_every_control_has_a_name_and_room_for_a_finger(page: Page) -> None:
    """What a screen reader and a thumb need (WCAG 2.2: 4.1.2, 2.5.8)."""
    for control in page.locator("button, input, select, textarea").all():
        name = control.evaluate(
            "e => e.getAttribute('aria-label') || (e.labels && e.labels[0] && e.labels[0].textContent) || e.textContent"
        )
        assert name.strip()
        box = control.bounding_box()
        assert box is not None
        if control.get_attribute("type") != "checkbox":
            assert min(box["width"], box["height"]) >= 24

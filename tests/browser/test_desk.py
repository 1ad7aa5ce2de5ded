"""The agent desk and the customer's page in a real browser: both see what the other writes, without a reload."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.support.product import DESK_PASSWORD, Product

PATIENCE_MS = 20_000


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Debian's chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the pages complain of; none may."""
    heard: list[str] = []
    yield heard
    assert heard == []


def open_page(browser: Browser, complaints: list[str], address: str, locale: str, width: int = 1280) -> Page:
    """A page in a browser of its own."""
    page = browser.new_page(locale=locale, viewport={"width": width, "height": 860})
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    return page


def sign_in(page: Page) -> None:
    """With the keyboard alone."""
    page.get_by_label("Prénom").fill("Camille")
    page.keyboard.press("Tab")
    page.keyboard.type(DESK_PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Demandes")


def test_a_customer_of_the_website_talks_with_a_person_and_then_with_the_bot_again(
    product: Product, browser: Browser, complaints: list[str]
) -> None:
    """From the request to the close; neither side reloads its page."""
    customer = open_page(browser, complaints, f"{product.assistant_url}/", "fr-CA")
    said = customer.locator("#log")
    box = customer.locator("textarea")
    expect(said).to_contain_text("Bonjour!")
    box.fill("je veux parler à une personne")
    box.press("Enter")
    expect(said).to_contain_text("C-", timeout=PATIENCE_MS)

    desk = open_page(browser, complaints, f"{product.assistant_url}/desk", "fr-CA")
    sign_in(desk)
    desk.get_by_role("row").filter(has_text="En attente").last.get_by_role("link").click()
    expect(desk.get_by_role("log")).to_contain_text("je veux parler à une personne")
    desk.get_by_role("button", name="Prendre la conversation").press("Enter")
    expect(desk.get_by_role("status")).to_contain_text("La conversation est à vous.")
    expect(said).to_contain_text("Vous parlez maintenant avec Camille", timeout=PATIENCE_MS)

    box.fill("Ma facture 34821907 est fausse.")
    box.press("Enter")
    expect(desk.get_by_role("log")).to_contain_text("Ma facture 34821907 est fausse.", timeout=PATIENCE_MS)
    desk.get_by_label("Votre réponse").fill("Bonjour! Je regarde <b>tout de suite</b>.")
    desk.get_by_role("button", name="Envoyer").click()
    expect(said).to_contain_text("Je regarde <b>tout de suite</b>.", timeout=PATIENCE_MS)
    expect(said.locator(".person")).to_have_text("Camille")

    desk.get_by_role("button", name="Rendre à l'assistant").click()
    expect(said).to_contain_text("C'est de nouveau l'assistant", timeout=PATIENCE_MS)
    box.fill("quelles sont vos heures d'ouverture")
    box.press("Enter")
    expect(said.locator(".assistant").last).to_contain_text("lundi", timeout=PATIENCE_MS)
    desk.get_by_label("Réglée").check()
    desk.get_by_role("button", name="Fermer la demande").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Fermée")


def test_the_desk_has_names_and_room_for_a_finger_on_a_small_screen_too(
    product: Product, browser: Browser, complaints: list[str]
) -> None:
    """What a screen reader and a thumb need (WCAG 2.2: 4.1.2, 2.5.8, 1.4.10)."""
    talk = product.conversation("en")
    talk.say("a person please")
    desk = open_page(browser, complaints, f"{product.assistant_url}/desk", "fr-CA", width=320)
    sign_in(desk)
    desk.get_by_role("link", name="English").click()
    expect(desk.locator("html")).to_have_attribute("lang", "en-CA")
    desk.get_by_role("row").filter(has_text="Waiting").last.get_by_role("link").click()
    assert desk.evaluate("document.documentElement.scrollWidth") <= 320
    for control in desk.locator("button, input:not([type=hidden]), textarea, select").all():
        name = control.evaluate("e => (e.labels && e.labels[0] && e.labels[0].textContent) || e.textContent")
        assert name.strip()
        box = control.bounding_box()
        assert box is not None
        if control.get_attribute("type") != "radio":  # its label can be pressed too
            assert min(box["width"], box["height"]) >= 24


def test_a_wrong_password_is_told_on_the_page(product: Product, browser: Browser, complaints: list[str]) -> None:
    """And nobody is in."""
    desk = open_page(browser, complaints, f"{product.assistant_url}/desk", "en-CA")
    desk.get_by_label("First name").fill("Camille")
    desk.get_by_label("Password").fill("wrong")
    desk.get_by_role("button", name="Sign in").click()
    expect(desk.get_by_role("alert")).to_contain_text("not right")
    assert [one for one in complaints if "401" not in one] == []
    complaints.clear()  # the browser itself writes down that the answer was a 401

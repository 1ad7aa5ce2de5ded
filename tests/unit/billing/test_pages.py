"""The portal's pages: complete in both languages, safe with hostile values, usable without a script."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
import yaml
from jinja2 import UndefinedError

from billing.formats import LANGUAGES
from billing.portal.pages import STATIC, STATIC_PATH, TEMPLATES, page
from billing.services.passwords import fault_of
from billing.storage.tables import BankAccount
from company import COMPANY, Language

BANK_ACCOUNT: dict[str, Any] = {
    "error": None,
    "token": "t",
    "values": {},
    "banks": [],
    "may_remove": True,
    "removed": False,
}
PAGES: dict[str, dict[str, Any]] = {
    "reset": {"question": "Ville de votre premier local", "error": None, "token": "t"},
    "reset_done": {},
    "invitation": {"name": "Atelier", "email": "a@atelier.example", "error": None, "token": "t", "values": {}},
    "invitation_done": {"email": "a@atelier.example"},
    "bank_account": BANK_ACCOUNT,
    "bank_account_done": {"assistant_url": "http://127.0.0.1:5005/"},
    "email": {"email": "a@atelier.example", "error": None, "token": "t"},
    "email_done": {"email": "a@atelier.example"},
    "notices": {
        "kinds": ["overdue"],
        "channels": ["email", "sms"],
        "wanted": {"email": ["overdue"], "sms": []},
        "where": {"email": "a***@atelier.example", "sms": "***-0100"},
        "changed": True,
        "error": None,
    },
    "link_over": {},
    "document": {"title": "Facture 34821907", "token": "t"},
}
FIELDS = {
    "reset": {"answer", "password", "password_again"},
    "invitation": {"question", "answer", "password", "password_again"},
    "bank_account": {"label", "routing", "account", "account_again"},
}
OF_NO_FIELD = {"other", "address_taken", "remove_in_use", "remove_gone", "remove_not_verified"}
TEXTS = yaml.safe_load((TEMPLATES / "texts.yml").read_text(encoding="utf-8"))


class Elements(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def leaves(node: Any, path: str = "") -> dict[str, Any]:
    """The sentences of texts.yml by their path."""
    if not isinstance(node, dict) or {"fr", "en"} & set(node):
        return {path: node}
    return {key: value for name, below in node.items() for key, value in leaves(below, f"{path}/{name}").items()}


def test_every_text_of_the_pages_exists_in_both_languages() -> None:
    """A text in one language alone would leave a hole in the other's page."""
    for path, words in leaves(TEXTS).items():
        assert set(words) == {"fr", "en"} and all(words.values()), path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_its_language_and_loads_nothing_from_elsewhere(name: str, language: Language) -> None:
    """A one-time link must not reach another site, and a screen reader must know the language."""
    html = page(name, language, **PAGES[name])
    elements = Elements(html)
    assert elements.all("html") == [{"lang": f"{language}-CA"}]
    assert COMPANY.telephone in html
    for tag in ("link", "img"):
        for attributes in elements.all(tag):
            address = attributes.get("href") or attributes.get("src") or ""
            assert address.startswith(STATIC_PATH)
            assert (STATIC / address.removeprefix(f"{STATIC_PATH}/")).is_file()
    assert not elements.all("script") and " style=" not in html and "url(" not in html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FIELDS)
def test_a_form_posts_to_its_own_address_with_named_and_labelled_fields(name: str, language: Language) -> None:
    """The token stays in the address, and every field can be reached and understood."""
    elements = Elements(page(name, language, **PAGES[name]))
    assert [form.get("method") for form in elements.all("form")] == ["post"]
    assert "action" not in elements.all("form")[0]
    assert {field["name"] for field in elements.all("input")} == FIELDS[name]
    assert {label["for"] for label in elements.all("label")} == FIELDS[name]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FIELDS)
def test_an_error_is_said_beside_its_field_and_above_the_form(name: str, language: Language) -> None:
    """Whoever cannot see the red border must learn what is wrong, and where (WCAG 3.3.1)."""
    for error in TEXTS[name]["errors"]:
        html = page(name, language, **PAGES[name] | {"error": error})
        elements = Elements(html)
        assert 'role="alert"' in html
        at_fault = [field for field in elements.all("input") if field.get("aria-invalid") == "true"]
        assert len(at_fault) == (error not in OF_NO_FIELD), error
        ids = {attributes["id"] for _, attributes in elements.found if "id" in attributes}
        for field in elements.all("input"):
            assert set((field.get("aria-describedby") or "").split()) <= ids


def test_an_unknown_error_is_still_said() -> None:
    """A new rule must not show the form again without a word."""
    words = TEXTS["reset"]["errors"]["other"]["en"]
    assert words in page("reset", "en", **PAGES["reset"] | {"error": "no_such_error"})


def test_a_value_is_never_markup() -> None:
    """A label is typed by a customer, and a question comes from a file."""
    attack = "\"><script>alert('{{ 7*7 }}')</script>"
    shown = [
        page("bank_account", "fr", **BANK_ACCOUNT | {"values": {"label": attack, "routing": attack}}),
        page("bank_account", "fr", **BANK_ACCOUNT | {"banks": [BankAccount(id=attack, label=attack, last4="1234")]}),
        page("invitation", "fr", **PAGES["invitation"] | {"name": attack, "values": {"question": attack}}),
        page("email", "fr", **PAGES["email"] | {"email": attack}),
        page("reset", "fr", question=attack, error=None, token="t"),
        page("document", "fr", title=attack, token="t"),
    ]
    for html in shown:
        assert not Elements(html).all("script") and "49" not in html


def test_account_numbers_and_passwords_are_never_written_into_a_page() -> None:
    """A page kept by a browser or a proxy must not hold them."""
    values = {
        "label": "Opérations",
        "routing": "081500123",
        "account": "700112233",
        "password": "Secret-2291",
    }
    html = page("bank_account", "fr", **BANK_ACCOUNT | {"error": "account_mismatch", "values": values})
    assert "700112233" not in html and "081500123" in html


def test_a_missing_value_is_an_error() -> None:
    """A page without its question would ask for an answer to nothing."""
    with pytest.raises(UndefinedError):
        page("reset", "fr", error=None, token="t")


def test_the_pages_of_a_link_that_is_over_speak_both_languages() -> None:
    """Nobody knows any more whose link it was."""
    html = page("link_over", "fr")
    assert TEXTS["link_over"]["title"]["fr"] in html and TEXTS["link_over"]["title"]["en"] in html
    assert re.search(r'lang="en-CA"', html)


def test_every_error_the_routes_name_has_its_own_words() -> None:
    """A name spelled otherwise here would be answered with the general words."""
    faults = {
        fault_of("short", again="short", name="Atelier", old_hash=None),
        fault_of("x" * 2000, again="x" * 2000, name="Atelier", old_hash=None),
        fault_of("atelier-atelier-1", again="atelier-atelier-1", name="Atelier", old_hash=None),
        fault_of("Copeau-5108-bois", again="Copeau-5108-boit", name="Atelier", old_hash=None),
    }
    assert faults <= set(TEXTS["reset"]["errors"]) and len(faults) == 4

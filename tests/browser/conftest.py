"""The browser, and a visitor whose page must not complain."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.support.product import Product
from tests.support.visitor import Visitor, a_browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Ended with the module: Playwright's event loop must not be there for the asynchronous tests of others."""
    with a_browser() as browser:
        yield browser


@pytest.fixture
def open_page(product: Product, browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Opens the page for a visitor; whatever the test was about, the console must stay clean."""
    visitors: list[Visitor] = []

    def opened(**options: Any) -> Visitor:
        visitors.append(Visitor(browser, product.assistant_url, **options))
        return visitors[-1]

    yield opened
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for visitor in visitors:
        visitor.context.close()
    assert complaints == []

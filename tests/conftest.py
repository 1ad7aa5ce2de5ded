"""What every test may use: the product running, hypothesis steady in CI."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.support.product import Product, running_product

# A machine under load is no counter-example; in CI the same examples are tried each time.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def whole_product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The three processes, started once for all tests that need them."""
    with running_product(tmp_path_factory.mktemp("product")) as product:
        yield product


@pytest.fixture
def product(whole_product: Product) -> Iterator[Product]:
    """The running product with the demo's customers as new; what a test breaks is mended after it."""
    whole_product.reset()
    yield whole_product
    whole_product.mend()

"""The billing system the client is held to."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.billing import Billing, billing_in_process


@pytest.fixture
async def billing(tmp_path: Path) -> AsyncIterator[Billing]:
    """The demo's billing system as new, in this process."""
    async with billing_in_process(tmp_path) as billing:
        yield billing

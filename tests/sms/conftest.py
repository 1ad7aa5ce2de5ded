"""A telephone beside the real processes."""

import pytest

from sessions import Sessions
from tests.support.product import Product
from tests.support.sms_conversation import Side, SmsConversation


@pytest.fixture
def side(product: Product) -> Side:
    """The stand-in `make run` starts, and the assistant's database."""
    return Side(product.phone_url, Sessions.open(product.sessions_url))


@pytest.fixture
def talk(side: Side) -> SmsConversation:
    """A telephone nobody had before, silent so far."""
    return SmsConversation(side, None)

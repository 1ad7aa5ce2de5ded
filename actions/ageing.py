"""How long what is owed has been overdue, as a small chart on the website (behaviour.md; issue "Pictures")."""

from typing import Any

from actions.billing.records import Account
from actions.dialogue.desk import Desk

SEVERAL = 2  # overdue invoices from which a picture tells more than a sentence

Chart = dict[str, Any]


async def ageing_charts(desk: Desk, account: Account) -> list[Chart]:
    """The chart of an account with several overdue invoices; none for the others, none where it cannot be shown."""
    if desk.channel != "web" or account.overdue_count < SEVERAL:
        return []
    ageing = await desk.customer.ageing(account.number)
    return [{"name": "ageing", "values": {"buckets": [one.model_dump() for one in ageing.buckets]}}]
